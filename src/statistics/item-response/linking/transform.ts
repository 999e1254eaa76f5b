import type { ItemParameters } from "../items.js";
import type { NormalGroup } from "../persons/index.js";

/** θ_old = slope · θ_new + intercept: how abilities of the new calibration are told on the old one's scale. */
export interface Transformation {
  readonly slope: number;
  readonly intercept: number;
}

/** Items of the new calibration on the old scale. Guessing stays; a category that nobody had stays at −Infinity. */
export function transformItems(items: ItemParameters, { slope, intercept }: Transformation): ItemParameters {
  return {
    ...items,
    slope: items.slope.map((a) => a / slope),
    intercepts: items.intercepts.map((c, j) => c.map((value, k) => value - (k * items.slope[j]! * intercept) / slope)),
  };
}

/** A group of the new calibration on the old scale; what else the group has is kept. */
export function transformGroup<G extends NormalGroup>(group: G, { slope, intercept }: Transformation): G {
  return { ...group, mean: slope * group.mean + intercept, sd: Math.abs(slope) * group.sd };
}

/** Abilities of the new calibration on the old scale. */
export function transformAbilities(abilities: Float64Array, { slope, intercept }: Transformation): Float64Array {
  return abilities.map((theta) => slope * theta + intercept);
}

/** First `inner`, then `outer`: the transformation of a cycle that was linked to the one between. */
export function chainLinks(outer: Transformation, inner: Transformation): Transformation {
  return { slope: outer.slope * inner.slope, intercept: outer.slope * inner.intercept + outer.intercept };
}
