export * from "./census.js";
export * from "./department-files.js";
export * from "./gias-groups.js";
export * from "./gias-schools.js";
export type { RegisterStatus, SchoolPhase } from "./gias-words.js";
