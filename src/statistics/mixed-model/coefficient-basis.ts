import type { RandomCoefficient, RandomTerm } from "./design.js";

/** Share of its own size below which what the earlier coefficients leave of a column is not told from rounding. */
const nothingLeft = 1e-9;

function rootMeanSquare(values: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i]! ** 2;
  return Math.sqrt(squares / values.length);
}

/** Mean of the products of two columns; null is the constant. */
function meanProduct(a: Float64Array, b: Float64Array | null): number {
  let sum = 0;
  if (b) for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  else for (let i = 0; i < a.length; i++) sum += a[i]!;
  return sum / a.length;
}

/**
 * Change of basis of a term's coefficients, z̃ = z A with A upper triangular, so that the effects are b = A b̃: each column is cleared
 * of the earlier ones and scaled. Without it a slope far from its origin, as on the year 2019, has an intercept and a slope whose
 * effects nearly cancel, and the search for their variances can't find its way.
 *
 * @returns the term with the new columns, and A, k×k, row-major
 */
export function clearCoefficients(term: RandomTerm): { readonly term: RandomTerm; readonly basis: Float64Array } {
  const k = term.coefficients.length;
  const basis = new Float64Array(k * k);
  const columns: (Float64Array | null)[] = [];
  const coefficients = term.coefficients.map(({ name, values }, j): RandomCoefficient => {
    basis[j * k + j] = 1;
    columns.push(values);
    if (values === null) return { name, values };
    const whole = rootMeanSquare(values);
    const column = Float64Array.from(values);
    // Twice: the second pass takes off what the rounding of the first has left.
    for (let pass = 0; pass < 2; pass++)
      for (let i = 0; i < j; i++) {
        const share = meanProduct(column, columns[i]!);
        const earlier = columns[i]!;
        for (let r = 0; r < column.length; r++) column[r]! -= earlier ? share * earlier[r]! : share;
        for (let a = 0; a < j; a++) basis[a * k + j]! -= share * basis[a * k + i]!;
      }
    const left = rootMeanSquare(column);
    const clear = left > nothingLeft * whole;
    if (!clear) {
      column.set(values);
      for (let a = 0; a < j; a++) basis[a * k + j] = 0;
    }
    const size = (clear ? left : whole) || 1;
    for (let r = 0; r < column.length; r++) column[r]! /= size;
    for (let a = 0; a <= j; a++) basis[a * k + j]! /= size;
    columns[j] = column;
    return { name, values: column };
  });
  return { term: { ...term, coefficients }, basis };
}

/** A Λ̃: the relative factor in the data's units, k×k, row-major; not a triangle. */
export function factorInUnits(basis: Float64Array, factor: Float64Array, k: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++)
      for (let a = Math.max(i, j); a < k; a++) out[i * k + j]! += basis[i * k + a]! * factor[a * k + j]!;
  return out;
}

/** The lower triangle with the same product with its own transpose, diagonal ≥ 0: rows are made orthogonal one after the other. */
export function lowerTriangle(factor: Float64Array, k: number): Float64Array {
  const out = new Float64Array(k * k);
  const directions: (Float64Array | null)[] = [];
  for (let i = 0; i < k; i++) {
    const row = factor.slice(i * k, i * k + k);
    const whole = Math.hypot(...row);
    directions.forEach((direction, j) => {
      if (!direction) return;
      const along = row.reduce((sum, value, c) => sum + value * direction[c]!, 0);
      out[i * k + j] = along;
      for (let c = 0; c < k; c++) row[c]! -= along * direction[c]!;
    });
    const left = Math.hypot(...row);
    const clear = left > 1e-14 * whole;
    out[i * k + i] = clear ? left : 0;
    directions.push(clear ? row.map((value) => value / left) : null);
  }
  return out;
}
