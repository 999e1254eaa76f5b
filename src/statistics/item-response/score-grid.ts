import { Posterior } from "./posterior.js";

/** The weighted scores that a stratum's items allow, and the step of a grid over them. */
export interface ScoreRange {
  readonly least: number;
  readonly most: number;
  /** A fraction of the reciprocal of the group's standard deviation. */
  readonly step: number;
}

/** Memory that one grid after another uses. */
export class GridSpace {
  private numbers = new Float64Array(0);
  private used = 0;

  /** Makes everything free, with room for so many numbers. */
  begin(size: number): void {
    if (this.numbers.length < size) this.numbers = new Float64Array(size);
    this.used = 0;
  }

  /** The next `size` numbers, as they were left. */
  take(size: number): Float64Array {
    this.used += size;
    return this.numbers.subarray(this.used - size, this.used);
  }
}

/**
 * Posteriors of a stratum on a grid of weighted scores. For items of the exponential family a person's posterior depends on the responses through the
 * weighted score t alone, and everything about it is a smooth function of t: the logarithm of the likelihood L(t) generates the posterior's cumulants
 * (L′ the mean, L″ the variance). So persons are read off a grid by quintic Hermite interpolation, and what they add is put on the grid by its adjoint.
 */
export class ScoreGrid {
  readonly points: number;
  private readonly from: number;
  private readonly step: number;
  private readonly nodes: number;
  private readonly window: Int32Array;
  private readonly weight: Float64Array;
  /** Points × 4: log-likelihood, mean, variance, third cumulant. */
  private readonly cumulant: Float64Array;
  /** Intervals × 6: the mean's polynomial in the place within the interval. */
  private readonly polynomial: Float64Array;
  /** Intervals × 6: persons' weights times the powers of their place within the interval. */
  private readonly moment: Float64Array;

  /**
   * @param theta the nodes' abilities, from `at` on
   * @param base what all persons of the stratum have in common at each node
   */
  constructor(range: ScoreRange, theta: Float64Array, at: number, base: Float64Array, space: GridSpace) {
    const { least, most, step } = range;
    const intervals = Math.max(1, Math.ceil((most - least) / step + 1e-9));
    this.points = intervals + 1;
    this.from = least;
    this.step = step;
    this.nodes = base.length;
    this.window = new Int32Array(2 * this.points);
    space.begin(this.points * (this.nodes + 4) + 12 * intervals);
    this.weight = space.take(this.points * this.nodes);
    this.cumulant = space.take(4 * this.points);
    this.polynomial = space.take(6 * intervals);
    this.moment = space.take(6 * intervals).fill(0);
    this.fill(theta, at, base);
    for (let k = 0; k < intervals; k++) this.joinPoints(k);
  }

  private fill(theta: Float64Array, at: number, base: Float64Array): void {
    const posterior = new Posterior(this.nodes);
    const { weight, cumulant, window } = this;
    for (let k = 0; k < this.points; k++) {
      posterior.at(this.from + k * this.step, theta, at, base);
      const { low, high, mean } = posterior;
      let [variance, third] = [0, 0];
      for (let q = low; q < high; q++) {
        const share = posterior.weight[q]!;
        const apart = theta[at + q]! - mean;
        weight[k * this.nodes + q] = share;
        variance += share * apart * apart;
        third += share * apart * apart * apart;
      }
      window[2 * k] = low;
      window[2 * k + 1] = high;
      cumulant[4 * k] = posterior.logLikelihood;
      cumulant[4 * k + 1] = mean;
      cumulant[4 * k + 2] = variance;
      cumulant[4 * k + 3] = third;
    }
  }

  private joinPoints(k: number): void {
    const { cumulant, polynomial, step } = this;
    const [a, b] = [4 * k, 4 * k + 4];
    const [f0, f1] = [cumulant[a + 1]!, cumulant[b + 1]!];
    const [d0, d1] = [cumulant[a + 2]! * step, cumulant[b + 2]! * step];
    const [s0, s1] = [cumulant[a + 3]! * step * step, cumulant[b + 3]! * step * step];
    const to = 6 * k;
    polynomial[to] = f0;
    polynomial[to + 1] = d0;
    polynomial[to + 2] = s0 / 2;
    polynomial[to + 3] = 10 * (f1 - f0) - 6 * d0 - 4 * d1 - 1.5 * s0 + 0.5 * s1;
    polynomial[to + 4] = -15 * (f1 - f0) + 8 * d0 + 7 * d1 + 1.5 * s0 - s1;
    polynomial[to + 5] = 6 * (f1 - f0) - 3 * (d0 + d1) - 0.5 * s0 + 0.5 * s1;
  }

  /**
   * Goes through the persons once: puts each on the grid, and adds each one's weighted posterior mean to its pattern in each pack.
   * @param score of each pattern of each pack, as `offset` says
   * @param sums of the same length, added to
   */
  addPersons(
    weight: Float64Array,
    codes: Uint8Array,
    packs: number,
    offset: Int32Array,
    score: Float64Array,
    sums: Float64Array,
  ): void {
    const { from, polynomial, moment } = this;
    const perStep = 1 / this.step;
    const last = this.points - 2;
    for (let p = 0, row = 0; p < weight.length; p++, row += packs) {
      let t = -from;
      for (let b = 0; b < packs; b++) t += score[offset[b]! + codes[row + b]!]!;
      const along = t * perStep;
      const k = along >= last ? last : along | 0;
      const u = along - k;
      const at = 6 * k;
      const mean =
        polynomial[at]! +
        u *
          (polynomial[at + 1]! +
            u *
              (polynomial[at + 2]! + u * (polynomial[at + 3]! + u * (polynomial[at + 4]! + u * polynomial[at + 5]!))));
      let power = weight[p]!;
      const weighted = power * mean;
      moment[at]! += power;
      moment[at + 1]! += power *= u;
      moment[at + 2]! += power *= u;
      moment[at + 3]! += power *= u;
      moment[at + 4]! += power *= u;
      moment[at + 5]! += power * u;
      for (let b = 0; b < packs; b++) sums[offset[b]! + codes[row + b]!]! += weighted;
    }
  }

  /** Adds the persons' expected numbers at the nodes to `counts`, and returns the logarithm of their likelihood. */
  spread(theta: Float64Array, at: number, counts: Float64Array): number {
    const { weight, cumulant, window, nodes, points } = this;
    let logLikelihood = 0;
    for (let k = 0; k < points; k++) {
      const [s0, s1, s2] = this.onPoint(k);
      if (s0 === 0 && s1 === 0 && s2 === 0) continue;
      const [mean, variance] = [cumulant[4 * k + 1]!, cumulant[4 * k + 2]!];
      logLikelihood += s0 * cumulant[4 * k]! + s1 * mean + s2 * variance;
      const high = window[2 * k + 1]!;
      for (let q = window[2 * k]!; q < high; q++) {
        const apart = theta[at + q]! - mean;
        counts[q]! += weight[k * nodes + q]! * (s0 + s1 * apart + s2 * (apart * apart - variance));
      }
    }
    return logLikelihood;
  }

  /** What the persons put on a point: as values, first and second derivatives in t. */
  private onPoint(k: number): readonly [number, number, number] {
    const { moment, step, points } = this;
    let [value, first, second] = [0, 0, 0];
    if (k < points - 1) {
      const a = 6 * k;
      const [m3, m4, m5] = [moment[a + 3]!, moment[a + 4]!, moment[a + 5]!];
      value += moment[a]! - 10 * m3 + 15 * m4 - 6 * m5;
      first += moment[a + 1]! - 6 * m3 + 8 * m4 - 3 * m5;
      second += 0.5 * moment[a + 2]! - 1.5 * m3 + 1.5 * m4 - 0.5 * m5;
    }
    if (k > 0) {
      const a = 6 * (k - 1);
      const [m3, m4, m5] = [moment[a + 3]!, moment[a + 4]!, moment[a + 5]!];
      value += 10 * m3 - 15 * m4 + 6 * m5;
      first += -4 * m3 + 7 * m4 - 3 * m5;
      second += 0.5 * m3 - m4 + 0.5 * m5;
    }
    return [value, first * step, second * step * step];
  }
}
