import type { SummedTerm } from "./sums.js";

/**
 * The relative covariance factors: one lower triangle Λ a term, their entries column by column in one vector θ, as lme4 orders them.
 * Here they are those of the cleared coefficients (`basis`), so that all are of order one.
 */
export interface FactorLayout {
  readonly length: number;
  /** For every entry of θ: its term, row and column. */
  readonly term: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
}

/** Lists the entries of θ for the terms. */
export function layoutFactors(terms: readonly SummedTerm[]): FactorLayout {
  const entries: [number, number, number][] = [];
  terms.forEach(({ width }, t) => {
    for (let j = 0; j < width; j++) for (let i = j; i < width; i++) entries.push([t, i, j]);
  });
  return {
    length: entries.length,
    term: Int32Array.from(entries, (e) => e[0]),
    row: Int32Array.from(entries, (e) => e[1]),
    column: Int32Array.from(entries, (e) => e[2]),
  };
}

/** The factors as matrices, one a term, width×width, row-major. */
export function factorsOf(theta: Float64Array, layout: FactorLayout, terms: readonly SummedTerm[]): Float64Array[] {
  const factors = terms.map(({ width }) => new Float64Array(width * width));
  for (let e = 0; e < layout.length; e++) {
    const t = layout.term[e]!;
    factors[t]![layout.row[e]! * terms[t]!.width + layout.column[e]!] = theta[e]!;
  }
  return factors;
}

/** The identity: variances of the effects equal to the residual's, no covariance. */
export function identityFactors(layout: FactorLayout): Float64Array {
  return Float64Array.from({ length: layout.length }, (_, e) => (layout.row[e] === layout.column[e] ? 1 : 0));
}

/** The same covariance with every diagonal entry ≥ 0: a column of Λ may change its sign without changing Λ Λᵀ. */
export function withPositiveDiagonal(theta: Float64Array, layout: FactorLayout): Float64Array {
  const out = Float64Array.from(theta);
  for (let e = 0; e < layout.length; e++) {
    if (layout.row[e] !== layout.column[e] || out[e]! >= 0) continue;
    for (
      let d = e;
      d < layout.length && layout.term[d] === layout.term[e] && layout.column[d] === layout.column[e];
      d++
    )
      out[d]! *= -1;
  }
  return out;
}

/** Diagonal entries of Λ are kept this far from zero where the gradient divides by them. */
const leastDiagonal = 1e-6;

/** θ with every diagonal entry at least a millionth from zero: that moves the criterion by less than its rounding. */
export function liftFromZero(theta: Float64Array, layout: FactorLayout): Float64Array {
  return theta.map((value, e) =>
    layout.row[e] === layout.column[e] && Math.abs(value) < leastDiagonal
      ? value < 0
        ? -leastDiagonal
        : leastDiagonal
      : value,
  );
}
