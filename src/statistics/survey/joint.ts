import type { SurveyDesign } from "./design.js";
import { combineImputations, type Estimate, type Nesting, type SamplingVarianceRule } from "./estimate.js";

/** A variable: one column, or one a plausible value. One value a person; NaN where it is missing. */
export type Variable = Float64Array | readonly Float64Array[];

/** Groups of persons: position in `names`; anything outside (−1, 255, 65535) belongs to none. */
export interface Groups {
  readonly names: readonly string[];
  readonly of: ArrayLike<number>;
}

/** A statistic made ready for one set of columns. */
export interface Prepared {
  /**
   * Writes the results for these weights; NaN where one can't be computed. The first call is with the weights of the whole sample.
   * @param changed persons whose weight isn't the whole sample's, where they are few; a statistic may use it or not
   */
  evaluate(weights: Float64Array, results: Float64Array, changed: Int32Array | null): void;
  /** Persons behind each result. */
  readonly n: ArrayLike<number>;
  /** Summed weights behind each result. */
  readonly weighted: ArrayLike<number>;
  /** Of each person: the population of {@link Statistic.population} that it belongs to. */
  readonly member: ArrayLike<number>;
}

/** Several figures that are computed together, so that their covariance is known. */
export interface Statistic {
  readonly names: readonly string[];
  readonly variables: readonly Variable[];
  /** Results that describe the same persons have the same number: so that n of a difference isn't counted twice. */
  readonly population: ArrayLike<number>;
  prepare(columns: readonly Float64Array[], weights: Float64Array): Prepared;
}

/** How estimates are to be made. */
export interface EstimateOptions {
  readonly samplingVariance?: SamplingVarianceRule;
  readonly nesting?: Nesting;
  /**
   * Degrees of freedom of the sampling variance: the design's; or Satterthwaite's, (Σv)² ÷ Σv² over the replicates' shares v, for jackknives
   * whose figure rests on few units (Johnson and Rust 1992; NAEP), never more than the design's. Left out: the design's.
   */
  readonly freedom?: "design" | "satterthwaite";
}

/** A figure, or the reason why there is none. */
export type Figure =
  | { readonly estimate: Estimate; readonly reason?: never }
  | { readonly estimate: null; readonly reason: string };

/** Estimates with their covariance. */
export interface JointEstimates {
  readonly names: readonly string[];
  readonly figures: readonly Figure[];
  /** The estimate by name. @throws {RangeError} when there is none of the name or it couldn't be computed. */
  estimate(name: string): Estimate;
  /** A weighted sum of the figures, as a difference of two groups, with the covariance through replicates and plausible values. */
  combine(coefficients: ArrayLike<number>): Figure;
  /** A function of the figures, computed in each replicate and plausible value, as a ratio of two. */
  transform(f: (results: Float64Array) => number, uses: readonly number[]): Figure;
  /** Sampling covariance of two weighted sums, by the same rule. */
  covariance(first: ArrayLike<number>, second: ArrayLike<number>): number;
  /** Replicate deviations of a weighted sum, averaged over plausible values: for covariances with another survey that shares the replicates. */
  deviations(coefficients: ArrayLike<number>): Float64Array;
  /** A weighted sum of the figures in each plausible value: for a difference from figures whose plausible values were drawn with these. */
  imputed(coefficients: ArrayLike<number>): Float64Array;
  readonly design: SurveyDesign;
}

/** Columns of each imputation. @throws {RangeError} when variables have different numbers of plausible values or persons. */
function columnsByImputation(variables: readonly Variable[], persons: number): (readonly Float64Array[])[] {
  const lists = variables.map((variable) => (variable instanceof Float64Array ? [variable] : variable));
  const m = Math.max(1, ...lists.map((list) => list.length));
  for (const list of lists) {
    if (list.length !== 1 && list.length !== m)
      throw new RangeError(`variables have ${list.length} and ${m} plausible values: pair them or give one column`);
    for (const column of list)
      if (column.length !== persons)
        throw new RangeError(`a variable has ${column.length} values for ${persons} persons`);
  }
  return Array.from({ length: m }, (_, k) => lists.map((list) => list[list.length === 1 ? 0 : k]!));
}

/** All results: of imputation k, row 0 the whole sample, row r + 1 replicate r. */
type Results = readonly (readonly Float64Array[])[];

const changedPersons = new WeakMap<SurveyDesign, readonly (Int32Array | null)[]>();

/** Of each replicate the persons whose weight differs from the whole sample's; null where they are more than a quarter. */
function changedOf(design: SurveyDesign): readonly (Int32Array | null)[] {
  const known = changedPersons.get(design);
  if (known) return known;
  const { weights, replicates } = design;
  const most = weights.length / 4;
  const found = replicates.weights.map((replicate) => {
    const changed: number[] = [];
    for (let i = 0; i < weights.length; i++) if (replicate[i] !== weights[i] && changed.push(i) > most) return null;
    return Int32Array.from(changed);
  });
  changedPersons.set(design, found);
  return found;
}

function evaluateAll(statistic: Statistic, design: SurveyDesign) {
  const { weights, replicates } = design;
  const width = statistic.names.length;
  const changed = changedOf(design);
  let n: ArrayLike<number> = [];
  let weighted: ArrayLike<number> = [];
  let member: ArrayLike<number> = [];
  const results: Results = columnsByImputation(statistic.variables, weights.length).map((columns, k) => {
    const prepared = statistic.prepare(columns, weights);
    if (k === 0) ({ n, weighted, member } = prepared);
    return [weights, ...replicates.weights].map((column, r) => {
      const row = new Float64Array(width);
      prepared.evaluate(column, row, r === 0 ? null : changed[r - 1]!);
      return row;
    });
  });
  return { statistic, design, results, n, weighted, member };
}

/** Whether every replicate multiplies the weights of all these persons alike, so that the replicates can't tell how their mean would vary. */
function moveTogether(members: ArrayLike<number>, populations: ReadonlySet<number>, design: SurveyDesign): boolean {
  const { weights, replicates } = design;
  return replicates.weights.every((replicate) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < weights.length; i++)
      if (weights[i]! > 0 && populations.has(members[i]!)) {
        const ratio = replicate[i]! / weights[i]!;
        if (ratio < low) low = ratio;
        if (ratio > high) high = ratio;
      }
    return high - low <= 1e-9 * Math.abs(high);
  });
}

/** Scalar results by imputation: the whole sample's and its deviations in the replicates. */
function deviationsOf(results: Results, design: SurveyDesign, f: (row: Float64Array) => number) {
  const { rscales } = design.replicates;
  return results.map((rows) => {
    const value = f(rows[0]!);
    const deviations = new Float64Array(rows.length - 1);
    for (let r = 1; r < rows.length; r++) deviations[r - 1] = f(rows[r]!);
    let centre = value;
    if (design.centre === "replicates") {
      let [sum, count] = [0, 0];
      for (let r = 0; r < deviations.length; r++)
        if (rscales[r]! > 0) {
          sum += deviations[r]!;
          count++;
        }
      centre = sum / count;
    }
    for (let r = 0; r < deviations.length; r++) deviations[r]! -= centre;
    return { value, deviations };
  });
}

function sumOfProducts(a: Float64Array, b: Float64Array, { scale, rscales }: SurveyDesign["replicates"]): number {
  let sum = 0;
  for (let r = 0; r < a.length; r++) sum += rscales[r]! * a[r]! * b[r]!;
  return scale * sum;
}

/** Satterthwaite's degrees of freedom of the replicates' shares, averaged over imputations; at least 1, and the design's where nothing varies. */
function satterthwaite(parts: readonly { readonly deviations: Float64Array }[], design: SurveyDesign): number {
  const { rscales, count } = design.replicates;
  let [sum, squares] = [0, 0];
  for (let r = 0; r < count; r++) {
    const share = parts.reduce((total, { deviations }) => total + rscales[r]! * deviations[r]! ** 2, 0);
    sum += share;
    squares += share * share;
  }
  return squares > 0 ? Math.max(1, Math.min(design.degreesOfFreedom, (sum * sum) / squares)) : design.degreesOfFreedom;
}

/** A figure that is a function of the results, or why there is none. @param uses the results it is made of */
function figureOf(
  { statistic, design, results, n, weighted, member }: ReturnType<typeof evaluateAll>,
  f: (row: Float64Array) => number,
  uses: readonly number[],
  { samplingVariance = "average", nesting, freedom = "design" }: EstimateOptions,
): Figure {
  const { names, population } = statistic;
  const label = uses.map((j) => names[j]).join(", ");
  const none = (reason: string): Figure => ({ estimate: null, reason });
  const empty = uses.filter((j) => n[j] === 0);
  if (empty.length > 0) return none(`nobody with a value stands behind ${empty.map((j) => names[j]).join(", ")}`);
  const parts = deviationsOf(results, design, f);
  if (parts.some(({ value }) => !Number.isFinite(value))) return none(`${label} can't be computed from these values`);
  const broken = Math.max(...parts.map(({ deviations }) => deviations.filter((d) => !Number.isFinite(d)).length));
  if (broken > 0)
    return none(
      `${label} can't be computed in ${broken} of ${design.replicates.count} replicates (all its persons are in one unit), so it has no standard error`,
    );
  const behind = new Set<number>();
  let [persons, sum] = [0, 0];
  for (const j of uses)
    if (!behind.has(population[j]!)) {
      behind.add(population[j]!);
      persons += n[j]!;
      sum += weighted[j]!;
    }
  const unmoved = parts.every(({ value, deviations }) =>
    deviations.every((d) => Math.abs(d) <= 1e-12 * Math.abs(value)),
  );
  if (unmoved && moveTogether(member, behind, design))
    return none(`all persons behind ${label} are in one unit, so it has no standard error`);
  const imputed = {
    values: parts.map(({ value }) => value),
    samplingVariances: parts.map(({ deviations }) => sumOfProducts(deviations, deviations, design.replicates)),
    degreesOfFreedom: freedom === "design" ? design.degreesOfFreedom : satterthwaite(parts, design),
    n: persons,
    weighted: sum,
    cautions: design.cautions,
  };
  return { estimate: combineImputations(imputed, samplingVariance, nesting) };
}

/**
 * Any statistic with replicate errors, over plausible values by Rubin's rules.
 *
 * @throws {RangeError} when columns have other lengths than the design, or numbers of plausible values differ.
 */
export function jointEstimates(
  statistic: Statistic,
  design: SurveyDesign,
  options: EstimateOptions = {},
): JointEstimates {
  const { names } = statistic;
  const evaluated = evaluateAll(statistic, design);
  const { results } = evaluated;

  const figure = (f: (row: Float64Array) => number, uses: readonly number[]) => figureOf(evaluated, f, uses, options);

  const weightedSum = (coefficients: ArrayLike<number>) => {
    if (coefficients.length !== names.length)
      throw new RangeError(`${coefficients.length} coefficients for ${names.length} figures`);
    const uses = names.map((_, j) => j).filter((j) => coefficients[j] !== 0);
    const f = (row: Float64Array) => uses.reduce((sum, j) => sum + coefficients[j]! * row[j]!, 0);
    return { f, uses };
  };
  const figures = names.map((_, j) => figure((row) => row[j]!, [j]));
  return {
    names,
    figures,
    design,
    estimate(name) {
      const found = figures[names.indexOf(name)];
      if (!found) throw new RangeError(`there is no figure ${name}: there are ${names.join(", ")}`);
      if (!found.estimate) throw new RangeError(found.reason);
      return found.estimate;
    },
    combine(coefficients) {
      const { f, uses } = weightedSum(coefficients);
      return figure(f, uses);
    },
    transform: (f, uses) => figure(f, uses),
    covariance(first, second) {
      const a = deviationsOf(results, design, weightedSum(first).f);
      const b = deviationsOf(results, design, weightedSum(second).f);
      const take = options.samplingVariance === "first" ? 1 : a.length;
      let sum = 0;
      for (let k = 0; k < take; k++) sum += sumOfProducts(a[k]!.deviations, b[k]!.deviations, design.replicates) / take;
      return sum;
    },
    imputed: (coefficients) => {
      const { f } = weightedSum(coefficients);
      return Float64Array.from(results, (rows) => f(rows[0]!));
    },
    deviations(coefficients) {
      const all = deviationsOf(results, design, weightedSum(coefficients).f);
      const mean = new Float64Array(design.replicates.count);
      for (const { deviations } of all) for (let r = 0; r < mean.length; r++) mean[r]! += deviations[r]! / all.length;
      return mean;
    },
  };
}
