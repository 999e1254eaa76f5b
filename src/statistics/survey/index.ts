export {
  type GivenReplicates,
  givenReplicates,
  type ReplicateMethod,
  type Replicates,
  type SurveyDesign,
} from "./design.js";
export { type Draws, drawsOf, permanentNumber } from "./draws.js";
export {
  barnardRubin,
  combineImputations,
  confidenceInterval,
  type Estimate,
  type Imputed,
  type Nesting,
  type SamplingVarianceRule,
  twoSidedProbability,
  type VarianceParts,
  withItemVariance,
} from "./estimate.js";
export { accepted, type Outcome, type SurveyFault, type SurveyFaultCode } from "./fault.js";
export { difference, gaps } from "./gaps.js";
export { hadamard } from "./hadamard.js";
export {
  type EstimateOptions,
  type Figure,
  type Groups,
  type JointEstimates,
  jointEstimates,
  type Prepared,
  type Statistic,
  type Variable,
} from "./joint.js";
export { correlations, means, proportionsAbove, ratios, standardDeviations, totals } from "./moments.js";
export { type PercentileDefinition, percentiles } from "./percentiles.js";
export { type Predictor, regression } from "./regression.js";
export { pairedZones, type ReplicateOptions, replicateDesign } from "./replicates.js";
export type { Labels, LonelyUnits } from "./strata.js";
export {
  adjustForMultiplicity,
  type MultiplicityRule,
  sharedCovariance,
  type Trend,
  type TrendOptions,
  trend,
} from "./trend.js";
