/** Codes of why a run of the simulation has no result; listed in `docs/problems.md`. That of a failed calibration stands in `src/discussion/runs`. */
export const problemCodes = {
  "simulation-out-of-bounds": {
    meaning:
      "A parameter is missing or out of its bounds, or a run is asked for that can't be: its years, share, seed or parts.",
    remedy: "Give what the message names a value within the range it names.",
  },
  "simulation-cancelled": {
    meaning: "A run was stopped before its last year; it has no result.",
    remedy: "Run it again, and let it finish.",
  },
} as const;

/** A code of this folder. */
export type SimulationProblemCode = keyof typeof problemCodes;
