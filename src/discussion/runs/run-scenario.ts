import type { Progress } from "../../kernel/index.js";
import { startThreads, type ThreadWork } from "../../platform/threads/index.js";
import type { RunResult } from "../../simulation/index.js";
import { type ScenarioReport, scenarioReport } from "../../simulation/report/index.js";
import { modelHorizon } from "../../simulation/scenario/index.js";
import { type PairsAnswer, planOf, type ScenarioOrder } from "./run-pairs.js";
import type { ThreadShare } from "./runs-thread.js";

/** A scenario that was run. */
export interface ScenarioRun {
  readonly report: ScenarioReport;
  /** At the declared parameters. */
  readonly declared: { readonly scenario: RunResult; readonly baseline: RunResult };
}

/** Adds the steps of several threads into one stage. */
function together(progress: Progress, total: number): Progress {
  progress.stage("simulate", total);
  return { stage() {}, done: (steps) => progress.done(steps), note: (text) => progress.note(text) };
}

/**
 * Runs a scenario on threads of its own: the same figures and the same hash on any number of them.
 * @param threads 1 or more
 */
export function runScenario(order: ScenarioOrder, threads: number, progress: Progress): ThreadWork<ScenarioRun> {
  const plan = planOf(order);
  const workers = Math.max(1, Math.min(threads, plan.runs.length));
  const shared = together(progress, plan.runs.length);
  const module = new URL("./runs-thread.js", import.meta.url);
  const work = startThreads<PairsAnswer>(
    Array.from({ length: workers }, (_, worker) => {
      const input: ThreadShare = { ...order, worker, workers };
      return { module, input, progress: shared };
    }),
    workers,
  );
  const { first, years } = modelHorizon;
  const about = { first, years, seed: order.scenario.seed, changes: order.scenario.overrides.length > 0 };
  return {
    stop: work.stop,
    result: work.result.then((answers) => {
      const declared = answers.find((answer) => answer.declared !== null)?.declared;
      if (!declared) throw new Error("no thread ran the declared parameters");
      const figures = answers.flatMap((answer) => answer.figures).sort((a, b) => a.run - b.run);
      return { declared, report: scenarioReport(plan, figures, about) };
    }),
  };
}
