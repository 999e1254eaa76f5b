import type { Crew, Job } from "../parallel/crew.js";
import type { CoupledUnits } from "./coupled-units.js";

/** y = S x within clusters, `w` columns. */
export function timesBlocks(
  { clusters, scalarStart, squareStart }: CoupledUnits,
  s: Float64Array,
  x: Float64Array,
  w: number,
  y: Float64Array,
): void {
  for (let c = 0; c < clusters; c++) {
    const from = scalarStart[c]!;
    const width = scalarStart[c + 1]! - from;
    const block = squareStart[c]!;
    if (width === 1) {
      const value = s[block]!;
      for (let k = 0, at = from * w; k < w; k++, at++) y[at] = value * x[at]!;
      continue;
    }
    for (let i = 0; i < width; i++) {
      const to = (from + i) * w;
      for (let k = 0; k < w; k++) y[to + k] = 0;
      for (let j = 0; j < width; j++) {
        const value = s[block + i * width + j]!;
        for (let k = 0, at = (from + j) * w; k < w; k++) y[to + k]! += value * x[at + k]!;
      }
    }
  }
}

/** y += N x over the links between clusters. */
export function addLinked(
  { links: { start, column, value } }: CoupledUnits,
  x: Float64Array,
  w: number,
  y: Float64Array,
): void {
  for (let i = 0; i + 1 < start.length; i++)
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const v = value[e]!;
      for (let k = 0, to = i * w, at = column[e]! * w; k < w; k++) y[to + k]! += v * x[at + k]!;
    }
}

/** Column by column Σ x y. */
function products(x: Float64Array, y: Float64Array, w: number): Float64Array {
  const out = new Float64Array(w);
  for (let at = 0; at < x.length; at += w) for (let k = 0; k < w; k++) out[k]! += x[at + k]! * y[at + k]!;
  return out;
}

/** Several systems (S⁻¹ + N) g = b at once, a column each. */
interface Systems {
  readonly coupled: CoupledUnits;
  readonly s: Float64Array;
  /** Scalars × w: what is known of g going in, g coming out. */
  readonly g: Float64Array;
  /** S(b − N known), scalars × w: the point to start from. */
  readonly start: Float64Array;
  readonly w: number;
  /** Squared residuals, in the norm of S, that are small enough. */
  readonly enough: Float64Array;
  readonly parts: number;
}

const mostSteps = 200;

/**
 * Conjugate gradients with S as preconditioner, every column with its own steps. S⁻¹ is never formed: what it does to the directions
 * follows from the residuals, so S may be singular, as where a variance is zero.
 */
function solveColumns(
  { coupled, s }: Systems,
  g: Float64Array,
  start: Float64Array,
  w: number,
  enough: Float64Array,
): void {
  // At g = S(b − N known) the residual is N(known − g).
  for (let i = 0; i < g.length; i++) g[i]! -= start[i]!;
  const residual = new Float64Array(g.length);
  addLinked(coupled, g, w, residual);
  g.set(start);
  const turned = new Float64Array(g.length);
  timesBlocks(coupled, s, residual, w, turned);
  const direction = Float64Array.from(turned);
  const undone = Float64Array.from(residual); // S⁻¹ of the direction
  const product = new Float64Array(g.length);
  let size = products(residual, turned, w);
  for (let step = 0; step < mostSteps && size.some((value, k) => value > enough[k]!); step++) {
    product.set(undone);
    addLinked(coupled, direction, w, product);
    const curvature = products(direction, product, w);
    const length = size.map((value, k) => (value > enough[k]! && curvature[k]! > 0 ? value / curvature[k]! : 0));
    for (let at = 0; at < g.length; at += w)
      for (let k = 0; k < w; k++) {
        g[at + k]! += length[k]! * direction[at + k]!;
        residual[at + k]! -= length[k]! * product[at + k]!;
      }
    timesBlocks(coupled, s, residual, w, turned);
    const next = products(residual, turned, w);
    const turn = next.map((value, k) => (length[k]! > 0 ? value / size[k]! : 0));
    for (let at = 0; at < g.length; at += w)
      for (let k = 0; k < w; k++) {
        direction[at + k] = turned[at + k]! + turn[k]! * direction[at + k]!;
        undone[at + k] = residual[at + k]! + turn[k]! * undone[at + k]!;
      }
    size = next;
  }
}

/** A share of the columns. They don't depend on each other, so the shares don't change them. */
export const solveShare: Job<Systems> = {
  name: "solve-columns",
  work(input, part) {
    const { g, start, w, enough, parts } = input;
    const from = Math.floor((w * part) / parts);
    const to = Math.floor((w * (part + 1)) / parts);
    const own = to - from;
    if (own === 0) return;
    if (own === w) {
      solveColumns(input, g, start, w, enough);
      return;
    }
    const columns = new Float64Array((g.length / w) * own);
    const starts = new Float64Array(columns.length);
    for (let i = 0, at = from; at < g.length; at += w)
      for (let k = 0; k < own; k++, i++) {
        columns[i] = g[at + k]!;
        starts[i] = start[at + k]!;
      }
    solveColumns(input, columns, starts, own, enough.slice(from, to));
    for (let i = 0, at = from; at < g.length; at += w) for (let k = 0; k < own; k++) g[at + k] = columns[i++]!;
  },
};

/**
 * Solves (S⁻¹ + N) g = b.
 * @param rest b − Ng for the g that is known, scalars×w
 * @param g what is known of the answer, as that of a problem nearby, or zeros; becomes the answer. Made by the crew.
 * @param size bᵀSb of each column
 * @param goal for the squared residual in the norm of S, relative to `size`
 */
export function solveCoupled(
  coupled: CoupledUnits,
  s: Float64Array,
  rest: Float64Array,
  g: Float64Array,
  w: number,
  size: Float64Array,
  goal: number,
  crew: Crew,
): void {
  const start = crew.float64(g.length);
  timesBlocks(coupled, s, rest, w, start);
  goOn(coupled, s, g, start, w, size, goal, crew);
}

/** Solves (I + SN) x = v for one v: that is (S⁻¹ + N) x = S⁻¹v, from where nothing is known. `size` is vᵀS⁻¹v or more. */
export function solveFrom(
  coupled: CoupledUnits,
  s: Float64Array,
  v: Float64Array,
  size: number,
  crew: Crew,
): Float64Array {
  const x = crew.float64(v.length);
  const start = crew.float64(v.length);
  start.set(v);
  goOn(coupled, s, x, start, 1, Float64Array.of(size), 1e-28, crew);
  return x;
}

function goOn(
  coupled: CoupledUnits,
  s: Float64Array,
  g: Float64Array,
  start: Float64Array,
  w: number,
  size: Float64Array,
  goal: number,
  crew: Crew,
): void {
  const parts = Math.min(crew.threads, w);
  crew.run(solveShare, { coupled, s, g, start, w, enough: size.map((value) => goal * value), parts }, parts);
}

/** Spectral radius of SN by the power method from a fixed start; from below, close enough to judge the series by. */
export function radiusOf(coupled: CoupledUnits, s: Float64Array): number {
  const n = coupled.scalarStart[coupled.clusters]!;
  if (coupled.links.column.length === 0) return 0;
  const start = Float64Array.from({ length: n }, (_, i) => 1 + 0.5 * Math.sin(i + 1));
  let x = new Float64Array(n);
  timesBlocks(coupled, s, start, 1, x);
  let before = Math.sqrt(products(start, x, 1)[0]!);
  let radius = 0;
  for (let step = 0; step < 60; step++) {
    const y = new Float64Array(n);
    addLinked(coupled, x, 1, y);
    const next = new Float64Array(n);
    timesBlocks(coupled, s, y, 1, next);
    const size = Math.sqrt(products(y, next, 1)[0]!);
    if (!(size > 0)) return radius;
    const found = size / before;
    for (let i = 0; i < n; i++) next[i]! /= size;
    before = 1;
    x = next;
    if (Math.abs(found - radius) < 1e-3 * found) return found;
    radius = found;
  }
  return radius;
}
