import type { BlockPattern } from "./symbolic.js";

/** Nodes put together because they are strongly coupled, as a school and its own cohorts. */
export interface Clusters {
  readonly count: number;
  /** The cluster of each node, and the place of its first scalar in it. */
  readonly of: Int32Array;
  readonly offset: Int32Array;
  /** Scalars of each cluster. */
  readonly width: Int32Array;
}

/** Couplings from this on (as a correlation) put two nodes into one cluster. */
const strong = 0.05;
const widest = 64;

/** Size of each block by its Frobenius norm, relative to those of the two diagonal blocks. */
function couplings(
  pattern: BlockPattern,
  values: Float64Array,
): { a: Int32Array; b: Int32Array; strength: Float64Array } {
  const { nodes, start, column, width, valueStart } = pattern;
  const norm = (at: number, size: number) => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += values[at + k]! ** 2;
    return Math.sqrt(sum);
  };
  const diagonal = new Float64Array(nodes);
  for (let a = 0; a < nodes; a++) diagonal[a] = norm(valueStart[start[a]!]!, width[a]! ** 2);
  const found: [number, number, number][] = [];
  for (let a = 0; a < nodes; a++)
    for (let e = start[a]! + 1; e < start[a + 1]!; e++) {
      const b = column[e]!;
      const block = norm(valueStart[e]!, width[a]! * width[b]!);
      const smaller = Math.min(diagonal[a]!, diagonal[b]!);
      // A node that lies wholly in another, as a cohort in its school, goes with it however few its pupils are.
      const strength =
        smaller > 0 ? Math.max(block / Math.sqrt(diagonal[a]! * diagonal[b]!), block > 0.9 * smaller ? 1 : 0) : 0;
      if (strength >= strong) found.push([a, b, strength]);
    }
  found.sort((x, y) => y[2] - x[2] || x[0] - y[0] || x[1] - y[1]);
  return {
    a: Int32Array.from(found, (f) => f[0]),
    b: Int32Array.from(found, (f) => f[1]),
    strength: Float64Array.from(found, (f) => f[2]),
  };
}

/**
 * Puts strongly coupled nodes together, the strongest first, as long as a cluster stays small.
 * @param values whose blocks say how strongly: those of ZᵀZ
 */
export function clustersOf(pattern: BlockPattern, values: Float64Array): Clusters {
  const { nodes, width } = pattern;
  const parent = Int32Array.from({ length: nodes }, (_, node) => node);
  const size = Int32Array.from(width);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const { a, b } = couplings(pattern, values);
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [root(a[k]!), root(b[k]!)];
    if (x === y || size[x]! + size[y]! > widest) continue;
    const [first, second] = x < y ? [x, y] : [y, x];
    parent[second] = first;
    size[first]! += size[second]!;
  }
  const number = new Int32Array(nodes).fill(-1);
  const of = new Int32Array(nodes);
  const offset = new Int32Array(nodes);
  const widths: number[] = [];
  for (let node = 0; node < nodes; node++) {
    const r = root(node);
    if (number[r]! < 0) {
      number[r] = widths.length;
      widths.push(0);
    }
    const cluster = number[r]!;
    of[node] = cluster;
    offset[node] = widths[cluster]!;
    widths[cluster]! += width[node]!;
  }
  return { count: widths.length, of, offset, width: Int32Array.from(widths) };
}
