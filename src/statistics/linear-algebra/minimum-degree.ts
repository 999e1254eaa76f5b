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

/** The matrix during elimination: variables still to eliminate, and elements that stand for the eliminated pivots' rows. */
class QuotientGraph {
  readonly frontPivots: number[][] = [];
  readonly frontRows: number[][] = [];
  private readonly variables: number[][] = [];
  private readonly elements: number[][] = [];
  private readonly content: number[][] = [];
  private readonly members: number[][] = [];
  private readonly size: Int32Array;
  private readonly contentWeight: Int32Array;
  private readonly state: Uint8Array;
  private readonly mark: Int32Array;
  private readonly stamp: Int32Array;
  private readonly outside: Int32Array;
  private readonly lists: DegreeLists;
  /** Multiplications that a factorisation of the fronts so far would take. */
  work = 0;
  /** Weight of the variables that are left, and their number. */
  private weightLeft = 0;
  private left: number;
  private tag = 0;

  constructor(n: number, start: Int32Array, neighbours: Int32Array, weight: Int32Array) {
    this.size = Int32Array.from(weight);
    this.contentWeight = new Int32Array(n);
    this.state = new Uint8Array(n);
    this.mark = new Int32Array(n).fill(-1);
    this.stamp = new Int32Array(n).fill(-1);
    this.outside = new Int32Array(n);
    this.left = n;
    for (let i = 0; i < n; i++) {
      this.variables.push(Array.from(neighbours.subarray(start[i]!, start[i + 1]!)));
      this.elements.push([]);
      this.content.push([]);
      this.members.push([i]);
      this.weightLeft += weight[i]!;
    }
    this.lists = new DegreeLists(n, this.weightLeft);
    for (let i = 0; i < n; i++) this.lists.put(i, this.weigh(this.variables[i]!));
  }

  /** Eliminates until nothing is left, or the work is more than `most`; answers whether nothing is left. */
  run(most: number): boolean {
    while (this.left > 0 && this.work <= most) this.eliminate(this.lists.takeSmallest());
    return this.left === 0;
  }

  private weigh(nodes: readonly number[]): number {
    let sum = 0;
    for (const node of nodes) sum += this.size[node]!;
    return sum;
  }

  private eliminate(p: number): void {
    this.tag++;
    let touched = this.formElement(p);
    this.measureOutside(touched);
    this.state[p] = element;
    this.left--;
    this.weightLeft -= this.size[p]!;
    const degrees = new Map<number, number>();
    for (const i of touched) {
      const degree = this.prune(i, p);
      // Mass elimination: i touches nothing outside this front, so it is eliminated with p at no further fill.
      if (this.elements[i]!.length === 0 && this.variables[i]!.length === 0) {
        this.weightLeft -= this.size[i]!;
        this.absorb(i, p);
      } else degrees.set(i, degree);
    }
    touched = this.living(touched);
    for (const i of touched) this.elements[i]!.push(p);
    this.mergeIndistinguishable(touched);
    touched = this.living(touched);
    const touchedWeight = this.weigh(touched);
    for (const i of touched)
      this.lists.put(i, Math.max(0, Math.min(this.weightLeft, degrees.get(i)! + touchedWeight - this.size[i]!)));
    this.content[p] = touched;
    this.contentWeight[p] = touchedWeight;
    this.variables[p] = [];
    this.elements[p] = [];
    const height = this.size[p]! + touchedWeight;
    this.work += this.size[p]! * height * height;
    this.frontPivots.push(this.members[p]!);
    this.frontRows.push(touched.flatMap((i) => this.members[i]!));
  }

  private living(nodes: readonly number[]): number[] {
    return nodes.filter((i) => this.state[i] === live);
  }

  /** Variable i goes into another node: a pivot it is eliminated with, or a twin. */
  private absorb(i: number, into: number): void {
    this.members[into]!.push(...this.members[i]!);
    this.state[i] = gone;
    this.lists.remove(i);
    this.left--;
  }

  /** The variables that pivot p touches: its own and those of its elements, which p absorbs. Marked with the tag. */
  private formElement(p: number): number[] {
    const found: number[] = [];
    this.mark[p] = this.tag;
    const take = (list: readonly number[]) => {
      for (const j of list)
        if (this.state[j] === live && this.mark[j] !== this.tag) {
          this.mark[j] = this.tag;
          found.push(j);
        }
    };
    take(this.variables[p]!);
    for (const e of this.elements[p]!) {
      if (this.state[e] !== element) continue;
      take(this.content[e]!);
      this.state[e] = gone;
      this.content[e] = [];
    }
    return found;
  }

  /** For every element that shares variables with the new one: the weight of what it has outside it. */
  private measureOutside(touched: readonly number[]): void {
    for (const i of touched)
      for (const e of this.elements[i]!) {
        if (this.state[e] !== element) continue;
        if (this.stamp[e] !== this.tag) {
          this.stamp[e] = this.tag;
          this.outside[e] = this.contentWeight[e]!;
        }
        this.outside[e]! -= this.size[i]!;
      }
  }

  /** Drops what the new element covers from a variable's lists; answers its approximate degree outside the new element. */
  private prune(i: number, p: number): number {
    let degree = 0;
    const kept: number[] = [];
    for (const e of this.elements[i]!) {
      if (this.state[e] !== element || e === p) continue;
      if (this.outside[e] === 0) {
        this.state[e] = gone; // everything it has is in the new element
        this.content[e] = [];
        continue;
      }
      kept.push(e);
      degree += this.outside[e]!;
    }
    this.elements[i] = kept;
    this.variables[i] = this.variables[i]!.filter((j) => this.state[j] === live && this.mark[j] !== this.tag);
    return degree + this.weigh(this.variables[i]!);
  }

  private sameLists(i: number, j: number): boolean {
    const same = (a: readonly number[], b: readonly number[]) => {
      if (a.length !== b.length) return false;
      const known = new Set(a);
      return b.every((node) => known.has(node));
    };
    return same(this.variables[i]!, this.variables[j]!) && same(this.elements[i]!, this.elements[j]!);
  }

  /** Variables that touch the same are eliminated together, so one of them stands for all. */
  private mergeIndistinguishable(touched: readonly number[]): void {
    const buckets = new Map<number, number[]>();
    for (const i of touched) {
      let key = this.variables[i]!.length * 31 + this.elements[i]!.length;
      for (const j of this.variables[i]!) key = (key + j * 7) | 0;
      for (const e of this.elements[i]!) key = (key + e * 13) | 0;
      const bucket = buckets.get(key);
      const twin = bucket?.find((other) => this.sameLists(other, i));
      if (twin !== undefined) {
        this.size[twin]! += this.size[i]!;
        this.absorb(i, twin);
      } else if (bucket) bucket.push(i);
      else buckets.set(key, [i]);
    }
  }
}

/**
 * Approximate minimum degree ordering on the quotient graph, with element absorption, mass elimination and
 * indistinguishable nodes merged (Amestoy, Davis & Duff 1996, SIAM J. Matrix Anal. Appl. 17:886–905).
 *
 * @param n number of nodes
 * @param start,neighbours symmetric adjacency without the diagonal, both directions present
 * @param weight scalars a node stands for, ≥ 1
 * @param most multiplications of a factorisation, from where on it is given up
 * @returns null where it was given up
 */
export function minimumDegree(
  n: number,
  start: Int32Array,
  neighbours: Int32Array,
  weight: Int32Array,
  most = Number.POSITIVE_INFINITY,
): Elimination | null {
  const graph = new QuotientGraph(n, start, neighbours, weight);
  return graph.run(most) ? pack(n, graph.frontPivots, graph.frontRows) : null;
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
