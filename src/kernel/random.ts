/** A stream of reproducible draws; the same seed and name give the same draws on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal, by the polar method. */
  normal(): number;
  /** Whole number from 0 to `below` − 1. */
  below(below: number): number;
  /** An independent stream, a function of this stream's seed and the name only. */
  fork(name: string): Random;
}

/** 32-bit hash of a text, FNV-1a with a final mix. */
function hashText(text: string, seed: number): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  return Math.imul(h, 0x846ca68b) >>> 0;
}

/**
 * Seeded random draws: sfc32 (Chris Doty-Humphrey's PractRand generator), seeded by hashing.
 * @param seed any whole number from 0 to 2³² − 1
 */
export function seededRandom(seed: number): Random {
  let a = hashText("a", seed);
  let b = hashText("b", seed);
  let c = hashText("c", seed);
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
    below: (below) => Math.floor(random.uniform() * below),
    fork: (name) => seededRandom(hashText(name, seed)),
  };
  return random;
}
