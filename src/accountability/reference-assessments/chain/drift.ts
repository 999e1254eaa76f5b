import { median } from "../../../statistics/item-response/linking/index.js";
import type { DriftRow } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import type { CycleCalibration, LinkedPair } from "./links.js";
import { centredVariances, locationChanges } from "./locations.js";

/** Changes of difficulty beyond this many standard deviations of all changes are flagged. */
const flaggedFrom = 2.5;

/**
 * How each common item moved beside the others: its location in the second cycle on the scale of the first, less that in the first, and less the median
 * change. Flagged where it lies beyond two and a half robust standard deviations and 0.2 logits. Its standard error is that of the change less the mean
 * change, by the covariance of both calibrations: what all items share, such as which pupils were drawn, is no drift. The slope of the link is estimated from the same items, and has its part.
 */
export function driftOf(
  material: StudyMaterial,
  alone: readonly CycleCalibration[],
  pairs: readonly LinkedPair[],
): readonly DriftRow[] {
  return pairs.flatMap(({ from, to, link }): DriftRow[] => {
    const changes = locationChanges(alone[from]!, alone[to]!, link);
    const variances = centredVariances(link.kind, alone[from]!, alone[to]!, link, changes);
    const middle = median(changes.map(({ change }) => change));
    const spread = 1.4826 * median(changes.map(({ change }) => Math.abs(change - middle)));
    return changes.map(({ item, change }, k) => ({
      ...{ item, from: material.cycles[from]!, to: material.cycles[to]!, change: change - middle, spread },
      flagged: Math.abs(change - middle) > Math.max(0.2, flaggedFrom * spread),
      error: variances && variances[k]! > 0 ? Math.sqrt(variances[k]!) : null,
      linked: link.items.includes(item),
    }));
  });
}
