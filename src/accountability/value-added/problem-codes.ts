/** Codes of memberships that stop a measure; listed in `docs/problems.md`. */
export const problemCodes = {
  "shares-all-zero": {
    meaning: "No pupil has any time or share at a known school, so no school has a pupil.",
    remedy:
      "Check that the shares are not all 0, that the window's dates are the cohort's, and that pupils' ids are written the same way in both files.",
  },
  "schools-explained-away": {
    meaning:
      "There are as many covariates that differ only between schools as there are schools: they explain every school, and nothing is left to be its value added.",
    remedy: "Take out covariates of the school (its type, its name, its intake), or bring more schools.",
  },
  "correction-needs-refit": {
    meaning:
      "A correction makes a school, a year or a column of the model that the published fit doesn't have, or takes the last pupil of one away.",
    remedy: "Run again with --refit, which measures everything anew, or correct the line.",
  },
  "correction-school-unknown": {
    meaning: "A correction gives time to a school at which no pupil of the review was.",
    remedy:
      "Write the school's id as the review's files do. A school without pupils there has no figure: leave the rest of the time out, so that it is unaccounted.",
  },
} as const;

/** A code of {@link problemCodes}. */
export type MeasureProblemCode = keyof typeof problemCodes;
