/** Codes of what the register of measures refuses; listed in `docs/problems.md`. */
export const problemCodes = {
  "measure-incomplete": {
    meaning: "A proposed measure has an empty or impossible field.",
    remedy: "Fill in the field that the message names.",
  },
  "measure-role": {
    meaning: "Somebody who is not a policy official proposes or withdraws a measure.",
    remedy: "Sign in as a policy official of the whole country, or ask one.",
  },
  "measure-unknown": {
    meaning: "The register has no measure with this id.",
    remedy: "Look at the list: `./greenpaper measures list`.",
  },
  "measure-not-in-force": {
    meaning: "A measure is to be withdrawn that is not admitted.",
    remedy: "Only an admitted measure can be withdrawn; a refused one holds nowhere.",
  },
  "measure-order": {
    meaning: "A declaration would begin before the one it follows, or end before it begins.",
    remedy: "Choose a later day.",
  },
} as const;
