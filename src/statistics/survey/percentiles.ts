import type { SurveyDesign } from "./design.js";
import { type EstimateOptions, type Groups, type JointEstimates, jointEstimates, type Variable } from "./joint.js";
import { countsOf, everybody, membershipOf, orderByValue } from "./membership.js";

/**
 * How a percentile is read from the weighted cumulative distribution F, with F(x₍ᵢ₎) = (w₁ + … + wᵢ) ÷ W at the ascending values:
 * `step`, the smallest value with F ≥ p (Hyndman and Fan 1996, definition 1, weighted); `interpolated`, linear between the points
 * (F(x₍ᵢ₎), x₍ᵢ₎), and the smallest value below the first (their definition 4, weighted).
 */
export type PercentileDefinition = "interpolated" | "step";

/** Percentiles of one group in one set of weights; equal values are one point. */
function readPercentiles(
  values: Float64Array,
  order: Uint32Array,
  weights: Float64Array,
  fractions: readonly number[],
  definition: PercentileDefinition,
  write: (position: number, value: number) => void,
): void {
  let total = 0;
  for (let k = 0; k < order.length; k++) total += weights[order[k]!]!;
  let below = 0; // weight below the present value
  let before = Number.NaN; // the value before
  let next = 0;
  // A sum of weights that is the target but for rounding has reached it.
  const slack = total * 1e-12;
  for (let k = 0; k < order.length && next < fractions.length; ) {
    const value = values[order[k]!]!;
    let weight = 0;
    for (; k < order.length && values[order[k]!] === value; k++) weight += weights[order[k]!]!;
    if (weight === 0) continue;
    const reached = below + weight;
    while (next < fractions.length && fractions[next]! * total <= reached + slack) {
      const share = Math.min(1, (fractions[next]! * total - below) / weight);
      const between = definition === "interpolated" && !Number.isNaN(before);
      write(next++, between ? before + share * (value - before) : value);
    }
    before = value;
    below = reached;
  }
  while (next < fractions.length) write(next++, total > 0 ? before : Number.NaN);
}

/**
 * How a replicate's percentile is found: `read` from the replicate's own weights, as IEA's and OECD's programs do; or by `density`, the whole sample's percentile less what
 * the replicate moves the share below it by, over the density there (Francisco & Fuller 1991; Woodruff 1952). A percentile that is read jumps from one person to the next, and
 * a jackknife that drops a few persons squares the jumps: its variance is erratic and too large on average. The share below is a mean, which a jackknife takes.
 */
export type PercentileReplicates = "read" | "density";

/** Weighted mean, standard deviation and effective number of a group. */
function spreadOf(values: Float64Array, order: Uint32Array, weights: Float64Array) {
  let [total, squares, sum] = [0, 0, 0];
  for (const i of order) {
    total += weights[i]!;
    squares += weights[i]! ** 2;
    sum += weights[i]! * values[i]!;
  }
  let spread = 0;
  for (const i of order) spread += weights[i]! * (values[i]! - sum / total) ** 2;
  return { total, sd: Math.sqrt(spread / total), effective: (total * total) / squares };
}

/** The density of a group at some values: a normal kernel of Silverman's (1986, 3.31) width. */
function densityOf(values: Float64Array, order: Uint32Array, weights: Float64Array): (at: number) => number {
  const { total, sd, effective } = spreadOf(values, order, weights);
  const quartiles: number[] = [];
  readPercentiles(values, order, weights, [0.25, 0.75], "interpolated", (_, value) => void quartiles.push(value));
  const between = (quartiles[1]! - quartiles[0]!) / 1.349;
  const width = 0.9 * (between > 0 ? Math.min(sd, between) : sd) * effective ** -0.2;
  return (at) => {
    let sum = 0;
    for (const i of order) sum += weights[i]! * Math.exp(-0.5 * ((values[i]! - at) / width) ** 2);
    return sum / (total * width * Math.sqrt(2 * Math.PI));
  };
}

/** Replicates of one group's percentiles by the density: ready once the whole sample's have been read. */
class ByDensity {
  readonly #values: Float64Array;
  readonly #whole: Float64Array;
  readonly #order: Uint32Array;
  readonly #points: Float64Array;
  readonly #densities: Float64Array;
  readonly #sums: Float64Array;
  readonly #now: Float64Array;

  constructor(values: Float64Array, order: Uint32Array, weights: Float64Array, points: Float64Array) {
    this.#values = values;
    this.#whole = weights;
    this.#order = order;
    this.#points = points;
    const density = densityOf(values, order, weights);
    this.#densities = points.map(density);
    // The weight of all, then that below each point; of persons at a point half counts.
    this.#sums = new Float64Array(points.length + 1);
    this.#now = new Float64Array(points.length + 1);
    for (const i of order) this.#add(this.#sums, i, weights[i]!);
  }

  #add(sums: Float64Array, person: number, weight: number): void {
    sums[0]! += weight;
    const value = this.#values[person]!;
    for (let f = 0; f < this.#points.length; f++)
      if (value <= this.#points[f]!) sums[f + 1]! += value === this.#points[f] ? weight / 2 : weight;
  }

  /** @param changed persons of the group whose weight isn't the whole sample's; null where that isn't known */
  read(
    weights: Float64Array,
    changed: readonly number[] | null,
    write: (position: number, value: number) => void,
  ): void {
    const now = this.#now;
    if (changed) {
      now.set(this.#sums);
      for (const i of changed) this.#add(now, i, weights[i]! - this.#whole[i]!);
    } else {
      now.fill(0);
      for (const i of this.#order) this.#add(now, i, weights[i]!);
    }
    const isGone = !(now[0]! > 1e-12 * this.#sums[0]!);
    this.#points.forEach((point, f) => {
      const moved = now[f + 1]! / now[0]! - this.#sums[f + 1]! / this.#sums[0]!;
      const density = this.#densities[f]!;
      // Persons who are all alike have no density, and a percentile that stays.
      write(
        f,
        isGone ? Number.NaN : density > 0 && density < Number.POSITIVE_INFINITY ? point - moved / density : point,
      );
    });
  }
}

/** How percentiles are read, and their replicates found. */
export interface PercentileOptions extends EstimateOptions {
  readonly definition?: PercentileDefinition;
  /** `read` when left out. */
  readonly replicates?: PercentileReplicates;
}

/**
 * Percentiles by group, named `group: P10` for the fraction 0.1.
 *
 * @param fractions ascending, each between 0 and 1
 * @throws {RangeError} when the fractions don't ascend between 0 and 1.
 */
export function percentiles(
  values: Variable,
  fractions: readonly number[],
  design: SurveyDesign,
  groups: Groups = everybody(design.weights.length),
  { definition = "interpolated", replicates = "read", ...options }: PercentileOptions = {},
): JointEstimates {
  if (fractions.some((p, k) => !(p > 0 && p < 1) || (k > 0 && p <= fractions[k - 1]!)))
    throw new RangeError(`fractions ascend between 0 and 1, got ${fractions.join(", ")}`);
  const [G, F] = [groups.names.length, fractions.length];
  const groupOf = (j: number) => Math.floor(j / F);
  return jointEstimates(
    {
      names: groups.names.flatMap((group) => fractions.map((p) => `${group}: P${+(100 * p).toPrecision(10)}`)),
      variables: [values],
      population: Int32Array.from({ length: G * F }, (_, j) => groupOf(j)),
      prepare([column], weights) {
        const member = membershipOf(groups, [column!], weights.length);
        const orders = groups.names.map((_, g) => orderByValue(column!, member, g));
        const byDensity: ByDensity[] = [];
        return {
          ...countsOf(member, weights, G, G * F, groupOf),
          evaluate(w, results, changed) {
            for (const [g, order] of orders.entries()) {
              const write = (position: number, value: number) => {
                results[g * F + position] = value;
              };
              if (replicates === "density" && w !== weights) {
                const own = changed && Array.from(changed).filter((i) => member[i] === g);
                byDensity[g]!.read(w, own, write);
                continue;
              }
              readPercentiles(column!, order, w, fractions, definition, write);
              if (replicates === "density")
                byDensity[g] = new ByDensity(column!, order, w, results.slice(g * F, (g + 1) * F));
            }
          },
        };
      },
    },
    design,
    options,
  );
}
