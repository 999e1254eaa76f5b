import type { ValueAddedMeasure } from "../value-added/index.js";
import type { Comparison } from "./comparison.js";
import type { Alternative, DecisionParameters, SchoolDecision } from "./decision.js";

/** A review of somebody's own files, as the report shows it. */
export interface ReviewReportInput {
  readonly title: string;
  /** When it was made, as the reader should see it. */
  readonly made: string;
  readonly measure: ValueAddedMeasure;
  /** One a school, in any order. */
  readonly decisions: readonly SchoolDecision[];
  readonly alternatives: readonly Alternative[];
  readonly comparison: Comparison;
  readonly parameters: DecisionParameters;
  /** Sentences about the whole review, beside those of the measure. */
  readonly notes: readonly string[];
  /** Coverage of the intervals, as 0.95; the report says just "interval" where it is left out. */
  readonly confidence?: number;
}
