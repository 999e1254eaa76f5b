/** Codes of what can be wrong with a scenario or its link; listed in `docs/problems.md`. */
export const problemCodes = {
  "scenario-unreadable": {
    meaning: "A scenario is no JSON object, or a field of it is missing or of another kind.",
    remedy: "Make the scenario again in the simulator, or with ./greenpaper simulate link.",
  },
  "scenario-newer": {
    meaning: "A scenario or link was made by a newer version of the program, which writes more than this one can read.",
    remedy: "Bring this program up to date, or make the scenario again with it.",
  },
  "scenario-older": {
    meaning: "A scenario was made by so old a version that nothing here says how to read it.",
    remedy: "Make the scenario again in the simulator.",
  },
  "scenario-parameter-unknown": {
    meaning: "A scenario changes a parameter that the model doesn't have.",
    remedy: "List the parameters with ./greenpaper simulate parameters, and name one of them.",
  },
  "scenario-value-out-of-bounds": {
    meaning: "A scenario gives a parameter a value outside of its declared bounds.",
    remedy: "Choose a value within the range that the message names.",
  },
  "scenario-form-unknown": {
    meaning: "A scenario gives a switch a number that is none of its forms.",
    remedy: "Choose one of the forms that the message names.",
  },
  "scenario-years": {
    meaning: "A change begins after it ends, or in no year of the model.",
    remedy: "Name the first academic year by the calendar year it begins in, and a later one as its end.",
  },
  "scenario-setting-out-of-range": {
    meaning: "Seed, draws or share are outside of what a run can do.",
    remedy: "Choose a number within the range that the message names.",
  },
  "scenario-link-unreadable": {
    meaning: "A text is no link to a scenario, or holds characters that no link holds.",
    remedy: "Copy the whole address from the simulator's page, with everything after the #.",
  },
  "scenario-link-truncated": {
    meaning: "A link to a scenario was cut off or changed on its way.",
    remedy: "Copy the whole address again, from its first to its last character.",
  },
} as const;

/** One of the codes of {@link problemCodes}. */
export type ScenarioProblemCode = keyof typeof problemCodes;
