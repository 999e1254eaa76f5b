/**
 * Random numbers that are a function of what they are for: seed, subject (a person, a unit), purpose and place. Nothing is advanced, so neither
 * the order in which subjects are worked on nor how they are shared out among threads can change a draw.
 *
 * The generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"), a keyed mixing of a
 * 128-bit counter; it gives four 32-bit words a call.
 */

const multiplierA = 0xd2511f53;
const multiplierB = 0xcd9e8d57;
const weylA = 0x9e3779b9;
const weylB = 0xbb67ae85;

/** The upper 32 bits of a product of two 32-bit words. */
function upperProduct(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const low = a0 * b1 + (middle & 0xffff);
  return (a1 * b1 + Math.floor(middle / 65_536) + Math.floor(low / 65_536)) >>> 0;
}

/**
 * Philox4x32 with ten rounds.
 * @param out four words, overwritten: the counter goes in, the draw comes out
 */
export function philox(out: Uint32Array, keyA: number, keyB: number): void {
  let [c0, c1, c2, c3] = [out[0]!, out[1]!, out[2]!, out[3]!];
  let [a, b] = [keyA, keyB];
  for (let round = 0; round < 10; round++) {
    const highA = upperProduct(multiplierA, c0);
    const highB = upperProduct(multiplierB, c2);
    const lowA = Math.imul(multiplierA, c0) >>> 0;
    const lowB = Math.imul(multiplierB, c2) >>> 0;
    c0 = (highB ^ c1 ^ a) >>> 0;
    c1 = lowB;
    c2 = (highA ^ c3 ^ b) >>> 0;
    c3 = lowA;
    a = (a + weylA) >>> 0;
    b = (b + weylB) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** A subject's key from text (an identifier): 53 bits of an FNV-1a hash over UTF-16 units, in two lanes. */
export function subjectKey(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ (unit * 0x9e37 + i), 0x85ebca6b);
    b ^= b >>> 15;
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  return (b & 0x1fffff) * 4_294_967_296 + ((a ^ (a >>> 13)) >>> 0);
}

/** Draws of one seed for one purpose. */
export interface KeyedDraws {
  /** Uniform in (0, 1), never 0 or 1, with 52 bits: the draw number `index` of `subject` (whole number below 2⁵³). */
  uniform(subject: number, index: number): number;
  /** Standard normal, by Box and Muller from the two halves of one call. */
  normal(subject: number, index: number): number;
}

const toUnit = 2 ** -52;
const fraction = (high: number, low: number): number => ((high >>> 6) * 67_108_864 + (low >>> 6) + 0.5) * toUnit;

/**
 * The draws of a seed for one purpose.
 * @param seed whole number from 0 to 2⁵³ − 1
 * @param purpose whole number from 0 to 2³² − 1 that no other use of the seed shares
 * @throws {RangeError} when the seed or the purpose is out of range.
 */
export function keyedDraws(seed: number, purpose: number): KeyedDraws {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`a seed is a whole number from 0 to 2^53 - 1, got ${seed}`);
  if (purpose !== purpose >>> 0) throw new RangeError(`a purpose is a whole number from 0 to 2^32 - 1, got ${purpose}`);
  const keyA = seed >>> 0;
  const keyB = Math.floor(seed / 4_294_967_296);
  const words = new Uint32Array(4);
  const draw = (subject: number, index: number) => {
    words[0] = subject >>> 0;
    words[1] = Math.floor(subject / 4_294_967_296);
    words[2] = index;
    words[3] = purpose;
    philox(words, keyA, keyB);
  };
  return {
    uniform(subject, index) {
      draw(subject, index >>> 1);
      const at = (index & 1) * 2;
      return fraction(words[at]!, words[at + 1]!);
    },
    normal(subject, index) {
      draw(subject, index);
      const radius = Math.sqrt(-2 * Math.log(fraction(words[0]!, words[1]!)));
      return radius * Math.cos(2 * Math.PI * fraction(words[2]!, words[3]!));
    },
  };
}
