import type { Labels } from "./strata.js";

/** Share of the variance between clusters, and what it was estimated from. */
export interface IntraclassCorrelation {
  /** 0–1. */
  readonly icc: number;
  readonly between: number;
  readonly within: number;
  readonly clusters: number;
  readonly persons: number;
  /** Mean persons a cluster. */
  readonly size: number;
}

interface Summed {
  readonly stratum: number;
  n: number;
  sum: number;
}

/** Clusters with their sums, and the squares within them. */
function sumClusters(values: Float64Array, clusters: Labels, strata: Labels | undefined) {
  const found = new Map<string, Summed>();
  const stratumAt = new Map<string, number>();
  const origin = values.find((v) => !Number.isNaN(v)) ?? 0;
  let [persons, squares] = [0, 0];
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const name = strata ? String(strata[i]) : "";
    const stratum = stratumAt.get(name) ?? stratumAt.size;
    stratumAt.set(name, stratum);
    const key = `${name}\u0000${clusters[i]}`;
    const cluster = found.get(key) ?? { stratum, n: 0, sum: 0 };
    found.set(key, cluster);
    cluster.n += 1;
    cluster.sum += value - origin;
    persons += 1;
    squares += (value - origin) ** 2;
  });
  const all = [...found.values()];
  return {
    all,
    persons,
    strata: stratumAt.size,
    inside: squares - all.reduce((sum, { n, sum: s }) => sum + (s * s) / n, 0),
  };
}

/**
 * The intraclass correlation by restricted maximum likelihood of the one-way model y = μ_stratum + u_cluster + e, its criterion profiled to
 * λ = σ_u²/σ_e² (Searle, Casella and McCulloch 1992, 3.8). With strata it is what is left after stratification, which planning needs.
 *
 * @param values one a person, NaN where missing
 * @param clusters names count within a stratum
 * @returns null where there are no two clusters in a stratum, or no two persons in a cluster
 * @throws {RangeError} when the columns differ in length.
 */
export function intraclassCorrelation(
  values: Float64Array,
  clusters: Labels,
  strata?: Labels,
): IntraclassCorrelation | null {
  for (const column of [clusters, strata ?? clusters])
    if (column.length !== values.length) throw new RangeError(`${column.length} labels for ${values.length} persons`);
  const { all, persons, strata: S, inside } = sumClusters(values, clusters, strata);
  if (all.length <= S || persons <= all.length || !(inside > 0)) return null;
  const [weight, mean] = [new Float64Array(S), new Float64Array(S)];
  const at = (lambda: number) => {
    weight.fill(0);
    mean.fill(0);
    for (const { stratum, n, sum } of all) {
      weight[stratum]! += n / (1 + n * lambda);
      mean[stratum]! += sum / (1 + n * lambda);
    }
    let [squares, logs] = [inside, 0];
    for (let s = 0; s < S; s++) {
      mean[s]! /= weight[s]!;
      logs += Math.log(weight[s]!);
    }
    for (const { stratum, n, sum } of all) {
      squares += (n / (1 + n * lambda)) * (sum / n - mean[stratum]!) ** 2;
      logs += Math.log1p(n * lambda);
    }
    const within = squares / (persons - S);
    return { within, criterion: (persons - S) * Math.log(within) + logs };
  };
  // Golden section over the correlation itself, λ = ρ ÷ (1 − ρ): the criterion has one minimum in practice.
  const lambdaOf = (rho: number) => rho / (1 - rho);
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [0, 1 - 1e-9];
  for (let step = 0; step < 90; step++) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (at(lambdaOf(a)).criterion <= at(lambdaOf(b)).criterion) high = b;
    else low = a;
  }
  const inner = (low + high) / 2;
  const icc = at(0).criterion <= at(lambdaOf(inner)).criterion ? 0 : inner;
  const { within } = at(lambdaOf(icc));
  return { icc, within, between: lambdaOf(icc) * within, clusters: all.length, persons, size: persons / all.length };
}
