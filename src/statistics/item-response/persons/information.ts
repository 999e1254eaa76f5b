import { type ItemParameters, probabilities } from "../items.js";

/** What an item tells at one ability. */
export interface ItemAt {
  /** Expected score and its variance. */
  readonly expected: number;
  readonly variance: number;
  /** Fisher information Σ (P′)² ÷ P. */
  readonly information: number;
  /** Σ P′P″ ÷ P: what Warm's (1989) correction needs. */
  readonly skew: number;
  /** Derivative of the log-likelihood of `score`. */
  readonly slope: number;
}

/** Holds the probabilities of one item at a time. */
const room = new Map<number, Float64Array<ArrayBuffer>>();

/**
 * Item `j` at ability θ.
 * @param score observed score; any value where `slope` isn't read
 */
export function itemAt(items: ItemParameters, j: number, theta: number, score: number): ItemAt {
  const categories = items.intercepts[j]!.length;
  let p = room.get(categories);
  if (!p) {
    p = new Float64Array(categories);
    room.set(categories, p);
  }
  probabilities(items, j, theta, p);
  const a = items.slope[j]!;
  let expected = 0;
  for (let k = 1; k < categories; k++) expected += k * p[k]!;
  let [variance, third] = [0, 0];
  for (let k = 0; k < categories; k++) {
    const d = k - expected;
    variance += p[k]! * d * d;
    third += p[k]! * d * d * d;
  }
  const g = items.guessing[j]!;
  if (g === 0)
    return {
      expected,
      variance,
      information: a * a * variance,
      skew: a * a * a * third,
      slope: a * (score - expected),
    };
  const logistic = (p[1]! - g) / (1 - g);
  const first = (1 - g) * a * logistic * (1 - logistic);
  const second = first * a * (1 - 2 * logistic);
  const spread = p[1]! * p[0]!;
  // Far out both the derivatives and the spread vanish; their quotients don't.
  if (spread < 1e-300) return { expected, variance: 0, information: 0, skew: 0, slope: 0 };
  return {
    expected,
    variance: spread,
    information: (first * first) / spread,
    skew: (first * second) / spread,
    slope: ((score - p[1]!) * first) / spread,
  };
}
