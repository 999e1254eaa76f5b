import { columnOf, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import {
  type Calibration,
  type ConditionalErrors,
  type ErrorMethod,
  type ItemErrors,
  type ItemParameters,
  itemStandardErrors,
  type Responses,
  withEstimates,
} from "../../../statistics/item-response/index.js";
import { multivariateNormal } from "../../../statistics/item-response/persons/normal-vector.js";
import { keyedDraws } from "../../../statistics/random/index.js";
import type { StudyMaterial } from "../study/material.js";
import { evenWeights } from "./calibration.js";
import { designOfCycle } from "./design.js";
import type { CalibrationErrors } from "./item-rows.js";
import { sampledUnits } from "./sampled-units.js";
import { rowsOfCycles } from "./subset.js";

/** Purpose of the draws of item parameters, beside those of persons and regressions. */
const purpose = 0x4e52_0001;

/** The errors of a calibration, for tables and for draws. */
export interface FoundErrors {
  readonly shown: CalibrationErrors;
  readonly errors: ItemErrors;
  /** Of each replicate, what its squared deviation counts; null where items weren't calibrated with replicates. */
  readonly factors: Float64Array | null;
}

/** Numbers of what pupils share, told apart by their cycle. */
function inCycles({ cycle }: StudyMaterial, codes: Int32Array): Int32Array {
  const count = codes.reduce((most, code) => Math.max(most, code), 0) + 1;
  return codes.map((code, row) => cycle[row]! * count + code);
}

/** Strata with a single cluster are joined: its spread can't be told from itself. */
function joinLone(strata: Int32Array, clusters: Int32Array): Int32Array {
  const members = new Map<number, Set<number>>();
  strata.forEach((stratum, row) => {
    const own = members.get(stratum) ?? new Set<number>();
    members.set(stratum, own.add(clusters[row]!));
  });
  const order = [...members.keys()];
  const lone = order.filter((stratum) => members.get(stratum)!.size === 1);
  if (lone.length === 0) return strata;
  const other = lone.length > 1 ? lone[0]! : (order.find((stratum) => stratum !== lone[0]) ?? lone[0]!);
  return strata.map((stratum) => (lone.includes(stratum) ? other : stratum));
}

/** A method of errors, and in words. */
interface WordedMethod {
  readonly method: ErrorMethod;
  readonly words: string;
}

/**
 * Refits with replicate weights. Cycles are samples of their own: a replicate of one leaves the others' weights as they are, and each has the factor of its cycle's method.
 * @param rows the pupils of one cycle; without it, all cycles
 */
function replicatesOf(material: StudyMaterial, rows?: Int32Array): Result<WordedMethod, readonly Problem[]> {
  const { cycles, cycle } = material;
  const parts = rows
    ? [{ name: cycles[cycle[rows[0]!]!]!, own: rows, at: rows.map((_, k) => k) }]
    : rowsOfCycles(cycle, cycles.length).map((own, k) => ({ name: cycles[k]!, own, at: own }));
  const even = evenWeights(material.weights, cycle, cycles.length);
  const whole = rows ? Float64Array.from(rows, (row) => even[row]!) : even;
  const weights: Float64Array[] = [];
  const factors: number[] = [];
  for (const { name, own, at } of parts) {
    const made = designOfCycle(material, name, own);
    if (!made.ok) return made;
    const { replicates } = made.value.design;
    const sum = (values: Float64Array) => own.reduce((total, row) => total + values[row]!, 0);
    const unit = sum(even) / sum(material.weights);
    replicates.weights.forEach((replicate, r) => {
      const column = whole.slice();
      at.forEach((row, k) => {
        column[row] = replicate[k]! * unit;
      });
      weights.push(column);
      factors.push(replicates.scale * replicates.rscales[r]!);
    });
  }
  const method = { method: "replicates", weights, scale: 1, rscales: Float64Array.from(factors) } as const;
  return ok({ method, words: `calibrated anew with each of ${weights.length} replicate weights` });
}

const wantedErrors = ({ study: { calibration, design }, weights }: StudyMaterial) => {
  const weighted = weights.some((weight) => weight !== weights[0]);
  return calibration.errors ?? (design.cluster !== null || weighted ? "sandwich" : "observed");
};

/** The sandwich over schools within zones or strata, or over pupils where no schools are named. */
function sandwichOf(material: StudyMaterial, rows?: Int32Array) {
  const { design } = material.study;
  const units = sampledUnits(material);
  if (!units) return { method: { method: "sandwich" }, words: "sandwich over pupils" } as const;
  const some = (codes: Int32Array) => (rows ? Int32Array.from(rows, (row) => codes[row]!) : codes);
  const clusters = some(inCycles(material, units));
  const within = design.zone ?? design.stratum;
  const strata =
    within === null
      ? {}
      : { strata: joinLone(some(inCycles(material, columnOf(material.persons, within, "category").codes)), clusters) };
  return { method: { method: "sandwich", clusters, ...strata }, words: "sandwich over schools" } as const;
}

/** The method of errors that a study wants; null for none. @param rows the pupils of one cycle; without it, all */
export function errorMethodOf(
  material: StudyMaterial,
  rows?: Int32Array,
): Result<WordedMethod | null, readonly Problem[]> {
  const wanted = wantedErrors(material);
  if (wanted === "none") return ok(null);
  if (wanted === "replicates") return replicatesOf(material, rows);
  if (wanted === "observed") return ok({ method: { method: "observed" }, words: "from the observed information" });
  return ok(sandwichOf(material, rows));
}

/** The method of errors of a conditional fit: the study's own, with the sandwich in place of replicates, and information where it wants none. */
export function conditionalErrorsOf(
  material: StudyMaterial,
  rows?: Int32Array,
): { readonly method: ConditionalErrors; readonly words: string } {
  const wanted = wantedErrors(material);
  if (wanted === "sandwich" || wanted === "replicates") return sandwichOf(material, rows);
  return { method: { method: "information" }, words: "from the information of the conditional likelihood" };
}

/** The standard error of what changes with each estimate as `gradient` says, by position among `free`. */
function errorAlong(covariance: Float64Array, p: number, gradient: readonly (readonly [at: number, by: number])[]) {
  let sum = 0;
  for (const [a, x] of gradient) for (const [b, y] of gradient) sum += x * y * covariance[a * p + b]!;
  return Math.sqrt(Math.max(0, sum));
}

/** Errors of thresholds (c[k − 1] − c[k]) ÷ slope, and of their mean −c[maximum] ÷ (maximum × slope), by the delta method. */
function locationErrors(
  { free, covariance }: ItemErrors,
  { items }: Calibration,
  at: ReadonlyMap<string, number>,
  item: number,
) {
  const [slope, intercepts] = [items.slope[item]!, items.intercepts[item]!];
  const slopeAt = at.get(`slope ${item} 0`);
  const along = (value: number, ends: readonly (readonly [category: number, by: number])[]) => {
    const gradient = ends.flatMap(([category, by]): [number, number][] => {
      const found = at.get(`intercept ${item} ${category}`);
      return found === undefined ? [] : [[found, by / slope]];
    });
    if (slopeAt !== undefined) gradient.push([slopeAt, -value / slope]);
    const told = gradient.length > 0 && Number.isFinite(value);
    return told ? errorAlong(covariance, free.length, gradient) : Number.NaN;
  };
  const maximum = intercepts.length - 1;
  return {
    thresholds: Float64Array.from({ length: maximum }, (_, k) =>
      along((intercepts[k]! - intercepts[k + 1]!) / slope, [
        [k, 1],
        [k + 1, -1],
      ]),
    ),
    difficulty: along(-intercepts[maximum]! / (maximum * slope), [[maximum, -1 / maximum]]),
  };
}

function shownOf(errors: ItemErrors, calibration: Calibration, words: string): CalibrationErrors {
  const { free, standardError, cautions } = errors;
  const items = calibration.items.slope.length;
  const none = (length: number) => new Float64Array(length).fill(Number.NaN);
  const shown = {
    slope: none(items),
    intercept: none(items),
    intercepts: calibration.items.intercepts.map(({ length }) => none(length)),
    guessing: none(items),
    difficulty: none(items),
    mean: none(calibration.groups.length),
    sd: none(calibration.groups.length),
  };
  free.forEach(({ kind, of, category }, k) => {
    const error = standardError[k]!;
    if (kind === "slope") shown.slope[of] = error;
    else if (kind === "intercept") {
      shown.intercepts[of]![category] = error;
      if (category === 1) shown.intercept[of] = error;
    } else if (kind === "guessing") shown.guessing[of] = error;
    else if (kind === "mean") shown.mean[of] = error;
    else if (kind === "sd") shown.sd[of] = error;
  });
  const at = new Map(free.map(({ kind, of, category }, k) => [`${kind} ${of} ${category}`, k]));
  const locations = calibration.items.intercepts.map((_, item) => locationErrors(errors, calibration, at, item));
  locations.forEach(({ difficulty }, item) => {
    shown.difficulty[item] = difficulty;
  });
  const thresholds = locations.map((one) => one.thresholds);
  return { words, cautions: cautions.map(({ text }) => text), ...shown, thresholds };
}

/** Standard errors of a calibration of all pupils; null where none are wanted. */
export function errorsOf(
  material: StudyMaterial,
  responses: Responses,
  calibration: Calibration,
): Result<FoundErrors | null, readonly Problem[]> {
  const wanted = errorMethodOf(material);
  if (!wanted.ok) return wanted;
  if (!wanted.value) return ok(null);
  const { method, words } = wanted.value;
  const found = itemStandardErrors(responses, calibration, method);
  if (!found.ok) return err(found.error);
  const factors = method.method === "replicates" ? method.rscales! : null;
  return ok({ errors: found.value, factors, shown: shownOf(found.value, calibration, words) });
}

/** Draws with the covariance of replicates, which are often fewer than the parameters: a sum of their deviations, each by a normal number of its own. */
const amongReplicates =
  ({ estimate, replicates }: ItemErrors, factors: Float64Array) =>
  (normal: (k: number) => number): Float64Array => {
    const out = estimate.slice();
    replicates.forEach((one, r) => {
      const by = Math.sqrt(factors[r]!) * normal(r);
      for (let k = 0; k < out.length; k++) out[k]! += by * (one[k]! - estimate[k]!);
    });
    return out;
  };

/** Draws sets of item parameters from their estimates' distribution. */
export function itemDraws(
  calibration: Calibration,
  { errors, factors }: Pick<FoundErrors, "errors" | "factors">,
  seed: number,
): (set: number) => ItemParameters {
  const draw = factors ? amongReplicates(errors, factors) : multivariateNormal(errors.estimate, errors.covariance);
  const { normal } = keyedDraws(seed, purpose);
  return (set) =>
    withEstimates(
      calibration,
      draw((k) => normal(set, k)),
    ).items;
}
