/** Codes of what can be wrong with a review file beside its form: what each stands for and what to do; listed in `docs/problems.md`. */
export const problemCodes = {
  "formula-invalid": {
    meaning: "A formula can't be read, or says something that the columns or the rest of the review don't bear.",
    remedy: "Correct it where the message points; `docs/review-file.md` says what may be written.",
  },
  "name-unknown": {
    meaning: "An interaction or slope names a covariate that the review file does not have.",
    remedy: "Name a covariate of `prior`, `context` or `intake`, or add it there.",
  },
  "name-twice": {
    meaning: "The same covariate, group or window is named twice.",
    remedy: "Keep one of them.",
  },
  "measure-not-admitted": {
    meaning: "A review that is to be published has a measure that may not decide about schools (proposal A3).",
    remedy: "Change the measure as the message says, or read it with `./greenpaper review`, which decides nothing.",
  },
  "fit-not-converged": {
    meaning: "A review that is to be published has a fit that did not converge.",
    remedy: "Run `./greenpaper review` and read the warnings of `model.json`; use fewer groups or more pupils.",
  },
  "phase-twice": {
    meaning: "Two reviews that are to be published together measure schools of the same phase.",
    remedy: "Publish one review a phase.",
  },
  "dates-differ": {
    meaning: "Reviews that are to be published together are decided on different days.",
    remedy: "Give both review files the same `date`.",
  },
  "school-not-registered": {
    meaning: "A review that is to be published decides about schools that the register doesn't describe.",
    remedy:
      "Import the register of schools first: `./greenpaper import-register --schools edubasealldata.csv`. Ids of schools must be URNs.",
  },
  "school-kind-unsaid": {
    meaning:
      "The register has a special school, PRU or alternative provision that the review decides about as a mainstream one.",
    remedy: "Name the column of the kind in the review's `schools` table: these schools await their own framework.",
  },
} as const;

/** A code of {@link problemCodes}. */
export type ReviewProblemCode = keyof typeof problemCodes;
