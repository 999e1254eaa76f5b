export {
  admitMeasure,
  type DeclaredOutcome,
  type MeasureDeclaration,
  type MeasureRefusal,
  wholeCurriculum,
} from "./admissible.js";
export { judgeMeasure } from "./judge.js";
export type { ProposedMeasure } from "./proposed-measure.js";
export { proposeMeasure } from "./service.js";
export { admittedMeasure, admittedMeasures, type Declaration, findMeasure } from "./store.js";

/** The tables of the register of measures. */
export const measuresMigrations = { schema: "measures", folder: new URL("./", import.meta.url) };
