/**
 * An elimination order of a symmetric sparse matrix as a sequence of dense fronts.
 * Front f eliminates the nodes `pivots[pivotStart[f]…]` together; `rows[rowStart[f]…]` are the nodes eliminated later that they touch.
 */
export interface Elimination {
  readonly fronts: number;
  readonly pivotStart: Int32Array;
  readonly pivots: Int32Array;
  readonly rowStart: Int32Array;
  /** In order of their elimination. */
  readonly rows: Int32Array;
  /** Place of each node in the whole order of elimination. */
  readonly position: Int32Array;
}

/** Live variables in lists by degree, so that the smallest is found at once. */
class DegreeLists {
  private readonly head: Int32Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly degree: Int32Array;
  private smallest = 0;

  constructor(nodes: number, largest: number) {
    this.head = new Int32Array(largest + 1).fill(-1);
    this.next = new Int32Array(nodes).fill(-1);
    this.previous = new Int32Array(nodes).fill(-1);
    this.degree = new Int32Array(nodes).fill(-1);
  }

  remove(node: number): void {
    const d = this.degree[node]!;
    if (d < 0) return;
    const [before, after] = [this.previous[node]!, this.next[node]!];
    if (before >= 0) this.next[before] = after;
    else this.head[d] = after;
    if (after >= 0) this.previous[after] = before;
    this.degree[node] = -1;
  }

  put(node: number, degree: number): void {
    this.remove(node);
    const first = this.head[degree]!;
    this.next[node] = first;
    this.previous[node] = -1;
    if (first >= 0) this.previous[first] = node;
    this.head[degree] = node;
    this.degree[node] = degree;
    if (degree < this.smallest) this.smallest = degree;
  }

  takeSmallest(): number {
    while (this.head[this.smallest]! < 0) this.smallest++;
    const node = this.head[this.smallest]!;
    this.remove(node);
    return node;
  }
}

// What a node is: a variable still to eliminate, an element (an eliminated pivot), or absorbed by another.
const live = 0;
const element = 1;
const gone = 2;

/**
 * Approximate minimum degree ordering on the quotient graph, with element absorption, mass elimination and
 * indistinguishable nodes merged (Amestoy, Davis & Duff 1996, SIAM J. Matrix Anal. Appl. 17:886–905).
 *
 * @param n number of nodes
 * @param start,neighbours symmetric adjacency without the diagonal, both directions present
 * @param weight scalars a node stands for, ≥ 1
 */
export function minimumDegree(n: number, start: Int32Array, neighbours: Int32Array, weight: Int32Array): Elimination {
  const variables: number[][] = [];
  const elements: number[][] = [];
  const content: number[][] = [];
  const members: number[][] = [];
  const size = Int32Array.from(weight);
  const contentWeight = new Int32Array(n);
  const state = new Uint8Array(n);
  const mark = new Int32Array(n).fill(-1);
  const stamp = new Int32Array(n).fill(-1);
  const outside = new Int32Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    variables.push(Array.from(neighbours.subarray(start[i]!, start[i + 1]!)));
    elements.push([]);
    content.push([]);
    members.push([i]);
    total += weight[i]!;
  }
  const lists = new DegreeLists(n, total);
  for (let i = 0; i < n; i++) {
    let degree = 0;
    for (const j of variables[i]!) degree += size[j]!;
    lists.put(i, degree);
  }
  const frontPivots: number[][] = [];
  const frontRows: number[][] = [];
  let left = n;
  let tag = 0;

  /** The variables that pivot p touches: its own and those of its elements, which p absorbs. Marked with the tag. */
  function formElement(p: number): number[] {
    const found: number[] = [];
    mark[p] = tag;
    const take = (list: readonly number[]) => {
      for (const j of list)
        if (state[j] === live && mark[j] !== tag) {
          mark[j] = tag;
          found.push(j);
        }
    };
    take(variables[p]!);
    for (const e of elements[p]!) {
      if (state[e] !== element) continue;
      take(content[e]!);
      state[e] = gone;
      content[e] = [];
    }
    return found;
  }

  /** For every element that shares variables with the new one: the weight of what it has outside it. */
  function measureOutside(touched: readonly number[]): void {
    for (const i of touched)
      for (const e of elements[i]!) {
        if (state[e] !== element) continue;
        if (stamp[e] !== tag) {
          stamp[e] = tag;
          outside[e] = contentWeight[e]!;
        }
        outside[e]! -= size[i]!;
      }
  }

  /** Drops what the new element covers from a variable's lists; answers its approximate degree outside the new element. */
  function prune(i: number, p: number): number {
    let degree = 0;
    const kept: number[] = [];
    for (const e of elements[i]!) {
      if (state[e] !== element || e === p) continue;
      if (outside[e] === 0) {
        state[e] = gone; // everything it has is in the new element
        content[e] = [];
        continue;
      }
      kept.push(e);
      degree += outside[e]!;
    }
    const own: number[] = [];
    for (const j of variables[i]!)
      if (state[j] === live && mark[j] !== tag) {
        own.push(j);
        degree += size[j]!;
      }
    variables[i] = own;
    elements[i] = kept;
    return degree;
  }

  function sameLists(i: number, j: number): boolean {
    const [vi, vj, ei, ej] = [variables[i]!, variables[j]!, elements[i]!, elements[j]!];
    if (vi.length !== vj.length || ei.length !== ej.length) return false;
    const a = new Set(vi);
    if (!vj.every((v) => a.has(v))) return false;
    const b = new Set(ei);
    return ej.every((e) => b.has(e));
  }

  function mergeIndistinguishable(touched: readonly number[]): void {
    const buckets = new Map<number, number[]>();
    for (const i of touched) {
      if (state[i] !== live) continue;
      let key = variables[i]!.length * 31 + elements[i]!.length;
      for (const j of variables[i]!) key = (key + j * 7) | 0;
      for (const e of elements[i]!) key = (key + e * 13) | 0;
      const bucket = buckets.get(key);
      if (!bucket) {
        buckets.set(key, [i]);
        continue;
      }
      const twin = bucket.find((other) => sameLists(other, i));
      if (twin === undefined) {
        bucket.push(i);
        continue;
      }
      size[twin]! += size[i]!;
      members[twin]!.push(...members[i]!);
      state[i] = gone;
      lists.remove(i);
      left--;
    }
  }

  while (left > 0) {
    const p = lists.takeSmallest();
    tag++;
    let touched = formElement(p);
    let touchedWeight = 0;
    for (const i of touched) touchedWeight += size[i]!;
    measureOutside(touched);
    state[p] = element;
    left--;
    total -= size[p]!;
    const degrees = new Map<number, number>();
    for (const i of touched) {
      const degree = prune(i, p);
      if (degree === 0 && elements[i]!.length === 0 && variables[i]!.length === 0) {
        // Mass elimination: i touches nothing outside this front, so it is eliminated with p at no further fill.
        members[p]!.push(...members[i]!);
        state[i] = gone;
        lists.remove(i);
        touchedWeight -= size[i]!;
        total -= size[i]!;
        left--;
      } else degrees.set(i, degree);
    }
    touched = touched.filter((i) => state[i] === live);
    for (const i of touched) elements[i]!.push(p);
    mergeIndistinguishable(touched);
    touched = touched.filter((i) => state[i] === live);
    for (const i of touched) lists.put(i, Math.max(0, Math.min(total, degrees.get(i)! + touchedWeight - size[i]!)));
    content[p] = touched;
    contentWeight[p] = touchedWeight;
    variables[p] = [];
    elements[p] = [];
    frontPivots.push(members[p]!);
    frontRows.push(touched.flatMap((i) => members[i]!));
  }
  return pack(n, frontPivots, frontRows);
}

function pack(n: number, frontPivots: readonly number[][], frontRows: readonly number[][]): Elimination {
  const fronts = frontPivots.length;
  const position = new Int32Array(n);
  let at = 0;
  for (const pivots of frontPivots) for (const node of pivots) position[node] = at++;
  const pivotStart = new Int32Array(fronts + 1);
  const rowStart = new Int32Array(fronts + 1);
  for (let f = 0; f < fronts; f++) {
    pivotStart[f + 1] = pivotStart[f]! + frontPivots[f]!.length;
    rowStart[f + 1] = rowStart[f]! + frontRows[f]!.length;
  }
  const pivots = new Int32Array(n);
  const rows = new Int32Array(rowStart[fronts]!);
  for (let f = 0; f < fronts; f++) {
    pivots.set(frontPivots[f]!, pivotStart[f]!);
    rows.set(
      frontRows[f]!.sort((a, b) => position[a]! - position[b]!),
      rowStart[f]!,
    );
  }
  return { fronts, pivotStart, pivots, rowStart, rows, position };
}
