import { and, eq, sql } from "drizzle-orm";
import type { CivilDate } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/day/index.js";
import type { DecisionCounts, PublishedReview, ReviewReader, SchoolLine, SchoolQuery } from "./published.js";
import { noneShown } from "./shown-decision.js";
import { type LoadedLine, loadLines, loadSchool, newestShown, type ShownReview } from "./store-shown.js";
import { decisionTable as decision, measureTable, reviewTable } from "./store-tables.js";
import { searchQuery } from "./store-words.js";

const england = { code: "E92000001", name: "England" };

export { loadReviewedEvidence, loadReviewRecord, type ReviewedEvidence } from "./store-record.js";
export { saveReview } from "./store-save.js";

async function loadReview(queries: Queries, { id, standing }: ShownReview): Promise<PublishedReview> {
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
    standing,
    measures: measures.map(({ reviewId: _, confidence, ...measure }) => ({
      ...measure,
      ...(confidence === null ? {} : { confidence }),
    })),
  };
}

/** What lists, counts and charts are made of. */
interface Known {
  /** In order of name. */
  readonly lines: readonly LoadedLine[];
  readonly byUrn: ReadonlyMap<string, SchoolLine>;
  /** The measured schools in order of value added, by phase, and by phase and region. */
  readonly measured: ReadonlyMap<string, readonly SchoolLine[]>;
  readonly country: DecisionCounts;
  /** In order of name. */
  readonly regions: readonly DecisionCounts[];
  /** The authorities of each region, by its code, in order of name. */
  readonly authorities: ReadonlyMap<string, readonly DecisionCounts[]>;
}

async function loadKnown(queries: Queries, review: ShownReview): Promise<Known> {
  const lines = await loadLines(queries, review);
  const byUrn = new Map(lines.map(({ line }) => [line.urn, line]));
  const regions = countsBy(lines, ({ regionCode, line }) => [regionCode, line.region]);
  const authoritiesOf = (code: string) =>
    countsBy(
      lines.filter(({ regionCode }) => regionCode === code),
      ({ authorityCode, line }) => [authorityCode, line.authority],
    );
  return {
    ...{ lines, byUrn, measured: measuredOf(lines), regions },
    country: countOf(england.code, england.name, lines),
    authorities: new Map(regions.map(({ code }) => [code, authoritiesOf(code)])),
  };
}

function measuredOf(lines: readonly LoadedLine[]): ReadonlyMap<string, readonly SchoolLine[]> {
  const inOrder = lines
    .flatMap((one) => (one.line.valueAdded === null ? [] : [{ ...one, value: one.line.valueAdded }]))
    .sort((a, b) => a.value - b.value || compareText(a.line.urn, b.line.urn));
  const lists = new Map<string, SchoolLine[]>();
  for (const { line, regionCode } of inOrder)
    for (const key of [measuredKey(line.phase, null), measuredKey(line.phase, regionCode)]) {
      const list = lists.get(key);
      if (list) list.push(line);
      else lists.set(key, [line]);
    }
  return lists;
}

function measuredKey(phase: string, regionCode: string | null): string {
  return `${phase} ${regionCode ?? "everywhere"}`;
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function countOf(code: string, name: string, lines: readonly LoadedLine[]): DecisionCounts {
  const decisions = noneShown();
  for (const { line } of lines) decisions[line.decision] += 1;
  return { code, name, schools: lines.length, decisions };
}

/** One count for each value of a code, in order of name. */
function countsBy(
  lines: readonly LoadedLine[],
  place: (one: LoadedLine) => readonly [code: string, name: string],
): DecisionCounts[] {
  const groups = new Map<string, { readonly name: string; readonly lines: LoadedLine[] }>();
  for (const one of lines) {
    const [code, name] = place(one);
    const group = groups.get(code);
    if (group) group.lines.push(one);
    else groups.set(code, { name, lines: [one] });
  }
  return [...groups]
    .map(([code, group]) => countOf(code, group.name, group.lines))
    .sort((a, b) => compareText(a.name, b.name));
}

/** The schools whose names, towns or numbers begin with the words; null where none was asked for. */
async function withWords(queries: Queries, id: number, text = ""): Promise<ReadonlySet<string> | null> {
  if (text.trim() === "") return null;
  const words = searchQuery(text);
  if (words === null) return new Set();
  const rows = await queries
    .select({ urn: decision.urn })
    .from(decision)
    .where(and(eq(decision.reviewId, id), sql`${decision.words} @@ ${words}::tsquery`));
  return new Set(rows.map(({ urn }) => urn));
}

async function findSchools(
  queries: Queries,
  { id }: ShownReview,
  { lines }: Known,
  { text, phase, region, decision: decided, offset, limit }: SchoolQuery,
): Promise<{ total: number; lines: readonly SchoolLine[] }> {
  const named = await withWords(queries, id, text);
  const found = lines.filter(
    ({ line, regionCode }) =>
      (phase === undefined || line.phase === phase) &&
      (region === undefined || regionCode === region) &&
      (decided === undefined || line.decision === decided) &&
      (named === null || named.has(line.urn)),
  );
  return { total: found.length, lines: found.slice(offset, offset + limit).map(({ line }) => line) };
}

/** A question about a review that is asked of the database once for all that it shows: until a mark, a batch or the day changes. */
function askedOnce<T>(load: (review: ShownReview) => Promise<T>): (review: ShownReview) => Promise<T> {
  let known: { readonly key: string; readonly answer: Promise<T> } | null = null;
  return (review) => {
    if (known?.key === review.key) return known.answer;
    const answer = load(review);
    known = { key: review.key, answer };
    answer.catch(() => {
      if (known?.answer === answer) known = null; // ask again next time
    });
    return answer;
  };
}

/**
 * Reads the newest review as the public sees it: the rule's decisions while nobody has been heard, the published marks as soon as
 * the year has cases. Each call first asks which review that is and whether its marks have changed, so that what another process
 * does shows at once; its heading and the lines of its schools are read once and kept.
 *
 * @param today the day on which marks are told; by default this machine's, in UTC
 */
export function reviewReader(queries: Queries, today: () => CivilDate = () => dayInEngland(new Date())): ReviewReader {
  const reviewOf = askedOnce((review) => loadReview(queries, review));
  const knownOf = askedOnce((review) => loadKnown(queries, review));
  async function ofNewest<T, U>(ask: (review: ShownReview) => Promise<T>, none: U): Promise<T | U> {
    const newest = await newestShown(queries, today());
    return newest ? ask(newest) : none;
  }
  return {
    review: () => ofNewest(reviewOf, null),
    country: async () => (await ofNewest(knownOf, null))?.country ?? countOf(england.code, england.name, []),
    regions: async () => (await ofNewest(knownOf, null))?.regions ?? [],
    async region(code) {
      const known = await ofNewest(knownOf, null);
      const region = known?.regions.find((own) => own.code === code);
      return region ? { region, authorities: known!.authorities.get(code)! } : null;
    },
    schools: (query) =>
      ofNewest(async (review) => findSchools(queries, review, await knownOf(review), query), { total: 0, lines: [] }),
    async measured(phase, regionCode) {
      const known = await ofNewest(knownOf, null);
      return known?.measured.get(measuredKey(phase, regionCode)) ?? [];
    },
    school: (urn) => ofNewest((review) => loadSchool(queries, review, urn), null),
    lines: async () => (await ofNewest(knownOf, null))?.byUrn ?? new Map(),
  };
}
