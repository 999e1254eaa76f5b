import { normalCdf } from "../../statistics/distributions/index.js";

/** A school's measure, as it is compared with another's. */
export interface ComparedSchool {
  readonly urn: string;
  readonly name: string;
  readonly phase: string;
  readonly valueAdded: number;
  /** Prediction error: with the uncertainty of the model's coefficients. */
  readonly error: number;
}

/** Two schools and how probable it is that the first adds more than the second. */
export interface Pair {
  readonly first: ComparedSchool;
  readonly second: ComparedSchool;
  readonly difference: number;
  readonly error: number;
  /** That the first's value added is above the second's. */
  readonly probability: number;
}

/** Every two schools of the same phase; those of different phases have measures that can't be compared. */
export function pairsOf(schools: readonly ComparedSchool[]): readonly Pair[] {
  return schools.flatMap((first, i) =>
    schools.slice(i + 1).flatMap((second) => (first.phase === second.phase ? [pairOf(first, second)] : [])),
  );
}

/**
 * The difference of two schools, as if their figures were independent and normal. They share the model's coefficients, so the error
 * is a little too large: two schools are called different rather too seldom than too often.
 */
function pairOf(first: ComparedSchool, second: ComparedSchool): Pair {
  const difference = first.valueAdded - second.valueAdded;
  const error = Math.hypot(first.error, second.error);
  const probability = error > 0 ? normalCdf(difference / error) : difference > 0 ? 1 : difference < 0 ? 0 : 0.5;
  return { first, second, difference, error, probability };
}

/**
 * The pairs that can be told apart: by one of them adding more with at least this probability, shared out among all pairs
 * (Bonferroni), so that among many schools chance alone names none.
 * @param confidence as 0.95
 */
export function toldApart(pairs: readonly Pair[], confidence: number): readonly Pair[] {
  const allowed = (1 - confidence) / 2 / Math.max(1, pairs.length);
  return pairs.filter(({ probability }) => probability >= 1 - allowed || probability <= allowed);
}
