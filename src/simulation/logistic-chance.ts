import { portableExp, portableLog } from "./exponential.js";

/** Classes of the draw: its first ten bits. */
const classes = 1024;
/** Half of the distance within which the table isn't trusted: far above its rounding, far below a class. */
const margin = 1e-9;

/** The log-odds at the lower end of each class, and past the last: length 1,025. */
const edges = Float64Array.from({ length: classes + 1 }, (_, k) => {
  if (k === 0) return Number.NEGATIVE_INFINITY;
  return k === classes ? Number.POSITIVE_INFINITY : portableLog(k / (classes - k));
});

/**
 * Whether something of log-odds `logit` happens on a draw: whether the draw is below 1 ∕ (1 + e^−logit).
 *
 * The log-odds are compared with those of the ends of the draw's class, and the exponential is taken only in the one class in a thousand
 * where that doesn't tell. The answer is the same as by the formula, for every draw.
 *
 * @param word the draw, a whole number from 0 to 2³² − 1
 * @param logit −infinity never happens, +infinity always
 */
export function happens(word: number, logit: number): boolean {
  const k = word >>> 22;
  if (logit < edges[k]! - margin) return false; // first, since most things don't happen
  if (logit > edges[k + 1]! + margin) return true;
  return word * 2.3283064365386963e-10 < 1 / (1 + portableExp(-logit));
}
