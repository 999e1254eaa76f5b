import type { MixedModelDesign, WeightedEffect } from "../../statistics/mixed-model/index.js";
import type { ModelRecord } from "./measure.js";

// Henderson's equations, written out dense, for the tests of this folder: slow, and nothing in them is the engine's.

/** Solutions of Henderson's equations. Source: Henderson 1975, Biometrics 31:423–447. */
interface Solved {
  /** The weighted sum of random effects and the root of its prediction error variance. */
  readonly combine: (parts: readonly WeightedEffect[]) => {
    readonly estimate: number;
    readonly predictionError: number;
  };
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

/** The lower triangle L of a term's covariance matrix LL', which may be singular. */
function triangleOf(model: ModelRecord, group: string, names: readonly string[]): number[][] {
  const l = names.map(() => names.map(() => 0));
  names.forEach((a, i) => {
    names.slice(0, i + 1).forEach((b, j) => {
      const terms = a === b ? [a] : [`${a}, ${b}`, `${b}, ${a}`];
      let rest = model.varianceComponents.find((one) => one.group === group && terms.includes(one.term))!.variance;
      for (let k = 0; k < j; k++) rest -= l[i]![k]! * l[j]![k]!;
      if (i === j) l[i]![i] = Math.sqrt(Math.max(0, rest));
      else l[i]![j] = l[j]![j]! > 1e-9 ? rest / l[j]![j]! : 0;
    });
  });
  return l;
}

/** Writes out and solves Henderson's equations at the variances of a fit, in effects of variance one so that any variance may be zero. */
export function solveMixedModelEquations(design: MixedModelDesign, model: ModelRecord): Solved {
  const triangles = design.random.map(({ group, coefficients }) =>
    triangleOf(
      model,
      group,
      coefficients.map(({ name }) => name),
    ),
  );
  let width = design.fixed.length;
  const first = design.random.map(({ levels, coefficients }) =>
    coefficients.map(() => {
      width += levels.length;
      return width - levels.length;
    }),
  );
  const residual = model.varianceComponents.at(-1)!.variance;
  const left = Array.from({ length: width }, (_, i) =>
    Array.from({ length: width }, (_, j) => (i === j && i >= design.fixed.length ? 1 : 0)),
  );
  const right = new Array<number>(width).fill(0);
  for (let row = 0; row < design.rows; row++) {
    const values = new Map<number, number>();
    design.fixed.forEach((column, j) => void values.set(j, column.values ? column.values[row]! : 1));
    design.random.forEach(({ start, level, weight, coefficients }, t) => {
      const end = start ? start[row + 1]! : row + 1;
      for (let e = start ? start[row]! : row; e < end; e++)
        if (level[e]! >= 0)
          coefficients.forEach((own, k) => {
            const value = (weight ? weight[e]! : 1) * (own.values ? own.values[row]! : 1);
            for (let a = 0; a <= k; a++) {
              const at = first[t]![a]! + level[e]!;
              values.set(at, (values.get(at) ?? 0) + value * triangles[t]![k]![a]!);
            }
          });
    });
    const filled = [...values].filter(([, value]) => value !== 0);
    for (const [a, value] of filled) {
      right[a]! += (value * design.response.values[row]!) / residual;
      for (const [b, other] of filled) left[a]![b]! += (value * other) / residual;
    }
  }
  const inverse = inverseOf(left);
  const solution = inverse.map((row) => row.reduce((sum, value, j) => sum + value * right[j]!, 0));
  return {
    combine(parts) {
      const places = parts.flatMap(({ term, level, coefficient, weight }) =>
        triangles[term]![coefficient]!.map((l, a) => ({ at: first[term]![a]! + level, weight: weight * l })),
      );
      let variance = 0;
      for (const a of places) for (const b of places) variance += a.weight * b.weight * inverse[a.at]![b.at]!;
      return {
        estimate: places.reduce((sum, { at, weight }) => sum + weight * solution[at]!, 0),
        predictionError: Math.sqrt(variance),
      };
    },
  };
}
