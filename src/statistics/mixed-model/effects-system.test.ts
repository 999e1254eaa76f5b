import { describe, expect, it } from "vitest";
import { noise, normal } from "../made-up-numbers.js";
import {
  type FixedColumn,
  type MixedModelDesign,
  Objective,
  optimise,
  type RandomTerm,
  readFit,
  sumsOf,
} from "./index.js";

const constant: FixedColumn = { name: "(Intercept)", values: null };
const intercept = { name: "(Intercept)", values: null };

describe("the two ways to solve for the random effects", () => {
  /** Movers between neighbouring schools, each with cohorts of their own: weakly coupled. */
  function movers(): MixedModelDesign {
    const [rows, schools, cohorts] = [12_000, 120, 3];
    const start = new Int32Array(rows + 1);
    const [level, within, weight] = [[] as number[], [] as number[], [] as number[]];
    const y = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const school = Math.floor(((noise(i + 1) + 1) / 2) * schools);
      const cohort = i % cohorts;
      const parts =
        i % 11 === 0
          ? [
              [school, 0.6],
              [(school + 1 + (i % 4)) % schools, 0.4],
            ]
          : [[school, 1]];
      for (const [s, w] of parts as [number, number][]) {
        level.push(s);
        within.push(s * cohorts + cohort);
        weight.push(w);
        y[i]! += w * (0.3 * normal(s + 50) + 0.12 * normal(s * cohorts + cohort + 500));
      }
      y[i]! += normal(i + 30_000);
      start[i + 1] = level.length;
    }
    const term = (group: string, entries: number[], count: number): RandomTerm => ({
      group,
      levels: Array.from({ length: count }, (_, k) => String(k)),
      start,
      level: Int32Array.from(entries),
      weight: Float64Array.from(weight),
      coefficients: [intercept],
    });
    const x = Float64Array.from({ length: rows }, (_, i) => normal(i + 60_000));
    return {
      rows,
      response: { name: "y", values: y },
      fixed: [constant, { name: "x", values: x }],
      random: [term("school", level, schools), term("cohort", within, schools * cohorts)],
    };
  }

  // Evidence class: closed form (the factorisation is exact).
  it("agree where both run: criterion, estimates, both standard errors, and sums of a school's effects", () => {
    const sums = sumsOf(movers());
    const [exact, series] = (["factorisation", "series"] as const).map((way) => {
      const objective = new Objective(sums, "REML", way);
      return readFit(objective, optimise(objective));
    });
    expect(Math.abs(series!.criterion / exact!.criterion - 1)).toBeLessThan(1e-11);
    exact!.varianceComponents.forEach(({ variance, standardError }, k) => {
      expect(series!.varianceComponents[k]!.variance / variance).toBeCloseTo(1, 7);
      expect(series!.varianceComponents[k]!.standardError! / standardError!).toBeCloseTo(1, 5);
    });
    for (const t of [0, 1])
      exact!.randomEffects[t]!.estimate.forEach((value, k) => {
        const [a, b] = [exact!.randomEffects[t]!, series!.randomEffects[t]!];
        expect(Math.abs(b.estimate[k]! - value) / a.conditionalError[k]!).toBeLessThan(1e-7);
        expect(b.conditionalError[k]! / a.conditionalError[k]!).toBeCloseTo(1, 7);
        expect(b.predictionError[k]! / a.predictionError[k]!).toBeCloseTo(1, 7);
      });
    const figure = [0, 1, 2].map((c) => ({ term: 1, level: 3 * 17 + c, coefficient: 0, weight: 1 / 3 }));
    const [one, other] = [exact!, series!].map((fit) =>
      fit.combine([{ term: 0, level: 17, coefficient: 0, weight: 1 }, ...figure]),
    );
    expect(other!.conditionalError / one!.conditionalError).toBeCloseTo(1, 7);
    expect(other!.predictionError / one!.predictionError).toBeCloseTo(1, 7);
  });

  // Evidence class: closed form. Authorities couple their schools too strongly for the series, which then carries them as a border.
  it("agree beside a group that many units share, as authorities around schools that pupils move between", () => {
    const d = movers();
    const authority: RandomTerm = {
      group: "authority",
      levels: ["a", "b", "c", "d", "e", "f", "g", "h"],
      start: null,
      level: Int32Array.from({ length: d.rows }, (_, i) =>
        Math.floor(d.random[0]!.level[d.random[0]!.start![i]!]! / 15),
      ),
      weight: null,
      coefficients: [intercept],
    };
    const response = {
      name: "y",
      values: d.response.values.map((value, i) => value + 0.4 * normal(authority.level[i]! + 7)),
    };
    const sums = sumsOf({ ...d, response, random: [d.random[0]!, authority, d.random[1]!] });
    const [exact, series] = (["factorisation", "series"] as const).map((way) => {
      const objective = new Objective(sums, "REML", way);
      expect(objective.system.method).toBe(way);
      return readFit(objective, optimise(objective));
    });
    expect(Math.abs(series!.criterion / exact!.criterion - 1)).toBeLessThan(1e-10);
    exact!.randomEffects.forEach((effects, t) => {
      effects.estimate.forEach((value, k) => {
        const other = series!.randomEffects[t]!;
        expect(Math.abs(other.estimate[k]! - value) / effects.conditionalError[k]!).toBeLessThan(1e-5);
        expect(other.conditionalError[k]! / effects.conditionalError[k]!).toBeCloseTo(1, 6);
        expect(other.predictionError[k]! / effects.predictionError[k]!).toBeCloseTo(1, 6);
      });
    });
    const both = [
      { term: 0, level: 17, coefficient: 0, weight: 1 },
      { term: 1, level: 1, coefficient: 0, weight: 1 },
    ];
    expect(series!.combine(both).predictionError / exact!.combine(both).predictionError).toBeCloseTo(1, 6);
  });

  it("has the gradient that differences give, with a border", () => {
    const d = movers();
    const shared: RandomTerm = {
      ...d.random[0]!,
      group: "authority",
      start: null,
      weight: null,
      levels: ["a", "b", "c"],
      level: Int32Array.from({ length: d.rows }, (_, i) => i % 3),
    };
    const objective = new Objective(sumsOf({ ...d, random: [...d.random, shared] }), "REML", "series");
    const theta = Float64Array.from([0.3, 0.15, 0.2]);
    const { gradient } = objective.evaluate(theta);
    theta.forEach((value, j) => {
      const at = (step: number) => objective.evaluate(theta.map((t, k) => (k === j ? value + step : t))).criterion;
      expect(gradient[j]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 3);
    });
  });
});
