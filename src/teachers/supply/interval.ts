import { sortedQuantile } from "../../simulation/uncertainty/index.js";

/** A figure over the draws: its middle, and the ends of the central 90%. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The interval of a figure over draws.
 * @throws {RangeError} when there is no draw
 */
export function intervalOf(draws: readonly number[]): Interval {
  if (draws.length === 0) throw new RangeError("an interval needs at least one draw");
  const sorted = [...draws].sort((a, b) => a - b);
  return { value: sortedQuantile(sorted, 0.5), low: sortedQuantile(sorted, 0.05), high: sortedQuantile(sorted, 0.95) };
}
