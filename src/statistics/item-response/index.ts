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
export { expectedScore, type ItemModel, type ItemParameters, probabilities, thresholds } from "./items.js";
export type { Caution, Outcome, Refusal } from "./outcome.js";
export {
  checkResponses,
  notAdministered,
  type PersonColumns,
  type Responses,
  responsesFromMatrix,
  type ScoredItem,
} from "./responses.js";
