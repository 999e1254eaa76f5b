import { describe, expect, it } from "vitest";
import { noise, normal } from "../made-up-numbers.js";
import {
  fitMixedModel,
  type MixedModelDesign,
  type MixedModelFit,
  Objective,
  optimise,
  type RandomTerm,
  readFit,
  sumsOf,
} from "./index.js";

const intercept = { name: "(Intercept)", values: null };
const rows = 240;
const schools = 8;
const years = [2018, 2019, 2021, 2022];
const school = Int32Array.from({ length: rows }, (_, i) => Math.floor(((noise(i + 1) + 1) / 2) * schools));
const year = Int32Array.from({ length: rows }, (_, i) => i % years.length);
const x = Float64Array.from({ length: rows }, (_, i) => normal(i + 10_000));

const schoolTerm: RandomTerm = {
  group: "school",
  levels: Array.from({ length: schools }, (_, s) => `s${s}`),
  start: null,
  level: school,
  weight: null,
  coefficients: [intercept],
};

function yearTerm(kind?: "autoregressive" | "random-walk"): RandomTerm {
  const levels = Array.from({ length: schools * years.length }, (_, k) => `s${Math.floor(k / 4)}:${years[k % 4]}`);
  return {
    group: "school:year",
    levels,
    start: null,
    level: Int32Array.from(school, (s, i) => s * years.length + year[i]!),
    weight: null,
    coefficients: [intercept],
    ...(kind
      ? {
          drift: {
            kind,
            unit: Int32Array.from(levels, (_, k) => Math.floor(k / 4)),
            time: Int32Array.from(levels, (_, k) => years[k % 4]!),
          },
        }
      : {}),
  };
}

/** The drifting deviation that the data are made with: a walk of small steps. */
const walk = (s: number, t: number) =>
  Array.from({ length: t + 1 }, (_, k) => 0.5 * normal(300 * s + k + 5)).reduce((a, b) => a + b, 0);
const y = Float64Array.from(
  x,
  (value, i) => 1 + 0.5 * value + 0.4 * normal(school[i]! + 77) + walk(school[i]!, year[i]!) + normal(i + 20_000),
);

const design = (random: RandomTerm[], weights: Float64Array | null = null): MixedModelDesign => ({
  rows,
  response: { name: "y", values: y },
  fixed: [intercept, { name: "x", values: x }],
  random,
  weights,
});

/** −2 log-likelihood, restricted for REML, of the dense normal distribution with the covariance `v(i, j)`. */
function denseCriterion(v: (i: number, j: number) => number, reml: boolean): number {
  const l = new Float64Array(rows * rows);
  let logDeterminant = 0;
  for (let j = 0; j < rows; j++)
    for (let i = j; i < rows; i++) {
      let sum = v(i, j);
      for (let k = 0; k < j; k++) sum -= l[i * rows + k]! * l[j * rows + k]!;
      l[i * rows + j] = i === j ? Math.sqrt(sum) : sum / l[j * rows + j]!;
      if (i === j) logDeterminant += Math.log(sum);
    }
  const whiten = (values: ArrayLike<number>) => {
    const out = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      let sum = values[i]!;
      for (let k = 0; k < i; k++) sum -= l[i * rows + k]! * out[k]!;
      out[i] = sum / l[i * rows + i]!;
    }
    return out;
  };
  const [one, wx, wy] = [whiten(new Float64Array(rows).fill(1)), whiten(x), whiten(y)];
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const [s11, s12, s22] = [dot(one, one), dot(one, wx), dot(wx, wx)];
  const det = s11 * s22 - s12 * s12;
  const b0 = (s22 * dot(one, wy) - s12 * dot(wx, wy)) / det;
  const b1 = (s11 * dot(wx, wy) - s12 * dot(one, wy)) / det;
  const rest = wy.map((value, i) => value - b0 * one[i]! - b1 * wx[i]!);
  const n = rows - (reml ? 2 : 0);
  return logDeterminant + dot(rest, rest) + n * Math.log(2 * Math.PI) + (reml ? Math.log(det) : 0);
}

const varianceOf = (fit: MixedModelFit, group: string, term = "(Intercept)") =>
  fit.varianceComponents.find((v) => v.group === group && v.term === term)!.variance;

describe("effects that drift in time", () => {
  const correlations = {
    autoregressive: (fit: MixedModelFit) => (t: number, u: number) =>
      varianceOf(fit, "school:year", "autocorrelation") ** Math.abs(years[t]! - years[u]!),
    "random-walk": () => (t: number, u: number) => Math.min(years[t]!, years[u]!) - years[0]!,
  };

  // Evidence class: closed form. The dense marginal likelihood of the same model; 7 decimals are its rounding.
  it.each([
    ["autoregressive", "REML"],
    ["autoregressive", "ML"],
    ["random-walk", "REML"],
    ["random-walk", "ML"],
  ] as const)("have the likelihood of the dense covariance: %s, %s", (kind, method) => {
    const fit = fitMixedModel(design([schoolTerm, yearTerm(kind)]), method);
    expect(fit.convergence.converged).toBe(true);
    const correlation = correlations[kind](fit);
    const dense = denseCriterion(
      (i, j) =>
        (school[i] === school[j]
          ? varianceOf(fit, "school") + varianceOf(fit, "school:year") * correlation(year[i]!, year[j]!)
          : 0) + (i === j ? fit.sigma ** 2 : 0),
      method === "REML",
    );
    expect(dense).toBeCloseTo(fit.criterion, 7);
  });

  it.each(["autoregressive", "random-walk"] as const)(
    "have the gradient that differences of the criterion give: %s",
    (kind) => {
      const objective = new Objective(sumsOf(design([schoolTerm, yearTerm(kind)])), "REML");
      const theta = Float64Array.from({ length: objective.layout.length }, (_, e) => [0.7, 0.5, 0.4][e]!);
      const { gradient } = objective.evaluate(theta);
      theta.forEach((value, j) => {
        const at = (step: number) => objective.evaluate(theta.map((t, k) => (k === j ? value + step : t))).criterion;
        expect(gradient[j]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 4);
      });
    },
  );

  it("are independent years where the autocorrelation is taken away", () => {
    const objective = new Objective(sumsOf(design([schoolTerm, yearTerm("autoregressive")])), "REML");
    const independent = new Objective(sumsOf(design([schoolTerm, yearTerm()])), "REML");
    expect(objective.evaluate(Float64Array.of(0.4, 0.6, 0)).criterion).toBeCloseTo(
      independent.evaluate(Float64Array.of(0.4, 0.6)).criterion,
      9,
    );
  });

  it("stand without a term of their units", () => {
    const fit = fitMixedModel(design([yearTerm("autoregressive")]), "REML");
    const rho = varianceOf(fit, "school:year", "autocorrelation");
    const dense = denseCriterion(
      (i, j) =>
        (school[i] === school[j]
          ? varianceOf(fit, "school:year") * rho ** Math.abs(years[year[i]!]! - years[year[j]!]!)
          : 0) + (i === j ? fit.sigma ** 2 : 0),
      true,
    );
    expect(dense).toBeCloseTo(fit.criterion, 7);
    expect(rho).toBeGreaterThan(0);
  });

  it("are refused with a slope, or twice in one year", () => {
    const drifting = yearTerm("random-walk");
    const slope = { ...drifting, coefficients: [intercept, { name: "x", values: x }] };
    expect(() => sumsOf(design([slope]))).toThrow(/intercept only/);
    const twice = { ...drifting, drift: { ...drifting.drift!, time: new Int32Array(32) } };
    expect(() => sumsOf(design([twice]))).toThrow(/two levels of unit 0 at time 0/);
  });
});

describe("rows with weights", () => {
  const weights = Float64Array.from({ length: rows }, (_, i) => 1 + 0.8 * noise(i + 5));

  // Evidence class: closed form.
  it.each(["REML", "ML"] as const)("have the likelihood of the dense covariance: %s", (method) => {
    const fit = fitMixedModel(design([schoolTerm], weights), method);
    const dense = denseCriterion(
      (i, j) =>
        (school[i] === school[j] ? varianceOf(fit, "school") : 0) + (i === j ? fit.sigma ** 2 / weights[i]! : 0),
      method === "REML",
    );
    expect(dense).toBeCloseTo(fit.criterion, 7);
  });

  it("say the same of effects in whatever unit they come", () => {
    const a = fitMixedModel(design([schoolTerm], weights), "REML");
    const b = fitMixedModel(
      design(
        [schoolTerm],
        weights.map((w) => 4 * w),
      ),
      "REML",
    );
    expect(b.sigma / a.sigma).toBeCloseTo(2, 8);
    expect(b.criterion).toBeCloseTo(a.criterion, 8);
    a.randomEffects[0]!.estimate.forEach((value, s) => {
      expect(b.randomEffects[0]!.estimate[s]).toBeCloseTo(value, 7);
    });
  });
});

describe("a group inside another", () => {
  /** The same levels in another order of terms, or with one row that keeps them from being nested. */
  const fits = ([schoolTerm, yearTerm()] as const).map((_, k) =>
    fitMixedModel(design(k === 0 ? [schoolTerm, yearTerm()] : [yearTerm(), schoolTerm]), "REML"),
  );

  it("doesn't mind which is named first", () => {
    expect(fits[1]!.criterion).toBeCloseTo(fits[0]!.criterion, 9);
    fits[0]!.randomEffects.forEach(({ group, estimate, conditionalError, predictionError }) => {
      const other = fits[1]!.randomEffects.find((effects) => effects.group === group)!;
      estimate.forEach((value, level) => {
        expect(other.estimate[level]).toBeCloseTo(value, 6);
        expect(other.conditionalError[level]).toBeCloseTo(conditionalError[level]!, 6);
        expect(other.predictionError[level]).toBeCloseTo(predictionError[level]!, 6);
      });
    });
  });

  // Evidence class: closed form. The same model where a third group, all in one level but two, prevents nothing: dense likelihood.
  it("has the likelihood of the dense covariance", () => {
    const [fit] = fits;
    const dense = denseCriterion(
      (i, j) =>
        (school[i] === school[j]
          ? varianceOf(fit!, "school") + (year[i] === year[j] ? varianceOf(fit!, "school:year") : 0)
          : 0) + (i === j ? fit!.sigma ** 2 : 0),
      true,
    );
    expect(dense).toBeCloseTo(fit!.criterion, 7);
  });

  it("answers a school's figure in a year as the sum of both effects, with their error", () => {
    const [fit] = fits;
    const objective = new Objective(sumsOf(design([schoolTerm, yearTerm()])), "REML");
    const again = readFit(objective, optimise(objective));
    const parts = [
      { term: 0, level: 3, coefficient: 0, weight: 1 },
      { term: 1, level: 14, coefficient: 0, weight: 1 },
    ];
    const sum = fit!.combine(parts);
    expect(sum.estimate).toBeCloseTo(fit!.randomEffects[0]!.estimate[3]! + fit!.randomEffects[1]!.estimate[14]!, 12);
    expect(sum.conditionalError).toBeCloseTo(again.combine(parts).conditionalError, 12);
    expect(sum.conditionalError).toBeLessThan(
      Math.hypot(fit!.randomEffects[0]!.conditionalError[3]!, fit!.randomEffects[1]!.conditionalError[14]!),
    );
  });
});
