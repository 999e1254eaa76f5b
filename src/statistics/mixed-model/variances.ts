import { invertPositiveDefinite, NotPositiveDefiniteError } from "../linear-algebra/dense.js";
import { factorInUnits } from "./coefficient-basis.js";
import { autocorrelationOf, type FactorLayout } from "./covariance.js";
import type { Objective } from "./objective.js";
import type { Optimum } from "./optimum.js";
import type { SummedTerm } from "./sums.js";

/**
 * A variance, or the covariance of two coefficients (`term` is then `a, b`), with its standard error from the observed information.
 * A group that drifts as an autoregressive series has its autocorrelation a unit of time among them (`term` is then `autocorrelation`);
 * one that walks at random has the variance of a step.
 */
export interface VarianceEstimate {
  readonly group: string;
  readonly term: string;
  readonly variance: number;
  /** Null where the information is not positive definite, as at a variance of zero. */
  readonly standardError: number | null;
}

/** The name of the residual among the groups. */
export const residualGroup = "residual";

/** What stands for the autocorrelation of a drifting group among its variances. */
export const autocorrelation = "autocorrelation";

/** One entry of a term's covariance matrix: row ≥ column; −1 for its autocorrelation. */
interface Entry {
  readonly term: number;
  readonly row: number;
  readonly column: number;
}

function entriesOf(terms: readonly SummedTerm[]): Entry[] {
  return terms.flatMap(({ width, drift }, term) => {
    const entries: Entry[] = [];
    for (let column = 0; column < width; column++)
      for (let row = column; row < width; row++) entries.push({ term, row, column });
    if (drift === "autoregressive") entries.push({ term, row: -1, column: -1 });
    return entries;
  });
}

/**
 * Second derivatives of −2 log-likelihood (restricted for REML) in (θ, σ²) at its minimum, from those of its parts.
 * (m+1)×(m+1), row-major, σ² last.
 */
function informationMatrix(objective: Objective, optimum: Optimum, variance: number): Float64Array {
  const m = optimum.theta.length;
  const scale2 = objective.sums.standardisation.scale ** 2;
  const out = new Float64Array((m + 1) * (m + 1));
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++)
      out[i * (m + 1) + j] =
        optimum.curvatureOfDeterminants[i * m + j]! + (scale2 * optimum.curvatureOfSquares[i * m + j]!) / variance;
    const cross = (-scale2 * optimum.evaluation.gradientOfSquares[i]!) / variance ** 2;
    out[i * (m + 1) + m] = cross;
    out[m * (m + 1) + i] = cross;
  }
  out[m * (m + 1) + m] = objective.degreesOfFreedom / variance ** 2;
  return out;
}

/** Derivatives of the variances and covariances (and σ², last) by (θ, σ²). Square, row-major. */
function jacobian(
  entries: readonly Entry[],
  layout: FactorLayout,
  terms: readonly SummedTerm[],
  optimum: Optimum,
  variance: number,
): Float64Array {
  const m = layout.length;
  const out = new Float64Array((m + 1) * (m + 1));
  entries.forEach(({ term, row, column }, r) => {
    const { width, basis } = terms[term]!;
    const factor = factorInUnits(basis, optimum.evaluation.factors[term]!, width);
    if (row < 0) {
      out[r * (m + 1) + layout.first[term]! + 1] = 1 - autocorrelationOf(optimum.theta, layout, term) ** 2;
      return;
    }
    for (let e = 0; e < m; e++) {
      if (layout.term[e] !== term || layout.row[e]! < 0) continue;
      const [i, j] = [layout.row[e]!, layout.column[e]!];
      const moved = basis[row * width + i]! * factor[column * width + j]!;
      out[r * (m + 1) + e] = variance * (moved + basis[column * width + i]! * factor[row * width + j]!);
    }
    out[r * (m + 1) + m] = relativeCovariance(factor, width, row, column);
  });
  out[m * (m + 1) + m] = 1;
  return out;
}

function relativeCovariance(factor: Float64Array, width: number, row: number, column: number): number {
  let sum = 0;
  for (let k = 0; k < width; k++) sum += factor[row * width + k]! * factor[column * width + k]!;
  return sum;
}

/** Square roots of the diagonal of J H⁻¹ Jᵀ · 2; null where H is not positive definite. */
function standardErrors(information: Float64Array, j: Float64Array, n: number): (number | null)[] {
  try {
    const { inverse } = invertPositiveDefinite(information, n);
    return Array.from({ length: n }, (_, r) => {
      let sum = 0;
      for (let a = 0; a < n; a++)
        for (let b = 0; b < n; b++) sum += j[r * n + a]! * inverse[a * n + b]! * j[r * n + b]!;
      return sum > 0 ? Math.sqrt(2 * sum) : null;
    });
  } catch (error) {
    if (error instanceof NotPositiveDefiniteError) return new Array(n).fill(null);
    throw error;
  }
}

/** Smallest diagonal of a relative factor that is told from zero. */
export const zeroFactor = 1e-4;

/** Variance components with standard errors, term by term, the residual last. */
export function estimateVariances(objective: Objective, optimum: Optimum, sigma: number): VarianceEstimate[] {
  const { sums, layout } = objective;
  const { terms } = sums;
  const variance = sigma * sigma;
  const entries = entriesOf(terms);
  const errors = standardErrors(
    informationMatrix(objective, optimum, variance),
    jacobian(entries, layout, terms, optimum, variance),
    entries.length + 1,
  );
  const atBoundary = terms.map(({ width }, t) =>
    Array.from({ length: width }, (_, k) => Math.abs(optimum.evaluation.factors[t]![k * width + k]!)).some(
      (size) => size < zeroFactor,
    ),
  );
  const components = entries.map(({ term, row, column }, e): VarianceEstimate => {
    const { width, basis, coefficients, group } = terms[term]!;
    const factor = factorInUnits(basis, optimum.evaluation.factors[term]!, width);
    if (row < 0)
      return {
        group,
        term: autocorrelation,
        variance: autocorrelationOf(optimum.theta, layout, term),
        standardError: atBoundary[term] ? null : errors[e]!,
      };
    return {
      group,
      term: row === column ? coefficients[row]! : `${coefficients[column]}, ${coefficients[row]}`,
      variance: variance * relativeCovariance(factor, width, row, column),
      standardError: atBoundary[term] ? null : errors[e]!,
    };
  });
  return [...components, { group: residualGroup, term: "", variance, standardError: errors.at(-1)! }];
}
