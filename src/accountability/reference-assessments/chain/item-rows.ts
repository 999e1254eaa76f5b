import { type Calibration, type Responses, thresholds } from "../../../statistics/item-response/index.js";
import type { CalibrationRecord, ItemRow } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import type { CalibrationSample } from "./calibration.js";

/** Standard errors of a calibration's numbers, by position of item or group; NaN where there is none. */
export interface CalibrationErrors {
  readonly words: string;
  readonly cautions: readonly string[];
  readonly slope: Float64Array;
  /** Of the first intercept. */
  readonly intercept: Float64Array;
  /** Of each item's intercepts, as many as it has categories. */
  readonly intercepts: readonly Float64Array[];
  readonly guessing: Float64Array;
  readonly difficulty: Float64Array;
  /** Of each item's thresholds, one fewer than its categories. */
  readonly thresholds: readonly Float64Array[];
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/** Mean squares of residuals by position of item. */
export interface ItemFits {
  readonly infit: ArrayLike<number>;
  readonly outfit: ArrayLike<number>;
}

const known = (value: number | undefined) => (value === undefined || !Number.isFinite(value) ? null : value);

/** Pupils with a score of each item, and the weighted share of its maximum that they reached. */
function facilities({ items, booklets, booklet, starts, scores, weights }: Responses) {
  const n = new Uint32Array(items.length);
  const sum = new Float64Array(items.length);
  const weight = new Float64Array(items.length);
  booklet.forEach((one, person) => {
    const w = weights ? weights[person]! : 1;
    booklets[one]!.forEach((item, at) => {
      const score = scores[starts[person]! + at]!;
      if (score === 255) return;
      n[item]! += 1;
      sum[item]! += (w * score) / items[item]!.maximum;
      weight[item]! += w;
    });
  });
  return { n, facility: sum.map((one, item) => (weight[item]! > 0 ? one / weight[item]! : 0)) };
}

/** Pupils with a score of each item in each cycle: cycles × items. */
function takenByCycle({ cycle, cycles }: StudyMaterial, { items, booklets, booklet, starts, scores }: Responses) {
  const taken = cycles.map(() => new Uint32Array(items.length));
  booklet.forEach((one, person) => {
    const own = taken[cycle[person]!]!;
    booklets[one]!.forEach((item, at) => {
      if (scores[starts[person]! + at]! !== 255) own[item]! += 1;
    });
  });
  return taken;
}

/** Every item as it was calibrated. */
export function itemRows(
  material: StudyMaterial,
  { responses, items }: CalibrationSample,
  calibration: Calibration,
  errors: CalibrationErrors | null,
  fits: ItemFits | null,
): readonly ItemRow[] {
  const { n, facility } = facilities(responses);
  const taken = takenByCycle(material, responses);
  const { slope, intercepts, guessing, models } = calibration.items;
  return items.map((item, k): ItemRow => {
    const steps = thresholds(calibration.items, k);
    const all = steps.filter((one) => one !== null);
    return {
      item: item.name,
      model: models[k]!,
      maximum: item.maximum,
      construct: item.construct,
      curricula: item.curricula,
      fixed: item.fixed !== null,
      n: n[k]!,
      taken: material.cycles.flatMap((cycle, c) => (taken[c]![k]! > 0 ? [{ cycle, n: taken[c]![k]! }] : [])),
      facility: facility[k]!,
      slope: slope[k]!,
      slopeError: known(errors?.slope[k]),
      difficulty: all.length === steps.length ? all.reduce((sum, one) => sum + one, 0) / all.length : null,
      difficultyError: known(errors?.difficulty[k]),
      thresholds: steps,
      thresholdErrors: steps.map((_, step) => known(errors?.thresholds[k]?.[step])),
      interceptError: known(errors?.intercept[k]),
      interceptErrors: [...intercepts[k]!].map((_, category) => known(errors?.intercepts[k]?.[category])),
      intercepts: [...intercepts[k]!].map(known),
      guessing: guessing[k]!,
      guessingError: known(errors?.guessing[k]),
      infit: known(fits?.infit[k]),
      outfit: known(fits?.outfit[k]),
    };
  });
}

/** The record of a calibration, as it is published. */
export function calibrationRecord(
  responses: Responses,
  calibration: Calibration,
  errors: CalibrationErrors | null,
): CalibrationRecord {
  const { groups, logLikelihood, parameters, nodes, iterations, converged, gradient, cautions, items } = calibration;
  const models = [...new Set(items.models)];
  return {
    model: models.join(" and "),
    ...{ logLikelihood, parameters, iterations, converged, gradient },
    persons: responses.booklet.length,
    nodes: nodes.z.length,
    errors: errors?.words ?? "none were asked for",
    groups: groups.map(({ name, n, weighted, mean, sd }, k) => ({
      ...{ group: name, n, weighted, mean, sd },
      meanError: known(errors?.mean[k]),
      sdError: known(errors?.sd[k]),
    })),
    cautions: [...cautions.map(({ text }) => text), ...(errors?.cautions ?? [])],
  };
}
