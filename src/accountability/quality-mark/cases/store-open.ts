import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { AuthorityCode, CivilDate } from "../../../kernel/index.js";
import { insertMany, type Queries } from "../../../platform/database/index.js";
import type { Actor } from "../../../platform/identity/index.js";
import { appendEvents, appendMany } from "../../../platform/log/index.js";
import { findAuthority, schoolTable, trustsOfSchools } from "../../../register/index.js";
import type { DecisionParameters } from "../decision.js";
import { urnsOfSameSchools } from "../exemption/same-school.js";
import type { ParameterInForce } from "../store-input.js";
import { decisionTable, measureTable, reviewTable } from "../store-tables.js";
import { type Assessment, assess, type MeasuredSchool } from "./evidence.js";
import { addMonths } from "./mark.js";
import { type AuditFound, accountsYearEndOn, type EvidenceSources } from "./sources.js";
import { asJson, doerOf, hashOfJson, logPlaceOf, rowOfCase, type StoredCase, streamOf } from "./store-case.js";
import { caseTable, drawTable, yearReviewTable } from "./tables.js";

/** A year's review: what its cases rest on. */
export type YearReview = typeof yearReviewTable.$inferSelect;

/** The stream of a year's review in the log, as `quality-mark/review/2025-26`. */
export const streamOfYear = (academicYear: string): string => `quality-mark/review/${academicYear.replace("/", "-")}`;

/** The reviews of the years, the newest first. */
export function loadYearReviews(queries: Queries): Promise<YearReview[]> {
  return queries.select().from(yearReviewTable).orderBy(sql`${yearReviewTable.academicYear} desc`);
}

/** The review of a year, or null where none was opened. */
export async function loadYearReview(queries: Queries, academicYear: string): Promise<YearReview | null> {
  const [row] = await queries.select().from(yearReviewTable).where(eq(yearReviewTable.academicYear, academicYear));
  return row ?? null;
}

/** The number of the newest measured review, or null where there is none. */
export async function newestMeasuredReview(queries: Queries): Promise<number | null> {
  const [row] = await queries
    .select({ id: reviewTable.id })
    .from(reviewTable)
    .orderBy(sql`${reviewTable.id} desc`)
    .limit(1);
  return row?.id ?? null;
}

/** What a year's review is opened with. */
export interface YearToOpen {
  readonly academicYear: string;
  readonly reviewId: number;
  /** The day whose evidence counts. */
  readonly evidenceOn: CivilDate;
  readonly codeVersion: string;
  readonly parameters: readonly ParameterInForce[];
  readonly drawShare: number;
  /** 64 hexadecimal digits of chance. */
  readonly seed: string;
}

/** Opens a year's review: its heading, the sealed seed of its draw, and the event that makes the seed's hash known. */
export async function beginYear(queries: Queries, year: YearToOpen, actor: Actor, at: Date): Promise<void> {
  const { seed, ...heading } = year;
  const drawCommitment = hashOfJson(seed);
  const openedAt = at.toISOString();
  await queries.insert(yearReviewTable).values({ ...heading, drawCommitment, openedAt, openedBy: doerOf(actor).name });
  await queries.insert(drawTable).values({ academicYear: year.academicYear, seed });
  const body = asJson({ ...heading, drawCommitment });
  const events = [{ kind: "review-opened", body }];
  await appendEvents(queries, { stream: streamOfYear(year.academicYear), expected: 0, actor, at, events });
}

/** Says that every case of the year has been made. */
export async function completeYear(queries: Queries, academicYear: string, actor: Actor, at: Date): Promise<number> {
  const cases = await queries.$count(caseTable, eq(caseTable.academicYear, academicYear));
  await queries
    .update(yearReviewTable)
    .set({ completedAt: at.toISOString() })
    .where(eq(yearReviewTable.academicYear, academicYear));
  await queries.execute(sql`analyze ${caseTable}`); // embedded PostgreSQL never does it by itself, and then plans badly
  const events = [{ kind: "review-completed", body: { cases } }];
  await appendEvents(queries, { stream: streamOfYear(academicYear), expected: 1, actor, at, events });
  return cases;
}

/** A school of a measured review, as far as a case needs it. */
export type ReviewedSchoolRow = MeasuredSchool & { readonly name: string; readonly authorityCode: AuthorityCode };

const measured = {
  urn: decisionTable.urn,
  kind: decisionTable.kind,
  phase: decisionTable.phase,
  name: decisionTable.name,
  authorityCode: decisionTable.authorityCode,
  decision: decisionTable.decision,
  reasons: decisionTable.reasons,
  valueAdded: decisionTable.valueAdded,
  lower: decisionTable.lower,
  upper: decisionTable.upper,
  predictionError: decisionTable.predictionError,
  pupilEquivalents: decisionTable.pupilEquivalents,
  probabilityOtherwise: decisionTable.probabilityOtherwise,
};

/** The next schools of a measured review in order of URN. */
export function nextMeasured(
  queries: Queries,
  review: number,
  after: string,
  limit: number,
): Promise<ReviewedSchoolRow[]> {
  return queries
    .select(measured)
    .from(decisionTable)
    .where(and(eq(decisionTable.reviewId, review), gt(decisionTable.urn, after)))
    .orderBy(asc(decisionTable.urn))
    .limit(limit);
}

/** What a measured review says of these schools. */
export function measuredOf(queries: Queries, review: number, urns: readonly string[]): Promise<ReviewedSchoolRow[]> {
  return queries
    .select(measured)
    .from(decisionTable)
    .where(and(eq(decisionTable.reviewId, review), inArray(decisionTable.urn, [...urns])));
}

/** The numbers by which a measured review's schools are decided, by phase. */
export interface RulesOfReview {
  (phase: string): DecisionParameters;
  /** The phase whose measure is a school's: its own, or the first for a school that has none, as an all-through one. */
  measuredAs(phase: string): string;
}

/** The rule's numbers of a measured review. */
export async function rulesOf(queries: Queries, review: number): Promise<RulesOfReview> {
  const { phase, line, refusalProbability, fewestPupilEquivalents } = measureTable;
  const rows = await queries
    .select({ phase, line, refusalProbability, fewestPupilEquivalents })
    .from(measureTable)
    .where(eq(measureTable.reviewId, review))
    .orderBy(asc(measureTable.phase));
  const rowOf = (asked: string) => rows.find((row) => row.phase === asked) ?? rows[0]!;
  const numbers = (asked: string): DecisionParameters => {
    const { phase: _, ...own } = rowOf(asked);
    return own;
  };
  return Object.assign(numbers, { measuredAs: (asked: string) => rowOf(asked).phase });
}

/**
 * The newest audit of each school within the year before a day, under whichever of its URNs it was signed.
 * @param others the URNs of schools that have several
 */
async function auditsOf(
  queries: Queries,
  day: CivilDate,
  urns: readonly string[],
  others: ReadonlyMap<string, readonly string[]>,
  sources: EvidenceSources,
): Promise<ReadonlyMap<string, AuditFound>> {
  const found = await sources.audits(queries, day, [...new Set([...urns, ...[...others.values()].flat()])]);
  const newest = (all: readonly string[]) =>
    all.flatMap((urn) => found.get(urn) ?? []).reduce((a, b) => (b.on >= a.on ? b : a));
  return new Map(
    urns
      .map((urn) => [urn, (others.get(urn) ?? [urn]).filter((one) => found.has(one))] as const)
      .filter(([, all]) => all.length > 0)
      .map(([urn, all]) => [urn, newest(all)] as const),
  );
}

/** The evidence of schools on a day and what the rule proposes, by URN; with the hash of what it was made from. */
export async function assessSchools(
  queries: Queries,
  schools: readonly MeasuredSchool[],
  year: Pick<YearReview, "reviewId">,
  on: CivilDate,
  sources: EvidenceSources,
  rules: RulesOfReview,
): Promise<ReadonlyMap<string, Assessment & { readonly inputsHash: string }>> {
  const urns = schools.map(({ urn }) => urn);
  const accountsYearEnd = accountsYearEndOn(on, sources.accountsDue);
  const accountsDue = sources.accountsDue(accountsYearEnd);
  const others = await urnsOfSameSchools(queries, urns, on);
  const audits = await auditsOf(queries, on, urns, others, sources);
  const before = await auditsOf(queries, addMonths(on, -12), urns, others, sources);
  const accounts = await sources.accounts(queries, accountsYearEnd, urns);
  const frameworks = await sources.frameworks(queries, on, schools);
  const phases = [...new Set(schools.map(({ phase }) => rules.measuredAs(phase)))];
  const refused = new Map<string, string | null>();
  for (const phase of phases) refused.set(phase, await sources.measureRefused(queries, phase, on));
  return new Map(
    schools.map((school) => {
      const { urn } = school;
      const beside = {
        ...{ review: year.reviewId, accountsYearEnd, accountsDue, on },
        ...{
          measureRefused: school.kind === "mainstream" ? (refused.get(rules.measuredAs(school.phase)) ?? null) : null,
          framework: frameworks.get(urn) ?? null,
          audit: audits.get(urn) ?? null,
          auditBefore: before.get(urn) ?? null,
          accounts: accounts.get(urn) ?? null,
        },
      };
      const assessment = assess(school, beside, rules(school.phase));
      return [urn, { ...assessment, inputsHash: inputsHashOf(assessment, rules) }] as const;
    }),
  );
}

/** The hash of what a proposal is made from: the evidence and the numbers of the rule. */
export const inputsHashOf = ({ evidence }: Pick<Assessment, "evidence">, rules: RulesOfReview): string =>
  hashOfJson([evidence, rules(evidence.phase)]);

/** How many of a batch became cases, and who did not. */
export interface OpenedBatch {
  readonly opened: number;
  /** Closed by the day, or in no region of England. */
  readonly leftOut: readonly string[];
}

/** Makes the cases of some schools of the year's measured review, with their events. */
export async function openCases(
  queries: Queries,
  year: YearReview,
  schools: readonly ReviewedSchoolRow[],
  sources: EvidenceSources,
  rules: RulesOfReview,
  actor: Actor,
  at: Date,
): Promise<OpenedBatch> {
  const urns = schools.map(({ urn }) => urn);
  const on = year.evidenceOn;
  const open = await openSchools(queries, urns, on);
  const trusts = await trustsOfSchools(queries, urns, on);
  const assessed = await assessSchools(queries, schools, year, on, sources, rules);
  const cases: StoredCase[] = [];
  const leftOut: string[] = [];
  for (const school of schools) {
    const { urn, name, phase, kind, authorityCode } = school;
    const regionCode = findAuthority(authorityCode)?.region ?? null;
    if (regionCode === null || !open.has(urn)) {
      leftOut.push(urn);
      continue;
    }
    const { evidence, proposal, missing, inputsHash } = assessed.get(urn)!;
    cases.push({
      ...{ urn, academicYear: year.academicYear, version: 1, state: "open", evidence, proposal, missing, inputsHash },
      ...{ answerBy: null, representations: [], corrections: [], decision: null, appeal: null, mark: null },
      publication: null,
      school: { name, phase, kind, authorityCode, regionCode, trustUid: trusts.get(urn)?.uid ?? null },
      changedAt: at.toISOString(),
    });
  }
  await insertMany(queries, caseTable, cases.map(rowOfCase));
  await appendMany(
    queries,
    cases.map((one) => ({
      ...{ stream: streamOf(one), expected: 0, actor, at, place: logPlaceOf(one) },
      events: [{ kind: "case-opened", body: asJson(openedBody(one)) }],
    })),
  );
  return { opened: cases.length, leftOut };
}

function openedBody({ evidence, proposal, missing, inputsHash }: StoredCase) {
  return { evidence, proposal: proposal.decision, reasons: proposal.reasons, missing, inputsHash };
}

/** Which of these schools are open on a day. */
async function openSchools(queries: Queries, urns: readonly string[], on: CivilDate): Promise<ReadonlySet<string>> {
  const rows = await queries
    .select({ urn: schoolTable.urn })
    .from(schoolTable)
    .where(
      and(
        sql`${schoolTable.urn} = any(${sql.param(urns)}::text[])`,
        inArray(schoolTable.status, ["open", "open-proposed-to-close"]),
        sql`coalesce(${schoolTable.closed} > ${on}, true)`,
      ),
    );
  return new Set<string>(rows.map(({ urn }) => urn));
}
