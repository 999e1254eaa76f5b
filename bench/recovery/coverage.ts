import { loadavg } from "node:os";
import { join } from "node:path";
import type { Cost, Figures, Line } from "../line.js";
import { answerOf, runProcess } from "../run-process.js";
import type { BenchCase, BenchOptions, Task } from "../task.js";
import { type Fault, faults, type Shape } from "./simulate.js";
import type { Coverage, Mean } from "./tally.js";

const deviations = { school: 0.28, cohort: 0.12, residual: 0.68 };

/** The shapes of pupils that are simulated, with how many seeds each has unless the person says otherwise. */
const shapes: readonly { readonly about: string; readonly seeds: number; readonly shape: Shape }[] = [
  {
    about: "100 schools of 20 to 60 pupils, one cohort, nobody moves",
    seeds: 1000,
    shape: { name: "plain", schools: 100, pupils: [20, 60], cohorts: 1, moverShare: 0, deviations },
  },
  {
    about: "the same with 12% movers between schools nearby",
    seeds: 1000,
    shape: { name: "movers", schools: 100, pupils: [20, 60], cohorts: 1, moverShare: 0.12, deviations },
  },
  {
    about: "100 schools, three cohorts of 15 to 40 pupils, 12% movers",
    seeds: 1000,
    shape: { name: "cohorts", schools: 100, pupils: [15, 40], cohorts: 3, moverShare: 0.12, deviations },
  },
  {
    about: "150 schools of 3 to 20 pupils, 12% movers",
    seeds: 1000,
    shape: { name: "small", schools: 150, pupils: [3, 20], cohorts: 1, moverShare: 0.12, deviations },
  },
  {
    about: "12 schools of 20 to 60 pupils: too few to know their variance well",
    seeds: 1000,
    shape: { name: "few", schools: 12, pupils: [20, 60], cohorts: 1, moverShare: 0.12, deviations },
  },
  {
    about: "500 schools, five cohorts of 20 to 60 pupils, 12% movers",
    seeds: 50,
    shape: { name: "region", schools: 500, pupils: [20, 60], cohorts: 5, moverShare: 0.12, deviations },
  },
  {
    about: "60 schools that drift over five cohorts of 15 to 30 pupils (autocorrelation 0.7), 12% movers",
    seeds: 150,
    shape: {
      name: "drift",
      schools: 60,
      pupils: [15, 30],
      cohorts: 5,
      moverShare: 0.12,
      deviations: { school: 0.2, cohort: 0.2, residual: 0.68 },
      autocorrelation: 0.7,
    },
  },
];

const shapeNamed = (wanted: string) => shapes.find(({ shape }) => shape.name === wanted)!.shape;

/** The shape `movers` (or `drift`) with pupils that differ from the model in one way. */
const faulty = (Object.keys(faults) as Fault[]).map((fault) => {
  const base = fault === "drift-unknown" ? "drift" : "movers";
  const seeds = fault === "drift-unknown" ? 150 : 400;
  return { about: `${base}, but ${faults[fault]}`, seeds, shape: { ...shapeNamed(base), name: fault, fault } };
});

/** A mean and its Monte Carlo error as two figures, so that the printed list stays flat. */
const both = (name: string, { mean, error }: Mean) => ({ [name]: mean, [`${name}Error`]: error });

function figuresOf({ fixed, components, figures, ...counts }: Coverage): Figures {
  const list = (all: Coverage["fixed"]) =>
    all.map(({ name, truth, bias, coverage, errorToDeviation, without }) => ({
      name,
      truth,
      ...both("bias", bias),
      errorToDeviation,
      ...both("coverage", coverage),
      without,
    }));
  return {
    ...counts,
    fixed: list(fixed),
    components: list(components),
    figures: figures.map(({ name, bias, coverage, conditional, smallestTenth, correlation, byIntake, farBelow }) => ({
      name,
      ...both("bias", bias),
      ...both("coverage", coverage),
      ...both("conditional", conditional),
      ...both("smallestTenth", smallestTenth),
      ...both("correlation", correlation),
      ...both("byIntake", byIntake),
      ...both("farBelow", farBelow),
    })),
  };
}

async function runShape(shape: Shape, seeds: number, options: BenchOptions): Promise<Line> {
  const count = options.seeds ?? seeds;
  options.say(`simulating and fitting ${shape.name} with ${count} seeds`);
  const load = loadavg()[0]!;
  const ended = await runProcess(
    process.execPath,
    [join(options.code, "recovery/seeds.mjs"), JSON.stringify(shape), String(count)],
    { cwd: options.project, timeoutSeconds: options.timeoutSeconds },
  );
  const { coverage, ...cost } = answerOf<Cost & { coverage: Coverage }>("the simulation", ended);
  return { task: "coverage", case: shape.name, runs: 1, load, ...cost, figures: figuresOf(coverage) };
}

/** Whether intervals of 95% hold the truth in 95 cases of 100: pupils drawn by the model, fitted, compared with the truth. */
export const coverage: Task = {
  name: "coverage",
  about: "draw pupils by the model with many seeds (--seeds N), refit, and tell bias and coverage of every interval",
  cases: [...shapes, ...faulty].map(
    ({ about, seeds, shape }): BenchCase => ({
      name: shape.name,
      about: `${about}; ${seeds} seeds`,
      parts: [{ name: shape.name, run: (options) => runShape(shape, seeds, options) }],
    }),
  ),
};
