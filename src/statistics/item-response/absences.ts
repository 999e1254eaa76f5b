import type { Layout } from "./layout.js";
import { scoresOf } from "./packs.js";
import { notAdministered } from "./responses.js";
import type { Stratum } from "./strata.js";

/** Which of a patchy stratum's items each person wasn't given: a bit an item, so many items a byte. */
export interface Absences {
  readonly count: number;
  /** Persons × count. Bit j of byte b: the item at place b · `itemsAtOnce` + j. */
  readonly codes: Uint8Array;
  /** Share of the items that a person was given, over all persons. */
  readonly given: number;
}

/** Each byte has a table with a row a pattern and a column a node: with more items the tables would leave the processor's cache. */
const itemsAtOnce = 4;
const patterns = 2 ** itemsAtOnce;

/** Writes down what each person of a stratum wasn't given. */
export function absencesOf(layout: Layout, stratum: Omit<Stratum, "packs" | "cells" | "absences">): Absences {
  const width = stratum.items.length;
  const count = Math.ceil(width / itemsAtOnce);
  const codes = new Uint8Array(stratum.persons.length * count);
  const own = new Uint8Array(width);
  const read = scoresOf(layout, stratum);
  let absent = 0;
  for (let p = 0, row = 0; p < stratum.persons.length; p++, row += count) {
    read(p, own);
    for (let j = 0; j < width; j++)
      if (own[j] === notAdministered) {
        codes[row + Math.floor(j / itemsAtOnce)]! |= 1 << (j % itemsAtOnce);
        absent++;
      }
  }
  return { count, codes, given: 1 - absent / (width * stratum.persons.length) };
}

/** A stratum at one state of the parameters, as its persons are told apart by. */
export interface ScatteredAt {
  /** The group's nodes, equally spaced. */
  readonly theta: Float64Array;
  /** Logarithm of each node's share less the logarithmic sums of all items. */
  readonly base: Float64Array;
  /** Logarithmic sum of the item at a place, by node. */
  readonly logSum: (place: number) => Float64Array;
  /** Weighted scores that the items allow. */
  readonly range: { readonly least: number; readonly most: number };
  readonly given: number;
}

/** A weight this much smaller than the largest (e⁻³⁶) is nothing; the window's edges are looked at for every person. */
const negligible = 36;
const edge = 1e-12;
const bins = 256;

/**
 * The posteriors of persons who lack items here and there, of the exponential family. With A the sum of all items' logarithmic sums and A_m that of what
 * is missing, log L(θ) = t θ − A(θ) + A_m(θ). Persons are put to the nearest of some weighted scores whose exp(t θ − A) is known at every node; what is
 * missing, and the rest of t, is multiplied in: no exponential function a person and node is needed, and nothing is interpolated. The straight part
 * of A_m goes into t, so that the window of nodes that matter stays where it is.
 */
export class ScatteredPosteriors {
  /** Of the last person: the posterior at each node from `low` up to `high`, times `sum`. */
  private readonly weight: Float64Array;
  private sum = 0;
  private low = 0;
  private high = 0;
  mean = 0;
  logLikelihood = 0;
  /** (Bytes × patterns) × nodes: weighted persons who lack a pattern. */
  readonly counts: Float64Array;
  private readonly at: ScatteredAt;
  private readonly nodes: number;
  private readonly step: number;
  private readonly known = new Uint8Array(bins);
  private readonly window = new Int32Array(3 * bins);
  private readonly peak = new Float64Array(bins);
  private readonly likelihood: Float64Array;
  /** Of each pattern: the straight part's slope and level, and what is left, as a factor at each node. */
  private readonly slope: Float64Array;
  private readonly level: Float64Array;
  private readonly factor: Float64Array;
  /** Of the last person: the rows of the patterns that are missing. */
  private readonly rows: Int32Array;
  private some = 0;

  constructor(at: ScatteredAt, places: number) {
    const n = at.theta.length;
    this.at = at;
    this.nodes = n;
    this.weight = new Float64Array(n);
    this.step = Math.max(at.range.most - at.range.least, 1e-9) / (bins - 1);
    this.likelihood = new Float64Array(bins * n);
    const rows = Math.ceil(places / itemsAtOnce) * patterns;
    this.slope = new Float64Array(rows);
    this.level = new Float64Array(rows);
    this.factor = new Float64Array(rows * n);
    this.counts = new Float64Array(rows * n);
    this.rows = new Int32Array(rows + 3);
    this.fillFactors(places);
  }

  private fillFactors(places: number): void {
    const { factor, nodes: n, slope, level, at } = this;
    const { theta } = at;
    const middle = n >> 1;
    const straight = (row: number) =>
      (factor[row + middle + 1]! - factor[row + middle - 1]!) / (2 * (theta[1]! - theta[0]!));
    for (let j = 0; j < places; j++) {
      const sum = at.logSum(j);
      const first = Math.floor(j / itemsAtOnce) * patterns;
      for (let code = 1; code < patterns; code++)
        if (((code >> (j % itemsAtOnce)) & 1) === 1)
          for (let q = 0, to = (first + code) * n; q < n; q++) factor[to + q]! += sum[q]!;
    }
    for (let m = 0; m < slope.length; m++) {
      const row = m * n;
      const own = straight(row);
      const height = factor[row + middle]! - own * theta[middle]!;
      slope[m] = own;
      level[m] = height;
      for (let q = 0; q < n; q++) factor[row + q] = Math.exp(factor[row + q]! - height - own * theta[q]!);
    }
  }

  private fillBin(k: number): void {
    const { at, nodes: n, likelihood, window } = this;
    const { theta, base } = at;
    const t = at.range.least + k * this.step;
    let peak = 0;
    for (let q = 0; q < n; q++) {
      const value = t * theta[q]! + base[q]!;
      likelihood[k * n + q] = value;
      if (value > likelihood[k * n + peak]!) peak = q;
    }
    const largest = likelihood[k * n + peak]!;
    // Whoever has fewer items than all has a wider posterior.
    const least = largest - negligible / at.given;
    let [low, high] = [peak, peak + 1];
    while (low > 0 && likelihood[k * n + low - 1]! > least) low--;
    while (high < n && likelihood[k * n + high]! > least) high++;
    for (let q = 0; q < n; q++) likelihood[k * n + q] = Math.exp(likelihood[k * n + q]! - largest);
    window.set([low, high, peak], 3 * k);
    this.peak[k] = largest;
    this.known[k] = 1;
  }

  /**
   * The posterior of one person, into `weight`, `mean` and `logLikelihood`.
   * @param score weighted score on what was given
   * @param from where the person's bytes begin
   */
  find(score: number, { codes, count }: Absences, from: number): void {
    const { slope, level, rows, weight, nodes: n, at } = this;
    let t = score;
    let height = 0;
    let some = 0;
    for (let b = 0; b < count; b++) {
      const code = codes[from + b]!;
      if (code === 0) continue;
      const m = b * patterns + code;
      t += slope[m]!;
      height += level[m]!;
      rows[some++] = m * n;
    }
    // Three rows are multiplied at a time; the row of nothing, all ones, fills them up.
    while (some === 0 || some % 3 !== 0) rows[some++] = 0;
    this.some = some;
    const k = Math.min(bins - 1, Math.max(0, Math.round((t - at.range.least) / this.step)));
    if (this.known[k] === 0) this.fillBin(k);
    this.multiply(k, t, this.window[3 * k]!, this.window[3 * k + 1]!);
    for (;;) {
      const { low, high } = this;
      const most = edge * this.sum;
      const [lower, higher] = [low > 0 && weight[low]! > most, high < n && weight[high - 1]! > most];
      if (!lower && !higher) break;
      const more = 2 + ((high - low) >> 2);
      this.multiply(k, t, lower ? Math.max(0, low - more) : low, higher ? Math.min(n, high + more) : high);
    }
    this.logLikelihood += height;
  }

  private multiply(k: number, t: number, low: number, high: number): void {
    const { weight, likelihood, factor, rows, some, nodes: n, at } = this;
    const { theta } = at;
    const rest = t - (at.range.least + k * this.step);
    const middle = theta[this.window[3 * k + 2]!]!;
    const ratio = Math.exp(rest * (theta[1]! - theta[0]!));
    let power = Math.exp(rest * (theta[low]! - middle));
    let a = rows[0]! + low;
    let b = rows[1]! + low;
    let c = rows[2]! + low;
    let sum = 0;
    let first = 0;
    for (let q = low, own = k * n + low; q < high; q++, own++, a++, b++, c++) {
      const value = likelihood[own]! * power * (factor[a]! * factor[b]! * factor[c]!);
      power *= ratio;
      weight[q] = value;
      sum += value;
      first += value * theta[q]!;
    }
    for (let i = 3; i < some; i += 3) {
      a = rows[i]! + low;
      b = rows[i + 1]! + low;
      c = rows[i + 2]! + low;
      sum = 0;
      first = 0;
      for (let q = low; q < high; q++, a++, b++, c++) {
        const value = weight[q]! * (factor[a]! * factor[b]! * factor[c]!);
        weight[q] = value;
        sum += value;
        first += value * theta[q]!;
      }
    }
    this.low = low;
    this.high = high;
    this.sum = sum;
    this.mean = first / sum;
    this.logLikelihood = this.peak[k]! + rest * middle + Math.log(sum);
  }

  /** Adds the last person to `into`, by node, and to the counts of what the person lacks. */
  count(personWeight: number, into: Float64Array): void {
    const { weight, counts, rows, some, low, high } = this;
    const scale = personWeight / this.sum;
    let a = rows[0]! + low;
    let b = rows[1]! + low;
    let c = rows[2]! + low;
    for (let q = low; q < high; q++, a++, b++, c++) {
      const value = weight[q]! * scale;
      weight[q] = value;
      into[q]! += value;
      counts[a]! += value;
      counts[b]! += value;
      counts[c]! += value;
    }
    for (let i = 3; i < some; i += 3) {
      a = rows[i]! + low;
      b = rows[i + 1]! + low;
      c = rows[i + 2]! + low;
      for (let q = low; q < high; q++, a++, b++, c++) {
        const value = weight[q]!;
        counts[a]! += value;
        counts[b]! += value;
        counts[c]! += value;
      }
    }
  }

  /** Weighted persons at each node who weren't given the item at a place, taken off `from` on of what is known of it. */
  takeAbsent(place: number, counts: Float64Array, from: number): void {
    const n = this.nodes;
    const first = Math.floor(place / itemsAtOnce) * patterns;
    for (let code = 1; code < patterns; code++)
      if (((code >> (place % itemsAtOnce)) & 1) === 1)
        for (let q = 0, at = (first + code) * n; q < n; q++) counts[from + q]! -= this.counts[at + q]!;
  }
}
