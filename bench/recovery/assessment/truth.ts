import type { CyclePupils } from "./population.js";
import { world } from "./shape.js";

/** A linear scale: score = slope × θ + intercept. */
export interface Scale {
  readonly slope: number;
  readonly intercept: number;
}

/** Figures by name, as `mean` or `standard 460`. */
export type Figures = ReadonlyMap<string, number>;

/** Fractions of the published percentiles. */
export const fractions = [0.1, 0.5, 0.9] as const;

/** The figures of all pupils of a cycle on a scale, counted and not estimated. */
export function trueFigures({ ability, freeMeals }: CyclePupils, { slope, intercept }: Scale): Figures {
  const order = Uint32Array.from(ability.keys()).sort((a, b) => ability[a]! - ability[b]!);
  const n = order.length;
  const score = (at: number) => slope * ability[order[at]!]! + intercept;
  let [sum, squares, withSum, withN, withRanks] = [0, 0, 0, 0, 0];
  const above = world.cuts.map(() => 0);
  for (let at = 0; at < n; at++) {
    const value = score(at);
    sum += value;
    squares += value * value;
    world.cuts.forEach((cut, k) => {
      if (value >= cut) above[k]! += 1;
    });
    if (freeMeals[order[at]!] === 1) {
      withSum += value;
      withN += 1;
      withRanks += (at + 0.5) / n;
    }
  }
  const mean = sum / n;
  const sd = Math.sqrt(squares / n - mean * mean);
  const gap = (sum - withSum) / (n - withN) - withSum / withN;
  const rankGap = 20 * ((n / 2 - withRanks) / (n - withN) - withRanks / withN);
  return new Map([
    ["mean", mean],
    ["sd", sd],
    ...fractions.map((share): [string, number] => [`P${100 * share}`, score(Math.floor(share * n))]),
    ...world.cuts.map((cut, k): [string, number] => [`standard ${cut}`, above[k]! / n]),
    ["gap", gap],
    ["standardised gap", gap / sd],
    ["rank gap", rankGap],
  ]);
}
