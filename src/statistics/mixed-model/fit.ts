import type { Crew } from "../parallel/crew.js";
import { factorInUnits, lowerTriangle } from "./coefficient-basis.js";
import { type ConvergenceReport, checkConvergence } from "./convergence.js";
import { autocorrelationOf } from "./covariance.js";
import { checkDesign, DesignError, type MixedModelDesign } from "./design.js";
import { type Combination, combiner, estimateEffects, type RandomEffects, type WeightedEffect } from "./effects.js";
import { type Evaluation, type Method, Objective } from "./objective.js";
import { type Optimum, optimise } from "./optimum.js";
import { type Sums, sumsOf } from "./sums.js";
import { estimateVariances, type VarianceEstimate } from "./variances.js";

/** A fixed coefficient in the units of its column and the response. */
export interface FixedEffect {
  readonly name: string;
  readonly estimate: number;
  readonly standardError: number;
}

/** Stage 5: a linear mixed model as fitted. It carries its own record. */
export interface MixedModelFit {
  readonly method: Method;
  readonly rows: number;
  readonly fixedEffects: readonly FixedEffect[];
  /** Covariance of the fixed effects, p×p, row-major. */
  readonly fixedCovariance: Float64Array;
  /** Residual standard deviation. */
  readonly sigma: number;
  /** REML criterion, or −2 log-likelihood. */
  readonly criterion: number;
  readonly logLikelihood: number;
  /** Relative covariance factors as lme4's theta: column by column of each term's lower triangle, in the data's units. */
  readonly theta: Float64Array;
  readonly varianceComponents: readonly VarianceEstimate[];
  readonly randomEffects: readonly RandomEffects[];
  /** A weighted sum of random effects with both kinds of standard error. */
  readonly combine: (parts: readonly WeightedEffect[]) => Combination;
  readonly evaluations: number;
  readonly convergence: ConvergenceReport;
}

/** Reads the estimates off the optimum, in the data's units. */
export function readFit(objective: Objective, optimum: Optimum): MixedModelFit {
  const { sums, method } = objective;
  const { evaluation } = optimum;
  const { scale } = sums.standardisation;
  const sigma = scale * Math.sqrt(evaluation.squares / objective.degreesOfFreedom);
  const { fixedEffects, fixedCovariance } = readFixed(sums, evaluation, sigma);
  const varianceComponents = estimateVariances(objective, optimum, sigma);
  const randomEffects = estimateEffects(objective, evaluation, sigma);
  return {
    method,
    rows: sums.rows,
    fixedEffects,
    fixedCovariance,
    sigma,
    criterion: evaluation.criterion,
    logLikelihood: -evaluation.criterion / 2,
    theta: thetaInUnits(objective, evaluation),
    varianceComponents,
    randomEffects,
    combine: combiner(objective, evaluation, sigma),
    evaluations: objective.evaluations,
    convergence: checkConvergence(objective, optimum, varianceComponents),
  };
}

/** θ as lme4 has it, from the factors of the cleared coefficients; an autocorrelation as it is. */
function thetaInUnits({ sums, layout }: Objective, { factors, theta }: Evaluation): Float64Array {
  const triangles = sums.terms.map(({ basis, width }, t) =>
    lowerTriangle(factorInUnits(basis, factors[t]!, width), width),
  );
  return Float64Array.from({ length: layout.length }, (_, e) => {
    const t = layout.term[e]!;
    if (layout.row[e]! < 0) return autocorrelationOf(theta, layout, t);
    return triangles[t]![layout.row[e]! * sums.terms[t]!.width + layout.column[e]!]!;
  });
}

function readFixed(
  sums: Sums,
  evaluation: Evaluation,
  sigma: number,
): Pick<MixedModelFit, "fixedEffects" | "fixedCovariance"> {
  const { basis, centre, scale } = sums.standardisation;
  const p = sums.fixed.length;
  const covariance = new Float64Array(p * p);
  const half = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let k = i; k < p; k++)
      for (let j = 0; j < p; j++) half[i * p + j]! += basis[i * p + k]! * evaluation.inverseInformation[k * p + j]!;
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++)
      for (let k = 0; k < p; k++) covariance[i * p + j]! += half[i * p + k]! * basis[j * p + k]! * sigma * sigma;
  const intercept = sums.standardisation.columns.findIndex((column) => column.values === null);
  const fixedEffects = sums.fixed.map((name, i) => {
    let estimate = i === intercept ? centre : 0;
    for (let k = 0; k < p; k++) estimate += scale * basis[i * p + k]! * evaluation.coefficients[k]!;
    return { name, estimate, standardError: Math.sqrt(covariance[i * p + i]!) };
  });
  return { fixedEffects, fixedCovariance: covariance };
}

/** How a fit is made; nothing here changes its figures. */
export interface FitOptions {
  /** Who does the work. Left out: the calling thread alone. */
  readonly crew?: Crew;
}

/**
 * Fits a linear mixed model by REML or ML: check, sums, objective, optimum, fit.
 * @throws {DesignError} when the design can't be fitted, with every fault.
 */
export function fitMixedModel(design: MixedModelDesign, method: Method, { crew }: FitOptions = {}): MixedModelFit {
  const faults = checkDesign(design);
  if (faults.length > 0) throw new DesignError(faults);
  const objective = new Objective(sumsOf(design, crew), method, undefined, crew);
  return readFit(objective, optimise(objective));
}
