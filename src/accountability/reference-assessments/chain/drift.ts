import {
  type Calibration,
  type ItemErrors,
  itemStandardErrors,
  transformItems,
} from "../../../statistics/item-response/index.js";
import { itemLocation, median } from "../../../statistics/item-response/linking/index.js";
import type { DriftRow } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import { errorMethodOf } from "./errors.js";
import type { CycleCalibration, LinkedPair } from "./links.js";

/** Changes of difficulty beyond this many standard deviations of all changes are flagged. */
const flaggedFrom = 2.5;

/** Covariance of some items' locations, row-major; null where the errors aren't known or one of the items was not estimated. */
function locationCovariance(
  { items, free }: Calibration,
  errors: ItemErrors | null,
  positions: readonly number[],
): Float64Array | null {
  if (!errors) return null;
  const at = new Map(free.map(({ kind, of, category }, k) => [`${kind} ${of} ${category}`, k]));
  // A location is −(intercept of the highest category) ÷ (maximum × slope): the thresholds between telescope.
  const gradients = positions.map((j) => {
    const [maximum, slope] = [items.intercepts[j]!.length - 1, items.slope[j]!];
    const [top, a] = [at.get(`intercept ${j} ${maximum}`), at.get(`slope ${j} 0`)];
    if (top === undefined || !Number.isFinite(items.intercepts[j]![maximum]!)) return null;
    const of = [{ at: top, by: -1 / (maximum * slope) }];
    return a === undefined ? of : [...of, { at: a, by: items.intercepts[j]![maximum]! / (maximum * slope ** 2) }];
  });
  if (gradients.some((one) => one === null)) return null;
  const [n, p] = [positions.length, errors.estimate.length];
  const out = new Float64Array(n * n);
  gradients.forEach((row, r) => {
    gradients.forEach((column, c) => {
      let sum = 0;
      for (const x of row!) for (const y of column!) sum += x.by * y.by * errors.covariance[x.at * p + y.at]!;
      out[r * n + c] = sum;
    });
  });
  return out;
}

/** Variances of n values less their mean, from their covariance. */
function centredVariances(covariance: Float64Array, n: number): Float64Array {
  const means = Float64Array.from({ length: n }, (_, r) => {
    let sum = 0;
    for (let c = 0; c < n; c++) sum += covariance[r * n + c]!;
    return sum / n;
  });
  const all = means.reduce((sum, one) => sum + one, 0) / n;
  return means.map((mean, r) => covariance[r * n + r]! - 2 * mean + all);
}

/** Errors of every cycle's own calibration, by the study's method; null where there are none. */
function errorsAlone(material: StudyMaterial, alone: readonly CycleCalibration[]): readonly (ItemErrors | null)[] {
  return alone.map(({ responses, calibration, rows }) => {
    const wanted = errorMethodOf(material, rows);
    const found = wanted && itemStandardErrors(responses, calibration, wanted.method);
    return found?.ok ? found.value : null;
  });
}

/**
 * How each common item moved beside the others: its location in the second cycle on the scale of the first, less that in the first, and less the median
 * change. Flagged where it lies beyond two and a half robust standard deviations and 0.2 logits. Its standard error is that of the change less the mean
 * change, by the covariance of both calibrations: what all items share, such as which pupils were drawn, is no drift. The slope of the link counts as known.
 */
export function driftOf(
  material: StudyMaterial,
  alone: readonly CycleCalibration[],
  pairs: readonly LinkedPair[],
): readonly DriftRow[] {
  const errors = errorsAlone(material, alone);
  return pairs.flatMap(({ from, to, link }): DriftRow[] => {
    const old = alone[from]!.calibration;
    const next = alone[to]!.calibration;
    const onOld = transformItems(next.items, link);
    const changes = old.items.names.flatMap((item, j) => {
      const at = onOld.names.indexOf(item);
      const change = at < 0 ? Number.NaN : itemLocation(onOld, at) - itemLocation(old.items, j);
      return Number.isFinite(change) ? [{ item, j, at, change }] : [];
    });
    const first = locationCovariance(
      old,
      errors[from]!,
      changes.map(({ j }) => j),
    );
    const second = locationCovariance(
      next,
      errors[to]!,
      changes.map(({ at }) => at),
    );
    const variances =
      first && second
        ? centredVariances(
            first.map((one, k) => one + link.slope ** 2 * second[k]!),
            changes.length,
          )
        : null;
    const middle = median(changes.map(({ change }) => change));
    const spread = 1.4826 * median(changes.map(({ change }) => Math.abs(change - middle)));
    return changes.map(({ item, change }, k) => ({
      ...{ item, from: material.cycles[from]!, to: material.cycles[to]!, change: change - middle, spread },
      flagged: Math.abs(change - middle) > Math.max(0.2, flaggedFrom * spread),
      error: variances && variances[k]! > 0 ? Math.sqrt(variances[k]!) : null,
      linked: link.items.includes(item),
    }));
  });
}
