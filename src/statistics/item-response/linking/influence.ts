import type { FreeParameter } from "../calibration.js";
import type { ItemParameters } from "../items.js";
import { standardNodes } from "./curves.js";
import type { Transformation } from "./transform.js";

/** By how much slope and intercept of a link move with one parameter of an item. */
export interface Influence {
  readonly slope: number;
  readonly intercept: number;
}

/** The influence of a parameter, as a calibration names it, of an item in either form; null where the link doesn't rest on it. */
export type LinkInfluence = (
  form: "old" | "new",
  parameter: Pick<FreeParameter, "kind" | "of" | "category">,
) => Influence | null;

/** Derivatives of an item's expected score at an ability. */
interface ScoreGradient {
  readonly theta: number;
  readonly slope: number;
  readonly guessing: number;
  /** By category. */
  readonly intercepts: readonly number[];
}

function scoreGradient(items: ItemParameters, j: number, theta: number): ScoreGradient {
  const [a, c, g] = [items.slope[j]!, items.intercepts[j]!, items.guessing[j]!];
  const logits = Array.from(c, (intercept, k) => k * a * theta + intercept);
  const most = Math.max(...logits);
  const raised = logits.map((logit) => Math.exp(logit - most));
  const sum = raised.reduce((total, one) => total + one, 0);
  const p = raised.map((one) => one / sum);
  const mean = p.reduce((total, one, k) => total + k * one, 0);
  const intercepts = p.map((one, k) => (1 - g) * one * (k - mean));
  const spread = intercepts.reduce((total, one, k) => total + k * one, 0);
  return { theta: a * spread, slope: theta * spread, guessing: 1 - (p[1] ?? 0), intercepts };
}

/** The squares and product of the derivatives of the test's difference by A and B, inverted; without A where the unit is held. */
function inverted(byA: Float64Array, byB: Float64Array, weights: Float64Array, slopeIsOne: boolean) {
  let [aa, ab, bb] = [0, 0, 0];
  weights.forEach((w, q) => {
    aa += w * byA[q]! * byA[q]!;
    ab += w * byA[q]! * byB[q]!;
    bb += w * byB[q]! * byB[q]!;
  });
  if (slopeIsOne) return { aa: 0, ab: 0, bb: 1 / bb };
  const determinant = aa * bb - ab * ab;
  return { aa: bb / determinant, ab: -ab / determinant, bb: aa / determinant };
}

/**
 * How the link by Stocking and Lord's criterion moves with the parameters of the items that make it, at its minimum and to first order: with D the difference of the
 * test's expected scores, w the nodes' weights and J the derivatives of D by A and B, −(J′wJ)⁻¹ J′w ∂D/∂p (Gauss and Newton; what is left out goes with D itself, which is
 * small where the items hold still). By the default nodes, on the old scale.
 *
 * @param at the link
 * @param used positions of the items in both forms
 * @param slopeIsOne whether the link's slope is held at 1
 */
export function stockingLordInfluence(
  old: ItemParameters,
  next: ItemParameters,
  at: Transformation,
  used: readonly { readonly old: number; readonly new: number }[],
  slopeIsOne = false,
): LinkInfluence {
  const { nodes, weights } = standardNodes();
  const moved = nodes.map((theta) => (theta - at.intercept) / at.slope);
  const gradients = used.map((item) => ({
    ...item,
    ofOld: Array.from(nodes, (theta) => scoreGradient(old, item.old, theta)),
    ofNew: Array.from(moved, (theta) => scoreGradient(next, item.new, theta)),
  }));
  const steep = nodes.map((_, q) => gradients.reduce((sum, { ofNew }) => sum + ofNew[q]!.theta, 0));
  const byA = steep.map((slope, q) => (-slope * moved[q]!) / at.slope);
  const byB = steep.map((slope) => -slope / at.slope);
  const { aa, ab, bb } = inverted(byA, byB, weights, slopeIsOne);
  return (form, { kind, of, category }) => {
    const item = gradients.find((one) => one[form] === of);
    if (!item || kind === "mean" || kind === "sd") return null;
    let [alongA, alongB] = [0, 0];
    (form === "old" ? item.ofOld : item.ofNew).forEach((gradient, q) => {
      const by = kind === "intercept" ? gradient.intercepts[category]! : gradient[kind];
      const difference = weights[q]! * (form === "old" ? -by : by);
      alongA += byA[q]! * difference;
      alongB += byB[q]! * difference;
    });
    return { slope: -(aa * alongA + ab * alongB), intercept: -(ab * alongA + bb * alongB) };
  };
}
