import type { PersonLikelihoods } from "./likelihood.js";

/** This far below the highest node a density is nothing. */
const negligible = -37;
const floor = Math.exp(negligible);

/** The posterior of one person after another under a normal prior, over the nodes of a grid. One object serves all persons. */
export class Posterior {
  /** Posterior density at the nodes, up to a factor; nothing outside `first` … `last`. */
  readonly density: Float64Array;
  first = 0;
  last = 0;
  /** Logarithm of the marginal likelihood of the person's responses. */
  logLikelihood = 0;
  /** E(d), E(d²), E(d³), E(d⁴) of d = θ − prior mean. */
  m1 = 0;
  m2 = 0;
  m3 = 0;
  m4 = 0;
  readonly #likelihoods: PersonLikelihoods;
  readonly #log: Float64Array;
  readonly #cumulated: Float64Array;
  #hasCumulated = false;
  #most = 0;

  constructor(likelihoods: PersonLikelihoods) {
    this.#likelihoods = likelihoods;
    this.#log = new Float64Array(likelihoods.nodes.length);
    this.#cumulated = new Float64Array(likelihoods.nodes.length);
    this.density = new Float64Array(likelihoods.nodes.length);
  }

  /** Equally spaced abilities, rising. */
  get nodes(): Float64Array {
    return this.#likelihoods.nodes;
  }

  /**
   * Takes up a person.
   * @param sd of the prior, > 0
   */
  take(person: number, mean: number, sd: number): void {
    const { nodes } = this.#likelihoods;
    const log = this.#log;
    const { density } = this;
    this.#likelihoods.fill(person, log);
    const scale = -0.5 / (sd * sd);
    let most = Number.NEGATIVE_INFINITY;
    for (let q = 0; q < nodes.length; q++) {
      const d = nodes[q]! - mean;
      const value = log[q]! + scale * d * d;
      log[q] = value;
      if (value > most) most = value;
    }
    this.first = -1;
    this.#hasCumulated = false;
    let [s0, s1, s2, s3, s4] = [0, 0, 0, 0, 0];
    for (let q = 0; q < nodes.length; q++) {
      const below = log[q]! - most;
      if (below < negligible) {
        density[q] = floor;
        continue;
      }
      if (this.first < 0) this.first = q;
      this.last = q;
      const p = Math.exp(below);
      density[q] = p;
      const d = nodes[q]! - mean;
      const p2 = p * d * d;
      s0 += p;
      s1 += p * d;
      s2 += p2;
      s3 += p2 * d;
      s4 += p2 * d * d;
    }
    this.m1 = s1 / s0;
    this.m2 = s2 / s0;
    this.m3 = s3 / s0;
    this.m4 = s4 / s0;
    this.#most = most;
    const spacing = nodes[1]! - nodes[0]!;
    this.logLikelihood = most + Math.log((s0 * spacing) / (sd * 2.5066282746310002)); // √(2π)
  }

  /**
   * The ability below which the share `u` of the posterior lies. Between nodes the logarithm of the density is a straight line and the mass is
   * right to the fourth power of the spacing, so the distribution has density everywhere and keeps the posterior's mean and variance to about one in a
   * thousand; a straight line of the density itself would add 4 in 100 to the variance.
   * @param u in (0, 1)
   */
  quantile(u: number): number {
    const { nodes } = this.#likelihoods;
    const { first, last } = this;
    if (first === last) return nodes[first]!;
    const cumulated = this.#cumulated;
    if (!this.#hasCumulated) this.#cumulate();
    const left = u * cumulated[last]!;
    let [low, high] = [first, last - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulated[middle + 1]! < left) low = middle + 1;
      else high = middle;
    }
    const slope = this.#slope(low);
    const rest = (left - cumulated[low]!) / (cumulated[low + 1]! - cumulated[low]!);
    const share = Math.abs(slope) < flat ? rest : Math.log1p(rest * Math.expm1(slope)) / slope;
    return nodes[low]! + (nodes[low + 1]! - nodes[low]!) * Math.min(1, Math.max(0, share));
  }

  /** Change of the log density from node q to the next. */
  #slope(q: number): number {
    return Math.max(this.#log[q + 1]! - this.#most, negligible) - Math.max(this.#log[q]! - this.#most, negligible);
  }

  /** Masses up to each node: the exponential's between two nodes, and a twelfth of the curvature that it leaves out. */
  #cumulate(): void {
    const { density, first, last } = this;
    const cumulated = this.#cumulated;
    cumulated[first] = 0;
    let before = this.#slope(first);
    let slope = before;
    for (let q = first; q < last; q++) {
      const after = q + 1 < last ? this.#slope(q + 1) : slope;
      const [low, high] = [density[q]!, density[q + 1]!];
      const mass = Math.abs(slope) < flat ? (low + high) / 2 : (high - low) / slope;
      const curvature = Math.min(6, Math.max(-6, (before - after) / 2));
      cumulated[q + 1] = cumulated[q]! + mass * (1 + curvature / 12);
      before = slope;
      slope = after;
    }
    this.#hasCumulated = true;
  }
}

/** Below this change of the logarithm an exponential is a straight line to rounding. */
const flat = 1e-7;
