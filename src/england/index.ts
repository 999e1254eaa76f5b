export { assumptions } from "./assumptions.js";
export { type CalibrationReport, calibrationReport } from "./calibration.js";
export { type CalibrationLine, calibrationLines } from "./calibration-table.js";
export type { CalibrationRow } from "./comparison.js";
export * from "./england.js";
export { evidenceOfRegion } from "./evidence.js";
export { defaultRegions, makeEngland } from "./make-england.js";

export { specificationOf } from "./specification.js";
export { writeEngland } from "./write.js";
