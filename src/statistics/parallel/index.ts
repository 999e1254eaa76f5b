export { alone, type Crew, type Job } from "./crew.js";
export { jobs } from "./jobs.js";
