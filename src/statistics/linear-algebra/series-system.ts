import { type ClusterBlocks, regroup } from "./cluster-blocks.js";
import { clustersOf } from "./clusters.js";
import { NotPositiveDefiniteError } from "./dense.js";
import { radiusOf, type SeriesWork, seriesDiagonal, seriesWork, solveCoupled } from "./series.js";
import type { BlockPattern } from "./symbolic.js";
import type { PositiveDefiniteSystem, Precision } from "./system.js";

/** Lower Cholesky factors of every cluster's diagonal block, in place; answers the logarithm of their determinant. */
function factoriseClusters(blocks: ClusterBlocks, d: Float64Array): number {
  const { clusters, diagonalStart } = blocks;
  let logDeterminant = 0;
  for (let c = 0; c < clusters.count; c++) {
    const w = clusters.width[c]!;
    const at = diagonalStart[c]!;
    for (let i = 0; i < w; i++)
      for (let j = 0; j <= i; j++) {
        let sum = d[at + i * w + j]!;
        for (let k = 0; k < j; k++) sum -= d[at + i * w + k]! * d[at + j * w + k]!;
        if (i !== j) d[at + i * w + j] = sum / d[at + j * w + j]!;
        else if (sum > 0) d[at + i * w + i] = Math.sqrt(sum);
        else throw new NotPositiveDefiniteError(blocks.first[c]! + i);
      }
    for (let i = 0; i < w; i++) logDeterminant += 2 * Math.log(d[at + i * w + i]!);
  }
  return logDeterminant;
}

/** L⁻¹x (or L⁻ᵀx) for one cluster and several columns, in place. `x` is w×width, row-major, beginning at `at`. */
function solveCluster(
  l: Float64Array,
  lAt: number,
  w: number,
  x: Float64Array,
  at: number,
  width: number,
  transposed: boolean,
): void {
  for (let step = 0; step < w; step++) {
    const i = transposed ? w - 1 - step : step;
    const row = at + i * width;
    for (let before = 0; before < step; before++) {
      const k = transposed ? w - 1 - before : before;
      const factor = transposed ? l[lAt + k * w + i]! : l[lAt + i * w + k]!;
      if (factor !== 0) for (let c = 0, other = at + k * width; c < width; c++) x[row + c]! -= factor * x[other + c]!;
    }
    const inverse = 1 / l[lAt + i * w + i]!;
    for (let c = 0; c < width; c++) x[row + c]! *= inverse;
  }
}

/**
 * The way for many levels that are weakly coupled, as schools are by the few pupils who move: M = L₀(I + F)L₀ᵀ with L₀ the
 * factor of the diagonal clusters, log|I + F| and the diagonal of (I + F)⁻¹ by their power series with exact traces, and
 * solutions by conjugate gradients. No fill, no random probes. It converges where the spectral radius of F is below one, and
 * is used where it is small ({@link SeriesSystem.forPattern}).
 */
export class SeriesSystem implements PositiveDefiniteSystem {
  readonly method = "series";
  remainder = 0;
  private readonly blocks: ClusterBlocks;
  private readonly diagonal: Float64Array;
  private readonly coupling: Float64Array;
  private readonly work: SeriesWork;
  private readonly radius: number;
  /** Diagonal blocks of M⁻¹, cluster by cluster. */
  private inverseBlocks: Float64Array;
  private precision: Precision = "fine";
  private last: { width: number; solution: Float64Array } | null = null;

  private constructor(blocks: ClusterBlocks, values: Float64Array) {
    this.blocks = blocks;
    this.diagonal = new Float64Array(blocks.diagonalLength);
    this.coupling = new Float64Array(blocks.blockLength);
    this.inverseBlocks = new Float64Array(blocks.diagonalLength);
    this.work = seriesWork(blocks);
    this.fill(values);
    this.radius = radiusOf(blocks, this.coupling);
  }

  /** The largest spectral radius of the coupling for which the series is trusted. */
  static readonly largestRadius = 0.3;

  /**
   * A series system, or null where the levels are too strongly coupled for one.
   * @param values of the matrix where the coupling is at its largest: for M = ΛᵀCΛ + I that is a large Λ
   * @param coupling values that say which nodes belong together: C
   */
  static forPattern(pattern: BlockPattern, values: Float64Array, coupling: Float64Array): SeriesSystem | null {
    const system = new SeriesSystem(regroup(pattern, clustersOf(pattern, coupling), values.length), values);
    return system.radius <= SeriesSystem.largestRadius ? system : null;
  }

  refine(precision: Precision): void {
    this.precision = precision;
  }

  /** Sets L₀ and F from new values; answers log|L₀L₀ᵀ|. */
  private fill(values: Float64Array): number {
    const { blocks, diagonal, coupling } = this;
    const { clusters, diagonalStart, start, neighbour, blockStart } = blocks;
    for (let v = 0; v < values.length; v++) {
      const at = blocks.diagonalTarget[v]!;
      if (at >= 0) diagonal[at] = values[v]!;
      else {
        coupling[blocks.target[v]!] = values[v]!;
        coupling[blocks.mirrored[v]!] = values[v]!;
      }
    }
    this.mirrorDiagonal();
    const logDeterminant = factoriseClusters(blocks, diagonal);
    for (let c = 0; c < clusters.count; c++) {
      const wc = clusters.width[c]!;
      for (let e = start[c]!; e < start[c + 1]!; e++) {
        const d = neighbour[e]!;
        const wd = clusters.width[d]!;
        const at = blockStart[e]!;
        if (wc === 1 && wd === 1) coupling[at]! /= diagonal[diagonalStart[c]!]! * diagonal[diagonalStart[d]!]!;
        else {
          solveCluster(diagonal, diagonalStart[c]!, wc, coupling, at, wd, false);
          for (let i = 0; i < wc; i++) solveCluster(diagonal, diagonalStart[d]!, wd, coupling, at + i * wd, 1, false);
        }
      }
    }
    return logDeterminant;
  }

  /** Between two nodes of a cluster the pattern holds one side only; the factorisation reads the lower triangle. */
  private mirrorDiagonal(): void {
    const { clusters, diagonalStart } = this.blocks;
    const d = this.diagonal;
    for (let c = 0; c < clusters.count; c++) {
      const w = clusters.width[c]!;
      const at = diagonalStart[c]!;
      for (let i = 0; i < w; i++) for (let j = 0; j < i; j++) d[at + i * w + j] = d[at + j * w + i]!;
    }
  }

  factorise(values: Float64Array): number {
    const { blocks } = this;
    this.diagonal.fill(0);
    this.coupling.fill(0);
    const clustered = this.fill(values);
    const series = seriesDiagonal(blocks, this.coupling, this.work, this.radius, this.precision);
    this.remainder = series.remainder;
    this.inverseBlocks = series.inverse;
    const { clusters, diagonalStart } = blocks;
    for (let c = 0; c < clusters.count; c++) {
      const w = clusters.width[c]!;
      const at = diagonalStart[c]!;
      // L₀⁻ᵀ S L₀⁻¹: solve the rows, transpose (S is symmetric), solve again.
      solveCluster(this.diagonal, at, w, this.inverseBlocks, at, w, true);
      for (let i = 0; i < w; i++) solveCluster(this.diagonal, at, w, this.inverseBlocks, at + i * w, 1, true);
    }
    return clustered + series.logDeterminant;
  }

  solve(b: Float64Array, width: number): Float64Array {
    const { blocks } = this;
    const { place, clusters, diagonalStart, first } = blocks;
    const x = new Float64Array(b.length);
    for (let s = 0; s < place.length; s++) for (let c = 0; c < width; c++) x[place[s]! * width + c] = b[s * width + c]!;
    const all = (y: Float64Array, transposed: boolean) => {
      for (let c = 0; c < clusters.count; c++)
        solveCluster(this.diagonal, diagonalStart[c]!, clusters.width[c]!, y, first[c]! * width, width, transposed);
    };
    all(x, false);
    const guess = this.last?.width === width ? this.last.solution : null;
    const solution = solveCoupled(blocks, this.coupling, x, width, guess, this.precision);
    this.last = { width, solution };
    const y = Float64Array.from(solution);
    all(y, true);
    const out = new Float64Array(b.length);
    for (let s = 0; s < place.length; s++)
      for (let c = 0; c < width; c++) out[s * width + c] = y[place[s]! * width + c]!;
    return out;
  }

  inverse(): { values: Float64Array; complete: boolean } {
    const { blocks } = this;
    const values = new Float64Array(blocks.diagonalTarget.length);
    for (let v = 0; v < values.length; v++) {
      const at = blocks.diagonalTarget[v]!;
      if (at >= 0) values[v] = this.inverseBlocks[at]!;
    }
    return { values, complete: false };
  }

  quadraticForm(scalars: readonly number[], values: readonly number[]): number {
    const { blocks } = this;
    const clusterAt = scalars.map((s) => this.clusterOf(blocks.place[s]!));
    if (clusterAt.every((c) => c === clusterAt[0])) {
      const c = clusterAt[0]!;
      const w = blocks.clusters.width[c]!;
      const at = blocks.diagonalStart[c]!;
      let sum = 0;
      scalars.forEach((s, i) => {
        const row = at + (blocks.place[s]! - blocks.first[c]!) * w;
        scalars.forEach((t, j) => {
          sum += values[i]! * values[j]! * this.inverseBlocks[row + blocks.place[t]! - blocks.first[c]!]!;
        });
      });
      return sum;
    }
    const b = new Float64Array(blocks.order);
    scalars.forEach((s, i) => {
      b[s]! += values[i]!;
    });
    const x = this.solve(b, 1);
    return scalars.reduce((sum, s, i) => sum + values[i]! * x[s]!, 0);
  }

  private clusterOf(place: number): number {
    const { first, clusters } = this.blocks;
    let [low, high] = [0, clusters.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (first[middle]! <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
