export { type ClassicalItem, classicalItems } from "./classical.js";
export { type CurveFit, curveFit } from "./curve-fit.js";
export {
  type Cycle,
  type Drift,
  type DriftOptions,
  type ItemChange,
  type ItemCusum,
  itemDrift,
  type TrendLine,
} from "./drift.js";
export { type LogisticDif, logisticDif, type Ratio } from "./logistic.js";
export {
  type DifClass,
  type MantelHaenszel,
  type MantelHaenszelOptions,
  mantelHaenszel,
} from "./mantel-haenszel.js";
export { type ResidualFit, residualFit } from "./residual-fit.js";
export { type ScoreFit, scoreFit } from "./score-fit.js";
export type { GroupPair } from "./strata.js";
