export { type AndersenTest, andersenTest, lowAndHigh } from "./andersen.js";
export { calibrate } from "./calibrate.js";
export type {
  Calibration,
  CalibrationOptions,
  FixedGroup,
  FixedItem,
  FreeParameter,
  LatentGroup,
  Nodes,
  Priors,
} from "./calibration.js";
export { type ConditionalErrors, type ConditionalFit, conditionalRasch } from "./conditional.js";
export { type ConditionalComparison, compareWithMarginal } from "./conditional-comparison.js";
export { type ErrorMethod, type ItemErrors, itemStandardErrors, withEstimates } from "./item-errors.js";
export { expectedScore, type ItemModel, type ItemParameters, probabilities, thresholds } from "./items.js";
export {
  type CommonItemOptions,
  type CurveOptions,
  chainLinks,
  type Form,
  type FormsLink,
  type Link,
  type LinkingError,
  type LinkingErrorOptions,
  type LinkKind,
  type LinkOptions,
  link,
  linkForms,
  linkingError,
  type MovedParameter,
  pisa2012LinkingError,
  pisa2015LinkingError,
  type Robustness,
  slopeSensitivity,
  type Transformation,
  transformAbilities,
  transformGroup,
  transformItems,
  type WeightedNodes,
} from "./linking/index.js";
export type { Caution, Outcome, Refusal } from "./outcome.js";
export {
  type Abilities,
  abilities,
  type ClusterColumns,
  type ComponentOptions,
  type Components,
  type ConditionalMeans,
  type DrawableErrors,
  drawItems,
  type LatentRegression,
  type LatentRegressionOptions,
  latentRegression,
  type NormalGroup,
  type PlausibleValuesOptions,
  type Population,
  plausibleValues,
  principalComponents,
  regressionsOfDraws,
} from "./persons/index.js";
export {
  type ClassicalItem,
  type CurveFit,
  type Cycle,
  classicalItems,
  curveFit,
  type DifClass,
  type Drift,
  type DriftOptions,
  type GroupPair,
  type ItemChange,
  type ItemCusum,
  itemDrift,
  type LogisticDif,
  logisticDif,
  type MantelHaenszel,
  type MantelHaenszelOptions,
  mantelHaenszel,
  type ResidualFit,
  residualFit,
  type ScoreFit,
  scoreFit,
  type TrendLine,
} from "./quality/index.js";
export {
  checkResponses,
  notAdministered,
  type PersonColumns,
  type Responses,
  responsesFromMatrix,
  type ScoredItem,
} from "./responses.js";
export { responsesToItems } from "./subset.js";
