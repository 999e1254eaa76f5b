import { midranks } from "../../statistics/association/index.js";
import { invertSymmetric } from "../../statistics/linear-algebra/small.js";

/** What moving one dimension of uncertainty from the low to the high end of its range does to a figure, all others at their declared values. */
export interface TornadoBar {
  readonly dimension: string;
  /** The figure with the dimension at its 5th and its 95th percentile. */
  readonly low: number;
  readonly high: number;
}

/** The places at which a tornado's bars end: the central 90% of each range. */
export const tornadoPlaces = [0.05, 0.95] as const;

/** Bars from the widest to the narrowest; of two alike the name decides. */
export function orderedBars(bars: readonly TornadoBar[]): readonly TornadoBar[] {
  const width = ({ low, high }: TornadoBar) => Math.abs(high - low);
  return [...bars].sort((a, b) => width(b) - width(a) || (a.dimension < b.dimension ? -1 : 1));
}

/** How much of the spread of a figure over draws goes with each dimension. */
export interface RankRegression {
  /** Standardised coefficient of each dimension, in the order given: −1 to 1 where the dimensions are drawn apart. */
  readonly coefficients: Float64Array;
  /** The share of the variance of the ranks that all dimensions explain together, 0 to 1. Low means: not one-way, or they act together. */
  readonly explained: number;
}

/** Ranks with mean 0 and sum of squares 1; null where all are equal. */
function standardRanks(values: ArrayLike<number>): Float64Array | null {
  const ranks = midranks(values);
  const mean = (ranks.length + 1) / 2;
  let squares = 0;
  for (const rank of ranks) squares += (rank - mean) ** 2;
  return squares === 0 ? null : ranks.map((rank) => (rank - mean) / Math.sqrt(squares));
}

const inner = (x: Float64Array, y: ArrayLike<number>) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);

/**
 * Standardised rank regression coefficients of a figure on the dimensions of a Latin hypercube (Saltelli and others 2008, Global
 * Sensitivity Analysis, section 1.2.5): every draw serves all dimensions at once, which one-at-a-time runs don't.
 *
 * @param places of each dimension, a value a draw
 * @param figure a value a draw
 * @returns null where there are fewer draws than dimensions and three, the figure never changes, or two dimensions move as one
 */
export function rankRegression(places: readonly ArrayLike<number>[], figure: ArrayLike<number>): RankRegression | null {
  const p = places.length;
  if (p === 0 || figure.length < p + 3) return null;
  const y = standardRanks(figure);
  const x = places.map(standardRanks);
  if (!y || x.some((one) => one === null)) return null;
  const columns = x.filter((one) => one !== null);
  const cross = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) cross[i * p + j] = inner(columns[i]!, columns[j]!);
  const right = columns.map((column) => inner(column, y));
  if (Number.isNaN(invertSymmetric(cross, 0, p))) return null; // two dimensions move as one
  const coefficients = Float64Array.from(right, (_, i) => inner(cross.subarray(i * p, (i + 1) * p), right));
  const explained = coefficients.reduce((sum, beta, i) => sum + beta * right[i]!, 0);
  return { coefficients, explained };
}
