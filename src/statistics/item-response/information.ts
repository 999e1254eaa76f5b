import type { Sample } from "./calibrate.js";
import type { CalibrationOptions, Nodes } from "./calibration.js";
import { type Expectation, expect, fillBase, rangeOf, scoreTable } from "./expectation.js";
import { slopeAt } from "./gradient.js";
import { type Layout, type State, stateOf, vectorOf } from "./layout.js";
import { scoresOf as readerOf } from "./packs.js";
import { Posterior } from "./posterior.js";
import { makeStrata, type Stratum } from "./strata.js";

/** What the complete-data score of a stratum's persons is made of: S = ξ θ + (what was observed) − F(θ), with ξ the item's score in slopes, 0 elsewhere. */
interface Parts {
  readonly count: number;
  /** Places in the vector of what is estimated; slopes first. */
  readonly at: Int32Array;
  readonly slopes: number;
  /** Of each slope: its item's place among the stratum's items. */
  readonly place: Int32Array;
  /** Parts × nodes. */
  readonly f: Float64Array;
}

function partsOf(layout: Layout, state: State, { curves }: Expectation, { items, group }: Stratum): Parts {
  const n = curves.nodes;
  const theta = curves.theta.subarray(group * n, (group + 1) * n);
  const at: number[] = [];
  const place: number[] = [];
  const rows: Float64Array[] = [];
  const probability = (item: number, k: number) => {
    const row = (group * layout.observed.length + layout.offset[item]! + k) * n;
    return curves.probability.subarray(row, row + n);
  };
  items.forEach((item, j) => {
    if (layout.slopeAt[item]! < 0) return;
    at.push(layout.slopeAt[item]!);
    place.push(j);
    const row = new Float64Array(n);
    for (let k = 1; k <= layout.responses.items[item]!.maximum; k++)
      probability(item, k).forEach((p, q) => {
        row[q]! += k * p * theta[q]!;
      });
    rows.push(row);
  });
  const slopes = at.length;
  for (const item of items)
    for (let k = 0; k <= layout.responses.items[item]!.maximum; k++) {
      const own = layout.interceptAt[layout.offset[item]! + k]!;
      if (own < 0) continue;
      at.push(own);
      rows.push(probability(item, k));
    }
  const [mean, sd] = [state.mean[group]!, state.sd[group]!];
  if (layout.meanAt[group]! >= 0) {
    at.push(layout.meanAt[group]!);
    rows.push(theta.map((one) => -(one - mean) / (sd * sd)));
  }
  if (layout.sdAt[group]! >= 0) {
    at.push(layout.sdAt[group]!);
    rows.push(theta.map((one) => -(((one - mean) / sd) ** 2)));
  }
  const f = new Float64Array(rows.length * n);
  rows.forEach((row, d) => {
    f.set(row, d * n);
  });
  return { count: at.length, at: Int32Array.from(at), slopes, place: Int32Array.from(place), f };
}

/** Posteriors at some weighted scores, with the persons put on them. */
interface Points {
  readonly t: Float64Array;
  readonly weight: Float64Array;
  /** Points × slopes: sums of weight and score. */
  readonly scores: Float64Array;
  /** Slopes × slopes, lower triangle: sums of weight, both scores and posterior variance. */
  readonly products: Float64Array;
}

/** Six-point Lagrange weights at `u` in 2 … 3 of the points 0 … 5. */
function lagrange(u: number, into: Float64Array): void {
  for (let a = 0; a < 6; a++) {
    let value = 1;
    for (let b = 0; b < 6; b++) if (b !== a) value *= (u - b) / (a - b);
    into[a] = value;
  }
}

interface Walk {
  readonly layout: Layout;
  readonly stratum: Stratum;
  readonly parts: Parts;
  /** Weighted score of each person. */
  readonly t: Float64Array;
}

function scoresOf(layout: Layout, state: State, stratum: Stratum): Float64Array {
  const { packs, weight } = stratum;
  const t = new Float64Array(weight.length);
  if (!packs) return t;
  const table = scoreTable(layout, state, stratum, packs);
  for (let p = 0, row = 0; p < t.length; p++, row += packs.count)
    for (let b = 0; b < packs.count; b++) t[p]! += table[packs.offset[b]! + packs.codes[row + b]!]!;
  return t;
}

/** Puts each person on the points: on six of a grid, or on one of its own where a stratum is smaller than its grid. */
function pointsOf({ layout, stratum, parts, t }: Walk, state: State, varianceAt: (t: number) => number): Points {
  const { weight, cells } = stratum;
  if (cells) return { t: cells.t, weight: cells.weight, scores: new Float64Array(0), products: new Float64Array(0) };
  const { least, most, step } = rangeOf(layout, state, stratum);
  const onGrid = weight.length > (most - least) / step + 8;
  const count = onGrid ? Math.ceil((most - least) / step) + 6 : weight.length;
  const from = least - 2 * step;
  const at = onGrid ? Float64Array.from({ length: count }, (_, k) => from + k * step) : t;
  const variance = at.map(varianceAt);
  const points: Points = {
    t: at,
    weight: new Float64Array(count),
    scores: new Float64Array(count * parts.slopes),
    products: new Float64Array(parts.slopes ** 2),
  };
  const share = Float64Array.of(1, 0, 0, 0, 0, 0);
  const scored = new Int32Array(parts.slopes);
  const score = new Float64Array(parts.slopes);
  const given = new Uint8Array(stratum.items.length);
  const read = readerOf(layout, stratum);
  for (let p = 0; p < weight.length; p++) {
    const along = onGrid ? (t[p]! - from) / step : p;
    const first = onGrid ? Math.min(count - 6, Math.max(0, Math.floor(along) - 2)) : p;
    if (onGrid) lagrange(along - first, share);
    let some = 0;
    read(p, given);
    for (let s = 0; s < parts.slopes; s++) {
      const own = given[parts.place[s]!]!;
      if (own === 0) continue;
      scored[some] = s;
      score[some++] = own;
    }
    let spread = 0;
    for (let k = 0; k < (onGrid ? 6 : 1); k++) {
      const w = weight[p]! * share[k]!;
      points.weight[first + k]! += w;
      spread += w * variance[first + k]!;
      const row = (first + k) * parts.slopes;
      for (let a = 0; a < some; a++) points.scores[row + scored[a]!]! += w * score[a]!;
    }
    for (let a = 0; a < some; a++) {
      const row = scored[a]! * parts.slopes;
      const w = spread * score[a]!;
      for (let b = 0; b <= a; b++) points.products[row + scored[b]!]! += w * score[b]!;
    }
  }
  return points;
}

/** Adds to `missing` (parts × parts, lower triangle) the posterior covariance of the complete-data score, summed over a stratum's persons. */
function addCovariance(
  parts: Parts,
  points: Points,
  posterior: (t: number) => Posterior,
  theta: Float64Array,
  missing: Float64Array,
): void {
  const { count: d, slopes, f } = parts;
  const n = theta.length;
  const counts = new Float64Array(n);
  const mean = new Float64Array(d);
  const along = new Float64Array(d);
  for (let k = 0; k < points.t.length; k++) {
    const weight = points.weight[k]!;
    if (weight === 0) continue;
    const post = posterior(points.t[k]!);
    const { low, high } = post;
    for (let q = low; q < high; q++) counts[q]! += weight * post.weight[q]!;
    for (let a = 0; a < d; a++) {
      let [first, cross] = [0, 0];
      const row = a * n;
      for (let q = low; q < high; q++) {
        const w = post.weight[q]! * f[row + q]!;
        first += w;
        cross += w * (theta[q]! - post.mean);
      }
      mean[a] = first;
      along[a] = cross;
    }
    for (let a = 0; a < d; a++) {
      const w = weight * mean[a]!;
      for (let b = 0; b <= a; b++) missing[a * d + b]! -= w * mean[b]!;
    }
    for (let s = 0; s < slopes; s++) {
      const score = points.scores[k * slopes + s]!;
      if (score === 0) continue;
      for (let b = 0; b <= s; b++) missing[s * d + b]! -= score * along[b]!;
      for (let a = s; a < d; a++) missing[a * d + s]! -= score * along[a]!;
    }
  }
  for (let q = 0; q < n; q++) {
    if (counts[q] === 0) continue;
    for (let a = 0; a < d; a++) {
      const w = counts[q]! * f[a * n + q]!;
      for (let b = 0; b <= a; b++) missing[a * d + b]! += w * f[b * n + q]!;
    }
  }
  for (let a = 0; a < slopes; a++) for (let b = 0; b <= a; b++) missing[a * d + b]! += points.products[a * slopes + b]!;
}

/** The information there would be were the abilities known, of items by their blocks and of groups. */
function completeInformation(layout: Layout, state: State, expectation: Expectation): Float64Array {
  const p = layout.free.length;
  const out = new Float64Array(p * p);
  const { blocks } = slopeAt(layout, state, expectation, undefined);
  for (const { at, information } of blocks)
    at.forEach((a, i) => {
      at.forEach((b, j) => {
        out[a * p + b] = information[i * at.length + j]!;
      });
    });
  const { theta, nodes: n } = expectation.curves;
  for (let g = 0; g < state.mean.length; g++) {
    const [mean, sd] = [layout.meanAt[g]!, layout.sdAt[g]!];
    let [first, second] = [0, 0];
    for (let q = 0; q < n; q++) {
      const z = (theta[g * n + q]! - state.mean[g]!) / state.sd[g]!;
      first += expectation.groupCounts[g * n + q]! * z;
      second += expectation.groupCounts[g * n + q]! * z * z;
    }
    if (sd >= 0) out[sd * p + sd] = 2 * second;
    if (sd >= 0 && mean >= 0) {
      out[sd * p + mean] = (2 * first) / state.sd[g]!;
      out[mean * p + sd] = (2 * first) / state.sd[g]!;
    }
  }
  return out;
}

/**
 * By Louis' (1982) identity: the complete-data information less the posterior covariance of the complete-data score. Items of the exponential family, all
 * given to everybody in their stratum.
 */
function byLouis({ layout, strata }: Sample, state: State, nodes: Nodes): Float64Array {
  const expectation = expect(layout, strata, state, nodes);
  const out = completeInformation(layout, state, expectation);
  const p = layout.free.length;
  const n = nodes.z.length;
  const base = new Float64Array(n);
  const posterior = new Posterior(n);
  const logShare = nodes.share.map(Math.log);
  for (const stratum of strata) {
    fillBase(layout, expectation.curves, logShare, stratum, base);
    const theta = expectation.curves.theta.subarray(stratum.group * n, (stratum.group + 1) * n);
    const at = (t: number) => {
      posterior.at(t, theta, 0, base);
      return posterior;
    };
    const parts = partsOf(layout, state, expectation, stratum);
    const varianceAt = (t: number) => {
      const { low, high, weight, mean } = at(t);
      let variance = 0;
      for (let q = low; q < high; q++) variance += weight[q]! * (theta[q]! - mean) ** 2;
      return variance;
    };
    const points = pointsOf({ layout, stratum, parts, t: scoresOf(layout, state, stratum) }, state, varianceAt);
    const missing = new Float64Array(parts.count ** 2);
    addCovariance(parts, points, at, theta, missing);
    for (let a = 0; a < parts.count; a++)
      for (let b = 0; b <= a; b++) {
        const [i, j] = [parts.at[a]!, parts.at[b]!];
        out[i * p + j]! -= missing[a * parts.count + b]!;
        if (i !== j) out[j * p + i]! -= missing[a * parts.count + b]!;
      }
  }
  return out;
}

/** A hundredth of the complete-data standard error: the quadratic's next terms are then a ten thousandth of it. */
const differenceStep = 0.01;

/** By central differences of the exact gradient. */
export function byDifferences(
  { layout, strata, known }: Sample,
  state: State,
  nodes: Nodes,
  options: CalibrationOptions,
): Float64Array {
  const x = vectorOf(layout, state);
  const p = x.length;
  const slopeOf = (at: Float64Array) => {
    const there = stateOf(layout, known, at);
    return slopeAt(layout, there, expect(layout, strata, there, nodes), options.priors);
  };
  const scale = new Float64Array(p).fill(1);
  for (const { at, information } of slopeOf(x).blocks)
    at.forEach((place, a) => {
      scale[place] = 1 / Math.sqrt(Math.max(information[a * at.length + a]!, 1e-8));
    });
  const out = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    const step = differenceStep * scale[j]!;
    const gradientAt = (side: number) => slopeOf(x.map((value, i) => (i === j ? value + side * step : value))).gradient;
    const [up, down] = [gradientAt(1), gradientAt(-1)];
    for (let i = 0; i < p; i++) out[i * p + j] = (down[i]! - up[i]!) / (2 * step);
  }
  for (let i = 0; i < p; i++)
    for (let j = 0; j < i; j++) {
      const value = (out[i * p + j]! + out[j * p + i]!) / 2;
      out[i * p + j] = value;
      out[j * p + i] = value;
    }
  return out;
}

/**
 * The observed information: minus the second derivatives of the logarithm of the likelihood (with priors, where there are some) in the vector of what is
 * estimated. p×p, symmetric.
 */
export function observedInformation(
  sample: Sample,
  state: State,
  nodes: Nodes,
  options: CalibrationOptions,
): Float64Array {
  const { layout, known, strata } = sample;
  if (options.priors !== undefined || layout.curved.includes(1)) return byDifferences(sample, state, nodes, options);
  // Louis' identity takes every person's own items: those who lack some, taken together for the fit, are taken apart.
  const isPatchy = strata.some(({ patchy }) => patchy);
  return byLouis(isPatchy ? { ...sample, strata: makeStrata(layout, known, false) } : sample, state, nodes);
}
