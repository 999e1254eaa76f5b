/** Codes of what a run of the simulation refuses; those of scenarios stand with them. Listed in `docs/problems.md`. */
export const problemCodes = {
  "simulation-busy": {
    meaning: "The server is already running a scenario for somebody.",
    remedy: "Ask again in a few seconds, or run the scenario on your own machine: ./greenpaper simulate.",
  },
  "simulation-not-calibrated": {
    meaning:
      "With these parameters the model can't meet the published flows that it is held to, so there is no result.",
    remedy: "Change the parameter that the message names.",
  },
} as const;
