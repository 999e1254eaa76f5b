import type { Problem, Table } from "../../kernel/index.js";
import type { CorrectionAction } from "./correction-reasons.js";
import type { FittedDesign } from "./fit-design.js";
import type { ExplanationStep, SchoolMeasure } from "./measure.js";
import { problemCodes } from "./problem-codes.js";
import type { MeasureSpecification } from "./specification.js";

/** A pupil to be counted otherwise than the files say. */
export interface Correction {
  /** The pupil's row in the pupils' table. A pupil has one correction at most. */
  readonly row: number;
  readonly action: CorrectionAction;
  /** What takes the place of the pupil's shares, 0–1; the rest of the time is unaccounted. Empty for a pupil who is left out. */
  readonly shares: readonly { readonly school: string; readonly share: number }[];
  /** Where it stands, as `corrections.csv, line 3`. */
  readonly place: string;
}

/** A correction's school that the measure doesn't know. @param place where the correction stands */
export const schoolUnknown = (place: string, school: string): Problem => ({
  code: "correction-school-unknown",
  place,
  message: `no pupil of the review was at a school "${school}"`,
  remedy: problemCodes["correction-school-unknown"].remedy,
});

/** A measure that corrections can be made to: the fit, and each school's figures before any. */
export interface CorrectableMeasure {
  readonly specification: MeasureSpecification;
  readonly pupils: Table;
  readonly fitted: FittedDesign;
  /** As published, without groups of pupils and single outcomes. */
  readonly schools: readonly SchoolMeasure[];
  /** Standard deviation of the outcome over the pupils: the unit in which the agreed line is stated. */
  readonly outcomeDeviation: number;
}

/** What one step of the explanation adds to the difference of a school's figure. */
export interface DifferenceStep {
  readonly code: ExplanationStep["code"];
  readonly label: string;
  /** The step's change before and after the corrections, 0 where the school has no such step, and their difference. */
  readonly before: number;
  readonly after: number;
  readonly difference: number;
}

/** A school before and after the corrections. */
export interface CorrectedSchool {
  readonly before: SchoolMeasure;
  readonly after: SchoolMeasure;
  /** Pupils with time here, before or after, who were left out or have other shares. */
  readonly leftOut: number;
  readonly reweighted: number;
  /** Published figure after less before; the steps' differences add up to it. */
  readonly difference: number;
  readonly steps: readonly DifferenceStep[];
}

/** Every school before and after, in the order of the measure's schools. */
export interface CorrectedMeasure {
  readonly schools: readonly CorrectedSchool[];
  /** Pupils left out and counted otherwise, and those who were not in the model, where a correction changes nothing. */
  readonly leftOut: number;
  readonly reweighted: number;
  readonly withoutEffect: number;
  /** Whether the corrected fit ended at a minimum; that of a held fit is the published one's. */
  readonly converged: boolean;
}
