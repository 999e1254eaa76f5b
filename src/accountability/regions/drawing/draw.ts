import { type Progress, seededRandom, silent } from "../../../kernel/index.js";
import { type BoundModel, boundModel } from "./bound-model.js";
import { looseCuts, missedCuts } from "./cuts.js";
import { type Impossible, whyImpossible } from "./impossible.js";
import type { LinearAnswer, LinearSession, LinearSolver } from "./linear.js";
import { type DrawingMeasure, measureDrawing } from "./measure.js";
import { type Found, searchDrawing } from "./search.js";
import type { DrawingTask } from "./settings.js";

/** How much work is done; counted, not timed, so that the same settings give the same answer. */
export interface Effort {
  readonly searches: number;
  readonly steps: number;
  /** Rounds of cuts in the relaxed model. */
  readonly rounds: number;
  /** Rounds of branching, each followed by cuts against loose parts; 0 leaves the relaxed bound. */
  readonly branchings: number;
  readonly nodes: number;
  /** A guard on each round of branching; when it strikes the record says so. */
  readonly seconds: number;
}

/** The two efforts that a user can choose. */
export const efforts = {
  quick: { searches: 4, steps: 600_000, rounds: 40, branchings: 0, nodes: 0, seconds: 0 },
  thorough: { searches: 12, steps: 1_500_000, rounds: 60, branchings: 6, nodes: 400, seconds: 60 },
} as const satisfies Record<string, Effort>;

/** How an answer came about. */
export interface DrawingRecord {
  readonly solver: string;
  readonly searches: number;
  readonly steps: number;
  /** The value of each search's best; null for one that found nothing that holds. */
  readonly found: readonly (number | null)[];
  readonly cuts: number;
  readonly rounds: number;
  readonly nodesLimit: number;
  /** Whether the guard on seconds ended a branching: on another machine the bound may then differ. */
  readonly stoppedByTime: boolean;
}

/** What came of a task. */
export interface DrawingOutcome {
  /**
   * `proven`: no drawing is better. `bounded`: the best found, and a bound that none can be under. `not-found`: none found that holds, and
   * none excluded. `impossible`: no drawing holds everything that was asked.
   */
  readonly kind: "proven" | "bounded" | "not-found" | "impossible";
  /** For each authority the slot of its region: the best, or the nearest where none holds. */
  readonly slotOf: readonly number[];
  readonly measure: DrawingMeasure;
  /** No drawing that holds everything is worth less; null where nothing is known. */
  readonly bound: number | null;
  /** (value − bound) ÷ value: at most this share of the value could be saved; null without a bound or a drawing that holds. */
  readonly gap: number | null;
  /** What stands in the way where nothing holds. */
  readonly impossible: Impossible | null;
  readonly record: DrawingRecord;
}

/** Differences of value below this are the solver's tolerance. */
const same = 1e-5;

/** Draws: searches from several starts, then bounds what any drawing could be worth, and branches where the effort allows. */
export function drawRegions(
  task: DrawingTask,
  solver: LinearSolver,
  progress: Progress = silent,
  effort: Effort = efforts[task.settings.effort],
): DrawingOutcome {
  const random = seededRandom(task.settings.seed);
  progress.stage("searching", effort.searches);
  const all = Array.from({ length: effort.searches }, (_, i) => {
    const found = searchDrawing(task, effort.steps, random.fork(`search ${i}`));
    progress.done(1);
    return found;
  });
  let best = all.reduce(better);
  progress.stage("bounding");
  const bound = boundModel(task);
  const session = solver.open(bound.model);
  try {
    const relaxed = solveWithCuts(task, bound, session, effort.rounds);
    const record = {
      ...{ solver: solver.name, searches: effort.searches, steps: effort.steps, nodesLimit: effort.nodes },
      found: all.map(({ value, violation }) => (violation === 0 ? value : null)),
    };
    if (relaxed.answer.status === "infeasible") {
      progress.stage("finding what can't hold");
      const impossible = whyImpossible(task, solver, effort.rounds);
      const counts = { cuts: relaxed.cuts, rounds: relaxed.rounds, stoppedByTime: false };
      return outcome(task, "impossible", best, null, impossible, { ...record, ...counts });
    }
    const branched = branch(task, bound, session, effort, best, progress);
    best = branched.best;
    const lower = Math.max(relaxed.answer.bound ?? 0, branched.bound ?? 0, 0);
    const counts = {
      cuts: relaxed.cuts + branched.cuts,
      rounds: relaxed.rounds,
      stoppedByTime: branched.stoppedByTime,
    };
    if (branched.impossible) return outcome(task, "impossible", best, null, null, { ...record, ...counts });
    const kind = best.violation > 0 ? "not-found" : best.value - lower <= same ? "proven" : "bounded";
    return outcome(task, kind, best, lower, null, { ...record, ...counts });
  } finally {
    session.dispose();
  }
}

function better(a: Found, b: Found): Found {
  if (a.violation !== b.violation) return a.violation < b.violation ? a : b;
  return b.value < a.value - 1e-9 ? b : a;
}

function outcome(
  task: DrawingTask,
  kind: DrawingOutcome["kind"],
  best: Found,
  lower: number | null,
  impossible: Impossible | null,
  record: DrawingRecord,
): DrawingOutcome {
  const measure = measureDrawing(task, best.slotOf);
  const holds = measure.broken.length === 0;
  const bound = lower === null ? null : holds ? Math.min(lower, measure.value) : lower;
  const gap =
    bound === null || !holds ? null : measure.value === 0 ? 0 : Math.max(0, (measure.value - bound) / measure.value);
  return {
    kind,
    slotOf: Array.from(best.slotOf),
    measure,
    bound,
    gap: kind === "proven" ? 0 : gap,
    impossible,
    record,
  };
}

/** Solves the relaxed model, adds the cuts that its answer misses, and again, until none is missed. */
export function solveWithCuts(task: DrawingTask, bound: BoundModel, session: LinearSession, rounds: number) {
  let answer = session.solve();
  let [cuts, round] = [0, 0];
  for (; round < rounds && answer.status === "optimal" && answer.point; round++) {
    const missed = missedCuts(task, bound, answer.point);
    if (missed.length === 0) break;
    session.addRows(missed);
    cuts += missed.length;
    const next = session.solve();
    // Rows only take points away: a solver that gives up now leaves the bound as it was.
    if (next.status === "stopped") break;
    answer = next;
  }
  return { answer, cuts, rounds: round };
}

interface Branched {
  readonly best: Found;
  readonly bound: number | null;
  readonly cuts: number;
  readonly stoppedByTime: boolean;
  readonly impossible: boolean;
}

/** Lets the solver branch to whole drawings, forbids the loose parts of its answer, and again. */
function branch(
  task: DrawingTask,
  bound: BoundModel,
  session: LinearSession,
  effort: Effort,
  found: Found,
  progress: Progress,
): Branched {
  let [best, lower, cuts, stoppedByTime]: [Found, number | null, number, boolean] = [found, null, 0, false];
  const answered = (impossible: boolean): Branched => ({ best, bound: lower, cuts, stoppedByTime, impossible });
  if (effort.branchings > 0) progress.stage("branching", effort.branchings);
  for (let round = 0; round < effort.branchings; round++) {
    const answer: LinearAnswer = session.branch(bound.whole, null, effort);
    progress.done(1);
    if (answer.status === "infeasible") return answered(true);
    if (answer.status === "stopped") stoppedByTime = true;
    if (answer.bound !== null) lower = Math.max(lower ?? 0, answer.bound);
    if (answer.point === null) break;
    const slotOf = slotsOf(task, bound, answer.point);
    const loose = looseCuts(task, bound, slotOf);
    if (loose.length === 0) {
      const measure = measureDrawing(task, slotOf);
      if (measure.broken.length === 0) best = better(best, { slotOf, value: measure.value, violation: 0 });
      break;
    }
    session.addRows(loose);
    cuts += loose.length;
    if (lower !== null && best.violation === 0 && best.value - lower <= same) break;
  }
  return answered(false);
}

function slotsOf(task: DrawingTask, bound: BoundModel, point: Float64Array): Int32Array {
  const ofBlock = task.blocks.map((_, b) => {
    let most = 0;
    for (let slot = 1; slot < task.slots; slot++)
      if (point[bound.block(b, slot)]! > point[bound.block(b, most)]!) most = slot;
    return most;
  });
  return Int32Array.from(bound.blockOf, (b) => ofBlock[b]!);
}
