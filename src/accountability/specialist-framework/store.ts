import { and, asc, desc, eq, inArray, lte, max, sql } from "drizzle-orm";
import type { CivilDate } from "../../kernel/index.js";
import { insertMany, type Queries } from "../../platform/database/index.js";
import type { Consultation, Response } from "./consultation.js";
import type { CriterionFinding, Framework, SpecialistKind } from "./framework.js";
import type { MemberRating, ReceivedResponse, Report, Statement } from "./report.js";
import {
  consultationTable,
  findingTable,
  frameworkTable,
  ratingTable,
  responseTable,
  statementTable,
} from "./store-tables.js";

/** A consultation as it is kept. */
export interface StoredConsultation extends Consultation {
  readonly report: Report | null;
  readonly version: number;
}

/** A framework as it was adopted. */
export interface AdoptedFramework extends Framework {
  readonly consultation: string;
  readonly adoptedAt: string;
  readonly adoptedBy: string;
}

/** Every consultation that may be seen, the newest first. */
export async function loadConsultations(queries: Queries): Promise<readonly StoredConsultation[]> {
  return queries.select().from(consultationTable).orderBy(desc(consultationTable.opens), asc(consultationTable.id));
}

/** One consultation, or null where there is none or it may not be seen. */
export async function findConsultation(queries: Queries, id: string): Promise<StoredConsultation | null> {
  const [found] = await queries.select().from(consultationTable).where(eq(consultationTable.id, id));
  return found ?? null;
}

/** Writes a consultation with the version of its stream. */
export async function saveConsultation(queries: Queries, consultation: StoredConsultation): Promise<void> {
  await insertMany(queries, consultationTable, [consultation], "update");
}

/** One consultation, held until the transaction ends, so that responses are numbered one after another. */
export async function lockConsultation(queries: Queries, id: string): Promise<StoredConsultation | null> {
  const [found] = await queries.select().from(consultationTable).where(eq(consultationTable.id, id)).for("update");
  return found ?? null;
}

/** The responses that may be seen, in the order in which they came. */
export async function loadResponses(queries: Queries, consultation: string): Promise<readonly ReceivedResponse[]> {
  return queries
    .select()
    .from(responseTable)
    .where(eq(responseTable.consultation, consultation))
    .orderBy(asc(responseTable.number));
}

/** The number of the newest response; 0 before the first. */
export async function lastResponse(queries: Queries, consultation: string): Promise<number> {
  const [row] = await queries
    .select({ number: max(responseTable.number) })
    .from(responseTable)
    .where(eq(responseTable.consultation, consultation));
  return row?.number ?? 0;
}

/** Keeps a response. */
export async function addResponse(
  queries: Queries,
  consultation: string,
  number: number,
  response: Response,
  receivedAt: Date,
): Promise<void> {
  const row = { ...response, consultation, number, hiddenBecause: null, receivedAt: receivedAt.toISOString() };
  await queries.insert(responseTable).values(row);
}

/** Hides a response from the public, or shows it again where there is no reason. */
export async function hideResponse(
  queries: Queries,
  consultation: string,
  number: number,
  because: string | null,
): Promise<boolean> {
  const rows = await queries
    .update(responseTable)
    .set({ hiddenBecause: because })
    .where(and(eq(responseTable.consultation, consultation), eq(responseTable.number, number)))
    .returning({ number: responseTable.number });
  return rows.length > 0;
}

/** The statements, in the order in which they were written. */
export async function loadStatements(queries: Queries, consultation: string): Promise<readonly Statement[]> {
  return queries
    .select()
    .from(statementTable)
    .where(eq(statementTable.consultation, consultation))
    .orderBy(asc(statementTable.number));
}

/** Keeps a statement. */
export async function addStatement(queries: Queries, consultation: string, statement: Statement): Promise<void> {
  await queries.insert(statementTable).values({ ...statement, consultation });
}

/** Every rating that may be seen: under row-level security a member's own, by the owner everybody's. */
export async function loadRatings(queries: Queries, consultation: string): Promise<readonly MemberRating[]> {
  return queries
    .select()
    .from(ratingTable)
    .where(eq(ratingTable.consultation, consultation))
    .orderBy(asc(ratingTable.statement), asc(ratingTable.round), sql`${ratingTable.member} collate "C"`);
}

/** Writes a member's ratings of a round; those given before in the same round are replaced. */
export async function saveRatings(
  queries: Queries,
  consultation: string,
  ratings: readonly MemberRating[],
  at: Date,
): Promise<void> {
  const rows = ratings.map((rating) => ({ ...rating, consultation, ratedAt: at.toISOString() }));
  await insertMany(queries, ratingTable, rows, "update");
}

/** Every framework that was adopted, the newest first. */
export async function loadFrameworks(queries: Queries): Promise<readonly AdoptedFramework[]> {
  return queries.select().from(frameworkTable).orderBy(desc(frameworkTable.version));
}

/** Keeps a framework. */
export async function addFramework(queries: Queries, framework: AdoptedFramework): Promise<void> {
  await queries.insert(frameworkTable).values(framework);
}

/**
 * The framework that a kind of school is judged by on a day: of those that hold, the newest; null before the first, when such schools
 * are awaiting it.
 */
export async function adoptedFramework(
  queries: Queries,
  kind: SpecialistKind,
  on: CivilDate,
): Promise<AdoptedFramework | null> {
  const [found] = await queries
    .select()
    .from(frameworkTable)
    .where(and(lte(frameworkTable.from, on), sql`${frameworkTable.kinds} @> ${JSON.stringify([kind])}::jsonb`))
    .orderBy(desc(frameworkTable.from), desc(frameworkTable.version))
    .limit(1);
  return found ?? null;
}

/** What was found in a school under a framework, by criterion, and the version of its stream. */
export async function loadFindings(
  queries: Queries,
  urn: string,
  framework: number,
): Promise<{ readonly findings: ReadonlyMap<string, CriterionFinding>; readonly version: number }> {
  const rows = await queries
    .select()
    .from(findingTable)
    .where(and(eq(findingTable.urn, urn), eq(findingTable.framework, framework)));
  return {
    findings: new Map(
      rows.map(({ criterion, outcome, on, grounds }) => [criterion, { criterion, outcome, on, grounds }]),
    ),
    version: Math.max(0, ...rows.map(({ version }) => version)),
  };
}

/** What was found in schools under a framework up to a day, by school and criterion. */
export async function loadFindingsOfSchools(
  queries: Queries,
  urns: readonly string[],
  framework: number,
  on: CivilDate,
): Promise<ReadonlyMap<string, ReadonlyMap<string, CriterionFinding>>> {
  const rows = await queries
    .select()
    .from(findingTable)
    .where(and(inArray(findingTable.urn, [...urns]), eq(findingTable.framework, framework), lte(findingTable.on, on)));
  const found = new Map<string, Map<string, CriterionFinding>>();
  for (const { urn, criterion, outcome, on: day, grounds } of rows) {
    const own = found.get(urn) ?? new Map<string, CriterionFinding>();
    found.set(urn, own.set(criterion, { criterion, outcome, on: day, grounds }));
  }
  return found;
}

/** Writes findings; one of the same criterion is replaced. */
export async function saveFindings(
  queries: Queries,
  rows: readonly (typeof findingTable.$inferInsert)[],
): Promise<void> {
  await insertMany(queries, findingTable, rows, "update");
}
