import { describe, expect, it } from "vitest";
import { fitMixedModel, type MixedModelFit, type WeightedEffect } from "../../statistics/mixed-model/index.js";
import { designOf, type ValueAddedDesign } from "./design.js";
import { numbers, plain, rows, table, words } from "./example-pupils.js";
import { fittedParts } from "./fitted-parts.js";
import { largestChanges } from "./influence.js";
import { partsBySchool, publishedParts } from "./school-years.js";

const specification = {
  ...plain,
  prior: [{ ...plain.prior[0]!, column: "whole_prior" }],
  groups: [{ name: "cohort", column: "year", withinSchool: true }],
};

/** The pupils of six of the schools. */
const few = rows.filter(({ school }) => school < 6);
const pupils = table("pupils.csv", [
  words(
    "pupil",
    few.map(({ pupil }) => pupil),
  ),
  words(
    "school",
    few.map(({ school }) => `school ${school}`),
  ),
  words(
    "year",
    few.map(({ year }) => year),
  ),
  words(
    "fsm",
    few.map(({ fsm }) => fsm),
  ),
  numbers(
    "whole_prior",
    few.map(({ prior }) => prior),
  ),
  numbers(
    "score",
    few.map(({ outcome }) => outcome),
  ),
]);

/** Their design with precision weights, the school's years drifting. */
function drifting(kind: "autoregressive" | "random-walk"): ValueAddedDesign {
  const made = designOf(specification, pupils, null);
  if (!made.ok) throw new Error("no design");
  const { model, within } = made.value;
  const { school, part, parts } = within[0]!;
  const drift = { kind, unit: school, time: Int32Array.from(part, (k) => Number(parts[k]!.slice(0, 4))) };
  const random = model.random.map((term, t) => (t === within[0]!.term ? { ...term, drift } : term));
  const weights = Float64Array.from({ length: model.rows }, (_, i) => 0.5 + (i % 4) / 2);
  return { ...made.value, model: { ...model, random, weights } };
}

/** Inverse by Gauss and Jordan. */
function inverseOf(matrix: number[][]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    const pivot = work[k]![k]!;
    for (let j = 0; j < 2 * n; j++) work[k]![j]! /= pivot;
    for (let i = 0; i < n; i++) {
      const times = work[i]![k]!;
      if (i !== k && times !== 0) for (let j = 0; j < 2 * n; j++) work[i]![j]! -= times * work[k]![j]!;
    }
  }
  return work.map((row) => row.slice(n));
}

/** A school's figure by generalised least squares at the fitted variances, from the dense covariance, some pupils left out. */
function figureOf(
  { model }: ValueAddedDesign,
  fit: MixedModelFit,
  figure: readonly WeightedEffect[],
  kept: readonly number[],
) {
  const variance = (group: string, term: string) =>
    fit.varianceComponents.find((one) => one.group === group && one.term === term)!.variance;
  const [school, cohort] = model.random as [(typeof model.random)[number], (typeof model.random)[number]];
  const { kind, unit, time } = cohort.drift!;
  const first = Math.min(...time);
  const years = (a: number, b: number) => {
    if (unit[a] !== unit[b]) return 0;
    if (kind === "random-walk") return variance("cohort", "(Intercept)") * (Math.min(time[a]!, time[b]!) - first);
    return variance("cohort", "(Intercept)") * variance("cohort", "autocorrelation") ** Math.abs(time[a]! - time[b]!);
  };
  const between = (a: number, b: number) =>
    (school.level[a] === school.level[b] ? variance("school", "(Intercept)") : 0) +
    years(cohort.level[a]!, cohort.level[b]!);
  const x = kept.map((i) => model.fixed.map(({ values }) => (values ? values[i]! : 1)));
  const y = kept.map((i) => model.response.values[i]!);
  const inverse = inverseOf(
    kept.map((a) => kept.map((b) => between(a, b) + (a === b ? fit.sigma ** 2 / model.weights![a]! : 0))),
  );
  const vx = inverse.map((row) => model.fixed.map((_, c) => row.reduce((sum, v, j) => sum + v * x[j]![c]!, 0)));
  const information = model.fixed.map((_, a) =>
    model.fixed.map((_, b) => x.reduce((sum, row, i) => sum + row[a]! * vx[i]![b]!, 0)),
  );
  const right = model.fixed.map((_, a) => vx.reduce((sum, row, i) => sum + row[a]! * y[i]!, 0));
  const beta = inverseOf(information).map((row) => row.reduce((sum, v, j) => sum + v * right[j]!, 0));
  const rest = y.map((value, i) => value - x[i]!.reduce((sum, v, c) => sum + v * beta[c]!, 0));
  const solved = inverse.map((row) => row.reduce((sum, v, j) => sum + v * rest[j]!, 0));
  return figure.reduce(
    (sum, { term, level, weight }) =>
      sum +
      weight *
        kept.reduce((inner, i, k) => {
          const same = school.level[i] === level ? variance("school", "(Intercept)") : 0;
          return inner + solved[k]! * (term === 0 ? same : years(level, cohort.level[i]!));
        }, 0),
    0,
  );
}

describe("the influence of a single pupil where rows have weights and years drift", () => {
  // Evidence class: closed form, as in `influence.test.ts`; 1e-6 of the change leaves room for the larger matrices' rounding.
  it.each(["autoregressive", "random-walk"] as const)("is what leaving out gives: %s", (kind) => {
    const design = drifting(kind);
    const fit = fitMixedModel(design.model, "REML");
    const parts = fittedParts(design, fit);
    const residual = design.model.response.values.map((y, i) => y - parts.expected[i]! - parts.schools[i]!);
    const s = 4;
    const [changes, figure] = [
      largestChanges(specification, design, fit, residual),
      publishedParts(specification, design, s, partsBySchool(design)[s]!),
    ];
    const all = Array.from({ length: design.model.rows }, (_, i) => i);
    const whole = figureOf(design, fit, figure, all);
    expect(whole).toBeCloseTo(fit.combine(figure).estimate, 6);
    const moves = all
      .filter((i) => design.membership.school[i] === s)
      .map((out) =>
        Math.abs(
          figureOf(
            design,
            fit,
            figure,
            all.filter((i) => i !== out),
          ) - whole,
        ),
      );
    expect(changes[s]! / Math.max(...moves) - 1).toBeCloseTo(0, 6);
  });
});
