import { invertPositiveDefinite, NotPositiveDefiniteError } from "../linear-algebra/dense.js";
import { type Sample, sampleOf } from "./calibrate.js";
import type { Calibration, FreeParameter } from "./calibration.js";
import { observedInformation } from "./information.js";
import { type Layout, type State, stateOf, vectorOf } from "./layout.js";
import type { Caution, Outcome, Refusal } from "./outcome.js";
import { eachScore } from "./person-scores.js";
import { refit } from "./replicates.js";
import type { Responses } from "./responses.js";
import { placeOnItems, stateOfCalibration } from "./scale.js";
import { type ClusterMethod, carried, drawsOf, spreadOfScores } from "./score-spread.js";

/** How standard errors are found. */
export type ErrorMethod =
  /** From the observed information: persons drawn independently, weights that count persons. */
  | { readonly method: "observed" }
  /**
   * Sandwich: holds for sampling weights, for clusters of persons within strata (any integers, one a person), and where the model doesn't.
   * Without clusters each person is one.
   */
  | ({ readonly method: "sandwich" } & ClusterMethod)
  /** Refits with each replicate's weights: covariance = scale · Σ rscale (replicate − estimate)². `rscales`: 1 where left out. */
  | {
      readonly method: "replicates";
      readonly weights: readonly Float64Array[];
      readonly scale: number;
      readonly rscales?: Float64Array;
    };

/** What was estimated, with its full covariance: for standard errors and for draws of the parameters. */
export interface ItemErrors {
  readonly free: readonly FreeParameter[];
  readonly estimate: Float64Array;
  readonly standardError: Float64Array;
  /** p×p, symmetric, in the order of `free`. */
  readonly covariance: Float64Array;
  /** Of each replicate, the estimates; empty for the other methods. */
  readonly replicates: readonly Float64Array[];
  readonly cautions: readonly Caution[];
}

/** The estimates as they are told, from the vector of the search. */
function told(layout: Layout, known: State, { free, options }: Calibration, x: Float64Array): Float64Array {
  const own = stateOf(layout, known, x);
  const state = options.identify === "items" ? placeOnItems(layout, own) : own;
  return Float64Array.from(free, ({ kind, of, category }) => {
    if (kind === "slope") return state.slope[of]!;
    if (kind === "intercept") return state.intercept[layout.offset[of]! + category]!;
    if (kind === "guessing") return state.guessing[of]!;
    return kind === "mean" ? state.mean[of]! : state.sd[of]!;
  });
}

/** How what is told changes with the vector of the search: told × p, row-major, by central differences of a smooth change of scale. */
function jacobian(tell: (x: Float64Array) => Float64Array, x: Float64Array, rows: number): Float64Array {
  const out = new Float64Array(rows * x.length);
  const step = 1e-5;
  for (let j = 0; j < x.length; j++) {
    const moved = (side: number) => tell(x.map((value, i) => (i === j ? value + side * step : value)));
    const [up, down] = [moved(1), moved(-1)];
    for (let i = 0; i < rows; i++) out[i * x.length + j] = (up[i]! - down[i]!) / (2 * step);
  }
  return out;
}

/** Everybody who counts, in the order of the strata. */
export const personsOf = ({ strata }: Sample): readonly number[] => strata.flatMap(({ persons }) => [...persons]);

/** The inverse of the observed information, in the vector of what is estimated. */
export function inverseInformation(
  sample: Sample,
  state: State,
  { nodes, options }: Calibration,
): Outcome<Float64Array> {
  const p = sample.layout.free.length;
  try {
    return { ok: true, value: invertPositiveDefinite(observedInformation(sample, state, nodes, options), p).inverse };
  } catch (error) {
    if (!(error instanceof NotPositiveDefiniteError)) throw error;
    const { name } = sample.layout.free[error.column]!;
    const refusal: Refusal = {
      code: "errors-not-identified",
      place: name,
      message: "the likelihood has no maximum in it at these values",
      remedy: "Look at the calibration's cautions and at whether it converged; fix the parameter or leave the item out",
    };
    return { ok: false, error: [refusal] };
  }
}

function sizeFault(what: string, length: number, persons: number): Refusal[] {
  if (length === persons) return [];
  const message = `there are ${length} for ${persons} persons`;
  return [{ code: "responses-size", place: what, message, remedy: "Give one a person, in the persons' order" }];
}

function methodFaults({ booklet }: Responses, method: ErrorMethod): Refusal[] {
  const persons = booklet.length;
  if (method.method === "sandwich")
    return [
      ...(method.clusters ? sizeFault("clusters", method.clusters.length, persons) : []),
      ...(method.strata ? sizeFault("strata", method.strata.length, persons) : []),
    ];
  if (method.method !== "replicates") return [];
  const { weights, rscales } = method;
  const sizes = weights.flatMap((one, r) => sizeFault(`replicate ${r + 1}`, one.length, persons));
  if (weights.length > 1 && (!rscales || rscales.length === weights.length)) return sizes;
  const message = `there are ${weights.length} replicates and ${rscales?.length ?? weights.length} factors`;
  const remedy = "Give two replicates or more, and one factor each";
  return [...sizes, { code: "errors-replicates-differ", place: "replicates", message, remedy }];
}

/**
 * Covariance and standard errors of everything that a calibration estimated.
 * @param responses those that the calibration was made from
 * @returns the errors, or why there are none
 */
export function itemStandardErrors(
  responses: Responses,
  calibration: Calibration,
  method: ErrorMethod,
): Outcome<ItemErrors> {
  const faults = methodFaults(responses, method);
  if (faults.length > 0) return { ok: false, error: faults };
  const sample = sampleOf(responses, calibration.options);
  const { layout, known } = sample;
  const state = stateOfCalibration(layout, calibration);
  const x = vectorOf(layout, state);
  const bread = inverseInformation(sample, state, calibration);
  if (!bread.ok) return bread;
  const p = x.length;
  const tell = (at: Float64Array) => told(layout, known, calibration, at);
  const estimate = tell(x);
  const answer = (covariance: Float64Array, replicates: readonly Float64Array[], cautions: readonly Caution[]) => {
    const rows = estimate.length;
    const standardError = estimate.map((_, i) => Math.sqrt(covariance[i * rows + i]!));
    const value: ItemErrors = { free: calibration.free, estimate, standardError, covariance, replicates, cautions };
    return { ok: true, value } as const;
  };
  const toTold = (v: Float64Array) => carried(jacobian(tell, x, estimate.length), v, estimate.length, p);
  if (method.method === "observed") return answer(toTold(bread.value), [], []);
  if (method.method === "sandwich") {
    const draws = drawsOf(responses, personsOf(sample), method);
    if (!draws.ok) return draws;
    const spread = spreadOfScores(draws.value, p, (use) => eachScore(sample, state, calibration.nodes, use));
    return answer(toTold(carried(bread.value, spread, p, p)), [], []);
  }
  const refits = method.weights.map((weights) => refit(sample, calibration, x, bread.value, weights));
  const replicates = refits.map((one) => tell(one.x));
  const failed = refits.flatMap(({ trouble }, r) => (trouble ? [`replicate ${r + 1} (${trouble})`] : []));
  const caution: Caution = {
    code: "replicates-not-converged",
    names: failed,
    text: `The refit did not end well in ${failed.join(", ")}: its estimates are used as they are.`,
  };
  return answer(aroundEstimate(estimate, replicates, method), replicates, failed.length > 0 ? [caution] : []);
}

function aroundEstimate(
  estimate: Float64Array,
  replicates: readonly Float64Array[],
  { scale, rscales }: { readonly scale: number; readonly rscales?: Float64Array },
): Float64Array {
  const rows = estimate.length;
  const out = new Float64Array(rows * rows);
  replicates.forEach((one, r) => {
    const factor = scale * (rscales?.[r] ?? 1);
    const apart = one.map((value, i) => value - estimate[i]!);
    for (let a = 0; a < rows; a++) for (let b = 0; b < rows; b++) out[a * rows + b]! += factor * apart[a]! * apart[b]!;
  });
  return out;
}

/** The calibration's items and groups with other values of what was estimated, in the order of `free`: for draws of the parameters. */
export function withEstimates(calibration: Calibration, values: Float64Array): Pick<Calibration, "items" | "groups"> {
  const { items, groups, free } = calibration;
  const slope = items.slope.slice();
  const guessing = items.guessing.slice();
  const intercepts = items.intercepts.map((one) => one.slice());
  const latent = groups.map((group) => ({ ...group }));
  free.forEach(({ kind, of, category }, j) => {
    const value = values[j]!;
    if (kind === "slope") slope[of] = value;
    else if (kind === "guessing") guessing[of] = value;
    else if (kind === "intercept") intercepts[of]![category] = value;
    else latent[of]![kind] = value;
  });
  return { items: { ...items, slope, guessing, intercepts }, groups: latent };
}
