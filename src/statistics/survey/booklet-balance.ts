import { symmetricEigen } from "../linear-algebra/eigen.js";

/** Booklets: blocks by position in the list of blocks, in order of presentation. */
export type Booklets = readonly (readonly number[])[];

/** How balanced a design is, as measured on it. */
export interface BookletBalance {
  /** Booklets that each block is in: least and most. */
  readonly appearances: { readonly least: number; readonly most: number };
  /** Booklets that two blocks share: how many pairs share 0, 1, 2 …; the mean; and Σ(shared − mean)². */
  readonly pairs: { readonly counts: readonly number[]; readonly mean: number; readonly squares: number };
  /** Times a block stands in one position: how many (block, position) have 0, 1, 2 …; and Σ(times − the block's mean)². */
  readonly positions: { readonly counts: readonly number[]; readonly squares: number };
  /** Whether every block can be compared with every other through booklets. */
  readonly connected: boolean;
  /** Mean efficiency of comparing two blocks within booklets, 0–1, and over that of a balanced incomplete design of the size, 0–1 (1: balanced). */
  readonly efficiency: number;
  readonly relativeEfficiency: number;
}

const tally = (values: Iterable<number>) => {
  const counts: number[] = [];
  for (const value of values) {
    while (counts.length <= value) counts.push(0);
    counts[value]! += 1;
  }
  return counts;
};

/** Harmonic mean of the design's canonical efficiency factors (John and Williams 1995, 2.2); 0 where it falls apart. */
function efficiencyOf(shared: Int32Array, size: number, appearances: Float64Array): number {
  const v = appearances.length;
  const a = new Float64Array(v * v);
  for (let i = 0; i < v; i++)
    for (let j = 0; j < v; j++) {
      const together = i === j ? appearances[i]! : shared[i * v + j]!;
      a[i * v + j] = (i === j ? 1 : 0) - together / (size * Math.sqrt(appearances[i]! * appearances[j]!));
    }
  const { values } = symmetricEigen(a, v);
  const sorted = Array.from(values).sort((x, y) => x - y);
  // The least belongs to the sum of all and is 0; a second 0 means two parts without a booklet in common.
  if (!(sorted[1]! > 1e-9)) return 0;
  return (v - 1) / sorted.slice(1).reduce((sum, value) => sum + 1 / value, 0);
}

/**
 * Measures a design of booklets of one size.
 * @param blocks number of blocks, ≥ 2, each in at least one booklet
 * @throws {RangeError} when booklets differ in size, or hold a block twice or one that is not there, or a block is in none.
 */
export function measureBooklets(booklets: Booklets, blocks: number): BookletBalance {
  const size = booklets[0]?.length ?? 0;
  const appearances = new Float64Array(blocks);
  const shared = new Int32Array(blocks * blocks);
  const positions = new Int32Array(blocks * size);
  booklets.forEach((booklet, b) => {
    if (booklet.length !== size || new Set(booklet).size !== size)
      throw new RangeError(`booklet ${b + 1} has other than ${size} different blocks`);
    booklet.forEach((i, p) => {
      if (!(Number.isInteger(i) && i >= 0 && i < blocks))
        throw new RangeError(`booklet ${b + 1} has a block ${i} of ${blocks}`);
      appearances[i]! += 1;
      positions[i * size + p]! += 1;
      for (const j of booklet) if (j !== i) shared[i * blocks + j]! += 1;
    });
  });
  const absent = appearances.indexOf(0);
  if (absent >= 0) throw new RangeError(`block ${absent} is in no booklet`);
  const pairs: number[] = [];
  for (let i = 0; i < blocks; i++) for (let j = 0; j < i; j++) pairs.push(shared[i * blocks + j]!);
  const mean = pairs.reduce((a, b) => a + b, 0) / pairs.length;
  const efficiency = size > 1 ? efficiencyOf(shared, size, appearances) : 0;
  const bound = (blocks * (size - 1)) / ((blocks - 1) * size);
  return {
    appearances: { least: Math.min(...appearances), most: Math.max(...appearances) },
    pairs: { counts: tally(pairs), mean, squares: pairs.reduce((sum, x) => sum + (x - mean) ** 2, 0) },
    positions: {
      counts: tally(positions),
      squares: positions.reduce((sum, x, at) => sum + (x - appearances[Math.floor(at / size)]! / size) ** 2, 0),
    },
    connected: efficiency > 0,
    efficiency,
    relativeEfficiency: bound > 0 ? efficiency / bound : 0,
  };
}

/**
 * A cyclic design: booklet b holds (base + b) mod v, so every block stands once in every position. Balanced where the base is a difference
 * set: {0, 1, 3} of 7, {0, 1, 3, 9} of 13, {0, 1, 4, 14, 16} of 21, {0, 1, 3, 8, 12, 18} of 31; {0, 1} gives the chain of TIMSS and PIRLS.
 *
 * @throws {RangeError} when the base repeats a block.
 */
export function cyclicBooklets(blocks: number, base: readonly number[]): number[][] {
  if (new Set(base.map((x) => ((x % blocks) + blocks) % blocks)).size !== base.length)
    throw new RangeError(`the base ${base.join(", ")} repeats a block of ${blocks}`);
  return Array.from({ length: blocks }, (_, b) => base.map((x) => (((x + b) % blocks) + blocks) % blocks));
}

/**
 * The same booklets with their blocks in another order, so that each block stands in every position equally often, but for one where its
 * appearances are no multiple of the positions. König's theorem (1916): blocks (in copies of at most `size` appearances) and booklets are a
 * bipartite graph of degree `size`, whose edges take as many colours, the positions; coloured by alternating paths.
 *
 * @param booklets of one size, each block once in a booklet
 */
export function balancePositions(booklets: Booklets, blocks: number): number[][] {
  const size = booklets[0]?.length ?? 0;
  const seen = new Int32Array(blocks);
  // The copy of a block that an entry belongs to: its appearances in groups of `size`.
  const copies = booklets.map((booklet) => booklet.map((i) => i + blocks * Math.floor(seen[i]!++ / size)));
  const most = Math.max(1, ...copies.flat().map((copy) => copy + 1));
  const none = -1;
  const atBooklet = new Int32Array(booklets.length * size).fill(none); // the copy in a position of a booklet
  const atCopy = new Int32Array(most * size).fill(none); // the booklet in which a copy has a position
  const free = (of: Int32Array, node: number) => {
    for (let p = 0; p < size; p++) if (of[node * size + p] === none) return p;
    throw new RangeError("a booklet has more blocks than positions");
  };
  copies.forEach((booklet, b) => {
    for (const copy of booklet) {
      const [p, q] = [free(atBooklet, b), free(atCopy, copy)];
      if (p !== q) {
        // Position p is free in the booklet and taken at the copy: exchange p and q along the path that starts there.
        const path: { copy: number; booklet: number; position: number }[] = [];
        let [node, colour, fromCopy] = [copy, p, true];
        for (;;) {
          const next = fromCopy ? atCopy[node * size + colour]! : atBooklet[node * size + colour]!;
          if (next === none) break;
          path.push(
            fromCopy
              ? { copy: node, booklet: next, position: colour }
              : { copy: next, booklet: node, position: colour },
          );
          [node, colour, fromCopy] = [next, colour === p ? q : p, !fromCopy];
        }
        for (const edge of path) {
          atBooklet[edge.booklet * size + edge.position] = none;
          atCopy[edge.copy * size + edge.position] = none;
        }
        for (const edge of path) {
          const other = edge.position === p ? q : p;
          atBooklet[edge.booklet * size + other] = edge.copy;
          atCopy[edge.copy * size + other] = edge.booklet;
        }
      }
      atBooklet[b * size + p] = copy;
      atCopy[copy * size + p] = b;
    }
  });
  return booklets.map((_, b) => Array.from({ length: size }, (__, p) => atBooklet[b * size + p]! % blocks));
}
