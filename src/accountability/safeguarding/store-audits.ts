import { and, asc, desc, eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import type { CivilDate } from "../../kernel/index.js";
import { insertMany, type Queries } from "../../platform/database/index.js";
import { schoolTable } from "../../register/index.js";
import type { Audit, SavedAnswer } from "./audit.js";
import type { CharterNumber } from "./officer.js";
import type { Outcome } from "./outcome.js";
import {
  actionTable,
  answerTable,
  auditTable,
  officerTable,
  outcomeTable,
  preparationTable,
  submissionTable,
} from "./tables.js";

/** An audit as a list shows it. */
export interface ListedAudit extends Audit {
  readonly school: string;
  readonly town: string | null;
  readonly officerName: string | null;
}

/** An action as it is kept. */
export type KeptAction = typeof actionTable.$inferSelect;

/** The lead's word on one request. */
export type Preparation = typeof preparationTable.$inferSelect;

/** The audit of an id, or null where there is none or it is out of reach; locked until the transaction ends where it is to be changed. */
export async function findAudit(queries: Queries, id: string, lock: "lock" | "read" = "read"): Promise<Audit | null> {
  const query = queries.select().from(auditTable).where(eq(auditTable.id, id));
  const [audit] = lock === "lock" ? await query.for("update") : await query;
  return audit ?? null;
}

/** What a list of audits is narrowed by. */
export interface AuditFilter {
  readonly officer?: string;
  readonly secondReader?: string;
  readonly region?: string;
  readonly urn?: string;
  readonly year?: number;
  readonly state?: Audit["state"];
  /** Only with an action that isn't closed. */
  readonly openActions?: boolean;
  readonly limit?: number;
  readonly offset?: number;
}

function filterOf({ officer, secondReader, region, urn, year, state, openActions }: AuditFilter): SQL | undefined {
  return and(
    officer === undefined ? undefined : eq(auditTable.officer, officer as CharterNumber),
    secondReader === undefined ? undefined : eq(auditTable.secondReader, secondReader as CharterNumber),
    region === undefined ? undefined : eq(auditTable.region, region),
    urn === undefined ? undefined : eq(auditTable.urn, urn),
    year === undefined ? undefined : eq(auditTable.year, year),
    state === undefined ? undefined : eq(auditTable.state, state),
    openActions
      ? sql`exists (select from ${actionTable} where ${actionTable.audit} = ${auditTable.id} and ${actionTable.state} <> 'closed')`
      : undefined,
  );
}

/** Audits in reach, by the day that was planned, then by id. */
export async function listAudits(queries: Queries, filter: AuditFilter): Promise<readonly ListedAudit[]> {
  const rows = await queries
    .select({ audit: auditTable, school: schoolTable.name, town: schoolTable.town, officerName: officerTable.name })
    .from(auditTable)
    .innerJoin(schoolTable, eq(sql`${schoolTable.urn}`, auditTable.urn))
    .leftJoin(officerTable, eq(officerTable.charter, auditTable.officer))
    .where(filterOf(filter))
    .orderBy(sql`${auditTable.plannedOn} nulls last`, asc(auditTable.id))
    .limit(filter.limit ?? 200)
    .offset(filter.offset ?? 0);
  return rows.map(({ audit, ...others }) => ({ ...audit, ...others }));
}

/** How many audits in reach there are, by state. */
export async function countAudits(
  queries: Queries,
  filter: AuditFilter,
): Promise<Readonly<Record<Audit["state"], number>>> {
  const rows = await queries
    .select({ state: auditTable.state, count: sql<number>`count(*)::int` })
    .from(auditTable)
    .where(filterOf(filter))
    .groupBy(auditTable.state);
  return {
    planned: 0,
    begun: 0,
    reading: 0,
    signed: 0,
    ...Object.fromEntries(rows.map(({ state, count }) => [state, count])),
  };
}

/** The answers of an audit, by requirement; none where they are out of reach. */
export async function answersOf(queries: Queries, audit: string): Promise<ReadonlyMap<string, SavedAnswer>> {
  const rows = await queries.select().from(answerTable).where(eq(answerTable.audit, audit));
  return new Map(rows.map(({ audit: _, savedAt: _at, savedBy: _by, ...answer }) => [answer.requirement, answer]));
}

/** Writes an answer at its next version. */
export async function putAnswer(
  queries: Queries,
  audit: string,
  answer: SavedAnswer,
  by: string,
  now: Date,
): Promise<void> {
  const row = { ...answer, evidence: [...answer.evidence], audit, savedAt: now.toISOString(), savedBy: by };
  await insertMany(queries, answerTable, [row], "update");
}

/** What a device's submission was about and the version that it made, or null where it has not come before. */
export async function findSubmission(
  queries: Queries,
  client: string,
): Promise<{ readonly audit: string; readonly requirement: string; readonly version: number } | null> {
  const { audit, requirement, version } = submissionTable;
  const [row] = await queries
    .select({ audit, requirement, version })
    .from(submissionTable)
    .where(eq(submissionTable.client, client));
  return row ?? null;
}

/** Remembers a device's submission. */
export async function putSubmission(
  queries: Queries,
  row: { client: string; audit: string; requirement: string; version: number },
  now: Date,
): Promise<void> {
  await queries.insert(submissionTable).values({ ...row, receivedAt: now.toISOString() });
}

/** Changes an audit that was locked. */
export async function changeAudit(queries: Queries, audit: Audit, change: Partial<Audit>): Promise<Audit> {
  const next = { ...audit, ...change, version: audit.version + 1 };
  await queries.update(auditTable).set(next).where(eq(auditTable.id, audit.id));
  return next;
}

/** Adds audits. */
export async function addAudits(queries: Queries, audits: readonly Audit[]): Promise<void> {
  await insertMany(queries, auditTable, audits);
}

/** Changes the officer and day of audits that are still planned, many at once. */
export async function replanAudits(queries: Queries, audits: readonly Audit[]): Promise<void> {
  await insertMany(queries, auditTable, audits, "update");
}

/** Every audit of a school in a year, or of all schools of a region, oldest first. */
export async function auditsOfYear(queries: Queries, region: string, year: number): Promise<readonly Audit[]> {
  return queries
    .select()
    .from(auditTable)
    .where(and(eq(auditTable.region, region), eq(auditTable.year, year)))
    .orderBy(asc(auditTable.id));
}

/** How many audits a school has had in a year. */
export function countOfYear(queries: Queries, urn: string, year: number): Promise<number> {
  return queries.$count(auditTable, and(eq(auditTable.urn, urn), eq(auditTable.year, year)));
}

/** In which years which officer audited which school, of some schools. */
export async function pastAudits(
  queries: Queries,
  urns: readonly string[],
  before: number,
): Promise<readonly { urn: string; officer: string; year: number }[]> {
  return queries
    .select({ urn: auditTable.urn, officer: auditTable.officer, year: auditTable.year })
    .from(auditTable)
    .where(
      and(
        sql`${auditTable.urn} = any(${sql.param(urns)}::text[])`,
        sql`${auditTable.year} < ${before}`,
        eq(auditTable.state, "signed"),
      ),
    );
}

/** The lead's words on the requests of an audit. */
export async function preparationsOf(queries: Queries, audit: string): Promise<ReadonlyMap<string, Preparation>> {
  const rows = await queries.select().from(preparationTable).where(eq(preparationTable.audit, audit));
  return new Map(rows.map((row) => [row.requirement, row]));
}

/** Writes the lead's words. */
export async function putPreparations(queries: Queries, rows: readonly Preparation[]): Promise<void> {
  await insertMany(queries, preparationTable, rows, "update");
}

/** The actions of audits, the most urgent first. */
export async function actionsOfAudits(queries: Queries, audits: readonly string[]): Promise<readonly KeptAction[]> {
  return queries
    .select()
    .from(actionTable)
    .where(inArray(actionTable.audit, [...audits]))
    .orderBy(asc(actionTable.due), asc(actionTable.requirement));
}

/** Actions that aren't closed, of the audits that a filter takes, with school. */
export async function openActions(
  queries: Queries,
  filter: AuditFilter,
): Promise<readonly (KeptAction & { readonly urn: string; readonly school: string })[]> {
  const rows = await queries
    .select({ action: actionTable, urn: auditTable.urn, school: schoolTable.name })
    .from(actionTable)
    .innerJoin(auditTable, eq(auditTable.id, actionTable.audit))
    .innerJoin(schoolTable, eq(sql`${schoolTable.urn}`, auditTable.urn))
    .where(and(ne(actionTable.state, "closed"), filterOf(filter)))
    .orderBy(asc(actionTable.due), asc(actionTable.audit))
    .limit(filter.limit ?? 500);
  return rows.map(({ action, ...others }) => ({ ...action, ...others }));
}

/** Adds the actions of a signed audit. */
export async function putActions(queries: Queries, rows: readonly KeptAction[]): Promise<void> {
  await insertMany(queries, actionTable, rows, "update");
}

/** Adds an outcome that was signed, or its correction, with the next number. */
export async function addOutcome(
  queries: Queries,
  row: {
    readonly audit: string;
    readonly urn: string;
    readonly outcome: Outcome;
    readonly signedOn: CivilDate;
    readonly words: string;
  },
  now: Date,
): Promise<void> {
  const [last] = await queries
    .select({ number: outcomeTable.number })
    .from(outcomeTable)
    .where(eq(outcomeTable.audit, row.audit))
    .orderBy(desc(outcomeTable.number))
    .limit(1);
  const number = (last?.number ?? 0) + 1;
  await queries.insert(outcomeTable).values({ ...row, number, source: "audit", recordedAt: now.toISOString() });
}

/**
 * Ends the hold of row-level security for the rest of the transaction: what follows is the program's own consequence of an act that
 * was allowed, in tables that whoever acted has no business in.
 */
export async function stepBack(queries: Queries): Promise<void> {
  await queries.execute(sql`select set_config('role', 'none', true)`);
}

/** Other officers of the region who could read an audit, those with the fewest readings first. */
export async function readersOfRegion(
  queries: Queries,
  region: string,
  notThis: string,
): Promise<readonly CharterNumber[]> {
  const rows = await queries
    .select({ charter: officerTable.charter, readings: sql<number>`count(${auditTable.id})::int` })
    .from(officerTable)
    .leftJoin(
      auditTable,
      and(
        eq(auditTable.secondReader, officerTable.charter),
        or(eq(auditTable.state, "reading"), eq(auditTable.state, "signed")),
      ),
    )
    .where(and(eq(officerTable.region, region), ne(officerTable.charter, notThis as CharterNumber)))
    .groupBy(officerTable.charter)
    .orderBy(sql`2`, asc(officerTable.charter));
  return rows.map(({ charter }) => charter);
}
