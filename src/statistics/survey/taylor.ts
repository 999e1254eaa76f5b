import { clusteringOf, type Labels, type LonelyUnits } from "./strata.js";

/** One stage of a sample: what was drawn, within which strata, out of how many. Columns of one value a person. */
export interface SampleStage {
  readonly strata?: Labels;
  readonly clusters?: Labels;
  /** Units in the population of the person's stratum (later stages: of the unit drawn before). Left out: drawn with replacement. */
  readonly population?: ArrayLike<number>;
}

/** A sample as it was drawn, for linearisation. */
export interface SampleStructure {
  readonly weights: Float64Array;
  /** Later stages count only where the stage before has a population. */
  readonly stages: readonly SampleStage[];
  readonly lonely?: LonelyUnits;
  /** Auxiliary columns and the factors g of weights that were calibrated on them (`weights` are then the calibrated ones). */
  readonly calibrated?: { readonly auxiliaries: readonly Float64Array[]; readonly factors: Float64Array };
}

/** Σ_h n/(n − 1)·(1 − f)·Σ(z − z̄)² over the persons listed, plus f times the same of the next stage within each cluster. */
function stageVariance(
  z: Float64Array,
  persons: Int32Array,
  { stages, lonely }: SampleStructure,
  stage: number,
): number {
  const at = stages[stage];
  if (!at) return 0;
  const pick = <T>(column: ArrayLike<T>) => Array.from(persons, (i) => column[i]!);
  const { clustering, faults } = clusteringOf({
    persons: persons.length,
    ...(at.strata ? { strata: pick(at.strata) } : {}),
    ...(at.clusters ? { clusters: pick(at.clusters) } : {}),
    ...(at.population ? { finitePopulation: pick(at.population) } : {}),
    certaintyParts: 2,
    lonely: lonely ?? "refuse",
  });
  if (faults.length > 0)
    throw new RangeError(faults.map(({ place, message, remedy }) => `${place}: ${message}. ${remedy}`).join("\n"));
  const totals = new Float64Array(clustering.names.length);
  const members: number[][] = clustering.names.map(() => []);
  persons.forEach((person, k) => {
    totals[clustering.of[k]!]! += z[person]!;
    members[clustering.of[k]!]!.push(person);
  });
  let variance = 0;
  for (const { clusters, fraction } of clustering.strata) {
    const n = clusters.length;
    const mean = clusters.reduce((sum, c) => sum + totals[c]!, 0) / n;
    if (n > 1)
      variance += (n / (n - 1)) * (1 - fraction) * clusters.reduce((sum, c) => sum + (totals[c]! - mean) ** 2, 0);
    if (fraction > 0)
      for (const c of clusters)
        variance +=
          fraction *
          stageVariance(
            z,
            Int32Array.from(members[c]!),
            { weights: z, stages, ...(lonely ? { lonely } : {}) },
            stage + 1,
          );
  }
  return variance;
}

/** Solves the symmetric system A x = b (n×n, row-major) by elimination with pivoting; null where it is singular. */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array | null {
  const n = b.length;
  const [m, x] = [Float64Array.from(a), Float64Array.from(b)];
  const largest = m.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(m[i * n + k]!) > Math.abs(m[pivot * n + k]!)) pivot = i;
    if (!(Math.abs(m[pivot * n + k]!) > 1e-13 * largest)) return null;
    if (pivot !== k) {
      for (let j = 0; j < n; j++) [m[k * n + j], m[pivot * n + j]] = [m[pivot * n + j]!, m[k * n + j]!];
      [x[k], x[pivot]] = [x[pivot]!, x[k]!];
    }
    for (let i = k + 1; i < n; i++) {
      const factor = m[i * n + k]! / m[k * n + k]!;
      for (let j = k; j < n; j++) m[i * n + j]! -= factor * m[k * n + j]!;
      x[i]! -= factor * x[k]!;
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = k + 1; j < n; j++) x[k]! -= m[k * n + j]! * x[j]!;
    x[k]! /= m[k * n + k]!;
  }
  return x;
}

/** Residuals of a column on the auxiliaries by least squares with the weights of before the calibration. */
function residualsOf(influence: Float64Array, { weights, calibrated }: SampleStructure): Float64Array {
  if (!calibrated) return influence;
  const { auxiliaries, factors } = calibrated;
  const p = auxiliaries.length;
  const [cross, right] = [new Float64Array(p * p), new Float64Array(p)];
  for (let i = 0; i < influence.length; i++) {
    const d = factors[i]! === 0 ? 0 : weights[i]! / factors[i]!;
    for (let a = 0; a < p; a++) {
      right[a]! += d * auxiliaries[a]![i]! * influence[i]!;
      for (let b = 0; b < p; b++) cross[a * p + b]! += d * auxiliaries[a]![i]! * auxiliaries[b]![i]!;
    }
  }
  const beta = solveSymmetric(cross, right);
  if (!beta) throw new RangeError("the auxiliary columns are collinear");
  return influence.map((v, i) => v - auxiliaries.reduce((sum, x, a) => sum + beta[a]! * x[i]!, 0));
}

/**
 * Variance of an estimate by Taylor linearisation, the check of the replicates: the design's variance of the weighted total of the
 * persons' influence values (Binder, International Statistical Review 1983; Särndal, Swensson and Wretman 1992, 5.5 and 6.6).
 *
 * @param influence of each person, without the weight: x for a total, (x − mean) ÷ Σw for a mean, (y − ratio·x) ÷ Σwx for a ratio
 * @throws {RangeError} when a stratum has one unit and nothing is said about it.
 */
export function linearisedVariance(influence: Float64Array, structure: SampleStructure): number {
  const { weights } = structure;
  const residuals = residualsOf(influence, structure);
  const z = residuals.map((e, i) => e * weights[i]!);
  return stageVariance(
    z,
    Int32Array.from(z, (_, i) => i),
    structure,
    0,
  );
}

/** A value with its linearised standard error. */
export interface Linearised {
  readonly value: number;
  readonly standardError: number;
}

const weightedSum = (weights: Float64Array, x: Float64Array) => weights.reduce((sum, w, i) => sum + w * x[i]!, 0);

/** A total, Σwx. */
export function linearisedTotal(x: Float64Array, structure: SampleStructure): Linearised {
  return { value: weightedSum(structure.weights, x), standardError: Math.sqrt(linearisedVariance(x, structure)) };
}

/** A ratio of totals, Σwy ÷ Σwx; with x = 1 a mean. */
export function linearisedRatio(y: Float64Array, x: Float64Array, structure: SampleStructure): Linearised {
  const below = weightedSum(structure.weights, x);
  const value = weightedSum(structure.weights, y) / below;
  const influence = y.map((v, i) => (v - value * x[i]!) / below);
  return { value, standardError: Math.sqrt(linearisedVariance(influence, structure)) };
}

/** A mean, Σwx ÷ Σw. */
export function linearisedMean(x: Float64Array, structure: SampleStructure): Linearised {
  return linearisedRatio(
    x,
    x.map(() => 1),
    structure,
  );
}

/**
 * Coefficients of weighted least squares (columns include the constant, if there is to be one).
 * @throws {RangeError} when the columns are collinear.
 */
export function linearisedRegression(
  y: Float64Array,
  columns: readonly Float64Array[],
  structure: SampleStructure,
): readonly Linearised[] {
  const { weights } = structure;
  const p = columns.length;
  const cross = new Float64Array(p * p);
  for (let a = 0; a < p; a++)
    for (let b = 0; b < p; b++)
      cross[a * p + b] = weightedSum(
        weights,
        columns[a]!.map((v, i) => v * columns[b]![i]!),
      );
  const right = Float64Array.from(columns, (column) =>
    weightedSum(
      weights,
      column.map((v, i) => v * y[i]!),
    ),
  );
  const beta = solveSymmetric(cross, right);
  if (!beta) throw new RangeError("the columns of the regression are collinear");
  const residuals = y.map((v, i) => v - columns.reduce((sum, x, a) => sum + beta[a]! * x[i]!, 0));
  return Array.from(beta, (value, a) => {
    const unit = new Float64Array(p);
    unit[a] = 1;
    const row = solveSymmetric(cross, unit)!;
    const influence = residuals.map((e, i) => e * columns.reduce((sum, x, b) => sum + row[b]! * x[i]!, 0));
    return { value, standardError: Math.sqrt(linearisedVariance(influence, structure)) };
  });
}

/**
 * Design effect: the variance of a mean over that of a simple random sample of as many persons, without replacement from Σw.
 * @param variance of the mean
 * @returns null where the values don't vary
 */
export function designEffect(variance: number, x: Float64Array, weights: Float64Array): number | null {
  const n = weights.reduce((count, w) => count + (w > 0 ? 1 : 0), 0);
  const population = weights.reduce((sum, w) => sum + w, 0);
  const mean = weightedSum(weights, x) / population;
  const spread = (x.reduce((sum, v, i) => sum + weights[i]! * (v - mean) ** 2, 0) / population) * (n / (n - 1));
  const random = ((spread / n) * Math.max(0, population - n)) / population;
  return random > 0 ? variance / random : null;
}
