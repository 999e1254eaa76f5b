import { type CategoryColumn, columnOf } from "../kernel/index.js";
import { choleskyFactor } from "./copula.js";
import type { England, EnglandPhase } from "./england.js";
import type { PupilView } from "./moments.js";

/**
 * A quick contextual value added of the last cohort's mainstream schools, for the calibration only: least squares on the prior
 * attainment's powers and the context, then analysis of variance of the residuals, then shrinkage.
 */
export interface Contextualised {
  /** Variance between and within schools. */
  readonly between: number;
  readonly within: number;
  /** Schools' shrunken mean residuals. */
  readonly shrunken: Float64Array;
}

/** Computes {@link Contextualised}. The measure of the review is a mixed model and is not this. */
export function contextualised(england: England, made: EnglandPhase, view: PupilView): Contextualised {
  const last = view.years - 1;
  const rows: number[] = [];
  for (let row = 0; row < view.rows; row++)
    if (
      view.year[row] === last &&
      !Number.isNaN(view.prior[row]!) &&
      england.schools[view.school[row]!]!.kind === "mainstream"
    )
      rows.push(row);
  const residuals = leastSquaresResiduals(
    designOf(made, view, rows),
    rows.map((row) => view.outcome[row]!),
  );
  const sums = new Float64Array(england.schools.length);
  const counts = new Float64Array(england.schools.length);
  rows.forEach((row, i) => {
    sums[view.school[row]!]! += residuals[i]!;
    counts[view.school[row]!]!++;
  });
  const inside = rows.reduce(
    (sum, row, i) => sum + (residuals[i]! - sums[view.school[row]!]! / counts[view.school[row]!]!) ** 2,
    0,
  );
  const schools = [...counts.keys()].filter((s) => counts[s]! > 0);
  const within = inside / (rows.length - schools.length);
  const among = schools.reduce((sum, s) => sum + sums[s]! ** 2 / counts[s]!, 0) / (schools.length - 1);
  const size =
    (rows.length - schools.reduce((sum, s) => sum + counts[s]! ** 2, 0) / rows.length) / (schools.length - 1);
  const between = Math.max(0, (among - within) / size);
  return {
    between,
    within,
    shrunken: Float64Array.from(schools, (s) => ((sums[s]! / counts[s]!) * between) / (between + within / counts[s]!)),
  };
}

/** Columns: constant, powers of prior attainment, numbers, indicators of the levels other than the reference. */
function designOf(made: EnglandPhase, view: PupilView, rows: readonly number[]): Float64Array[] {
  const of = (value: (row: number) => number) => Float64Array.from(rows, value);
  const centre = (row: number) => (view.prior[row]! - 100) / 10;
  const columns = [of(() => 1), of(centre), of((row) => centre(row) ** 2), of((row) => centre(row) ** 3)];
  for (const covariate of made.specification.context) {
    if (covariate.kind === "number") {
      const { values } = columnOf(made.pupils, covariate.column, "number");
      columns.push(of((row) => values[row]!));
      continue;
    }
    const column: CategoryColumn = columnOf(made.pupils, covariate.column, "category");
    column.levels.forEach((level, code) => {
      const indicator = of((row) => (column.codes[row] === code ? 1 : 0));
      if (level !== covariate.reference && indicator.some((value) => value > 0)) columns.push(indicator);
    });
  }
  return columns;
}

function leastSquaresResiduals(columns: readonly Float64Array[], outcome: readonly number[]): Float64Array {
  const product = (x: Float64Array, y: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
    return sum;
  };
  const factor = choleskyFactor(columns.map((x) => columns.map((y) => product(x, y))));
  const half = columns.map((x) => product(x, outcome));
  for (let i = 0; i < half.length; i++) {
    for (let k = 0; k < i; k++) half[i]! -= factor[i]![k]! * half[k]!;
    half[i]! /= factor[i]![i]!;
  }
  for (let i = half.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < half.length; k++) half[i]! -= factor[k]![i]! * half[k]!;
    half[i]! /= factor[i]![i]!;
  }
  return Float64Array.from(outcome, (value, row) => columns.reduce((rest, x, k) => rest - x[row]! * half[k]!, value));
}
