import { minimise } from "../../optimise/newton.js";
import type { ItemParameters } from "../items.js";
import type { CommonItems } from "./common-items.js";
import { medianLink } from "./moments.js";
import type { Transformation } from "./transform.js";

/** Abilities at which curves are compared, and how much each counts. */
export interface WeightedNodes {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** How two sets of curves are compared. */
export interface CurveOptions {
  /** Default: 161 abilities from −4 to 4, by the standard normal density. */
  readonly at?: WeightedNodes;
  /** On whose scale: the old one's (the default), the new one's, or both, which makes the link symmetric. */
  readonly direction?: "old" | "new" | "both";
  /** Power of a difference in Haebara's criterion: 2 (the default), or 1 or 0.5, which are robust against items that moved (He & Cui 2020; Robitzsch 2020). */
  readonly power?: 2 | 1 | 0.5;
}

/** A link by curves. */
export interface CurveLink extends Transformation {
  readonly criterion: number;
  readonly converged: boolean;
  readonly reason: string;
}

/** 161 abilities from −4 to 4 by the standard normal density. */
export function standardNodes(): WeightedNodes {
  const nodes = Float64Array.from({ length: 161 }, (_, q) => -4 + q * 0.05);
  const density = nodes.map((theta) => Math.exp(-0.5 * theta * theta));
  const sum = density.reduce((a, b) => a + b, 0);
  return { nodes, weights: density.map((value) => value / sum) };
}

/** Is added to a difference's square before its root is taken, so that a robust criterion has a gradient everywhere. */
const smoothing = 1e-5;

/** Probabilities of an item's categories at an ability, and their derivatives by it. */
class Curve {
  readonly p = new Float64Array(256);
  readonly slope = new Float64Array(256);
  categories = 0;

  take(items: ItemParameters, j: number, theta: number): void {
    const { p, slope } = this;
    const c = items.intercepts[j]!;
    const a = items.slope[j]!;
    const g = items.guessing[j]!;
    this.categories = c.length;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < c.length; k++) most = Math.max(most, k * a * theta + c[k]!);
    let [sum, first] = [0, 0];
    for (let k = 0; k < c.length; k++) {
      p[k] = Math.exp(k * a * theta + c[k]! - most);
      sum += p[k]!;
      first += k * p[k]!;
    }
    first /= sum;
    for (let k = 0; k < c.length; k++) {
      p[k]! /= sum;
      slope[k] = a * p[k]! * (k - first);
    }
    if (g === 0) return;
    p[1] = g + (1 - g) * p[1]!;
    p[0] = 1 - p[1]!;
    slope[1]! *= 1 - g;
    slope[0] = -slope[1]!;
  }
}

const stays = new Curve();
const moves = new Curve();

/**
 * The criterion at A and B, its gradient by them added to `gradient`. On the old scale the new items stand at (θ − B) ÷ A; on the new scale the old
 * ones at A θ + B. Haebara adds up the squared differences of the items' categories, halved so that a dichotomous item counts its curve once;
 * Stocking and Lord take the squared difference of the expected test scores.
 */
function criterionAt(
  { used, old, new: next }: CommonItems,
  kind: "haebara" | "stocking-lord",
  { nodes, weights }: WeightedNodes,
  onOld: boolean,
  power: number,
  A: number,
  B: number,
  gradient: Float64Array,
): number {
  let value = 0;
  nodes.forEach((theta, q) => {
    const w = weights[q]!;
    const moved = onOld ? (theta - B) / A : A * theta + B;
    let [by, test, testSlope] = [0, 0, 0];
    for (const item of used) {
      stays.take(onOld ? old : next, onOld ? item.old : item.new, theta);
      moves.take(onOld ? next : old, onOld ? item.new : item.old, moved);
      for (let k = 0; k < stays.categories; k++) {
        const difference = moves.p[k]! - stays.p[k]!;
        if (kind === "stocking-lord") {
          test += k * difference;
          testSlope += k * moves.slope[k]!;
          continue;
        }
        const square = difference * difference;
        const loss = power === 2 ? square : (square + smoothing) ** (power / 2);
        value += (w * loss) / 2;
        by += (w * moves.slope[k]! * difference * (power === 2 ? 2 : (power * loss) / (square + smoothing))) / 2;
      }
    }
    value += w * test * test;
    by += 2 * w * test * testSlope;
    gradient[0]! += by * (onOld ? -moved / A : theta);
    gradient[1]! += by * (onOld ? -1 / A : 1);
  });
  return value;
}

/** A link by Haebara's (1980) or Stocking and Lord's (1983) criterion, from a start that a few broken items can't spoil. */
export function curvesLink(
  common: CommonItems,
  kind: "haebara" | "stocking-lord",
  options: CurveOptions,
  slopeIsOne: boolean,
): CurveLink {
  const { at = standardNodes(), direction = "old", power = 2 } = options;
  const evaluateWith = (exponent: number) => (x: Float64Array) => {
    // The slope by its logarithm: it can't pass through nought.
    const A = slopeIsOne ? 1 : Math.exp(x[1]!);
    const gradient = new Float64Array(2);
    let value = 0;
    for (const onOld of direction === "both" ? [true, false] : [direction === "old"])
      value += criterionAt(common, kind, at, onOld, exponent, A, x[0]!, gradient);
    return { x, value, gradient: slopeIsOne ? gradient.slice(1) : Float64Array.of(gradient[1]!, gradient[0]! * A) };
  };
  const start = medianLink(common, slopeIsOne);
  let x = slopeIsOne ? Float64Array.of(start.intercept) : Float64Array.of(start.intercept, Math.log(start.slope));
  // A robust criterion has several minima: it is approached from the squares.
  const powers = kind === "stocking-lord" ? [2] : [2, 1, 0.5].filter((each) => each >= power);
  let link = { criterion: 0, converged: false, reason: "" };
  for (const exponent of powers) {
    const found = minimise(evaluateWith(exponent), x, 1e-15);
    x = Float64Array.from(found.at.x);
    link = { criterion: found.at.value, converged: found.converged, reason: found.reason };
  }
  return { slope: slopeIsOne ? 1 : Math.exp(x[1]!), intercept: x[0]!, ...link };
}

/** A quarter of the nodes of the link itself: enough for a derivative that goes into a standard error. */
function coarseNodes(): WeightedNodes {
  const { nodes, weights } = standardNodes();
  const at = [...nodes.keys()].filter((q) => q % 4 === 0);
  return { nodes: Float64Array.from(at, (q) => nodes[q]!), weights: Float64Array.from(at, (q) => weights[q]!) };
}

/**
 * The derivative of the slope of a link by Haebara's criterion by a number of the items, by the implicit function: −H⁻¹ times the change of the criterion's gradient at the link.
 * @returns a function of the forms with the number moved up and down by `step`, the items in the order of `common`
 */
export function haebaraSensitivity(
  common: CommonItems,
  { slope, intercept }: Transformation,
  step: number,
): (up: Pick<CommonItems, "old" | "new">, down: Pick<CommonItems, "old" | "new">) => number {
  const nodes = coarseNodes();
  const gradientOf = (forms: Pick<CommonItems, "old" | "new">, A: number, B: number) => {
    const gradient = new Float64Array(2);
    criterionAt({ ...common, ...forms }, "haebara", nodes, true, 2, A, B, gradient);
    return gradient;
  };
  const difference = (above: Float64Array, below: Float64Array) =>
    Float64Array.from(above, (one, i) => (one - below[i]!) / (2 * step));
  const bySlope = difference(gradientOf(common, slope + step, intercept), gradientOf(common, slope - step, intercept));
  const byIntercept = difference(
    gradientOf(common, slope, intercept + step),
    gradientOf(common, slope, intercept - step),
  );
  const determinant = bySlope[0]! * byIntercept[1]! - byIntercept[0]! * bySlope[1]!;
  return (up, down) => {
    const [a, b] = difference(gradientOf(up, slope, intercept), gradientOf(down, slope, intercept));
    return -(byIntercept[1]! * a! - byIntercept[0]! * b!) / determinant;
  };
}
