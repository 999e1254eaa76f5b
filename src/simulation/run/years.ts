import { calibrate } from "../calibration/calibrate.js";
import { cellCount } from "../classes.js";
import type { Country } from "../country/country.js";
import type { CompiledParameters, RunOptions, RunResult } from "../engine.js";
import type { SimulationProblemCode } from "../problem-codes.js";
import { Accounts } from "./accounts.js";
import type { Answer, Beginning, Command } from "./crew.js";
import { attraction, moverShares, planEntry, supplyOf } from "./entry-plan.js";
import { countedNeed, expectedNeed, firstStock, type Need, postsOf } from "./posts.js";
import type { PupilCounts } from "./pupil-shard.js";
import { expectedYearGroups, pupilYear } from "./pupil-year.js";
import { type Reader, readerOf } from "./reader.js";
import { ResultBuilder } from "./result.js";
import { postSeries } from "./series.js";
import { emptyTally, type Tally, tallyAt } from "./tally.js";
import { teacherYear } from "./teacher-year.js";
import { bySubject, trainedForRegion, trainYear } from "./train.js";
import { firstTraining, type TrainingState } from "./training-places.js";

/** A run that its caller stopped. */
export class RunCancelled extends Error {
  readonly code = "simulation-cancelled" satisfies SimulationProblemCode;

  constructor(year: number) {
    super(`the run was stopped after year ${year + 1}; it has no result`);
    this.name = "RunCancelled";
  }
}

/** What every n-th person is, of a share. @throws {RangeError} unless the share is one over a whole number up to a thousand */
export function everyOf(share: number): number {
  const every = Math.round(1 / share);
  if (!(every >= 1 && every <= 1000 && Math.abs(every * share - 1) < 1e-9))
    throw new RangeError(`a share of ${share} can't be run: it must be 1, 1/2, 1/3 … 1/1000`);
  return every;
}

function checkOptions({ seed, replicate, parts }: RunOptions): void {
  for (const [name, value] of [
    ["seed", seed],
    ["replicate", replicate],
  ] as const)
    if (!(Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff))
      throw new RangeError(`${name} must be a whole number from 0 to 4294967295, got ${value}`);
  if (!parts.pupils && !parts.teachers) throw new RangeError("a run needs pupils or teachers");
  if (parts.money && !(parts.pupils && parts.teachers))
    throw new RangeError("money can't be run without pupils and teachers");
}

/** What the years share. */
interface Course {
  readonly country: Country;
  readonly reader: Reader;
  readonly options: RunOptions;
  readonly every: number;
  readonly intercepts: Float64Array;
  readonly yearGroups: readonly (readonly number[])[];
  readonly stock: Float64Array;
  readonly accounts: Accounts;
  readonly result: ResultBuilder;
  /** What changes from year to year. */
  readonly state: { nextId: number; training: TrainingState; last: Tally };
}

type Steps<T> = Generator<Command, T, Answer>;

/** How to begin the shards of a run. */
export function beginningOf(parameters: CompiledParameters, options: RunOptions, shard = 0, shards = 1): Beginning {
  const reader = readerOf(parameters, options.years);
  const every = everyOf(options.share);
  return {
    part: { every, shard, shards },
    seed: options.seed,
    replicate: options.replicate,
    parts: options.parts,
    loan: Math.round(reader.value("loans.entrant-balance", 0) * 100),
    holders: reader.value("loans.holders", 0),
  };
}

/**
 * The years of a run in their fixed order, as commands to shards: pupils and places; posts; leaving and careers; training and entry; pay, loans and
 * programmes; accounts. Who carries the commands out, and in how many shards, is the caller's.
 * @throws {RangeError | CalibrationError | RunCancelled}
 */
export function* runYears(country: Country, parameters: CompiledParameters, options: RunOptions): Steps<RunResult> {
  checkOptions(options);
  const { years, parts } = options;
  const reader = readerOf(parameters, years);
  const intercepts = parts.teachers ? calibrate(country, reader).intercepts : new Float64Array(0);
  const last = parts.teachers ? (yield { kind: "count" }).tally!.slice() : emptyTally();
  const course: Course = {
    ...{ country, reader, options },
    stock: firstStock(country, last.subarray(tallyAt("fte"), tallyAt("fte") + cellCount)),
    every: everyOf(options.share),
    intercepts,
    yearGroups: expectedYearGroups(country, reader, years),
    accounts: new Accounts(country, reader),
    result: new ResultBuilder(years),
    state: { nextId: country.nextId, training: firstTraining(country.providers, country.trainees), last },
  };
  for (let year = 0; year < years; year++) {
    const counts = parts.pupils ? yield* pupilStep(course, year) : null;
    if (parts.teachers) yield* teacherSteps(course, year, counts);
    if (options.onYear?.(year) === false) throw new RunCancelled(year);
  }
  return course.result.finish(country, options);
}

function* pupilStep(course: Course, year: number): Steps<PupilCounts> {
  const { pupils } = yield { kind: "pupils", of: pupilYear(course.reader, year) };
  course.result.add("pupils", pupils!.tally, year);
  return pupils!;
}

function needOf(
  { country, reader, yearGroups }: Course,
  year: number,
  counts: PupilCounts | null,
): { first: Need; now: Need } {
  const older = reader.value("posts.post-16", year);
  const first = expectedNeed(country, yearGroups[0]!, older);
  if (!counts) return { first, now: expectedNeed(country, yearGroups[year + 1]!, older) };
  return { first, now: countedNeed(country, counts.rolls, 1, older) };
}

/** What was counted at a census is what the next year begins with. */
const carried = [
  ["teachers", "teachers-before"],
  ["fte", "fte-before"],
  ["loan-balance", "loans-before"],
] as const;

function carry(from: Tally, to: Tally): void {
  for (const [counted, before] of carried)
    to.set(from.subarray(tallyAt(counted), tallyAt(counted) + cellCount), tallyAt(before));
}

/** Full-time equivalents by subject and place after a tally's flows. */
function afterFlows(tally: Tally): Float64Array {
  const [before, leavers, hours, out, into] = (
    ["fte-before", "leavers-fte", "hours-lost", "moved-out-fte", "moved-in-fte"] as const
  ).map((name) => tally.subarray(tallyAt(name), tallyAt(name) + cellCount));
  return Float64Array.from(
    { length: cellCount },
    (_, k) => before![k]! - leavers![k]! - hours![k]! - out![k]! + into![k]!,
  );
}

function* teacherSteps(course: Course, year: number, counts: PupilCounts | null): Steps<void> {
  const { country, reader, state, result, options } = course;
  const of = teacherYear(country, reader, year, course.intercepts);
  const weights = attraction(reader, year);
  const posts = postsOf(country, reader, year, { stock: course.stock, ...needOf(course, year, counts) });
  const tally = emptyTally();
  carry(state.last, tally);
  const add = (more: Tally | null) => {
    for (let i = 0; i < tally.length; i++) tally[i]! += more![i]!;
  };
  add((yield { kind: "leave", of, toFifths: moverShares(posts, weights) }).tally);
  const { providers } = country;
  const supply = supplyOf(reader, year, bySubject(providers, state.training.trainees));
  const trained = trainedForRegion(providers, state.training.trainees);
  const situation = { firstId: state.nextId, posts, stock: afterFlows(tally), supply, weights, trained };
  const plan = planEntry(reader, year, situation);
  state.nextId += plan.heads.reduce((a, b) => a + b, 0);
  const entered = yield { kind: "enter", of, plan };
  add(entered.tally);
  const budget = Math.floor(reader.value("recruitment-fund.budget", year) * 100);
  const fundPayment =
    entered.funded > 0 ? Math.min(of.fund.payment, Math.floor(budget / entered.funded)) : of.fund.payment;
  const settled = yield { kind: "settle", of, fundPayment };
  add(settled.tally);
  const fundedAt = tallyAt("funded-posts");
  if (fundPayment > 0)
    for (let k = 0; k < cellCount; k++) tally[fundedAt + k] = tally[tallyAt("fund-paid") + k]! / fundPayment;
  state.last = tally;
  result.add("teachers", tally, year);
  addPosts(course, posts, tally, year);
  const training = trainYear(country, reader, year, state.training);
  result.add("training", training.fine, year);
  state.training = training.state;
  if (options.parts.money) result.add("money", course.accounts.settle(counts!, settled.spending!, year), year);
}

function addPosts({ result }: Course, posts: Float64Array, tally: Tally, year: number): void {
  const fte = tally.subarray(tallyAt("fte"), tallyAt("fte") + cellCount);
  const fine = new Float64Array(postSeries.length * cellCount);
  for (let k = 0; k < cellCount; k++) {
    fine[k] = posts[k]!;
    fine[cellCount + k] = Math.max(0, posts[k]! - fte[k]!);
    fine[2 * cellCount + k] = Math.max(0, fte[k]! - posts[k]!);
  }
  result.add("posts", fine, year);
}
