import { type Link, transformItems } from "../../../statistics/item-response/index.js";
import { itemLocation } from "../../../statistics/item-response/linking/index.js";
import type { CycleCalibration } from "./links.js";

/** What an item's location changed by between two cycles, on the scale of the first. */
export interface LocationChange {
  readonly item: string;
  /** Positions in either calibration. */
  readonly old: number;
  readonly next: number;
  readonly change: number;
}

/** The changes of all common items that have a location in both. */
export function locationChanges(
  { calibration: { items: old } }: CycleCalibration,
  { calibration: { items: next } }: CycleCalibration,
  link: Link,
): readonly LocationChange[] {
  const onOld = transformItems(next, link);
  return old.names.flatMap((item, j) => {
    const at = onOld.names.indexOf(item);
    const change = at < 0 ? Number.NaN : itemLocation(onOld, at) - itemLocation(old, j);
    return Number.isFinite(change) ? [{ item, old: j, next: at, change }] : [];
  });
}

/** Covariance of some changes from estimating the items, row-major; the slope of the link counts as known. Null where an item's errors aren't known. */
export function changeCovariance(
  first: CycleCalibration,
  second: CycleCalibration,
  { slope }: Link,
  changes: readonly LocationChange[],
): Float64Array | null {
  const before = locationCovariance(
    first,
    changes.map(({ old }) => old),
  );
  const after = locationCovariance(
    second,
    changes.map(({ next }) => next),
  );
  return before && after && before.map((one, k) => one + slope ** 2 * after[k]!);
}

/** Covariance of some items' locations, row-major; null where the errors aren't known or one of the items was not estimated. */
function locationCovariance(
  { calibration: { items, free }, errors }: CycleCalibration,
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
