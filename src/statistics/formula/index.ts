export {
  type ColumnUse,
  columnUses,
  type FormulaColumn,
  type FormulaFrame,
  type FormulaMembership,
} from "./columns.js";
export { type CompleteRows, completeRows } from "./complete.js";
export { designOf, type FormulaDesign } from "./design.js";
export { FormulaError, type FormulaFault } from "./error.js";
export { type FormulaModel, type GroupFactor, type RandomPart, type Response, readFormula } from "./model.js";
export { parseFormula } from "./parse.js";
export { printFormula } from "./print.js";
export type { Formula } from "./syntax.js";
