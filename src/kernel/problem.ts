/** One thing wrong with what a person gave us: where it is, what it is, and what to do about it. */
export interface Problem {
  /** Stable and never reused, in kebab-case, as `number-expected`. Listed in `docs/problems.md`. */
  readonly code: string;
  /** File, and line and column where they are known, as `pupils.csv, line 17, column "score"`. */
  readonly place: string;
  /** What is wrong, with the value found. */
  readonly message: string;
  /** What to do next. */
  readonly remedy: string;
}

/** The one sentence a person reads: place, message, remedy. */
export function describeProblem(problem: Problem): string {
  return `${problem.place}: ${problem.message}. ${problem.remedy}`;
}
