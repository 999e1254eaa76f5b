import { partialCholesky, solveLower, solveLowerTransposed } from "./dense.js";
import type { Symbolic } from "./symbolic.js";

/** A numeric factorisation L Lᵀ of a matrix with a given pattern; refactored in place for new values. */
export class SparseCholesky {
  readonly symbolic: Symbolic;
  /** Every front's factor, height × pivots, column-major. */
  readonly factor: Float64Array;
  private readonly front: Float64Array;
  private updates: Float64Array;
  private readonly updateAt: Float64Array;
  private readonly childrenLeft: Int32Array;
  /** All zeros between calls. */
  private work: Float64Array | null = null;

  constructor(symbolic: Symbolic) {
    this.symbolic = symbolic;
    this.factor = new Float64Array(symbolic.factorLength);
    this.front = new Float64Array(symbolic.largestHeight * symbolic.largestHeight);
    this.updates = new Float64Array(1024);
    this.updateAt = new Float64Array(symbolic.fronts);
    this.childrenLeft = new Int32Array(symbolic.fronts + 1);
    for (const p of symbolic.parent) if (p >= 0) this.childrenLeft[p]!++;
  }

  /**
   * Factors new values and answers the logarithm of the determinant.
   * @param values laid out as the pattern's `valueStart` says
   * @throws {NotPositiveDefiniteError} when the matrix is not positive definite.
   */
  factorise(values: Float64Array): number {
    const s = this.symbolic;
    let stackTop = 0;
    let logDeterminant = 0;
    const pending: number[] = []; // fronts whose update matrix is on the stack, children of one parent together
    for (const f of s.postorder) {
      const m = s.height[f]!;
      const k = s.pivots[f]!;
      const r = m - k;
      const work = this.front;
      work.fill(0, 0, m * m);
      for (let e = s.entryStart[f]!; e < s.entryStart[f + 1]!; e++)
        work[s.entryTarget[e]!]! += values[s.entrySource[e]!]!;
      for (let children = this.childrenLeft[f]!; children > 0; children--) {
        const child = pending.pop()!;
        stackTop = this.updateAt[child]!;
        this.extendAdd(child, m);
      }
      partialCholesky(work, m, k);
      const at = s.factorStart[f]!;
      for (let c = 0; c < k; c++) {
        for (let i = c; i < m; i++) this.factor[at + c * m + i] = work[c * m + i]!;
        logDeterminant += 2 * Math.log(work[c * m + c]!);
      }
      if (r > 0) {
        stackTop = this.pushUpdate(f, stackTop);
        pending.push(f);
      }
    }
    return logDeterminant;
  }

  /** Adds a child's update matrix (r×r, lower, column-major) to the parent's front of height m. */
  private extendAdd(child: number, m: number): void {
    const s = this.symbolic;
    const r = s.height[child]! - s.pivots[child]!;
    const from = this.updateAt[child]!;
    const at = s.relativeStart[child]!;
    for (let j = 0; j < r; j++) {
      const column = s.relative[at + j]! * m;
      for (let i = j; i < r; i++) this.front[column + s.relative[at + i]!]! += this.updates[from + j * r + i]!;
    }
  }

  private pushUpdate(f: number, top: number): number {
    const s = this.symbolic;
    const m = s.height[f]!;
    const k = s.pivots[f]!;
    const r = m - k;
    if (top + r * r > this.updates.length) {
      const larger = new Float64Array(2 * (top + r * r));
      larger.set(this.updates.subarray(0, top));
      this.updates = larger;
    }
    for (let j = 0; j < r; j++)
      for (let i = j; i < r; i++) this.updates[top + j * r + i] = this.front[(k + j) * m + k + i]!;
    this.updateAt[f] = top;
    return top + r * r;
  }

  /** Solves `L x = P b` in place: `b` order×width, row-major, its rows already permuted to the order of elimination. */
  solveForward(b: Float64Array, width: number): void {
    const s = this.symbolic;
    for (const f of s.postorder) {
      const m = s.height[f]!;
      const k = s.pivots[f]!;
      const at = s.factorStart[f]!;
      const from = s.indexStart[f]!;
      const first = s.indices[from]!;
      solveLower(this.factor, at, m, k, b, first * width, width);
      for (let j = 0; j < k; j++) {
        const source = (first + j) * width;
        for (let i = k; i < m; i++) {
          const lij = this.factor[at + j * m + i]!;
          const target = s.indices[from + i]! * width;
          for (let c = 0; c < width; c++) b[target + c]! -= lij * b[source + c]!;
        }
      }
    }
  }

  /** Solves `Lᵀ x = b` in place; shapes as in {@link solveForward}. */
  solveBackward(b: Float64Array, width: number): void {
    const s = this.symbolic;
    for (let at = s.fronts - 1; at >= 0; at--) {
      const f = s.postorder[at]!;
      const m = s.height[f]!;
      const k = s.pivots[f]!;
      const start = s.factorStart[f]!;
      const from = s.indexStart[f]!;
      const first = s.indices[from]!;
      for (let j = 0; j < k; j++) {
        const target = (first + j) * width;
        for (let i = k; i < m; i++) {
          const lij = this.factor[start + j * m + i]!;
          const source = s.indices[from + i]! * width;
          for (let c = 0; c < width; c++) b[target + c]! -= lij * b[source + c]!;
        }
      }
      solveLowerTransposed(this.factor, start, m, k, b, first * width, width);
    }
  }

  /**
   * aᵀM⁻¹a for a sparse vector: the squared length of L⁻¹Pa, solved only along the paths from its entries to the roots.
   * @param scalars places of the entries, node by node (not permuted); repeated places add up
   */
  quadraticForm(scalars: readonly number[], values: readonly number[]): number {
    const s = this.symbolic;
    const work = this.sparseWork();
    const waiting = new Set<number>();
    scalars.forEach((scalar, e) => {
      work[s.place[scalar]!]! += values[e]!;
      waiting.add(s.frontOf[scalar]!);
    });
    let sum = 0;
    while (waiting.size > 0) {
      // Fronts are numbered in order of elimination, so the smallest has nothing before it.
      let f = Number.POSITIVE_INFINITY;
      for (const candidate of waiting) if (candidate < f) f = candidate;
      waiting.delete(f);
      sum += this.eliminateSparse(f, work);
      const parent = s.parent[f]!;
      if (parent >= 0) waiting.add(parent);
    }
    return sum;
  }

  /** One front of a sparse forward solve; answers the squares of its pivots' solution and clears them. */
  private eliminateSparse(f: number, work: Float64Array): number {
    const s = this.symbolic;
    const m = s.height[f]!;
    const at = s.factorStart[f]!;
    const from = s.indexStart[f]!;
    let sum = 0;
    for (let j = 0; j < s.pivots[f]!; j++) {
      const place = s.indices[from + j]!;
      const x = work[place]! / this.factor[at + j * m + j]!;
      work[place] = 0;
      if (x === 0) continue;
      sum += x * x;
      for (let i = j + 1; i < m; i++) work[s.indices[from + i]!]! -= this.factor[at + j * m + i]! * x;
    }
    return sum;
  }

  private sparseWork(): Float64Array {
    this.work ??= new Float64Array(this.symbolic.order);
    return this.work;
  }
}
