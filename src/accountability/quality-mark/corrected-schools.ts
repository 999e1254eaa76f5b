import type { CorrectedMeasure, CorrectedSchool } from "../value-added/index.js";
import { decideQualityMark } from "./award.js";
import type { DecisionParameters, SchoolDecision } from "./decision.js";
import { inputOf, type ReviewEvidence } from "./review.js";

/** A school before and after corrections, with both decisions; null where the measure may not decide. */
export interface RedecidedSchool extends CorrectedSchool {
  readonly decisionBefore: SchoolDecision | null;
  readonly decisionAfter: SchoolDecision | null;
}

const isConcerned = ({ leftOut, reweighted }: CorrectedSchool) => leftOut + reweighted > 0;

/** Whether a correction changed a school's decision. */
export const isRedecided = ({ decisionBefore, decisionAfter }: RedecidedSchool) =>
  decisionBefore?.decision !== decisionAfter?.decision;

/**
 * The schools of the corrected pupils, and every other one whose decision is now another.
 * @param parameters null where the measure may not decide; the line stays where it was published
 */
export function schoolsConcerned(
  { schools }: CorrectedMeasure,
  evidence: ReviewEvidence,
  parameters: DecisionParameters | null,
): RedecidedSchool[] {
  return schools
    .map((school): RedecidedSchool => {
      const [decisionBefore, decisionAfter] = [school.before, school.after].map((measure) =>
        parameters ? decideQualityMark(inputOf(measure.school, measure, evidence), parameters) : null,
      ) as [SchoolDecision | null, SchoolDecision | null];
      return { ...school, decisionBefore, decisionAfter };
    })
    .filter((school) => isConcerned(school) || isRedecided(school));
}

/** The largest change of a school that none of the corrected pupils was at, in its published prediction errors; 0 where there is no such school. */
export function largestElsewhere({ schools }: CorrectedMeasure): number {
  let largest = 0;
  for (const school of schools)
    if (!isConcerned(school) && school.before.predictionError > 0)
      largest = Math.max(largest, Math.abs(school.difference) / school.before.predictionError);
  return largest;
}
