import { normalDensity, normalQuantile } from "../../../statistics/distributions/index.js";
import { adjustForMultiplicity, type Trend, trend } from "../../../statistics/survey/index.js";
import type { DisclosureRule } from "../parameters.js";
import { passDisclosure } from "../published/disclosure.js";
import type { DisclosedFigures, HeldBack, LinkRecord, TrendRow } from "../published/results.js";
import { type KeyedEstimate, keyOf, published } from "./figures.js";
import type { SharedCovariance } from "./shared-schools.js";

/** The link that a change between two cycles rests on. */
export type LinkBetween = (from: string, to: string) => Pick<LinkRecord, "linkingError" | "unitError"> | null;

interface Change {
  readonly first: KeyedEstimate;
  readonly second: KeyedEstimate;
  readonly change: Trend;
  /** Of the schools in both cycles; null where none is counted. */
  readonly covariance: number | null;
}

/**
 * What an uncertain link does to a figure: it shifts means and percentiles by its error; gaps and standard deviations by the error of its unit; a proportion by
 * the error times the density at the cut, which the steepness of the proportions about it gives.
 */
function linkingVariance(
  { statistic, estimate }: KeyedEstimate,
  { linkingError, unitError }: Pick<LinkRecord, "linkingError" | "unitError">,
  sd: number,
): number {
  if (statistic === "rank-gap" || statistic === "standardised-gap") return 0; // a link shifts and stretches; neither changes these
  if (statistic === "gap" || statistic === "sd") return (estimate.value * unitError) ** 2;
  if (statistic !== "standard") return linkingError ** 2;
  // Normal density at the quantile of the proportion, per point of the scale: exact for a normal distribution.
  const share = estimate.value;
  const density = share > 0 && share < 1 ? normalDensity(normalQuantile(share)) / sd : 0;
  return (linkingError * density) ** 2;
}

/** Every figure against the first cycle and the one before. */
function changesOf(
  figures: readonly KeyedEstimate[],
  cycles: readonly string[],
  link: LinkBetween,
  shared: SharedCovariance,
  alpha: number,
): Change[] {
  const byKey = new Map(figures.map((one) => [`${one.cycle}\u0000${keyOf(one)}`, one]));
  const find = (cycle: string, one: KeyedEstimate) => byKey.get(`${cycle}\u0000${keyOf(one)}`);
  return figures.flatMap((second): Change[] => {
    const at = cycles.indexOf(second.cycle);
    const before = [...new Set([cycles[0]!, cycles[at - 1]])].filter(
      (one) => one !== undefined && one !== second.cycle,
    );
    return before.flatMap((cycle): Change[] => {
      const first = find(cycle!, second);
      const between = link(cycle!, second.cycle);
      if (!first || !between) return [];
      const sdKey = { ...second, statistic: "sd" as const, of: null };
      const sd = find(second.cycle, sdKey)?.estimate.value ?? 100;
      const covariance = shared(first, second);
      const change = trend(first.estimate, second.estimate, {
        linkingVariance: linkingVariance(second, between, sd),
        covariance: covariance ?? 0,
        alpha,
      });
      return [{ first, second, change, covariance }];
    });
  });
}

/** Changes as rows; those of one statistic since one cycle are corrected together for being several. */
export function trendsOf(
  figures: readonly KeyedEstimate[],
  cycles: readonly string[],
  link: LinkBetween,
  shared: SharedCovariance,
  confidence: number,
): readonly TrendRow[] {
  const alpha = 1 - confidence;
  const changes = changesOf(figures, cycles, link, shared, alpha);
  const family = ({ first, second }: Change) => `${first.cycle}\u0000${second.cycle}\u0000${second.statistic}`;
  const families = new Map<string, Change[]>();
  for (const change of changes) families.set(family(change), [...(families.get(family(change)) ?? []), change]);
  const adjusted = new Map<Change, number>();
  for (const members of families.values()) {
    const probabilities = adjustForMultiplicity(
      members.map(({ change }) => change.p),
      "holm",
    );
    members.forEach((member, k) => void adjusted.set(member, probabilities[k]!));
  }
  return changes.map((one) => {
    const { statistic, group, level, of } = one.second;
    const adjustedP = adjusted.get(one)!;
    return {
      ...{ from: one.first.cycle, to: one.second.cycle, statistic, group, level, of },
      ...published(one.change, confidence),
      covariance: one.covariance,
      ...{ p: one.change.p, adjustedP, distinguishable: adjustedP < alpha },
    };
  });
}

/**
 * Figures and changes as rows, through disclosure control.
 * @throws {RangeError} where they don't pass: the cells before it should have been held back
 */
export function disclosed(
  figures: readonly KeyedEstimate[],
  trends: readonly TrendRow[],
  heldBack: readonly HeldBack[],
  rule: DisclosureRule,
  confidence: number,
): DisclosedFigures {
  const rows = figures.map(({ estimate, ...key }) => ({ ...key, ...published(estimate, confidence) }));
  const passed = passDisclosure({ figures: rows, trends, heldBack, rule });
  if (!passed.ok) throw new RangeError(passed.error);
  return passed.value;
}
