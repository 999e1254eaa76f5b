export {
  admitMeasure,
  type DeclaredOutcome,
  type MeasureDeclaration,
  type MeasureRefusal,
  wholeCurriculum,
} from "./admissible.js";
