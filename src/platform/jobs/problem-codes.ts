/** What can be wrong with a request about a job; listed in `docs/problems.md`. */
export const problemCodes = {
  "job-unknown": {
    meaning: "There is no job of this number, or it is somebody else's.",
    remedy: "Look at the list of your jobs; administrators see everybody's.",
  },
  "job-ended": { meaning: "The job has ended already.", remedy: "Look at the job's page for how it ended." },
  "job-not-ended": {
    meaning: "The job has neither failed nor been stopped.",
    remedy: "Wait until it has, or stop it first.",
  },
} as const;
