export {
  type AlternativeCode,
  type AlternativeFigure,
  type AlternativeMeasure,
  type AlternativesWanted,
  alternativeCodes,
  alternativeWords,
  mostPupilsForRefits,
} from "./alternative.js";
export { type CautionCode, cautionWords } from "./caution-words.js";
export { type ComparatorExample, comparatorExamples } from "./comparators/examples.js";
export { correctableMeasure, correctMeasure } from "./correct-measure.js";
export { type CorrectionAction, type CorrectionReason, correctionReasons } from "./correction-reasons.js";
export type * from "./corrections.js";
export { schoolUnknown } from "./corrections.js";
export { type ExampleSpell, type MembershipExample, membershipExamples, noSchool } from "./examples.js";
export type { MeasureTables } from "./fit-design.js";
export { intakeFunctions, readMeasureFormula } from "./formula-shape.js";
export type * from "./measure.js";
export { type ComparedMeasure, measureWithAlternatives } from "./measure-alternatives.js";
export {
  describeMembership,
  type MembershipCode,
  type MembershipShares,
  membershipProblems,
  membershipWords,
  type RowFindings,
  rowFindings,
} from "./membership.js";
export { probabilityAtMost, type RedrawnFigure } from "./redraw.js";
export { type ShareTable, sharesFromTable } from "./share-table.js";
export type * from "./specification.js";
export { rollStatus, type Spells, sharesFromSpells, type Windows } from "./spells.js";
export { fewestInYear, type Stability, type YearPair } from "./stability.js";
export { termCensusDays, windowOfYearGroups } from "./term-days.js";
export { measureValueAdded, recordOf } from "./value-added.js";
