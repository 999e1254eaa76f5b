import type { Crew, Job } from "../parallel/crew.js";
import type { CoupledUnits } from "./coupled-units.js";

export type Order = 2 | 4 | 6;

/** What the powers are summed from and into. */
interface PowerSums {
  readonly coupled: CoupledUnits;
  /** S, cluster by cluster. */
  readonly s: Float64Array;
  readonly order: Order;
  readonly parts: number;
  /** Σ (−1)ᵏ [N(SN)ᵏ⁻¹] within clusters, and the traces of (SN)ᵏ at 8·part + k. */
  readonly rest: Float64Array;
  readonly traces: Float64Array;
}

/** One row of blocks of a product, w rows by all scalars: at scalar j the values of the w rows begin at j·w. Zero outside `touched`. */
interface Row {
  readonly values: Float64Array;
  readonly touched: Int32Array;
  count: number;
  readonly mark: Uint8Array;
}

const emptyRow = ({ clusters, widest, scalarStart }: CoupledUnits): Row => ({
  values: new Float64Array(scalarStart[clusters]! * widest),
  touched: new Int32Array(clusters),
  count: 0,
  mark: new Uint8Array(clusters),
});

function touch(row: Row, cluster: number): void {
  if (row.mark[cluster] === 1) return;
  row.mark[cluster] = 1;
  row.touched[row.count++] = cluster;
}

/** Back to zero, for the next cluster. */
function clear(row: Row, { scalarStart }: CoupledUnits, w: number): void {
  for (let k = 0; k < row.count; k++) {
    const c = row.touched[k]!;
    row.values.fill(0, scalarStart[c]! * w, scalarStart[c + 1]! * w);
    row.mark[c] = 0;
  }
  row.count = 0;
}

/** X = N[c, m] S[m] for one pair of clusters, w×(width of m), row-major. */
function pairTimesS(
  coupled: CoupledUnits,
  s: Float64Array,
  pair: number,
  wm: number,
  w: number,
  x: Float64Array,
): void {
  const { entryStart, entryRow, entryColumn, entryValue, squareStart, neighbour } = coupled;
  const at = squareStart[neighbour[pair]!]!;
  x.fill(0, 0, w * wm);
  for (let e = entryStart[pair]!; e < entryStart[pair + 1]!; e++) {
    const from = at + entryColumn[e]! * wm;
    const to = entryRow[e]! * wm;
    const value = entryValue[e]!;
    for (let b = 0; b < wm; b++) x[to + b]! += value * s[from + b]!;
  }
}

/** row += X N[m, ·] for the scalars of cluster m; `x` is held like a row's values from `xAt` on: (scalar of m)·w + row. */
function expand(coupled: CoupledUnits, m: number, x: Float64Array, xAt: number, w: number, row: Row): void {
  const { scalarStart, links, pairStart, neighbour } = coupled;
  for (let k = pairStart[m]!; k < pairStart[m + 1]!; k++) touch(row, neighbour[k]!);
  const { start, column, value } = links;
  const out = row.values;
  for (let i = scalarStart[m]!, from = xAt; i < scalarStart[m + 1]!; i++, from += w)
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const v = value[e]!;
      const to = column[e]! * w;
      for (let t = 0; t < w; t++) out[to + t]! += x[from + t]! * v;
    }
}

/** to = row S, at the clusters that the row touches. */
function timesS(
  { scalarStart, squareStart }: CoupledUnits,
  s: Float64Array,
  row: Row,
  w: number,
  to: Float64Array,
): void {
  for (let k = 0; k < row.count; k++) {
    const c = row.touched[k]!;
    const width = scalarStart[c + 1]! - scalarStart[c]!;
    const base = scalarStart[c]! * w;
    const at = squareStart[c]!;
    for (let b = 0; b < width; b++)
      for (let t = 0; t < w; t++) {
        let sum = 0;
        for (let a = 0; a < width; a++) sum += s[at + b * width + a]! * row.values[base + a * w + t]!;
        to[base + b * w + t] = sum;
      }
  }
}

/** power += x yᵀ over the scalars that `row` touches, w×w. */
function addOuter(
  { scalarStart }: CoupledUnits,
  row: Row,
  x: Float64Array,
  y: Float64Array,
  w: number,
  power: Float64Array,
): void {
  for (let k = 0; k < row.count; k++) {
    const c = row.touched[k]!;
    for (let at = scalarStart[c]! * w; at < scalarStart[c + 1]! * w; at += w)
      for (let t = 0; t < w; t++) {
        const value = x[at + t]!;
        for (let u = 0; u < w; u++) power[t * w + u]! += value * y[at + u]!;
      }
  }
}

/** Room for one cluster's rows. */
class Work {
  readonly square: Row;
  readonly cube: Row;
  readonly squareS: Float64Array;
  readonly cubeS: Float64Array;
  readonly pair: Float64Array;
  readonly turned: Float64Array;
  readonly power: Float64Array;

  constructor(coupled: CoupledUnits, order: Order) {
    const { widest } = coupled;
    const all = order > 2 ? coupled.scalarStart[coupled.clusters]! * widest : 0;
    const none: Row = { values: new Float64Array(0), touched: new Int32Array(0), count: 0, mark: new Uint8Array(0) };
    this.square = order > 2 ? emptyRow(coupled) : none;
    this.cube = order > 4 ? emptyRow(coupled) : none;
    this.squareS = new Float64Array(all);
    this.cubeS = new Float64Array(order > 4 ? all : 0);
    this.pair = new Float64Array(widest * widest);
    this.turned = new Float64Array(widest * widest);
    this.power = new Float64Array(widest * widest);
  }
}

/** Adds the k-th power's block of cluster c to what is summed, and clears it. */
function takePower(
  { coupled, s, rest, traces }: PowerSums,
  part: number,
  k: number,
  c: number,
  power: Float64Array,
): void {
  const at = coupled.squareStart[c]!;
  const size = coupled.squareStart[c + 1]! - at;
  const sign = k % 2 === 0 ? 1 : -1;
  let trace = 0;
  for (let i = 0; i < size; i++) {
    trace += s[at + i]! * power[i]!;
    rest[at + i]! += sign * power[i]!;
  }
  traces[8 * part + k]! += trace;
  power.fill(0, 0, size);
}

/** Second power alone: Σ over neighbours m of N[c, m] S[m] N[m, c]. */
function addSecondPower({ coupled, s }: PowerSums, c: number, w: number, work: Work): void {
  const { pairStart, neighbour, scalarStart, entryStart, entryRow, entryColumn, entryValue } = coupled;
  for (let pair = pairStart[c]!; pair < pairStart[c + 1]!; pair++) {
    const m = neighbour[pair]!;
    const wm = scalarStart[m + 1]! - scalarStart[m]!;
    pairTimesS(coupled, s, pair, wm, w, work.pair);
    for (let e = entryStart[pair]!; e < entryStart[pair + 1]!; e++) {
      const [u, b, value] = [entryRow[e]!, entryColumn[e]!, entryValue[e]!];
      for (let t = 0; t < w; t++) work.power[t * w + u]! += work.pair[t * wm + b]! * value;
    }
  }
}

/** Row c of N S N. */
function squareRow({ coupled, s }: PowerSums, c: number, w: number, work: Work): void {
  const { pairStart, neighbour, scalarStart } = coupled;
  for (let pair = pairStart[c]!; pair < pairStart[c + 1]!; pair++) {
    const m = neighbour[pair]!;
    const wm = scalarStart[m + 1]! - scalarStart[m]!;
    pairTimesS(coupled, s, pair, wm, w, work.pair);
    for (let t = 0; t < w; t++) for (let b = 0; b < wm; b++) work.turned[b * w + t] = work.pair[t * wm + b]!;
    expand(coupled, m, work.turned, 0, w, work.square);
  }
}

/** Powers two to four (or six) of one cluster. */
function addPowers(input: PowerSums, part: number, c: number, work: Work): void {
  const { coupled, s, order } = input;
  const { scalarStart, pairStart, neighbour, entryStart, entryRow, entryColumn, entryValue } = coupled;
  const w = scalarStart[c + 1]! - scalarStart[c]!;
  const { square, cube, squareS, cubeS, power } = work;
  if (order === 2) {
    addSecondPower(input, c, w, work);
    takePower(input, part, 2, c, power);
    return;
  }
  squareRow(input, c, w, work);
  const base = scalarStart[c]! * w;
  for (let i = 0; i < w; i++) for (let t = 0; t < w; t++) power[t * w + i] = square.values[base + i * w + t]!;
  takePower(input, part, 2, c, power);
  timesS(coupled, s, square, w, squareS);
  for (let pair = pairStart[c]!; pair < pairStart[c + 1]!; pair++) {
    const m = neighbour[pair]!;
    if (square.mark[m] === 0) continue;
    for (let e = entryStart[pair]!; e < entryStart[pair + 1]!; e++) {
      const from = (scalarStart[m]! + entryColumn[e]!) * w;
      for (let t = 0; t < w; t++) power[t * w + entryRow[e]!]! += squareS[from + t]! * entryValue[e]!;
    }
  }
  takePower(input, part, 3, c, power);
  addOuter(coupled, square, squareS, square.values, w, power);
  takePower(input, part, 4, c, power);
  if (order === 6) {
    for (let k = 0; k < square.count; k++) {
      const m = square.touched[k]!;
      expand(coupled, m, squareS, scalarStart[m]! * w, w, cube);
    }
    addOuter(coupled, square, cube.values, squareS, w, power);
    takePower(input, part, 5, c, power);
    timesS(coupled, s, cube, w, cubeS);
    addOuter(coupled, cube, cubeS, cube.values, w, power);
    takePower(input, part, 6, c, power);
    clear(cube, coupled, w);
  }
  clear(square, coupled, w);
}

/** The powers of a share of the clusters. */
export const sumPowers: Job<PowerSums> = {
  name: "sum-powers",
  work(input, part) {
    const { coupled, order, parts } = input;
    const work = new Work(coupled, order);
    const begin = Math.floor((coupled.clusters * part) / parts);
    const end = Math.floor((coupled.clusters * (part + 1)) / parts);
    for (let c = begin; c < end; c++)
      if (coupled.pairStart[c]! < coupled.pairStart[c + 1]!) addPowers(input, part, c, work);
  },
};

const parts = 8;

/** What the powers of the coupling add up to. */
export interface SummedPowers {
  /** log |I + F|, F similar to SN. */
  readonly logDeterminant: number;
  /** Σₖ (−1)ᵏ [N(SN)ᵏ⁻¹] within clusters, k from 2. */
  readonly rest: Float64Array;
  /** Bound on what the logarithm leaves out, by |tr Fᵏ⁺¹| ≤ radius · tr Fᵏ for even k. */
  readonly remainder: number;
}

/** Sums the powers up to an order, with exact traces. `radius` is the spectral radius of SN. */
export function powersOf(
  coupled: CoupledUnits,
  s: Float64Array,
  order: Order,
  radius: number,
  crew: Crew,
): SummedPowers {
  const rest = crew.float64(coupled.own.length);
  const traces = crew.float64(8 * parts);
  crew.run(sumPowers, { coupled, s, order, parts, rest, traces }, parts);
  let logDeterminant = 0;
  let last = 0;
  for (let k = 2; k <= order; k++) {
    last = 0;
    for (let part = 0; part < parts; part++) last += traces[8 * part + k]!;
    logDeterminant += ((k % 2 === 0 ? -1 : 1) * last) / k;
  }
  return { logDeterminant, rest, remainder: (last * radius) / ((order + 1) * (1 - radius)) };
}

/** Multiplications that an order costs, from what the rows touch. */
export function costOfPowers(coupled: CoupledUnits, order: Order): number {
  const { clusters, links, scalarStart, pairStart, neighbour } = coupled;
  const width = (c: number) => scalarStart[c + 1]! - scalarStart[c]!;
  const ends = Float64Array.from(
    { length: clusters },
    (_, c) => links.start[scalarStart[c + 1]!]! - links.start[scalarStart[c]!]!,
  );
  let second = 0;
  let third = 0;
  for (let c = 0; c < clusters; c++) {
    let [expanded, touched] = [0, 0];
    for (let pair = pairStart[c]!; pair < pairStart[c + 1]!; pair++) {
      const m = neighbour[pair]!;
      expanded += ends[m]!;
      touched += pairStart[m + 1]! - pairStart[m]!;
    }
    const mean = scalarStart[clusters]! / clusters;
    const scalars = Math.min(touched * mean, scalarStart[clusters]!);
    second += width(c) * (expanded + scalars * (mean + width(c)));
    const reached = Math.min(touched * mean * (links.column.length / clusters), scalarStart[clusters]!);
    third += width(c) * ((scalars * links.column.length) / scalarStart[clusters]! + reached * (mean + width(c)));
  }
  return order === 2 ? links.column.length * coupled.widest : order === 4 ? second : second + third;
}
