import type { Crew, Job } from "../parallel/crew.js";
import type { CoupledUnits } from "./coupled-units.js";

export type Order = 2 | 3 | 4 | 6;

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

/** One row of a product of sparse matrices, held densely, with the clusters where it may be other than zero. */
class Row {
  readonly values: Float64Array;
  readonly touched: Int32Array;
  count = 0;
  private readonly mark: Uint8Array;

  constructor({ clusters, scalarStart }: CoupledUnits) {
    this.values = new Float64Array(scalarStart[clusters]!);
    this.touched = new Int32Array(clusters);
    this.mark = new Uint8Array(clusters);
  }

  touch(cluster: number): void {
    if (this.mark[cluster] === 1) return;
    this.mark[cluster] = 1;
    this.touched[this.count++] = cluster;
  }

  /** Back to zero, for the next use. */
  clear({ scalarStart, clusters }: CoupledUnits): void {
    if (8 * this.count > clusters) {
      this.values.fill(0);
      this.mark.fill(0);
      this.count = 0;
      return;
    }
    for (let k = 0; k < this.count; k++) {
      const c = this.touched[k]!;
      for (let i = scalarStart[c]!; i < scalarStart[c + 1]!; i++) this.values[i] = 0;
      this.mark[c] = 0;
    }
    this.count = 0;
  }
}

/** row += x N[m, ·] for the scalars of cluster m, whose x begin at `xAt`. */
function expand(coupled: CoupledUnits, m: number, x: Float64Array, xAt: number, row: Row): void {
  const { scalarStart, links, pairStart, neighbour } = coupled;
  const { start, column, value } = links;
  const { values } = row;
  for (let k = pairStart[m]!; k < pairStart[m + 1]!; k++) row.touch(neighbour[k]!);
  const from = scalarStart[m]!;
  for (let i = from; i < scalarStart[m + 1]!; i++) {
    const times = x[xAt + i - from]!;
    if (times !== 0) for (let e = start[i]!; e < start[i + 1]!; e++) values[column[e]!]! += times * value[e]!;
  }
}

/** to = x S within one cluster, both beginning at its first scalar. */
function timesBlock(
  { scalarStart, squareStart }: CoupledUnits,
  s: Float64Array,
  c: number,
  x: Float64Array,
  to: Float64Array,
): void {
  const from = scalarStart[c]!;
  const width = scalarStart[c + 1]! - from;
  let at = squareStart[c]!;
  if (width === 1) {
    to[from] = s[at]! * x[from]!;
    return;
  }
  for (let b = 0; b < width; b++, at += width) {
    let sum = 0;
    for (let a = 0; a < width; a++) sum += s[at + a]! * x[from + a]!;
    to[from + b] = sum;
  }
}

/** Σ x y over the clusters that a row touches. */
function innerProduct({ scalarStart }: CoupledUnits, row: Row, x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < row.count; k++) {
    const c = row.touched[k]!;
    for (let i = scalarStart[c]!; i < scalarStart[c + 1]!; i++) sum += x[i]! * y[i]!;
  }
  return sum;
}

/** Room for the rows of one cluster. */
class Work {
  /** Rows of NSN and NSNSN, and of their products with S. */
  readonly square: readonly Row[];
  readonly cube: readonly Row[];
  readonly squareS: readonly Float64Array[];
  readonly cubeS: readonly Float64Array[];
  readonly pair: Float64Array;
  readonly power: Float64Array;

  constructor(coupled: CoupledUnits, order: Order) {
    const { widest, clusters, scalarStart } = coupled;
    const rows = (wanted: boolean) => Array.from({ length: wanted ? widest : 0 }, () => new Row(coupled));
    const columns = (wanted: boolean) =>
      Array.from({ length: wanted ? widest : 0 }, () => new Float64Array(scalarStart[clusters]!));
    this.square = rows(order > 2);
    this.squareS = columns(order > 2);
    this.cube = rows(order > 4);
    this.cubeS = columns(order > 4);
    this.pair = new Float64Array(widest * widest);
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

/** X = N[c, m] S[m] for one pair of clusters, w×(width of m), row-major, into `work.pair`. */
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
  for (let i = 0; i < w * wm; i++) x[i] = 0;
  for (let e = entryStart[pair]!; e < entryStart[pair + 1]!; e++) {
    const from = at + entryColumn[e]! * wm;
    const to = entryRow[e]! * wm;
    const value = entryValue[e]!;
    for (let b = 0; b < wm; b++) x[to + b]! += value * s[from + b]!;
  }
}

/** The second power alone, Σ over neighbours m of N[c, m] S[m] N[m, c]; and with `rows` the rows of NSN. */
function squareOf({ coupled, s }: PowerSums, c: number, w: number, work: Work, rows: boolean): void {
  const { pairStart, neighbour, scalarStart, entryStart, entryRow, entryColumn, entryValue } = coupled;
  for (let pair = pairStart[c]!; pair < pairStart[c + 1]!; pair++) {
    const m = neighbour[pair]!;
    const wm = scalarStart[m + 1]! - scalarStart[m]!;
    if (w === 1 && wm === 1) {
      const value = entryValue[entryStart[pair]!]!;
      work.pair[0] = value * s[coupled.squareStart[m]!]!;
      work.power[0]! += work.pair[0]! * value;
      if (rows) expand(coupled, m, work.pair, 0, work.square[0]!);
      continue;
    }
    pairTimesS(coupled, s, pair, wm, w, work.pair);
    for (let e = entryStart[pair]!; e < entryStart[pair + 1]!; e++) {
      const [u, b, value] = [entryRow[e]!, entryColumn[e]!, entryValue[e]!];
      for (let t = 0; t < w; t++) work.power[t * w + u]! += work.pair[t * wm + b]! * value;
    }
    if (rows)
      for (let t = 0; t < w; t++)
        if (anyOf(work.pair, t * wm, wm)) expand(coupled, m, work.pair, t * wm, work.square[t]!);
  }
}

function anyOf(x: Float64Array, at: number, n: number): boolean {
  for (let i = at; i < at + n; i++) if (x[i] !== 0) return true;
  return false;
}

/** The next power from rows times S: Σ over neighbours m of (row S)[m] N[m, c]. */
function timesNeighbours(
  coupled: CoupledUnits,
  c: number,
  w: number,
  rows: readonly Float64Array[],
  power: Float64Array,
): void {
  const { pairStart, neighbour, scalarStart, entryStart, entryRow, entryColumn, entryValue } = coupled;
  for (let pair = pairStart[c]!; pair < pairStart[c + 1]!; pair++) {
    const from = scalarStart[neighbour[pair]!]!;
    for (let e = entryStart[pair]!; e < entryStart[pair + 1]!; e++)
      for (let t = 0; t < w; t++) power[t * w + entryRow[e]!]! += rows[t]![from + entryColumn[e]!]! * entryValue[e]!;
  }
}

/** power = X Yᵀ for the w rows of X, over the clusters that `rows` touch; symmetric where X is Y times a symmetric matrix. */
function outerOf(
  coupled: CoupledUnits,
  w: number,
  rows: readonly Row[],
  x: readonly Float64Array[],
  y: readonly Float64Array[],
  power: Float64Array,
): void {
  for (let t = 0; t < w; t++)
    for (let u = 0; u <= t; u++) {
      const product = innerProduct(coupled, rows[t]!, x[t]!, y[u]!);
      power[t * w + u] = product;
      power[u * w + t] = product;
    }
}

/** Every power of one cluster up to the order. */
function addPowers(input: PowerSums, part: number, c: number, work: Work): void {
  const { coupled, s, order } = input;
  const { scalarStart, pairStart, neighbour } = coupled;
  const w = scalarStart[c + 1]! - scalarStart[c]!;
  const { square, cube, squareS, cubeS, power } = work;
  squareOf(input, c, w, work, order > 2);
  takePower(input, part, 2, c, power);
  if (order === 2) return;
  for (let t = 0; t < w; t++) {
    const { values, touched } = square[t]!;
    // The third power reads the row at the neighbours only; further ones read it everywhere.
    if (order === 3)
      for (let k = pairStart[c]!; k < pairStart[c + 1]!; k++)
        timesBlock(coupled, s, neighbour[k]!, values, squareS[t]!);
    else {
      for (let k = pairStart[c]!; k < pairStart[c + 1]!; k++) square[t]!.touch(neighbour[k]!);
      for (let k = 0; k < square[t]!.count; k++) timesBlock(coupled, s, touched[k]!, values, squareS[t]!);
    }
  }
  timesNeighbours(coupled, c, w, squareS, power);
  takePower(input, part, 3, c, power);
  if (order > 3) {
    outerOf(
      coupled,
      w,
      square,
      squareS,
      square.map((row) => row.values),
      power,
    );
    takePower(input, part, 4, c, power);
  }
  if (order === 6) {
    for (let t = 0; t < w; t++)
      for (let k = 0; k < square[t]!.count; k++) {
        const m = square[t]!.touched[k]!;
        expand(coupled, m, squareS[t]!, scalarStart[m]!, cube[t]!);
      }
    outerOf(
      coupled,
      w,
      square,
      squareS,
      cube.map((row) => row.values),
      power,
    );
    takePower(input, part, 5, c, power);
    for (let t = 0; t < w; t++)
      for (let k = 0; k < cube[t]!.count; k++) timesBlock(coupled, s, cube[t]!.touched[k]!, cube[t]!.values, cubeS[t]!);
    outerOf(
      coupled,
      w,
      cube,
      cubeS,
      cube.map((row) => row.values),
      power,
    );
    takePower(input, part, 6, c, power);
    for (let t = 0; t < w; t++) cube[t]!.clear(coupled);
  }
  for (let t = 0; t < w; t++) square[t]!.clear(coupled);
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
  /** Bound on what the logarithm leaves out: |tr Fᵏ⁺¹| ≤ radius · tr Fᵏ for even k, and later terms shrink by the radius each. */
  readonly remainder: number;
}

/** The bound on what is left out after an order, from the trace of the last even power up to it. */
export function boundOn(order: Order, lastEven: number, radius: number): number {
  return (lastEven * radius ** (order % 2 === 0 ? 1 : 2)) / ((order + 1) * (1 - radius));
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
  if (coupled.links.column.length > 0) crew.run(sumPowers, { coupled, s, order, parts, rest, traces }, parts);
  let logDeterminant = 0;
  let lastEven = 0;
  for (let k = 2; k <= order; k++) {
    let trace = 0;
    for (let part = 0; part < parts; part++) trace += traces[8 * part + k]!;
    logDeterminant += ((k % 2 === 0 ? -1 : 1) * trace) / k;
    if (k % 2 === 0) lastEven = trace;
  }
  return { logDeterminant, rest, remainder: boundOn(order, lastEven, radius) };
}

/** Multiplications that an order costs, from what the rows touch. */
export function costOfPowers(coupled: CoupledUnits, order: Order): number {
  const { clusters, links, scalarStart, pairStart, neighbour } = coupled;
  const width = (c: number) => scalarStart[c + 1]! - scalarStart[c]!;
  const scalars = scalarStart[clusters]!;
  const mean = scalars / clusters;
  const perScalar = links.column.length / scalars;
  const ends = Float64Array.from(
    { length: clusters },
    (_, c) => links.start[scalarStart[c + 1]!]! - links.start[scalarStart[c]!]!,
  );
  let [second, fourth, sixth] = [0, 0, 0];
  for (let c = 0; c < clusters; c++) {
    let [expanded, touched] = [0, 0];
    for (let pair = pairStart[c]!; pair < pairStart[c + 1]!; pair++) {
      const m = neighbour[pair]!;
      expanded += ends[m]!;
      touched += pairStart[m + 1]! - pairStart[m]!;
    }
    const reached = Math.min(touched * mean, scalars);
    const further = Math.min(reached * perScalar * mean, scalars);
    second += width(c) * expanded;
    fourth += width(c) * reached * (mean + width(c));
    sixth += width(c) * (reached * (perScalar + width(c)) + further * (mean + width(c)));
  }
  return { 2: links.column.length * coupled.widest, 3: second, 4: second + fourth, 6: second + fourth + sixth }[order];
}
