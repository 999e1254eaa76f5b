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
export { type ExampleSpell, type MembershipExample, membershipExamples, noSchool } from "./examples.js";
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
export { type MeasureTables, measureValueAdded, recordOf } from "./value-added.js";
