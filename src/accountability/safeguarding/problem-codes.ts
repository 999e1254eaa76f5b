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
} as const;
