import { world } from "./shape.js";

/** A linear scale: score = slope × θ + intercept. */
export interface Scale {
  readonly slope: number;
  readonly intercept: number;
}

/** Pupils whose abilities are known, with the weight that each has. */
export interface KnownPupils {
  readonly ability: Float64Array;
  readonly freeMeals: Uint8Array;
  readonly weight: Float64Array;
}

/** Figures by name, as `mean` or `standard 460`. */
export type Figures = ReadonlyMap<string, number>;

/** Fractions of the published percentiles. */
export const fractions = [0.1, 0.5, 0.9] as const;

/** Mean and standard deviation of abilities by weight. */
export function momentsOf({ ability, weight }: KnownPupils): { readonly mean: number; readonly sd: number } {
  let [w, sum, squares] = [0, 0, 0];
  ability.forEach((theta, i) => {
    w += weight[i]!;
    sum += weight[i]! * theta;
    squares += weight[i]! * theta * theta;
  });
  const mean = sum / w;
  return { mean, sd: Math.sqrt(squares / w - mean * mean) };
}

/** The figures of pupils on a scale, counted by weight and not estimated. */
export function knownFigures(pupils: KnownPupils, { slope, intercept }: Scale): Figures {
  const { ability, freeMeals, weight } = pupils;
  const order = Uint32Array.from(ability.keys()).sort((a, b) => ability[a]! - ability[b]!);
  const all = weight.reduce((sum, one) => sum + one, 0);
  const moments = momentsOf(pupils);
  const [mean, sd] = [slope * moments.mean + intercept, slope * moments.sd];
  const above = world.cuts.map(() => 0);
  const percentiles = fractions.map(() => Number.NaN);
  // Weight, sum of scores and of ranks: without free meals, and with.
  const group = [0, 1].map(() => ({ weight: 0, sum: 0, ranks: 0 }));
  let below = 0;
  for (const i of order) {
    const [score, own] = [slope * ability[i]! + intercept, weight[i]!];
    world.cuts.forEach((cut, k) => {
      if (score >= cut) above[k]! += own / all;
    });
    fractions.forEach((share, k) => {
      if (below <= share * all) percentiles[k] = score;
    });
    const of = group[freeMeals[i]!]!;
    of.weight += own;
    of.sum += own * score;
    of.ranks += (own * (below + own / 2)) / all;
    below += own;
  }
  const difference = (what: "sum" | "ranks") => group[0]![what] / group[0]!.weight - group[1]![what] / group[1]!.weight;
  return new Map([
    ["mean", mean],
    ["sd", sd],
    ...fractions.map((share, k): [string, number] => [`P${100 * share}`, percentiles[k]!]),
    ...world.cuts.map((cut, k): [string, number] => [`standard ${cut}`, above[k]!]),
    ["gap", difference("sum")],
    ["standardised gap", difference("sum") / sd],
    ["rank gap", 20 * difference("ranks")],
  ]);
}
