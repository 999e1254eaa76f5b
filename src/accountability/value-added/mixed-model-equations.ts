import type { MixedModelDesign, WeightedEffect } from "../../statistics/mixed-model/index.js";
import type { ModelRecord } from "./measure.js";

// Henderson's equations, written out dense, for the tests of this folder: slow, and nothing in them is the engine's.

/** Solutions and inverse of Henderson's equations. Source: Henderson 1975, Biometrics 31:423–447. */
interface Solved {
  /** The weighted sum of random effects and the root of its prediction error variance. */
  readonly combine: (parts: readonly WeightedEffect[]) => {
    readonly estimate: number;
    readonly predictionError: number;
  };
}

/** The rows of [X Z], as places and values, each row of X dense. */
function columnsOf(design: MixedModelDesign): { readonly rows: number[][]; readonly first: number[][] } {
  let width = design.fixed.length;
  const first = design.random.map(({ levels, coefficients }) =>
    coefficients.map(() => {
      const at = width;
      width += levels.length;
      return at;
    }),
  );
  const rows = Array.from({ length: design.rows }, (_, i) => {
    const row: number[] = new Array(width).fill(0);
    design.fixed.forEach(({ values }, j) => {
      row[j] = values ? values[i]! : 1;
    });
    design.random.forEach(({ start, level, weight, coefficients }, t) => {
      const end = start ? start[i + 1]! : i + 1;
      for (let e = start ? start[i]! : i; e < end; e++)
        if (level[e]! >= 0)
          coefficients.forEach(({ values }, k) => {
            row[first[t]![k]! + level[e]!]! += (weight ? weight[e]! : 1) * (values ? values[i]! : 1);
          });
    });
    return row;
  });
  return { rows, first };
}

/** Inverse by Gauss and Jordan with pivots from the diagonal, as a positive definite matrix allows. */
function inverseOf(matrix: number[][]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    const pivot = work[k]![k]!;
    for (let j = 0; j < 2 * n; j++) work[k]![j]! /= pivot;
    for (let i = 0; i < n; i++) {
      const times = work[i]![k]!;
      if (i === k || times === 0) continue;
      for (let j = 0; j < 2 * n; j++) work[i]![j]! -= times * work[k]![j]!;
    }
  }
  return work.map((row) => row.slice(n));
}

/** The variances and covariances of a term's coefficients, inverted, in the order of its coefficients. */
function precisionOf(model: ModelRecord, group: string, names: readonly string[]): number[][] {
  const variance = (a: string, b: string) =>
    model.varianceComponents.find(
      (one) => one.group === group && [a === b ? a : `${a}, ${b}`, `${b}, ${a}`].includes(one.term),
    )!.variance;
  return inverseOf(names.map((a) => names.map((b) => variance(a, b))));
}

/** Writes out and solves Henderson's equations at the variances of a fit. */
export function solveMixedModelEquations(design: MixedModelDesign, model: ModelRecord): Solved {
  const { rows, first } = columnsOf(design);
  const width = rows[0]!.length;
  const residual = model.varianceComponents.at(-1)!.variance;
  const y = design.response.values;
  const left = Array.from({ length: width }, () => new Array<number>(width).fill(0));
  const right = new Array<number>(width).fill(0);
  rows.forEach((row, i) => {
    const filled = row.flatMap((value, j) => (value === 0 ? [] : [j]));
    for (const a of filled) {
      right[a]! += (row[a]! * y[i]!) / residual;
      for (const b of filled) left[a]![b]! += (row[a]! * row[b]!) / residual;
    }
  });
  design.random.forEach(({ group, levels, coefficients }, t) => {
    const precision = precisionOf(
      model,
      group,
      coefficients.map(({ name }) => name),
    );
    for (let level = 0; level < levels.length; level++)
      for (let a = 0; a < coefficients.length; a++)
        for (let b = 0; b < coefficients.length; b++)
          left[first[t]![a]! + level]![first[t]![b]! + level]! += precision[a]![b]!;
  });
  const inverse = inverseOf(left);
  const solution = inverse.map((row) => row.reduce((sum, value, j) => sum + value * right[j]!, 0));
  return {
    combine(parts) {
      const places = parts.map(({ term, level, coefficient, weight }) => ({
        at: first[term]![coefficient]! + level,
        weight,
      }));
      let variance = 0;
      for (const a of places) for (const b of places) variance += a.weight * b.weight * inverse[a.at]![b.at]!;
      return {
        estimate: places.reduce((sum, { at, weight }) => sum + weight * solution[at]!, 0),
        predictionError: Math.sqrt(variance),
      };
    },
  };
}
