/** The families of response functions. Rasch and partial credit have slope 1; the others a slope of each item. */
export type ItemModel = "rasch" | "partial-credit" | "two-parameter" | "generalised-partial-credit" | "three-parameter";

/**
 * Parameters of items, by position. Category k of item i has the weight exp(k · slope[i] · θ + intercepts[i][k]) among the item's categories;
 * a dichotomous item's logit is slope · θ + intercepts[1]. With guessing g the probability of a 1 is g + (1 − g) · that.
 *
 * `intercepts[i]` has maximum + 1 numbers. The lowest category that was observed has 0 (so `intercepts[i][0]` is 0 but where nobody scored 0);
 * a category that nobody scored has −Infinity, which is a probability of zero: the formula holds for it as it stands.
 */
export interface ItemParameters {
  readonly names: readonly string[];
  readonly models: readonly ItemModel[];
  readonly slope: Float64Array;
  readonly intercepts: readonly Float64Array[];
  /** 0 but for three-parameter items. */
  readonly guessing: Float64Array;
}

/**
 * Probabilities of an item's categories at one ability.
 * @param theta in logits of the calibration's scale
 * @param into filled with maximum + 1 probabilities that sum to 1
 */
export function probabilities(
  items: ItemParameters,
  item: number,
  theta: number,
  into = new Float64Array(items.intercepts[item]!.length),
): Float64Array {
  const intercepts = items.intercepts[item]!;
  const along = items.slope[item]! * theta;
  let largest = -Infinity;
  for (let k = 0; k < intercepts.length; k++) largest = Math.max(largest, k * along + intercepts[k]!);
  let sum = 0;
  for (let k = 0; k < intercepts.length; k++) {
    const weight = Math.exp(k * along + intercepts[k]! - largest);
    into[k] = weight;
    sum += weight;
  }
  for (let k = 0; k < intercepts.length; k++) into[k]! /= sum;
  const guessing = items.guessing[item]!;
  if (guessing > 0) {
    into[1] = guessing + (1 - guessing) * into[1]!;
    into[0] = 1 - into[1]!;
  }
  return into;
}

/** The expected score of an item at one ability, 0 … maximum. */
export function expectedScore(items: ItemParameters, item: number, theta: number): number {
  return probabilities(items, item, theta).reduce((sum, probability, k) => sum + k * probability, 0);
}

/**
 * An item's thresholds: where categories k − 1 and k are equally likely (Masters' step difficulties), k = 1 … maximum. A dichotomous item's one is its
 * difficulty b. `null` beside a category that nobody scored.
 */
export function thresholds(items: ItemParameters, item: number): readonly (number | null)[] {
  const intercepts = items.intercepts[item]!;
  return Array.from({ length: intercepts.length - 1 }, (_, k) => {
    const value = (intercepts[k]! - intercepts[k + 1]!) / items.slope[item]!;
    return Number.isFinite(value) ? value : null;
  });
}
