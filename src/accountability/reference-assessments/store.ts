import { and, asc, desc, eq, getTableColumns, or, sql } from "drizzle-orm";
import type { Queries } from "../../platform/database/index.js";
import type { StudyResults } from "./published/results.js";
import type { StudyRecord } from "./service.js";
import { assessmentTable, publicationTable } from "./store-tables.js";

/** A publication of an assessment as the register keeps it. */
export interface Publication {
  /** As `year-4-mathematics`. */
  readonly assessment: string;
  /** From 1, in the order of publication. */
  readonly number: number;
  readonly phase: string;
  /** Order of the phases. */
  readonly place: number;
  readonly subject: string;
  readonly synthetic: boolean;
  readonly identity: string;
  readonly record: StudyRecord;
  readonly results: StudyResults;
  readonly publishedAt: string;
  readonly publishedBy: string;
  /** Why it follows the one before; null for the first, and where the program made it anew by itself. */
  readonly reason: string | null;
  /** When, by whom and why it was taken back; null while it stands. */
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: string | null;
  readonly withdrawal: string | null;
}

/** A publication without what was published. */
export type PublicationEntry = Omit<Publication, "record" | "results">;

/** Results as this version has them: what was published before a table was thought of has none of it. */
const asNow = (publication: Publication): Publication => ({
  ...publication,
  results: {
    ...publication.results,
    conditional: publication.results.conditional ?? [],
    dif: publication.results.dif ?? [],
    shared: publication.results.shared ?? [],
  },
});

/** Newest publications that were read before, by their keys. A publication is never changed but by being withdrawn, and a country's are megabytes of JSON. */
const readBefore = new WeakMap<Queries, ReadonlyMap<string, Publication>>();

/** The newest publication of every assessment, in order of phase and subject, without those that were withdrawn; each is read once. */
export async function loadPublications(queries: Queries): Promise<readonly Publication[]> {
  const { assessment, number, identity, publishedAt, withdrawnAt } = publicationTable;
  const last = await queries
    .selectDistinctOn([assessment], { assessment, number, identity, publishedAt, withdrawnAt })
    .from(publicationTable)
    .orderBy(asc(assessment), desc(number));
  const newest = last.filter((one) => one.withdrawnAt === null);
  const before = readBefore.get(queries);
  const keyOf = (one: (typeof newest)[number]) =>
    JSON.stringify([one.assessment, one.number, one.identity, one.publishedAt]);
  const wanted = newest.filter((one) => !before?.has(keyOf(one)));
  const fresh =
    wanted.length === 0
      ? []
      : await queries
          .select()
          .from(publicationTable)
          .where(or(...wanted.map((one) => and(eq(assessment, one.assessment), eq(number, one.number)))));
  const known = new Map([...(before ?? []), ...fresh.map((row) => [keyOf(row), asNow(row)] as const)]);
  const kept = newest.flatMap((one) => {
    const found = known.get(keyOf(one));
    return found ? [[keyOf(one), found] as const] : [];
  });
  readBefore.set(queries, new Map(kept));
  return kept
    .map(([, publication]) => publication)
    .sort((a, b) => a.place - b.place || (a.assessment < b.assessment ? -1 : 1));
}

/** The newest publication of one assessment, withdrawn or not; null where there is none. */
export async function findPublication(queries: Queries, assessment: string): Promise<Publication | null> {
  const [found] = await queries
    .select()
    .from(publicationTable)
    .where(eq(publicationTable.assessment, assessment))
    .orderBy(desc(publicationTable.number))
    .limit(1);
  return found ? asNow(found) : null;
}

/** Every publication of one assessment, or of all, the newest first. */
export async function listPublications(
  queries: Queries,
  assessment: string | null = null,
): Promise<readonly PublicationEntry[]> {
  const { record: _, results: __, ...columns } = getTableColumns(publicationTable);
  return queries
    .select(columns)
    .from(publicationTable)
    .where(assessment === null ? undefined : eq(publicationTable.assessment, assessment))
    .orderBy(
      asc(publicationTable.place),
      sql`${publicationTable.assessment} collate "C"`,
      desc(publicationTable.number),
    );
}

/** The version of an assessment's stream; 0 where it isn't known. */
export async function versionOf(queries: Queries, assessment: string): Promise<number> {
  const [found] = await queries.select().from(assessmentTable).where(eq(assessmentTable.id, assessment));
  return found?.version ?? 0;
}

/** Writes an assessment's version, which is that of its stream. */
export async function saveVersion(queries: Queries, id: string, version: number): Promise<void> {
  await queries
    .insert(assessmentTable)
    .values({ id, version })
    .onConflictDoUpdate({ target: assessmentTable.id, set: { version } });
}

/** Writes a publication. */
export async function addPublication(queries: Queries, publication: Publication): Promise<void> {
  await queries.insert(publicationTable).values(publication);
}

/** Writes down that a publication was taken back. */
export async function saveWithdrawal(
  queries: Queries,
  { assessment, number }: Pick<Publication, "assessment" | "number">,
  withdrawn: Pick<Publication, "withdrawnAt" | "withdrawnBy" | "withdrawal">,
): Promise<void> {
  await queries
    .update(publicationTable)
    .set(withdrawn)
    .where(and(eq(publicationTable.assessment, assessment), eq(publicationTable.number, number)));
}
