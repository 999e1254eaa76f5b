import { and, asc, count, desc, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";
import type { AuthorityCode } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { authorities, findAuthority, findRegion } from "../../register/index.js";
import type { Decision } from "./decision.js";
import type {
  DecisionCounts,
  PublishedReview,
  ReviewReader,
  SchoolLine,
  SchoolPage,
  SchoolQuery,
} from "./published.js";
import { decisionTable as decision, explanationTable, measureTable, reviewTable } from "./store-tables.js";
import { searchQuery } from "./store-words.js";

const england = { code: "E92000001", name: "England" };

export { loadReviewedEvidence, loadReviewRecord, type ReviewedEvidence } from "./store-record.js";
export { saveReview } from "./store-save.js";

/** How many schools of an authority have a decision. */
interface CountRow {
  readonly authority: string;
  readonly authorityCode: string;
  readonly region: string;
  readonly regionCode: string;
  readonly phase: string;
  readonly decision: Decision;
  readonly schools: number;
}

const lineColumns = {
  urn: decision.urn,
  name: decision.name,
  phase: decision.phase,
  authorityCode: decision.authorityCode,
  decision: decision.decision,
  valueAdded: decision.valueAdded,
  lower: decision.lower,
  upper: decision.upper,
  pupilEquivalents: decision.pupilEquivalents,
};

/** The names of a place; the authorities come with the program, and the tables hold their codes. */
function placeOf(code: AuthorityCode): { authority: string; region: string; regionCode: string } {
  const authority = findAuthority(code);
  const region = findRegion(authority?.region ?? "");
  return { authority: authority?.name ?? code, region: region?.name ?? "", regionCode: region?.code ?? "" };
}

function toLine({
  authorityCode,
  ...line
}: Omit<SchoolLine, "authority" | "region"> & { authorityCode: AuthorityCode }): SchoolLine {
  const { authority, region } = placeOf(authorityCode);
  return { ...line, authority, region };
}

async function loadReview(queries: Queries, id: number): Promise<PublishedReview> {
  const [heading] = await queries.select().from(reviewTable).where(eq(reviewTable.id, id));
  const measures = await queries
    .select()
    .from(measureTable)
    .where(eq(measureTable.reviewId, id))
    .orderBy(measureTable.phase);
  const { title, academicYear, synthetic } = heading!;
  return {
    id,
    title,
    academicYear,
    synthetic,
    measures: measures.map(({ reviewId: _, confidence, ...measure }) => ({
      ...measure,
      ...(confidence === null ? {} : { confidence }),
    })),
  };
}

/** In order of region's and authority's name. */
async function loadCounts(queries: Queries, id: number): Promise<readonly CountRow[]> {
  const rows = await queries
    .select({
      authorityCode: decision.authorityCode,
      phase: decision.phase,
      decision: decision.decision,
      schools: count(),
    })
    .from(decision)
    .where(eq(decision.reviewId, id))
    .groupBy(decision.authorityCode, decision.phase, decision.decision);
  return rows
    .map((row) => ({ ...row, ...placeOf(row.authorityCode) }))
    .sort((a, b) => compareText(a.region, b.region) || compareText(a.authority, b.authority));
}

/** The measured schools in order of value added, by phase, and by phase and region. */
async function loadMeasured(queries: Queries, id: number): Promise<ReadonlyMap<string, readonly SchoolLine[]>> {
  const rows = await queries
    .select(lineColumns)
    .from(decision)
    .where(and(eq(decision.reviewId, id), isNotNull(decision.valueAdded)))
    .orderBy(asc(decision.valueAdded), asc(decision.urn));
  const lists = new Map<string, SchoolLine[]>();
  for (const row of rows) {
    const line = toLine(row);
    for (const key of [measuredKey(row.phase, null), measuredKey(row.phase, placeOf(row.authorityCode).regionCode)]) {
      const list = lists.get(key);
      if (list) list.push(line);
      else lists.set(key, [line]);
    }
  }
  return lists;
}

/** Every school of the review, by its URN. */
async function loadLines(queries: Queries, id: number): Promise<ReadonlyMap<string, SchoolLine>> {
  const rows = await queries.select(lineColumns).from(decision).where(eq(decision.reviewId, id));
  return new Map(rows.map((row) => [row.urn, toLine(row)]));
}

function measuredKey(phase: string, regionCode: string | null): string {
  return `${phase} ${regionCode ?? "everywhere"}`;
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function addUp(code: string, name: string, rows: readonly CountRow[]): DecisionCounts {
  const decisions: Record<Decision, number> = {
    awarded: 0,
    refused: 0,
    "awaiting-evidence": 0,
    "not-enough-evidence": 0,
    "awaiting-framework": 0,
  };
  for (const row of rows) decisions[row.decision] += row.schools;
  return { code, name, schools: rows.reduce((sum, row) => sum + row.schools, 0), decisions };
}

/** One count for each value of a code, in the order in which they come. */
function addUpBy(
  rows: readonly CountRow[],
  place: (row: CountRow) => readonly [code: string, name: string],
): DecisionCounts[] {
  const groups = new Map<string, CountRow[]>();
  for (const row of rows) {
    const [code] = place(row);
    groups.set(code, [...(groups.get(code) ?? []), row]);
  }
  return [...groups.values()].map((group) => addUp(...place(group[0]!), group));
}

/** What a query asks for beside its words. */
function narrowed(id: number, query: SchoolQuery): SQL[] {
  const conditions: SQL[] = [eq(decision.reviewId, id)];
  if (query.phase !== undefined) conditions.push(eq(decision.phase, query.phase));
  if (query.decision !== undefined) conditions.push(eq(decision.decision, query.decision));
  if (query.region !== undefined) {
    const codes = authorities.filter((authority) => authority.region === query.region).map(({ code }) => code);
    conditions.push(inArray(decision.authorityCode, codes));
  }
  return conditions;
}

/** How many schools a query without words finds, from the counts that are at hand. */
function totalOf(counts: readonly CountRow[], { phase, region, decision: decided }: SchoolQuery): number {
  const found = counts.filter(
    (row) =>
      (phase === undefined || row.phase === phase) &&
      (region === undefined || row.regionCode === region) &&
      (decided === undefined || row.decision === decided),
  );
  return found.reduce((sum, row) => sum + row.schools, 0);
}

async function listSchools(
  queries: Queries,
  conditions: readonly SQL[],
  { offset, limit }: SchoolQuery,
): Promise<readonly SchoolLine[]> {
  const rows = await queries
    .select(lineColumns)
    .from(decision)
    .where(and(...conditions))
    .orderBy(asc(decision.sortName), asc(decision.urn))
    .limit(limit)
    .offset(offset);
  return rows.map(toLine);
}

async function findSchools(
  queries: Queries,
  id: number,
  query: SchoolQuery,
  countsOf: (id: number) => Promise<readonly CountRow[]>,
): Promise<{ total: number; lines: readonly SchoolLine[] }> {
  const conditions = narrowed(id, query);
  if (query.text === undefined || query.text.trim() === "")
    return { total: totalOf(await countsOf(id), query), lines: await listSchools(queries, conditions, query) };
  const words = searchQuery(query.text);
  if (words === null) return { total: 0, lines: [] };
  conditions.push(sql`${decision.words} @@ ${words}::tsquery`);
  const total = await queries.$count(decision, and(...conditions));
  return { total, lines: total === 0 ? [] : await listSchools(queries, conditions, query) };
}

async function loadSchool(queries: Queries, id: number, urn: string): Promise<SchoolPage | null> {
  const [row] = await queries
    .select({
      decision,
      steps: explanationTable.steps,
      years: explanationTable.years,
      subgroups: explanationTable.subgroups,
      outcomes: explanationTable.outcomes,
    })
    .from(decision)
    .innerJoin(
      explanationTable,
      and(eq(explanationTable.reviewId, decision.reviewId), eq(explanationTable.urn, decision.urn)),
    )
    .where(and(eq(decision.reviewId, id), eq(decision.urn, urn)));
  if (!row) return null;
  const { reviewId: _, inputsHash: _hash, sortName: _sort, words: _words, authorityCode, ...own } = row.decision;
  const { safeguardingOutcome, safeguardingOn, accountsOpinion, accountsOn, ...school } = own;
  return {
    ...school,
    ...placeOf(authorityCode),
    explanation: row.steps,
    years: row.years,
    subgroups: row.subgroups,
    outcomes: row.outcomes,
    safeguarding:
      safeguardingOutcome === null || safeguardingOn === null
        ? null
        : { outcome: safeguardingOutcome, on: safeguardingOn },
    accounts: accountsOpinion === null || accountsOn === null ? null : { opinion: accountsOpinion, on: accountsOn },
  };
}

/** A question about a review that is asked of the database once: a publication never changes, so the answer stays true. */
function askedOnce<T>(load: (id: number) => Promise<T>): (id: number) => Promise<T> {
  let known: { readonly id: number; readonly answer: Promise<T> } | null = null;
  return (id) => {
    if (known?.id === id) return known.answer;
    const answer = load(id);
    known = { id, answer };
    answer.catch(() => {
      if (known?.answer === answer) known = null; // ask again next time
    });
    return answer;
  };
}

/**
 * Reads the newest published review. Each call first asks which one that is, so that a publication by another process shows at
 * once; the heading, the counts and the charts' lines of one review are read once and kept.
 */
export function reviewReader(queries: Queries): ReviewReader {
  const reviewOf = askedOnce((id) => loadReview(queries, id));
  const countsOf = askedOnce((id) => loadCounts(queries, id));
  const linesOf = askedOnce((id) => loadLines(queries, id));
  const measuredOf = askedOnce((id) => loadMeasured(queries, id));
  async function ofNewest<T, U>(ask: (id: number) => Promise<T>, none: U): Promise<T | U> {
    const [newest] = await queries
      .select({ id: reviewTable.id })
      .from(reviewTable)
      .orderBy(desc(reviewTable.id))
      .limit(1);
    return newest ? ask(newest.id) : none;
  }
  return {
    review: () => ofNewest(reviewOf, null),
    country: async () => addUp(england.code, england.name, await ofNewest(countsOf, [])),
    regions: async () => addUpBy(await ofNewest(countsOf, []), (row) => [row.regionCode, row.region]),
    async region(code) {
      const own = (await ofNewest(countsOf, [])).filter((row) => row.regionCode === code);
      if (own.length === 0) return null;
      return {
        region: addUp(code, own[0]!.region, own),
        authorities: addUpBy(own, (row) => [row.authorityCode, row.authority]),
      };
    },
    schools: (query) => ofNewest((id) => findSchools(queries, id, query, countsOf), { total: 0, lines: [] }),
    async measured(phase, regionCode) {
      const lists = await ofNewest(measuredOf, null);
      return lists?.get(measuredKey(phase, regionCode)) ?? [];
    },
    school: (urn) => ofNewest((id) => loadSchool(queries, id, urn), null),
    lines: () => ofNewest(linesOf, new Map()),
  };
}
