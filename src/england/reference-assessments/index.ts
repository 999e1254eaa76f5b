export { assessmentAssumptions } from "./assumptions.js";
export { type MadeStudy, writeStudies } from "./write-studies.js";
