import { invertPositiveDefinite, NotPositiveDefiniteError } from "../../linear-algebra/dense.js";
import type { Responses } from "../responses.js";
import type { Posterior } from "./posterior.js";
import type { Background, RegressionParameters, ResidualGroup } from "./regression-moments.js";

/** The units that were drawn, and the strata or jackknife zones they were drawn in; of each person. */
export interface ClusterColumns {
  readonly cluster: Int32Array;
  readonly stratum?: Int32Array | null;
  /**
   * A stratum with a single unit: taken about the mean of all units, which errs on the large side (the default), or left out as if its units had been
   * certain, which errs on the small side and is what Dire does.
   */
  readonly loneUnits?: "centre" | "leave-out";
}

/** Covariances of (coefficients, logarithms of the residual standard deviations), both square and row-major. */
export interface RegressionErrors {
  /**
   * Inverse of the observed information of the whole marginal likelihood, by Louis's (1982) identity. TAM leaves out what is missing about
   * θ and is too small by a fifth to two fifths; this isn't.
   */
  readonly information: Float64Array;
  /** Information⁻¹ · variance of the clusters' scores · information⁻¹: right with weights and drawn clusters (Binder 1983). */
  readonly sandwich: Float64Array;
  /** Of the coefficients, then of the residual standard deviations themselves, by the sandwich. */
  readonly standardErrors: Float64Array;
  /** How many units the sandwich has; the persons themselves where none were given. */
  readonly clusters: number;
}

/** The errors, with what the same pass tells of the persons. */
export interface RegressionPass extends RegressionErrors {
  readonly eap: Float64Array;
  readonly meanVariance: number;
  readonly logLikelihood: number;
  readonly gradient: number;
}

/** A variance that is so many times that with known abilities is one of which the responses tell nothing but rounding. */
const nothingTold = 1e8;

/**
 * One pass over the persons at the optimum.
 * @throws {NotPositiveDefiniteError} when the responses don't tell a parameter; `column` is its position.
 */
export function regressionErrors(
  responses: Responses,
  background: Background,
  posterior: Posterior,
  groupOf: ResidualGroup,
  { coefficients, logSd }: RegressionParameters,
  columns: ClusterColumns | null,
): RegressionPass {
  const p = coefficients.length;
  const size = p + logSd.length;
  const n = responses.booklet.length;
  const sds = logSd.map(Math.exp);
  const information = new Float64Array(size * size);
  const units = new UnitScores(size, columns);
  const eap = new Float64Array(n);
  const score = new Float64Array(size);
  /** What the information would be were the abilities known and each parameter alone. */
  const complete = new Float64Array(size);
  const gradient = new Float64Array(size);
  let [variance, weight, logLikelihood] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const w = responses.weights?.[i] ?? 1;
    const g = groupOf(i);
    const row = i * p;
    let mean = 0;
    for (let a = 0; a < p; a++) mean += background.design[row + a]! * coefficients[a]!;
    posterior.take(i, mean, sds[g]!);
    const { m1, m2, m3, m4 } = posterior;
    eap[i] = mean + m1;
    if (w === 0) continue;
    weight += w;
    variance += w * (m2 - m1 * m1);
    logLikelihood += w * posterior.logLikelihood;
    const v = sds[g]! ** 2;
    // Louis: the complete data's information less the variance of their score, both given the responses.
    const own = 1 / v - (m2 - m1 * m1) / (v * v);
    const across = (2 * m1) / v - (m3 - m1 * m2) / (v * v);
    const spread = (2 * m2) / v - (m4 - m2 * m2) / (v * v);
    const s = p + g;
    score.fill(0);
    for (let a = 0; a < p; a++) {
      const x = background.design[row + a]!;
      if (x === 0) continue;
      score[a] = (w * x * m1) / v;
      const wx = w * x;
      complete[a]! += (wx * x) / v;
      information[s * size + a]! += wx * across;
      for (let b = 0; b <= a; b++) information[a * size + b]! += wx * own * background.design[row + b]!;
    }
    information[s * size + s]! += w * spread;
    complete[s]! += 2 * w;
    score[s] = w * (m2 / v - 1);
    for (let a = 0; a < size; a++) gradient[a]! += score[a]!;
    units.add(i, score);
  }
  const { inverse } = invertPositiveDefinite(information, size);
  const untold = complete.findIndex((all, a) => inverse[a * size + a]! * all > nothingTold);
  if (untold >= 0) throw new NotPositiveDefiniteError(untold);
  const sandwich = multiplyBothSides(inverse, units.variance(), size);
  const standardErrors = Float64Array.from({ length: size }, (_, a) => Math.sqrt(sandwich[a * size + a]!));
  for (let g = 0; g < sds.length; g++) standardErrors[p + g]! *= sds[g]!;
  return {
    information: inverse,
    sandwich,
    standardErrors,
    clusters: units.count,
    eap,
    meanVariance: variance / weight,
    logLikelihood,
    gradient: Math.max(...gradient.map(Math.abs)) / n,
  };
}

/** Scores added up by drawn unit, and the variance of their total between units within strata. */
class UnitScores {
  count = 0;
  readonly #size: number;
  /** Of each person; null where the persons are the units, whose products are added up as they come. */
  readonly #unit: Int32Array | null;
  readonly #stratum: readonly number[];
  readonly #sums: Float64Array;
  readonly #used: Uint8Array;
  readonly #loneFactor: number;

  constructor(size: number, columns: ClusterColumns | null) {
    this.#size = size;
    this.#loneFactor = columns?.loneUnits === "leave-out" ? 0 : 1;
    const places = new Map<string, number>();
    const strata: number[] = [];
    this.#unit =
      columns?.cluster.map((cluster, i) => {
        const stratum = columns.stratum?.[i] ?? 0;
        const key = `${stratum} ${cluster}`;
        const known = places.get(key);
        if (known !== undefined) return known;
        places.set(key, strata.length);
        strata.push(stratum);
        return strata.length - 1;
      }) ?? null;
    this.#stratum = strata;
    this.#used = new Uint8Array(strata.length);
    this.#sums = new Float64Array(columns === null ? size * size : strata.length * size);
  }

  add(person: number, score: Float64Array): void {
    const size = this.#size;
    if (this.#unit === null) {
      this.count++;
      addProducts(this.#sums, score, 1);
      return;
    }
    const unit = this.#unit[person]!;
    if (this.#used[unit] === 0) this.count++;
    this.#used[unit] = 1;
    for (let a = 0, at = unit * size; a < size; a++, at++) this.#sums[at]! += score[a]!;
  }

  variance(): Float64Array {
    const size = this.#size;
    if (this.#unit === null) return this.#sums.map((sum) => (sum * this.count) / (this.count - 1));
    const of = (unit: number) => this.#sums.subarray(unit * size, (unit + 1) * size);
    const members = new Map<number, number[]>();
    this.#stratum.forEach((stratum, unit) => {
      if (this.#used[unit] === 1) members.set(stratum, [...(members.get(stratum) ?? []), unit]);
    });
    const every = meanOf([...members.values()].flat().map(of), size);
    const out = new Float64Array(size * size);
    for (const units of members.values()) {
      const alone = units.length === 1;
      const mean = alone ? every : meanOf(units.map(of), size);
      for (const unit of units)
        addProducts(
          out,
          of(unit).map((value, a) => value - mean[a]!),
          alone ? this.#loneFactor : units.length / (units.length - 1),
        );
    }
    return out;
  }
}

function meanOf(rows: readonly Float64Array[], size: number): Float64Array {
  const mean = new Float64Array(size);
  for (const row of rows) for (let a = 0; a < size; a++) mean[a]! += row[a]! / rows.length;
  return mean;
}

/** Adds `factor` · d dᵀ. */
function addProducts(into: Float64Array, d: Float64Array, factor: number): void {
  const size = d.length;
  for (let a = 0; a < size; a++) {
    const value = factor * d[a]!;
    if (value !== 0) for (let b = 0; b < size; b++) into[a * size + b]! += value * d[b]!;
  }
}

/** A B A for symmetric A. */
function multiplyBothSides(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return multiply(multiply(a, b, n), a, n);
}

function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const value = a[i * n + k]!;
      for (let j = 0; j < n; j++) out[i * n + j]! += value * b[k * n + j]!;
    }
  return out;
}
