import {
  accountsYearEndOn,
  type CaseFilter,
  caseJobsInSteps,
  listCases,
  loadReviewedEvidence,
  loadYearReview,
  newestMeasuredReview,
  openYearJob,
  outcomesSigned,
  previewBatch,
  publishBatch,
  type StepForMany,
  sourcesOfRecord,
  takeSteps,
} from "../accountability/quality-mark/index.js";
import {
  academicYear,
  addDays,
  civilDate,
  err,
  formatAcademicYear,
  ok,
  type Problem,
  type Progress,
  type Result,
} from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { type Actor, type Role, systemActor } from "../platform/identity/index.js";
import { type JobId, runToEnd, startJob } from "../platform/jobs/index.js";
import { findAuthority, loadRegister, regions } from "../register/index.js";
import { evidenceUpTo, importEvidence } from "./made-up-evidence.js";
import { decidedOn, lastYear } from "./national-order.js";

/** A step went wrong that can't: the made-up people keep to the rules. */
class StepRefused extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join("; "));
    this.problems = problems;
  }
}

const must = <T>(answer: Result<T, readonly Problem[]>): T => {
  if (!answer.ok) throw new StepRefused(answer.error.slice(0, 10));
  return answer.value;
};

const system = systemActor("synthetic-england");
/** Nothing is served meanwhile, so nobody waits for a step. */
const casesAtOnce = 2000;
const jobs = caseJobsInSteps(casesAtOnce);

/** A made-up person of a region; they are not those who can sign in, so that every step is still to be taken by somebody. */
const madeUp = (region: string, name: string, role: Role): Actor => ({
  ...{ kind: "person", id: `made-up/${region}/${name.toLowerCase()}`, name: `${name} (made up)` },
  grants: [{ role, scope: { kind: "region", code: region } }],
});

/** The same days before `now`, at nine in the morning. */
const daysBefore = (now: Date, days: number) =>
  new Date(`${addDays(civilDate(now.toISOString().slice(0, 10)), -days)}T09:00:00Z`);

/** Takes a step with every case that a filter finds, some at once, until it finds none; with `most`, no more than so many. */
async function stepWith(
  database: Database,
  actor: Actor,
  filter: CaseFilter,
  step: StepForMany,
  at: Date,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  let done = 0;
  for (;;) {
    const limit = Math.min(casesAtOnce, most - done);
    const { lines } = await listCases(database.queries, filter, { order: "name", offset: 0, limit });
    if (lines.length === 0) return done;
    const urns = lines.map(({ urn }) => urn);
    done += must(await takeSteps(database, actor, { academicYear: filter.academicYear, urns, step }, at));
    if (done >= most) return done;
  }
}

const run = (database: Database, job: JobId, at: Date) => runToEnd(database, job, jobs, { clock: () => at });

async function open(database: Database, year: string, version: string, at: Date): Promise<void> {
  const found = await loadYearReview(database.queries, year);
  if (found?.completedAt) return;
  const input = { academicYear: year, evidenceOn: at.toISOString().slice(0, 10), codeVersion: version };
  await run(database, await startJob(database.queries, openYearJob(sourcesOfRecord), input, system), at);
}

/** Decides a region's cases of a year as the rule proposes, with hearings and second readings, by made-up people. */
async function decideRegion(
  database: Database,
  year: string,
  region: string,
  sent: Date,
  decided: Date,
): Promise<void> {
  const [first, second] = [madeUp(region, "First", "regional-officer"), madeUp(region, "Second", "regional-officer")];
  const school = madeUp(region, "Head", "school");
  const cases = (more: Partial<CaseFilter>): CaseFilter => ({ academicYear: year, region, ...more });
  const answerBy = addDays(civilDate(sent.toISOString().slice(0, 10)), 14);
  for (const proposed of ["awarded", "awaiting-framework"] as const)
    await stepWith(database, first, cases({ state: "open", proposed }), { kind: "decide-as-proposed" }, decided);
  await stepWith(database, first, cases({ state: "open" }), { kind: "send-to-school", answerBy }, sent);
  await stepWith(database, school, cases({ state: "with-school" }), { kind: "finish-answer" }, sent);
  await stepWith(database, first, cases({ state: "ready" }), { kind: "decide-as-proposed" }, decided);
  await stepWith(database, second, cases({ state: "second-reader" }), { kind: "agree" }, decided);
}

/** Work on the open year in every region, so that cases stand in every state. */
async function beginWork(database: Database, year: string, region: string, now: Date): Promise<void> {
  const officer = madeUp(region, "First", "regional-officer");
  const school = madeUp(region, "Head", "school");
  const cases = (more: Partial<CaseFilter>): CaseFilter => ({ academicYear: year, region, ...more });
  const send = (at: Date): StepForMany => ({
    ...{ kind: "send-to-school", answerBy: addDays(civilDate(at.toISOString().slice(0, 10)), 21) },
  });
  const [early, late] = [daysBefore(now, 35), daysBefore(now, 7)];
  await stepWith(database, officer, cases({ state: "open", proposed: "refused" }), send(early), early, 12);
  await stepWith(database, school, cases({ state: "with-school" }), { kind: "finish-answer" }, daysBefore(now, 30), 5);
  await stepWith(database, officer, cases({ state: "ready" }), { kind: "decide-as-proposed" }, daysBefore(now, 20), 3);
  const awards = cases({ state: "open", proposed: "awarded" });
  await stepWith(database, officer, awards, { kind: "decide-as-proposed" }, daysBefore(now, 20), 40);
  await stepWith(database, officer, cases({ state: "open", proposed: "refused" }), send(late), late, 20);
}

/** Some refusals of the published year looked at again and published in the last days, so that an appeal is possible. */
async function publishAgain(database: Database, year: string, region: string, now: Date): Promise<void> {
  const officer = madeUp(region, "First", "regional-officer");
  const words = "The school asked for its figures to be looked at again.";
  const published: CaseFilter = { academicYear: year, region, state: "published", proposed: "refused" };
  const days = daysBefore(now, 30);
  if ((await stepWith(database, officer, published, { kind: "reopen", words }, days, 4)) === 0) return;
  await decideRegion(database, year, region, days, daysBefore(now, 12));
  const at = daysBefore(now, 10);
  await run(database, must(await publishBatch(database, system, { academicYear: year, region }, at)), at);
}

/**
 * Makes the cases of a synthetic England by the product's own steps and jobs: the year of the measured review decided by made-up
 * people and published, the year after opened on newer made-up evidence, its work begun in every region. What was done before a stop
 * is not done again.
 */
export async function makeCases(
  database: Database,
  { seed, version }: { readonly seed: number; readonly version: string },
  now: Date,
  progress: Progress,
): Promise<Result<null, readonly Problem[]>> {
  const [past, year] = [formatAcademicYear(lastYear), formatAcademicYear(academicYear(lastYear + 1))];
  if ((await loadYearReview(database.queries, year))?.completedAt) return ok(null);
  const review = await newestMeasuredReview(database.queries);
  if (review === null) throw new RangeError("the cases are made after the review");
  const evidence = await loadReviewedEvidence(database.queries, review);
  const register = await loadRegister(database.queries);
  const opened = new Date(`${decidedOn}T09:00:00Z`);
  const sent = new Date(opened.getTime() + 86_400_000);
  const decided = new Date(opened.getTime() + 40 * 86_400_000);
  const published = new Date(Math.max(daysBefore(now, 300).getTime(), decided.getTime()));
  const present = regions.filter(({ code }) =>
    register.schools.some(({ authority }) => findAuthority(authority)?.region === code),
  );
  try {
    progress.stage("importing audits and accounts");
    must(
      await importEvidence(
        database,
        register,
        evidence,
        accountsYearEndOn(decidedOn, sourcesOfRecord.accountsDue),
        opened,
      ),
    );
    progress.stage(`opening the review of ${past}`);
    await open(database, past, version, opened);
    progress.stage("deciding its cases", present.length);
    for (const { code } of present) {
      await decideRegion(database, past, code, sent, decided);
      progress.done(1);
    }
    progress.stage("publishing the decisions");
    const scope = { academicYear: past, region: null };
    if ((await previewBatch(database.queries, scope)).decided > 0)
      await run(database, must(await publishBatch(database, system, scope, published)), published);
    progress.stage(`opening the review of ${year}`);
    const begun = daysBefore(now, 40);
    const today = civilDate(begun.toISOString().slice(0, 10));
    const yearEnd = accountsYearEndOn(today, sourcesOfRecord.accountsDue);
    const newer = evidenceUpTo(register, seed, today, yearEnd);
    must(await importEvidence(database, register, newer, yearEnd, begun));
    const failed = newer.safeguarding.filter(({ outcome }) => outcome === "not-secure").map(({ school }) => school);
    await database.queries.transaction((queries) => outcomesSigned(queries, failed, begun));
    await open(database, year, version, begun);
    progress.stage("beginning its work", present.length);
    for (const { code } of present) {
      await publishAgain(database, past, code, now);
      await beginWork(database, year, code, now);
      progress.done(1);
    }
    return ok(null);
  } catch (error) {
    if (error instanceof StepRefused) return err(error.problems);
    throw error;
  }
}
