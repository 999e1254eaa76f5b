export { exportJob } from "./export-job.js";
export { drawSampleJob } from "./jobs.js";
export { eraseJob, startDueErasings } from "./service-erase.js";

/** The tables of the running of assessments; they refer to the register's. */
export const fieldworkMigrations = { schema: "assessment_fieldwork", folder: new URL("./", import.meta.url) };
