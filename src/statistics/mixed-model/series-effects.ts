import { NotPositiveDefiniteError } from "../linear-algebra/dense.js";
import { invertSymmetric } from "../linear-algebra/small.js";
import type { Crew } from "../parallel/crew.js";
import { addLinked, radiusOf, solveCoupled, solveFrom, timesBlocks } from "./conjugate-gradients.js";
import { type CoupledUnits, coupleUnits, familyOfUnit } from "./coupled-units.js";
import type { EffectsSystem, Precision, Solved } from "./effects-system.js";
import { costOfPowers, type Order, powersOf } from "./powers.js";
import type { Sums } from "./sums.js";

/** Multiplications that an order may cost where it is wanted, and where it is needed. */
const cheap = 1e9;
const affordable = 6e9;
/** A remainder of the logarithm below this, a random effect, is not worth a higher order. */
const negligible = 1e-7;

/**
 * The way for many units that are weakly coupled, as schools are by the few pupils who move. With D the blocks of C = ZᵀZ within clusters
 * of units, N the rest, P = (I + ΛᵀDΛ)⁻¹ and S = ΛPΛᵀ, cluster by cluster,
 *
 *   log |M| = −log |P| + log |I + SN|,   M⁻¹ = P − PΛᵀN(I + SN)⁻¹ΛP:
 *
 * the logarithm and what the inverse has within clusters by their power series in SN with exact traces, solutions by conjugate
 * gradients. N keeps the few entries that it has; no fill, no random probes. Exact where nothing links the clusters.
 */
export class SeriesEffects implements EffectsSystem {
  remainder = 0;
  readonly radius: number;
  private readonly sums: Sums;
  private readonly crew: Crew;
  private readonly coupled: CoupledUnits;
  private readonly family: Int32Array;
  /** Λ, P and M⁻¹ within clusters, and S. */
  private readonly lambda: Float64Array;
  private readonly lambdaStart: Int32Array;
  private readonly p: Float64Array;
  private readonly s: Float64Array;
  private rest: Float64Array;
  /** The last solution of each width, from which the next begins, and N times it. */
  private readonly known = new Map<number, { readonly g: Float64Array; readonly linked: Float64Array }>();
  private precision: Precision = "fine";

  /** @param largest Λ of every family at which the coupling is judged: it only grows with Λ */
  constructor(sums: Sums, crew: Crew, largest: readonly Float64Array[]) {
    this.sums = sums;
    this.crew = crew;
    this.coupled = sharedBy(crew, coupleUnits(sums));
    this.family = familyOfUnit(sums);
    const { clusters, scalarStart, effectStart, blockStart, own } = this.coupled;
    this.lambdaStart = new Int32Array(clusters + 1);
    for (let c = 0; c < clusters; c++)
      this.lambdaStart[c + 1] =
        this.lambdaStart[c]! + (scalarStart[c + 1]! - scalarStart[c]!) * (effectStart[c + 1]! - effectStart[c]!);
    this.lambda = new Float64Array(this.lambdaStart[clusters]!);
    this.p = new Float64Array(blockStart[clusters]!);
    this.s = crew.float64(own.length);
    this.rest = new Float64Array(0);
    this.setClusters(largest);
    this.radius = radiusOf(this.coupled, this.s);
  }

  /** The largest spectral radius of the coupling for which the series is trusted. */
  static readonly largestRadius = 0.3;

  get method(): "factorisation" | "series" {
    return this.coupled.links.column.length === 0 ? "factorisation" : "series";
  }

  /** Multiplications of one evaluation at the fine order, to weigh this way against another. */
  get cost(): number {
    const { coupled } = this;
    let clusters = 0;
    for (let c = 0; c < coupled.clusters; c++)
      clusters += 3 * (coupled.effectStart[c + 1]! - coupled.effectStart[c]!) ** 3;
    return clusters + costOfPowers(coupled, 4) + 30 * coupled.links.column.length * (this.sums.fixed.length + 1);
  }

  refine(precision: Precision): void {
    this.precision = precision;
  }

  /** Λ, P and S of every cluster; answers −log |P|. */
  private setClusters(factors: readonly Float64Array[]): number {
    const { coupled, lambda, p, s } = this;
    const { clusters, scalarStart, effectStart, blockStart, squareStart, own } = coupled;
    this.fillLambda(factors);
    let logDeterminant = 0;
    let work = new Float64Array(0);
    for (let c = 0; c < clusters; c++) {
      const w = scalarStart[c + 1]! - scalarStart[c]!;
      const n = effectStart[c + 1]! - effectStart[c]!;
      const [at, block, square] = [this.lambdaStart[c]!, blockStart[c]!, squareStart[c]!];
      if (w === 1 && n === 1) {
        const theta = lambda[at]!;
        const m = 1 + theta * theta * own[square]!;
        logDeterminant += Math.log(m);
        p[block] = 1 / m;
        s[square] = (theta * theta) / m;
        continue;
      }
      if (work.length < w * n) work = new Float64Array(w * n);
      multiply(own, square, w, w, lambda, at, n, work, 0); // DΛ
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let sum = i === j ? 1 : 0;
          for (let k = 0; k < w; k++) sum += lambda[at + k * n + i]! * work[k * n + j]!;
          p[block + i * n + j] = sum;
        }
      const log = invertSymmetric(p, block, n);
      if (Number.isNaN(log)) throw new NotPositiveDefiniteError(effectStart[c]!);
      logDeterminant += log;
      multiply(lambda, at, w, n, p, block, n, work, 0); // ΛP
      for (let i = 0; i < w; i++)
        for (let j = 0; j < w; j++) {
          let sum = 0;
          for (let k = 0; k < n; k++) sum += work[i * n + k]! * lambda[at + j * n + k]!;
          s[square + i * w + j] = sum;
        }
    }
    return logDeterminant;
  }

  private fillLambda(factors: readonly Float64Array[]): void {
    const { coupled, lambda, family, sums } = this;
    for (let c = 0; c < coupled.clusters; c++) {
      const n = coupled.effectStart[c + 1]! - coupled.effectStart[c]!;
      let [row, column] = [0, 0];
      for (let k = coupled.unitStart[c]!; k < coupled.unitStart[c + 1]!; k++) {
        const f = family[coupled.unit[k]!]!;
        const { width, effects } = sums.families[f]!;
        const factor = factors[f]!;
        for (let i = 0; i < width; i++)
          for (let j = 0; j < effects; j++)
            lambda[this.lambdaStart[c]! + (row + i) * n + column + j] = factor[i * effects + j]!;
        row += width;
        column += effects;
      }
    }
  }

  factorise(factors: readonly Float64Array[]): number {
    const { coupled, precision } = this;
    const clustered = this.setClusters(factors);
    const effects = this.sums.effects;
    const sum = (order: Order) => powersOf(coupled, this.s, order, this.radius, this.crew);
    const enough = negligible * effects;
    const wanted: Order =
      precision === "coarse" ? 2 : precision === "final" && costOfPowers(coupled, 4) <= cheap ? 4 : 3;
    let powers = sum(wanted);
    if (precision !== "coarse")
      for (const order of precision === "final" ? ([4, 6] as const) : ([4] as const))
        if (order > wanted && powers.remainder > enough && costOfPowers(coupled, order) <= affordable)
          powers = sum(order);
    this.remainder = powers.remainder;
    this.rest = powers.rest;
    return clustered + powers.logDeterminant;
  }

  solve(b: Float64Array, w: number): Solved {
    const { coupled, s, crew } = this;
    const linked = coupled.links.column.length > 0;
    const placed = linked ? placeRows(b, coupled.scalarPlace, w) : Float64Array.from(b); // unlinked units keep their places
    if (linked) {
      const size = new Float64Array(w);
      const turned = new Float64Array(b.length);
      timesBlocks(coupled, s, placed, w, turned);
      for (let at = 0; at < b.length; at += w)
        for (let k = 0; k < w; k++) size[k]! += placed[at + k]! * turned[at + k]!;
      const known = this.known.get(w) ?? { g: crew.float64(b.length), linked: new Float64Array(b.length) };
      this.known.set(w, known);
      const goal = this.precision === "coarse" ? 1e-18 : 1e-28;
      for (let i = 0; i < placed.length; i++) turned[i] = placed[i]! - known.linked[i]!;
      solveCoupled(coupled, s, turned, known.g, w, size, goal, crew);
      known.linked.fill(0);
      addLinked(coupled, known.g, w, known.linked);
      for (let i = 0; i < placed.length; i++) placed[i]! -= known.linked[i]!;
    }
    // ε = PΛᵀ(b − Ng): nothing cancels, however much the effects are drawn to zero.
    const effects = this.backward(placed, w);
    this.subtractOwn(effects, placed, w);
    return linked
      ? { effects: fetchRows(effects, coupled.effectPlace, w), left: fetchRows(placed, coupled.scalarPlace, w) }
      : { effects, left: placed };
  }

  /** `to` −= DΛε within clusters: what b − Ng is left with when the clusters' own effects are taken off. */
  private subtractOwn(effects: Float64Array, to: Float64Array, w: number): void {
    const { clusters, scalarStart, effectStart, squareStart, own } = this.coupled;
    let spread = new Float64Array(0); // DΛ
    for (let c = 0; c < clusters; c++) {
      const width = scalarStart[c + 1]! - scalarStart[c]!;
      const n = effectStart[c + 1]! - effectStart[c]!;
      if (spread.length < width * n) spread = new Float64Array(width * n);
      multiply(own, squareStart[c]!, width, width, this.lambda, this.lambdaStart[c]!, n, spread, 0);
      for (let i = 0; i < width; i++)
        for (let j = 0; j < n; j++) {
          const value = spread[i * n + j]!;
          if (value !== 0)
            for (let k = 0, at = (scalarStart[c]! + i) * w, from = (effectStart[c]! + j) * w; k < w; k++)
              to[at + k]! -= value * effects[from + k]!;
        }
    }
  }

  /** PΛᵀx in the clusters' order: x scalars×w, the answer effects×w. */
  private backward(x: Float64Array, w: number): Float64Array {
    const { coupled, lambda, p } = this;
    const { clusters, scalarStart, effectStart, blockStart } = coupled;
    const out = new Float64Array(this.sums.effects * w);
    let turned = new Float64Array(0);
    for (let c = 0; c < clusters; c++) {
      const width = scalarStart[c + 1]! - scalarStart[c]!;
      const n = effectStart[c + 1]! - effectStart[c]!;
      if (turned.length < n * w) turned = new Float64Array(n * w);
      turned.fill(0, 0, n * w);
      for (let i = 0; i < width; i++)
        for (let j = 0; j < n; j++) {
          const value = lambda[this.lambdaStart[c]! + i * n + j]!;
          if (value !== 0)
            for (let k = 0, at = (scalarStart[c]! + i) * w; k < w; k++) turned[j * w + k]! += value * x[at + k]!;
        }
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          const value = p[blockStart[c]! + i * n + j]!;
          if (value !== 0)
            for (let k = 0, to = (effectStart[c]! + i) * w; k < w; k++) out[to + k]! += value * turned[j * w + k]!;
        }
    }
    return out;
  }

  inverse(): { blocks: Float64Array; traces: Float64Array[] } {
    const { coupled, lambda, p, rest, family } = this;
    const { families } = this.sums;
    const { clusters, scalarStart, effectStart, blockStart, squareStart, own, unitStart, unit } = coupled;
    const last = families.at(-1)!;
    const blocks = new Float64Array(last.firstBlock + last.units * last.effects ** 2);
    const traces = families.map(({ width, effects }) => new Float64Array(width * effects));
    let room = new Float64Array(0);
    for (let c = 0; c < clusters; c++) {
      const w = scalarStart[c + 1]! - scalarStart[c]!;
      const n = effectStart[c + 1]! - effectStart[c]!;
      const [at, block, square] = [this.lambdaStart[c]!, blockStart[c]!, squareStart[c]!];
      if (w === 1 && n === 1) {
        const u = unit[unitStart[c]!]!;
        const f = family[u]!;
        const half = lambda[at]! * p[block]!;
        const inverse = p[block]! + half * half * rest[square]!;
        traces[f]![0]! += own[square]! * lambda[at]! * inverse - rest[square]! * half;
        blocks[families[f]!.firstBlock + u - families[f]!.firstUnit] = inverse;
        continue;
      }
      const [a, b, d] = [w * n, 2 * w * n, 3 * w * n];
      if (room.length < d + n * n) room = new Float64Array(d + n * n);
      // With T = ΛP: M⁻¹ = P + TᵀRT, and CΛM⁻¹ = DΛM⁻¹ − RT, for (NΛM⁻¹) within the cluster is −RT.
      multiply(lambda, at, w, n, p, block, n, room, 0);
      multiply(rest, square, w, w, room, 0, n, room, a);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let sum = p[block + i * n + j]!;
          for (let k = 0; k < w; k++) sum += room[k * n + i]! * room[a + k * n + j]!;
          room[d + i * n + j] = sum;
        }
      multiply(lambda, at, w, n, room, d, n, room, b);
      let [row, column] = [0, 0];
      for (let k = unitStart[c]!; k < unitStart[c + 1]!; k++) {
        const u = unit[k]!;
        const { width, effects, firstBlock, firstUnit } = families[family[u]!]!;
        const trace = traces[family[u]!]!;
        for (let i = 0; i < width; i++)
          for (let j = 0; j < effects; j++) {
            let sum = -room[a + (row + i) * n + column + j]!;
            for (let l = 0; l < w; l++) sum += own[square + (row + i) * w + l]! * room[b + l * n + column + j]!;
            trace[i * effects + j]! += sum;
          }
        const to = firstBlock + (u - firstUnit) * effects * effects;
        for (let i = 0; i < effects; i++)
          for (let j = 0; j < effects; j++) blocks[to + i * effects + j] = room[d + (column + i) * n + column + j]!;
        row += width;
        column += effects;
      }
    }
    return { blocks, traces };
  }

  quadraticForm(places: readonly number[], values: readonly number[]): number {
    const { coupled, p, lambda } = this;
    const { effectPlace, effectStart, scalarStart, blockStart } = coupled;
    const a = new Map<number, Float64Array>(); // by cluster
    places.forEach((place, k) => {
      const to = effectPlace[place]!;
      const c = clusterAt(effectStart, to);
      let vector = a.get(c);
      if (!vector) {
        vector = new Float64Array(effectStart[c + 1]! - effectStart[c]!);
        a.set(c, vector);
      }
      vector[to - effectStart[c]!]! += values[k]!;
    });
    const v = new Float64Array(this.sums.scalars); // ΛPa
    let own = 0;
    for (const [c, vector] of a) {
      const n = vector.length;
      const turned = new Float64Array(n);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) turned[i]! += p[blockStart[c]! + i * n + j]! * vector[j]!;
      for (let i = 0; i < n; i++) own += vector[i]! * turned[i]!;
      for (let i = 0; i < scalarStart[c + 1]! - scalarStart[c]!; i++)
        for (let j = 0; j < n; j++) v[scalarStart[c]! + i]! += lambda[this.lambdaStart[c]! + i * n + j]! * turned[j]!;
    }
    if (coupled.links.column.length === 0) return own;
    // (I + SN)x = v is (S⁻¹ + N)x = S⁻¹v, of which the solver needs no more than the start: v − SN·0.
    const x = solveFrom(coupled, this.s, v, own, this.crew);
    const linked = new Float64Array(v.length);
    addLinked(coupled, x, 1, linked);
    return own - v.reduce((sum, value, i) => sum + value * linked[i]!, 0);
  }
}

/** Rows of w values moved to their places. */
function placeRows(x: Float64Array, place: Int32Array, w: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < place.length; i++)
    for (let k = 0, to = place[i]! * w, from = i * w; k < w; k++) out[to + k] = x[from + k]!;
  return out;
}

/** The way back. */
function fetchRows(x: Float64Array, place: Int32Array, w: number): Float64Array {
  if (place.every((to, i) => to === i)) return x;
  const out = new Float64Array(x.length);
  for (let i = 0; i < place.length; i++)
    for (let k = 0, from = place[i]! * w, to = i * w; k < w; k++) out[to + k] = x[from + k]!;
  return out;
}

/** The part of a list of starts that a place lies in. */
function clusterAt(start: Int32Array, place: number): number {
  let [low, high] = [0, start.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (start[middle]! <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** out = A B for A m×k and B k×n, row-major, each beginning at its place. */
function multiply(
  a: Float64Array,
  aAt: number,
  m: number,
  k: number,
  b: Float64Array,
  bAt: number,
  n: number,
  out: Float64Array,
  at: number,
): void {
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[aAt + i * k + l]! * b[bAt + l * n + j]!;
      out[at + i * n + j] = sum;
    }
}

/** The same arrays where every thread of the crew can read them. */
function sharedBy<T extends object>(crew: Crew, value: T): T {
  if (crew.threads === 1) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]): [string, unknown] => {
      if (part instanceof Float64Array || part instanceof Int32Array) {
        const copy = part instanceof Float64Array ? crew.float64(part.length) : crew.int32(part.length);
        copy.set(part);
        return [name, copy];
      }
      return [name, typeof part === "object" && part !== null ? sharedBy(crew, part) : part];
    }),
  ) as T;
}
