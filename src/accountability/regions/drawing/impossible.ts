import { type BoundModel, boundModel, type LeftOut } from "./bound-model.js";
import { missedCuts } from "./cuts.js";
import type { LinearSolver } from "./linear.js";
import type { DrawingTask } from "./settings.js";

/** Why nothing holds everything that was asked: each a way out, and by how much. */
export interface Impossible {
  /** The tolerance in schools under which nothing holds while all else stays, in percent; null where no tolerance helps. */
  readonly schoolsTolerancePercent: number | null;
  readonly pupilsTolerancePercent: number | null;
  /** Wishes that stand in the way: without any one of these the rest is not excluded. */
  readonly wishes: readonly string[];
}

/** Finds what can't hold, by leaving out one thing at a time and by letting one tolerance go. */
export function whyImpossible(task: DrawingTask, solver: LinearSolver, rounds: number): Impossible {
  const { units, offices } = task.country;
  const { settings } = task;
  const schools = leastSlack(task, solver, rounds, "schoolsSlack");
  const pupils = leastSlack(task, solver, rounds, "pupilsSlack");
  const wishes: string[] = [];
  task.fixed.forEach((slot, unit) => {
    if (slot !== -1 && holds(task, solver, rounds, { fixed: unit }))
      wishes.push(`that ${units[unit]!.name} is served by ${offices[slot]!.name}`);
  });
  task.apart.forEach(([x, y], i) => {
    if (holds(task, solver, rounds, { apart: i }))
      wishes.push(`that ${units[x]!.name} and ${units[y]!.name} are apart`);
  });
  for (const members of task.blocks) {
    if (members.length === 1) continue;
    const blocks = [...task.blocks.filter((other) => other !== members), ...members.map((unit) => [unit])];
    blocks.sort((a, b) => a[0]! - b[0]!);
    if (holds({ ...task, blocks }, solver, rounds, {}))
      wishes.push(`that ${members.map((unit) => units[unit]!.name).join(", ")} stay together`);
  }
  return {
    schoolsTolerancePercent: schools === null ? null : settings.schoolsTolerancePercent + 100 * schools,
    pupilsTolerancePercent: pupils === null ? null : settings.pupilsTolerancePercent + 100 * pupils,
    wishes,
  };
}

/** The least that one tolerance has to be widened by, in averages of regions, or null where widening doesn't help. */
function leastSlack(
  task: DrawingTask,
  solver: LinearSolver,
  rounds: number,
  which: "schoolsSlack" | "pupilsSlack",
): number | null {
  const bound = boundModel(task);
  const session = solver.open(bound.model);
  try {
    const cost = new Float64Array(bound.model.cost.length);
    cost[bound[which]] = 1;
    session.setCost(cost);
    session.setBounds(bound[which], 0, task.slots);
    return relaxedValue(task, bound, session, rounds);
  } finally {
    session.dispose();
  }
}

function holds(task: DrawingTask, solver: LinearSolver, rounds: number, leftOut: LeftOut): boolean {
  const bound = boundModel(task, leftOut);
  const session = solver.open(bound.model);
  try {
    return relaxedValue(task, bound, session, rounds) !== null;
  } finally {
    session.dispose();
  }
}

/** The value of the relaxed model with its cuts, or null where it has no point. */
function relaxedValue(
  task: DrawingTask,
  bound: BoundModel,
  session: ReturnType<LinearSolver["open"]>,
  rounds: number,
): number | null {
  for (let round = 0; ; round++) {
    const answer = session.solve();
    if (answer.status === "infeasible") return null;
    if (answer.point === null) return answer.value;
    const missed = round < rounds ? missedCuts(task, bound, answer.point) : [];
    if (missed.length === 0) return answer.value;
    session.addRows(missed);
  }
}
