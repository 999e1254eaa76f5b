import { drawShare, drawWord, mixWord } from "../draws.js";

/** Purposes of the two draws of a hypercube's cell: far from the purposes of persons' draws, which are keyed by ids. */
const [orderPurpose, placePurpose] = [0x4c48_0001, 0x4c48_0002];

/** 32-bit hash of a text, FNV-1a, so that a dimension's draws hang on its name and not on its number. */
function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/**
 * One dimension of a Latin hypercube: a place in (0, 1) for every draw, each of the equal classes hit once (McKay, Beckman and Conover
 * 1979). A function of seed, name and number of draws alone: two scenarios meet the same draws, and a new dimension moves no other's.
 *
 * @param draws whole number ≥ 1
 * @returns length `draws`
 */
export function hypercubeDimension(seed: number, name: string, draws: number): Float64Array {
  const key = mixWord(mixWord(seed) ^ hashText(name));
  const classes = Uint32Array.from({ length: draws }, (_, i) => i);
  for (let i = draws - 1; i > 0; i--) {
    const j = Math.floor(drawShare(drawWord(key, orderPurpose), i) * (i + 1)); // Fisher and Yates
    [classes[i], classes[j]] = [classes[j]!, classes[i]!];
  }
  const within = drawWord(key, placePurpose);
  return Float64Array.from(classes, (k, i) => (k + drawShare(within, i)) / draws);
}
