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

/** Derivatives of an item's expected score at each of some abilities: by ability, slope, guessing and each category's intercept, row by row. */
interface ScoreGradients {
  readonly theta: Float64Array;
  readonly slope: Float64Array;
  readonly guessing: Float64Array;
  readonly intercepts: readonly Float64Array[];
}

function scoreGradients(items: ItemParameters, j: number, abilities: Float64Array): ScoreGradients {
  const [a, c, g] = [items.slope[j]!, items.intercepts[j]!, items.guessing[j]!];
  const row = () => new Float64Array(abilities.length);
  const found = { theta: row(), slope: row(), guessing: row(), intercepts: Array.from(c, row) };
  const p = new Float64Array(c.length);
  for (let q = 0; q < abilities.length; q++) {
    const theta = abilities[q]!;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < p.length; k++) most = Math.max(most, k * a * theta + c[k]!);
    let [sum, mean] = [0, 0];
    for (let k = 0; k < p.length; k++) {
      p[k] = Math.exp(k * a * theta + c[k]! - most);
      sum += p[k]!;
      mean += k * p[k]!;
    }
    mean /= sum;
    let spread = 0;
    for (let k = 0; k < p.length; k++) {
      const by = (1 - g) * (p[k]! / sum) * (k - mean);
      found.intercepts[k]![q] = by;
      spread += k * by;
    }
    found.theta[q] = a * spread;
    found.slope[q] = theta * spread;
    found.guessing[q] = 1 - p[1]! / sum;
  }
  return found;
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
    ofOld: scoreGradients(old, item.old, nodes),
    ofNew: scoreGradients(next, item.new, moved),
  }));
  const steep = new Float64Array(nodes.length);
  for (const { ofNew } of gradients) for (let q = 0; q < steep.length; q++) steep[q]! += ofNew.theta[q]!;
  const byA = steep.map((slope, q) => (-slope * moved[q]!) / at.slope);
  const byB = steep.map((slope) => -slope / at.slope);
  const { aa, ab, bb } = inverted(byA, byB, weights, slopeIsOne);
  return (form, { kind, of, category }) => {
    const item = gradients.find((one) => one[form] === of);
    if (!item || kind === "mean" || kind === "sd") return null;
    const gradient = form === "old" ? item.ofOld : item.ofNew;
    const by = kind === "intercept" ? gradient.intercepts[category]! : gradient[kind];
    let [alongA, alongB] = [0, 0];
    for (let q = 0; q < by.length; q++) {
      alongA += weights[q]! * byA[q]! * by[q]!;
      alongB += weights[q]! * byB[q]! * by[q]!;
    }
    const sign = form === "old" ? 1 : -1;
    return { slope: sign * (aa * alongA + ab * alongB), intercept: sign * (ab * alongA + bb * alongB) };
  };
}
