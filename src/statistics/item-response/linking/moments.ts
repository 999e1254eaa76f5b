import { thresholds } from "../items.js";
import { type CommonItems, median } from "./common-items.js";
import type { Transformation } from "./transform.js";

/** Slopes of the common items and all of their thresholds, old beside new. */
function pairs({ used, old, new: next }: CommonItems) {
  const slopes = used.map((item) => [old.slope[item.old]!, next.slope[item.new]!] as const);
  const places = used.flatMap((item) => {
    const there = thresholds(next, item.new);
    return thresholds(old, item.old).flatMap((b, k) => {
      const other = there[k] ?? null;
      return b === null || other === null ? [] : [[b, other] as const];
    });
  });
  return { slopes, places };
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const sd = (values: readonly number[]) => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};

/**
 * A link by the moments of the common items' parameters.
 *
 * - `mean-mean` (Loyd & Hoover 1980): A = mean new slope ÷ mean old slope.
 * - `mean-sigma` (Marco 1977): A = standard deviation of the old thresholds ÷ that of the new.
 *
 * B = mean old threshold − A · mean new threshold. Both trust the worst item as much as the best; for diagnosis.
 * @returns null where A is not above nought, as with one item or a broken one
 */
export function momentsLink(
  common: CommonItems,
  kind: "mean-mean" | "mean-sigma",
  slopeIsOne: boolean,
): Transformation | null {
  const { slopes, places } = pairs(common);
  const old = places.map(([b]) => b);
  const next = places.map(([, b]) => b);
  const free =
    kind === "mean-mean" ? mean(slopes.map(([, a]) => a)) / mean(slopes.map(([a]) => a)) : sd(old) / sd(next);
  const slope = slopeIsOne ? 1 : free;
  return slope > 0 && slope < Infinity ? { slope, intercept: mean(old) - slope * mean(next) } : null;
}

/** A start that a few broken items can't spoil: medians of slopes' ratios and thresholds' differences. */
export function medianLink(common: CommonItems, slopeIsOne: boolean): Transformation {
  const { slopes, places } = pairs(common);
  const ratio = median(slopes.map(([a, b]) => Math.log(b / a)));
  const slope = slopeIsOne || !Number.isFinite(ratio) ? 1 : Math.exp(ratio);
  return { slope, intercept: median(places.map(([a, b]) => a - slope * b)) };
}
