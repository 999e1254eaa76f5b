import { and, asc, eq, getTableColumns, inArray, isNull } from "drizzle-orm";
import { insertMany, type Queries } from "../../../platform/database/index.js";
import type { CaseKey } from "../cases/index.js";
import type { EffectSet, SetEffect } from "./effects.js";
import { type CorrectionState, correctionTable, documentTable, effectTable } from "./tables.js";

/** A correction as it is kept. */
export type KeptCorrection = typeof correctionTable.$inferSelect;
/** A document without its bytes. */
export type KeptDocument = Omit<typeof documentTable.$inferSelect, "bytes">;
/** What a set of corrections would change, or that it is still being computed. */
export type KeptEffect = typeof effectTable.$inferSelect;

/** The corrections of a school in a year that whoever asks may see, oldest first. */
export function loadCorrections(queries: Queries, { urn, academicYear }: CaseKey): Promise<KeptCorrection[]> {
  return queries
    .select()
    .from(correctionTable)
    .where(and(eq(correctionTable.urn, urn), eq(correctionTable.academicYear, academicYear)))
    .orderBy(asc(correctionTable.madeAt), asc(correctionTable.id));
}

/** Keeps a drafted correction. */
export async function saveCorrection(queries: Queries, correction: KeptCorrection): Promise<void> {
  await queries.insert(correctionTable).values(correction);
}

/** Moves a correction on. @param number in the case, where it is raised now */
export async function moveCorrection(
  queries: Queries,
  id: string,
  state: CorrectionState,
  number?: number,
): Promise<void> {
  await queries
    .update(correctionTable)
    .set({ state, ...(number !== undefined && { number }) })
    .where(eq(correctionTable.id, id));
}

const { bytes: _bytes, ...documentColumns } = getTableColumns(documentTable);

/** The documents of a school's case that whoever asks may see, oldest first. */
export function loadDocuments(queries: Queries, { urn, academicYear }: CaseKey): Promise<KeptDocument[]> {
  return queries
    .select(documentColumns)
    .from(documentTable)
    .where(and(eq(documentTable.urn, urn), eq(documentTable.academicYear, academicYear)))
    .orderBy(asc(documentTable.storedAt), asc(documentTable.id));
}

/** A document with its bytes, or null where there is none that whoever asks may see. */
export async function loadDocument(queries: Queries, id: string): Promise<typeof documentTable.$inferSelect | null> {
  const [row] = await queries.select().from(documentTable).where(eq(documentTable.id, id));
  return row ?? null;
}

/** Keeps documents. */
export async function saveDocuments(
  queries: Queries,
  documents: readonly (typeof documentTable.$inferInsert)[],
): Promise<void> {
  for (const document of documents) await queries.insert(documentTable).values(document);
}

/** The effects that were asked for of a school's corrections, by their key. */
export async function loadEffects(
  queries: Queries,
  { urn, academicYear }: CaseKey,
): Promise<ReadonlyMap<string, KeptEffect>> {
  const rows = await queries
    .select()
    .from(effectTable)
    .where(and(eq(effectTable.urn, urn), eq(effectTable.academicYear, academicYear)));
  return new Map(rows.map((row) => [row.key, row]));
}

/** Asks for effects that nobody has asked for yet. */
export async function askEffects(queries: Queries, effects: readonly KeptEffect[]): Promise<void> {
  await insertMany(queries, effectTable, effects, "ignore");
}

/** A set whose effect is still to be computed, with the measure that it is in. */
export interface PendingSet extends EffectSet {
  readonly phase: string;
}

/** The next sets of a year whose effect is still to be computed, the longest waiting first. */
export async function pendingSets(queries: Queries, academicYear: string, limit: number): Promise<PendingSet[]> {
  const rows = await queries
    .select()
    .from(effectTable)
    .where(and(eq(effectTable.academicYear, academicYear), isNull(effectTable.computedAt)))
    .orderBy(asc(effectTable.askedAt), asc(effectTable.urn))
    .limit(limit);
  const ids = [...new Set(rows.flatMap(({ key }) => key.split("+")))];
  const found =
    ids.length === 0 ? [] : await queries.select().from(correctionTable).where(inArray(correctionTable.id, ids));
  const correction = new Map(found.map((one) => [one.id, one]));
  return rows.map(({ urn, phase, key }) => ({
    ...{ urn, phase, key },
    corrections: key.split("+").flatMap((id) => {
      const one = correction.get(id);
      return one ? [{ pupil: one.pupil, action: one.action, shares: one.shares }] : [];
    }),
  }));
}

/** Keeps what was computed. */
export async function saveEffects(
  queries: Queries,
  academicYear: string,
  effects: readonly SetEffect[],
  at: string,
): Promise<void> {
  for (const effect of effects)
    await queries
      .update(effectTable)
      .set({ computedAt: at, result: effect })
      .where(
        and(
          eq(effectTable.urn, effect.urn),
          eq(effectTable.academicYear, academicYear),
          eq(effectTable.key, effect.key),
        ),
      );
}
