import { interpolate, quantilesOf } from "./distribution.js";
import { grid } from "./targets/index.js";

/** How a published fact came into the synthetic England. */
export type Use =
  /** Schools or pupils are drawn from it. */
  | "given"
  /** Parameters were solved for so that it comes out. */
  | "solved"
  /** Nothing was fitted to it: how near it comes is a test of the rest. */
  | "checked";

/** One published fact beside the same computed from the synthetic England. */
export interface CalibrationRow {
  readonly phase: "primary" | "secondary" | "all";
  readonly target: string;
  readonly unit: string;
  readonly use: Use;
  /** What each number is: a share of schools below (`5%`), a group, a region; one empty label for a single figure. */
  readonly labels: readonly string[];
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
  readonly distance: number;
  readonly measure: "largest difference of the distribution functions" | "mean difference" | "difference";
  /** The distance that the tests allow for the whole country. */
  readonly tolerance: number;
  readonly source: string;
}

/** What a row needs beside the comparison. */
export type RowWords = Pick<CalibrationRow, "phase" | "target" | "unit" | "use" | "tolerance" | "source">;

/** Places of `grid` that a page shows: 1%, 5%, 25%, 50%, 75%, 95%, 99%. */
const shown = [1, 3, 7, 12, 17, 21, 23];

/** A published distribution against synthetic values: the largest difference of the distribution functions at the kept quantiles. */
export function distributionRow(words: RowWords, real: readonly number[], values: ArrayLike<number>): CalibrationRow {
  const sorted = Float64Array.from(values).sort();
  const synthetic = quantilesOf(sorted);
  // Values tie where figures are rounded: half of those equal to a quantile count as below it, in both distributions.
  let distance = 0;
  for (let i = 1; i < grid.length - 1; i++) {
    const [low, high] = [countBelow(sorted, real[i]!, false), countBelow(sorted, real[i]!, true)];
    const [from, to] = [low / sorted.length, high / sorted.length];
    const ties = grid.filter((_, k) => real[k] === real[i]);
    const [first, last] = [ties[0]!, ties[ties.length - 1]!];
    distance = Math.max(distance, Math.max(0, first - to, from - last));
  }
  return {
    ...words,
    labels: shown.map((i) => `${100 * grid[i]!}%`),
    real: shown.map((i) => real[i]!),
    synthetic: shown.map((i) => synthetic[i]!),
    distance,
    measure: "largest difference of the distribution functions",
  };
}

function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (orEqual ? sorted[middle]! <= value : sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One published number against one of ours: their difference divided by `scale`. */
export function figureRow(words: RowWords, real: number, synthetic: number, scale = 1): CalibrationRow {
  return {
    ...words,
    labels: [""],
    real: [real],
    synthetic: [synthetic],
    distance: Math.abs(synthetic - real) / scale,
    measure: "difference",
  };
}

/** A published table against ours: the mean absolute difference, weighted where the rows are of unequal weight. */
export function tableRow(
  words: RowWords,
  labels: readonly string[],
  real: readonly number[],
  synthetic: readonly number[],
  weights: readonly number[] = labels.map(() => 1),
): CalibrationRow {
  let [sum, weight] = [0, 0];
  real.forEach((value, i) => {
    if (Number.isNaN(synthetic[i]!)) return;
    sum += weights[i]! * Math.abs(value - synthetic[i]!);
    weight += weights[i]!;
  });
  return { ...words, labels, real, synthetic, distance: sum / weight, measure: "mean difference" };
}

/** Quantiles of several published distributions put together, each with its weight. */
export function pooledQuantiles(
  parts: readonly { readonly quantiles: readonly number[]; readonly weight: number }[],
): number[] {
  const points = parts.flatMap(({ quantiles, weight }) =>
    Array.from({ length: 400 }, (_, i) => [interpolate(grid, quantiles, (i + 0.5) / 400), weight / 400] as const),
  );
  points.sort((a, b) => a[0] - b[0]);
  const total = points.reduce((sum, [, weight]) => sum + weight, 0);
  let below = 0;
  const probabilities = points.map(([, weight]) => {
    below += weight;
    return (below - weight / 2) / total;
  });
  return grid.map((p) =>
    interpolate(
      probabilities,
      points.map(([value]) => value),
      p,
    ),
  );
}
