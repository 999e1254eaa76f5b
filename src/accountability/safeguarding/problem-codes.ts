/** What can be wrong with what the safeguarding audit is given; listed in `docs/problems.md`. */
export const problemCodes = {
  "charter-not-begun": {
    meaning: "An officer acts before the charter begins.",
    remedy: "Give the audit to another officer, or correct the date.",
  },
  "charter-lapsed": {
    meaning: "An officer acts whose charter has lapsed.",
    remedy: "Have the charter renewed, or give the audit to another officer.",
  },
  "charter-suspended": {
    meaning: "An officer acts whose charter is suspended.",
    remedy: "Give the audit to another officer.",
  },
  "outcome-school-unknown": {
    meaning: "An outcome names a school that the register doesn't have.",
    remedy: "Correct the URN, or import the school first.",
  },
  "outcome-in-future": {
    meaning: "An outcome is dated after today.",
    remedy: "Correct the date of signing.",
  },
  "outcome-contradictory": {
    meaning: "One school has two different outcomes for the same day.",
    remedy: "Keep the one that was signed; a corrected outcome has the day on which it was corrected.",
  },
  "safeguarding-not-allowed": {
    meaning: "Somebody asks for what another role does, or for a school that isn't theirs.",
    remedy: "Sign in with the role that does it, or ask the officer whose audit it is.",
  },
} as const;
