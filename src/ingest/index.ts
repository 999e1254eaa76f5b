export { readAttainment } from "./attainment-files.js";
export { type CsvRow, parseCsv } from "./csv-text.js";
export type { SourceFile } from "./file-bytes.js";
export { fingerprint } from "./fingerprint.js";
export * from "./gias.js";
export { describeProblems } from "./problems.js";
export { type ReadCorrections, readCorrections } from "./read-corrections.js";
export { readHeader } from "./read-header.js";
export { type OpinionRow, readHandedOpinions, readOpinions } from "./read-opinions.js";
export { readTable } from "./read-table.js";
export { readHandedUrns, readUrns } from "./read-urns.js";
export { filesOfReview } from "./review-files.js";
export type { SchoolFacts } from "./review-schools.js";
export { type ReviewTables, readReviewTables } from "./review-tables.js";
export { compareIds } from "./school-id.js";
export { explainSettings } from "./settings-explain.js";
export { shownPath, sourceFile } from "./source-file.js";
export { readStudy } from "./study/read-study.js";
export { filesOfStudy, parseStudyFile, parseStudyText } from "./study/study-files.js";
export { anyFormat, type ColumnRequest, type FileFormat, type TableRequest } from "./table-request.js";
export {
  type CsvValue,
  checkWritable,
  formatCsv,
  formatSheet,
  writeAtomically,
  writeCsv,
  writeTogether,
} from "./write-files.js";
export { isZip, unpackZip } from "./zip-archive.js";
