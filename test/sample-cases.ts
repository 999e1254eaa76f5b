import {
  beginYear,
  type CaseState,
  caseJobs,
  completeYear,
  drawSecondReadings,
  type EvidenceSources,
  listCases,
  loadYearReview,
  nextMeasured,
  openCases,
  publishBatch,
  qualityMarkMigrations,
  rulesOf,
  type StepForMany,
  saveReview,
  takeSteps,
} from "../src/accountability/quality-mark/index.js";
import { addDays, type CivilDate, civilDate } from "../src/kernel/index.js";
import { type Database, migrate } from "../src/platform/database/index.js";
import { type Actor, identityMigrations, type Role, systemActor } from "../src/platform/identity/index.js";
import { jobsMigrations, runToEnd } from "../src/platform/jobs/index.js";
import { logMigrations } from "../src/platform/log/index.js";
import { type Authority, openAuthorities, registerMigrations, updateRegister } from "../src/register/index.js";
import { type ReviewForStore, registerOfReview, reviewForStore } from "./saved-review.js";

/** The tables that cases need. */
export const caseMigrations = [
  ...[identityMigrations, logMigrations, jobsMigrations],
  ...[registerMigrations, qualityMarkMigrations],
];

/** The year of the made-up cases, and the moment in which they are opened. */
export const caseYear = "2026/27";
export const opening = new Date("2026-11-26T09:00:00Z");

/** Two authorities of London and two of the North West, so that a region has a stranger. */
const among: readonly Authority[] = ["E12000007", "E12000002"].flatMap((region) =>
  openAuthorities.filter((one) => one.region === region).slice(0, 2),
);

/** Audits and accounts as the made-up review has them. */
export function evidenceOf({ schools }: ReviewForStore): EvidenceSources {
  const among = (urns: readonly string[]) => {
    const asked = new Set(urns);
    return schools.filter(({ urn }) => asked.has(urn));
  };
  return {
    audits: async (_, on, urns) =>
      new Map(
        among(urns).flatMap(({ urn, safeguarding }) =>
          safeguarding && on >= "2026-06-01" ? [[urn, { ...safeguarding, audit: `audit of ${urn}` }] as const] : [],
        ),
      ),
    accounts: async (_, __, urns) =>
      new Map(
        among(urns).flatMap(({ urn, accounts }) =>
          accounts ? [[urn, { ...accounts, filing: `filing of ${urn}` }] as const] : [],
        ),
      ),
    accountsDue: (yearEnd: CivilDate) => civilDate(`${yearEnd.slice(0, 4)}-12-31`),
    measureRefused: async () => null,
    frameworks: async () => new Map(),
  };
}

/** Opens the cases of the year over a review that is in the register. */
export async function openSampleYear(
  database: Database,
  review: ReviewForStore & { readonly id: number },
  drawShare: number,
): Promise<void> {
  const actor = systemActor("tests");
  await database.queries.transaction(async (queries) => {
    const heading = {
      academicYear: caseYear,
      reviewId: review.id,
      evidenceOn: civilDate("2026-11-26"),
      parameters: [],
    };
    const year = { ...heading, codeVersion: "0.1.0+test", drawShare, seed: "5eed".repeat(16) };
    await beginYear(queries, year, actor, opening);
    const opened = await loadYearReview(queries, caseYear);
    const rules = await rulesOf(queries, review.id);
    const measured = await nextMeasured(queries, review.id, "", review.schools.length);
    await openCases(queries, opened!, measured, evidenceOf(review), rules, actor, opening);
    await completeYear(queries, caseYear, actor, opening);
  });
}

/** A database with a register, a measured review of so many schools and the year's open cases. The draw takes every tenth or so. */
export async function withCases(
  database: Database,
  size = 12,
  drawShare = 0.1,
): Promise<{ readonly database: Database; readonly review: ReviewForStore; readonly sources: EvidenceSources }> {
  await migrate(database, caseMigrations);
  const review = reviewForStore(size, 1, among);
  const source = { name: "invented", asOf: civilDate("2026-11-23"), synthetic: true, files: [] };
  await updateRegister(database, registerOfReview(review.schools), source);
  const sources = evidenceOf(review);
  const reviewId = await saveReview(database.queries, review.heading, review.schools);
  await openSampleYear(database, { ...review, id: reviewId }, drawShare);
  return { database, review, sources };
}

/** A made-up person with one role in a region, or in the whole country. */
export const personOf = (id: string, role: Role, region: string | null): Actor => ({
  ...{ kind: "person", id, name: `${id} (made up)` },
  grants: [{ role, scope: region === null ? { kind: "country" } : { kind: "region", code: region } }],
});

/** Decides a region's open cases as the rule proposes, by two made-up officers, and publishes them at a moment after the hearing. */
export async function publishRegion(database: Database, region: string, at: Date): Promise<void> {
  const [first, second] = ["ada", "ben"].map((name) => personOf(name, "regional-officer", region)) as [Actor, Actor];
  const heard = new Date("2026-11-27T10:00:00Z");
  const steps: readonly [CaseState, Actor, StepForMany, Date][] = [
    ["open", first, { kind: "send-to-school", answerBy: addDays(civilDate("2026-11-27"), 14) }, heard],
    ["with-school", first, { kind: "decide-as-proposed" }, at],
    ["second-reader", second, { kind: "agree" }, at],
  ];
  for (const [state, actor, step, moment] of steps) {
    if (state === "second-reader") await drawSecondReadings(database, first, { academicYear: caseYear, region }, at);
    const filter = { academicYear: caseYear, region, state };
    const { lines } = await listCases(database.queries, filter, { order: "name", offset: 0, limit: 500 });
    const urns = lines.map(({ urn }) => urn);
    if (urns.length === 0) continue;
    const taken = await takeSteps(database, actor, { academicYear: caseYear, urns, step }, moment);
    if (!taken.ok) throw new Error(JSON.stringify(taken.error));
  }
  const job = await publishBatch(database, first, { academicYear: caseYear, region }, at);
  if (!job.ok) throw new Error(JSON.stringify(job.error));
  await runToEnd(database, job.value, caseJobs, { clock: () => at });
}
