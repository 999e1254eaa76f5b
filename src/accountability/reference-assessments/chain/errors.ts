import { columnOf, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import {
  type Calibration,
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
import type { CalibrationErrors } from "./item-rows.js";

/** Purpose of the draws of item parameters, beside those of persons and regressions. */
const purpose = 0x4e52_0001;

/** The errors of a calibration, for tables and for draws. */
export interface FoundErrors {
  readonly shown: CalibrationErrors;
  readonly errors: ItemErrors;
}

/** Numbers of the pupils' levels of some columns, within their cycle. */
function codesOf({ persons, cycle }: StudyMaterial, column: string): Int32Array {
  const { codes, levels } = columnOf(persons, column, "category");
  return codes.map((code, row) => cycle[row]! * levels.length + code);
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

/** The method of errors that a study wants; null for none. @param rows of some pupils alone */
export function errorMethodOf(
  material: StudyMaterial,
  rows?: Int32Array,
): { readonly method: ErrorMethod; readonly words: string } | null {
  const { calibration, design } = material.study;
  const weighted = material.weights.some((weight) => weight !== material.weights[0]);
  const wanted = calibration.errors ?? (design.cluster !== null || weighted ? "sandwich" : "observed");
  if (wanted === "none") return null;
  if (wanted === "observed") return { method: { method: "observed" }, words: "from the observed information" };
  if (design.cluster === null) return { method: { method: "sandwich" }, words: "sandwich over pupils" };
  const some = (codes: Int32Array) => (rows ? Int32Array.from(rows, (row) => codes[row]!) : codes);
  const clusters = some(codesOf(material, design.cluster));
  const within = design.zone ?? design.stratum;
  const strata = within === null ? {} : { strata: joinLone(some(codesOf(material, within)), clusters) };
  return { method: { method: "sandwich", clusters, ...strata }, words: "sandwich over schools" };
}

function shownOf({ free, standardError }: ItemErrors, calibration: Calibration, words: string): CalibrationErrors {
  const items = calibration.items.slope.length;
  const none = (length: number) => new Float64Array(length).fill(Number.NaN);
  const shown = {
    slope: none(items),
    intercept: none(items),
    mean: none(calibration.groups.length),
    sd: none(calibration.groups.length),
  };
  free.forEach(({ kind, of, category }, k) => {
    const error = standardError[k]!;
    if (kind === "slope") shown.slope[of] = error;
    else if (kind === "intercept" && category === 1) shown.intercept[of] = error;
    else if (kind === "mean") shown.mean[of] = error;
    else if (kind === "sd") shown.sd[of] = error;
  });
  return { words, ...shown };
}

/** Standard errors of a calibration of all pupils; null where none are wanted. */
export function errorsOf(
  material: StudyMaterial,
  responses: Responses,
  calibration: Calibration,
): Result<FoundErrors | null, readonly Problem[]> {
  const wanted = errorMethodOf(material);
  if (!wanted) return ok(null);
  const found = itemStandardErrors(responses, calibration, wanted.method);
  if (!found.ok) return err(found.error);
  return ok({ errors: found.value, shown: shownOf(found.value, calibration, wanted.words) });
}

/** Draws sets of item parameters from their estimates' distribution. */
export function itemDraws(
  calibration: Calibration,
  { estimate, covariance }: ItemErrors,
  seed: number,
): (set: number) => ItemParameters {
  const draw = multivariateNormal(estimate, covariance);
  const { normal } = keyedDraws(seed, purpose);
  return (set) =>
    withEstimates(
      calibration,
      draw((k) => normal(set, k)),
    ).items;
}
