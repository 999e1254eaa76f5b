import { createHash } from "node:crypto";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Problem } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import { type Verifier, versionsAgree } from "../../../platform/log/index.js";
import { problem } from "./problem.js";
import { proposeDecision } from "./proposal.js";
import { drawSample } from "./sample.js";
import { caseOfRow, hashOfJson, type StoredCase } from "./store-case.js";
import { inputsHashOf, loadYearReviews, type RulesOfReview, rulesOf, type YearReview } from "./store-open.js";
import { caseTable, drawTable, publicationTable } from "./tables.js";

const casesAtOnce = 1000;
/** Problems that are listed; more would hide the first. */
const most = 100;

/** A school's number in a year's draw, as the database's own function makes it. */
const drawNumber = (seed: string) => (urn: string) =>
  Number.parseInt(createHash("sha256").update(`${seed} ${urn}`).digest("hex").slice(0, 12), 16) / 2 ** 48;

/** What is wrong with a stored case: its hash, its proposal, its words, its second reading where its own decision asks for one. */
export function caseFaults(found: StoredCase, rules: RulesOfReview): Problem[] {
  const place = `case ${found.academicYear} of ${found.urn}`;
  const differs = (what: string) => problem("case-differs", place, what);
  const faults: Problem[] = [];
  if (inputsHashOf(found, rules) !== found.inputsHash)
    faults.push(differs("the hash of its evidence and numbers is not the one that was stored"));
  const again = proposeDecision(found.urn, found.evidence, rules(found.evidence.phase));
  if (again.decision !== found.proposal.decision)
    faults.push(differs(`the rule proposes ${again.decision}, and ${found.proposal.decision} is stored`));
  else if (hashOfJson(again.reasons) !== hashOfJson(found.proposal.reasons))
    faults.push(differs("the reasons that the rule gives are not the words that were stored"));
  const { decision } = found;
  if (decision === null) return faults;
  if (decision.decision === found.proposal.decision) {
    if (hashOfJson(decision.reasons) !== hashOfJson(found.proposal.reasons))
      faults.push(differs("the decision is the rule's, and its reasons are not"));
  } else if (decision.words === null)
    faults.push(differs("the decision departs from the rule without a written reason"));
  const past = found.state !== "second-reader" && found.state !== "closed";
  if (
    past &&
    decision.secondReading.length > 0 &&
    (decision.agreedBy === null || decision.agreedBy.id === decision.by.id)
  )
    faults.push(differs("it had to be read by a second person and was not"));
  return faults;
}

interface PublishedRow extends Record<string, unknown> {
  readonly urn: string;
  readonly publication: number;
  readonly region: string;
  readonly decision: string;
  /** Whether the school still has the decision of that batch, and whether a second person agreed to it. */
  readonly stands: boolean;
  readonly agreed: boolean;
  /** Whether each school of the batch was drawn, or not, for itself, before a region's decisions were drawn from together. */
  readonly alone: boolean;
}

/** The awards and refusals of the year's batches as the log has them. */
const publishedIn = (queries: Queries, academicYear: string): Promise<readonly PublishedRow[]> =>
  queries.execute<PublishedRow>(
    sql`select e.urn, p.id as publication, e.region_code as region, e.body ->> 'decision' as decision,
        c.publication_id = p.id and c.state in ('published', 'appealed', 'appeal-decided') as stands,
        c.decided ->> 'agreedBy' is not null as agreed, p.sample is null as alone
      from ${publicationTable} p
        join log.event e on e.kind = 'decision-published' and (e.body ->> 'publication')::integer = p.id
        join ${caseTable} c on c.urn = e.urn and c.academic_year = p.academic_year
      where p.academic_year = ${academicYear} and p.finished_at is not null
        and e.body ->> 'decision' in ('awarded', 'refused')`,
  );

/** Decisions of published batches that the draw, by the rule of their time, takes and no second person has read. */
async function sampleFaults(queries: Queries, { academicYear, drawShare }: YearReview, seed: string) {
  const numberOf = drawNumber(seed);
  const kinds = new Map<string, PublishedRow[]>();
  for (const row of await publishedIn(queries, academicYear)) {
    const key = `${row.publication} ${row.region} ${row.decision}`;
    kinds.set(key, [...(kinds.get(key) ?? []), row]);
  }
  return [...kinds.values()].flatMap((rows): Problem[] => {
    const byUrn = new Map(rows.map((row) => [row.urn, row]));
    const urns = [...byUrn.keys()];
    const drawn = rows[0]!.alone
      ? urns.filter((urn) => numberOf(urn) < drawShare)
      : drawSample(urns, drawShare, numberOf);
    return drawn
      .filter((urn) => byUrn.get(urn)!.stands && !byUrn.get(urn)!.agreed)
      .map((urn) =>
        problem(
          "sample-differs",
          `case ${academicYear} of ${urn}`,
          `the draw of publication ${byUrn.get(urn)!.publication} takes it, and no second person read it`,
        ),
      );
  });
}

async function verifyYear(queries: Queries, year: YearReview, done: (cases: number) => void): Promise<Problem[]> {
  const problems: Problem[] = [];
  const [sealed] = await queries.select().from(drawTable).where(eq(drawTable.academicYear, year.academicYear));
  const seed = sealed?.seed ?? null;
  if (seed === null || hashOfJson(seed) !== year.drawCommitment)
    problems.push(
      problem("draw-differs", `review of ${year.academicYear}`, "the seed of the draw is not the one that was sealed"),
    );
  if (seed !== null) problems.push(...(await sampleFaults(queries, year, seed)));
  const rulesByReview = new Map<number, RulesOfReview>();
  for (let after = ""; problems.length < most; ) {
    const rows = await queries
      .select()
      .from(caseTable)
      .where(and(eq(caseTable.academicYear, year.academicYear), gt(caseTable.urn, after)))
      .orderBy(asc(caseTable.urn))
      .limit(casesAtOnce);
    for (const found of rows.map(caseOfRow)) {
      const { review } = found.evidence;
      const rules = rulesByReview.get(review) ?? (await rulesOf(queries, review));
      rulesByReview.set(review, rules);
      problems.push(...caseFaults(found, rules));
    }
    done(rows.length);
    if (rows.length < casesAtOnce) return problems;
    after = rows.at(-1)!.urn;
  }
  return problems.slice(0, most);
}

/** Recomputes every case from what it stored: hash of the evidence, proposal, reasons, draw, second reading. */
const decisionsRecomputed: Verifier = {
  title: "decisions of the Quality Mark recomputed from what they stored",
  async verify({ queries }, progress) {
    const problems: Problem[] = [];
    for (const year of await loadYearReviews(queries)) {
      progress.stage(`recomputing the cases of ${year.academicYear}`);
      problems.push(...(await verifyYear(queries, year, (cases) => progress.done(cases))));
    }
    return problems;
  },
};

/** What `greenpaper verify` checks of the cases. */
export const caseVerifiers: readonly Verifier[] = [
  versionsAgree({
    title: "cases of the Quality Mark",
    prefix: "quality-mark/case/",
    states: sql`select 'quality-mark/case/' || replace(academic_year, '/', '-') || '/' || urn, version from ${caseTable}`,
  }),
  decisionsRecomputed,
];
