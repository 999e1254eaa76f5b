export { type Mark, type MarkState, markSentence, markStates, markWords } from "./mark.js";
export { markOf, marksOf, marksOfSchool } from "./store-marks.js";
