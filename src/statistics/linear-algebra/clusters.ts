/** Pairs of nodes with the strength of their coupling, as a correlation 0–1. */
export interface Couplings {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  readonly strength: ArrayLike<number>;
}

/** Couplings from this on put two nodes into one cluster. */
const strong = 0.05;
/** A cluster is a dense block; it holds so many scalars at the most. */
const widest = 64;

/**
 * Puts strongly coupled nodes together, the strongest first, as long as a cluster stays small.
 * @param width scalars of each node
 * @returns the cluster of each node, numbered in the order of their first nodes
 */
export function clustersOf(width: Int32Array, couplings: Couplings): Int32Array {
  const nodes = width.length;
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
  const { a, b, strength } = couplings;
  const order = Array.from({ length: a.length }, (_, k) => k).filter((k) => strength[k]! >= strong);
  order.sort((x, y) => strength[y]! - strength[x]! || a[x]! - a[y]! || b[x]! - b[y]!);
  for (const k of order) {
    const [x, y] = [root(a[k]!), root(b[k]!)];
    if (x === y || size[x]! + size[y]! > widest) continue;
    const [first, second] = x < y ? [x, y] : [y, x];
    parent[second] = first;
    size[first]! += size[second]!;
  }
  const number = new Int32Array(nodes).fill(-1);
  let clusters = 0;
  return Int32Array.from({ length: nodes }, (_, node) => {
    const r = root(node);
    if (number[r]! < 0) number[r] = clusters++;
    return number[r]!;
  });
}
