import type { ItemParameters } from "../items.js";
import type { Responses } from "../responses.js";
import { itemAt } from "./information.js";

/** What the grid has to hold: the conditional means of the persons, from least to most, and the standard deviations about them. */
export interface Spread {
  readonly lowest: number;
  readonly highest: number;
  readonly leastSd: number;
  readonly mostSd: number;
}

/**
 * Node spacing in units of the smallest possible posterior standard deviation. The trapezoidal rule's error on a normal density with spacing h is
 * 2·e^(−2π²/h²): 8e-14 at 0.8. Draws between the nodes need them nearer to each other.
 */
export const spacings = { moments: 0.8, draws: 0.5 } as const;

/** Most nodes that a grid is given; a test that is sharper than this allows has the widest spacing that does. */
const mostNodes = 1001;

/**
 * Equally spaced abilities for integrals over persons' posteriors: from six standard deviations below the lowest mean to six above the highest,
 * as far apart as the sharpest booklet allows. A grid fixed in advance is a trap: 21 nodes for 60 items miss the log-likelihood of 200,000
 * persons by 42.
 *
 * @param spacing one of {@link spacings}
 */
export function gridFor(responses: Responses, items: ItemParameters, spread: Spread, spacing: number): Float64Array {
  const from = spread.lowest - 6 * spread.mostSd;
  const to = spread.highest + 6 * spread.mostSd;
  let most = 0;
  const coarse = 64;
  for (let q = 0; q <= coarse; q++) {
    const theta = from + ((to - from) * q) / coarse;
    const each = items.intercepts.map((_, j) => itemAt(items, j, theta, 0).information);
    for (const booklet of responses.booklets) {
      let sum = 0;
      for (const j of booklet) sum += each[j]!;
      most = Math.max(most, sum);
    }
  }
  const apart = spacing / Math.sqrt(1 / spread.leastSd ** 2 + most);
  const count = Math.min(mostNodes, Math.ceil((to - from) / apart) + 1);
  return Float64Array.from({ length: count }, (_, q) => from + ((to - from) * q) / (count - 1));
}
