/** What can be wrong with what the register is given, beyond the files themselves; listed in `docs/problems.md`. */
export const problemCodes = {
  "register-mixed": {
    meaning: "Made-up schools would stand among real ones in one register, or real ones among made-up ones.",
    remedy: "Use another folder with GREENPAPER_HOME, or another database with DATABASE_URL.",
  },
  "authority-unknown": {
    meaning: "A school names a local authority that the register doesn't know.",
    remedy: "Correct the code, or add the authority with its source to src/register/authorities.ts.",
  },
  "authority-of-another-year": {
    meaning:
      "A census names a local authority that did not exist on its day: the file is of another year than its name says.",
    remedy: "Name the file after the January in which its census was taken.",
  },
  "file-twice": {
    meaning: "Two files of one import are of the same kind and describe the same day.",
    remedy: "Import one of them, or each by itself.",
  },
  "import-not-yours": {
    meaning: "Importing files into the register is for administrators.",
    remedy: "Ask an administrator.",
  },
  "import-unknown": { meaning: "There is no import of that number.", remedy: "Look at the list of imports." },
  "import-day-unreadable": {
    meaning: "The day that the files describe is no day.",
    remedy: "Write it as 21 8 2026; for programs as 2026-08-21.",
  },
  "joined-date-missing": {
    meaning: "A line says that a school is in a group, and not since when.",
    remedy: "Add the date on which the school joined.",
  },
} as const;
