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
export { type ConditionalFit, conditionalRasch } from "./conditional.js";
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
  pisa2012LinkingError,
  pisa2015LinkingError,
  type Robustness,
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
