import { invertPositiveDefinite, NotPositiveDefiniteError } from "../../linear-algebra/dense.js";
import type { ItemParameters } from "../items.js";
import type { Caution, Outcome, Refusal } from "../outcome.js";
import { listed } from "../outcome.js";
import type { Responses } from "../responses.js";
import { spacings } from "./grid.js";
import { PersonLikelihoods } from "./likelihood.js";
import { checkScorable, gridOf } from "./population.js";
import { Posterior } from "./posterior.js";
import { type ClusterColumns, type RegressionErrors, regressionErrors } from "./regression-errors.js";
import {
  type Background,
  type BackgroundSums,
  type Expectations,
  expect,
  fittedMeans,
  type RegressionParameters,
  type ResidualGroup,
  sumBackground,
} from "./regression-moments.js";

/** How a latent regression is fitted. */
export interface LatentRegressionOptions extends Background {
  /** A residual standard deviation a group of the responses instead of one. */
  readonly heteroscedastic?: boolean;
  /** Primary sampling units, with strata or jackknife zones where there are some: the sandwich is over them. */
  readonly clusters?: ClusterColumns | null;
  /** Where the search begins: an earlier fit. */
  readonly start?: LatentRegression | null;
  /** The search ends when no step changes a coefficient or log standard deviation by more than this. Default 1e-8. */
  readonly tolerance?: number;
  readonly mostIterations?: number;
}

/** θ = x β + e, e normal, seen through the items alone. */
export interface LatentRegression extends RegressionErrors {
  readonly names: readonly string[];
  readonly coefficients: Float64Array;
  /** One, or one a group. */
  readonly residualSd: Float64Array;
  /** x β of each person. */
  readonly fitted: Float64Array;
  /** Share of the latent variance that the background explains: var(xβ) ÷ (var(xβ) + mean residual variance), weighted. */
  readonly explained: number;
  /** var(EAP) ÷ (var(EAP) + mean posterior variance), weighted. */
  readonly reliability: number;
  /** Weighted, with weights that sum to the persons. */
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
  /** Largest component of the gradient, a person. */
  readonly gradient: number;
  readonly nodes: Float64Array;
  readonly cautions: readonly Caution[];
}

/**
 * The distribution of ability given background, by marginal maximum likelihood with the items held fixed (Mislevy 1984; Mislevy, Beaton, Kaplan &
 * Sheehan 1992): EM over a grid (Bock & Aitkin 1981), quickened by SQUAREM (Varadhan & Roland 2008).
 *
 * @param options `design` n × p row-major with the constant in it, `names` p; see {@link LatentRegressionOptions}
 * @returns the fit; or the columns that aren't numbers, are explained by others, or the scores that the items can't have given
 */
export function latentRegression(
  responses: Responses,
  items: ItemParameters,
  options: LatentRegressionOptions,
): Outcome<LatentRegression> {
  const faults = [...checkScorable(responses, items), ...checkBackground(responses, options)];
  if (faults.length > 0) return { ok: false, error: faults };
  const weighted = unitWeights(responses);
  const groups = options.heteroscedastic ? responses.groups.length : 1;
  const groupOf: ResidualGroup = groups === 1 ? () => 0 : (person) => responses.group![person]!;
  const sums = sumBackground(weighted, options, groupOf, groups);
  const dependent = [...dependentColumns(sums, options.names), ...emptyGroups(sums, responses)];
  if (dependent.length > 0) return { ok: false, error: dependent };
  try {
    return { ok: true, value: search(weighted, items, options, sums, groupOf) };
  } catch (error) {
    if (!(error instanceof NotPositiveDefiniteError)) throw error;
    return { ok: false, error: [notIdentified(options.names[error.column] ?? "residual standard deviation")] };
  }
}

const notIdentified = (name: string): Refusal => ({
  code: "regression-not-identified",
  place: `column "${name}"`,
  message: "the responses don't tell its parameter: whoever has it answered nothing, or nothing is left to explain",
  remedy: "Leave the column out, or join it to another",
});

function checkBackground(responses: Responses, { design, names }: Background): Refusal[] {
  const n = responses.booklet.length;
  const p = names.length;
  if (p === 0 || design.length !== n * p)
    return [
      {
        code: "background-size",
        place: "background",
        message: `there are ${design.length} numbers for ${n} persons and ${p} columns`,
        remedy: "Give one number for each person and column, the constant's among them",
      },
    ];
  const bad = design.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return [];
  return [
    {
      code: "background-not-a-number",
      place: `person ${Math.floor(bad / p) + 1}, column "${names[bad % p]}"`,
      message: `the value is ${design[bad]}`,
      remedy: "Leave the person out, or give missing values a category of their own",
    },
  ];
}

/** The responses with weights that sum to the number of persons who have one. */
function unitWeights(responses: Responses): Responses {
  const { weights } = responses;
  if (weights === null) return responses;
  let [sum, persons] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    if (weight > 0) persons++;
  }
  return { ...responses, weights: weights.map((weight) => (weight * persons) / sum) };
}

/** Columns that the ones before them explain, by the pivots of Cholesky's factorisation of the products of standardised columns. */
function dependentColumns({ products }: BackgroundSums, names: readonly string[]): Refusal[] {
  const p = names.length;
  const all = new Float64Array(p * p);
  for (const each of products) for (let a = 0; a < p * p; a++) all[a]! += each[a]!;
  const l = new Float64Array(p * p);
  const found: string[] = [];
  const used: number[] = [];
  for (let a = 0; a < p; a++) {
    const own = all[a * p + a]!;
    let pivot = 1;
    for (const b of used) {
      let sum = all[a * p + b]! / Math.sqrt(own * all[b * p + b]!);
      for (const c of used) if (c < b) sum -= l[a * p + c]! * l[b * p + c]!;
      l[a * p + b] = sum / l[b * p + b]!;
      pivot -= l[a * p + b]! ** 2;
    }
    if (own > 0 && pivot > 1e-10) {
      l[a * p + a] = Math.sqrt(pivot);
      used.push(a);
    } else found.push(names[a]!);
  }
  if (found.length === 0) return [];
  return [
    {
      code: "background-dependent",
      place: `columns ${listed(found)}`,
      message: "the columns before explain these wholly, so that no coefficient of theirs can be told",
      remedy: "Leave them out, or condition on principal components",
    },
  ];
}

function emptyGroups({ weight }: BackgroundSums, responses: Responses): Refusal[] {
  const empty = weight.length === 1 ? [] : responses.groups.filter((_, g) => !(weight[g]! > 0));
  if (empty.length === 0) return [];
  return [
    {
      code: "group-without-persons",
      place: `groups ${listed(empty)}`,
      message: "nobody in them has a weight above zero",
      remedy: "Leave these groups out, or fit one residual variance",
    },
  ];
}

const pack = ({ coefficients, logSd }: RegressionParameters) => Float64Array.from([...coefficients, ...logSd]);
const unpack = (all: Float64Array, p: number): RegressionParameters => ({
  coefficients: all.subarray(0, p),
  logSd: all.subarray(p),
});

/** A residual variance that has vanished in rounding. */
const leastVariance = 1e-8;

/** The M step: least squares of the expected abilities, groups weighed by their residual variance; then the residual variances. */
function maximise(sums: BackgroundSums, { crossed, squares }: Expectations, logSd: Float64Array): RegressionParameters {
  const p = crossed[0]!.length;
  const products = new Float64Array(p * p);
  const right = new Float64Array(p);
  for (let g = 0; g < logSd.length; g++) {
    const precision = Math.exp(-2 * logSd[g]!);
    for (let a = 0; a < p * p; a++) products[a]! += precision * sums.products[g]![a]!;
    for (let a = 0; a < p; a++) right[a]! += precision * crossed[g]![a]!;
  }
  const { inverse } = invertPositiveDefinite(products, p);
  const coefficients = new Float64Array(p);
  for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) coefficients[a]! += inverse[a * p + b]! * right[b]!;
  const next = logSd.map((_, g) => {
    let residual = squares[g]!;
    for (let a = 0; a < p; a++) {
      residual -= 2 * coefficients[a]! * crossed[g]![a]!;
      for (let b = 0; b < p; b++) residual += coefficients[a]! * sums.products[g]![a * p + b]! * coefficients[b]!;
    }
    return 0.5 * Math.log(Math.max(leastVariance, residual / sums.weight[g]!));
  });
  return { coefficients, logSd: next };
}

function search(
  responses: Responses,
  items: ItemParameters,
  options: LatentRegressionOptions,
  sums: BackgroundSums,
  groupOf: ResidualGroup,
): LatentRegression {
  const p = options.names.length;
  const n = responses.booklet.length;
  const { tolerance = 1e-8, mostIterations = 500, start = null } = options;
  const groups = sums.weight.length;
  let at: Float64Array = start
    ? pack({ coefficients: start.coefficients, logSd: start.residualSd.map(Math.log) })
    : new Float64Array(p + groups);
  let likelihoods: PersonLikelihoods | null = null;
  let gridSd: Float64Array = new Float64Array(groups);
  const regrid = () => {
    const { coefficients, logSd } = unpack(at, p);
    gridSd = logSd.map(Math.exp);
    const population = { fitted: fittedMeans(options, coefficients, n), residualSd: gridSd };
    const nodes = gridOf(responses, items, population, spacings.moments);
    likelihoods = new PersonLikelihoods(responses, items, nodes, likelihoods);
    return new Posterior(likelihoods);
  };
  /** Whether the standard deviations are no longer those that the grid was made for. */
  const isStale = () => gridSd.some((sd, g) => Math.abs(Math.log(sd) - at[p + g]!) > 0.1);
  const evaluate = (x: Float64Array) => expect(responses, options, posterior, groupOf, unpack(x, p));
  const step = (x: Float64Array, expectations: Expectations) => pack(maximise(sums, expectations, unpack(x, p).logSd));
  let posterior = regrid();
  let iterations = 0;
  let converged = false;
  let current = evaluate(at);
  // A few plain steps bring the parameters near; the grid is made for them each time.
  for (; iterations < 3; iterations++) {
    at = step(at, current);
    posterior = regrid();
    current = evaluate(at);
  }
  while (iterations < mostIterations) {
    const first = step(at, current);
    const e1 = evaluate(first);
    const second = step(first, e1);
    iterations += 2;
    const r = first.map((value, k) => value - at[k]!);
    const v = second.map((value, k) => value - first[k]! - r[k]!);
    const isStill = Math.max(...r.map(Math.abs)) < tolerance;
    const leap = isStill ? second : leapFrom(at, r, v, p);
    const tried = evaluate(leap);
    iterations++;
    const better = isStill || tried.logLikelihood >= e1.logLikelihood;
    at = better ? leap : second;
    converged = isStill && !isStale();
    if (converged) break;
    const moved = isStale();
    if (moved) posterior = regrid();
    current = better && !moved ? tried : evaluate(at);
  }
  posterior = regrid();
  return readFit(responses, options, sums, groupOf, posterior, unpack(at, p), { iterations, converged });
}

/** SQUAREM's extrapolation of two EM steps; a log standard deviation is held to what the grid can bear. */
function leapFrom(at: Float64Array, r: Float64Array, v: Float64Array, p: number): Float64Array {
  const length = Math.hypot(...r) / Math.hypot(...v);
  const alpha = Math.max(1, Number.isFinite(length) ? length : 1);
  return at.map((value, k) => {
    const change = 2 * alpha * r[k]! + alpha * alpha * v[k]!;
    return value + (k < p ? change : Math.max(-0.3, Math.min(0.3, change)));
  });
}

function readFit(
  responses: Responses,
  options: LatentRegressionOptions,
  sums: BackgroundSums,
  groupOf: ResidualGroup,
  posterior: Posterior,
  parameters: RegressionParameters,
  record: { readonly iterations: number; readonly converged: boolean },
): LatentRegression {
  const n = responses.booklet.length;
  const errors = regressionErrors(responses, options, posterior, groupOf, parameters, options.clusters ?? null);
  const fitted = fittedMeans(options, parameters.coefficients, n);
  const residualSd = parameters.logSd.map(Math.exp);
  const total = sums.weight.reduce((a, b) => a + b, 0);
  const residual = sums.weight.reduce((sum, weight, g) => sum + weight * residualSd[g]! ** 2, 0) / total;
  const explained = weightedVariance(fitted, responses.weights);
  const between = weightedVariance(errors.eap, responses.weights);
  const cautions: Caution[] = [];
  if (!record.converged)
    cautions.push({
      code: "regression-not-converged",
      names: [],
      text: `The latent regression was still moving after ${record.iterations} passes.`,
    });
  const small = responses.groups.filter((_, g) => sums.weight.length > 1 && sums.weight[g]! < 30);
  if (small.length > 0)
    cautions.push({
      code: "regression-small-group",
      names: small,
      text: `Fewer than 30 persons tell the residual standard deviation of ${listed(small)}.`,
    });
  return {
    names: options.names,
    coefficients: Float64Array.from(parameters.coefficients),
    residualSd,
    fitted,
    explained: explained / (explained + residual),
    reliability: between / (between + errors.meanVariance),
    logLikelihood: errors.logLikelihood,
    ...record,
    nodes: posterior.nodes,
    gradient: errors.gradient,
    information: errors.information,
    sandwich: errors.sandwich,
    standardErrors: errors.standardErrors,
    clusters: errors.clusters,
    cautions,
  };
}

function weightedVariance(values: Float64Array, weights: Float64Array | null): number {
  let [w, mean] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const weight = weights?.[i] ?? 1;
    w += weight;
    mean += (weight * (values[i]! - mean)) / (w > 0 ? w : 1);
  }
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (weights?.[i] ?? 1) * (values[i]! - mean) ** 2;
  return sum / w;
}
