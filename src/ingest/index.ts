export * from "./gias.js";
export { describeProblems } from "./problems.js";
export { readTable } from "./read-table.js";
export type { SchoolFacts } from "./review-schools.js";
export { type ReviewTables, readReviewTables } from "./review-tables.js";
export { compareIds } from "./school-id.js";
export { shownPath, sourceFile } from "./source-file.js";
export { anyFormat, type ColumnRequest, type FileFormat, type TableRequest } from "./table-request.js";
export { type CsvValue, checkWritable, formatCsv, writeAtomically, writeCsv } from "./write-files.js";
