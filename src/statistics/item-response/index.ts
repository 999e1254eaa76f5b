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
export { type ErrorMethod, type ItemErrors, itemStandardErrors, withEstimates } from "./item-errors.js";
export { expectedScore, type ItemModel, type ItemParameters, probabilities, thresholds } from "./items.js";
export type { Caution, Outcome, Refusal } from "./outcome.js";
export {
  type Abilities,
  abilities,
  type ClusterColumns,
  type ConditionalMeans,
  type LatentRegression,
  type LatentRegressionOptions,
  latentRegression,
  type NormalGroup,
  type PlausibleValuesOptions,
  type Population,
  plausibleValues,
} from "./persons/index.js";
export {
  checkResponses,
  notAdministered,
  type PersonColumns,
  type Responses,
  responsesFromMatrix,
  type ScoredItem,
} from "./responses.js";
