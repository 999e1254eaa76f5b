import {
  accountsYearEndOn,
  type CaseFilter,
  caseJobsInSteps,
  countStates,
  drawSecondReadings,
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
import { academicYear, addDays, err, formatAcademicYear, ok, type Problem, type Result } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { dayInEngland } from "../platform/day/index.js";
import { type Actor, type Role, systemActor } from "../platform/identity/index.js";
import { type JobId, listJobs, runToEnd, startJob } from "../platform/jobs/index.js";
import { findAuthority, loadRegister, type RegisterContents, regions } from "../register/index.js";
import { evidenceUpTo, importEvidence } from "./made-up-evidence.js";
import type { Making } from "./making.js";
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

const maker = "synthetic England";
const system = systemActor(maker);
/** Pages are served meanwhile: a step stays well under a second. */
const casesAtOnce = 250;
const jobs = caseJobsInSteps(casesAtOnce);

/** Where the cases are made, and who is told. */
interface Work {
  readonly database: Database;
  readonly making: Making;
}

/** A made-up person of a region; they are not those who can sign in, so that every step is still to be taken by somebody. */
const madeUp = (region: string, name: string, role: Role): Actor => ({
  ...{ kind: "person", id: `made-up/${region}/${name.toLowerCase()}`, name: `${name} (made up)` },
  grants: [{ role, scope: { kind: "region", code: region } }],
});

/** The same days before `now`, at nine in the morning. */
const daysBefore = (now: Date, days: number) => new Date(`${addDays(dayInEngland(now), -days)}T09:00:00Z`);

/** Takes a step with every case that a filter finds, some at once, until it finds none; with `most`, no more than so many. */
async function stepWith(
  { database, making }: Work,
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
    await making.breathe();
  }
}

/** Works on a job to its end, resting before each of its steps. */
async function run({ database, making }: Work, job: JobId, at: Date): Promise<void> {
  const onStep = () => making.breathe();
  await runToEnd(database, job, jobs, { clock: () => at, onStep });
}

/** Opens a year's review, or goes on with one that a stop interrupted. */
async function open(work: Work, year: string, version: string, at: Date): Promise<void> {
  const { queries } = work.database;
  if ((await loadYearReview(queries, year))?.completedAt) return;
  const input = { academicYear: year, evidenceOn: dayInEngland(at), codeVersion: version };
  await run(work, await startJob(queries, openYearJob(sourcesOfRecord), input, system), at);
}

/** Publishes what is decided of a scope; a batch that a stop interrupted is published to its end first. */
async function publish(work: Work, scope: Parameters<typeof publishBatch>[2], at: Date): Promise<void> {
  const { queries } = work.database;
  for (const { id, endedAt, startedBy } of await listJobs(queries, { limit: 1000 }))
    if (endedAt === null && startedBy.kind === "system" && startedBy.name === maker) await run(work, id, at);
  if ((await previewBatch(queries, scope)).decided === 0) return;
  await run(work, must(await publishBatch(work.database, system, scope, at)), at);
}

/** Decides a region's cases of a year as the rule proposes, with hearings and second readings, by made-up people. */
async function decideRegion(work: Work, year: string, region: string, sent: Date, decided: Date): Promise<void> {
  const [first, second] = [madeUp(region, "First", "regional-officer"), madeUp(region, "Second", "regional-officer")];
  const school = madeUp(region, "Head", "school");
  const cases = (more: Partial<CaseFilter>): CaseFilter => ({ academicYear: year, region, ...more });
  const answerBy = addDays(dayInEngland(sent), 14);
  for (const proposed of ["awarded", "awaiting-framework"] as const)
    await stepWith(work, first, cases({ state: "open", proposed }), { kind: "decide-as-proposed" }, decided);
  await stepWith(work, first, cases({ state: "open" }), { kind: "send-to-school", answerBy }, sent);
  await stepWith(work, school, cases({ state: "with-school" }), { kind: "finish-answer" }, sent);
  await stepWith(work, first, cases({ state: "ready" }), { kind: "decide-as-proposed" }, decided);
  must(await drawSecondReadings(work.database, first, { academicYear: year, region }, decided));
  await stepWith(work, second, cases({ state: "second-reader" }), { kind: "agree" }, decided);
}

/** Work on the open year in every region, so that cases stand in every state. */
async function beginWork(work: Work, year: string, region: string, now: Date): Promise<void> {
  const officer = madeUp(region, "First", "regional-officer");
  const school = madeUp(region, "Head", "school");
  const cases = (more: Partial<CaseFilter>): CaseFilter => ({ academicYear: year, region, ...more });
  const send = (at: Date): StepForMany => ({
    ...{ kind: "send-to-school", answerBy: addDays(dayInEngland(at), 21) },
  });
  const [early, late] = [daysBefore(now, 35), daysBefore(now, 7)];
  await stepWith(work, officer, cases({ state: "open", proposed: "refused" }), send(early), early, 12);
  await stepWith(work, school, cases({ state: "with-school" }), { kind: "finish-answer" }, daysBefore(now, 30), 5);
  await stepWith(work, officer, cases({ state: "ready" }), { kind: "decide-as-proposed" }, daysBefore(now, 20), 3);
  const awards = cases({ state: "open", proposed: "awarded" });
  await stepWith(work, officer, awards, { kind: "decide-as-proposed" }, daysBefore(now, 20), 40);
  await stepWith(work, officer, cases({ state: "open", proposed: "refused" }), send(late), late, 20);
}

/** Some refusals of the published year looked at again and published in the last days, so that an appeal is possible. */
async function publishAgain(work: Work, year: string, region: string, now: Date): Promise<void> {
  const officer = madeUp(region, "First", "regional-officer");
  const words = "The school asked for its figures to be looked at again.";
  const published: CaseFilter = { academicYear: year, region, state: "published", proposed: "refused" };
  const days = daysBefore(now, 30);
  if ((await stepWith(work, officer, published, { kind: "reopen", words }, days, 4)) === 0) return;
  await decideRegion(work, year, region, days, daysBefore(now, 12));
  await publish(work, { academicYear: year, region }, daysBefore(now, 10));
}

const [past, year] = [formatAcademicYear(lastYear), formatAcademicYear(academicYear(lastYear + 1))];

/** Whether a region's work on the open year has begun: a case of it is no longer just open. */
async function hasBegun({ database }: Pick<Work, "database">, region: string): Promise<boolean> {
  const states = await countStates(database.queries, { academicYear: year, region });
  return [...states.keys()].some((state) => state !== "open");
}

/** The regions that have schools. */
const presentIn = (register: RegisterContents) =>
  regions.filter(({ code }) => register.schools.some(({ authority }) => findAuthority(authority)?.region === code));

/** Whether every case of a synthetic England has been made. */
export async function casesAreMade(database: Database): Promise<boolean> {
  if (!(await loadYearReview(database.queries, year))?.completedAt) return false;
  for (const { code } of presentIn(await loadRegister(database.queries)))
    if (!(await hasBegun({ database }, code))) return false;
  return true;
}

/** The year of the measured review: opened, decided and published. */
async function makePast(work: Work, register: RegisterContents, version: string, now: Date): Promise<void> {
  const { database, making } = work;
  const review = await newestMeasuredReview(database.queries);
  if (review === null) throw new RangeError("the cases are made after the review");
  const evidence = await loadReviewedEvidence(database.queries, review);
  const opened = new Date(`${decidedOn}T09:00:00Z`);
  const decided = new Date(opened.getTime() + 40 * 86_400_000);
  const yearEnd = accountsYearEndOn(decidedOn, sourcesOfRecord.accountsDue);
  making.stage("importing audits and accounts");
  must(await importEvidence(database, register, evidence, yearEnd, opened, making));
  making.stage(`opening the review of ${past}`);
  await open(work, past, version, opened);
  const present = presentIn(register);
  making.stage(`deciding the cases of ${past} by region`, present.length);
  for (const { code } of present) {
    await decideRegion(work, past, code, new Date(opened.getTime() + 86_400_000), decided);
    making.done(1);
  }
  making.stage("publishing the decisions");
  const at = new Date(Math.max(daysBefore(now, 300).getTime(), decided.getTime()));
  await publish(work, { academicYear: past, region: null }, at);
}

/** The year after, opened on newer made-up evidence. */
async function openNext(work: Work, register: RegisterContents, { seed, version }: MadeUp, now: Date): Promise<void> {
  const { database, making } = work;
  making.stage(`opening the review of ${year}`);
  const begun = daysBefore(now, 40);
  const today = dayInEngland(begun);
  const yearEnd = accountsYearEndOn(today, sourcesOfRecord.accountsDue);
  const newer = evidenceUpTo(register, seed, today, yearEnd);
  must(await importEvidence(database, register, newer, yearEnd, begun, making));
  const failed = newer.safeguarding.filter(({ outcome }) => outcome === "not-secure").map(({ school }) => school);
  for (let k = 0; k < failed.length; k += casesAtOnce) {
    await database.queries.transaction((queries) => outcomesSigned(queries, failed.slice(k, k + casesAtOnce), begun));
    await making.breathe();
  }
  await open(work, year, version, begun);
}

/** What the made-up cases depend on. */
interface MadeUp {
  readonly seed: number;
  readonly version: string;
}

/**
 * Makes the cases of a synthetic England by the product's own steps and jobs: the year of the measured review decided by made-up
 * people and published, the year after opened on newer made-up evidence, its work begun in every region. What was done before a stop
 * is not done again.
 * @throws {DOMException} an AbortError when the program stops
 */
export async function makeCases(
  database: Database,
  madeUp: MadeUp,
  now: Date,
  making: Making,
): Promise<Result<null, readonly Problem[]>> {
  const work: Work = { database, making };
  try {
    const register = await loadRegister(database.queries);
    if (!(await loadYearReview(database.queries, year))?.completedAt) {
      await makePast(work, register, madeUp.version, now);
      await openNext(work, register, madeUp, now);
    }
    const present = presentIn(register);
    making.stage(`beginning the work of ${year} by region`, present.length);
    for (const { code } of present) {
      if (!(await hasBegun(work, code))) {
        await publishAgain(work, past, code, now);
        await beginWork(work, year, code, now);
      }
      making.done(1);
    }
    return ok(null);
  } catch (error) {
    if (error instanceof StepRefused) return err(error.problems);
    throw error;
  }
}
