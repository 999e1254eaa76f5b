import { and, asc, count, desc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import type { CivilDate } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import type { Decision } from "../decision.js";
import { plainWords } from "../store-words.js";
import type { CaseState } from "./case.js";
import type { Missing } from "./proposal.js";
import { caseTable } from "./tables.js";

/** What a list of cases is narrowed to; what is left out narrows nothing. */
export interface CaseFilter {
  readonly academicYear: string;
  readonly region?: string | undefined;
  /** Regions of which one must be the case's: the rows' own security asks it too, but of every row in turn. */
  readonly regions?: readonly string[] | undefined;
  readonly authority?: string | undefined;
  readonly state?: CaseState | undefined;
  readonly phase?: string | undefined;
  readonly proposed?: Decision | undefined;
  /** A code of what is missing, as `accounts-missing`. */
  readonly missing?: string | undefined;
  /** Only what this person may read as the second one. */
  readonly secondReader?: string | undefined;
  /** Only with the school's time to answer over. */
  readonly answerOverBy?: CivilDate | undefined;
  /** Words of the name, or the URN. */
  readonly text?: string | undefined;
}

/** In which order: by name, by the state's place on the way, by what has waited longest, by the last day to answer. */
export type CaseOrder = "name" | "state" | "waiting" | "answer-by";

/** A case as a line of a list. */
export interface CaseLine {
  readonly urn: string;
  readonly academicYear: string;
  readonly version: number;
  readonly name: string;
  readonly phase: string;
  readonly authorityCode: string;
  readonly regionCode: string;
  readonly state: CaseState;
  readonly proposed: Decision;
  readonly decision: Decision | null;
  readonly missing: readonly Missing[];
  readonly answerBy: CivilDate | null;
  readonly changedAt: string;
}

const lineColumns = {
  urn: caseTable.urn,
  academicYear: caseTable.academicYear,
  version: caseTable.version,
  name: caseTable.name,
  phase: caseTable.phase,
  authorityCode: caseTable.authorityCode,
  regionCode: caseTable.regionCode,
  state: caseTable.state,
  proposed: caseTable.proposed,
  decision: caseTable.decision,
  missing: caseTable.missing,
  answerBy: caseTable.answerBy,
  changedAt: caseTable.changedAt,
};

function conditionsOf(filter: CaseFilter): SQL[] {
  const conditions = [eq(caseTable.academicYear, filter.academicYear)];
  const equal = [
    [caseTable.regionCode, filter.region],
    [caseTable.authorityCode, filter.authority],
    [caseTable.state, filter.state],
    [caseTable.phase, filter.phase],
    [caseTable.proposed, filter.proposed],
  ] as const;
  for (const [column, value] of equal) if (value !== undefined) conditions.push(sql`${column} = ${value}`);
  if (filter.regions !== undefined) conditions.push(inArray(caseTable.regionCode, [...filter.regions]));
  if (filter.missing !== undefined)
    conditions.push(sql`${caseTable.missing} @> ${JSON.stringify([{ code: filter.missing }])}::jsonb`);
  if (filter.secondReader !== undefined)
    conditions.push(
      sql`${caseTable.state} = 'second-reader' and ${caseTable.decided} -> 'by' ->> 'id' <> ${filter.secondReader}`,
    );
  if (filter.answerOverBy !== undefined)
    conditions.push(sql`${caseTable.state} = 'with-school' and ${caseTable.answerBy} < ${filter.answerOverBy}`);
  const words = plainWords(filter.text ?? "");
  if (words !== "")
    conditions.push(
      sql`(${caseTable.sortName} like ${`%${words.replaceAll("%", "")}%`} or ${caseTable.urn} = ${words})`,
    );
  return conditions;
}

const steps = [
  "second-reader",
  "appealed",
  "ready",
  "with-school",
  "open",
  "decided",
  "published",
  "appeal-decided",
  "closed",
];

const orders: Readonly<Record<CaseOrder, readonly SQL[]>> = {
  name: [],
  state: [sql`array_position(${sql.raw(`array['${steps.join("','")}']`)}, ${caseTable.state})`],
  waiting: [asc(caseTable.changedAt)],
  "answer-by": [sql`${caseTable.answerBy} nulls last`],
};

/** How many cases there are as asked for. */
export function countCases(queries: Queries, filter: CaseFilter): Promise<number> {
  return queries.$count(caseTable, and(...conditionsOf(filter)));
}

/** A page of cases, with how many there are. */
export async function listCases(
  queries: Queries,
  filter: CaseFilter,
  page: { readonly order: CaseOrder; readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly lines: readonly CaseLine[] }> {
  const where = and(...conditionsOf(filter));
  const total = await countCases(queries, filter);
  const lines = await queries
    .select(lineColumns)
    .from(caseTable)
    .where(where)
    .orderBy(...orders[page.order], asc(caseTable.sortName), asc(caseTable.urn))
    .limit(page.limit)
    .offset(page.offset);
  return { total, lines };
}

/** The next cases in order of URN, for programs: a place in that order stays true while cases change. */
export function nextCases(queries: Queries, filter: CaseFilter, after: string, limit: number): Promise<CaseLine[]> {
  return queries
    .select(lineColumns)
    .from(caseTable)
    .where(and(...conditionsOf(filter), gt(caseTable.urn, after)))
    .orderBy(asc(caseTable.urn))
    .limit(limit);
}

/** How many cases stand in each state. */
export async function countStates(
  queries: Queries,
  filter: Pick<CaseFilter, "academicYear" | "region" | "regions">,
): Promise<ReadonlyMap<CaseState, number>> {
  const rows = await queries
    .select({ state: caseTable.state, cases: count() })
    .from(caseTable)
    .where(and(...conditionsOf(filter)))
    .groupBy(caseTable.state);
  return new Map(rows.map(({ state, cases }) => [state, cases]));
}

/** The cases of a school, the newest year first. */
export function casesOfSchool(queries: Queries, urn: string): Promise<CaseLine[]> {
  return queries
    .select(lineColumns)
    .from(caseTable)
    .where(eq(caseTable.urn, urn))
    .orderBy(desc(caseTable.academicYear));
}

/** These cases of a year as lines, in order of name. */
export function linesOf(queries: Queries, academicYear: string, urns: readonly string[]): Promise<CaseLine[]> {
  return queries
    .select(lineColumns)
    .from(caseTable)
    .where(and(eq(caseTable.academicYear, academicYear), inArray(caseTable.urn, [...urns])))
    .orderBy(asc(caseTable.sortName), asc(caseTable.urn));
}

/** The phases that the cases have. */
export async function phasesOf(
  queries: Queries,
  filter: Pick<CaseFilter, "academicYear" | "regions">,
): Promise<string[]> {
  const rows = await queries
    .selectDistinct({ phase: caseTable.phase })
    .from(caseTable)
    .where(and(...conditionsOf(filter)))
    .orderBy(caseTable.phase);
  return rows.map(({ phase }) => phase);
}
