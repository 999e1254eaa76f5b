export { type DayWork, watchDays } from "./days.js";
export {
  defineJob,
  JobFailure,
  type JobId,
  type JobKind,
  type JobStatus,
  type StepContext,
  type StepOutcome,
} from "./job.js";
export { fromJson, toJson } from "./json.js";
export { type RunOptions, runJobs, runToEnd } from "./run.js";
export { type JobState, jobState } from "./state.js";
export { findJob, listJobs, resumeJob, startJob, stopJob } from "./store.js";

/** The jobs' own tables. */
export const jobsMigrations = { schema: "jobs", folder: new URL("./", import.meta.url) };
