import { invertPositiveDefinite, NotPositiveDefiniteError } from "../linear-algebra/dense.js";
import type { CalibrationOptions, FreeParameter } from "./calibration.js";
import { cautionsOf } from "./cautions.js";
import { checkCalibration } from "./identification.js";
import type { ItemParameters } from "./items.js";
import { itemParameters, type Layout, layOut, type State } from "./layout.js";
import type { Caution, Outcome, Refusal } from "./outcome.js";
import { checkResponses, type Responses } from "./responses.js";
import { placeOnItems } from "./scale.js";
import { makeStrata } from "./strata.js";
import { conditionalExpectation } from "./symmetric-functions.js";

/** Item parameters by conditional maximum likelihood: no assumption on the persons. */
export interface ConditionalFit {
  /** Rasch or partial credit, mean difficulty 0. */
  readonly items: ItemParameters;
  /** Of the responses given each person's score and items. */
  readonly logLikelihood: number;
  readonly free: readonly FreeParameter[];
  readonly standardError: Float64Array;
  /** p×p, in the order of `free`; singular along the scale's origin, which the mean difficulty holds. */
  readonly covariance: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  readonly reason: string;
  /** Largest element of the gradient, in its standard errors were the others known. */
  readonly gradient: number;
  readonly cautions: readonly Caution[];
}

/** Persons by score who were given the same items. */
interface ScoreGroup {
  readonly items: Uint16Array;
  /** Items + 1: where the categories begin. */
  readonly start: Int32Array;
  /** Of each category: its place among all categories, and in the vector of what is estimated (−1: known). */
  readonly category: Int32Array;
  readonly at: Int32Array;
  readonly persons: Float64Array;
}

function scoreGroups(layout: Layout, state: State): readonly ScoreGroup[] {
  return makeStrata(layout, state, false).map(({ items, cells }) => {
    const start = new Int32Array(items.length + 1);
    const category: number[] = [];
    items.forEach((item, j) => {
      for (let c = layout.offset[item]!; c < layout.offset[item + 1]!; c++) category.push(c);
      start[j + 1] = category.length;
    });
    const persons = new Float64Array(category.length - items.length + 1);
    cells?.t.forEach((score, k) => {
      persons[score]! += cells.weight[k]!;
    });
    const at = Int32Array.from(category, (c) => layout.interceptAt[c]!);
    return { items, start, category: Int32Array.from(category), at, persons };
  });
}

interface Point {
  readonly value: number;
  readonly gradient: Float64Array;
  /** p×p. */
  readonly information: Float64Array;
}

function evaluate(layout: Layout, groups: readonly ScoreGroup[], intercept: Float64Array): Point {
  const p = layout.free.length;
  const gradient = Float64Array.from(
    layout.free,
    ({ of, category }) => layout.observed[layout.offset[of]! + category]!,
  );
  const information = new Float64Array(p * p);
  let value = 0;
  layout.observed.forEach((count, c) => {
    if (count > 0) value += count * intercept[c]!;
  });
  for (const { start, category, at, persons } of groups) {
    const weight = Float64Array.from(category, (c) => Math.exp(intercept[c]!));
    const { logarithm, first, covariance } = conditionalExpectation({ start, weight }, persons, true);
    value -= logarithm;
    for (let a = 0; a < at.length; a++) {
      if (at[a]! < 0) continue;
      gradient[at[a]!]! -= first[a]!;
      for (let b = 0; b < at.length; b++)
        if (at[b]! >= 0) information[at[a]! * p + at[b]!]! += covariance![a * at.length + b]!;
    }
  }
  return { value, gradient, information };
}

/** The information with the scale's origin held: it is zero along the direction in which every intercept moves by its category. */
function heldInverse(layout: Layout, information: Float64Array): Float64Array {
  const p = layout.free.length;
  const along = Float64Array.from(layout.free, ({ of, category }) => category - layout.lowest[of]!);
  let [trace, square] = [0, 0];
  for (let j = 0; j < p; j++) {
    trace += information[j * p + j]!;
    square += along[j]! ** 2;
  }
  const held = information.map(
    (value, k) => value + ((trace / square) * along[Math.floor(k / p)]! * along[k % p]!) / p,
  );
  return invertPositiveDefinite(held, p).inverse;
}

const mostSteps = 60;
const tolerance = 1e-7;

function times(a: Float64Array, v: Float64Array): Float64Array {
  return v.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < v.length; j++) sum += a[i * v.length + j]! * v[j]!;
    return sum;
  });
}

interface Search {
  readonly point: Point;
  readonly intercept: Float64Array;
  readonly inverse: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  readonly reason: string;
  readonly gradient: number;
}

/** Newton steps, halved where they go too far. */
function search(layout: Layout, groups: readonly ScoreGroup[], start: Float64Array): Search {
  const p = layout.free.length;
  let intercept = start;
  let point = evaluate(layout, groups, intercept);
  for (let iterations = 1; ; iterations++) {
    const inverse = heldInverse(layout, point.information);
    const gradient = point.gradient.reduce(
      (most, value, j) => Math.max(most, Math.abs(value) / Math.sqrt(point.information[j * p + j]!)),
      0,
    );
    const ended = (converged: boolean, reason: string): Search => ({
      ...{ point, intercept, inverse, iterations, converged, reason, gradient },
    });
    if (gradient <= tolerance) return ended(true, "the gradient is zero to within the tolerance");
    if (iterations >= mostSteps) return ended(false, `${mostSteps} steps were not enough`);
    const step = times(inverse, point.gradient);
    let found: { readonly intercept: Float64Array; readonly point: Point } | null = null;
    for (let along = 1; along > 1e-4 && !found; along /= 2) {
      const next = intercept.slice();
      layout.free.forEach(({ of, category }, j) => {
        next[layout.offset[of]! + category]! += along * step[j]!;
      });
      const there = evaluate(layout, groups, next);
      if (there.value >= point.value - 1e-12 * Math.abs(point.value)) found = { intercept: next, point: there };
    }
    if (!found) return ended(gradient < 1e-4, "no step leads uphill");
    ({ intercept, point } = found);
  }
}

/** The covariance once the mean difficulty is held at 0: P V Pᵀ with P taking out what moves it. */
function placedCovariance(layout: Layout, state: State, inverse: Float64Array): Float64Array {
  const p = layout.free.length;
  // The shift is linear in the intercepts of each item's highest category.
  const share = new Float64Array(p);
  layout.responses.items.forEach((_, i) => {
    const [from, end] = [layout.offset[i]! + layout.lowest[i]!, layout.offset[i + 1]!];
    let last = end - 1;
    while (state.intercept[last] === -Infinity) last--;
    const at = layout.interceptAt[last]!;
    if (at >= 0) share[at] = -1 / ((last - from) * layout.responses.items.length);
  });
  const moved = times(inverse, share);
  let own = 0;
  for (let j = 0; j < p; j++) own += share[j]! * moved[j]!;
  const along = Float64Array.from(layout.free, ({ of, category }) => category - layout.lowest[of]!);
  const out = inverse.slice();
  for (let a = 0; a < p; a++)
    for (let b = 0; b < p; b++)
      out[a * p + b]! += along[a]! * moved[b]! + moved[a]! * along[b]! + along[a]! * along[b]! * own;
  return out;
}

/**
 * Rasch and partial credit by conditional maximum likelihood (Andersen, 1972), booklet by booklet: an independent check of a calibration, since it assumes
 * nothing of the persons' distribution. Groups don't matter to it.
 */
export function conditionalRasch(responses: Responses): Outcome<ConditionalFit> {
  const options: CalibrationOptions = { model: "partial-credit" };
  const faults = checkResponses(responses);
  const refusals = faults.length > 0 ? faults : checkCalibration(responses, options);
  if (refusals.length > 0) return { ok: false, error: refusals };
  const { layout: whole, state } = layOut(responses, options);
  const layout: Layout = { ...whole, free: whole.free.filter(({ kind }) => kind === "intercept") };
  try {
    const found = search(layout, scoreGroups(layout, state), state.intercept);
    return { ok: true, value: describe(layout, { ...state, intercept: found.intercept }, found, options) };
  } catch (error) {
    if (!(error instanceof NotPositiveDefiniteError)) throw error;
    const { name } = layout.free[error.column]!;
    const refusal: Refusal = {
      code: "errors-not-identified",
      place: name,
      message:
        "the conditional likelihood has no maximum in it: some items are always solved before others, or joined by extreme scores only",
      remedy: "Leave the item out, or use the marginal likelihood",
    };
    return { ok: false, error: [refusal] };
  }
}

function describe(layout: Layout, state: State, found: Search, options: CalibrationOptions): ConditionalFit {
  const placed = placeOnItems(layout, state);
  const covariance = placedCovariance(layout, state, found.inverse);
  const p = layout.free.length;
  return {
    items: itemParameters(layout, placed),
    logLikelihood: found.point.value,
    free: layout.free,
    standardError: Float64Array.from({ length: p }, (_, j) => Math.sqrt(covariance[j * p + j]!)),
    covariance,
    iterations: found.iterations,
    converged: found.converged,
    reason: found.reason,
    gradient: found.gradient,
    cautions: cautionsOf(layout, placed, [], false, options),
  };
}
