export { assembleSums, type SummedParts } from "./assemble.js";
export { changeSums, holdVariances, type RowChange } from "./change.js";
export { type ConvergenceReport, checkConvergence } from "./convergence.js";
export {
  checkDesign,
  DesignError,
  type DesignFault,
  type Drift,
  type FixedColumn,
  type MixedModelDesign,
  type RandomCoefficient,
  type RandomTerm,
} from "./design.js";
export type { Combination, RandomEffects, WeightedEffect } from "./effects.js";
export { type FitOptions, type FixedEffect, fitMixedModel, type MixedModelFit, readFit } from "./fit.js";
export { type Evaluation, type Method, Objective } from "./objective.js";
export { type Optimum, optimise } from "./optimum.js";
export { type SummedTerm, type Sums, sumsOf } from "./sums.js";
export { autocorrelation, residualGroup, type VarianceEstimate } from "./variances.js";
