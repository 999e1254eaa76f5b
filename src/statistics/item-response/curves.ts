import type { Nodes } from "./calibration.js";
import type { Layout, State } from "./layout.js";

/** The items' response functions at every group's nodes. */
export interface Curves {
  readonly nodes: number;
  /** Abilities: group × node. */
  readonly theta: Float64Array;
  /** Logarithm of each plain item's sum of weights over its categories: (group × item) × node. Zero for curved items. */
  readonly logSum: Float64Array;
  /** Probabilities: (group × category of all items) × node. */
  readonly probability: Float64Array;
}

/** Fills one item's rows for one group. Weights are taken relative to the largest, so that none overflows. */
function fillItem(layout: Layout, state: State, i: number, theta: Float64Array, into: Curves, g: number): void {
  const n = into.nodes;
  const from = layout.offset[i]!;
  const categories = layout.offset[i + 1]! - from;
  const row = (g * layout.observed.length + from) * n;
  const sumRow = (g * layout.slopeAt.length + i) * n;
  const slope = state.slope[i]!;
  const { probability, logSum } = into;
  for (let q = 0; q < n; q++) {
    const along = slope * theta[q]!;
    let largest = -Infinity;
    for (let k = 0; k < categories; k++) {
      const value = k * along + state.intercept[from + k]!;
      if (value > largest) largest = value;
    }
    let sum = 0;
    for (let k = 0; k < categories; k++) {
      const weight = Math.exp(k * along + state.intercept[from + k]! - largest);
      probability[row + k * n + q] = weight;
      sum += weight;
    }
    for (let k = 0; k < categories; k++) probability[row + k * n + q]! /= sum;
    logSum[sumRow + q] = largest + Math.log(sum);
  }
  if (layout.curved[i] === 0) return;
  const guessing = state.guessing[i]!;
  for (let q = 0; q < n; q++) {
    const right = guessing + (1 - guessing) * probability[row + n + q]!;
    probability[row + n + q] = right;
    probability[row + q] = 1 - right;
    logSum[sumRow + q] = 0;
  }
}

/** The items' response functions at every group's nodes, in new arrays or in those of before. */
export function curvesAt(layout: Layout, state: State, nodes: Nodes, before: Curves | null): Curves {
  const n = nodes.z.length;
  const groups = state.mean.length;
  const items = state.slope.length;
  const curves: Curves =
    before?.nodes === n
      ? before
      : {
          nodes: n,
          theta: new Float64Array(groups * n),
          logSum: new Float64Array(groups * items * n),
          probability: new Float64Array(groups * layout.observed.length * n),
        };
  for (let g = 0; g < groups; g++) {
    const theta = curves.theta.subarray(g * n, (g + 1) * n);
    for (let q = 0; q < n; q++) theta[q] = state.mean[g]! + state.sd[g]! * nodes.z[q]!;
    for (let i = 0; i < items; i++) fillItem(layout, state, i, theta, curves, g);
  }
  return curves;
}
