import type { Brand } from "./brand.js";

/** A sum of money in whole pence. Negative means owed. */
export type Pence = Brand<number, "Pence">;

/** @throws {RangeError} when `n` is not a safe integer. */
export function pence(n: number): Pence {
  if (!Number.isSafeInteger(n)) throw new RangeError(`pence must be a safe integer, got ${n}`);
  return (n + 0) as Pence; // + 0 turns -0 into 0
}

/**
 * Shares a sum by weights without making or losing a penny: each part is rounded down and the pennies left
 * go to the largest remainders, the earlier first where they are equal (Hamilton's method). A weight of 0 gets nothing.
 *
 * @param weights one per part, each ≥ 0, with a positive sum
 * @returns the parts, in the order of the weights, which add up to `total`
 * @throws {RangeError} when a weight is negative or not finite, or none is positive.
 */
export function allocate(total: Pence, weights: readonly number[]): Pence[] {
  let largest = 0;
  for (const weight of weights) {
    if (!(weight >= 0) || !Number.isFinite(weight))
      throw new RangeError(`a weight must be finite and ≥ 0, got ${weight}`);
    if (weight > largest) largest = weight;
  }
  if (largest === 0) throw new RangeError("at least one weight must be positive");
  // A power of two changes no digit, and keeps products and sums of very large or small weights finite.
  const scale = 2 ** Math.max(-1000, Math.min(1000, -Math.floor(Math.log2(largest))));
  const scaled = weights.map((weight) => weight * scale);
  const sum = scaled.reduce((a, b) => a + b, 0);
  const exact = scaled.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  let left = total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((value, i) => [i, value - parts[i]!] as const)
    .filter(([i]) => weights[i]! > 0)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  for (let k = 0; left > 0; k = (k + 1) % byRemainder.length, left--) parts[byRemainder[k]![0]]! += 1;
  for (let k = byRemainder.length - 1; left < 0; k = k === 0 ? byRemainder.length - 1 : k - 1, left++)
    parts[byRemainder[k]![0]]! -= 1;
  return parts.map(pence);
}
