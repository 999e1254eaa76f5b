/** Weights this much smaller than the largest (e⁻⁴⁰) are nothing in double precision. */
const negligible = 40;

/**
 * The posterior distribution over the nodes of persons with one weighted score, for items of the exponential family. Its logarithm is
 * t · θ + base, and concave in θ, so that the search for what matters stops at the first node that doesn't, to either side.
 */
export class Posterior {
  readonly weight: Float64Array;
  /** Nodes `low` … `high` − 1 matter; what stands outside in `weight` is old. */
  low = 0;
  high = 0;
  /** Logarithm of the likelihood: of the integral over the nodes. */
  logLikelihood = 0;
  mean = 0;
  private readonly exponent: Float64Array;
  /** Where the last one had its peak: a good place to begin looking for the next. */
  private peak: number;

  constructor(nodes: number) {
    this.weight = new Float64Array(nodes);
    this.exponent = new Float64Array(nodes);
    this.peak = nodes >> 1;
  }

  /**
   * @param t weighted score
   * @param theta nodes' abilities, from `at` on
   * @param base logarithm of each node's share less the items' logarithmic sums
   */
  at(t: number, theta: Float64Array, at: number, base: Float64Array): void {
    const { exponent, weight } = this;
    const n = exponent.length;
    let peak = this.peak;
    let largest = t * theta[at + peak]! + base[peak]!;
    exponent[peak] = largest;
    for (const turn of [1, -1])
      for (let q = peak + turn; q >= 0 && q < n; q += turn) {
        const value = t * theta[at + q]! + base[q]!;
        exponent[q] = value;
        if (value <= largest) break;
        largest = value;
        peak = q;
      }
    this.peak = peak;
    const least = largest - negligible;
    let low = peak;
    let high = peak + 1;
    for (; low > 0; low--) {
      const value = t * theta[at + low - 1]! + base[low - 1]!;
      if (value <= least) break;
      exponent[low - 1] = value;
    }
    for (; high < n; high++) {
      const value = t * theta[at + high]! + base[high]!;
      if (value <= least) break;
      exponent[high] = value;
    }
    let sum = 0;
    let first = 0;
    for (let q = low; q < high; q++) {
      const value = Math.exp(exponent[q]! - largest);
      weight[q] = value;
      sum += value;
      first += value * theta[at + q]!;
    }
    const scale = 1 / sum;
    for (let q = low; q < high; q++) weight[q]! *= scale;
    this.low = low;
    this.high = high;
    this.mean = first * scale;
    this.logLikelihood = largest + Math.log(sum);
  }

  /** As `at`, where the logarithm needn't be concave: every node may matter. */
  general(t: number, theta: Float64Array, at: number, base: Float64Array): void {
    const { exponent, weight } = this;
    const n = exponent.length;
    let largest = -Infinity;
    for (let q = 0; q < n; q++) {
      const value = t * theta[at + q]! + base[q]!;
      exponent[q] = value;
      if (value > largest) largest = value;
    }
    let sum = 0;
    let first = 0;
    for (let q = 0; q < n; q++) {
      const value = Math.exp(exponent[q]! - largest);
      weight[q] = value;
      sum += value;
      first += value * theta[at + q]!;
    }
    const scale = 1 / sum;
    for (let q = 0; q < n; q++) weight[q]! *= scale;
    this.low = 0;
    this.high = n;
    this.mean = first * scale;
    this.logLikelihood = largest + Math.log(sum);
  }
}
