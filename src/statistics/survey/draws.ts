/** Spreads a change in any bit of a word over all 32 (lowbias32, Wellons 2018). */
function mix(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Two independent 32-bit hashes of a seed and a text. */
function hashPair(seed: number, text: string): [number, number] {
  let [a, b] = [mix(seed ^ 0x9e3779b9), mix(seed + 0x85ebca6b)];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul((b << 5) ^ (b >>> 27) ^ c, 0x27d4eb2d);
  }
  return [mix(a ^ text.length), mix(b ^ Math.imul(text.length, 0x9e3779b1))];
}

/** 53 bits of two words, in [0, 1). */
const unit = (high: number, low: number) => ((high >>> 5) * 67_108_864 + (low >>> 6)) / 9_007_199_254_740_992;

/**
 * A number in [0, 1) that belongs to a name for ever: the same seed and name give it whatever else is drawn.
 * It is what permanent random numbers are made of (Ohlsson 1995).
 *
 * @throws {RangeError} when the seed is no whole number from 0 to 2³² − 1.
 */
export function permanentNumber(seed: number, name: string): number {
  checkSeed(seed);
  return unit(...hashPair(seed, name));
}

/** A stream of reproducible draws, a function of its seed and name only. */
export interface Draws {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** A whole number from 0 to `below` − 1. */
  below(below: number): number;
  /** Standard normal, by Box and Muller. */
  normal(): number;
}

/**
 * Draws by xoshiro128++ (Blackman and Vigna 2021), seeded from seed and name.
 * @throws {RangeError} when the seed is no whole number from 0 to 2³² − 1.
 */
export function drawsOf(seed: number, name: string): Draws {
  checkSeed(seed);
  let [a, b] = hashPair(seed, name);
  let [c, d] = hashPair(seed, `${name}\u0000`);
  if ((a | b | c | d) === 0) a = 1;
  const next = () => {
    const sum = (a + d) | 0;
    const answer = (((sum << 7) | (sum >>> 25)) + a) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return answer;
  };
  const uniform = () => unit(next(), next());
  return {
    uniform,
    below: (below) => Math.floor(uniform() * below),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

function checkSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff)
    throw new RangeError(`a seed is a whole number from 0 to 4294967295, got ${seed}`);
}

/** Puts the elements into random order, in place (Fisher and Yates). */
export function shuffle<T>(elements: T[], draws: Draws): T[] {
  for (let i = elements.length - 1; i > 0; i--) {
    const j = draws.below(i + 1);
    [elements[i], elements[j]] = [elements[j]!, elements[i]!];
  }
  return elements;
}
