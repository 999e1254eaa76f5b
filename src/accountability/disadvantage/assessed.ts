import type { FigureRow, Publication } from "../reference-assessments/index.js";

/** A value with its interval. */
export interface WithInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The gap of one assessment and cycle. */
export interface AssessedGap {
  readonly assessment: string;
  /** As "Year 4 mathematics". */
  readonly name: string;
  readonly cycle: string;
  readonly group: string;
  readonly level: string;
  /** Rank index, 0 to 10. */
  readonly index: WithInterval | null;
  readonly months: WithInterval | null;
}

const times = (row: FigureRow | undefined, factor: number): WithInterval | null =>
  row ? { value: factor * row.value, low: factor * row.low, high: factor * row.high } : null;

/** The gaps of published assessments: of each the first group that has one. @param months of a standard deviation */
export function assessedGaps(publications: readonly Publication[], months: number): readonly AssessedGap[] {
  return publications.flatMap(({ assessment, phase, subject, results }) => {
    const { figures } = results.disclosed;
    const group = figures.find(({ statistic }) => statistic === "rank-gap")?.group;
    if (!group) return [];
    return results.cycles.flatMap((cycle): AssessedGap[] => {
      const find = (statistic: FigureRow["statistic"]) =>
        figures.find((row) => row.cycle === cycle && row.group === group && row.statistic === statistic);
      const index = find("rank-gap");
      if (!index) return [];
      return [
        {
          ...{ assessment, name: `${phase} ${subject}`, cycle, group, level: index.level! },
          index: times(index, 1),
          months: times(find("standardised-gap"), months),
        },
      ];
    });
  });
}
