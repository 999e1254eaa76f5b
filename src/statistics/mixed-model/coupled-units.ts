import { type Couplings, clustersOf } from "../linear-algebra/clusters.js";
import { type Links, unitOfScalar } from "./links.js";
import type { Sums } from "./sums.js";

/**
 * The sums regrouped for the series: units that are strongly coupled stand together in a cluster, scalars cluster after cluster.
 * Everything of one cluster is a dense block; `links` are those between clusters.
 */
export interface CoupledUnits {
  readonly clusters: number;
  /** First scalar and first effect of each cluster in the new order. */
  readonly scalarStart: Int32Array;
  readonly effectStart: Int32Array;
  /** New place of each scalar and each effect. */
  readonly scalarPlace: Int32Array;
  readonly effectPlace: Int32Array;
  /** The units of each cluster: `unit[k]`, k from `unitStart[c]` on, in the order of their scalars. */
  readonly unitStart: Int32Array;
  readonly unit: Int32Array;
  /** Where each cluster's block of width² (own, S, powers) and of effects² (P) begins. */
  readonly squareStart: Int32Array;
  readonly blockStart: Int32Array;
  /** ZᵀZ within each cluster. */
  readonly own: Float64Array;
  readonly links: Links;
  /** The same links by pairs of clusters: neighbours of cluster c are k from `pairStart[c]` on, each with entries from `entryStart[k]` on. */
  readonly pairStart: Int32Array;
  readonly neighbour: Int32Array;
  readonly entryStart: Int32Array;
  /** Place within the cluster, and within the neighbour. */
  readonly entryRow: Int32Array;
  readonly entryColumn: Int32Array;
  readonly entryValue: Float64Array;
  /** Scalars of the widest cluster. */
  readonly widest: number;
}

/** The family of every unit. */
export function familyOfUnit({ families }: Sums): Int32Array {
  const last = families.at(-1)!;
  const out = new Int32Array(last.firstUnit + last.units);
  families.forEach(({ firstUnit, units }, f) => {
    out.fill(f, firstUnit, firstUnit + units);
  });
  return out;
}

/** How strongly units hang together: the Frobenius norm of their block of ZᵀZ relative to those of their own. */
function couplingsOf(sums: Sums, unitOf: Int32Array, family: Int32Array): Couplings {
  const { families, own, links } = sums;
  if (links.column.length === 0) return { a: [], b: [], strength: [] };
  const norm = Float64Array.from(family, (f, u) => {
    const { width, firstOwn, firstUnit } = families[f]!;
    const block = firstOwn + (u - firstUnit) * width * width;
    let squares = 0;
    for (let i = block; i < block + width * width; i++) squares += own[i]! ** 2;
    return Math.sqrt(squares);
  });
  const [a, b, strength]: [number[], number[], number[]] = [[], [], []];
  const slot = new Int32Array(family.length).fill(-1);
  family.forEach((f, u) => {
    const { width, firstScalar, firstUnit } = families[f]!;
    const begin = a.length;
    const base = firstScalar + (u - firstUnit) * width;
    for (let s = base; s < base + width; s++)
      for (let e = links.start[s]!; e < links.start[s + 1]!; e++) {
        const v = unitOf[links.column[e]!]!;
        if (v <= u) continue;
        if (slot[v]! < begin) {
          slot[v] = a.length;
          a.push(u);
          b.push(v);
          strength.push(0);
        }
        strength[slot[v]!]! += links.value[e]! ** 2;
      }
    for (let k = begin; k < a.length; k++) {
      const block = Math.sqrt(strength[k]!);
      const [x, y] = [norm[u]!, norm[b[k]!]!];
      // A unit that lies wholly in another, as a pupil in a school, goes with it however few its rows are.
      strength[k] = block > 0.9 * Math.min(x, y) ? 1 : block / Math.sqrt(x * y);
    }
  });
  return { a, b, strength };
}

/** Links between clusters in the new order, and the blocks of those within. */
function partLinks(
  sums: Sums,
  unitOf: Int32Array,
  clusterOf: Int32Array,
  order: Int32Array,
  base: Pick<CoupledUnits, "scalarPlace" | "scalarStart" | "squareStart"> & { readonly own: Float64Array },
): Links {
  const { links } = sums;
  const { scalarPlace, scalarStart, squareStart, own } = base;
  const start = new Int32Array(order.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  order.forEach((s, to) => {
    const c = clusterOf[unitOf[s]!]!;
    const width = scalarStart[c + 1]! - scalarStart[c]!;
    for (let e = links.start[s]!; e < links.start[s + 1]!; e++) {
      const other = links.column[e]!;
      const there = scalarPlace[other]!;
      if (clusterOf[unitOf[other]!] === c)
        own[squareStart[c]! + (to - scalarStart[c]!) * width + there - scalarStart[c]!] = links.value[e]!;
      else {
        column.push(there);
        value.push(links.value[e]!);
      }
    }
    start[to + 1] = column.length;
  });
  return { start, column: Int32Array.from(column), value: Float64Array.from(value) };
}

/** Gathers the links of each cluster by the cluster at their other end. */
function pairUp(
  { start, column, value }: Links,
  clusters: number,
  scalarStart: Int32Array,
  clusterOf: Int32Array,
): Pick<CoupledUnits, "pairStart" | "neighbour" | "entryStart" | "entryRow" | "entryColumn" | "entryValue"> {
  const pairStart = new Int32Array(clusters + 1);
  const neighbour: number[] = [];
  const entryStart: number[] = [0];
  const entryRow = new Int32Array(column.length);
  const entryColumn = new Int32Array(column.length);
  const entryValue = new Float64Array(column.length);
  const count = new Int32Array(clusters);
  let filled = 0;
  for (let c = 0; c < clusters && column.length > 0; c++) {
    const found: number[] = [];
    const [from, to] = [scalarStart[c]!, scalarStart[c + 1]!];
    for (let e = start[from]!; e < start[to]!; e++) {
      const other = clusterOf[column[e]!]!;
      if (count[other]!++ === 0) found.push(other);
    }
    found.sort((x, y) => x - y);
    const next = new Map<number, number>();
    for (const other of found) {
      next.set(other, filled);
      filled += count[other]!;
      count[other] = 0;
      neighbour.push(other);
      entryStart.push(filled);
    }
    for (let s = from; s < to; s++)
      for (let e = start[s]!; e < start[s + 1]!; e++) {
        const other = clusterOf[column[e]!]!;
        const at = next.get(other)!;
        next.set(other, at + 1);
        entryRow[at] = s - from;
        entryColumn[at] = column[e]! - scalarStart[other]!;
        entryValue[at] = value[e]!;
      }
    pairStart[c + 1] = neighbour.length;
  }
  return {
    pairStart,
    neighbour: Int32Array.from(neighbour),
    entryStart: Int32Array.from(entryStart),
    entryRow,
    entryColumn,
    entryValue,
  };
}

/** Regroups the sums by clusters of strongly coupled units. */
export function coupleUnits(sums: Sums): CoupledUnits {
  const { families } = sums;
  const unitOf = unitOfScalar(sums);
  const family = familyOfUnit(sums);
  const clusterOf = clustersOf(
    Int32Array.from(family, (f) => families[f]!.width),
    couplingsOf(sums, unitOf, family),
  );
  const clusters = clusterOf.reduce((most, c) => Math.max(most, c + 1), 0);
  const [scalarStart, effectStart, unitStart] = [0, 0, 0].map(() => new Int32Array(clusters + 1));
  family.forEach((f, u) => {
    const c = clusterOf[u]! + 1;
    scalarStart![c]! += families[f]!.width;
    effectStart![c]! += families[f]!.effects;
    unitStart![c]!++;
  });
  const squareStart = new Int32Array(clusters + 1);
  const blockStart = new Int32Array(clusters + 1);
  let widest = 0;
  for (let c = 0; c < clusters; c++) {
    const [width, effects] = [scalarStart![c + 1]!, effectStart![c + 1]!];
    widest = Math.max(widest, width);
    squareStart[c + 1] = squareStart[c]! + width * width;
    blockStart[c + 1] = blockStart[c]! + effects * effects;
    scalarStart![c + 1]! += scalarStart![c]!;
    effectStart![c + 1]! += effectStart![c]!;
    unitStart![c + 1]! += unitStart![c]!;
  }
  const next = { scalar: scalarStart!.slice(), effect: effectStart!.slice(), unit: unitStart!.slice() };
  const scalarPlace = new Int32Array(sums.scalars);
  const effectPlace = new Int32Array(sums.effects);
  const order = new Int32Array(sums.scalars);
  const unit = new Int32Array(family.length);
  const clusterOfPlace = new Int32Array(sums.scalars);
  const own = new Float64Array(squareStart[clusters]!);
  family.forEach((f, u) => {
    const { width, effects, firstScalar, firstEffect, firstUnit, firstOwn } = families[f]!;
    const c = clusterOf[u]!;
    const wide = scalarStart![c + 1]! - scalarStart![c]!;
    const local = next.scalar[c]! - scalarStart![c]!;
    const block = firstOwn + (u - firstUnit) * width * width;
    for (let i = 0; i < width; i++)
      for (let j = 0; j < width; j++)
        own[squareStart[c]! + (local + i) * wide + local + j] = sums.own[block + i * width + j]!;
    for (let i = 0; i < width; i++) {
      const s = firstScalar + (u - firstUnit) * width + i;
      const to = next.scalar[c]!++;
      scalarPlace[s] = to;
      order[to] = s;
      clusterOfPlace[to] = c;
    }
    for (let i = 0; i < effects; i++) effectPlace[firstEffect + (u - firstUnit) * effects + i] = next.effect[c]!++;
    unit[next.unit[c]!++] = u;
  });
  const placed = { scalarStart: scalarStart!, scalarPlace, squareStart, own };
  const links = partLinks(sums, unitOf, clusterOf, order, placed);
  return {
    ...placed,
    clusters,
    effectStart: effectStart!,
    effectPlace,
    unitStart: unitStart!,
    unit,
    blockStart,
    links,
    ...pairUp(links, clusters, scalarStart!, clusterOfPlace),
    widest,
  };
}
