import type { Crew, Job } from "../parallel/crew.js";
import type { DesignFault, FixedColumn, MixedModelDesign } from "./design.js";

/**
 * A change of basis that makes the cross-products well conditioned: X̃ = X A with A upper triangular, ỹ = (y − centre) ÷ scale.
 * Columns are centred (where there is an intercept) and scaled; a column that the earlier ones nearly explain is replaced by
 * what they leave of it, computed from the rows and not from the sums.
 */
export interface Standardisation {
  /** p×p, row-major: β = A β̃. */
  readonly basis: Float64Array;
  /** log |det A|. */
  readonly logDeterminant: number;
  readonly centre: number;
  readonly scale: number;
  /** The columns to read: values with their own centre and scale, or null for the constant. */
  readonly columns: readonly StandardisedColumn[];
}

export interface StandardisedColumn {
  readonly values: Float64Array | null;
  readonly centre: number;
  /** Multiplied after the centre was taken off. */
  readonly factor: number;
}

/** Mean and standard deviation (divided by n) of columns, two numbers each in `answer`. */
export const moments: Job<{ readonly columns: readonly Float64Array[]; readonly answer: Float64Array }> = {
  name: "moments",
  work({ columns, answer }, part) {
    const values = columns[part]!;
    const n = values.length;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[i]!;
    const mean = sum / n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
    answer[2 * part] = mean;
    answer[2 * part + 1] = Math.sqrt(squares / n);
  },
};

function rootMeanSquare(values: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i]! ** 2;
  return Math.sqrt(squares / values.length);
}

/** Centres and scales; the faults name columns that are constant beside an intercept. */
export function standardise(
  design: MixedModelDesign,
  crew: Crew,
): { standardisation: Standardisation; faults: DesignFault[] } {
  const p = design.fixed.length;
  const numeric = design.fixed.flatMap(({ values }) => (values ? [values] : []));
  const columnsRead = [...numeric, design.response.values];
  const answer = crew.float64(2 * columnsRead.length);
  crew.run(moments, { columns: columnsRead, answer }, columnsRead.length);
  let read = 0;
  const nextMoments = () => ({ mean: answer[read++]!, deviation: answer[read++]! });
  const intercept = design.fixed.findIndex((column) => column.values === null);
  const basis = new Float64Array(p * p);
  const faults: DesignFault[] = [];
  let logDeterminant = 0;
  const columns = design.fixed.map((column, j): StandardisedColumn => {
    if (column.values === null) {
      basis[j * p + j] = 1;
      return { values: null, centre: 0, factor: 1 };
    }
    const { mean, deviation } = nextMoments();
    const size = Math.max(Math.abs(mean), deviation);
    const constant = deviation <= 1e-12 * size;
    if (constant && (intercept >= 0 || size === 0)) {
      faults.push({
        code: "collinear-columns",
        names: [column.name],
        message: `${column.name} is ${mean} in every row`,
      });
      return { values: column.values, centre: 0, factor: 1 };
    }
    const centre = intercept >= 0 ? mean : 0;
    const factor = 1 / (intercept >= 0 ? deviation : rootMeanSquare(column.values));
    basis[j * p + j] = factor;
    if (intercept >= 0) basis[intercept * p + j] = -mean * factor;
    logDeterminant += Math.log(factor);
    return { values: column.values, centre, factor };
  });
  const { mean, deviation } = nextMoments();
  return {
    standardisation: { basis, logDeterminant, centre: intercept >= 0 ? mean : 0, scale: deviation, columns },
    faults,
  };
}

/** Relative size below which what is left of a column, after the earlier ones, counts as nothing: R's own 1e-7. */
const nothingLeft = 1e-7;
/** Below this share of its square, a column's remainder is no longer trusted from the cross-products. */
const suspicious = 1e-5;

/**
 * Replaces columns that the earlier ones nearly explain by their remainders, and finds those of which nothing remains.
 *
 * @param gram (p+1)×(p+1) cross-products of the standardised columns, row-major
 * @returns the same standardisation when every column is clear of the earlier ones
 */
export function separate(
  standardisation: Standardisation,
  fixed: readonly FixedColumn[],
  gram: Float64Array,
  rows: number,
): { standardisation: Standardisation; faults: DesignFault[] } {
  const p = fixed.length;
  const w = p + 1;
  const factor = new Float64Array(p * p);
  const faults: DesignFault[] = [];
  const columns = [...standardisation.columns];
  const basis = Float64Array.from(standardisation.basis);
  let { logDeterminant } = standardisation;
  let changed = false;
  for (let j = 0; j < p; j++) {
    const whole = gram[j * w + j]!;
    const left = eliminate(factor, gram, j, p);
    if (left > suspicious * whole) continue;
    const coefficients = explain(factor, j, p);
    const remainder = remainderOf(columns, j, coefficients, rows);
    const size = rootMeanSquare(remainder);
    if (!(size > nothingLeft * Math.sqrt(whole / rows))) {
      const partners = fixed.filter((_, k) => k < j && Math.abs(coefficients[k]!) > 1e-6 && fixed[k]!.values !== null);
      faults.push({
        code: "collinear-columns",
        names: [fixed[j]!.name, ...partners.map((column) => column.name)],
        message: `${fixed[j]!.name} says nothing that ${partners.map((column) => column.name).join(", ") || "the constant"} does not already say`,
      });
      factor[j * p + j] = Number.POSITIVE_INFINITY; // takes the column out of what follows
      continue;
    }
    changed = true;
    for (let i = 0; i < p; i++) {
      let value = basis[i * p + j]!;
      for (let k = 0; k < j; k++) value -= basis[i * p + k]! * coefficients[k]!;
      basis[i * p + j] = value / size;
    }
    logDeterminant -= Math.log(size);
    columns[j] = { values: remainder, centre: 0, factor: 1 / size };
  }
  if (!changed) return { standardisation, faults };
  return { standardisation: { ...standardisation, basis, logDeterminant, columns }, faults };
}

/** One row of the Cholesky factor; answers the square that the earlier columns leave of column j. */
function eliminate(factor: Float64Array, gram: Float64Array, j: number, p: number): number {
  const w = p + 1;
  let left = gram[j * w + j]!;
  for (let k = 0; k < j; k++) {
    let value = gram[j * w + k]!;
    for (let c = 0; c < k; c++) value -= factor[j * p + c]! * factor[k * p + c]!;
    const pivot = factor[k * p + k]!;
    const entry = pivot === Number.POSITIVE_INFINITY ? 0 : value / pivot;
    factor[j * p + k] = entry;
    left -= entry * entry;
  }
  factor[j * p + j] = Math.sqrt(Math.max(left, Number.MIN_VALUE));
  return left;
}

/** Coefficients of the regression of column j on the earlier ones. */
function explain(factor: Float64Array, j: number, p: number): Float64Array {
  const coefficients = new Float64Array(j);
  for (let k = j - 1; k >= 0; k--) {
    const pivot = factor[k * p + k]!;
    if (pivot === Number.POSITIVE_INFINITY) continue;
    let value = factor[j * p + k]!;
    for (let c = k + 1; c < j; c++) value -= factor[c * p + k]! * coefficients[c]!;
    coefficients[k] = value / pivot;
  }
  return coefficients;
}

function remainderOf(
  columns: readonly StandardisedColumn[],
  j: number,
  coefficients: Float64Array,
  rows: number,
): Float64Array {
  const out = new Float64Array(rows);
  const add = (column: StandardisedColumn, times: number) => {
    const { values, centre, factor } = column;
    if (values) for (let i = 0; i < rows; i++) out[i]! += times * (values[i]! - centre) * factor;
    else for (let i = 0; i < rows; i++) out[i]! += times;
  };
  add(columns[j]!, 1);
  for (let k = 0; k < j; k++) if (coefficients[k] !== 0) add(columns[k]!, -coefficients[k]!);
  return out;
}
