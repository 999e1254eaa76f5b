/** Fractions of square roots of primes: multiples of each are spread evenly, and of several together too (Richtmyer's sequence). */
const steps = [
  0.41421356237309515, 0.7320508075688772, 0.2360679774997898, 0.6457513110645907, 0.3166247903554, 0.605551275463989,
  0.12310562561766059, 0.358898943540674, 0.7958315233127191, 0.3851648071345037, 0.5677643628300215,
  0.08276253029821934, 0.4031242374328485, 0.5574385243020004,
];

/**
 * A share from 0 up to 1 of the k-th of many in one respect: over consecutive k every part of the interval has its due, so that totals are
 * met nearly exactly, and respects are nearly independent.
 * @param respect 0 to 13
 */
export function evenShare(k: number, respect: number): number {
  const at = 0.5 + k * steps[respect]!;
  return at - Math.floor(at);
}

/** Running sums of weights as shares, the last 1. */
export function cumulatedShares(weights: ArrayLike<number>): Float64Array {
  const shares = Float64Array.from(weights);
  cumulate(shares, 0, shares.length);
  return shares;
}

/** Turns weights, from position `from` up to `to`, into their running sums as shares, the last 1. */
export function cumulate(weights: Float64Array, from: number, to: number): void {
  let sum = 0;
  for (let k = from; k < to; k++) weights[k] = sum += weights[k]!;
  for (let k = from; k < to; k++) weights[k] = sum > 0 ? weights[k]! / sum : 1;
  if (to > from) weights[to - 1] = 1;
}

/**
 * The first class, from position `from` up to `to`, whose cumulated share is above a share: by halving, without a branch on the share, which
 * would go wrong every other time.
 */
export function classAt(cumulated: Float64Array, share: number, from = 0, to = cumulated.length): number {
  let at = from;
  for (let length = to - from; length > 1; ) {
    const half = length >>> 1;
    at += half & -Number(cumulated[at + half - 1]! <= share);
    length -= half;
  }
  return at;
}

/**
 * Amounts in whole parts: running sums are rounded, so that every part is its amount rounded up or down, any run of neighbours together is within
 * one of theirs, and all are the sum to the nearest whole.
 */
export function wholeParts(amounts: ArrayLike<number>): Float64Array {
  const whole = new Float64Array(amounts.length);
  let [sum, given] = [0, 0];
  for (let k = 0; k < amounts.length; k++) {
    sum += amounts[k]!;
    const upTo = Math.floor(sum + 0.5);
    whole[k] = upTo - given;
    given = upTo;
  }
  return whole;
}
