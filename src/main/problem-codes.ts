/** Codes of what can keep the product from starting: what each stands for and what to do; listed in `docs/problems.md`. */
export const problemCodes = {
  "register-of-another-source": {
    meaning: "The register holds the schools of another country than the one that was asked for.",
    remedy: "Use another register: set GREENPAPER_HOME to an empty folder, or DATABASE_URL to an empty database.",
  },
  "rate-limit-unreadable": {
    meaning: "RATE_LIMIT is not a number of requests a minute.",
    remedy:
      "Set RATE_LIMIT to the requests a minute that one network address may make, to 0 for any number, or leave it out.",
  },
  "pupil-files-changed": {
    meaning:
      "The effect of a correction was asked for, and a file of the published review is another one now, or gone.",
    remedy: "Bring the file back as it was, or publish the review of the files as they are.",
  },
  "pupil-files-not-here": {
    meaning: "The effect of a correction was asked for on a machine that has no pupil files of the published review.",
    remedy: "Run the server where the review was published, or publish it again on this machine.",
  },
} as const;
