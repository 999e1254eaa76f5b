import { normalDensity, normalQuantile } from "../../../statistics/distributions/index.js";
import {
  adjustForMultiplicity,
  type PairedImputations,
  type Trend,
  trend,
  withLinkingVariance,
} from "../../../statistics/survey/index.js";
import type { DisclosureRule } from "../parameters.js";
import { passDisclosure } from "../published/disclosure.js";
import type { DisclosedFigures, HeldBack, LinkRecord, TrendRow } from "../published/results.js";
import { type FigureKey, type KeyedEstimate, keyOf, published } from "./figures.js";
import type { SharedCovariance } from "./shared-schools.js";

/** The link that a change between two cycles rests on. */
export type LinkBetween = (
  from: string,
  to: string,
) => Pick<LinkRecord, "linkingError" | "unitError" | "degreesOfFreedom"> | null;

type LinkErrors = NonNullable<ReturnType<LinkBetween>>;

/** Plausible values of a figure in two cycles that were drawn together; undefined where each cycle's were drawn by themselves. */
export type PairedBetween = (first: KeyedEstimate, second: KeyedEstimate) => PairedImputations | undefined;

interface Change {
  readonly first: KeyedEstimate;
  readonly second: KeyedEstimate;
  readonly change: Trend;
  /** Of the schools in both cycles; null where none is counted. */
  readonly covariance: number | null;
}

/** Figures by cycle and key. */
type Find = (cycle: string, key: FigureKey) => KeyedEstimate | undefined;

function finding(figures: readonly KeyedEstimate[]): Find {
  const byKey = new Map(figures.map((one) => [`${one.cycle}\u0000${keyOf(one)}`, one]));
  return (cycle, key) => byKey.get(`${cycle}\u0000${keyOf(key)}`);
}

/**
 * What an uncertain link does to a figure. A score of the new cycle is off by the error of the mean, and by that of the unit for as far as it lies from
 * the mean; so are means and percentiles. Gaps and standard deviations are off by the error of the unit; a proportion by that of the
 * scores at its cut, times their density, which is taken as a normal one. Neither error has what estimating the items adds, where the figure's own part has that.
 */
function linkingVariance(figure: KeyedEstimate, { linkingError, unitError }: LinkErrors, find: Find): number {
  const { statistic, estimate, cycle } = figure;
  if (statistic === "rank-gap" || statistic === "standardised-gap") return 0; // a link shifts and stretches; neither changes these
  const byUnit = (length: number) => (length * unitError) ** 2;
  if (statistic === "gap" || statistic === "sd") return byUnit(estimate.value);
  const centre = find(cycle, { statistic: "mean", group: null, level: null, of: null })?.estimate.value;
  const fromCentre = (score: number) => score - (centre ?? score);
  if (statistic !== "standard") return linkingError ** 2 + byUnit(fromCentre(estimate.value));
  const share = estimate.value;
  if (!(share > 0 && share < 1)) return 0;
  const [mean, sd] = (["mean", "sd"] as const).map((one) => find(cycle, { ...figure, statistic: one, of: null }));
  if (!mean || !sd) throw new RangeError("a proportion needs the mean and standard deviation of the same pupils");
  const z = normalQuantile(share);
  const density = normalDensity(z) / sd.estimate.value;
  const cut = mean.estimate.value - sd.estimate.value * z;
  return (linkingError * density) ** 2 + byUnit(fromCentre(cut) * density);
}

/** Figures of later cycles with the error of the link that put them on the first cycle's scale. */
export function onFirstScale(
  figures: readonly KeyedEstimate[],
  cycles: readonly string[],
  link: LinkBetween,
): readonly KeyedEstimate[] {
  const find = finding(figures);
  return figures.map((one) => {
    const between = one.cycle === cycles[0] ? null : link(cycles[0]!, one.cycle);
    if (!between) return one;
    const variance = linkingVariance(one, between, find);
    return { ...one, estimate: withLinkingVariance(one.estimate, variance, between.degreesOfFreedom) };
  });
}

/** Every figure against the first cycle and the one before. */
function changesOf(
  figures: readonly KeyedEstimate[],
  cycles: readonly string[],
  link: LinkBetween,
  shared: SharedCovariance,
  paired: PairedBetween,
  alpha: number,
): Change[] {
  const find = finding(figures);
  return figures.flatMap((second): Change[] => {
    const at = cycles.indexOf(second.cycle);
    const before = [...new Set([cycles[0]!, cycles[at - 1]])].filter(
      (one) => one !== undefined && one !== second.cycle,
    );
    return before.flatMap((cycle): Change[] => {
      const first = find(cycle!, second);
      const between = link(cycle!, second.cycle);
      if (!first || !between) return [];
      const covariance = shared(first, second);
      const together = paired(first, second);
      const change = trend(first.estimate, second.estimate, {
        ...(together ? { paired: together } : {}),
        linkingVariance: linkingVariance(second, between, find),
        linkingFreedom: between.degreesOfFreedom,
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
  paired: PairedBetween,
  confidence: number,
): readonly TrendRow[] {
  const alpha = 1 - confidence;
  const changes = changesOf(figures, cycles, link, shared, paired, alpha);
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
