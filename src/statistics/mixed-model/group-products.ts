import type { BlockPattern } from "../linear-algebra/symbolic.js";
import type { TermSums } from "./cross-products.js";
import type { RandomTerm } from "./design.js";

/** The rows of each level of a term, in order: entries `start[a]` … of `row` and `share`. */
function rowsByLevel(
  term: RandomTerm,
  rows: number,
): { start: Int32Array; row: Int32Array; share: Float64Array | null } {
  const start = new Int32Array(term.levels.length + 1);
  for (const level of term.level) if (level >= 0) start[level + 1]!++;
  for (let a = 0; a < term.levels.length; a++) start[a + 1]! += start[a]!;
  const next = start.slice();
  const total = start[term.levels.length]!;
  const row = new Int32Array(total);
  const share = term.weight ? new Float64Array(total) : null;
  for (let i = 0; i < rows; i++) {
    const first = term.start ? term.start[i]! : i;
    const end = term.start ? term.start[i + 1]! : i + 1;
    for (let e = first; e < end; e++) {
      const level = term.level[e]!;
      if (level < 0) continue;
      const to = next[level]!++;
      row[to] = i;
      if (share) share[to] = term.weight![e]!;
    }
  }
  return { start, row, share };
}

/** Numbers that grow as they are filled. */
class Growing<T extends Int32Array | Float64Array> {
  values: T;
  length = 0;
  private readonly make: (n: number) => T;

  constructor(make: (n: number) => T, capacity: number) {
    this.make = make;
    this.values = make(capacity);
  }

  /** Makes room for so many more zeros and counts them in. */
  extend(more: number): void {
    if (this.length + more > this.values.length) {
      const larger = this.make(Math.max(2 * this.values.length, this.length + more));
      larger.set(this.values.subarray(0, this.length));
      this.values = larger;
    }
    this.length += more;
  }

  push(value: number): void {
    this.extend(1);
    this.values[this.length - 1] = value;
  }
}

/** ZᵀZ, level by level, in one pass over the rows of each term's levels. */
export function groupProducts(
  rows: number,
  terms: readonly TermSums[],
): { readonly pattern: BlockPattern; readonly zz: Float64Array } {
  const last = terms.at(-1)!.placed;
  const nodes = last.firstNode + last.levels.length;
  const width = new Int32Array(nodes);
  for (const { placed } of terms) width.fill(placed.width, placed.firstNode, placed.firstNode + placed.levels.length);
  const start = new Int32Array(nodes + 1);
  const column = new Growing((n) => new Int32Array(n), 2 * nodes);
  const valueStart = new Growing((n) => new Int32Array(n), 2 * nodes);
  const values = new Growing((n) => new Float64Array(n), 4 * nodes);
  const slot = new Int32Array(nodes).fill(-1);
  for (let s = 0; s < terms.length; s++) {
    const { term, placed } = terms[s]!;
    const own = rowsByLevel(term, rows);
    const ks = placed.width;
    const zs = new Float64Array(ks);
    for (let a = 0; a < placed.levels.length; a++) {
      const node = placed.firstNode + a;
      const firstBlock = column.length;
      /** Where the values of this level's block with another begin; the block is made when first met. */
      const blockOf = (other: number, kt: number): number => {
        const known = slot[other]!;
        if (known >= 0) return known;
        const at = values.length;
        column.push(other);
        valueStart.push(at);
        values.extend(ks * kt);
        slot[other] = at;
        return at;
      };
      blockOf(node, ks);
      for (let o = own.start[a]!; o < own.start[a + 1]!; o++) {
        const row = own.row[o]!;
        const share = own.share ? own.share[o]! : 1;
        fillCoefficients(terms[s]!, row, share, zs);
        for (let t = s; t < terms.length; t++) addPartners(terms[t]!, t === s ? node : -1, row, zs, blockOf, values);
      }
      start[node + 1] = column.length;
      for (let block = firstBlock; block < column.length; block++) slot[column.values[block]!] = -1;
      sortBlocks(column.values, valueStart.values, firstBlock, column.length);
    }
  }
  return {
    pattern: {
      nodes,
      width,
      start,
      column: column.values.slice(0, column.length),
      valueStart: valueStart.values.slice(0, valueStart.length),
    },
    zz: values.values.slice(0, values.length),
  };
}

function fillCoefficients({ term, placed }: TermSums, row: number, share: number, into: Float64Array): void {
  for (let k = 0; k < placed.width; k++) {
    const slope = term.coefficients[k]!.values;
    into[k] = slope ? share * slope[row]! : share;
  }
}

/** Adds a row's products with every level of a term it belongs to; within the same term only with levels from `node` on. */
function addPartners(
  { term, placed }: TermSums,
  node: number,
  row: number,
  zs: Float64Array,
  blockOf: (other: number, kt: number) => number,
  values: Growing<Float64Array>,
): void {
  const first = term.start ? term.start[row]! : row;
  const end = term.start ? term.start[row + 1]! : row + 1;
  const kt = placed.width;
  for (let e = first; e < end; e++) {
    const level = term.level[e]!;
    if (level < 0) continue;
    const other = placed.firstNode + level;
    if (other < node) continue;
    const at = blockOf(other, kt);
    const share = term.weight ? term.weight[e]! : 1;
    const z = values.values;
    for (let j = 0; j < kt; j++) {
      const slope = term.coefficients[j]!.values;
      const zt = slope ? share * slope[row]! : share;
      for (let i = 0; i < zs.length; i++) z[at + i * kt + j]! += zs[i]! * zt;
    }
  }
}

/** Puts the blocks `from` … `to` − 1 in ascending order of their columns. */
function sortBlocks(column: Int32Array, valueStart: Int32Array, from: number, to: number): void {
  const order = Array.from({ length: to - from }, (_, k) => from + k).sort((a, b) => column[a]! - column[b]!);
  const columns = order.map((block) => column[block]!);
  const starts = order.map((block) => valueStart[block]!);
  column.set(columns, from);
  valueStart.set(starts, from);
}
