import {
  combineImputations,
  type Estimate,
  type Nesting,
  twoSidedProbability,
  welch,
  withLinkingVariance,
} from "./estimate.js";
import type { JointEstimates } from "./joint.js";

/** A change between two cycles. */
export interface Trend extends Estimate {
  /** Value ÷ standard error. */
  readonly z: number;
  /** Two-sided, by Student's t. */
  readonly p: number;
  /** Whether p is below α. */
  readonly distinguishable: boolean;
}

/** Plausible values of two cycles that were drawn together: the k-th of both with the same items, on one scale. */
export interface PairedImputations {
  /** The figure in each plausible value, as {@link JointEstimates.imputed} gives it. */
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
  readonly nesting?: Nesting;
  /** Of both sampling variances. */
  readonly degreesOfFreedom: readonly [first: number, second: number];
}

/** What a change needs beside its two estimates. */
export interface TrendOptions {
  /** Of the link between the two cycles' scales, in the squared unit of the estimate; 0 where the figure doesn't move with the link. */
  readonly linkingVariance: number;
  /** Of the link's variance, as units of items less one; infinite when left out, as if it were known. */
  readonly linkingFreedom?: number;
  /** Sampling covariance of the two estimates, of clusters in both cycles; 0 when left out. See {@link sharedCovariance}. */
  readonly covariance?: number;
  /** Where the two have plausible values that were drawn together: measurement and items are then of their differences, by Rubin's rules. Left out: both parts are added. */
  readonly paired?: PairedImputations;
  /** 0.05 when left out. */
  readonly alpha?: number;
}

/** The change without the link. */
function changeOf(
  first: Estimate,
  second: Estimate,
  covariance: number,
  paired: PairedImputations | undefined,
): Estimate {
  const sampling = Math.max(0, first.parts.sampling + second.parts.sampling - 2 * covariance);
  const both = {
    n: first.n + second.n,
    weighted: first.weighted + second.weighted,
    cautions: [...new Set([...first.cautions, ...second.cautions])],
  };
  if (paired) {
    if (paired.first.length !== paired.second.length)
      throw new RangeError(`${paired.first.length} and ${paired.second.length} plausible values aren't pairs`);
    const [ofFirst, ofSecond] = paired.degreesOfFreedom;
    const values = Float64Array.from(paired.second, (value, k) => value - paired.first[k]!);
    const degreesOfFreedom = welch([
      [first.parts.sampling, ofFirst],
      [second.parts.sampling, ofSecond],
    ]);
    const samplingVariances = values.map(() => sampling);
    return combineImputations({ values, samplingVariances, degreesOfFreedom, ...both }, "average", paired.nesting);
  }
  const parts = {
    sampling,
    measurement: first.parts.measurement + second.parts.measurement,
    linking: first.parts.linking + second.parts.linking,
    items: first.parts.items + second.parts.items,
  };
  const total = parts.sampling + parts.measurement + parts.linking + parts.items;
  return {
    value: second.value - first.value,
    standardError: Math.sqrt(total),
    parts,
    degreesOfFreedom: welch([
      [first.standardError ** 2, first.degreesOfFreedom],
      [second.standardError ** 2, second.degreesOfFreedom],
    ]),
    missing: total > 0 ? (parts.measurement + parts.items) / total : 0,
    ...both,
  };
}

/**
 * The change from the first to the second: variances of both and of the link added, twice the covariance taken off; degrees of freedom
 * of the three by Welch and Satterthwaite. For a change of a gap pass the two gaps: a link that shifts everybody alike cancels, so its linking variance
 * is what the link does to the gap (its scale factor, differential drift), not to the mean.
 *
 * @throws {RangeError} when the linking variance is negative, or the covariance exceeds what two such variances can have.
 */
export function trend(
  first: Estimate,
  second: Estimate,
  { linkingVariance, linkingFreedom = Number.POSITIVE_INFINITY, covariance = 0, paired, alpha = 0.05 }: TrendOptions,
): Trend {
  if (!(linkingVariance >= 0)) throw new RangeError(`a linking variance is 0 or more, got ${linkingVariance}`);
  const limit = Math.sqrt(first.parts.sampling * second.parts.sampling);
  // A quarter beyond is let pass: with the first plausible value's variance, an average covariance may exceed it by chance.
  if (!(Math.abs(covariance) <= limit * 1.25))
    throw new RangeError(`a covariance of ${covariance} is beyond the two standard errors' product ${limit}`);
  const change = changeOf(first, second, covariance, paired);
  const estimate = withLinkingVariance(change, linkingVariance, linkingFreedom);
  const p = twoSidedProbability(estimate);
  const z = estimate.value === 0 ? 0 : estimate.value / estimate.standardError;
  return { ...estimate, z, p, distinguishable: p < alpha };
}

/**
 * Sampling covariance of figures of two cycles whose replicates drop the same units together: a panel of clusters keeps its zones.
 *
 * @param coefficients of the figures in both, as `[1]` or `[−1, 1]` for a gap; `ofSecond` where the second has its figures in another order
 * @throws {RangeError} when the replicates are of different methods, numbers or scales: then they don't stand for the same units.
 */
export function sharedCovariance(
  first: JointEstimates,
  second: JointEstimates,
  coefficients: ArrayLike<number>,
  ofSecond: ArrayLike<number> = coefficients,
): number {
  const [a, b] = [first.design.replicates, second.design.replicates];
  if (a.method !== b.method || a.count !== b.count || a.scale !== b.scale)
    throw new RangeError(
      `replicates of both cycles must be the same: ${a.method} with ${a.count} (scale ${a.scale}) and ${b.method} with ${b.count} (scale ${b.scale})`,
    );
  const [x, y] = [first.deviations(coefficients), second.deviations(ofSecond)];
  let sum = 0;
  for (let r = 0; r < a.count; r++) sum += Math.sqrt(a.rscales[r]! * b.rscales[r]!) * x[r]! * y[r]!;
  return a.scale * sum;
}

/** How probabilities are corrected for several comparisons. */
export type MultiplicityRule = "none" | "bonferroni" | "holm";

/**
 * Probabilities corrected for being several: Bonferroni's p·m, or Holm's step-down (Scandinavian Journal of Statistics 1979), which is
 * never larger. In the order given; at most 1.
 *
 * @param comparisons m of Bonferroni when more were made than are shown; never below the number given
 */
export function adjustForMultiplicity(
  probabilities: readonly number[],
  rule: MultiplicityRule,
  comparisons = probabilities.length,
): number[] {
  const m = Math.max(comparisons, probabilities.length);
  if (rule === "none") return [...probabilities];
  if (rule === "bonferroni") return probabilities.map((p) => Math.min(1, p * m));
  const order = probabilities.map((_, i) => i).sort((a, b) => probabilities[a]! - probabilities[b]!);
  const adjusted = new Array<number>(probabilities.length);
  let most = 0;
  order.forEach((i, rank) => {
    most = Math.max(most, Math.min(1, probabilities[i]! * (m - rank)));
    adjusted[i] = most;
  });
  return adjusted;
}
