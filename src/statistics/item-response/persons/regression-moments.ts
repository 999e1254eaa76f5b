import type { Responses } from "../responses.js";
import type { Posterior } from "./posterior.js";

/** Background of the persons: n × p, row-major, the constant among its columns. */
export interface Background {
  readonly design: Float64Array;
  readonly names: readonly string[];
}

/** Coefficients (p) and logarithms of the residual standard deviations (one, or one a group). */
export interface RegressionParameters {
  readonly coefficients: Float64Array;
  readonly logSd: Float64Array;
}

/** Σ w x xᵀ of each residual group: p × p, symmetric; and Σ w. They don't change in the search. */
export interface BackgroundSums {
  readonly products: readonly Float64Array[];
  readonly weight: Float64Array;
}

/** Group of each person's residual variance: all one, or the responses' own. */
export type ResidualGroup = (person: number) => number;

export function sumBackground(
  responses: Responses,
  background: Background,
  groupOf: ResidualGroup,
  groups: number,
): BackgroundSums {
  const p = background.names.length;
  const n = responses.booklet.length;
  const products = Array.from({ length: groups }, () => new Float64Array(p * p));
  const weight = new Float64Array(groups);
  const x = background.design;
  for (let i = 0; i < n; i++) {
    const w = responses.weights?.[i] ?? 1;
    if (w === 0) continue;
    const g = groupOf(i);
    weight[g]! += w;
    const into = products[g]!;
    const row = i * p;
    for (let a = 0; a < p; a++) {
      const wx = w * x[row + a]!;
      if (wx === 0) continue;
      const at = a * p;
      for (let b = 0; b <= a; b++) into[at + b]! += wx * x[row + b]!;
    }
  }
  for (const into of products)
    for (let a = 0; a < p; a++) for (let b = 0; b < a; b++) into[b * p + a] = into[a * p + b]!;
  return { products, weight };
}

/** Conditional means x β of all persons. */
export function fittedMeans(background: Background, coefficients: Float64Array, persons: number): Float64Array {
  const p = coefficients.length;
  const fitted = new Float64Array(persons);
  for (let i = 0, at = 0; i < persons; i++) {
    let sum = 0;
    for (let a = 0; a < p; a++, at++) sum += background.design[at]! * coefficients[a]!;
    fitted[i] = sum;
  }
  return fitted;
}

/** What one pass over the persons adds up, by residual group. */
export interface Expectations {
  /** Weighted logarithm of the marginal likelihood. */
  readonly logLikelihood: number;
  /** Σ w x E(θ): p a group. */
  readonly crossed: readonly Float64Array[];
  /** Σ w E(θ²). */
  readonly squares: Float64Array;
  /** Gradient by coefficient and log standard deviation. */
  readonly gradient: Float64Array;
}

/** The E step: every person's posterior moments, added up. */
export function expect(
  responses: Responses,
  background: Background,
  posterior: Posterior,
  groupOf: ResidualGroup,
  parameters: RegressionParameters,
): Expectations {
  const { coefficients, logSd } = parameters;
  const p = coefficients.length;
  const groups = logSd.length;
  const crossed = Array.from({ length: groups }, () => new Float64Array(p));
  const squares = new Float64Array(groups);
  const gradient = new Float64Array(p + groups);
  const sds = logSd.map(Math.exp);
  const x = background.design;
  let logLikelihood = 0;
  for (let i = 0, n = responses.booklet.length; i < n; i++) {
    const w = responses.weights?.[i] ?? 1;
    if (w === 0) continue;
    const g = groupOf(i);
    const row = i * p;
    let mean = 0;
    for (let a = 0; a < p; a++) mean += x[row + a]! * coefficients[a]!;
    posterior.take(i, mean, sds[g]!);
    logLikelihood += w * posterior.logLikelihood;
    const { m1, m2 } = posterior;
    squares[g]! += w * (m2 + 2 * mean * m1 + mean * mean);
    const into = crossed[g]!;
    const along = (w * m1) / sds[g]! ** 2;
    const expected = w * (mean + m1);
    for (let a = 0; a < p; a++) {
      into[a]! += expected * x[row + a]!;
      gradient[a]! += along * x[row + a]!;
    }
    gradient[p + g]! += w * (m2 / sds[g]! ** 2 - 1);
  }
  return { logLikelihood, crossed, squares, gradient };
}
