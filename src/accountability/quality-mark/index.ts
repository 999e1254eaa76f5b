export { alternativesTo } from "./alternatives.js";
export { decideQualityMark, type QualityMarkInput } from "./award.js";
export * from "./cases/index.js";
export type * from "./comparison.js";
export type * from "./decision.js";
export { exampleParameters, type QualityMarkExample, qualityMarkExamples } from "./examples.js";
export * from "./marks/index.js";
export {
  agreedLine,
  decisionParametersOn,
  fewestPupilEquivalents,
  intervalConfidence,
  qualityMarkParameters,
  refusalProbability,
  yearsThatCount,
  yearWeights,
} from "./parameters.js";
export type * from "./published.js";
export { publishedMeasure, publishedSchools, type SchoolOnTheDay } from "./published-school.js";
export type { AccountsEvidence, MeasuredValueAdded, SafeguardingEvidence } from "./reasons.js";
export { type Review, reviewSchools } from "./review.js";
export type * from "./review-file.js";
export { explainReviewFile } from "./review-file-explain.js";
export { parseReviewFile, parseReviewText } from "./review-file-parse.js";
export { reviewJsonSchema } from "./review-file-schema.js";
export type { PublishedFiles } from "./review-service-phase.js";
export * from "./shown-decision.js";
export { loadReviewedEvidence, loadReviewRecord, type ReviewedEvidence, reviewReader, saveReview } from "./store.js";
export type * from "./store-input.js";

/** The Quality Mark's own tables; they refer to the register's. */
export const qualityMarkMigrations = { schema: "quality_mark", folder: new URL("./", import.meta.url) };
