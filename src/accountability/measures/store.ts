import { and, asc, desc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { CivilDate } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import type { MeasureRefusal } from "./admissible.js";
import type { ProposedMeasure } from "./proposed-measure.js";
import { declarationTable, measureTable } from "./store-tables.js";

/** A declaration as the register keeps it. */
export interface Declaration {
  readonly measure: string;
  /** From 1, in the order in which they were judged. */
  readonly number: number;
  readonly outcome: "admitted" | "refused";
  readonly proposed: ProposedMeasure;
  readonly reasons: readonly MeasureRefusal[];
  readonly notes: readonly string[];
  readonly from: CivilDate;
  /** The first day on which it no longer holds; null while nothing ends it. */
  readonly until: CivilDate | null;
  readonly withdrawnBecause: string | null;
  readonly judgedAt: string;
  readonly judgedBy: string;
}

/** A measure with everything that was ever declared of it. */
export interface RegisteredMeasure {
  readonly id: string;
  readonly version: number;
  /** Newest first. */
  readonly declarations: readonly Declaration[];
}

/** Every measure of the register, in order of its id. */
export async function loadMeasures(queries: Queries): Promise<readonly RegisteredMeasure[]> {
  const measures = await queries.select().from(measureTable).orderBy(sql`${measureTable.id} collate "C"`);
  const declarations = await queries.select().from(declarationTable).orderBy(desc(declarationTable.number));
  return measures.map((measure) => ({
    ...measure,
    declarations: declarations.filter((d) => d.measure === measure.id),
  }));
}

/** One measure, or null where the register has none with this id. */
export async function findMeasure(queries: Queries, id: string): Promise<RegisteredMeasure | null> {
  const [measure] = await queries.select().from(measureTable).where(eq(measureTable.id, id));
  if (!measure) return null;
  const declarations = await queries
    .select()
    .from(declarationTable)
    .where(eq(declarationTable.measure, id))
    .orderBy(desc(declarationTable.number));
  return { ...measure, declarations };
}

const holdsOn = (on: CivilDate) =>
  and(
    eq(declarationTable.outcome, "admitted"),
    lte(declarationTable.from, on),
    or(isNull(declarationTable.until), gt(declarationTable.until, on)),
  );

/** The declaration of a measure that is admitted on a day, or null: only such a one may be read by the Quality Mark. */
export async function admittedMeasure(queries: Queries, id: string, on: CivilDate): Promise<Declaration | null> {
  const [found] = await queries
    .select()
    .from(declarationTable)
    .where(and(eq(declarationTable.measure, id), holdsOn(on)));
  return found ?? null;
}

/** Every declaration that is admitted on a day, in order of id. */
export async function admittedMeasures(queries: Queries, on: CivilDate): Promise<readonly Declaration[]> {
  return queries.select().from(declarationTable).where(holdsOn(on)).orderBy(asc(declarationTable.measure));
}

/** Writes a measure's version, which is that of its stream. */
export async function saveVersion(queries: Queries, id: string, version: number): Promise<void> {
  await queries
    .insert(measureTable)
    .values({ id, version })
    .onConflictDoUpdate({ target: measureTable.id, set: { version } });
}

/** Writes a declaration that was judged. */
export async function addDeclaration(queries: Queries, declaration: Declaration): Promise<void> {
  await queries.insert(declarationTable).values(declaration);
}

/** Ends a declaration on a day, with the reason where it was withdrawn. */
export async function endDeclaration(
  queries: Queries,
  { measure, number }: Pick<Declaration, "measure" | "number">,
  until: CivilDate,
  withdrawnBecause: string | null,
): Promise<void> {
  await queries
    .update(declarationTable)
    .set({ until, withdrawnBecause })
    .where(and(eq(declarationTable.measure, measure), eq(declarationTable.number, number)));
}
