export {
  type ColumnUse,
  columnUses,
  type FormulaColumn,
  type FormulaFrame,
  type FormulaMembership,
  sourcesOfTerm,
} from "./columns.js";
export { type CompleteRows, completeRows } from "./complete.js";
export { designOf, type FormulaDesign, type FormulaGroup } from "./design.js";
export { FormulaError, type FormulaFault } from "./error.js";
export { levelOrder } from "./evaluate.js";
export {
  type FormulaModel,
  type GroupFactor,
  type RandomPart,
  type ReadTerms,
  type Response,
  readFormula,
} from "./model.js";
export { type ColumnShape, columnShapes, type VariableShape } from "./model-matrix.js";
export { parseFormula } from "./parse.js";
export { printFormula } from "./print.js";
export type { Expression, Formula } from "./syntax.js";
