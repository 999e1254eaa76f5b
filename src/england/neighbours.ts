import type { Site } from "./sites.js";

/** Schools that a pupil is likely to move from. */
export const nearestCount = 12;

/**
 * The nearest mainstream schools of each school, and running sums of the weights with which a move comes from them.
 * A nearer one is likelier: the k-th nearest has weight ÷ (k + 3).
 * @param weight of each school as one that is left
 * @returns `nearest` and `nearestWeight`, {@link nearestCount} for each school; −1 and 0 where there are fewer
 */
export function neighboursOf(sites: readonly Site[], mainstream: Int32Array, weight: Float64Array) {
  const nearest = new Int32Array(sites.length * nearestCount).fill(-1);
  const nearestWeight = new Float64Array(sites.length * nearestCount);
  const distance = new Float64Array(nearestCount);
  for (let s = 0; s < sites.length; s++) {
    const at = s * nearestCount;
    let found = 0;
    for (const other of mainstream) {
      if (other === s) continue;
      const apart = (sites[s]!.east - sites[other]!.east) ** 2 + (sites[s]!.north - sites[other]!.north) ** 2;
      if (found === nearestCount && apart >= distance[found - 1]!) continue;
      let k = found < nearestCount ? found++ : found - 1;
      for (; k > 0 && distance[k - 1]! > apart; k--) {
        distance[k] = distance[k - 1]!;
        nearest[at + k] = nearest[at + k - 1]!;
      }
      distance[k] = apart;
      nearest[at + k] = other;
    }
    let sum = 0;
    for (let k = 0; k < found; k++) {
      sum += weight[nearest[at + k]!]! / (k + 4);
      nearestWeight[at + k] = sum;
    }
    for (let k = 0; k < found; k++) nearestWeight[at + k]! /= sum || 1;
  }
  return { nearest, nearestWeight };
}
