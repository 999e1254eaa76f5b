import { normalQuantile } from "../distributions/index.js";
import type { SurveyDesign } from "./design.js";
import type { Estimate } from "./estimate.js";
import {
  type EstimateOptions,
  type Figure,
  type Groups,
  type JointEstimates,
  jointEstimates,
  type Variable,
} from "./joint.js";
import { countsOf, membershipOf } from "./membership.js";

/**
 * Mean fractional ranks of groups, 0–1: a person's rank is the share of everybody in any of the groups who is below, and half of those level
 * with it; the mean of all is ½. By weight; one figure a group, by its name.
 */
export function meanRanks(
  values: Variable,
  design: SurveyDesign,
  groups: Groups,
  options?: EstimateOptions,
): JointEstimates {
  const G = groups.names.length;
  return jointEstimates(
    {
      names: groups.names,
      variables: [values],
      population: groups.names.map((_, g) => g),
      prepare([column], weights) {
        const member = membershipOf(groups, [column!], weights.length);
        const persons = Array.from(member.keys()).filter((i) => member[i]! < G);
        const order = Uint32Array.from(persons).sort((a, b) => column![a]! - column![b]! || a - b);
        const own = new Float64Array(G);
        return {
          ...countsOf(member, weights, G, G, (g) => g),
          evaluate(w, results) {
            own.fill(0);
            results.fill(0);
            let below = 0;
            for (let from = 0; from < order.length; ) {
              let to = from;
              let level = 0;
              for (; to < order.length && column![order[to]!] === column![order[from]!]; to++) level += w[order[to]!]!;
              for (let k = from; k < to; k++) {
                const i = order[k]!;
                own[member[i]!]! += w[i]!;
                results[member[i]!]! += w[i]! * (below + level / 2);
              }
              below += level;
              from = to;
            }
            for (let g = 0; g < G; g++) results[g]! /= own[g]! * below;
          },
        };
      },
    },
    design,
    options,
  );
}

/**
 * The gap index of the department for education: twice the difference of the two groups' mean ranks, on a scale where 0 is no difference and
 * `scale` (10) is everybody of the one above everybody of the other. Ranks by its description of the index; the scale by its published figures.
 * With only the two groups it is scale × (P(other above) − P(other below)), Somers' D.
 *
 * @param lower the group whose disadvantage is positive; `others` the group it is compared with
 */
export function rankGap(
  values: Variable,
  design: SurveyDesign,
  groups: Groups,
  ends: RankGapEnds,
  options?: EstimateOptions,
): Figure {
  const { joint, coefficients } = rankGapOfMeans(values, design, groups, ends, options);
  return joint.combine(coefficients);
}

/** Between whom a gap of ranks is, and the scale it is told on. */
export interface RankGapEnds {
  readonly lower: string;
  readonly others: string;
  /** 10 when left out. */
  readonly scale?: number;
}

/** {@link rankGap} as the mean ranks that it is a weighted sum of: for covariances. */
export function rankGapOfMeans(
  values: Variable,
  design: SurveyDesign,
  groups: Groups,
  { lower, others, scale = 10 }: RankGapEnds,
  options?: EstimateOptions,
): { readonly joint: JointEstimates; readonly coefficients: Float64Array } {
  const joint = meanRanks(values, design, groups, options);
  const coefficients = new Float64Array(groups.names.length);
  for (const [name, sign] of [
    [lower, -1],
    [others, 1],
  ] as const) {
    const at = groups.names.indexOf(name);
    if (at < 0) throw new RangeError(`there is no group ${name}: there are ${groups.names.join(", ")}`);
    coefficients[at]! += sign * 2 * scale;
  }
  return { joint, coefficients };
}

/** A gap index from a table of ordered categories. */
export interface GroupedRankGap {
  /** With everybody of a category level. */
  readonly index: number;
  /** What it can be at the least and the most, whatever the order within the categories. */
  readonly low: number;
  readonly high: number;
  /** As if both groups were samples of persons drawn one by one; not for a census, where the categories' width is what isn't known. */
  readonly standardError: number;
  /** Share of pairs of one person of each group that are in one category. */
  readonly level: number;
}

/**
 * The gap index from published counts (or percentages, then without a standard error that means anything) in ordered categories, lowest first.
 * Standard error by the U statistic's variance (Lehmann 1998, 2.3).
 *
 * @throws {RangeError} when the tables differ in length, a count is negative or a group is empty.
 */
export function groupedRankGap(lower: readonly number[], others: readonly number[], scale = 10): GroupedRankGap {
  if (lower.length !== others.length) throw new RangeError(`${lower.length} and ${others.length} categories`);
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  const [n, m] = [sum(lower), sum(others)];
  if (![...lower, ...others].every((count) => count >= 0) || !(n > 0 && m > 0))
    throw new RangeError("counts are 0 or more, and each group has somebody");
  const [p, q] = [lower.map((count) => count / n), others.map((count) => count / m)];
  const standing = (shares: readonly number[]) => {
    let below = 0;
    return shares.map((share) => {
      const net = below - (1 - below - share);
      below += share;
      return net;
    });
  };
  // Of each category: share of the other group below less above.
  const [overLower, overOthers] = [standing(p), standing(q)];
  const difference = q.reduce((total, share, k) => total + share * overLower[k]!, 0);
  const level = q.reduce((total, share, k) => total + share * p[k]!, 0);
  const spread = (shares: readonly number[], net: readonly number[], mean: number) =>
    shares.reduce((total, share, k) => total + share * (net[k]! - mean) ** 2, 0);
  return {
    index: scale * difference,
    low: scale * (difference - level),
    high: scale * (difference + level),
    standardError: scale * Math.sqrt(spread(q, overLower, difference) / m + spread(p, overOthers, -difference) / n),
    level,
  };
}

/**
 * The difference of means, in standard deviations, of two normal distributions of equal spread that have this gap index:
 * d = √2·Φ⁻¹((1 + index ÷ scale) ÷ 2). How an index becomes comparable with a score gap; an assumption, not an identity.
 *
 * @returns null where one group is wholly above the other
 */
export function standardisedGap(index: number, scale = 10): number | null {
  const share = (1 + index / scale) / 2;
  return share > 0 && share < 1 ? Math.SQRT2 * normalQuantile(share) : null;
}

/**
 * A gap in months of progress: 12 × gap ÷ growth a year, both in the unit of one scale. The growth is a parameter of the reader's: it falls with
 * age, so that months of different ages don't compare. Its own error is taken along by the delta method.
 *
 * @throws {RangeError} when the growth is not above 0.
 */
export function inMonths(
  gap: Estimate,
  growth: { readonly perYear: number; readonly standardError?: number; readonly monthsPerYear?: number },
): Estimate {
  const { perYear, standardError = 0, monthsPerYear = 12 } = growth;
  if (!(perYear > 0)) throw new RangeError(`growth a year is above 0, got ${perYear}`);
  const factor = monthsPerYear / perYear;
  const ofGrowth = (factor * gap.value * (standardError / perYear)) ** 2;
  const { sampling, measurement, linking, items } = gap.parts;
  const square = factor ** 2;
  const parts = {
    sampling: square * sampling,
    measurement: square * measurement,
    // What a year is worth belongs to the scale, as a link does.
    linking: square * linking + ofGrowth,
    items: square * items,
  };
  const total = parts.sampling + parts.measurement + parts.linking + parts.items;
  return {
    ...gap,
    value: factor * gap.value,
    standardError: Math.sqrt(total),
    parts,
    missing: total > 0 ? (parts.measurement + parts.items) / total : 0,
  };
}
