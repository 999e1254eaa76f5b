import type { ClusterBlocks } from "./cluster-blocks.js";
import type { Precision } from "./system.js";

/** y row += (w_c×w_d block row i) · x rows, four of x's rows at a time. */
function addBlockRow(
  f: Float64Array,
  at: number,
  wd: number,
  x: Float64Array,
  from: number,
  width: number,
  y: Float64Array,
  to: number,
): void {
  let j = 0;
  for (; j + 3 < wd; j += 4) {
    const f0 = f[at + j]!;
    const f1 = f[at + j + 1]!;
    const f2 = f[at + j + 2]!;
    const f3 = f[at + j + 3]!;
    const x0 = from + j * width;
    const x1 = x0 + width;
    const x2 = x1 + width;
    const x3 = x2 + width;
    for (let k = 0; k < width; k++) y[to + k]! += f0 * x[x0 + k]! + f1 * x[x1 + k]! + f2 * x[x2 + k]! + f3 * x[x3 + k]!;
  }
  for (; j < wd; j++) {
    const value = f[at + j]!;
    const row = from + j * width;
    for (let k = 0; k < width; k++) y[to + k]! += value * x[row + k]!;
  }
}

/** y = F x for several columns; `x` and `y` are order×width, row-major, in the clusters' order. */
export function multiplyCoupling(
  blocks: ClusterBlocks,
  f: Float64Array,
  x: Float64Array,
  width: number,
  y: Float64Array,
): void {
  const { clusters, first, start, neighbour, blockStart } = blocks;
  y.fill(0);
  for (let c = 0; c < clusters.count; c++) {
    const wc = clusters.width[c]!;
    for (let e = start[c]!; e < start[c + 1]!; e++) {
      const d = neighbour[e]!;
      const wd = clusters.width[d]!;
      const at = blockStart[e]!;
      for (let i = 0; i < wc; i++)
        addBlockRow(f, at + i * wd, wd, x, first[d]! * width, width, y, (first[c]! + i) * width);
    }
  }
}

/** Spectral radius of F, by the power method from a fixed start; from below, close enough to judge the series by. */
export function radiusOf(blocks: ClusterBlocks, f: Float64Array): number {
  if (f.length === 0) return 0;
  let x = Float64Array.from({ length: blocks.order }, (_, i) => 1 + 0.5 * Math.sin(i + 1));
  let y = new Float64Array(blocks.order);
  let radius = 0;
  for (let step = 0; step < 60; step++) {
    multiplyCoupling(blocks, f, x, 1, y);
    let [size, before] = [0, 0];
    for (let i = 0; i < y.length; i++) {
      size += y[i]! ** 2;
      before += x[i]! ** 2;
    }
    if (size === 0) return 0;
    const next = Math.sqrt(size / before);
    const scale = 1 / Math.sqrt(size);
    for (let i = 0; i < y.length; i++) y[i]! *= scale;
    [x, y] = [y, x];
    if (Math.abs(next - radius) < 1e-3 * next) return next;
    radius = next;
  }
  return radius;
}

/** Solves (I + F) y = b by conjugate gradients, every column with its own steps: to rounding, or coarsely to nine digits. */
export function solveCoupled(
  blocks: ClusterBlocks,
  f: Float64Array,
  b: Float64Array,
  width: number,
  guess: Float64Array | null,
  precision: Precision,
): Float64Array {
  const n = blocks.order;
  const x = guess ? Float64Array.from(guess) : Float64Array.from(b);
  const product = new Float64Array(b.length);
  multiplyCoupling(blocks, f, x, width, product);
  const residual = new Float64Array(b.length);
  for (let i = 0; i < b.length; i++) residual[i] = b[i]! - x[i]! - product[i]!;
  const direction = Float64Array.from(residual);
  const squares = columnSquares(residual, n, width);
  const goal = columnSquares(b, n, width).map((value) => value * (precision === "coarse" ? 1e-18 : 1e-28));
  for (let step = 0; step < 200; step++) {
    if (squares.every((value, c) => value <= goal[c]!)) return x;
    multiplyCoupling(blocks, f, direction, width, product);
    const curvature = new Float64Array(width);
    for (let i = 0, at = 0; i < n; i++)
      for (let c = 0; c < width; c++, at++) curvature[c]! += direction[at]! * (direction[at]! + product[at]!);
    const length = squares.map((value, c) => (value > goal[c]! && curvature[c]! > 0 ? value / curvature[c]! : 0));
    const next = new Float64Array(width);
    for (let i = 0, at = 0; i < n; i++)
      for (let c = 0; c < width; c++, at++) {
        x[at]! += length[c]! * direction[at]!;
        residual[at]! -= length[c]! * (direction[at]! + product[at]!);
        next[c]! += residual[at]! ** 2;
      }
    const turn = next.map((value, c) => (length[c]! > 0 ? value / squares[c]! : 0));
    for (let i = 0, at = 0; i < n; i++)
      for (let c = 0; c < width; c++, at++) direction[at] = residual[at]! + turn[c]! * direction[at]!;
    squares.set(next);
  }
  return x;
}

function columnSquares(x: Float64Array, n: number, width: number): Float64Array {
  const out = new Float64Array(width);
  for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < width; c++, at++) out[c]! += x[at]! ** 2;
  return out;
}

/** Room for one row of F² and F³, and which clusters each touches. */
export interface SeriesWork {
  readonly square: Float64Array;
  readonly cube: Float64Array;
  readonly touched: Int32Array;
  readonly mark: Int32Array;
  readonly more: Int32Array;
  readonly seen: Int32Array;
}

/** Makes the room for a matrix's rows. */
export function seriesWork(blocks: ClusterBlocks): SeriesWork {
  const { count, width } = blocks.clusters;
  const widest = width.reduce((most, w) => Math.max(most, w), 0);
  return {
    square: new Float64Array(widest * blocks.order),
    cube: new Float64Array(widest * blocks.order),
    touched: new Int32Array(count),
    mark: new Int32Array(count).fill(-1),
    more: new Int32Array(count),
    seen: new Int32Array(count).fill(-1),
  };
}

/** to += X F: row c of a product, from row c of X (blocks `from`, w_c×order held cluster by cluster) and the blocks of F. */
function addRowProduct(
  blocks: ClusterBlocks,
  f: Float64Array,
  wc: number,
  via: number,
  x: Float64Array,
  xAt: number,
  to: Float64Array,
  touch: (d: number) => void,
): void {
  const { clusters, first, start, neighbour, blockStart } = blocks;
  const we = clusters.width[via]!;
  for (let g = start[via]!; g < start[via + 1]!; g++) {
    const d = neighbour[g]!;
    const wd = clusters.width[d]!;
    touch(d);
    const at = blockStart[g]!;
    const target = first[d]! * wc;
    if (wc === 1 && we === 1 && wd === 1) {
      to[target]! += x[xAt]! * f[at]!;
      continue;
    }
    for (let i = 0; i < wc; i++) addBlockRow(x, xAt + i * we, we, f, at, wd, to, target + i * wd);
  }
}

/** out += A Bᵀ for two w_c×w_d blocks. */
function addOuter(
  out: Float64Array,
  a: Float64Array,
  aAt: number,
  b: Float64Array,
  bAt: number,
  wc: number,
  wd: number,
): void {
  if (wc === 1 && wd === 1) {
    out[0]! += a[aAt]! * b[bAt]!;
    return;
  }
  for (let i = 0; i < wc; i++)
    for (let j = 0; j < wc; j++) {
      let sum = 0;
      for (let k = 0; k < wd; k++) sum += a[aAt + i * wd + k]! * b[bAt + j * wd + k]!;
      out[i * wc + j]! += sum;
    }
}

/** Multiplications that the sixth order costs, to decide whether it is worth them. */
function costOfSixth(blocks: ClusterBlocks): number {
  const { clusters, start } = blocks;
  const mean = start[clusters.count]! / clusters.count;
  const width = blocks.order / clusters.count;
  return clusters.count * Math.min(clusters.count, mean * mean) * mean * width ** 3;
}

const affordable = 3e9;
/** A remainder of the logarithm below this, a random effect, is not worth the sixth order. */
const negligible = 1e-7;

/** Where the sums of the powers go: the diagonal blocks of the inverse, and the traces. */
interface PowerSums {
  readonly inverse: Float64Array;
  readonly traces: Float64Array;
  readonly power: Float64Array;
}

/** Adds the k-th power's diagonal block of cluster c, which stands in `power`, to the inverse and its trace; clears it. */
function takePower(sums: PowerSums, k: number, at: number, wc: number): void {
  const { inverse, traces, power } = sums;
  for (let i = 0; i < wc * wc; i++) inverse[at + i]! += (k % 2 === 0 ? 1 : -1) * power[i]!;
  for (let i = 0; i < wc; i++) traces[k]! += power[i * wc + i]!;
  power.fill(0, 0, wc * wc);
}

/** One row of F² in `work.square`; answers how many clusters it touches (`work.touched`). */
function squareRow(blocks: ClusterBlocks, f: Float64Array, work: SeriesWork, c: number): number {
  const { clusters, first, start, neighbour, blockStart } = blocks;
  const { square, touched, mark } = work;
  const wc = clusters.width[c]!;
  let count = 0;
  const touch = (d: number) => {
    if (mark[d] === c) return;
    mark[d] = c;
    touched[count++] = d;
    square.fill(0, first[d]! * wc, (first[d]! + clusters.width[d]!) * wc);
  };
  for (let e = start[c]!; e < start[c + 1]!; e++)
    addRowProduct(blocks, f, wc, neighbour[e]!, f, blockStart[e]!, square, touch);
  return count;
}

/** One row of F³ in `work.cube`, from the row of F²; answers how many clusters it touches (`work.more`). */
function cubeRow(blocks: ClusterBlocks, f: Float64Array, work: SeriesWork, c: number, count: number): number {
  const { clusters, first } = blocks;
  const { square, cube, touched, more, seen } = work;
  const wc = clusters.width[c]!;
  let reached = 0;
  const touch = (d: number) => {
    if (seen[d] === c) return;
    seen[d] = c;
    more[reached++] = d;
    cube.fill(0, first[d]! * wc, (first[d]! + clusters.width[d]!) * wc);
  };
  for (let k = 0; k < count; k++)
    addRowProduct(blocks, f, wc, touched[k]!, square, first[touched[k]!]! * wc, cube, touch);
  return reached;
}

/** Second to fourth (or sixth) powers' part of one cluster. */
function addPowers(
  blocks: ClusterBlocks,
  f: Float64Array,
  work: SeriesWork,
  sums: PowerSums,
  c: number,
  order: 2 | 4 | 6,
): void {
  const { clusters, first, start, neighbour, blockStart, diagonalStart } = blocks;
  const wc = clusters.width[c]!;
  const at = diagonalStart[c]!;
  const { power } = sums;
  const { square, cube, touched, mark, more } = work;
  for (let e = start[c]!; e < start[c + 1]!; e++)
    addOuter(power, f, blockStart[e]!, f, blockStart[e]!, wc, clusters.width[neighbour[e]!]!);
  takePower(sums, 2, at, wc);
  if (order === 2) return;
  const count = squareRow(blocks, f, work, c);
  for (let e = start[c]!; e < start[c + 1]!; e++) {
    const d = neighbour[e]!;
    if (mark[d] === c) addOuter(power, square, first[d]! * wc, f, blockStart[e]!, wc, clusters.width[d]!);
  }
  takePower(sums, 3, at, wc);
  for (let k = 0; k < count; k++) {
    const d = touched[k]!;
    addOuter(power, square, first[d]! * wc, square, first[d]! * wc, wc, clusters.width[d]!);
  }
  takePower(sums, 4, at, wc);
  if (order === 4) return;
  const reached = cubeRow(blocks, f, work, c, count);
  for (let k = 0; k < reached; k++) {
    const d = more[k]!;
    if (mark[d] === c) addOuter(power, cube, first[d]! * wc, square, first[d]! * wc, wc, clusters.width[d]!);
  }
  takePower(sums, 5, at, wc);
  for (let k = 0; k < reached; k++) {
    const d = more[k]!;
    addOuter(power, cube, first[d]! * wc, cube, first[d]! * wc, wc, clusters.width[d]!);
  }
  takePower(sums, 6, at, wc);
}

/**
 * log|I + F| and the diagonal blocks of (I + F)⁻¹ by their power series with exact traces: of second order to find the way,
 * of the fourth to arrive, and for the final figures of the sixth where the fourth leaves too much and it can be afforded.
 *
 * @param radius spectral radius of F
 * @returns the bound on what the logarithm leaves out, by |tr Fᵏ⁺¹| ≤ radius · tr Fᵏ for even k
 */
export function seriesDiagonal(
  blocks: ClusterBlocks,
  f: Float64Array,
  work: SeriesWork,
  radius: number,
  precision: Precision,
): { logDeterminant: number; inverse: Float64Array; remainder: number } {
  const { clusters } = blocks;
  const widest = clusters.width.reduce((most, w) => Math.max(most, w), 0);
  const sums: PowerSums = {
    inverse: new Float64Array(blocks.diagonalLength),
    traces: new Float64Array(7),
    power: new Float64Array(widest * widest),
  };
  let order: 2 | 4 | 6 = precision === "coarse" ? 2 : 4;
  let { logDeterminant, remainder } = sumPowers(blocks, f, work, sums, order, radius);
  if (precision === "final" && remainder > negligible * blocks.order && costOfSixth(blocks) < affordable) {
    order = 6;
    ({ logDeterminant, remainder } = sumPowers(blocks, f, work, sums, order, radius));
  }
  return { logDeterminant, inverse: sums.inverse, remainder };
}

/** Fills the sums of the powers up to an order; answers the logarithm and the bound on what it leaves out. */
function sumPowers(
  blocks: ClusterBlocks,
  f: Float64Array,
  work: SeriesWork,
  sums: PowerSums,
  order: 2 | 4 | 6,
  radius: number,
): { logDeterminant: number; remainder: number } {
  const { clusters, start, diagonalStart } = blocks;
  const { traces, inverse } = sums;
  work.mark.fill(-1);
  work.seen.fill(-1);
  traces.fill(0);
  inverse.fill(0);
  for (let c = 0; c < clusters.count; c++) {
    const wc = clusters.width[c]!;
    for (let i = 0; i < wc; i++) inverse[diagonalStart[c]! + i * wc + i] = 1;
    if (start[c]! < start[c + 1]!) addPowers(blocks, f, work, sums, c, order);
  }
  let logDeterminant = 0;
  for (let k = 2; k <= order; k++) logDeterminant += ((k % 2 === 0 ? -1 : 1) * traces[k]!) / k;
  return { logDeterminant, remainder: (traces[order]! * radius) / ((order + 1) * (1 - radius)) };
}
