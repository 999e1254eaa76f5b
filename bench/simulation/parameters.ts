import { readFileSync } from "node:fs";
import { seededRandom } from "../../src/kernel/index.js";

/** The numbers of the task, as `params.json` beside the C program holds them. */
export interface TeacherParameters {
  /** Teachers at the beginning, years, and entrants a year. */
  readonly N0: number;
  readonly T: number;
  readonly E: number;
  /** Cumulated shares of the subjects in the stock and among entrants, the last 1. */
  readonly cumStock: readonly number[];
  readonly cumEnt: readonly number[];
  /** Log-odds of leaving: by subject, by age (70), by years of service (30). */
  readonly bSubj: readonly number[];
  readonly bAge: readonly number[];
  readonly bExp: readonly number[];
  /** Pay, and the share promoted, by grade (4) and years of service (30). */
  readonly sal: readonly (readonly number[])[];
  readonly prom: readonly (readonly number[])[];
  /** Pay of each year, relative to the first. */
  readonly growth: readonly number[];
  readonly interest: number;
  readonly threshold: number;
  readonly repay: number;
  readonly nsbYears: number;
  readonly nsbEffect: number;
  readonly sabShare: number;
}

/** Reads the numbers that the C program is compiled with. */
export function readParameters(file: string): TeacherParameters {
  return JSON.parse(readFileSync(file, "utf8")) as TeacherParameters;
}

const years = (value: (year: number) => number) => Array.from({ length: 30 }, (_, year) => value(year));

/** Numbers of the same size, made up from a seed: for a machine without the shared task. They describe no real teachers. */
export function madeUpParameters(seed: number): TeacherParameters {
  const random = seededRandom(seed).fork("teachers");
  const subjects = 19;
  const shares = () => {
    const weights = Array.from({ length: subjects }, (_, k) => (k === 0 ? 8 : 0.2 + random.uniform()));
    const sum = weights.reduce((a, b) => a + b, 0);
    let before = 0;
    return weights.map((weight, k) => {
      before += weight / sum;
      return k === subjects - 1 ? 1 : before;
    });
  };
  const grades = [31_000, 45_000, 58_000, 72_000];
  const promoted = [0.06, 0.025, 0.012, 0];
  return {
    ...{ N0: 500_000, T: 10, E: 46_000, cumStock: shares(), cumEnt: shares() },
    bSubj: Array.from({ length: subjects }, () => -2.5 + 0.3 * (random.uniform() - 0.5)),
    bAge: Array.from({ length: 70 }, (_, age) => (age < 30 ? 0.25 : age < 55 ? -0.1 : age < 60 ? 0.9 : 1.6)),
    bExp: years((year) => 0.5 - 0.03 * year),
    sal: grades.map((pay) => years((year) => pay + 1700 * Math.min(year, 8))),
    prom: promoted.map((share) => years((year) => (year < 3 ? 0 : share))),
    growth: Array.from({ length: 10 }, (_, t) => 1.025 ** t),
    ...{ interest: 1.043, threshold: 28_470, repay: 0.09, nsbYears: 10, nsbEffect: 2, sabShare: 0.33 },
  };
}
