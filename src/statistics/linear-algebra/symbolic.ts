import { type Elimination, minimumDegree } from "./minimum-degree.js";

/** A symmetric sparse matrix in blocks: node a has `width[a]` rows and columns; the upper block triangle is stored. */
export interface BlockPattern {
  readonly nodes: number;
  readonly width: Int32Array;
  /** Blocks of node a: `start[a]` … `start[a + 1]` − 1, each with its column node ≥ a, ascending, the diagonal first. */
  readonly start: Int32Array;
  readonly column: Int32Array;
  /** Where each block's values begin; block (a, b) is width[a]×width[b], row-major. */
  readonly valueStart: Int32Array;
}

/**
 * What can be known of a factorisation before the numbers: the fronts, their tree, and where every value goes.
 * A front is a dense lower triangle over its own pivots and the later rows that they touch.
 */
export interface Symbolic {
  readonly pattern: BlockPattern;
  readonly fronts: number;
  /** Scalars eliminated in the front, and the front's whole height. */
  readonly pivots: Int32Array;
  readonly height: Int32Array;
  readonly parent: Int32Array;
  /** Children before parents. */
  readonly postorder: Int32Array;
  /** The front's scalars in the order of elimination: its pivots, then its rows, as places in the permuted matrix. */
  readonly indexStart: Int32Array;
  readonly indices: Int32Array;
  /** Where the front's factor (height × pivots, column-major) begins. */
  readonly factorStart: Float64Array;
  readonly factorLength: number;
  /** Largest height of a front, and largest sum of update matrices on the stack. */
  readonly largestHeight: number;
  /** Place of each scalar (node by node) in the permuted matrix, and the front that eliminates it. */
  readonly place: Int32Array;
  readonly frontOf: Int32Array;
  /** Scalars before each node. */
  readonly scalarStart: Int32Array;
  readonly order: number;
  /** Values that each front assembles: their place in the values, and in the front (column × height + row). */
  readonly entryStart: Int32Array;
  readonly entrySource: Int32Array;
  readonly entryTarget: Int32Array;
  /** Position of each row of a front (after its pivots) in the parent's front. */
  readonly relativeStart: Int32Array;
  readonly relative: Int32Array;
}

/** Both directions of a pattern's off-diagonal blocks. */
function adjacency(pattern: BlockPattern): { start: Int32Array; neighbours: Int32Array } {
  const { nodes, start, column } = pattern;
  const degree = new Int32Array(nodes + 1);
  for (let a = 0; a < nodes; a++)
    for (let e = start[a]!; e < start[a + 1]!; e++)
      if (column[e] !== a) {
        degree[a + 1]!++;
        degree[column[e]! + 1]!++;
      }
  for (let a = 0; a < nodes; a++) degree[a + 1]! += degree[a]!;
  const next = degree.slice();
  const neighbours = new Int32Array(degree[nodes]!);
  for (let a = 0; a < nodes; a++)
    for (let e = start[a]!; e < start[a + 1]!; e++) {
      const b = column[e]!;
      if (b === a) continue;
      neighbours[next[a]!++] = b;
      neighbours[next[b]!++] = a;
    }
  return { start: degree, neighbours };
}

function postorderOf(parent: Int32Array): Int32Array {
  const n = parent.length;
  const firstChild = new Int32Array(n).fill(-1);
  const nextSibling = new Int32Array(n).fill(-1);
  const roots: number[] = [];
  for (let f = n - 1; f >= 0; f--) {
    const p = parent[f]!;
    if (p < 0) roots.push(f);
    else {
      nextSibling[f] = firstChild[p]!;
      firstChild[p] = f;
    }
  }
  const order = new Int32Array(n);
  let at = n;
  // Visiting a parent before its children and writing backwards puts every child before its parent.
  const stack = roots;
  while (stack.length > 0) {
    const f = stack.pop()!;
    order[--at] = f;
    for (let c = firstChild[f]!; c >= 0; c = nextSibling[c]!) stack.push(c);
  }
  return order;
}

/** Front of every node and parent of every front: the front of the first row that will be eliminated. */
function treeOf(elimination: Elimination, nodes: number): { frontOfNode: Int32Array; parent: Int32Array } {
  const { fronts, pivotStart, pivots, rowStart, rows } = elimination;
  const frontOfNode = new Int32Array(nodes);
  for (let f = 0; f < fronts; f++)
    for (let k = pivotStart[f]!; k < pivotStart[f + 1]!; k++) frontOfNode[pivots[k]!] = f;
  const parent = new Int32Array(fronts).fill(-1);
  for (let f = 0; f < fronts; f++) if (rowStart[f]! < rowStart[f + 1]!) parent[f] = frontOfNode[rows[rowStart[f]!]!]!;
  return { frontOfNode, parent };
}

/**
 * Analyses a pattern: orders it by minimum degree, forms the fronts and says where every value goes.
 */
export function analyse(pattern: BlockPattern): Symbolic {
  return analyseWithin(pattern, Number.POSITIVE_INFINITY)!;
}

/** Analyses a pattern, unless a factorisation would take more than so many multiplications: then null. */
export function analyseWithin(pattern: BlockPattern, most: number): Symbolic | null {
  const { nodes, width } = pattern;
  const graph = adjacency(pattern);
  const elimination = minimumDegree(nodes, graph.start, graph.neighbours, width, most);
  if (!elimination) return null;
  const { fronts, pivotStart, pivots: pivotNodes, rowStart, rows } = elimination;
  const { frontOfNode, parent } = treeOf(elimination, nodes);
  const scalarStart = new Int32Array(nodes + 1);
  for (let a = 0; a < nodes; a++) scalarStart[a + 1] = scalarStart[a]! + width[a]!;
  const order = scalarStart[nodes]!;
  const place = new Int32Array(order);
  const frontOf = new Int32Array(order);
  let at = 0;
  for (let k = 0; k < nodes; k++) {
    const node = pivotNodes[k]!;
    for (let s = scalarStart[node]!; s < scalarStart[node + 1]!; s++) {
      frontOf[s] = frontOfNode[node]!;
      place[s] = at++;
    }
  }
  const pivots = new Int32Array(fronts);
  const height = new Int32Array(fronts);
  const indexStart = new Int32Array(fronts + 1);
  const factorStart = new Float64Array(fronts + 1);
  let largestHeight = 0;
  for (let f = 0; f < fronts; f++) {
    for (let k = pivotStart[f]!; k < pivotStart[f + 1]!; k++) pivots[f]! += width[pivotNodes[k]!]!;
    height[f] = pivots[f]!;
    for (let k = rowStart[f]!; k < rowStart[f + 1]!; k++) height[f]! += width[rows[k]!]!;
    indexStart[f + 1] = indexStart[f]! + height[f]!;
    factorStart[f + 1] = factorStart[f]! + height[f]! * pivots[f]!;
    largestHeight = Math.max(largestHeight, height[f]!);
  }
  const indices = new Int32Array(indexStart[fronts]!);
  for (let f = 0, to = 0; f < fronts; f++) {
    const add = (node: number) => {
      for (let s = scalarStart[node]!; s < scalarStart[node + 1]!; s++) indices[to++] = place[s]!;
    };
    for (let k = pivotStart[f]!; k < pivotStart[f + 1]!; k++) add(pivotNodes[k]!);
    for (let k = rowStart[f]!; k < rowStart[f + 1]!; k++) add(rows[k]!);
  }
  const base = {
    pattern,
    fronts,
    pivots,
    height,
    parent,
    postorder: postorderOf(parent),
    indexStart,
    indices,
    factorStart,
    factorLength: factorStart[fronts]!,
    largestHeight,
    place,
    frontOf,
    scalarStart,
    order,
  };
  return { ...base, ...placeRows(base), ...placeEntries(base) };
}

type Fronts = Pick<Symbolic, "fronts" | "pivots" | "height" | "parent" | "indexStart" | "indices" | "order">;

/** Where the rows of each front stand in its parent. Both lists ascend by place, so one walk suffices. */
function placeRows(s: Fronts): Pick<Symbolic, "relative" | "relativeStart"> {
  const relativeStart = new Int32Array(s.fronts + 1);
  for (let f = 0; f < s.fronts; f++) relativeStart[f + 1] = relativeStart[f]! + s.height[f]! - s.pivots[f]!;
  const relative = new Int32Array(relativeStart[s.fronts]!);
  for (let f = 0; f < s.fronts; f++) {
    const p = s.parent[f]!;
    if (p < 0) continue;
    let there = s.indexStart[p]!;
    for (let k = s.pivots[f]!, to = relativeStart[f]!; k < s.height[f]!; k++, to++) {
      const index = s.indices[s.indexStart[f]! + k]!;
      while (s.indices[there] !== index) there++;
      relative[to] = there - s.indexStart[p]!;
    }
  }
  return { relativeStart, relative };
}

/** Where each stored value goes: into the front that eliminates the earlier of its row and column. */
function placeEntries(
  s: Fronts & Pick<Symbolic, "pattern" | "place" | "frontOf" | "scalarStart">,
): Pick<Symbolic, "entryStart" | "entrySource" | "entryTarget"> {
  const { pattern, place, frontOf, scalarStart } = s;
  const count = new Int32Array(s.fronts + 1);
  /** Visits each scalar of the lower triangle once: its source, its earlier and its later scalar. */
  function visit(each: (source: number, early: number, late: number) => void): void {
    for (let a = 0; a < pattern.nodes; a++)
      for (let e = pattern.start[a]!; e < pattern.start[a + 1]!; e++) {
        const b = pattern.column[e]!;
        const wide = pattern.width[b]!;
        for (let i = 0; i < pattern.width[a]!; i++)
          for (let j = a === b ? i : 0; j < wide; j++) {
            const [row, column] = [scalarStart[a]! + i, scalarStart[b]! + j];
            const source = pattern.valueStart[e]! + i * wide + j;
            if (place[row]! <= place[column]!) each(source, row, column);
            else each(source, column, row);
          }
      }
  }
  visit((_, early) => {
    count[frontOf[early]! + 1]!++;
  });
  for (let f = 0; f < s.fronts; f++) count[f + 1]! += count[f]!;
  const entryStart = count.slice();
  const entries = entryStart[s.fronts]!;
  const entrySource = new Int32Array(entries);
  const later = new Int32Array(entries);
  const column = new Int32Array(entries);
  visit((source, early, late) => {
    const f = frontOf[early]!;
    const to = count[f]!++;
    entrySource[to] = source;
    later[to] = place[late]!;
    column[to] = place[early]! - s.indices[s.indexStart[f]!]!;
  });
  const entryTarget = new Int32Array(entries);
  const local = new Int32Array(s.order);
  for (let f = 0; f < s.fronts; f++) {
    const from = s.indexStart[f]!;
    for (let k = 0; k < s.height[f]!; k++) local[s.indices[from + k]!] = k;
    for (let e = entryStart[f]!; e < entryStart[f + 1]!; e++)
      entryTarget[e] = column[e]! * s.height[f]! + local[later[e]!]!;
  }
  return { entryStart, entrySource, entryTarget };
}
