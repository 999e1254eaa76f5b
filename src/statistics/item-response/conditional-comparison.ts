import { incompleteBeta } from "../distributions/index.js";
import { type Sample, sampleOf } from "./calibrate.js";
import type { Calibration } from "./calibration.js";
import { type ConditionalFit, heldInverseOf, stateOfConditional } from "./conditional.js";
import { conditionalScores } from "./conditional-scores.js";
import { inverseInformation, personsOf } from "./item-errors.js";
import type { State } from "./layout.js";
import { centredLocations, highestFree, locations } from "./locations.js";
import type { Outcome } from "./outcome.js";
import { eachScore } from "./person-scores.js";
import type { Responses } from "./responses.js";
import { stateOfCalibration } from "./scale.js";
import { type ClusterMethod, carried, drawsOf, type EachScore, spreadOfScores } from "./score-spread.js";

/** Difficulties by the conditional beside those by the marginal likelihood, of the same responses. NaN for an item of which the two had other categories. */
export interface ConditionalComparison {
  /** By the marginal likelihood, less their mean over the items compared. */
  readonly marginal: Float64Array;
  /** Conditional less marginal difficulty, each less its mean. */
  readonly difference: Float64Array;
  /** Of the difference: both estimates are of the same answers, so that it is far smaller than that of either. NaN where there is none. */
  readonly differenceError: Float64Array;
  /**
   * Whether all differences are nought (Hausman, 1978): their mean square in their errors by F with as many degrees of freedom as the covariance has directions, by two
   * moments, and those of the draws. Null where a difference has no error.
   */
  readonly joint: {
    readonly f: number;
    readonly directions: number;
    readonly freedom: number;
    readonly p: number;
  } | null;
}

/** The scores of both likelihoods beside each other, person by person: the conditional ones first. */
function bothScores(
  sample: Sample,
  state: State,
  { nodes }: Calibration,
  conditional: ReturnType<typeof conditionalScores>,
  first: number,
): EachScore {
  return (use) =>
    eachScore(sample, state, nodes, (person, at, values) => {
      const own = conditional.of(person);
      const length = own?.at.length ?? 0;
      const places = new Int32Array(length + at.length);
      const both = new Float64Array(length + at.length);
      if (own) {
        places.set(own.at);
        both.set(own.values);
      }
      at.forEach((place, k) => {
        places[length + k] = first + place;
      });
      both.set(values, length);
      use(person, places, both);
    });
}

/** [A, −B] of two matrices of as many rows. */
function beside(a: Float64Array, b: Float64Array, rows: number): Float64Array {
  const [p, q] = [a.length / rows, b.length / rows];
  const out = new Float64Array(a.length + b.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < p; j++) out[i * (p + q) + j] = a[i * p + j]!;
    for (let j = 0; j < q; j++) out[i * (p + q) + p + j] = -b[i * q + j]!;
  }
  return out;
}

/** A B. @param a rows × inner @param b inner × columns, both row-major */
function product(a: Float64Array, b: Float64Array, rows: number, inner: number): Float64Array {
  const columns = b.length / inner;
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++) {
      const w = a[i * inner + k]!;
      if (w !== 0) for (let j = 0; j < columns; j++) out[i * columns + j]! += w * b[k * columns + j]!;
    }
  return out;
}

/**
 * The mean square of the differences in their errors, held against the mixture of χ² that it is (Rao & Scott, 1981; Satterthwaite's two moments): most of the
 * differences' covariance lies in few directions, and what is left of it is known too badly to be inverted.
 */
function jointly(
  difference: readonly number[],
  errors: readonly number[],
  covariance: Float64Array,
  freedom: number,
): ConditionalComparison["joint"] {
  const n = difference.length;
  const square = difference.reduce((sum, one, k) => sum + (one / errors[k]!) ** 2, 0);
  let squares = 0;
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) squares += (covariance[a * n + b]! / (errors[a]! * errors[b]!)) ** 2;
  const f = square / n;
  const directions = (n * n) / squares;
  return {
    f,
    directions,
    freedom,
    p: incompleteBeta(freedom / (freedom + directions * f), freedom / 2, directions / 2),
  };
}

/** Some of the values, less their mean. */
function centred(all: Float64Array, items: readonly number[]): readonly number[] {
  const mean = items.reduce((sum, i) => sum + all[i]!, 0) / items.length;
  return items.map((i) => all[i]! - mean);
}

/** Below this difference of difficulties, in logits, two searches that ended well may part by rounding. */
const rounding = 1e-6;

/**
 * Holds a marginal calibration of the Rasch or partial credit model against the conditional one of the same responses and weights. Where the items are right and
 * only the distribution of ability is wrong, the marginal difficulties move and the conditional ones don't. The differences' covariance is that of the two
 * estimates' influence functions, person by person and summed by cluster, so that it holds for weights and clusters as the sandwich does.
 *
 * @param conditional of the same responses
 * @param calibration all slopes 1, estimated or fixed
 * @throws {RangeError} when a slope isn't 1.
 */
export function compareWithMarginal(
  responses: Responses,
  conditional: ConditionalFit,
  calibration: Calibration,
  clusters: ClusterMethod = {},
): Outcome<ConditionalComparison> {
  const other = calibration.items.slope.findIndex((slope) => slope !== 1);
  if (other >= 0)
    throw new RangeError(`item "${calibration.items.names[other]}" has a slope, and conditional likelihood knows none`);
  const sample = sampleOf(responses, calibration.options);
  const state = stateOfCalibration(sample.layout, calibration);
  const bread = inverseInformation(sample, state, calibration);
  if (!bread.ok) return bread;
  const draws = drawsOf(responses, personsOf(sample), clusters);
  if (!draws.ok) return draws;
  const own = stateOfConditional(responses, conditional);
  const items = responses.items
    .map((_, i) => i)
    .filter(
      (i) =>
        own.layout.lowest[i] === sample.layout.lowest[i] &&
        highestFree(own.layout, own.state, i).steps === highestFree(sample.layout, state, i).steps,
    );
  const [p, q] = [own.layout.free.length, sample.layout.free.length];
  const spread = spreadOfScores(
    draws.value,
    p + q,
    bothScores(sample, state, calibration, conditionalScores(own.layout, own.state), p),
  );
  const influence = beside(
    product(centredLocations(own.layout, own.state, items), heldInverseOf(own.layout, own.state), items.length, p),
    product(centredLocations(sample.layout, state, items), bread.value, items.length, q),
    items.length,
  );
  const covariance = carried(influence, spread, items.length, p + q);
  const here = centred(locations(own.layout, own.state), items);
  const there = centred(locations(sample.layout, state), items);
  const difference = here.map((value, k) => value - there[k]!);
  const onAll = (values: ArrayLike<number>) => {
    const out = new Float64Array(responses.items.length).fill(Number.NaN);
    items.forEach((i, k) => {
      out[i] = values[k]!;
    });
    return out;
  };
  const freedom = draws.value.count.reduce((sum, n) => sum + n - 1, 0);
  const errors = difference.map((_, k) => {
    const error = Math.sqrt(Math.max(0, covariance[k * items.length + k]!));
    return error > rounding ? error : Number.NaN;
  });
  return {
    ok: true,
    value: {
      marginal: onAll(there),
      difference: onAll(difference),
      differenceError: onAll(errors),
      joint: errors.some(Number.isNaN) ? null : jointly(difference, errors, covariance, freedom),
    },
  };
}
