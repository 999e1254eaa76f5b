/** Another way of measuring the same schools. The words are {@link alternativeWords}'s. */
export type AlternativeCode = keyof typeof alternativeWords;

/**
 * What each alternative is called, and whether its model has to be fitted anew.
 * The order is that of the tables: what needs no new fit first.
 */
export const alternativeWords = {
  unshrunken: { label: "Unshrunken means: nothing is drawn towards the average", refits: false },
  "progress-8": { label: "Progress 8's method", refits: false },
  "progress-8-by-time": { label: "FFT's reweighting: Progress 8's scores by time on roll", refits: false },
  "last-school": { label: "Last school only instead of shares of time", refits: true },
  "last-two-years": { label: "Time of the last two years instead of the whole window", refits: true },
  "other-unit": { label: "Time in terms instead of days, or in days instead of terms", refits: true },
  "no-context": { label: "No context: prior attainment only", refits: true },
  "one-year": { label: "One year instead of several", refits: true },
  intake: { label: "School intake", refits: true },
  "contextual-2010": { label: "The shape of contextual value added (2010)", refits: true },
} as const satisfies Record<string, { readonly label: string; readonly refits: boolean }>;

/** Every alternative, in the order of the tables. */
export const alternativeCodes = Object.keys(alternativeWords) as readonly AlternativeCode[];

/** Which alternatives are wanted: named ones, all, those that need no new fit, none, or as the number of pupils allows. */
export type AlternativesWanted = readonly AlternativeCode[] | "all" | "without-refit" | "none" | "by-size";

/** Up to so many pupils "by-size" is all alternatives; above, those that need no new fit. Refits of more would be most of the time of a review. */
export const mostPupilsForRefits = 50_000;

/** The alternatives to make, in the order of the tables. */
export function chosenAlternatives(wanted: AlternativesWanted, pupils: number): readonly AlternativeCode[] {
  if (wanted === "none") return [];
  if (wanted === "all" || (wanted === "by-size" && pupils <= mostPupilsForRefits)) return alternativeCodes;
  if (wanted === "by-size" || wanted === "without-refit")
    return alternativeCodes.filter((code) => !alternativeWords[code].refits);
  return alternativeCodes.filter((code) => wanted.includes(code));
}

/** A school's figure by another way of measuring, in the outcome's units. */
export interface AlternativeFigure {
  readonly school: string;
  readonly valueAdded: number;
  /** The figure's own standard error, as that way of measuring has it. */
  readonly predictionError: number;
  readonly pupilEquivalents: number;
}

/** The same schools measured another way. */
export interface AlternativeMeasure {
  readonly code: AlternativeCode;
  readonly label: string;
  /** What was done, and on which pupils where they are not all: sentences. */
  readonly how: string;
  /** Pupils whose results are in it. */
  readonly pupils: number;
  /** One a school that has pupils; empty where it was not computed. */
  readonly figures: readonly AlternativeFigure[];
  /** Why it was not computed; null where it was. */
  readonly notComputed: string | null;
}
