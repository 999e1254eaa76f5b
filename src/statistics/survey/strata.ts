import type { SurveyFault } from "./fault.js";

/** Names or numbers of strata, zones or clusters, one a person. */
export type Labels = ArrayLike<number | string>;

/**
 * What to do with a stratum of one unit: refuse; count it as certain (no variance); join the stratum before it (the first: behind); or,
 * with JK2, change its weight as its code says (doubled or 0) though there is nothing beside it, as IEA's published files are used.
 */
export type LonelyUnits = "refuse" | "certainty" | "neighbour" | "as-coded";

/** A stratum with its clusters, by position in {@link Clustering.names}. */
export interface Stratum {
  readonly name: string;
  readonly clusters: number[];
  /** Share of its clusters that was drawn, 0–1; 0 without correction for a finite population. */
  readonly fraction: number;
  /** It is one unit that was taken with certainty, and its clusters are parts of it. */
  readonly certain: boolean;
}

/** Persons in clusters in strata. */
export interface Clustering {
  readonly strata: readonly Stratum[];
  /** Of each cluster. */
  readonly names: readonly string[];
  /** Of each person: position of the cluster. */
  readonly of: Int32Array;
  readonly cautions: readonly string[];
}

/** What {@link clusteringOf} is made from; see `ReplicateOptions`. */
export interface ClusterColumns {
  readonly persons: number;
  readonly strata?: Labels;
  readonly clusters?: Labels;
  readonly certainty?: ArrayLike<number>;
  readonly certaintyParts: number;
  readonly finitePopulation?: ArrayLike<number>;
  readonly lonely: LonelyUnits;
}

interface Growing {
  readonly name: string;
  readonly clusters: number[];
  readonly certain: boolean;
  population: number;
}

/** The first person without a label, of each column. */
function missingLabels(columns: Readonly<Record<string, Labels | undefined>>): SurveyFault[] {
  return Object.entries(columns).flatMap(([name, column]): SurveyFault[] => {
    const first = column ? Array.from(column, (label) => label === "" || Number.isNaN(label)).indexOf(true) : -1;
    if (first < 0) return [];
    const place = `person ${first + 1}`;
    return [{ code: "survey-label-missing", place, message: `there is no ${name}`, remedy: "Give every person one" }];
  });
}

/** Gives every person a cluster; a cluster's name counts within its stratum, so that strata may number their clusters alike. */
function code({ persons, strata, clusters, certainty, certaintyParts, finitePopulation }: ClusterColumns) {
  const found: Growing[] = [];
  const names: string[] = [];
  const of = new Int32Array(persons);
  const stratumAt = new Map<string, Growing>();
  const clusterAt = new Map<string, number>();
  const seen = new Map<string, number>();
  const faults = missingLabels({ "stratum or zone": strata, "cluster or side": clusters });
  for (let i = 0; i < persons; i++) {
    let stratum = strata ? String(strata[i]) : "all";
    let cluster = clusters ? String(clusters[i]) : String(i + 1);
    const certain = certainty !== undefined && certainty[i] === 1;
    if (certain) {
      stratum = `${stratum}, unit ${cluster} taken with certainty`;
      const turn = seen.get(stratum) ?? 0;
      seen.set(stratum, turn + 1);
      cluster = `part ${(turn % certaintyParts) + 1}`;
    }
    let home = stratumAt.get(stratum);
    if (!home) {
      home = {
        name: stratum,
        clusters: [],
        certain,
        population: certain ? Infinity : (finitePopulation?.[i] ?? Infinity),
      };
      stratumAt.set(stratum, home);
      found.push(home);
    } else if (!certain && finitePopulation && finitePopulation[i] !== home.population)
      faults.push({
        code: "survey-option-invalid",
        place: `stratum ${stratum}`,
        message: `the number of units in its population is ${home.population} and ${finitePopulation[i]}`,
        remedy: "Give one number for the whole stratum",
      });
    const key = `${stratum}\u0000${cluster}`;
    let at = clusterAt.get(key);
    if (at === undefined) {
      at = names.length;
      clusterAt.set(key, at);
      names.push(cluster);
      home.clusters.push(at);
    }
    of[i] = at;
  }
  return { found, names, of, faults: faults.slice(0, 5) };
}

/** Strata of one cluster: refused by name, left as they are, or joined. */
function settleLonely(found: Growing[], lonely: LonelyUnits, faults: SurveyFault[], cautions: string[]): Growing[] {
  const settled: Growing[] = [];
  let waiting: Growing | null = null; // a lonely first stratum
  for (const stratum of found) {
    const whole = stratum.clusters.length >= stratum.population;
    if (stratum.clusters.length > 1 || whole || lonely === "certainty" || lonely === "as-coded") {
      if (stratum.clusters.length === 1)
        cautions.push(
          lonely === "as-coded"
            ? `stratum ${stratum.name} has one unit, whose weight is changed with nothing beside it`
            : `stratum ${stratum.name} has one unit and adds no variance: it counts as taken with certainty`,
        );
      if (waiting) {
        cautions.push(`stratum ${waiting.name} has one unit and is joined with stratum ${stratum.name}`);
        stratum.clusters.unshift(...waiting.clusters);
        stratum.population += waiting.population;
        waiting = null;
      }
      settled.push(stratum);
    } else if (lonely === "refuse")
      faults.push({
        code: "survey-lonely-unit",
        place: `stratum ${stratum.name}`,
        message: "it has one unit, so nothing can be said about the variation in it",
        remedy:
          'Join it with its neighbour (lonely: "neighbour"), count it as taken with certainty (lonely: "certainty"), change its weight as its code says, as IEA does (lonely: "as-coded", JK2 only), or correct its label',
      });
    else {
      const before = settled.at(-1);
      if (before) {
        cautions.push(`stratum ${stratum.name} has one unit and is joined with stratum ${before.name}`);
        before.clusters.push(...stratum.clusters);
        before.population += stratum.population;
      } else if (waiting) {
        cautions.push(`strata ${waiting.name} and ${stratum.name} have one unit each and are joined`);
        waiting.clusters.push(...stratum.clusters);
        waiting.population += stratum.population;
        settled.push(waiting);
        waiting = null;
      } else waiting = stratum;
    }
  }
  if (waiting) settled.push(waiting);
  return settled;
}

/** Persons by cluster and stratum; units taken with certainty become strata of their own, split into parts by turns. */
export function clusteringOf(columns: ClusterColumns): { clustering: Clustering; faults: readonly SurveyFault[] } {
  const { found, names, of, faults } = code(columns);
  if (faults.length > 0) return { clustering: { strata: [], names, of, cautions: [] }, faults };
  const cautions: string[] = [];
  const settled = settleLonely(found, columns.lonely, faults, cautions);
  const strata = settled.map(({ name, clusters, certain, population }) => {
    if (clusters.length > population)
      faults.push({
        code: "survey-option-invalid",
        place: `stratum ${name}`,
        message: `${clusters.length} units were drawn of ${population}`,
        remedy: "Give the number of units in the population, not the fraction drawn",
      });
    return { name, clusters, certain, fraction: clusters.length / population };
  });
  return { clustering: { strata, names, of, cautions }, faults };
}
