/** Weyl's constant for 32 bits: the golden ratio's fraction, odd, so that multiples of it meet every word. */
const weyl = 0x9e3779b1;

/** Spreads a change in any bit of a word over all 32: the finisher of MurmurHash3 (Austin Appleby). */
export function mixWord(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The key of one person under a seed: every draw of theirs comes from it.
 * @param mixedSeed `mixWord(seed)`, mixed once for all persons
 * @param id whole number from 0 to 2³² − 1
 */
export function personKey(mixedSeed: number, id: number): number {
  return mixWord(id ^ mixedSeed);
}

/**
 * A draw as a whole number from 0 to 2³² − 1: a function of the person and what it is for, and of nothing else. Two scenarios therefore share
 * their luck, and a new purpose never moves the draws of an old one.
 * @param purpose whole number that no other purpose and year share
 */
export function drawWord(key: number, purpose: number): number {
  return mixWord(key + Math.imul(purpose, weyl));
}

/** The same draw in [0, 1), with 32 bits. */
export function drawShare(key: number, purpose: number): number {
  return drawWord(key, purpose) * 2.3283064365386963e-10; // 2⁻³²
}

/**
 * The number of the first class whose cumulated share exceeds the draw; the last where none does.
 * @param cumulated rising shares, the last 1
 */
export function pickClass(cumulated: Float64Array, share: number): number {
  let k = 0;
  const last = cumulated.length - 1;
  while (k < last && share >= cumulated[k]!) k++;
  return k;
}

/**
 * 1 where a draw is below a bound, otherwise 0. For loops over everybody: a branch on a draw is guessed wrongly as often as the draw is even, which
 * costs more than the draw; a number needs no guess.
 * @param draw whole number from 0 to 2³¹ − 1
 * @param bound whole number from 0 to 2³¹
 */
export function isBelow(draw: number, bound: number): number {
  return (draw - bound) >>> 31;
}

/** The bound below which a word's share of 2^`bits` lies where it is below `share`: the same as to compare the share itself, in whole numbers. */
export function boundOf(share: number, bits: number): number {
  const all = 2 ** bits;
  return Math.min(Math.ceil(share * all), all);
}
