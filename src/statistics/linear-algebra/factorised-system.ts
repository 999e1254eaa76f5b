import { selectedInverse } from "./selected-inverse.js";
import { SparseCholesky } from "./sparse-cholesky.js";
import { analyse, type BlockPattern, type Symbolic } from "./symbolic.js";
import type { PositiveDefiniteSystem } from "./system.js";

/** The exact way: sparse Cholesky factorisation over dense fronts. */
export class FactorisedSystem implements PositiveDefiniteSystem {
  readonly method = "factorisation";
  readonly remainder = 0;
  readonly symbolic: Symbolic;
  private readonly cholesky: SparseCholesky;

  constructor(pattern: BlockPattern) {
    this.symbolic = analyse(pattern);
    this.cholesky = new SparseCholesky(this.symbolic);
  }

  refine(): void {
    // Always exact to rounding.
  }

  factorise(values: Float64Array): number {
    return this.cholesky.factorise(values);
  }

  solve(b: Float64Array, width: number): Float64Array {
    const { place } = this.symbolic;
    const permuted = new Float64Array(b.length);
    const move = (from: Float64Array, fromRow: number, to: Float64Array, toRow: number) => {
      for (let c = 0; c < width; c++) to[toRow * width + c] = from[fromRow * width + c]!;
    };
    for (let s = 0; s < place.length; s++) move(b, s, permuted, place[s]!);
    this.cholesky.solveForward(permuted, width);
    this.cholesky.solveBackward(permuted, width);
    const out = new Float64Array(b.length);
    for (let s = 0; s < place.length; s++) move(permuted, place[s]!, out, s);
    return out;
  }

  inverse(): { values: Float64Array; complete: true } {
    const s = this.symbolic;
    const { pattern } = s;
    const inverse = selectedInverse(this.cholesky);
    const { nodes } = pattern;
    const last = pattern.start[nodes]! - 1;
    const length =
      last < 0 ? 0 : pattern.valueStart[last]! + pattern.width[nodes - 1]! * pattern.width[pattern.column[last]!]!;
    const values = new Float64Array(length);
    for (let f = 0; f < s.fronts; f++)
      for (let e = s.entryStart[f]!; e < s.entryStart[f + 1]!; e++)
        values[s.entrySource[e]!] = inverse[s.factorStart[f]! + s.entryTarget[e]!]!;
    // Only the upper triangle of a diagonal block is placed; the lower mirrors it.
    for (let a = 0; a < nodes; a++) {
      const k = pattern.width[a]!;
      const at = pattern.valueStart[pattern.start[a]!]!;
      for (let i = 1; i < k; i++) for (let j = 0; j < i; j++) values[at + i * k + j] = values[at + j * k + i]!;
    }
    return { values, complete: true };
  }

  quadraticForm(scalars: readonly number[], values: readonly number[]): number {
    return this.cholesky.quadraticForm(scalars, values);
  }
}
