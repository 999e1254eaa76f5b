import type { Layout, State } from "./layout.js";

/** An item's highest category that somebody has: its place in the vector of what is estimated (−1: known), and its steps above the lowest. */
export function highestFree(
  layout: Layout,
  state: State,
  i: number,
): { readonly place: number; readonly steps: number } {
  let last = layout.offset[i + 1]! - 1;
  while (state.intercept[last] === -Infinity) last--;
  return { place: layout.interceptAt[last]!, steps: last - layout.offset[i]! - layout.lowest[i]! };
}

/** Locations of all items: (intercept of the lowest category − intercept of the highest) ÷ (steps × slope), the mean of the thresholds. */
export function locations(layout: Layout, state: State): Float64Array {
  return Float64Array.from(layout.responses.items, (_, i) => {
    const { steps } = highestFree(layout, state, i);
    const from = layout.offset[i]! + layout.lowest[i]!;
    return (state.intercept[from]! - state.intercept[from + steps]!) / (steps * state.slope[i]!);
  });
}

/**
 * How the locations of some items, less their mean, change with what is estimated, for items of known slope.
 * @returns items.length × p, row-major
 */
export function centredLocations(layout: Layout, state: State, items: readonly number[]): Float64Array {
  const p = layout.free.length;
  const out = new Float64Array(items.length * p);
  const mean = new Float64Array(p);
  items.forEach((i, row) => {
    const { place, steps } = highestFree(layout, state, i);
    if (place < 0) return;
    const change = -1 / (steps * state.slope[i]!);
    out[row * p + place] = change;
    mean[place]! += change / items.length;
  });
  for (let row = 0; row < items.length; row++) for (let j = 0; j < p; j++) out[row * p + j]! -= mean[j]!;
  return out;
}

/** Standard errors of every item's thresholds of slope 1 from the covariance of the intercepts; NaN where a category was not observed. */
export function thresholdErrors(layout: Layout, covariance: Float64Array): readonly Float64Array[] {
  const p = layout.free.length;
  return layout.responses.items.map(({ maximum }, i) =>
    Float64Array.from({ length: maximum }, (_, k) => {
      const [below, above] = [layout.offset[i]! + k, layout.offset[i]! + k + 1];
      if (!(layout.observed[below]! > 0 && layout.observed[above]! > 0)) return Number.NaN;
      const [a, b] = [layout.interceptAt[below]!, layout.interceptAt[above]!];
      const of = (x: number, y: number) => (x < 0 || y < 0 ? 0 : covariance[x * p + y]!);
      return Math.sqrt(of(a, a) - 2 * of(a, b) + of(b, b));
    }),
  );
}
