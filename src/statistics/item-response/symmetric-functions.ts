/**
 * Categories of the items that some persons were given, with weights ε: the elementary symmetric function γ(s) is the sum, over the ways of scoring s in
 * all, of the products of the weights. Everything here adds and multiplies numbers above zero, so that nothing is lost to differences (Verhelst, Glas & van
 * der Sluis, 1984).
 */
export interface WeightedItems {
  /** Items + 1: where an item's weights begin; category k stands at `start[i] + k`. */
  readonly start: Int32Array;
  readonly weight: Float64Array;
}

/** What weighted numbers of persons with each score are expected to have done. */
export interface ConditionalExpectation {
  /** Sum over scores of persons × log γ. */
  readonly logarithm: number;
  /** By category: expected persons. */
  readonly first: Float64Array;
  /** Category × category: the covariance of the categories' indicators, summed over persons. */
  readonly covariance: Float64Array | null;
}

/** Partial products: row j holds γ of the first j items. (items + 1) × (highest score + 1). */
function products({ start, weight }: WeightedItems, width: number): Float64Array {
  const items = start.length - 1;
  const g = new Float64Array((items + 1) * width);
  g[0] = 1;
  let highest = 0;
  for (let j = 0; j < items; j++) {
    const [from, to] = [j * width, (j + 1) * width];
    const maximum = start[j + 1]! - start[j]! - 1;
    for (let k = 0; k <= maximum; k++) {
      const w = weight[start[j]! + k]!;
      if (w > 0) for (let s = 0; s <= highest; s++) g[to + s + k]! += w * g[from + s]!;
    }
    highest += maximum;
  }
  return g;
}

/** What each row of the products counts for in Σ persons × log γ: the same recursion backwards. */
function backwards({ start, weight }: WeightedItems, width: number, last: Float64Array): Float64Array {
  const items = start.length - 1;
  const h = new Float64Array((items + 1) * width);
  h.set(last, items * width);
  for (let j = items - 1; j >= 0; j--) {
    const [to, from] = [j * width, (j + 1) * width];
    const maximum = start[j + 1]! - start[j]! - 1;
    for (let k = 0; k <= maximum; k++) {
      const w = weight[start[j]! + k]!;
      if (w > 0) for (let s = 0; s + k < width; s++) h[to + s]! += w * h[from + s + k]!;
    }
  }
  return h;
}

/** Probability of each category given each score that somebody has: scores × categories. */
function givenScore(items: WeightedItems, width: number, g: Float64Array, scores: readonly number[]): Float64Array {
  const { start, weight } = items;
  const count = start.length - 1;
  const categories = weight.length;
  const out = new Float64Array(scores.length * categories);
  scores.forEach((score, r) => {
    const last = new Float64Array(width);
    last[score] = 1 / g[count * width + score]!;
    const h = backwards(items, width, last);
    for (let j = 0; j < count; j++)
      for (let c = start[j]!; c < start[j + 1]!; c++) {
        const k = c - start[j]!;
        if (!(weight[c]! > 0)) continue;
        let sum = 0;
        for (let s = 0; s + k < width; s++) sum += h[(j + 1) * width + s + k]! * g[j * width + s]!;
        out[r * categories + c] = sum * weight[c]!;
      }
  });
  return out;
}

/** Adds the expected numbers of persons in both of two categories of different items. */
function addPairs(items: WeightedItems, width: number, g: Float64Array, h: Float64Array, into: Float64Array): void {
  const { start, weight } = items;
  const count = start.length - 1;
  const n = weight.length;
  let [own, next] = [new Float64Array(width), new Float64Array(width)];
  for (let i = 0; i < count; i++)
    for (let c = start[i]!; c < start[i + 1]!; c++) {
      if (!(weight[c]! > 0)) continue;
      const k = c - start[i]!;
      own.fill(0);
      for (let s = 0; s + k < width; s++) own[s + k] = weight[c]! * g[i * width + s]!;
      for (let j = i + 1; j < count; j++) {
        next.fill(0);
        for (let d = start[j]!; d < start[j + 1]!; d++) {
          const w = weight[d]!;
          if (!(w > 0)) continue;
          const l = d - start[j]!;
          let sum = 0;
          for (let s = 0; s + l < width; s++) {
            sum += h[(j + 1) * width + s + l]! * own[s]!;
            next[s + l]! += w * own[s]!;
          }
          into[c * n + d]! += w * sum;
          into[d * n + c]! += w * sum;
        }
        [own, next] = [next, own];
      }
    }
}

/** Weights at another ability: ε(k) e^{kθ}, made to sum to 1 in each item. */
function tilted({ start, weight }: WeightedItems, theta: number): { items: WeightedItems; logScale: number } {
  const out = new Float64Array(weight.length);
  let logScale = 0;
  for (let j = 0; j + 1 < start.length; j++) {
    let sum = 0;
    for (let c = start[j]!; c < start[j + 1]!; c++) sum += out[c] = weight[c]! * Math.exp(theta * (c - start[j]!));
    for (let c = start[j]!; c < start[j + 1]!; c++) out[c]! /= sum;
    logScale += Math.log(sum);
  }
  return { items: { start, weight: out }, logScale };
}

/** Below this a probability of a score is too near to what double precision can't tell from zero. */
const tiny = 1e-200;
const farAbilities = [0, -3, 3, -6, 6, -9, 9, -12, 12, -16, 16, -20, 20];

/**
 * What persons with given scores are expected to have done, by the symmetric functions of the weights. Weights are scaled so that γ(s) is the probability of
 * score s at some ability; scores too improbable at one are taken at another.
 *
 * @param persons weighted number with each score, 0 … highest
 * @param second whether the covariance is wanted
 */
export function conditionalExpectation(
  given: WeightedItems,
  persons: Float64Array,
  second: boolean,
): ConditionalExpectation {
  const width = persons.length;
  const categories = given.weight.length;
  const count = given.start.length - 1;
  const first = new Float64Array(categories);
  const covariance = second ? new Float64Array(categories * categories) : null;
  let left = Array.from({ length: width }, (_, s) => s).filter((s) => persons[s]! > 0);
  let logarithm = 0;
  for (const theta of farAbilities) {
    if (left.length === 0) break;
    const { items, logScale } = tilted(given, theta);
    const g = products(items, width);
    const gamma = g.subarray(count * width);
    const here = left.filter((s) => gamma[s]! > tiny);
    left = left.filter((s) => !(gamma[s]! > tiny));
    const last = new Float64Array(width);
    for (const s of here) {
      last[s] = persons[s]! / gamma[s]!;
      logarithm += persons[s]! * (Math.log(gamma[s]!) + logScale - theta * s);
    }
    const h = backwards(items, width, last);
    addFirst(items, width, g, h, first);
    if (!covariance) continue;
    addPairs(items, width, g, h, covariance);
    const p = givenScore(items, width, g, here);
    here.forEach((s, r) => {
      for (let a = 0; a < categories; a++) {
        const w = persons[s]! * p[r * categories + a]!;
        if (w > 0) for (let b = 0; b < categories; b++) covariance[a * categories + b]! -= w * p[r * categories + b]!;
      }
    });
  }
  if (left.length > 0) logarithm = Number.NaN;
  if (covariance) for (let a = 0; a < categories; a++) covariance[a * categories + a]! += first[a]!;
  return { logarithm, first, covariance };
}

function addFirst(
  { start, weight }: WeightedItems,
  width: number,
  g: Float64Array,
  h: Float64Array,
  first: Float64Array,
): void {
  for (let j = 0; j + 1 < start.length; j++)
    for (let c = start[j]!; c < start[j + 1]!; c++) {
      if (!(weight[c]! > 0)) continue;
      const k = c - start[j]!;
      let sum = 0;
      for (let s = 0; s + k < width; s++) sum += h[(j + 1) * width + s + k]! * g[j * width + s]!;
      first[c]! += sum * weight[c]!;
    }
}

/**
 * Probability of each category given a score, at any ability where the score is likely enough to tell.
 * @param scores whole, each possible with the categories that have a weight
 * @returns scores × categories, row-major
 */
export function categoriesGivenScore(given: WeightedItems, scores: readonly number[]): Float64Array {
  const categories = given.weight.length;
  const out = new Float64Array(scores.length * categories);
  const width = categories - (given.start.length - 1) + 1;
  let left = scores.map((_, r) => r);
  for (const theta of farAbilities) {
    if (left.length === 0) break;
    const { items } = tilted(given, theta);
    const g = products(items, width);
    const gamma = g.subarray((given.start.length - 1) * width);
    const here = left.filter((r) => gamma[scores[r]!]! > tiny);
    left = left.filter((r) => !(gamma[scores[r]!]! > tiny));
    const found = givenScore(
      items,
      width,
      g,
      here.map((r) => scores[r]!),
    );
    here.forEach((r, k) => {
      out.set(found.subarray(k * categories, (k + 1) * categories), r * categories);
    });
  }
  return out;
}
