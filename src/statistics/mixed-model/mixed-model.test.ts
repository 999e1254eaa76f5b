import { describe, expect, it } from "vitest";
import { noise, normal } from "../made-up-numbers.js";
import {
  checkDesign,
  DesignError,
  type FixedColumn,
  fitMixedModel,
  type MixedModelDesign,
  Objective,
  type RandomTerm,
  sumsOf,
} from "./index.js";

const constant: FixedColumn = { name: "(Intercept)", values: null };
const intercept = { name: "(Intercept)", values: null };

interface Options {
  rows?: number;
  schools?: number;
  shuffle?: (i: number) => number;
  offset?: number;
  between?: number;
}

/** Pupils of a few schools with two covariates, a crossed group and shares for some. */
function design({
  rows = 400,
  schools = 20,
  shuffle = (i) => i,
  offset = 0,
  between = 0.5,
}: Options = {}): MixedModelDesign {
  const order = Array.from({ length: rows }, (_, i) => shuffle(i));
  const school = order.map((i) => Math.floor(((noise(i + 1) + 1) / 2) * schools));
  const x = Float64Array.from(order, (i) => offset + normal(i + 10_000));
  const y = Float64Array.from(
    order,
    (i, r) =>
      1 + 0.6 * (x[r]! - offset) + between * normal(school[r]! + 77) + 0.2 * normal((i % 6) + 99) + normal(i + 20_000),
  );
  const start = new Int32Array(rows + 1);
  const level: number[] = [];
  const weight: number[] = [];
  order.forEach((i, r) => {
    level.push(school[r]!);
    if (i % 5 === 0) {
      level.push((school[r]! + 1 + (i % 3)) % schools);
      weight.push(0.7, 0.3);
    } else weight.push(1);
    start[r + 1] = level.length;
  });
  const shared: RandomTerm = {
    group: "school",
    levels: Array.from({ length: schools }, (_, s) => `s${s}`),
    start,
    level: Int32Array.from(level),
    weight: Float64Array.from(weight),
    coefficients: [intercept, { name: "x", values: x }],
  };
  const crossed: RandomTerm = {
    group: "primary",
    levels: ["a", "b", "c", "d", "e", "f"],
    start: null,
    level: Int32Array.from(order, (i) => i % 6),
    weight: null,
    coefficients: [intercept],
  };
  return {
    rows,
    response: { name: "y", values: y },
    fixed: [constant, { name: "x", values: x }],
    random: [shared, crossed],
  };
}

/** −2 log-likelihood (restricted for REML) of the marginal normal distribution, from the dense covariance matrix. */
function denseCriterion(d: MixedModelDesign, theta: Float64Array, sigma2: number, reml: boolean): number {
  const n = d.rows;
  const v = new Float64Array(n * n);
  const [a, b, c] = [theta[0]!, theta[1]!, theta[2]!]; // school: Λ = [a 0; b c]
  const x = d.fixed[1]!.values!;
  const [school, crossed] = [d.random[0]!, d.random[1]!];
  const z = Array.from({ length: n }, () => new Float64Array(school.levels.length));
  for (let i = 0; i < n; i++)
    for (let e = school.start![i]!; e < school.start![i + 1]!; e++) z[i]![school.level[e]!]! += school.weight![e]!;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let same = 0;
      for (let s = 0; s < school.levels.length; s++) same += z[i]![s]! * z[j]![s]!;
      const effect = a * a + a * b * (x[i]! + x[j]!) + (b * b + c * c) * x[i]! * x[j]!;
      v[i * n + j] =
        sigma2 * (same * effect + (crossed.level[i] === crossed.level[j] ? theta[3]! ** 2 : 0) + (i === j ? 1 : 0));
    }
  const l = new Float64Array(n * n);
  for (let j = 0; j < n; j++)
    for (let i = j; i < n; i++) {
      let sum = v[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      l[i * n + j] = i === j ? Math.sqrt(sum) : sum / l[j * n + j]!;
    }
  const whiten = (values: Float64Array) => {
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let sum = values[i]!;
      for (let k = 0; k < i; k++) sum -= l[i * n + k]! * out[k]!;
      out[i] = sum / l[i * n + i]!;
    }
    return out;
  };
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) logDeterminant += 2 * Math.log(l[i * n + i]!);
  const [one, wx, wy] = [whiten(new Float64Array(n).fill(1)), whiten(x), whiten(d.response.values)];
  const dot = (p: Float64Array, q: Float64Array) => p.reduce((sum, value, i) => sum + value * q[i]!, 0);
  const [s11, s12, s22] = [dot(one, one), dot(one, wx), dot(wx, wx)];
  const det = s11 * s22 - s12 * s12;
  const b0 = (s22 * dot(one, wy) - s12 * dot(wx, wy)) / det;
  const b1 = (s11 * dot(wx, wy) - s12 * dot(one, wy)) / det;
  const rest = wy.map((value, i) => value - b0 * one[i]! - b1 * wx[i]!);
  return (
    logDeterminant +
    dot(rest, rest) +
    (reml ? Math.log(det) + (n - 2) * Math.log(2 * Math.PI) : n * Math.log(2 * Math.PI))
  );
}

describe("the criterion", () => {
  // Evidence class: closed form. The dense marginal likelihood of the same model.
  it.each(["REML", "ML"] as const)("is the %s likelihood of the dense covariance matrix at the estimates", (method) => {
    const d = design({ rows: 120, schools: 8 });
    const fit = fitMixedModel(d, method);
    expect(denseCriterion(d, fit.theta, fit.sigma ** 2, method === "REML")).toBeCloseTo(fit.criterion, 7);
  });

  it("has the gradient that differences of it give", () => {
    const objective = new Objective(sumsOf(design()), "REML");
    const theta = Float64Array.from([0.7, -0.2, 0.4, 0.3]);
    const { gradient } = objective.evaluate(theta);
    theta.forEach((value, j) => {
      const at = (step: number) => objective.evaluate(theta.map((t, k) => (k === j ? value + step : t))).criterion;
      expect(gradient[j]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 4);
    });
  });
});

describe("a fit", () => {
  it("does not depend on the order of the rows", () => {
    const a = fitMixedModel(design(), "REML");
    const b = fitMixedModel(design({ shuffle: (i) => (i * 171) % 400 }), "REML"); // 171 is coprime to 400
    expect(b.criterion).toBeCloseTo(a.criterion, 8);
    a.randomEffects[0]!.estimate.forEach((value, s) => {
      expect(b.randomEffects[0]!.estimate[s]).toBeCloseTo(value, 6);
    });
  });

  it("moves with the units of the response, and not with the origin of a covariate that has no slope", () => {
    const d = design();
    const plain: MixedModelDesign = { ...d, random: [{ ...d.random[0]!, coefficients: [intercept] }, d.random[1]!] };
    const a = fitMixedModel(plain, "REML");
    const scaled = fitMixedModel(
      { ...plain, response: { name: "y", values: d.response.values.map((value) => 100 * value) } },
      "REML",
    );
    expect(scaled.sigma / a.sigma).toBeCloseTo(100, 6);
    expect(scaled.randomEffects[0]!.predictionError[3]! / a.randomEffects[0]!.predictionError[3]!).toBeCloseTo(100, 6);
    const moved = fitMixedModel(
      { ...plain, fixed: [constant, { name: "x", values: d.fixed[1]!.values!.map((value) => value + 1e5) }] },
      "REML",
    );
    expect(moved.criterion).toBeCloseTo(a.criterion, 6);
    expect(moved.fixedEffects[1]!.estimate).toBeCloseTo(a.fixedEffects[1]!.estimate, 8);
  });

  it("keeps its figures with raw powers that are nearly collinear", () => {
    const x = Float64Array.from({ length: 400 }, (_, i) => 100 + normal(i + 10_000));
    const centred = x.map((value) => value - 100);
    const d = design();
    const powers = (values: Float64Array) =>
      [1, 2, 3].map((k) => ({ name: `x^${k}`, values: values.map((value) => value ** k) }));
    const school = { ...d.random[0]!, coefficients: [intercept] };
    const raw = fitMixedModel({ ...d, fixed: [constant, ...powers(x)], random: [school] }, "ML");
    const sound = fitMixedModel({ ...d, fixed: [constant, ...powers(centred)], random: [school] }, "ML");
    expect(raw.criterion).toBeCloseTo(sound.criterion, 6);
    expect(raw.fixedEffects[3]!.estimate).toBeCloseTo(sound.fixedEffects[3]!.estimate, 7);
  });

  it("answers single effects as combinations, and sums of effects between them", () => {
    const fit = fitMixedModel(design(), "REML");
    const school = fit.randomEffects[0]!;
    const one = fit.combine([{ term: 0, level: 4, coefficient: 0, weight: 1 }]);
    expect(one.estimate).toBeCloseTo(school.estimate[4]!, 12);
    expect(one.conditionalError).toBeCloseTo(school.conditionalError[4]!, 12);
    expect(one.predictionError).toBeCloseTo(school.predictionError[4]!, 12);
    const slope = fit.combine([{ term: 0, level: 4, coefficient: 1, weight: 1 }]);
    expect(slope.conditionalError).toBeCloseTo(fit.randomEffects[1]!.conditionalError[4]!, 12);
    const difference = fit.combine([
      { term: 0, level: 4, coefficient: 0, weight: 1 },
      { term: 0, level: 4, coefficient: 0, weight: -1 },
    ]);
    expect(difference.conditionalError).toBeCloseTo(0, 12);
  });

  it("says that a variance is zero instead of showing a standard error", () => {
    const fit = fitMixedModel(design({ between: 0, rows: 300 }), "REML");
    const d = design({ between: 0 });
    const flat = Float64Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const school: RandomTerm = {
      ...d.random[1]!,
      group: "school",
      level: Int32Array.from({ length: 400 }, (_, i) => Math.floor(i / 2) % 6),
    };
    const zero = fitMixedModel(
      { ...d, response: { name: "y", values: flat }, fixed: [constant], random: [school] },
      "REML",
    );
    expect(fit.convergence.converged).toBe(true);
    expect(zero.convergence.singular).toBe(true);
    expect(zero.varianceComponents[0]!.variance).toBeLessThan(1e-8);
    expect(zero.varianceComponents[0]!.standardError).toBeNull();
    expect(zero.convergence.warnings.join()).toContain("estimated as zero");
  });

  it("recovers the values it was simulated with within four standard errors (evidence: recovery)", () => {
    const d = design({ rows: 6000, schools: 150, between: 0.5 });
    const fit = fitMixedModel({ ...d, random: [{ ...d.random[0]!, coefficients: [intercept] }, d.random[1]!] }, "REML");
    const [one, slope] = fit.fixedEffects;
    expect(Math.abs(one!.estimate - 1)).toBeLessThan(4 * one!.standardError);
    expect(Math.abs(slope!.estimate - 0.6)).toBeLessThan(4 * slope!.standardError);
    const between = fit.varianceComponents[0]!;
    expect(Math.abs(between.variance - 0.25)).toBeLessThan(4 * between.standardError!);
  });
});

describe("a design that can't be fitted", () => {
  const d = design();
  it.each([
    [
      "a response that is the same in every row",
      { ...d, response: { name: "y", values: new Float64Array(400).fill(3) } },
      "constant-response",
    ],
    ["one level", { ...d, random: [{ ...d.random[1]!, level: new Int32Array(400) }] }, "one-level"],
    [
      "as many levels as rows",
      {
        ...d,
        random: [
          {
            ...d.random[1]!,
            levels: Array.from({ length: 400 }, String),
            level: Int32Array.from({ length: 400 }, (_, i) => i),
          },
        ],
      },
      "as-many-levels-as-rows",
    ],
    [
      "a value that is not finite",
      { ...d, fixed: [constant, { name: "x", values: d.fixed[1]!.values!.map((v, i) => (i === 7 ? Number.NaN : v)) }] },
      "not-finite",
    ],
    ["no rows", { ...d, rows: 0 }, "no-rows"],
  ])("is refused for %s", (_, faulty, code) => {
    expect(checkDesign(faulty).map((fault) => fault.code)).toContain(code);
    expect(() => fitMixedModel(faulty, "REML")).toThrow(DesignError);
  });

  it("names the columns that say the same", () => {
    const twice = {
      ...d,
      fixed: [
        constant,
        { name: "x", values: d.fixed[1]!.values! },
        { name: "again", values: d.fixed[1]!.values!.map((value) => 2 * value + 1) },
      ],
    };
    expect(() => fitMixedModel(twice, "REML")).toThrow(/again says nothing that x does not already say/);
  });
});
