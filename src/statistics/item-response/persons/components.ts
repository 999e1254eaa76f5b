import { symmetricEigen } from "../../linear-algebra/eigen.js";
import { type Caution, listed } from "../outcome.js";
import type { Background } from "./regression-moments.js";

/** Which components are kept. */
export interface ComponentOptions {
  /** Sampling weights of the persons; null: all 1. */
  readonly weights?: Float64Array | null;
  /** Share of the variance of the standardised columns that the kept components have together. Default 0.9, as NAEP. */
  readonly share?: number;
  /** At most so many. Default: one for every twenty persons, lest the regression fit the persons and not the population. */
  readonly most?: number;
}

/** Background in fewer columns, ready for a latent regression. */
export interface Components extends Background {
  /** Share of the variance that the kept components have. */
  readonly kept: number;
  /** Variances of all components, largest first: eigenvalues of the correlation matrix. */
  readonly variances: Float64Array;
  /** Columns × kept components, row-major: what a standardised column counts in a component. */
  readonly loadings: Float64Array;
  readonly cautions: readonly Caution[];
}

/**
 * Principal components of background columns, for conditioning: a latent regression on all that is known of persons without a column for
 * each. Columns are standardised (weighted), so that a component doesn't depend on units; categories come as indicators, a missing value as
 * one of its own. The kept ones are the fewest that have the share asked for.
 *
 * @param background n × p, row-major, without the constant
 * @returns the constant, then the components (weighted mean 0, variance 1), n × (1 + kept) row-major; each turned so that its largest loading is positive
 * @throws {RangeError} when the sizes differ or a value isn't a finite number.
 */
export function principalComponents(
  background: Background,
  persons: number,
  options: ComponentOptions = {},
): Components {
  const { weights = null, share = 0.9, most = Math.max(1, Math.floor(persons / 20)) } = options;
  const { design, names } = background;
  const p = names.length;
  if (design.length !== persons * p)
    throw new RangeError(`${design.length} values for ${persons} persons × ${p} columns`);
  if (!design.every(Number.isFinite)) throw new RangeError("a background value isn't a finite number");
  const { mean, sd } = columnMoments(design, p, persons, weights);
  const varying = names.map((_, a) => a).filter((a) => sd[a]! > 1e-10 * (Math.abs(mean[a]!) + 1));
  const correlation = correlations(design, p, persons, weights, varying, mean, sd);
  const size = varying.length;
  const { values, vectors } = symmetricEigen(correlation, size);
  const order = Array.from(values, (_, k) => k).sort((a, b) => values[b]! - values[a]! || a - b);
  const variances = Float64Array.from(order, (k) => Math.max(0, values[k]!));
  let [count, sum] = [0, 0];
  while (count < size && sum < share * size - 1e-9) sum += variances[count++]!;
  const wanted = count;
  count = Math.min(count, most);
  const loadings = new Float64Array(p * count);
  for (let k = 0; k < count; k++) {
    const at = (a: number) => vectors[a * size + order[k]!]!;
    let largest = 0;
    for (let a = 1; a < size; a++) if (Math.abs(at(a)) > Math.abs(at(largest)) + 1e-12) largest = a;
    const turn = Math.sign(at(largest)) / Math.sqrt(variances[k]!);
    varying.forEach((column, a) => {
      loadings[column * count + k] = turn * at(a);
    });
  }
  const out = new Float64Array(persons * (1 + count));
  for (let i = 0; i < persons; i++) {
    const row = i * (1 + count);
    out[row] = 1;
    for (const a of varying) {
      const z = (design[i * p + a]! - mean[a]!) / sd[a]!;
      for (let k = 0; k < count; k++) out[row + 1 + k]! += z * loadings[a * count + k]!;
    }
  }
  return {
    design: out,
    names: ["constant", ...Array.from({ length: count }, (_, k) => `component ${k + 1}`)],
    kept: variances.subarray(0, count).reduce((a, b) => a + b, 0) / size,
    variances,
    loadings,
    cautions: cautionsOf(
      names.filter((_, a) => !varying.includes(a)),
      wanted,
      count,
      share,
    ),
  };
}

function cautionsOf(constant: readonly string[], wanted: number, count: number, share: number): Caution[] {
  const cautions: Caution[] = [];
  if (constant.length > 0)
    cautions.push({
      code: "components-constant-columns",
      names: constant,
      text: `The same for everybody, and so left out: ${listed(constant)}.`,
    });
  if (wanted > count)
    cautions.push({
      code: "components-capped",
      names: [],
      text: `${wanted} components have ${share} of the variance; ${count} are kept, as there are too few persons for more.`,
    });
  return cautions;
}

function columnMoments(design: Float64Array, p: number, persons: number, weights: Float64Array | null) {
  const mean = new Float64Array(p);
  const sd = new Float64Array(p);
  let total = 0;
  for (let i = 0; i < persons; i++) {
    const w = weights?.[i] ?? 1;
    total += w;
    for (let a = 0; a < p; a++) mean[a]! += w * design[i * p + a]!;
  }
  for (let a = 0; a < p; a++) mean[a]! /= total;
  for (let i = 0; i < persons; i++) {
    const w = weights?.[i] ?? 1;
    for (let a = 0; a < p; a++) sd[a]! += w * (design[i * p + a]! - mean[a]!) ** 2;
  }
  for (let a = 0; a < p; a++) sd[a] = Math.sqrt(sd[a]! / total);
  return { mean, sd };
}

/** Weighted correlations of the columns that vary, symmetric. */
function correlations(
  design: Float64Array,
  p: number,
  persons: number,
  weights: Float64Array | null,
  varying: readonly number[],
  mean: Float64Array,
  sd: Float64Array,
): Float64Array {
  const size = varying.length;
  const out = new Float64Array(size * size);
  const z = new Float64Array(size);
  let total = 0;
  for (let i = 0; i < persons; i++) {
    const w = weights?.[i] ?? 1;
    total += w;
    varying.forEach((column, a) => {
      z[a] = (design[i * p + column]! - mean[column]!) / sd[column]!;
    });
    for (let a = 0; a < size; a++) {
      const value = w * z[a]!;
      for (let b = 0; b <= a; b++) out[a * size + b]! += value * z[b]!;
    }
  }
  for (let a = 0; a < size; a++)
    for (let b = 0; b <= a; b++) {
      out[a * size + b]! /= total;
      out[b * size + a] = out[a * size + b]!;
    }
  return out;
}
