import type { CompiledParameters } from "../engine.js";
import { compileParameters, type Horizon, withOverrides } from "../parameters/compile.js";
import type { SimulationParameter } from "../parameters/simulation-parameter.js";
import type { Scenario } from "../scenario/scenario.js";
import { atPlaces, type Dimension, dimensionsOf, hypercubeDraw } from "./draw-parameters.js";
import { type Structure, structuresOf } from "./forms.js";
import { tornadoPlaces } from "./tornado.js";

/** Which uncertainty a run is for. */
export type RunKind = "declared" | "parameters" | "chance" | "structure" | "tornado";

/** One pair of runs: the country without the scenario and with it, on the same draws and the same luck. */
export interface PlannedRun {
  readonly kind: RunKind;
  /** Position among those of its kind. */
  readonly number: number;
  /** In words: the structure, or the dimension and its end; empty for the others. */
  readonly label: string;
  /** The luck: 0, and another for each run of chance. */
  readonly replicate: number;
}

/** What is looked at beside the declared run and the scenario's own draws. */
export interface PlanOptions {
  /** Runs with another luck. */
  readonly chance: number;
  readonly structures: boolean;
  readonly tornado: boolean;
}

/** Every run of a scenario, and the parameters of each. */
export interface RunPlan {
  /** The declared one first. */
  readonly runs: readonly PlannedRun[];
  readonly dimensions: readonly Dimension[];
  parametersOf(run: PlannedRun, side: "baseline" | "scenario"): CompiledParameters;
}

const several = (kind: RunKind, count: number, more: (number: number) => Partial<PlannedRun> = () => ({})) =>
  Array.from(
    { length: count },
    (_, number): PlannedRun => ({ kind, number, label: "", replicate: 0, ...more(number) }),
  );

/**
 * Plans the runs of a scenario with the three uncertainties apart: parameters are drawn on one luck, luck is changed on the declared
 * parameters, and structure is changed on both as declared. A function of its arguments alone, so that every worker can make it itself
 * and be told only which run is its turn.
 */
export function planRuns(
  scenario: Scenario,
  parameters: readonly SimulationParameter[],
  horizon: Horizon,
  { chance, structures, tornado }: PlanOptions,
): RunPlan {
  const { overrides, seed, draws } = scenario;
  const declared = compileParameters(parameters, horizon);
  const within = withOverrides(declared, overrides, horizon.first);
  const sides = {
    baseline: { compiled: declared, chosen: { overrides: [], horizon } },
    scenario: { compiled: within, chosen: { overrides, horizon } },
  };
  const dimensions = dimensionsOf(parameters);
  const forms: readonly Structure[] = structures ? structuresOf(parameters, overrides, horizon.first) : [];
  const drawn = draws > 1 ? draws : 0;
  const drawnOf = {
    baseline: hypercubeDraw(declared, dimensions, { seed, draws }, sides.baseline.chosen),
    scenario: hypercubeDraw(within, dimensions, { seed, draws }, sides.scenario.chosen),
  };
  const ends = tornado ? dimensions.flatMap(({ name }) => ["low", "high"].map((end) => `${name}, ${end}`)) : [];
  const runs = [
    ...several("declared", 1),
    ...several("parameters", drawn),
    ...several("chance", chance, (number) => ({ replicate: number + 1 })),
    ...several("structure", forms.length, (number) => ({ label: forms[number]!.label })),
    ...several("tornado", ends.length, (number) => ({ label: ends[number]! })),
  ];
  return {
    runs,
    dimensions,
    parametersOf({ kind, number }, side) {
      const { compiled, chosen } = sides[side];
      if (kind === "parameters") return drawnOf[side](number);
      if (kind === "structure") return withOverrides(compiled, forms[number]!.overrides, horizon.first);
      if (kind !== "tornado") return compiled;
      const moved = dimensions[Math.floor(number / 2)]!;
      const place = tornadoPlaces[number % 2]!;
      return atPlaces(compiled, dimensions, ({ name }) => (name === moved.name ? place : null), chosen);
    },
  };
}
