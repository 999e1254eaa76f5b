import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
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

// Evidence class: other program. lme4 1.1-31 with Newton steps to the optimum, its effects and errors by direct algebra:
// scripts/reference/mixed-models.R. Tolerances: criterion 1e-7 relative, estimates 1e-4 of their standard error, standard errors 1e-4
// relative. At a variance of zero or a correlation of ±1 lme4 stops short of the boundary, so there only the criterion is compared closely.

interface SimulatedTerm {
  readonly group: readonly [string];
  readonly levels: readonly [number];
  readonly row?: readonly number[];
  readonly level: readonly number[];
  readonly weight?: readonly number[];
  readonly cols?: readonly (readonly number[])[];
}

interface SimulatedFit {
  readonly criterion: readonly [number];
  readonly fixed: readonly number[];
  readonly fixedError: readonly number[];
  readonly variances: readonly number[];
  readonly varianceErrors?: readonly number[] | null;
  readonly singular: readonly [boolean];
  /** Places of the effects among all, level by level and coefficient by coefficient within a term. */
  readonly sample: readonly number[];
  readonly effects: readonly number[];
  readonly conditional: readonly number[];
  readonly prediction: readonly number[];
}

interface SimulatedCase {
  readonly data?: {
    readonly y: readonly number[];
    readonly x: readonly (readonly number[])[];
    readonly terms: readonly SimulatedTerm[];
  };
  readonly REML?: SimulatedFit;
  readonly ML?: SimulatedFit;
}

const { cases } = JSON.parse(readFileSync(new URL("simulated.reference.json", import.meta.url), "utf8")) as {
  readonly cases: Readonly<Record<string, SimulatedCase>>;
};

const columnOf = (values: readonly number[], name: string) => ({
  name,
  values: values.every((value) => value === 1) ? null : Float64Array.from(values),
});

function termOf(term: SimulatedTerm, rows: number): RandomTerm {
  const lists: number[][] = Array.from({ length: rows }, () => []);
  term.level.forEach((_, e) => {
    lists[term.row?.[e] ?? e]!.push(e);
  });
  const start = new Int32Array(rows + 1);
  lists.forEach((list, i) => {
    start[i + 1] = start[i]! + list.length;
  });
  const order = lists.flat();
  return {
    group: term.group[0],
    levels: Array.from({ length: term.levels[0] }, (_, k) => String(k)),
    start: term.row ? start : null,
    level: Int32Array.from(order, (e) => term.level[e]!),
    weight: term.weight ? Float64Array.from(order, (e) => term.weight![e]!) : null,
    coefficients: [
      { name: "(Intercept)", values: null },
      ...(term.cols ?? []).map((values, k) => ({ name: `z${k}`, values: Float64Array.from(values) })),
    ],
  };
}

function designOf({ y, x, terms }: NonNullable<SimulatedCase["data"]>): MixedModelDesign {
  return {
    rows: y.length,
    response: { name: "y", values: Float64Array.from(y) },
    fixed: x.map((values, j) => columnOf(values, `x${j}`)),
    random: terms.map((term) => termOf(term, y.length)),
  };
}

/** Lehmer's generator, as the script has it: exact in doubles. */
function draws(seed: number): { uniform: (n: number) => number[]; normal: (n: number) => number[] } {
  let state = seed * 7919 + 1;
  const uniform = (n: number) =>
    Array.from({ length: n }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    });
  uniform(10);
  const normal = (n: number) => Array.from({ length: n }, () => uniform(12).reduce((sum, u) => sum + u, 0) - 6);
  return { uniform, normal };
}

/** The script's `large`: rows that belong to several of many groups, `near` in number beside their own. */
function large(seed: number, n: number, levels: number, share: number, near: number, deviation: number) {
  const { uniform, normal } = draws(seed);
  const home = uniform(n).map((v) => Math.floor(v * levels));
  const moved = uniform(n).map((v) => v < share);
  const extra = uniform(n).map((v, i) => (moved[i] ? 1 + Math.floor(v * 3) : 0));
  const row = extra.flatMap((more, i) => new Array<number>(1 + more).fill(i));
  const steps = uniform(row.length).map((v) => 1 + Math.floor(v * near));
  const level = row.map((i, e) => (home[i]! + (e > 0 && row[e - 1] === i ? steps[e]! : 0)) % levels);
  const raw = uniform(row.length).map((v) => 0.2 + v);
  const total = new Float64Array(n);
  row.forEach((i, e) => {
    total[i]! += raw[e]!;
  });
  const weight = raw.map((value, e) => value / total[row[e]!]!);
  const x = normal(n);
  const effect = normal(levels).map((value) => value * deviation);
  const y = normal(n).map((value, i) => 0.5 * x[i]! + value);
  row.forEach((i, e) => {
    y[i]! += weight[e]! * effect[level[e]!]!;
  });
  const term: SimulatedTerm = { group: ["school"], levels: [levels], row, level, weight };
  return { y, x: [new Array<number>(n).fill(1), x], terms: [term] };
}

const generated: Readonly<Record<string, () => NonNullable<SimulatedCase["data"]>>> = {
  "large, strongly shared": () => large(11, 5000, 1300, 0.7, 6, 0.8),
  "large, weakly shared": () => large(12, 30_000, 2000, 0.1, 1999, 0.3),
};

/** All effects in the script's order: term by term, level by level, coefficient by coefficient. */
function inOrder(
  fit: MixedModelFit,
  design: MixedModelDesign,
  figure: "estimate" | "conditionalError" | "predictionError",
) {
  let coefficient = 0;
  return design.random.flatMap(({ levels, coefficients }) => {
    const own = fit.randomEffects.slice(coefficient, coefficient + coefficients.length);
    coefficient += coefficients.length;
    return levels.flatMap((_, level) => own.map((effects) => effects[figure][level]!));
  });
}

/** Largest of the differences, each in units of its scale. */
const largest = (ours: readonly number[], theirs: readonly number[], scale: readonly number[]) =>
  theirs.reduce((most, value, i) => Math.max(most, Math.abs(ours[i]! - value) / scale[i]!), 0);

const runs = Object.entries(cases).flatMap(([name, entry]) =>
  (["REML", "ML"] as const).flatMap((method) => (entry[method] ? [[name, method, entry, entry[method]] as const] : [])),
);

describe("agreement with lme4 on simulated data", () => {
  it.each(runs)("%s (%s)", (name, method, entry, theirs) => {
    const design = designOf(entry.data ?? generated[name]!());
    const fit = fitMixedModel(design, method);
    expect(fit.convergence.converged, fit.convergence.warnings.join(" ")).toBe(true);
    const [criterion] = theirs.criterion;
    const off = {
      criterion: Math.abs(fit.criterion / criterion - 1),
      fixed: largest(
        fit.fixedEffects.map((effect) => effect.estimate),
        theirs.fixed,
        theirs.fixedError,
      ),
      fixedErrors: largest(
        fit.fixedEffects.map((effect) => effect.standardError),
        theirs.fixedError,
        theirs.fixedError,
      ),
      effects: 0,
      conditional: 0,
      prediction: 0,
      variances: 0,
      varianceErrors: 0,
    };
    expect(fit.criterion - criterion).toBeLessThan(1e-6 * Math.max(1, Math.abs(criterion) / 1000));
    expect(off.criterion).toBeLessThan(1e-7);
    expect(fit.convergence.singular).toBe(theirs.singular[0]);
    if (theirs.singular[0]) {
      expect(fit.convergence.warnings.length).toBeGreaterThan(0);
      expect(off.fixed).toBeLessThan(1e-3);
      expect(off.fixedErrors).toBeLessThan(1e-3);
      return;
    }
    const at = (figure: Parameters<typeof inOrder>[2]) => {
      const all = inOrder(fit, design, figure);
      return theirs.sample.map((place) => all[place]!);
    };
    off.effects = largest(at("estimate"), theirs.effects, theirs.conditional);
    off.conditional = largest(at("conditionalError"), theirs.conditional, theirs.conditional);
    off.prediction = largest(at("predictionError"), theirs.prediction, theirs.prediction);
    const { varianceErrors } = theirs;
    off.variances = largest(
      fit.varianceComponents.map((component) => component.variance),
      theirs.variances,
      varianceErrors ?? theirs.variances.map(Math.abs),
    );
    if (varianceErrors)
      off.varianceErrors = largest(
        fit.varianceComponents.map((component) => component.standardError ?? Number.NaN),
        varianceErrors,
        varianceErrors,
      );
    for (const [figure, difference] of Object.entries(off)) expect(difference, figure).toBeLessThan(1e-4);
  });
});

describe("the origin and the scale of a slope's covariate", () => {
  it("change neither the criterion nor the slopes, their variance and its standard error", () => {
    const [raw, centred, tiny] = ["slope on a year", "slope on a year, centred", "slope of tiny scale"].map((name) =>
      fitMixedModel(designOf(cases[name]!.data!), "REML"),
    );
    for (const [other, scale] of [
      [raw!, 1],
      [tiny!, 1e6],
    ] as const) {
      expect(other.criterion).toBeCloseTo(centred!.criterion, 7);
      const [ours, theirs] = [other.varianceComponents[2]!, centred!.varianceComponents[2]!];
      expect(ours.variance / scale ** 2 / theirs.variance).toBeCloseTo(1, 6);
      expect(ours.standardError! / scale ** 2 / theirs.standardError!).toBeCloseTo(1, 6);
      const [slopes, expected] = [other.randomEffects[1]!, centred!.randomEffects[1]!];
      expect(slopes.estimate[3]! / scale / expected.estimate[3]!).toBeCloseTo(1, 5);
      expect(slopes.predictionError[3]! / scale / expected.predictionError[3]!).toBeCloseTo(1, 5);
      const at = (fit: MixedModelFit, intercept: number) =>
        fit.combine([
          { term: 0, level: 3, coefficient: 0, weight: 1 },
          { term: 0, level: 3, coefficient: 1, weight: intercept },
        ]);
      expect(at(other, other === raw ? 2020 : 1e-6).conditionalError / at(centred!, 1).conditionalError).toBeCloseTo(
        1,
        6,
      );
    }
  });
});

describe("where the search could go wrong", () => {
  // Evidence class: closed form. Both ways solve the same equations.
  it("has the gradient of many weakly shared levels right where a correlation is one", () => {
    const { normal } = draws(31);
    const d = large(13, 6000, 700, 0.1, 10, 0.3);
    const effect = normal(700);
    const { level, row, weight, levels } = d.terms[0]!;
    const y = normal(6000);
    row!.forEach((i, e) => {
      y[i]! += weight![e]! * effect[level[e]!]! * (0.3 + 0.15 * d.x[1]![i]!);
    });
    const design = designOf({
      y,
      x: d.x,
      terms: [{ group: ["school"], levels, row: row!, level, weight: weight!, cols: [d.x[1]!] }],
    });
    const [exact, series] = (["factorisation", "series"] as const).map((way) => {
      const objective = new Objective(sumsOf(design), "REML", way);
      return readFit(objective, optimise(objective));
    });
    expect(exact!.convergence.singular).toBe(true);
    expect(Math.abs(series!.criterion - exact!.criterion)).toBeLessThan(1e-5);
    series!.fixedEffects.forEach(({ estimate, standardError }, i) => {
      expect(Math.abs(estimate - exact!.fixedEffects[i]!.estimate) / standardError).toBeLessThan(1e-4);
    });
    series!.randomEffects.forEach(({ estimate, conditionalError, predictionError }, t) => {
      const other = exact!.randomEffects[t]!;
      estimate.forEach((value, k) => {
        expect(Math.abs(value - other.estimate[k]!) / other.conditionalError[k]!).toBeLessThan(1e-4);
        expect(conditionalError[k]! / other.conditionalError[k]!).toBeCloseTo(1, 4);
        expect(predictionError[k]! / other.predictionError[k]!).toBeCloseTo(1, 4);
      });
    });
  });

  it("goes on from the saddle where a column of the factor passes zero", () => {
    // Slopes without intercepts: from the moments the search comes to Λ = [0 0; 0 c], a saddle 0.09 above Λ = [a 0; b 0].
    const { normal, uniform } = draws(93);
    const rows = 139;
    const x = normal(rows);
    const level = uniform(rows).map((u) => Math.floor(u * 10));
    const effect = normal(10);
    const y = normal(rows).map((value, i) => value + effect[level[i]!]! * (5 * x[i]! + 0.05));
    const design = designOf({
      y,
      x: [new Array<number>(rows).fill(1), x],
      terms: [{ group: ["school"], levels: [10], level, cols: [x] }],
    });
    const objective = new Objective(sumsOf(design), "REML");
    const fit = readFit(objective, optimise(objective));
    expect(fit.convergence.converged).toBe(true);
    let best = fit.criterion;
    for (const a of [0.001, 0.01, 0.05, 0.1, 0.2])
      for (const turn of [0, 0.5, 1, 1.5, 2, 2.5, 3]) {
        const size = Math.hypot(fit.theta[1]!, fit.theta[2]!);
        const scale = objective.sums.terms[0]!.basis[3]!;
        const there = [a, (Math.cos(turn) * size) / scale, (Math.sin(turn) * size) / scale];
        best = Math.min(best, objective.evaluate(Float64Array.from(there)).criterion);
      }
    expect(fit.criterion - best).toBeLessThan(1e-6);
  });

  it("leaves out levels without rows, takes rows without a level, and adds up a membership that is written twice", () => {
    const base = designOf(cases["rounded shares, some zero"]!.data!);
    const term = base.random[0]!;
    const plain = fitMixedModel(base, "REML");
    const twice: RandomTerm = {
      ...term,
      levels: [...term.levels, "empty"],
      start: term.start!.map((value) => 2 * value),
      level: Int32Array.from({ length: 2 * term.level.length }, (_, e) => term.level[e >> 1]!),
      weight: Float64Array.from({ length: 2 * term.level.length }, (_, e) => term.weight![e >> 1]! / 2),
    };
    const fit = fitMixedModel({ ...base, random: [twice] }, "REML");
    expect(fit.criterion).toBeCloseTo(plain.criterion, 8);
    const [ours, theirs] = [fit.randomEffects[0]!, plain.randomEffects[0]!];
    theirs.estimate.forEach((value, k) => {
      expect(ours.estimate[k]).toBeCloseTo(value, 8);
      expect(ours.predictionError[k]).toBeCloseTo(theirs.predictionError[k]!, 8);
    });
    expect(ours.estimate.at(-1)).toBe(0);
    expect(ours.conditionalError.at(-1)! ** 2).toBeCloseTo(fit.varianceComponents[0]!.variance, 10);
    expect(fit.convergence.warnings.join()).toContain("1 of 31 levels of school have no rows");
    const absent: RandomTerm = { ...term, level: term.level.map((level, e) => (e < 20 ? -1 : level)) };
    const zero: RandomTerm = { ...term, weight: term.weight!.map((weight, e) => (e < 20 ? 0 : weight)) };
    const [a, b] = [absent, zero].map((random) => fitMixedModel({ ...base, random: [random] }, "REML"));
    expect(a!.criterion).toBeCloseTo(b!.criterion, 8);
  });
});
