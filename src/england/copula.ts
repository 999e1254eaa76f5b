import type { Random } from "../kernel/index.js";
import { quantileAt } from "./distribution.js";
import type { Quantiles } from "./targets/index.js";

/** Lower triangle of a covariance matrix's Cholesky factor. @throws {RangeError} when it is not positive definite. */
export function choleskyFactor(covariance: readonly (readonly number[])[]): number[][] {
  const factor = covariance.map((row) => row.map(() => 0));
  for (let i = 0; i < covariance.length; i++)
    for (let j = 0; j <= i; j++) {
      let rest = covariance[i]![j]!;
      for (let k = 0; k < j; k++) rest -= factor[i]![k]! * factor[j]![k]!;
      if (i === j && !(rest > 0)) throw new RangeError(`the covariance matrix is not positive definite in row ${i}`);
      factor[i]![j] = i === j ? Math.sqrt(rest) : rest / factor[j]![j]!;
    }
  return factor;
}

/** Normal scores of one school about its authority's means: means + L·ε. */
export function drawScores(means: readonly number[], factor: readonly (readonly number[])[], random: Random): number[] {
  const noise = factor.map(() => random.normal());
  return factor.map((row, i) => row.reduce((sum, weight, k) => sum + weight * noise[k]!, means[i]!));
}

/**
 * Values that follow a published distribution exactly: the scores' ranks (i − ½) ÷ n are read off its quantiles.
 * Equal scores keep their order.
 */
export function valuesByRank(scores: readonly number[], quantiles: Quantiles): number[] {
  const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const values = new Array<number>(scores.length);
  order.forEach((place, rank) => {
    values[place] = quantileAt(quantiles, (rank + 0.5) / scores.length);
  });
  return values;
}
