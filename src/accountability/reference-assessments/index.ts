export type { FigureRow } from "./published/results.js";
export { loadPublications, type Publication } from "./store.js";
export type { StudyItem, StudyMaterial } from "./study/material.js";
export { meaningOf } from "./study/meaning.js";
export { studyProblem } from "./study/problem.js";
export { studySchema, type WrittenStudy } from "./study/schema.js";
export type { ItemColumns, MissingRules, SettingPath, Study, StudyFiles, StudyJoin, WrittenAs } from "./study/study.js";

/** The tables of the published assessments. */
export const referenceAssessmentsMigrations = {
  schema: "reference_assessments",
  folder: new URL("./", import.meta.url),
};
