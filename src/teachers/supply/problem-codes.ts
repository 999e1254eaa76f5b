/** Codes of what the service of teacher supply refuses; listed in `docs/problems.md`. */
export const problemCodes = {
  "supply-role": {
    meaning: "Somebody without the role asks for, publishes or adopts something of teacher supply.",
    remedy: "Sign in as a policy official of the whole country, or ask one; statisticians may ask for statements.",
  },
  "supply-statement-unknown": {
    meaning: "There is no statement of sufficiency with this number, or it isn't published.",
    remedy: "Look at the list of statements: ./greenpaper teacher-supply list",
  },
  "supply-statement-year": {
    meaning: "A statement is asked for a year that the simulation doesn't reach.",
    remedy: "Choose one of the years that the message names.",
  },
  "supply-statement-not-ready": {
    meaning:
      "A statement is to be published that isn't made yet or is published already, or a list adopted from one that isn't published.",
    remedy: "Wait for its job, or take the statement that the message asks for.",
  },
  "supply-answer-missing": {
    meaning: "A statement is to be published without an answer to what it shows.",
    remedy: "Write what will be done about the shortfall, or why none needs an answer.",
  },
  "supply-list-order": {
    meaning: "A shortage list would begin in the past, or not after the one before it.",
    remedy: "Choose a later first day.",
  },
} as const;
