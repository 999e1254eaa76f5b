import type { Progress } from "../../kernel/index.js";
import { type Country, type RunResult, simulate } from "../../simulation/index.js";
import { simulationParameters } from "../../simulation/parameters/index.js";
import { costsOf, figuresOf, type RunFigures } from "../../simulation/report/index.js";
import { modelHorizon, type Scenario } from "../../simulation/scenario/index.js";
import { type PlanOptions, planRuns, type RunPlan } from "../../simulation/uncertainty/index.js";

/** A scenario and what is looked at beside it. */
export interface ScenarioOrder {
  readonly scenario: Scenario;
  readonly plan: PlanOptions;
}

/** What a worker made of its share of the runs. */
export interface PairsAnswer {
  readonly figures: readonly RunFigures[];
  /** The run at the declared parameters with the scenario, and without it where that is another; null where it is another worker's. */
  readonly declared: { readonly scenario: RunResult; readonly baseline: RunResult } | null;
}

/** The plan of an order: the same wherever it is made. */
export function planOf({ scenario, plan }: ScenarioOrder): RunPlan {
  return planRuns(scenario, simulationParameters, modelHorizon, plan);
}

/**
 * Runs every `workers`-th pair of a plan from `worker` on. The pair at the declared parameters runs the whole system; the others run
 * teachers alone, which schools' money doesn't move.
 * @throws {CalibrationError} when a run can't meet the published flows: which, and by how much
 */
export function runPairs(
  country: Country,
  order: ScenarioOrder,
  { worker, workers }: { readonly worker: number; readonly workers: number },
  progress: Progress,
): PairsAnswer {
  const plan = planOf(order);
  const { seed, share, overrides } = order.scenario;
  const mine = plan.runs.map((_, run) => run).filter((run) => run % workers === worker);
  progress.stage("simulate", mine.length);
  let declared: PairsAnswer["declared"] = null;
  const figures = mine.map((run): RunFigures => {
    const planned = plan.runs[run]!;
    const whole = planned.kind === "declared";
    const parts = { pupils: whole, teachers: true, money: whole };
    const one = (side: "baseline" | "scenario") => {
      const parameters = plan.parametersOf(planned, side);
      const options = { seed, share, parts, replicate: planned.replicate, years: modelHorizon.years };
      return { parameters, result: simulate(country, parameters, options) };
    };
    const scenario = one("scenario");
    const baseline = overrides.length === 0 ? scenario : one("baseline");
    if (whole) declared = { scenario: scenario.result, baseline: baseline.result };
    progress.done(1);
    return {
      run,
      baseline: figuresOf(baseline.result),
      scenario: figuresOf(scenario.result),
      costs: costsOf(scenario.result, baseline.result, scenario.parameters),
    };
  });
  return { figures, declared };
}
