export { assessmentAssumptions } from "./assumptions.js";
export type { BankLine } from "./bank.js";
export { type MadeStudy, writeStudies } from "./write-studies.js";
