import {
  type LinkInfluence,
  type LinkingError,
  stockingLordInfluence,
} from "../../../statistics/item-response/linking/index.js";
import type { CycleCalibration } from "./links.js";

/** Variances of a link's jackknife that estimating the items alone would make. */
export interface EstimationVariances {
  /** Of the mean of the new cycle's pupils, and of the link's slope. */
  readonly mean: number;
  readonly slope: number;
}

/** Influences of every free parameter of a calibration on mean and slope of one link. */
function influencesOf(
  { calibration: { free } }: CycleCalibration,
  form: "old" | "new",
  influence: LinkInfluence,
  centre: number,
) {
  const [mean, slope] = [new Float64Array(free.length), new Float64Array(free.length)];
  free.forEach((parameter, k) => {
    const by = influence(form, parameter);
    if (!by) return;
    mean[k] = by.slope * centre + by.intercept;
    slope[k] = by.slope;
  });
  return { mean, slope };
}

/** Σ over the rows of row′ V row, rows about their mean. */
function spreadOf(rows: readonly Float64Array[], covariance: Float64Array): number {
  const p = rows[0]!.length;
  const middle = Float64Array.from({ length: p }, (_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length);
  let total = 0;
  for (const row of rows) {
    const by = row.map((value, k) => value - middle[k]!);
    for (let a = 0; a < p; a++) {
      if (by[a] === 0) continue;
      let along = 0;
      for (let b = 0; b < p; b++) along += covariance[a * p + b]! * by[b]!;
      total += by[a]! * along;
    }
  }
  return total;
}

/**
 * What the jackknife of a link by Stocking and Lord would be on average were no item to drift: the error of estimating the common items, by the covariances of both
 * calibrations and the influence of each parameter on the link without each unit. The error of the items reaches a figure by itself, so this is taken out of the
 * linking error (the bias-corrected linking error of Robitzsch & Lüdtke).
 *
 * @param unit of an item: those of one unit are left out together
 * @param centre mean of the new cycle's pupils on their own scale
 * @returns null where the items' errors aren't known, or a form is turned round
 */
export function estimationVariances(
  old: CycleCalibration,
  next: CycleCalibration,
  { link, without }: LinkingError,
  unit: (item: string) => string,
  centre: number,
): EstimationVariances | null {
  if (link.kind !== "stocking-lord" || !(link.slope > 0) || !old.errors || !next.errors) return null;
  const [first, second] = [old.calibration.items, next.calibration.items];
  const common = link.items.map((name) => ({ name, old: first.names.indexOf(name), new: second.names.indexOf(name) }));
  const slopeIsOne = common.every((item) => first.slope[item.old] === 1 && second.slope[item.new] === 1);
  const found = without.map((one) => {
    const used = common.filter(({ name }) => unit(name) !== one.unit);
    const influence = stockingLordInfluence(first, second, one, used, slopeIsOne);
    return { old: influencesOf(old, "old", influence, centre), new: influencesOf(next, "new", influence, centre) };
  });
  const factor = (without.length - 1) / without.length;
  const of = (what: "mean" | "slope") =>
    factor *
    (spreadOf(
      found.map((one) => one.old[what]),
      old.errors!.covariance,
    ) +
      spreadOf(
        found.map((one) => one.new[what]),
        next.errors!.covariance,
      ));
  return { mean: of("mean"), slope: of("slope") };
}
