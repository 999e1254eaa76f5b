/**
 * Probabilities proportional to size that sum to `n`: n·size ÷ Σ size, where units that would exceed 1 are certain and the rest share what is
 * left, until none exceeds 1 (Särndal, Swensson and Wretman 1992, 3.6.2). Units of size 0 have probability 0.
 *
 * @param n units to be drawn, 0 ≤ n ≤ units with a size
 * @throws {RangeError} when n is outside that range.
 */
export function inclusionProbabilities(sizes: ArrayLike<number>, n: number): Float64Array {
  const probabilities = new Float64Array(sizes.length);
  let positive = 0;
  for (let u = 0; u < sizes.length; u++) if (sizes[u]! > 0) positive++;
  if (!(n >= 0 && n <= positive)) throw new RangeError(`${n} units can't be drawn of ${positive} that have a size`);
  const certain = new Uint8Array(sizes.length);
  for (let left = n; ; ) {
    let sum = 0;
    for (let u = 0; u < sizes.length; u++) if (!certain[u]) sum += sizes[u]!;
    let more = 0;
    for (let u = 0; u < sizes.length; u++) {
      if (certain[u]) continue;
      const p = sum > 0 ? (left * sizes[u]!) / sum : 0;
      // A probability that is 1 but for rounding is certain: one who is always drawn has no sampling variance.
      if (p >= 1 - 1e-12) {
        certain[u] = 1;
        more++;
      }
      probabilities[u] = certain[u] ? 1 : p;
    }
    if (more === 0) return probabilities;
    left -= more;
  }
}

/**
 * Systematic sampling: a grid of step 1 from a random start laid over the cumulated probabilities, in the order given. Certain units are
 * taken apart, so that they don't disturb the grid.
 *
 * @param order positions, as serpentine order has them
 * @param start in [0, 1)
 * @returns positions drawn, in order
 */
export function systematicSample(probabilities: Float64Array, order: readonly number[], start: number): number[] {
  const drawn: number[] = [];
  let sum = 0;
  let next = start;
  const uncertain = order.filter((u) => probabilities[u]! < 1);
  const total = uncertain.reduce((t, u) => t + probabilities[u]!, 0);
  // n of them but for rounding: the last step must not be lost to it.
  const scale = Math.abs(total - Math.round(total)) < 1e-6 && total > 0 ? Math.round(total) / total : 1;
  const taken = new Set<number>();
  for (const u of uncertain) {
    sum += probabilities[u]! * scale;
    if (sum > next) {
      taken.add(u);
      next += 1;
    }
  }
  for (const u of order) if (probabilities[u]! === 1 || taken.has(u)) drawn.push(u);
  return drawn;
}

/** Where a unit of permanent number u stands in the queue for a sample. */
export type OrderSampling = "pareto" | "sequential-poisson";

/**
 * A sample of fixed size by permanent random numbers: the n units of lowest rank, u ÷ p (sequential Poisson, Ohlsson 1998) or
 * u(1 − p) ÷ (p(1 − u)) (Pareto, Rosén 1997). Probabilities are p to a good approximation, best by Pareto.
 *
 * @param numbers permanent, in (0, 1), one a unit of the frame
 * @returns positions drawn, certain units first, then by rank
 */
export function orderSample(
  probabilities: Float64Array,
  units: readonly number[],
  numbers: ArrayLike<number>,
  method: OrderSampling,
): number[] {
  const n = Math.round(units.reduce((sum, u) => sum + probabilities[u]!, 0));
  const rank = (u: number) => {
    const [p, x] = [probabilities[u]!, numbers[u]!];
    if (p >= 1) return -1;
    if (p <= 0) return Number.POSITIVE_INFINITY;
    return method === "pareto" ? (x * (1 - p)) / (p * (1 - x)) : x / p;
  };
  return [...units]
    .map((u) => ({ u, r: rank(u) }))
    .sort((a, b) => a.r - b.r || a.u - b.u)
    .slice(0, n)
    .map(({ u }) => u);
}

/** A sample of random size: every unit whose permanent number is below its probability (Poisson sampling). Probabilities are exact. */
export function poissonSample(
  probabilities: Float64Array,
  units: readonly number[],
  numbers: ArrayLike<number>,
): number[] {
  return units.filter((u) => numbers[u]! < probabilities[u]!);
}
