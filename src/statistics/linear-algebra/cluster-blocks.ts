import type { Clusters } from "./clusters.js";
import type { BlockPattern } from "./symbolic.js";

/**
 * A block pattern regrouped by clusters: dense diagonal blocks, and for every cluster the blocks with its neighbours,
 * each pair stored from both sides (the block of (d, c) is the transpose of (c, d)).
 */
export interface ClusterBlocks {
  readonly clusters: Clusters;
  /** Place of each scalar (node by node) when clusters come one after the other. */
  readonly place: Int32Array;
  readonly order: number;
  /** First scalar of each cluster in that order. */
  readonly first: Int32Array;
  /** Where each diagonal block (w×w, row-major) begins. */
  readonly diagonalStart: Int32Array;
  readonly diagonalLength: number;
  /** Neighbours of each cluster, ascending, and where each block (w_c×w_d, row-major) begins. */
  readonly start: Int32Array;
  readonly neighbour: Int32Array;
  readonly blockStart: Float64Array;
  readonly blockLength: number;
  /** For every value of the pattern: its place in the diagonal blocks, or −1. */
  readonly diagonalTarget: Int32Array;
  /** For every value of the pattern outside the clusters: its place in the blocks, from both sides; −1 inside. */
  readonly target: Int32Array;
  readonly mirrored: Int32Array;
}

/** Neighbours of every cluster, both directions, ascending. */
function neighbours(
  pattern: BlockPattern,
  of: Int32Array,
  count: number,
): { start: Int32Array; neighbour: Int32Array } {
  const lists: Set<number>[] = Array.from({ length: count }, () => new Set());
  for (let a = 0; a < pattern.nodes; a++)
    for (let e = pattern.start[a]!; e < pattern.start[a + 1]!; e++) {
      const [c, d] = [of[a]!, of[pattern.column[e]!]!];
      if (c === d) continue;
      lists[c]!.add(d);
      lists[d]!.add(c);
    }
  const start = new Int32Array(count + 1);
  lists.forEach((list, c) => {
    start[c + 1] = start[c]! + list.size;
  });
  const neighbour = new Int32Array(start[count]!);
  lists.forEach((list, c) => {
    neighbour.set(Int32Array.from(list).sort(), start[c]!);
  });
  return { start, neighbour };
}

/** Regroups a pattern; `values` tells only how many values it has. */
export function regroup(pattern: BlockPattern, clusters: Clusters, valueCount: number): ClusterBlocks {
  const { count, of, offset, width } = clusters;
  const first = new Int32Array(count + 1);
  const diagonalStart = new Int32Array(count + 1);
  for (let c = 0; c < count; c++) {
    first[c + 1] = first[c]! + width[c]!;
    diagonalStart[c + 1] = diagonalStart[c]! + width[c]! ** 2;
  }
  const order = first[count]!;
  const place = new Int32Array(order);
  for (let node = 0, scalar = 0; node < pattern.nodes; node++)
    for (let k = 0; k < pattern.width[node]!; k++) place[scalar++] = first[of[node]!]! + offset[node]! + k;
  const { start, neighbour } = neighbours(pattern, of, count);
  const blockStart = new Float64Array(neighbour.length + 1);
  for (let c = 0; c < count; c++)
    for (let e = start[c]!; e < start[c + 1]!; e++)
      blockStart[e + 1] = blockStart[e]! + width[c]! * width[neighbour[e]!]!;
  const diagonalTarget = new Int32Array(valueCount).fill(-1);
  const target = new Int32Array(valueCount).fill(-1);
  const mirrored = new Int32Array(valueCount).fill(-1);
  const edge = (c: number, d: number): number => {
    let [low, high] = [start[c]!, start[c + 1]! - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (neighbour[middle]! < d) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (let a = 0; a < pattern.nodes; a++)
    for (let e = pattern.start[a]!; e < pattern.start[a + 1]!; e++) {
      const b = pattern.column[e]!;
      const [c, d] = [of[a]!, of[b]!];
      const [wa, wb] = [pattern.width[a]!, pattern.width[b]!];
      const outside = c === d ? null : { there: blockStart[edge(c, d)]!, back: blockStart[edge(d, c)]! };
      for (let i = 0; i < wa; i++)
        for (let j = 0; j < wb; j++) {
          const source = pattern.valueStart[e]! + i * wb + j;
          const [row, column] = [offset[a]! + i, offset[b]! + j];
          if (outside) {
            target[source] = outside.there + row * width[d]! + column;
            mirrored[source] = outside.back + column * width[c]! + row;
          } else diagonalTarget[source] = diagonalStart[c]! + row * width[c]! + column;
        }
    }
  return {
    clusters,
    place,
    order,
    first,
    diagonalStart,
    diagonalLength: diagonalStart[count]!,
    start,
    neighbour,
    blockStart,
    blockLength: blockStart[neighbour.length]!,
    diagonalTarget,
    target,
    mirrored,
  };
}
