export { type Calibration, CalibrationError, type CalibrationTarget } from "./calibration/calibrate.js";
export { fifths, grades, loanPlans, phases, type Region, regions, type Subject, subjects } from "./classes.js";
export type { Country } from "./country/country.js";
export type {
  Breakdown,
  CompiledParameters,
  RunOptions,
  RunParts,
  RunResult,
  SeriesName,
} from "./engine.js";
export { makeEngland } from "./england.js";
export { compileInputs, type EngineInput, engineInputs } from "./inputs/index.js";
export { seriesValue } from "./run/result.js";
export { simulate } from "./run/simulate.js";
export { RunCancelled } from "./run/years.js";
