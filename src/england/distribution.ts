import { grid } from "./targets/grid.js";
import type { Quantiles } from "./targets/types.js";

/** The value of a piecewise linear function through (x[i], y[i]), flat outside; `x` ascends. */
export function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  const last = x.length - 1;
  if (!(at > x[0]!)) return y[0]!;
  if (at >= x[last]!) return y[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle;
  }
  const width = x[high]! - x[low]!;
  return width > 0 ? y[low]! + ((at - x[low]!) / width) * (y[high]! - y[low]!) : y[high]!;
}

/** The value below which the part `p` (0–1) of a published distribution lies. */
export function quantileAt(quantiles: Quantiles, p: number): number {
  return interpolate(grid, quantiles, p);
}

/** Quantiles at the probabilities of `grid`, by linear interpolation between order statistics (R's type 7). */
export function quantilesOf(values: ArrayLike<number>): number[] {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) throw new RangeError("quantiles need at least one value");
  return grid.map((p) => {
    const at = p * (sorted.length - 1);
    const low = Math.floor(at);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
  });
}

/** Mean and standard deviation of a published distribution, as if straight between its quantiles. */
export function momentsOf(quantiles: Quantiles): { mean: number; deviation: number } {
  let mean = 0;
  let square = 0;
  for (let i = 1; i < grid.length; i++) {
    const [a, b, w] = [quantiles[i - 1]!, quantiles[i]!, grid[i]! - grid[i - 1]!];
    mean += (w * (a + b)) / 2;
    square += (w * (a * a + a * b + b * b)) / 3;
  }
  return { mean, deviation: Math.sqrt(Math.max(0, square - mean * mean)) };
}
