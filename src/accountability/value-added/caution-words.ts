/** Something about the pupils that a reader of the figures has to know, though they can be computed. */
export interface Caution {
  readonly code: CautionCode;
  /** What was found here, with counts. */
  readonly found: string;
}

export type CautionCode = keyof typeof cautionWords;

/** What each caution means for the estimates, and what may be done; listed in `docs/problems.md`. */
export const cautionWords = {
  "schools-not-linked": {
    meaning:
      "Between these groups schools are compared only through the covariates and the assumption that all schools' effects have one mean: a difference in how their pupils are tested or recorded would show as value added.",
    remedy: "Look for a reason why nobody moves between them; measure them apart if they differ in more than schools.",
  },
  "year-of-one-school": {
    meaning:
      "What was particular to that year (a harder test, another intake) can't be told from the school's own deviation in it.",
    remedy: "Leave that year's pupils out, or bring those of other schools.",
  },
  "covariate-of-schools": {
    meaning:
      "Its coefficient rests on the number of schools, not of pupils, and whatever it explains is no longer in any school's figure.",
    remedy: "Keep it only if schools are not to answer for it; compare the figures with those of a review without it.",
  },
  "schools-with-little-time": {
    meaning:
      "Their figures are nearly the average because hardly anything is known of them, and their explanations divide by almost nothing.",
    remedy: "Nothing to do if the shares are right; check them if whole pupils were expected.",
  },
  "time-mostly-unaccounted": {
    meaning:
      "Unaccounted time counts as time at an average school, so the figures rest on less than half of the pupils' time.",
    remedy:
      "Check the window's dates and the unit of the shares (0 to 1, not 0 to 100); use `remainder: rescale` only if the missing time was at the schools named.",
  },
  "school-very-large": {
    meaning:
      "Its figure is hardly drawn to the average and its interval is narrow, so any fault in its pupils' data counts in full; the coefficients lean on it too.",
    remedy: "Check that its id is not that of several schools, or a code for an unknown school.",
  },
  "outcome-tied": {
    meaning:
      "Residuals can't be normal: pupils at the common value hide differences between them, and the figures of schools with many such pupils are drawn together.",
    remedy: "Use finer marks if there are any; look at the quantiles of the residuals before trusting the intervals.",
  },
  "schools-of-movers": {
    meaning:
      "Their figures can only be told from what the pupils' other schools added; their errors are larger than the number of pupils suggests, and depend on those schools.",
    remedy: "Nothing to do if the spells or shares are right; check them if pupils were expected to stay.",
  },
} as const satisfies Record<string, { readonly meaning: string; readonly remedy: string }>;

/** A caution as one text for records, reports and pages: what was found, what it means, what may be done, and its code. */
export function cautionText({ code, found }: Caution): string {
  const { meaning, remedy } = cautionWords[code];
  return `${found} ${meaning} ${remedy} (${code})`;
}
