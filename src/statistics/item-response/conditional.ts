import { invertPositiveDefinite, NotPositiveDefiniteError } from "../linear-algebra/dense.js";
import type { CalibrationOptions, FreeParameter } from "./calibration.js";
import { cautionsOf } from "./cautions.js";
import { conditionalScores, informative } from "./conditional-scores.js";
import { checkCalibration } from "./identification.js";
import type { ItemParameters } from "./items.js";
import { itemParameters, type Layout, layOut, type State } from "./layout.js";
import { centredLocations, highestFree, locations, thresholdErrors } from "./locations.js";
import type { Caution, Outcome, Refusal } from "./outcome.js";
import { checkResponses, type Responses } from "./responses.js";
import { placeOnItems } from "./scale.js";
import { type ClusterMethod, carried, drawsOf, spreadOfScores } from "./score-spread.js";
import { makeStrata } from "./strata.js";
import { conditionalExpectation } from "./symmetric-functions.js";

/** How the errors of a conditional fit are found. */
export type ConditionalErrors =
  /** From the information of the conditional likelihood: right where the model is, whoever was drawn; weights count persons. */
  | { readonly method: "information" }
  /** Sandwich: for sampling weights, clusters, and a model that is only nearly true. */
  | ({ readonly method: "sandwich" } & ClusterMethod);

/** Item parameters by conditional maximum likelihood: no assumption on the persons. */
export interface ConditionalFit {
  /** Rasch or partial credit, mean difficulty 0. */
  readonly items: ItemParameters;
  /** Of the responses given each person's score and items. */
  readonly logLikelihood: number;
  /** Mean of each item's thresholds, and its standard error. */
  readonly difficulty: Float64Array;
  readonly difficultyError: Float64Array;
  /** Of each item: its thresholds' standard errors; NaN beside a category that nobody has. */
  readonly thresholdErrors: readonly Float64Array[];
  readonly free: readonly FreeParameter[];
  readonly standardError: Float64Array;
  /** p×p, in the order of `free`; singular along the scale's origin, which the mean difficulty holds. */
  readonly covariance: Float64Array;
  /** Persons who tell something: with a weight, and neither the lowest nor the highest score of their items. */
  readonly informative: number;
  /** How many numbers were estimated; the scale's origin is not one. */
  readonly parameters: number;
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

/**
 * Rasch and partial credit by conditional maximum likelihood (Andersen, 1972; Masters, 1982), booklet by booklet: an independent check of a calibration, since it
 * assumes nothing of the persons' distribution. Groups don't matter to it. Persons with the lowest or the highest score of their items tell nothing, and a category
 * that only they have is taken as not observed.
 *
 * @returns the fit, mean difficulty 0; or the items that nobody, or only such persons, tell anything of
 */
export function conditionalRasch(
  responses: Responses,
  errors: ConditionalErrors = { method: "information" },
): Outcome<ConditionalFit> {
  const faults = checkResponses(responses);
  if (faults.length > 0) return { ok: false, error: faults };
  const told = informative({ ...responses, group: null, groups: ["all"] });
  const refusals = checkCalibration(told, model);
  if (refusals.length > 0) return { ok: false, error: refusals };
  const { layout, state } = layoutOf(told);
  try {
    const found = search(layout, scoreGroups(layout, state), state.intercept);
    const fitted = { ...state, intercept: found.intercept };
    const covariance = covarianceOf(responses, layout, fitted, found.inverse, errors);
    return covariance.ok ? { ok: true, value: describe(layout, fitted, found, covariance.value) } : covariance;
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

/** A fit's numbers where the search had them, with mean difficulty 0: the layout of its responses and the state. */
export function stateOfConditional(responses: Responses, { items }: ConditionalFit): { layout: Layout; state: State } {
  const { layout, state } = layoutOf(informative({ ...responses, group: null, groups: ["all"] }));
  return { layout, state: { ...state, intercept: Float64Array.from(items.intercepts.flatMap((one) => [...one])) } };
}

/** The inverse of the information of the conditional likelihood at a state, its origin held. p×p, in the order of what is free. */
export function heldInverseOf(layout: Layout, state: State): Float64Array {
  return heldInverse(layout, evaluate(layout, scoreGroups(layout, state), state.intercept).information);
}

const model: CalibrationOptions = { model: "partial-credit" };

/** The responses' layout with the items alone to be estimated. */
function layoutOf(responses: Responses): { layout: Layout; state: State } {
  const { layout, state } = layOut(responses, model);
  return { layout: { ...layout, free: layout.free.filter(({ kind }) => kind === "intercept") }, state };
}

/** The covariance with the origin held somewhere: the inverse information, or the sandwich, in which persons who tell nothing are draws too. */
function covarianceOf(
  responses: Responses,
  layout: Layout,
  state: State,
  inverse: Float64Array,
  errors: ConditionalErrors,
): Outcome<Float64Array> {
  if (errors.method === "information") return { ok: true, value: inverse };
  const { weights, starts } = responses;
  const persons = Array.from(responses.booklet, (_, person) => person).filter(
    (person) => starts[person]! < starts[person + 1]! && !(weights && weights[person] === 0),
  );
  const draws = drawsOf(responses, persons, errors);
  if (!draws.ok) return draws;
  const p = layout.free.length;
  const spread = spreadOfScores(draws.value, p, conditionalScores(layout, state).each);
  return { ok: true, value: carried(inverse, spread, p, p) };
}

function describe(layout: Layout, state: State, found: Search, held: Float64Array): ConditionalFit {
  const placed = placeOnItems(layout, state);
  const p = layout.free.length;
  const count = layout.responses.items.length;
  const covariance = placedCovariance(layout, state, held);
  const toDifficulty = centredLocations(
    layout,
    placed,
    Array.from({ length: count }, (_, i) => i),
  );
  const ofDifficulty = carried(toDifficulty, held, count, p);
  const roots = (v: Float64Array, n: number) =>
    Float64Array.from({ length: n }, (_, j) => Math.sqrt(Math.max(0, v[j * n + j]!)));
  const { weights } = layout.responses;
  return {
    items: itemParameters(layout, placed),
    logLikelihood: found.point.value,
    difficulty: locations(layout, placed),
    difficultyError: roots(ofDifficulty, count),
    thresholdErrors: thresholdErrors(layout, covariance),
    free: layout.free,
    standardError: roots(covariance, p),
    covariance,
    informative: weights ? weights.reduce((n, weight) => n + Number(weight > 0), 0) : layout.responses.booklet.length,
    parameters: p - 1,
    iterations: found.iterations,
    converged: found.converged,
    reason: found.reason,
    gradient: found.gradient,
    cautions: cautionsOf(layout, placed, [], false, model),
  };
}

/** The covariance once the mean difficulty is held at 0: P V Pᵀ with P taking out what moves it. */
function placedCovariance(layout: Layout, state: State, inverse: Float64Array): Float64Array {
  const p = layout.free.length;
  // The shift is linear in the intercepts of each item's highest category.
  const share = new Float64Array(p);
  layout.responses.items.forEach((_, i) => {
    const at = highestFree(layout, state, i);
    if (at.place >= 0) share[at.place] = -1 / (at.steps * layout.responses.items.length);
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
