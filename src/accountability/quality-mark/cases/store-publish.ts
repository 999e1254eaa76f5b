import { and, asc, count, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { CivilDate } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import type { Actor } from "../../../platform/identity/index.js";
import { appendEvents, readStream } from "../../../platform/log/index.js";
import type { CaseState } from "./case.js";
import { caseOfRow, doerOf, marksChanged, type PreparedChange, prepareChange, writeChanges } from "./store-case.js";
import { streamOfYear } from "./store-open.js";
import { caseTable, publicationTable, type SampleOfKind } from "./tables.js";

/** A batch of decisions made public together. */
export type Publication = typeof publicationTable.$inferSelect;

/** What is published: a year's decisions, of one region or of the country. */
export interface PublicationScope {
  readonly academicYear: string;
  readonly region: string | null;
}

function inScope({ academicYear, region }: PublicationScope): SQL {
  const year = eq(caseTable.academicYear, academicYear);
  return (region === null ? year : and(year, eq(caseTable.regionCode, region)))!;
}

/** How many cases of a scope stand in each state and were never published. */
export async function unpublishedStates(
  queries: Queries,
  scope: PublicationScope,
): Promise<ReadonlyMap<CaseState, number>> {
  const rows = await queries
    .select({ state: caseTable.state, cases: count() })
    .from(caseTable)
    .where(and(inScope(scope), isNull(caseTable.publicationId)))
    .groupBy(caseTable.state);
  return new Map(rows.map(({ state, cases }) => [state, cases]));
}

/** How many decided cases of a scope wait for publication, those that were opened again with them. */
export function countDecided(queries: Queries, scope: PublicationScope): Promise<number> {
  return queries.$count(caseTable, and(inScope(scope), eq(caseTable.state, "decided")));
}

/** Begins a batch: nothing of it is public until it is finished. @param sample what was read twice @returns its number */
export async function beginPublication(
  queries: Queries,
  { academicYear, region }: PublicationScope,
  marksFrom: CivilDate,
  sample: readonly SampleOfKind[],
  actor: Actor,
  at: Date,
): Promise<number> {
  const row = {
    academicYear,
    regionCode: region,
    ...{ marksFrom, sample },
    startedBy: doerOf(actor).name,
    startedAt: at.toISOString(),
  };
  const [made] = await queries.insert(publicationTable).values(row).returning({ id: publicationTable.id });
  return made!.id;
}

/** Publishes the next decided cases of a scope in order of URN. @returns the last URN, or null where none was left */
export async function publishNext(
  queries: Queries,
  scope: PublicationScope,
  publication: { readonly id: number; readonly marksFrom: CivilDate },
  after: string,
  limit: number,
  actor: Actor,
  at: Date,
): Promise<{ readonly last: string | null; readonly published: number }> {
  // What is decided while the batch is under way was not in its draw: it goes out with the next.
  const before = sql`${caseTable.changedAt} <= (select started_at from ${publicationTable} where id = ${publication.id})`;
  const rows = await queries
    .select()
    .from(caseTable)
    .where(and(inScope(scope), eq(caseTable.state, "decided"), before, gt(caseTable.urn, after)))
    .orderBy(asc(caseTable.urn))
    .limit(limit)
    .for("update");
  const command = { kind: "publish", publication: publication.id, from: publication.marksFrom } as const;
  const changes: PreparedChange[] = [];
  for (const row of rows) {
    const made = prepareChange(caseOfRow(row), { command, actor, at });
    if (made.ok) changes.push(made.value);
  }
  await writeChanges(queries, changes, actor, at);
  return { last: rows.at(-1)?.urn ?? null, published: changes.length };
}

/** Makes a whole batch public, in one moment, and says so in the year's stream. */
export async function finishPublication(
  queries: Queries,
  scope: PublicationScope,
  id: number,
  cases: number,
  actor: Actor,
  at: Date,
): Promise<void> {
  await queries
    .update(publicationTable)
    .set({ finishedAt: at.toISOString(), cases })
    .where(eq(publicationTable.id, id));
  await marksChanged(queries, scope.academicYear);
  await queries.execute(sql`analyze ${caseTable}`); // embedded PostgreSQL never does it by itself, and then plans badly
  const stream = streamOfYear(scope.academicYear);
  const expected = (await readStream(queries, stream)).length;
  const events = [{ kind: "batch-published", body: { publication: id, region: scope.region, cases } }];
  await appendEvents(queries, { stream, expected, actor, at, events });
}

/** The batches of a year, the newest first. */
export function loadPublications(queries: Queries, academicYear: string): Promise<Publication[]> {
  return queries
    .select()
    .from(publicationTable)
    .where(eq(publicationTable.academicYear, academicYear))
    .orderBy(sql`${publicationTable.id} desc`);
}

/** The states in which a case keeps a batch waiting: everything before a decision. */
export const keepsWaiting: readonly CaseState[] = ["open", "with-school", "ready", "second-reader"];
