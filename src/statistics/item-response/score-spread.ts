import type { Outcome, Refusal } from "./outcome.js";
import type { Responses } from "./responses.js";

/** Clusters of persons within strata, any integers, one a person. Without clusters each person is one; without strata there is one. */
export interface ClusterMethod {
  readonly clusters?: Int32Array;
  readonly strata?: Int32Array;
}

/** J V Jᵀ: the covariance of what changes with something else by J. @param j rows × p, row-major @param v p × p @returns rows × rows, symmetric */
export function carried(j: Float64Array, v: Float64Array, rows: number, p: number): Float64Array {
  const half = new Float64Array(rows * p);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < p; k++) {
      const w = j[i * p + k]!;
      if (w !== 0) for (let l = 0; l < p; l++) half[i * p + l]! += w * v[k * p + l]!;
    }
  const out = new Float64Array(rows * rows);
  for (let a = 0; a < rows; a++)
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let k = 0; k < p; k++) sum += half[a * p + k]! * j[b * p + k]!;
      out[a * rows + b] = sum;
      out[b * rows + a] = sum;
    }
  return out;
}

/** Whose scores are one draw, and of which stratum. */
export interface Draws {
  /** Of each person; null: each is one. */
  readonly cluster: Int32Array | null;
  readonly stratum: Int32Array;
  /** Draws in each stratum. */
  readonly count: Float64Array;
  readonly clusters: number;
}

/**
 * Numbers clusters within strata and strata from 0; a stratum with one cluster has no spread to tell.
 * @param persons positions of those who count, each once
 */
export function drawsOf({ booklet }: Responses, persons: readonly number[], method: ClusterMethod): Outcome<Draws> {
  const cluster = method.clusters ? new Int32Array(booklet.length) : null;
  const stratum = new Int32Array(booklet.length);
  const clusters = new Map<string, number>();
  const strata = new Map<number, number>();
  const count: number[] = [];
  for (const person of persons) {
    const given = method.strata?.[person] ?? 0;
    const h = strata.get(given) ?? strata.size;
    strata.set(given, h);
    stratum[person] = h;
    count[h] ??= 0;
    if (!method.clusters || !cluster) count[h]!++;
    else {
      const key = `${given} ${method.clusters[person]}`;
      const known = clusters.get(key);
      if (known === undefined) count[h]!++;
      cluster[person] = known ?? clusters.size;
      clusters.set(key, cluster[person]!);
    }
  }
  const alone = [...strata].filter(([, h]) => count[h]! < 2);
  if (alone.length === 0)
    return { ok: true, value: { cluster, stratum, count: Float64Array.from(count), clusters: clusters.size } };
  const error = alone.map(
    ([given]): Refusal => ({
      code: "errors-cluster-alone",
      place: `stratum ${given}`,
      message: "it has one cluster, whose spread can't be told",
      remedy: "Join it with its neighbour in the frame",
    }),
  );
  return { ok: false, error };
}

/** Calls `use` for each person with the places and values of the person's weighted score; the arrays may be used again for the next. */
export type EachScore = (use: (person: number, at: Int32Array, values: Float64Array) => void) => void;

/** The covariance of the draws' summed scores, each draw one of those of its stratum. @param p how many places there are @returns p×p */
export function spreadOfScores(draws: Draws, p: number, eachScore: EachScore): Float64Array {
  const out = new Float64Array(p * p);
  const add = (row: Float64Array, factor: number) => {
    for (let a = 0; a < p; a++) {
      const w = factor * row[a]!;
      if (w !== 0) for (let b = 0; b < p; b++) out[a * p + b]! += w * row[b]!;
    }
  };
  const total = Array.from(draws.count, () => new Float64Array(p));
  const sums = Array.from({ length: draws.clusters }, () => ({ stratum: 0, sum: new Float64Array(p) }));
  const factor = draws.count.map((n) => n / (n - 1));
  const alone = new Float64Array(p);
  eachScore((person, at, values) => {
    const stratum = draws.stratum[person]!;
    const cluster = draws.cluster ? sums[draws.cluster[person]!]! : null;
    if (cluster) cluster.stratum = stratum;
    const sum = cluster?.sum ?? alone.fill(0);
    for (let d = 0; d < at.length; d++) {
      sum[at[d]!]! += values[d]!;
      total[stratum]![at[d]!]! += values[d]!;
    }
    if (!cluster) add(sum, factor[stratum]!);
  });
  for (const { stratum, sum } of sums) add(sum, factor[stratum]!);
  total.forEach((sum, h) => {
    add(sum, -factor[h]! / draws.count[h]!);
  });
  return out;
}
