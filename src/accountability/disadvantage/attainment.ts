import { groupedRankGap, standardisedGap } from "../../statistics/survey/index.js";

/** A published measure of attainment by disadvantage. */
export interface AttainmentMeasure {
  /** As `key-stage-2-expected`. */
  readonly id: string;
  readonly title: string;
  /** `share`: a percentage of pupils; `score`: a mean of points. */
  readonly kind: "share" | "score";
  /** Who is compared: `lower` is the disadvantaged group. */
  readonly lower: string;
  readonly others: string;
}

/** The measures that are read, by age. */
export const attainmentMeasures: readonly AttainmentMeasure[] = [
  {
    ...{ id: "early-years-good-level", title: "Good level of development at the end of Reception", kind: "share" },
    ...{ lower: "eligible for free school meals", others: "others" },
  },
  {
    ...{
      id: "key-stage-2-expected",
      title: "Expected standard in reading, writing and mathematics at 11",
      kind: "share",
    },
    ...{ lower: "disadvantaged", others: "others" },
  },
  {
    ...{ id: "attainment-8", title: "Attainment 8 at 16", kind: "score" },
    ...{ lower: "disadvantaged", others: "others" },
  },
  {
    ...{ id: "level-3-by-19", title: "Level 3 qualification by 19", kind: "share" },
    ...{ lower: "eligible for free school meals at 15", others: "others" },
  },
];

/** One year of a measure in England. */
export interface AttainmentYear {
  readonly measure: string;
  /** The year in which it ended, as `2024`. */
  readonly year: string;
  /** Percentages or points of both groups. */
  readonly lower: number;
  readonly others: number;
  /** Pupils of both groups; null where the file doesn't give them. */
  readonly lowerPupils: number | null;
  readonly othersPupils: number | null;
}

/** The gap of a year as far as the figures allow; null is what they don't. */
export interface YearGap extends AttainmentYear {
  /** In percentage points or points. */
  readonly gap: number;
  /**
   * The department's index of mean ranks, 0 to 10, with pupils on one side of a threshold level with each other; null for scores, whose spread isn't published
   * in these files.
   */
  readonly rankIndex: number | null;
  /** What the index could be, whatever the order of pupils on one side of the threshold. */
  readonly rankLow: number | null;
  readonly rankHigh: number | null;
  /** As if the year's pupils were a sample; null without numbers of pupils. */
  readonly rankError: number | null;
  /** In standard deviations, were attainment normal with the same spread in both groups; null for scores. */
  readonly standardised: number | null;
  readonly months: number | null;
}

/** Φ⁻¹ of the two shares, by the index of two groups that each lie on one side or the other. */
function probitGap(lower: number, others: number): number | null {
  const at = (share: number) => standardisedGap(2 * share - 1, 1);
  const [a, b] = [at(lower), at(others)];
  return a === null || b === null ? null : (b - a) / Math.SQRT2;
}

/** What a year's figures say of the gap. @param months of a standard deviation */
export function gapOfYear(year: AttainmentYear, { kind }: AttainmentMeasure, months: number): YearGap {
  const gap = year.others - year.lower;
  const nothing = { rankIndex: null, rankLow: null, rankHigh: null, rankError: null, standardised: null, months: null };
  if (kind === "score") return { ...year, gap, ...nothing };
  const counts = (percentage: number, pupils: number | null) => {
    const all = pupils ?? 100;
    return [all * (1 - percentage / 100), (all * percentage) / 100];
  };
  const { index, low, high, standardError } = groupedRankGap(
    counts(year.lower, year.lowerPupils),
    counts(year.others, year.othersPupils),
  );
  const standardised = probitGap(year.lower / 100, year.others / 100);
  return {
    ...{ ...year, gap, rankIndex: index, rankLow: low, rankHigh: high, standardised },
    rankError: year.lowerPupils === null || year.othersPupils === null ? null : standardError,
    months: standardised === null ? null : months * standardised,
  };
}
