export { readAcademicYear, yearInAddress } from "./academic-years.js";
export type * from "./case.js";
export { stateWords } from "./change.js";
export { caseJobs, caseJobsInSteps, openYearJob, publishJob, refreshJob } from "./jobs.js";
export { caseParameters, caseParametersOn } from "./parameters.js";
export type * from "./proposal.js";
export {
  caseWork,
  drawSecondReadings,
  officers,
  openYear,
  placeOfCase,
  previewBatch,
  publishBatch,
  readCase,
  readYears,
  type StepForMany,
  schoolSide,
  takeStep,
  takeSteps,
} from "./service.js";
export { accountsYearEndOn, type EvidenceSources } from "./sources.js";
export { measureIdOf, sourcesOfRecord } from "./sources-of-record.js";
export {
  asJson,
  type CaseKey,
  type CaseSchool,
  type CaseStep,
  caseUnknown,
  changeCase,
  loadCase,
  loadNewestCase,
  lockCases,
  type StoredCase,
  streamOf,
} from "./store-case.js";
export { type Closures, closeWithSchools, closuresInWords } from "./store-close.js";
export { schoolsHeard } from "./store-heard.js";
export { type CaseFilter, type CaseLine, casesOfSchool, countStates, listCases } from "./store-list.js";
export {
  beginYear,
  completeYear,
  loadYearReview,
  loadYearReviews,
  measuredOf,
  newestMeasuredReview,
  nextMeasured,
  openCases,
  rulesOf,
  type YearReview,
} from "./store-open.js";
export { loadPublications } from "./store-publish.js";
export { outcomeSigned, outcomesSigned } from "./store-refresh.js";
export { caseVerifiers } from "./store-verify.js";
export { changeCaseState } from "./transitions.js";
export { mayAnswer } from "./transitions-answer.js";
