export {
  type Allocation,
  type AllocationPlan,
  type AllocationRule,
  type AllocationStratum,
  allocate,
} from "./allocation.js";
export {
  type BookletBalance,
  type Booklets,
  balancePositions,
  cyclicBooklets,
  measureBooklets,
} from "./booklet-balance.js";
export { assembleBooklets, type Block, type BookletConstraints, type BookletDesign } from "./booklets.js";
export {
  type Auxiliary,
  adjustDesign,
  type CalibratedWeights,
  type CalibrationDistance,
  calibrateWeights,
  type Margin,
  rake,
  trimWeights,
} from "./calibrate.js";
export {
  type CheapestDesign,
  type CostModel,
  cheapestDesign,
  designOf,
  type PlannedChoice,
  type PlanningProblem,
  type Requirement,
} from "./cheapest.js";
export { type Burden, burdenOf, type Coordination, coordinatedNumbers } from "./coordination.js";
export {
  type GivenReplicates,
  givenReplicates,
  type ReplicateMethod,
  type Replicates,
  type SurveyDesign,
} from "./design.js";
export {
  type Draw,
  type DrawnPersons,
  type DrawnUnit,
  type DrawPlan,
  type DrawRecord,
  drawPersons,
  drawUnits,
  permanentOrder,
} from "./draw.js";
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
  withLinkingVariance,
} from "./estimate.js";
export { accepted, type Outcome, type SurveyFault, type SurveyFaultCode } from "./fault.js";
export { joinSmallUnits, type PseudoUnits, type SamplingFrame, type SortKey, serpentineOrder } from "./frame.js";
export { difference, differenceOf, gaps } from "./gaps.js";
export { hadamard } from "./hadamard.js";
export {
  inclusionProbabilities,
  type OrderSampling,
  orderSample,
  poissonSample,
  systematicSample,
} from "./inclusion.js";
export { type IntraclassCorrelation, intraclassCorrelation } from "./intraclass.js";
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
export {
  type PercentileDefinition,
  type PercentileOptions,
  type PercentileReplicates,
  percentiles,
} from "./percentiles.js";
export {
  type PlannedDesign,
  type PlannedFigure,
  type PlannedOutcome,
  type PlannedPrecision,
  type PlannedStratum,
  type PlannedTrend,
  planPrecision,
  shareOutcome,
} from "./precision.js";
export {
  type GroupedRankGap,
  groupedRankGap,
  inMonths,
  meanRanks,
  type RankGapEnds,
  rankGap,
  rankGapOfMeans,
  standardisedGap,
} from "./rank-gap.js";
export { type Predictor, regression } from "./regression.js";
export { pairedZones, type ReplicateOptions, replicateDesign } from "./replicates.js";
export {
  type NonResponseAdjustment,
  type NonResponseOptions,
  nonResponseCells,
  propensityAdjustment,
  type ResponseCell,
  type ResponsePropensity,
  type ResponseRates,
  responsePropensity,
  responseRates,
  type UnitOutcome,
  type UnitResponse,
} from "./response.js";
export type { Labels, LonelyUnits } from "./strata.js";
export {
  designEffect,
  type Linearised,
  linearisedMean,
  linearisedRatio,
  linearisedRegression,
  linearisedTotal,
  linearisedVariance,
  type SampleStage,
  type SampleStructure,
} from "./taylor.js";
export {
  adjustForMultiplicity,
  type MultiplicityRule,
  type PairedImputations,
  sharedCovariance,
  type Trend,
  type TrendOptions,
  trend,
} from "./trend.js";
