import {
  type Calibration,
  type Link,
  type LinkKind,
  type MovedParameter,
  slopeSensitivity,
  transformItems,
} from "../../../statistics/item-response/index.js";
import { itemLocation } from "../../../statistics/item-response/linking/index.js";
import { carried } from "../../../statistics/item-response/score-spread.js";
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

/**
 * Variances of some changes less their mean, from estimating the items; the link is estimated from them too: its origin is the same for all, and an error of its
 * slope moves an item by as far as it lies from the others.
 * @returns null where an item's errors aren't known, or what the link's slope owes to the items
 */
export function centredVariances(
  kind: LinkKind,
  first: CycleCalibration,
  second: CycleCalibration,
  link: Link,
  changes: readonly LocationChange[],
): Float64Array | null {
  const before = locationGradients(
    first,
    changes.map(({ old }) => old),
  );
  const after = locationGradients(
    second,
    changes.map(({ next }) => next),
  );
  if (!before || !after) return null;
  const [old, next] = [first.calibration, second.calibration];
  const estimated = ([form, { free }]: readonly ["old" | "new", Calibration]): MovedParameter[] =>
    free.map(({ kind: what, of, category }) => ({
      // What isn't a slope or an intercept (a mean) ties nothing: no item has position −1.
      ...(what === "slope" || what === "intercept" ? { kind: what, of } : { kind: "slope" as const, of: -1 }),
      ...{ form, category },
    }));
  const parameters = [...estimated(["old", old]), ...estimated(["new", next])];
  const sensitivity = slopeSensitivity(kind, old.items, next.items, link, parameters);
  if (!sensitivity) return null;
  const n = changes.length;
  const p = old.free.length;
  const places = changes.map(({ next: at }) => itemLocation(next.items, at));
  const middle = places.reduce((sum, one) => sum + one, 0) / n;
  const half = (gradients: Float64Array, width: number, by: number, from: number) => {
    const out = centredRows(gradients, n, width).map((one) => by * one);
    places.forEach((place, r) => {
      for (let k = 0; k < width; k++) out[r * width + k]! += (place - middle) * sensitivity[from + k]!;
    });
    return out;
  };
  const own = carried(half(before, p, -1, 0), first.errors!.covariance, n, p);
  const q = next.free.length;
  const other = carried(half(after, q, link.slope, p), second.errors!.covariance, n, q);
  return Float64Array.from(changes, (_, r) => own[r * n + r]! + other[r * n + r]!);
}

/** Rows less their mean row. */
function centredRows(rows: Float64Array, n: number, width: number): Float64Array {
  return rows.map((one, at) => {
    let mean = 0;
    for (let r = 0; r < n; r++) mean += rows[r * width + (at % width)]! / n;
    return one - mean;
  });
}

/** How some items' locations change with what was estimated, a row an item; null where the errors aren't known or an item was not estimated. */
function locationGradients(
  { calibration: { items, free }, errors }: CycleCalibration,
  positions: readonly number[],
): Float64Array | null {
  if (!errors) return null;
  const at = new Map(free.map(({ kind, of, category }, k) => [`${kind} ${of} ${category}`, k]));
  const p = errors.estimate.length;
  const out = new Float64Array(positions.length * p);
  // A location is −(intercept of the highest category) ÷ (maximum × slope): the thresholds between telescope.
  for (const [r, j] of positions.entries()) {
    const [maximum, slope] = [items.intercepts[j]!.length - 1, items.slope[j]!];
    const [top, a] = [at.get(`intercept ${j} ${maximum}`), at.get(`slope ${j} 0`)];
    if (top === undefined || !Number.isFinite(items.intercepts[j]![maximum]!)) return null;
    out[r * p + top] = -1 / (maximum * slope);
    if (a !== undefined) out[r * p + a] = items.intercepts[j]![maximum]! / (maximum * slope ** 2);
  }
  return out;
}
