import type { Progress } from "../../kernel/index.js";
import { type Country, simulate } from "../../simulation/index.js";
import { simulationParameters } from "../../simulation/parameters/index.js";
import { modelHorizon, modelVersion, type Scenario, scenarioSchema } from "../../simulation/scenario/index.js";
import { planRuns } from "../../simulation/uncertainty/index.js";
import { type SupplyRun, supplyOf } from "./figures.js";

/** How many years a statement looks at, with its own. */
export const statementYears = 5;

/** The simulation as statements use it: the years they can be about, and the scenario without any proposal. */
export const supplyModel = {
  years: { from: modelHorizon.first, to: modelHorizon.first + modelHorizon.years - 1 - statementYears },
  scenario: {
    ...{ schema: scenarioSchema, model: modelVersion, dataHash: "", overrides: [], seed: 1, draws: 100, share: 1 },
  } satisfies Scenario as Scenario,
} as const;

/** The draws of a statement, and the hash of the run at the declared parameters. */
export interface SupplyDraws {
  readonly runs: readonly SupplyRun[];
  readonly resultHash: string;
}

/**
 * Runs a scenario's draws of teachers: each another place of every parameter's range, and another luck, so that intervals hold both.
 * @param last the last year that the draws have to reach; the declared run reaches the model's own, so that its hash is the page's
 * @throws {CalibrationError} when a draw can't meet the published flows: which, and by how much
 */
export function drawSupply(country: Country, scenario: Scenario, last: number, progress: Progress): SupplyDraws {
  const { seed, share } = scenario;
  const plan = planRuns(scenario, simulationParameters, modelHorizon, { chance: 0, structures: false, tornado: false });
  const parts = { pupils: false, teachers: true, money: false } as const;
  const run = (position: number, replicate: number, years: number) => {
    const parameters = plan.parametersOf(plan.runs[position]!, "scenario");
    const result = simulate(country, parameters, { seed, years, share, parts, replicate });
    progress.done(1);
    return { result, supply: supplyOf(result, parameters) };
  };
  progress.stage("simulate teachers", plan.runs.length);
  const declared = run(0, 0, modelHorizon.years);
  const years = last - modelHorizon.first + 1;
  const drawn = plan.runs.slice(1).map((_, draw) => run(draw + 1, draw, years).supply);
  return { runs: drawn.length > 0 ? drawn : [declared.supply], resultHash: declared.result.hash };
}
