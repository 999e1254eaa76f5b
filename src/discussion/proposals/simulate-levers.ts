import { type Lever, levers, settingsOverrides } from "../../simulation/levers/index.js";
import { type Override, simulationParameters } from "../../simulation/parameters/index.js";
import type { Band, FigureYear, ScenarioReport } from "../../simulation/report/index.js";
import { modelHorizon, modelVersion, reformFrom, type Scenario } from "../../simulation/scenario/index.js";
import { emptyScenario } from "../runs/given-scenario.js";
import { type RunHere, runHere } from "../simulate/run-here.js";
import { usualRun } from "../simulate/usual-run.js";

/** What a scenario does to a figure in the last year of the run. */
export interface SimulatedFigure {
  readonly figure: string;
  readonly difference: number;
  /** Nine in ten of the draws; null where the draws didn't run it. */
  readonly band: Band | null;
}

/** What the simulation says of a lever at its suggested setting. */
export interface SimulatedLever {
  readonly lever: string;
  readonly model: string;
  readonly dataHash: string;
  /** Of the run of everybody at the declared numbers. */
  readonly hash: string;
  readonly draws: number;
  readonly figures: readonly SimulatedFigure[];
  /** Pounds of all years together, each in pounds of its year. */
  readonly cost: number;
  readonly perTeacherYear: ScenarioReport["perTeacherYear"];
}

/** What is told of a lever. */
const told = ["teachers", "unfilled", "leavers", "poorest-teachers"] as const;

/** The changes of a lever that is set as suggested, from the first year of reform on. */
export function suggestedOverrides({ controls }: Lever): readonly Override[] {
  const settings = Object.fromEntries(controls.map(({ id, suggested }) => [id, suggested]));
  const years = { from: reformFrom, to: modelHorizon.first + modelHorizon.years };
  return settingsOverrides(settings, years, simulationParameters);
}

/** The scenario in which one lever alone is set as suggested. */
export const suggestedScenario = (lever: Lever, dataHash: string): Scenario => ({
  ...{ ...emptyScenario(dataHash), ...usualRun },
  overrides: suggestedOverrides(lever),
});

const lastOf = (figures: readonly FigureYear[], id: string): FigureYear =>
  figures.filter(({ figure }) => figure === id).at(-1)!;

function saidOf(lever: Lever, { run, hash, dataHash }: RunHere): SimulatedLever {
  const { report, draws } = run;
  return {
    ...{ lever: lever.id, model: modelVersion, dataHash, hash, draws, perTeacherYear: report.perTeacherYear },
    figures: told.map((figure) => {
      const { difference, effect } = lastOf(report.figures, figure);
      return { figure, difference, band: effect.parameters };
    }),
    cost: report.costs.flatMap(({ pounds }) => pounds.filter(Number.isFinite)).reduce((a, b) => a + b, 0),
  };
}

/** Runs every lever alone at its suggested setting, on everybody, and forty draws of the uncertain numbers on all teachers: some minutes. */
export async function simulateLevers(): Promise<readonly SimulatedLever[]> {
  const runs = await runHere((dataHash) => levers.map((lever) => suggestedScenario(lever, dataHash)), 1);
  return runs.map((run, k) => saidOf(levers[k]!, run));
}
