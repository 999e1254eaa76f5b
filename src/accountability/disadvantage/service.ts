import { type CivilDate, valueOn } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { loadPublications } from "../reference-assessments/index.js";
import { type AssessedGap, assessedGaps } from "./assessed.js";
import { type AttainmentMeasure, attainmentMeasures, gapOfYear, type YearGap } from "./attainment.js";
import { monthsPerDeviation } from "./parameters.js";
import { loadAttainment } from "./store.js";

/** The gap from both sources on a day. */
export interface DisadvantageGaps {
  readonly months: number;
  readonly synthetic: boolean;
  readonly assessed: readonly AssessedGap[];
  readonly measures: readonly { readonly measure: AttainmentMeasure; readonly years: readonly YearGap[] }[];
}

/** Everything that is known of the gap. */
export async function disadvantageGaps(queries: Queries, today: CivilDate): Promise<DisadvantageGaps> {
  const months = valueOn(monthsPerDeviation, today).value;
  const publications = await loadPublications(queries);
  const attainment = await loadAttainment(queries);
  return {
    months,
    synthetic: publications.some(({ synthetic }) => synthetic),
    assessed: assessedGaps(publications, months),
    measures: attainmentMeasures.map((measure) => ({
      measure,
      years: attainment.filter((year) => year.measure === measure.id).map((year) => gapOfYear(year, measure, months)),
    })),
  };
}
