import type { ProblemMeaning } from "../problem-codes.js";

/** What can be wrong with sums that are made in a database, and with files of sums. */
export const problemCodes = {
  "table-missing": {
    meaning: "The database has no table of this name, or this user may not see it.",
    remedy: "Correct the name, with its schema in front of it where it has one. The tables are listed.",
  },
  "column-kind": {
    meaning: "A column holds another kind of value than the model needs.",
    remedy: "Use another column, or make a view in which it has the right type, and name that.",
  },
  "database-failed": {
    meaning: "A database or a file in it could not be opened or read, or a statement was refused.",
    remedy: "Correct what it names and run again.",
  },
  "model-unclear": {
    meaning: "The description of a model has a key or a value that is not understood.",
    remedy: "Correct it; the description of the keys is in docs/sums.md.",
  },
  "sums-unreadable": {
    meaning: "A file of sums can't be read: it is no such file, of another version, or its parts don't fit each other.",
    remedy: "Make it again with greenpaper sums.",
  },
} as const satisfies Record<string, ProblemMeaning>;
