/** Pounds for one more teacher in post for a year, over all draws. */
export interface CostPerTeacherYear {
  /** Pounds over teacher-years, each summed over draws: the ratio of the means, not the mean of ratios. */
  readonly value: number;
  /** The ends of the central 90% of the draws' own ratios, outwards to the next draw. */
  readonly low: number;
  /** Null where more than a twentieth of the draws find no gain: then no sum of money is sure to buy a teacher-year. */
  readonly high: number | null;
  /** The share of draws in which the scenario gains teacher-years. */
  readonly gaining: number;
}

/** Why there is no cost per extra teacher-year. */
export type NoRatio = "no draws" | "no gain in teacher-years" | "no gain in most draws" | "no extra cost";

/**
 * The cost of an extra teacher-year and its interval. A draw that spends money and gains nothing counts as boundlessly dear, so that the
 * upper end goes missing rather than turning negative.
 *
 * @param pounds extra cost of the scenario, a value a draw, over the same years as
 * @param teacherYears extra full-time equivalent teachers in post, summed over years
 * @throws {RangeError} when the lengths differ
 */
export function costPerTeacherYear(
  pounds: ArrayLike<number>,
  teacherYears: ArrayLike<number>,
): CostPerTeacherYear | NoRatio {
  const n = pounds.length;
  if (n !== teacherYears.length) throw new RangeError(`${n} costs and ${teacherYears.length} effects`);
  if (n === 0) return "no draws";
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, one) => total + one, 0);
  const [cost, effect] = [sum(pounds), sum(teacherYears)];
  if (effect <= 0) return "no gain in teacher-years";
  if (cost <= 0) return "no extra cost";
  const ratios = Float64Array.from({ length: n }, (_, d) =>
    teacherYears[d]! > 0 ? pounds[d]! / teacherYears[d]! : Number.POSITIVE_INFINITY,
  ).sort();
  const gaining = ratios.filter(Number.isFinite).length / n;
  if (gaining < 0.5) return "no gain in most draws";
  const high = ratios[Math.ceil(0.95 * (n - 1))]!;
  return {
    value: cost / effect,
    low: ratios[Math.floor(0.05 * (n - 1))]!,
    high: Number.isFinite(high) ? high : null,
    gaining,
  };
}
