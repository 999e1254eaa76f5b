import type { Range } from "../parameters/simulation-parameter.js";

/**
 * The value at a place of a range's distribution: its quantile function. Roots alone, which every engine rounds alike, so that a draw has
 * the same bits everywhere.
 *
 * @param place from 0 to 1
 */
export function rangeQuantile({ distribution, low, mode, high }: Range, place: number): number {
  if (distribution === "uniform") return low + place * (high - low);
  const peak = (mode - low) / (high - low);
  return place < peak
    ? low + Math.sqrt(place * (high - low) * (mode - low))
    : high - Math.sqrt((1 - place) * (high - low) * (high - mode));
}

/** The mean of a range. */
export function rangeMean({ distribution, low, mode, high }: Range): number {
  return distribution === "uniform" ? (low + high) / 2 : (low + mode + high) / 3;
}
