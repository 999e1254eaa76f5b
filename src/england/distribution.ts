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

/** Standard normal distribution function, by Hart's rational approximation as West (2005) gives it; error below 1e-14. */
export function normalProbability(x: number): number {
  const a = Math.abs(x);
  if (a > 37) return x > 0 ? 1 : 0;
  const e = Math.exp((-a * a) / 2);
  let upper: number;
  if (a < 7.07106781186547) {
    const top =
      (((((0.0352624965998911 * a + 0.700383064443688) * a + 6.37396220353165) * a + 33.912866078383) * a +
        112.079291497871) *
        a +
        221.213596169931) *
        a +
      220.206867912376;
    const bottom =
      ((((((0.0883883476483184 * a + 1.75566716318264) * a + 16.064177579207) * a + 86.7807322029461) * a +
        296.564248779674) *
        a +
        637.333633378831) *
        a +
        793.826512519948) *
        a +
      440.413735824752;
    upper = (e * top) / bottom;
  } else upper = e / (a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65))))) / 2.506628274631;
  return x > 0 ? 1 - upper : upper;
}

const tailFrom = 0.02425;
const [a, b, c, d] = [
  [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239],
  [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1],
  [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
] as const;
const polynomial = (coefficients: readonly number[], x: number) => coefficients.reduce((sum, k) => sum * x + k, 0);

/** Inverse of the standard normal distribution function (Acklam's rational approximation, relative error below 1.2e-9). */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability between 0 and 1 is needed, got ${p}`);
  if (p > 1 - tailFrom) return -normalQuantile(1 - p);
  if (p < tailFrom) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(c, q) / polynomial(d, q);
  }
  const q = p - 0.5;
  return (polynomial(a, q * q) * q) / polynomial(b, q * q);
}
