import { faultsOfWeights, type ReplicateMethod, type SurveyDesign } from "./design.js";
import { drawsOf } from "./draws.js";
import type { Outcome, SurveyFault } from "./fault.js";
import { hadamard } from "./hadamard.js";
import { type Clustering, clusteringOf, type Labels, type LonelyUnits, type Stratum } from "./strata.js";

/** What {@link replicateDesign} needs. All columns have one value a person. */
export interface ReplicateOptions {
  readonly weights: Float64Array;
  readonly method: ReplicateMethod;
  /** Zones of JK2, BRR and Fay with the side of each person in `replicate`; the same as `strata` and `clusters`. */
  readonly zones?: Labels;
  readonly replicate?: Labels;
  readonly strata?: Labels;
  /** Left out: every person is a cluster. Names count within a stratum. */
  readonly clusters?: Labels;
  /** JK2 with `replicate`: which side is doubled, the other having weight 0. Left out: 1. */
  readonly doubled?: number | string;
  /** JK2: each zone of two makes two replicates, either side doubled in one and left out in the other, at half the variance each: IEA's rule since 2015. */
  readonly bothSides?: boolean;
  /** Fay's factor k: the half that would have weight 0 has k, the other 2 − k. 0 < k < 1. */
  readonly fay?: number;
  /** Bootstrap: number of replicates, 500 when left out. */
  readonly count?: number;
  /** Chooses sides (JK2 from clusters) and draws (bootstrap, which has to have it). Left out for JK2: the first of a zone is doubled. */
  readonly seed?: number;
  /** Units in the population of the person's stratum, those taken with certainty apart: the variance is multiplied by 1 − drawn ÷ population. */
  readonly finitePopulation?: ArrayLike<number>;
  /** 1 for persons of units that were taken with certainty: the unit becomes a stratum and its persons, by turns, its parts. */
  readonly certainty?: ArrayLike<number>;
  /** Parts of a unit taken with certainty; 2 when left out. */
  readonly certaintyParts?: number;
  readonly lonely?: LonelyUnits;
  readonly centre?: "full" | "replicates";
}

/** Factors of clusters (1 where not listed) in one replicate, and the replicate's share of the variance. */
interface Replicate {
  readonly factors: Float64Array;
  readonly rscale: number;
}

interface Made {
  readonly replicates: Replicate[];
  readonly scale: number;
  readonly faults: readonly SurveyFault[];
}

const wrongPairs = ({ name, clusters }: Stratum, wanted: string, way: string): SurveyFault => ({
  code: "survey-pairs-needed",
  place: `stratum ${name}`,
  message: `it has ${clusters.length} units and the method needs ${wanted}`,
  remedy: `Pair the units in the order of selection (pairedZones), or use ${way}`,
});

/** JK2: a zone's one unit doubled and the other out; of three units, two replicates with 1½, 1½ and 0, as NAEP has them. */
function jackknifePairs({ strata, names }: Clustering, options: ReplicateOptions): Made {
  const replicates: Replicate[] = [];
  const faults: SurveyFault[] = [];
  const sides = options.seed === undefined ? null : drawsOf(options.seed, "jk2");
  for (const stratum of strata) {
    const { clusters, fraction } = stratum;
    const coded = (cluster: number) => names[cluster] === String(options.doubled ?? 1);
    const both = options.bothSides === true && clusters.length < 3;
    const add = (factorOf: (cluster: number) => number) => {
      const factors = new Float64Array(names.length).fill(1);
      for (const cluster of clusters) factors[cluster] = factorOf(cluster);
      replicates.push({ factors, rscale: (1 - fraction) / (both ? 2 : 1) });
    };
    if (clusters.length === 1 && options.lonely === "as-coded") {
      const doubled = !options.replicate || coded(clusters[0]!);
      add(() => (doubled ? 2 : 0));
      if (both) add(() => (doubled ? 0 : 2));
    }
    if (clusters.length === 1) continue;
    if (options.replicate && clusters.length === 2 && clusters.filter(coded).length !== 1 && !stratum.certain)
      faults.push({
        code: "survey-option-invalid",
        place: `zone ${stratum.name}`,
        message: `its sides are ${clusters.map((c) => names[c]).join(" and ")}, and ${options.doubled ?? 1} is to be doubled`,
        remedy: "Say which of the two is doubled, as the survey's documentation does",
      });
    if (clusters.length > 3) faults.push(wrongPairs(stratum, "two (or three)", "JKn"));
    let out = clusters.slice(1);
    if (options.replicate && clusters.length === 2) out = clusters.filter((cluster) => !coded(cluster)).slice(0, 1);
    else if (sides?.below(2) === 1) out = [...clusters].reverse().slice(1);
    if (both) out = [...out, ...clusters.filter((cluster) => !out.includes(cluster))];
    for (const gone of out) add((cluster) => (cluster === gone ? 0 : clusters.length / (clusters.length - 1)));
  }
  return { replicates, scale: 1, faults };
}

/** JK1 and JKn: every unit out in turn, its stratum's others raised. JK1 is the same with one stratum, its factor in the scale. */
function jackknifeUnits({ strata, names }: Clustering, method: "JK1" | "JKn"): Made {
  const replicates: Replicate[] = [];
  for (const { clusters, fraction } of strata) {
    const n = clusters.length;
    if (n === 1) continue;
    for (const gone of clusters) {
      const factors = new Float64Array(names.length).fill(1);
      for (const cluster of clusters) factors[cluster] = n / (n - 1);
      factors[gone] = 0;
      replicates.push({ factors, rscale: (method === "JKn" ? (n - 1) / n : 1) * (1 - fraction) });
    }
  }
  const n = names.length;
  return { replicates, scale: method === "JK1" ? (n - 1) / n : 1, faults: [] };
}

/** BRR and Fay: half-samples by the columns of a Hadamard matrix but its first. A correction for a finite population shrinks the changes. */
function balancedHalves({ strata, names }: Clustering, fay: number): Made {
  const zones = strata.filter(({ clusters }) => clusters.length > 1);
  const faults = zones
    .filter(({ clusters }) => clusters.length !== 2)
    .map((zone) => wrongPairs(zone, "two", "JKn or the bootstrap"));
  const rows = hadamard(zones.length + 1);
  const replicates = rows.map((row) => {
    const factors = new Float64Array(names.length).fill(1);
    zones.forEach(({ clusters, fraction }, h) => {
      const change = row[h + 1]! * (1 - fay) * Math.sqrt(1 - fraction);
      factors[clusters[0]!] = 1 + change;
      factors[clusters[1]!] = 1 - change;
    });
    return { factors, rscale: 1 };
  });
  return { replicates, scale: 1 / (rows.length * (1 - fay) ** 2), faults };
}

/** Rao, Wu and Yue (1992): n − 1 units drawn with replacement of the n of each stratum, weights rescaled. */
function bootstrap({ strata, names }: Clustering, count: number, seed: number): Made {
  const replicates = Array.from({ length: count }, (_, r) => {
    const factors = new Float64Array(names.length).fill(1);
    const draws = drawsOf(seed, `bootstrap ${r}`);
    for (const { clusters, fraction } of strata) {
      const n = clusters.length;
      if (n === 1) continue;
      const times = new Float64Array(n);
      for (let k = 0; k < n - 1; k++) times[draws.below(n)]! += 1;
      const shrink = Math.sqrt(1 - fraction);
      for (const [k, cluster] of clusters.entries()) factors[cluster] = 1 + shrink * ((times[k]! * n) / (n - 1) - 1);
    }
    return { factors, rscale: 1 };
  });
  return { replicates, scale: 1 / count, faults: [] };
}

function faultsOfOptions(options: ReplicateOptions): SurveyFault[] {
  const { weights, method, fay, seed, count = 500, certaintyParts = 2 } = options;
  const faults = faultsOfWeights(weights, "weights");
  const refuse = (message: string, remedy: string) =>
    faults.push({ code: "survey-option-invalid", place: `method ${method}`, message, remedy });
  for (const name of ["zones", "replicate", "strata", "clusters", "finitePopulation", "certainty"] as const) {
    const column = options[name];
    if (column !== undefined && column.length !== weights.length)
      faults.push({
        code: "survey-lengths-differ",
        place: name,
        message: `it has ${column.length} values for ${weights.length} persons`,
        remedy: "Bring every column for the same persons in the same order",
      });
  }
  if (method === "Fay" && !(fay !== undefined && fay > 0 && fay < 1))
    refuse(`Fay's factor is ${fay ?? "missing"}`, "Give a factor above 0 and below 1, as 0.5");
  if (method === "bootstrap" && (seed === undefined || !(Number.isInteger(count) && count >= 2)))
    refuse(`the seed is ${seed} and the count ${count}`, "Give a seed, and a count of 2 or more");
  if (!(Number.isInteger(certaintyParts) && certaintyParts >= 2))
    refuse(`certaintyParts is ${certaintyParts}`, "Give a whole number of 2 or more");
  if (method === "JK1" && (options.strata || options.zones || options.certainty))
    refuse("JK1 knows one stratum and no units taken with certainty", "Use JKn");
  if (options.bothSides && method !== "JK2") refuse("bothSides is JK2's", "Leave it out, or use JK2");
  if (method === "JK2" && !(options.strata || options.zones))
    refuse("JK2 needs zones", "Give zones, or make them with pairedZones");
  return faults;
}

/**
 * A design with replicate weights made from strata (or zones) and clusters.
 *
 * Wolter, Introduction to Variance Estimation (2007), chapters 3–5; Rao, Wu and Yue, Survey Methodology 18 (1992), for the bootstrap;
 * Judkins, Journal of Official Statistics 6 (1990), for Fay.
 *
 * @returns the design, or every fault by the name of its stratum
 */
export function replicateDesign(options: ReplicateOptions): Outcome<SurveyDesign> {
  const first = faultsOfOptions(options);
  if (first.length > 0) return { ok: false, error: first };
  const { weights, method, fay, count = 500, seed = 0 } = options;
  const strata = options.zones ?? options.strata;
  const clusters = options.replicate ?? options.clusters;
  const { clustering, faults } = clusteringOf({
    persons: weights.length,
    ...(strata ? { strata } : {}),
    ...(clusters ? { clusters } : {}),
    ...(options.certainty ? { certainty: options.certainty } : {}),
    ...(options.finitePopulation ? { finitePopulation: options.finitePopulation } : {}),
    certaintyParts: options.certaintyParts ?? 2,
    // Only JK2 knows a side that is changed alone; the others then need to be told what to do, if there is such a zone.
    lonely: options.lonely === "as-coded" && method !== "JK2" ? "refuse" : (options.lonely ?? "refuse"),
  });
  if (faults.length > 0) return { ok: false, error: faults };
  let made: Made;
  if (method === "JK2") made = jackknifePairs(clustering, options);
  else if (method === "JK1" || method === "JKn") made = jackknifeUnits(clustering, method);
  else if (method === "bootstrap") made = bootstrap(clustering, count, seed);
  else made = balancedHalves(clustering, method === "Fay" ? fay! : 0);
  const freedom = clustering.strata.reduce((sum, stratum) => sum + stratum.clusters.length - 1, 0);
  if (freedom < 1 || made.replicates.length < 1)
    return {
      ok: false,
      error: [
        {
          code: "survey-too-few-units",
          place: `method ${method}`,
          message: `there are ${clustering.names.length} units in ${clustering.strata.length} strata`,
          remedy: "Bring strata with at least two units",
        },
      ],
    };
  if (made.faults.length > 0) return { ok: false, error: made.faults };
  const { of } = clustering;
  return {
    ok: true,
    value: {
      weights,
      replicates: {
        method,
        count: made.replicates.length,
        weights: made.replicates.map(({ factors }) => weights.map((weight, i) => weight * factors[of[i]!]!)),
        scale: made.scale,
        rscales: Float64Array.from(made.replicates, ({ rscale }) => rscale),
        ...(method === "Fay" ? { fay: fay! } : {}),
      },
      degreesOfFreedom: freedom,
      centre: options.centre ?? "full",
      cautions: clustering.cautions,
    },
  };
}

/**
 * Zones of two neighbouring clusters in the order of selection within strata; a stratum's odd last makes a zone of three.
 * What JK2, BRR and Fay need of a systematic sample.
 *
 * @param clusters of the sampled clusters, in order of selection: their strata
 * @returns the zone of each, from 0
 */
export function pairedZones(strata: Labels): Int32Array {
  const zones = new Int32Array(strata.length);
  const members = new Map<number | string, number[]>();
  for (let i = 0; i < strata.length; i++) {
    const home = members.get(strata[i]!) ?? [];
    members.set(strata[i]!, home);
    home.push(i);
  }
  let zone = 0;
  for (const order of members.values()) {
    const pairs = Math.max(1, Math.floor(order.length / 2));
    order.forEach((unit, k) => {
      zones[unit] = zone + Math.min(Math.floor(k / 2), pairs - 1);
    });
    zone += pairs;
  }
  return zones;
}
