import type { Priors } from "./calibration.js";
import type { Expectation } from "./expectation.js";
import type { Layout, State } from "./layout.js";

/** The logarithm of the likelihood with priors, its gradient, and the information there would be were the abilities known. */
export interface Slope {
  readonly value: number;
  /** By Fisher's identity, from the expectation: exact. */
  readonly gradient: Float64Array;
  /** Blocks of the parameters of one item or one group: positions in the vector, and the information, row-major. */
  readonly blocks: readonly { readonly at: readonly number[]; readonly information: Float64Array }[];
}

interface Statistics {
  readonly at: readonly number[];
  /** Of category k: its value of each free parameter's statistic, where the first may be k · θ. */
  readonly slope: boolean;
  readonly categories: readonly number[];
}

function statisticsOf(layout: Layout, i: number): Statistics {
  const at: number[] = [];
  const categories: number[] = [];
  const slope = layout.slopeAt[i]! >= 0;
  if (slope) at.push(layout.slopeAt[i]!);
  for (let c = layout.offset[i]!; c < layout.offset[i + 1]!; c++)
    if (layout.interceptAt[c]! >= 0) {
      at.push(layout.interceptAt[c]!);
      categories.push(c - layout.offset[i]!);
    }
  return { at, slope, categories };
}

/** One plain item at one group's nodes: expected statistics and their covariance are added up. */
function addPlain(
  layout: Layout,
  { curves, itemCounts }: Expectation,
  i: number,
  g: number,
  { slope, categories, at }: Statistics,
  expected: Float64Array,
  information: Float64Array,
): void {
  const n = curves.nodes;
  const d = at.length;
  const first = slope ? 1 : 0;
  const row = (g * layout.observed.length + layout.offset[i]!) * n;
  const countRow = (g * layout.slopeAt.length + i) * n;
  const all = layout.offset[i + 1]! - layout.offset[i]!;
  for (let q = 0; q < n; q++) {
    const count = itemCounts[countRow + q]!;
    if (count === 0) continue;
    const theta = curves.theta[g * n + q]!;
    let [mean, square] = [0, 0];
    for (let k = 1; k < all; k++) {
      const p = curves.probability[row + k * n + q]!;
      mean += k * p;
      square += k * k * p;
    }
    if (slope) {
      expected[0]! += count * theta * mean;
      information[0]! += count * theta * theta * (square - mean * mean);
    }
    for (let a = 0; a < categories.length; a++) {
      const k = categories[a]!;
      const p = curves.probability[row + k * n + q]!;
      expected[first + a]! += count * p;
      if (slope) information[(first + a) * d]! += count * theta * p * (k - mean);
      information[(first + a) * d + first + a]! += count * p;
      for (let b = 0; b <= a; b++)
        information[(first + a) * d + first + b]! -= count * p * curves.probability[row + categories[b]! * n + q]!;
    }
  }
}

function symmetrise(a: Float64Array, d: number): void {
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) a[j * d + i] = a[i * d + j]!;
}

/** A three-parameter item at one group's nodes: slope, intercept and the logit of the guessing, those that are free. */
function addCurved(
  layout: Layout,
  state: State,
  { curves, itemCounts, rightCounts }: Expectation,
  i: number,
  g: number,
  free: readonly boolean[],
  gradient: Float64Array,
  information: Float64Array,
): void {
  const n = curves.nodes;
  const d = gradient.length;
  const row = (g * layout.observed.length + layout.offset[i]! + 1) * n;
  const countRow = (g * layout.slopeAt.length + i) * n;
  const guessing = state.guessing[i]!;
  const slopes = new Float64Array(3);
  for (let q = 0; q < n; q++) {
    const count = itemCounts[countRow + q]!;
    if (count === 0) continue;
    const theta = curves.theta[g * n + q]!;
    const p = curves.probability[row + q]!;
    const above = (p - guessing) / (1 - guessing);
    const perLogit = (1 - guessing) * above * (1 - above);
    slopes[0] = perLogit * theta;
    slopes[1] = perLogit;
    slopes[2] = (1 - above) * guessing * (1 - guessing);
    const variance = Math.max(p * (1 - p), 1e-300);
    const residual = (rightCounts[countRow + q]! - count * p) / variance;
    for (let a = 0, to = 0; a < 3; a++) {
      if (!free[a]) continue;
      gradient[to]! += residual * slopes[a]!;
      for (let b = 0, other = 0; b <= a; b++)
        if (free[b]) information[to * d + other++]! += (count * slopes[a]! * slopes[b]!) / variance;
      to++;
    }
  }
}

function curvedItem(layout: Layout, state: State, expectation: Expectation, i: number, gradient: Float64Array) {
  const places = [layout.slopeAt[i]!, layout.interceptAt[layout.offset[i]! + 1]!, layout.guessingAt[i]!];
  const at = places.filter((place) => place >= 0);
  const own = new Float64Array(at.length);
  const information = new Float64Array(at.length ** 2);
  const free = places.map((place) => place >= 0);
  for (let g = 0; g < state.mean.length; g++) addCurved(layout, state, expectation, i, g, free, own, information);
  at.forEach((place, a) => {
    gradient[place]! += own[a]!;
  });
  symmetrise(information, at.length);
  return { at, information };
}

function plainItem(layout: Layout, state: State, expectation: Expectation, i: number, gradient: Float64Array) {
  const statistics = statisticsOf(layout, i);
  const { at, slope, categories } = statistics;
  const expected = new Float64Array(at.length);
  const information = new Float64Array(at.length ** 2);
  for (let g = 0; g < state.mean.length; g++) addPlain(layout, expectation, i, g, statistics, expected, information);
  symmetrise(information, at.length);
  const first = slope ? 1 : 0;
  if (slope) gradient[at[0]!]! += expectation.scoreByAbility[i]! - expected[0]!;
  categories.forEach((k, a) => {
    gradient[at[first + a]!]! += layout.observed[layout.offset[i]! + k]! - expected[first + a]!;
  });
  return { at, information };
}

function groupBlock(
  layout: Layout,
  state: State,
  { curves, groupCounts }: Expectation,
  g: number,
  gradient: Float64Array,
) {
  const n = curves.nodes;
  const [mean, sd] = [state.mean[g]!, state.sd[g]!];
  let [count, first, second] = [0, 0, 0];
  for (let q = 0; q < n; q++) {
    const weight = groupCounts[g * n + q]!;
    const z = (curves.theta[g * n + q]! - mean) / sd;
    count += weight;
    first += weight * z;
    second += weight * (z * z - 1);
  }
  const [meanAt, sdAt] = [layout.meanAt[g]!, layout.sdAt[g]!];
  if (meanAt >= 0) gradient[meanAt]! += first / sd;
  if (sdAt >= 0) gradient[sdAt]! += second;
  const at = [meanAt, sdAt].filter((place) => place >= 0);
  const diagonal = [meanAt >= 0 ? [count / (sd * sd)] : [], sdAt >= 0 ? [2 * count] : []].flat();
  const information = new Float64Array(at.length ** 2);
  diagonal.forEach((value, a) => {
    information[a * at.length + a] = value;
  });
  return { at, information };
}

/** Adds the priors' logarithms and slopes: normal in the logit of guessing and in the logarithm of slopes. */
function addPriors(layout: Layout, state: State, priors: Priors, slope: Slope): number {
  let value = 0;
  const block = new Map(slope.blocks.flatMap((one) => one.at.map((place, a) => [place, { one, a }] as const)));
  const add = (place: number, first: number, curvature: number) => {
    slope.gradient[place]! += first;
    const { one, a } = block.get(place)!;
    one.information[a * one.at.length + a]! += curvature;
  };
  layout.free.forEach(({ kind, of }, place) => {
    if (kind === "guessing" && priors.guessing) {
      const { mean, sd } = priors.guessing;
      const apart = (Math.log(state.guessing[of]! / (1 - state.guessing[of]!)) - mean) / sd;
      value -= (apart * apart) / 2;
      add(place, -apart / sd, 1 / (sd * sd));
    } else if (kind === "slope" && priors.slope) {
      const { mean, sd } = priors.slope;
      const own = state.slope[of]!;
      const apart = (Math.log(own) - mean) / sd;
      value -= (apart * apart) / 2;
      add(place, -apart / (sd * own), 1 / (sd * own) ** 2);
    }
  });
  return Number.isNaN(value) ? -Infinity : value;
}

/** The logarithm of the likelihood, its gradient and the complete-data information, from an expectation at the same state. */
export function slopeAt(layout: Layout, state: State, expectation: Expectation, priors: Priors | undefined): Slope {
  const gradient = new Float64Array(layout.free.length);
  const blocks = layout.responses.items.map((_, i) =>
    (layout.curved[i] === 1 ? curvedItem : plainItem)(layout, state, expectation, i, gradient),
  );
  for (let g = 0; g < state.mean.length; g++) blocks.push(groupBlock(layout, state, expectation, g, gradient));
  const slope: Slope = { value: expectation.logLikelihood, gradient, blocks: blocks.filter(({ at }) => at.length > 0) };
  return priors ? { ...slope, value: slope.value + addPriors(layout, state, priors, slope) } : slope;
}
