export { type CostPerTeacherYear, costPerTeacherYear, type NoRatio } from "./cost-effectiveness.js";
export { atPlaces, type Dimension, dimensionsOf, hypercubeDraw } from "./draw-parameters.js";
export { type Fan, fanProbabilities, makeFan, sortedQuantile } from "./fan.js";
export { type Structure, structuresOf } from "./forms.js";
export { hypercubeDimension } from "./latin-hypercube.js";
export { type PlannedRun, type PlanOptions, planRuns, type RunKind, type RunPlan } from "./plan.js";
export { rangeMean, rangeQuantile } from "./range.js";
export { decimalsOf, type RoundedFigure, roundToInterval, supportedUnit } from "./supported-digits.js";
export { orderedBars, type RankRegression, rankRegression, type TornadoBar, tornadoPlaces } from "./tornado.js";
