/** A stream of reproducible draws; the same seed and name give the same draws on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal, by the polar method. */
  normal(): number;
  /**
   * Whole number from 0 to `below` − 1.
   * @throws {RangeError} when `below` is not a whole number ≥ 1.
   */
  below(below: number): number;
  /** An independent stream, a function of this stream's seed and the name only. */
  fork(name: string): Random;
}

/** Spreads a change in any bit of a word over all 32: lowbias32, found by Chris Wellons's search for such mixers. */
function mix(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 32-bit hash of a text, FNV-1a. The seed is mixed first, or seed 1 with "a" would be the same as seed 2 with "b". */
function hashText(text: string, seed: number): number {
  let h = 0x811c9dc5 ^ mix(seed);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

/**
 * Seeded random draws: sfc32 (Chris Doty-Humphrey's PractRand generator), seeded by hashing.
 * @param seed any whole number from 0 to 2³² − 1
 * @throws {RangeError} when the seed is another number.
 */
export function seededRandom(seed: number): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff)
    throw new RangeError(`a seed is a whole number from 0 to 4294967295, got ${seed}`);
  return stream(hashText("a", seed), hashText("b", seed), hashText("c", seed));
}

/** The stream of a 96-bit key: wide enough that a fork for every pupil of the country meets no other. */
function stream(keyA: number, keyB: number, keyC: number): Random {
  let a = keyA;
  let b = keyB;
  let c = keyC;
  let counter = 1;
  function next(): number {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  }
  for (let i = 0; i < 12; i++) next();
  let spare: number | null = null;
  const random: Random = {
    uniform: () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992,
    normal() {
      if (spare !== null) {
        const value = spare;
        spare = null;
        return value;
      }
      for (;;) {
        const u = 2 * random.uniform() - 1;
        const v = 2 * random.uniform() - 1;
        const s = u * u + v * v;
        if (s > 0 && s < 1) {
          const scale = Math.sqrt((-2 * Math.log(s)) / s);
          spare = v * scale;
          return u * scale;
        }
      }
    },
    below(below) {
      if (!Number.isSafeInteger(below) || below < 1)
        throw new RangeError(`below must be a whole number ≥ 1, got ${below}`);
      return Math.floor(random.uniform() * below);
    },
    fork: (name) => stream(hashText(name, keyA), hashText(name, keyB), hashText(name, keyC)),
  };
  return random;
}
