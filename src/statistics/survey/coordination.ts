import { permanentNumber } from "./draws.js";

/** How one draw stands to the others from the same frame. */
export interface Coordination {
  /** Where on the circle of [0, 1) the draw begins: equal for draws that should share units, k ÷ K for K that should share none. */
  readonly start: number;
  /** Share of the sample to be renewed against the draw with rotation 0: 0 keeps it, 1 replaces it as far as the frame allows. */
  readonly rotation: number;
}

/**
 * Permanent random numbers turned for one draw: the unit's number less the start and less rotation × probability, on the circle. Each stays
 * uniform, so the draw alone is as random as any other; together they share as many units as is asked (Ohlsson 1995; Brewer, Early and
 * Joyce 1972).
 *
 * @param names of the units, the same in every draw of the coordination
 * @param seed of the coordination, the same in every draw
 * @param given numbers of the units' own, in (0, 1), used instead of those that the seed makes of names
 */
export function coordinatedNumbers(
  names: readonly string[],
  probabilities: ArrayLike<number>,
  seed: number,
  { start, rotation }: Coordination,
  given?: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(names, (name, u) => {
    const turned = (given ? given[u]! : permanentNumber(seed, name)) - start - rotation * probabilities[u]!;
    return turned - Math.floor(turned);
  });
}

/** Units by the number of draws that they are in. */
export interface Burden {
  /** Of each unit of the frame. */
  readonly draws: Uint16Array;
  /** Units in 0, 1, 2 … draws. */
  readonly units: readonly number[];
}

/** How often each unit was drawn. @param drawn positions, one list a draw */
export function burdenOf(units: number, drawn: readonly (readonly number[])[]): Burden {
  const draws = new Uint16Array(units);
  for (const sample of drawn) for (const u of new Set(sample)) draws[u]! += 1;
  const counts = new Array<number>(drawn.length + 1).fill(0);
  for (const d of draws) counts[d]! += 1;
  return { draws, units: counts };
}
