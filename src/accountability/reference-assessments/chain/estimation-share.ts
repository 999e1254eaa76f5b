import type { Link } from "../../../statistics/item-response/index.js";
import type { CycleCalibration } from "./links.js";
import { changeCovariance, locationChanges } from "./locations.js";

/** Variance of the jackknife over units of a weighted mean, as a quadratic form of what the mean is of: rows of coefficients, one a unit left out. */
function leftOutMeans(weights: readonly number[], units: readonly string[]): readonly Float64Array[] {
  const names = [...new Set(units)];
  const rows = names.map((name) => {
    const kept = weights.map((weight, j) => (units[j] === name ? 0 : weight));
    const sum = kept.reduce((total, weight) => total + weight, 0);
    return Float64Array.from(kept, (weight) => weight / sum);
  });
  const middle = weights.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length);
  return rows.map((row) => row.map((value, j) => value - middle[j]!));
}

/**
 * How much of the jackknife's variance of a link is the error of estimating the common items, 0–1: what it would be on average were no item to drift, over what it is.
 * Both are of the mean of the items' changes of location, weighted by slope times points, which is nearly how the curves' methods weigh them. The error of
 * the items reaches a figure by itself, so it is taken out of the linking error (the bias-corrected linking error of Robitzsch & Lüdtke).
 *
 * @returns null where the errors of an item aren't known, or no item changed
 */
export function estimationShare(
  old: CycleCalibration,
  next: CycleCalibration,
  link: Link,
  unit: (item: string) => string,
): number | null {
  const changes = locationChanges(old, next, link).filter(({ item }) => link.items.includes(item));
  const covariance = changeCovariance(old, next, link, changes);
  if (!covariance) return null;
  const { slope, intercepts } = old.calibration.items;
  const weights = changes.map(({ old: j }) => Math.abs(slope[j]!) * (intercepts[j]!.length - 1));
  const rows = leftOutMeans(
    weights,
    changes.map(({ item }) => unit(item)),
  );
  const n = changes.length;
  let [expected, observed] = [0, 0];
  for (const row of rows) {
    observed += changes.reduce((sum, { change }, j) => sum + row[j]! * change, 0) ** 2;
    for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) expected += row[a]! * row[b]! * covariance[a * n + b]!;
  }
  return observed > 0 ? Math.min(1, Math.max(0, expected / observed)) : null;
}
