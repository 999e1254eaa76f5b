/** A member's rating of a statement, 1 (must not be in the framework) to 9 (must be in it). */
export type Rating = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** What a round of ratings says of one statement. */
export interface RoundSummary {
  /** Members who rated it. */
  readonly ratings: number;
  /** How many gave each rating, from 1 to 9: length 9. */
  readonly counts: readonly number[];
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  /** Shares of the ratings in the thirds 1–3 and 7–9, each 0–1. */
  readonly shareAgainst: number;
  readonly shareFor: number;
  /** The 30th and the 70th percentile, and whether they lie further apart than symmetry allows. */
  readonly percentile30: number;
  readonly percentile70: number;
  readonly disagreement: boolean;
}

/** What the group has said of a statement so far. */
export type Agreement = "in" | "out" | "open";

/** The numbers of the rule, looked up by date. */
export interface AgreementParameters {
  /** Share of the ratings that has to lie in one third, 0–1. */
  readonly share: number;
  /** Fewest ratings that can agree on anything. */
  readonly fewestRatings: number;
}

/** Reads a rating; null where it is no whole number from 1 to 9. */
export function ratingOf(value: number): Rating | null {
  return Number.isInteger(value) && value >= 1 && value <= 9 ? (value as Rating) : null;
}

/**
 * The quantile of sorted values by linear interpolation between the two nearest (Hyndman and Fan's type 7, the default of R).
 *
 * @param sorted rising, at least one
 * @param p 0–1
 * @throws {RangeError} without values
 */
export function quantile(sorted: readonly number[], p: number): number {
  if (sorted.length === 0) throw new RangeError("no values have no quantile");
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (place - below) * (high - low);
}

/**
 * Whether a panel disagrees, by the interpercentile range adjusted for symmetry: the spread between the 30th and the 70th percentile
 * is more than 2.35 plus one and a half times the distance of its middle from 5. A panel may be wide apart in the middle of the
 * scale; towards an end it is wide apart only when some hold the opposite.
 *
 * Source: Fitch and others, The RAND/UCLA Appropriateness Method User's Manual (2001), chapter 8.
 */
export function isDisagreement(percentile30: number, percentile70: number): boolean {
  const middle = (percentile30 + percentile70) / 2;
  return percentile70 - percentile30 > 2.35 + 1.5 * Math.abs(5 - middle);
}

/**
 * Sums up the ratings of one statement in one round.
 * @throws {RangeError} without ratings
 */
export function summariseRound(ratings: readonly Rating[]): RoundSummary {
  const sorted = ratings.toSorted((a, b) => a - b);
  const counts = Array.from({ length: 9 }, (_, i) => sorted.filter((rating) => rating === i + 1).length);
  const share = (from: number, to: number) =>
    counts.slice(from - 1, to).reduce((sum, count) => sum + count, 0) / sorted.length;
  const [percentile30, percentile70] = [quantile(sorted, 0.3), quantile(sorted, 0.7)];
  return {
    ratings: sorted.length,
    counts,
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
    shareAgainst: share(1, 3),
    shareFor: share(7, 9),
    ...{ percentile30, percentile70, disagreement: isDisagreement(percentile30, percentile70) },
  };
}

/**
 * Whether the group is agreed that a statement belongs into the framework, or that it doesn't: enough of the ratings lie in the same outer
 * third, and there is no disagreement. Anything else stays open for another round.
 */
export function agreementOf(round: RoundSummary, parameters: AgreementParameters): Agreement {
  if (round.ratings < parameters.fewestRatings || round.disagreement) return "open";
  if (round.median >= 7 && round.shareFor >= parameters.share) return "in";
  if (round.median <= 3 && round.shareAgainst >= parameters.share) return "out";
  return "open";
}

/** How ratings moved from one round to the next. */
export interface Movement {
  /** Members who rated the statement in both rounds. */
  readonly members: number;
  /** Of them, how many gave another rating than before. */
  readonly changed: number;
  /** Mean distance between a member's two ratings; null where nobody rated twice. */
  readonly meanChange: number | null;
  /** How much the spread between the quartiles shrank; negative where it grew. */
  readonly narrowedBy: number;
}

/**
 * How a statement's ratings moved between two rounds, member by member.
 * @param before ratings by member; likewise `after`
 */
export function movementBetween(before: ReadonlyMap<string, Rating>, after: ReadonlyMap<string, Rating>): Movement {
  const both = [...after].filter(([member]) => before.has(member));
  const changes = both.map(([member, rating]) => Math.abs(rating - before.get(member)!));
  const spread = (ratings: ReadonlyMap<string, Rating>) => {
    if (ratings.size === 0) return 0;
    const { lowerQuartile, upperQuartile } = summariseRound([...ratings.values()]);
    return upperQuartile - lowerQuartile;
  };
  return {
    members: both.length,
    changed: changes.filter((change) => change > 0).length,
    meanChange: both.length === 0 ? null : changes.reduce((sum, change) => sum + change, 0) / both.length,
    narrowedBy: spread(before) - spread(after),
  };
}
