import { columnOf, type Table } from "../kernel/index.js";
import type { England, EnglandPhase, EnglandSchool, Phase } from "./england.js";
import { bandEnds, bandMiddles, knotOf, knotsOf } from "./scales.js";

/** The columns of a phase's pupils with each pupil's school in the order of the country's list. */
export interface PupilView {
  readonly phase: Phase;
  readonly rows: number;
  readonly years: number;
  readonly outcome: Float64Array;
  readonly prior: Float64Array;
  /** Place in `england.schools`. */
  readonly school: Int32Array;
  readonly year: Int32Array;
  /** Outcome less the mean of all pupils with the same prior attainment; `NaN` without prior attainment. */
  readonly progress: Float64Array;
  /** That mean. */
  readonly expected: Float64Array;
  /** Whether the pupil's category in a column is the level. */
  is(column: string, level: string): (row: number) => boolean;
}

/**
 * Reads a phase's pupils and computes progress as the department does: against all pupils with the same prior attainment in
 * state schools, alternative provision left out.
 */
export function viewPupils(england: England, phase: EnglandPhase): PupilView {
  const isPrimary = phase.phase === "primary";
  const outcome = columnOf(phase.pupils, isPrimary ? "ks2_score" : "attainment8", "number").values;
  const prior = columnOf(phase.pupils, isPrimary ? "score_at_seven" : "ks2_score", "number").values;
  const expected = expectedByPrior(phase.phase, outcome, prior, inSchools(phase.pupils));
  return {
    phase: phase.phase,
    rows: phase.pupils.rows,
    years: phase.years.length,
    outcome,
    prior,
    school: placesOf(phase.pupils, england.schools),
    year: codesIn(phase.pupils, "year", phase.years),
    progress: outcome.map((value, row) => value - expected[row]!),
    expected,
    is: (column, level) => {
      const { codes, levels } = columnOf(phase.pupils, column, "category");
      const code = levels.indexOf(level);
      return (row) => codes[row] === code;
    },
  };
}

/** Whether a pupil finished in a school, mainstream or special, and not in alternative provision. */
export function inSchools(pupils: Table): (row: number) => boolean {
  const { codes, levels } = columnOf(pupils, "provision", "category");
  const alternative = levels.indexOf("alternative");
  return (row) => codes[row] !== alternative;
}

/** Each row's school as its place in the country's list. */
export function placesOf(table: Table, schools: readonly EnglandSchool[]): Int32Array {
  return codesIn(
    table,
    "school",
    schools.map((school) => school.urn),
  );
}

function codesIn(table: Table, column: string, words: readonly string[]): Int32Array {
  const { codes, levels } = columnOf(table, column, "category");
  const place = new Map(words.map((word, i) => [word, i]));
  const of = Int32Array.from(levels, (level) => place.get(level)!);
  return codes.map((code) => of[code]!);
}

/**
 * Mean of some values over the pupils with the same prior attainment, for each pupil; `NaN` without prior attainment.
 * @param counts whether a pupil counts in the means
 */
export function expectedByPrior(
  phase: Phase,
  values: Float64Array,
  prior: Float64Array,
  counts: (row: number) => boolean,
): Float64Array {
  const knots = knotsOf(phase).length;
  const sums = new Float64Array(knots);
  const pupils = new Float64Array(knots);
  const knot = new Int8Array(values.length);
  const places = new Map<number, number>();
  for (let row = 0; row < values.length; row++) {
    const score = prior[row]!;
    if (Number.isNaN(score)) {
      knot[row] = -1;
      continue;
    }
    let k = places.get(score);
    if (k === undefined) {
      k = knotOf(phase, score);
      places.set(score, k);
    }
    knot[row] = k;
    if (!counts(row)) continue;
    sums[k]! += values[row]!;
    pupils[k]!++;
  }
  const means = sums.map((sum, k) => sum / pupils[k]!);
  return values.map((_, row) => (knot[row]! < 0 ? Number.NaN : means[knot[row]!]!));
}

/** Sums over the pupils of a school in a year, school by school within years; pupils without prior attainment are left out. */
export interface SchoolYears {
  readonly schools: number;
  readonly count: Float64Array;
  readonly progress: Float64Array;
  readonly expected: Float64Array;
  /** All pupils, also those without prior attainment. */
  readonly cohort: Float64Array;
}

/** Adds pupils up by school and year. */
export function addUpSchools(view: PupilView, schools: number, values: Float64Array = view.progress): SchoolYears {
  const numbers = () => new Float64Array(schools * view.years);
  const sums = { schools, count: numbers(), progress: numbers(), expected: numbers(), cohort: numbers() };
  for (let row = 0; row < view.rows; row++) {
    const at = view.year[row]! * schools + view.school[row]!;
    sums.cohort[at]!++;
    if (Number.isNaN(values[row]!)) continue;
    sums.count[at]!++;
    sums.progress[at]! += values[row]!;
    sums.expected[at]! += view.expected[row]!;
  }
  return sums;
}

/** Mean of the values of the pupils for whom the test holds, leaving out `NaN`. */
export function meanWhere(values: Float64Array, test: (row: number) => boolean): number {
  let [sum, count] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value) || !test(row)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Band of a key stage 2 score, from 0 (below 80) to 10 (117 and over). */
export function bandOf(score: number): number {
  let band = 0;
  while (band < bandEnds.length && score > bandEnds[band]!) band++;
  return band;
}

const middles = bandMiddles();

/** The scores as the middles of their bands, so that they compare with a table that has only bands. */
export function bandedScores(scores: Float64Array): Float64Array {
  return scores.map((score) => (Number.isNaN(score) ? score : middles[bandOf(score)]!));
}

/** Mean of the middles of the bands of a published table, weighted by its pupils; the row without score is left out. */
export function meanOfBands(table: readonly (readonly number[])[]): number {
  let [sum, count] = [0, 0];
  for (let band = 0; band < 11; band++) {
    sum += table[band]![0]! * middles[band]!;
    count += table[band]![0]!;
  }
  return sum / count;
}

/** Mean and standard deviation. */
export function spreadOf(values: ArrayLike<number>): { mean: number; deviation: number } {
  let [n, mean, square] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    n++;
    const apart = value - mean;
    mean += apart / n;
    square += apart * (value - mean);
  }
  return { mean, deviation: Math.sqrt(square / n) };
}

/** Pearson's correlation of two columns of the same length. */
export function correlationOf(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [spreadOf(x), spreadOf(y)];
  return (
    x.reduce((sum, value, i) => sum + (value - a.mean) * (y[i]! - b.mean), 0) / x.length / a.deviation / b.deviation
  );
}

/**
 * Variance between groups by analysis of variance, after each region's mean is taken off.
 * @param regions and @param groups one a value
 */
export function varianceBetween(
  values: readonly number[],
  regions: readonly string[],
  groups: readonly string[],
): number {
  const regionMeans = meansBy(values, regions);
  const rest = values.map((value, i) => value - regionMeans.get(regions[i]!)!.mean);
  const means = [...meansBy(rest, groups)].filter(([, { count }]) => count > 1);
  const known = new Map(means);
  const n = means.reduce((sum, [, { count }]) => sum + count, 0);
  const grand = means.reduce((sum, [, { mean, count }]) => sum + mean * count, 0) / n;
  const between = means.reduce((sum, [, { mean, count }]) => sum + count * (mean - grand) ** 2, 0) / (means.length - 1);
  const within =
    rest.reduce((sum, value, i) => {
      const group = known.get(groups[i]!);
      return group ? sum + (value - group.mean) ** 2 : sum;
    }, 0) /
    (n - means.length);
  const size = (n - means.reduce((sum, [, { count }]) => sum + count * count, 0) / n) / (means.length - 1);
  return (between - within) / size;
}

/** Mean and count of the values in each group. */
export function meansBy(
  values: readonly number[],
  groups: readonly string[],
): Map<string, { mean: number; count: number }> {
  const sums = new Map<string, { mean: number; count: number }>();
  values.forEach((value, i) => {
    const found = sums.get(groups[i]!) ?? { mean: 0, count: 0 };
    sums.set(groups[i]!, { mean: found.mean + value, count: found.count + 1 });
  });
  for (const [group, { mean, count }] of sums) sums.set(group, { mean: mean / count, count });
  return sums;
}
