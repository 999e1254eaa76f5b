/** Codes of what can be wrong with a step of a case: what each stands for and what to do; listed in `docs/problems.md`. */
export const problemCodes = {
  "case-unknown": {
    meaning: "There is no case for this school in this year, or it lies outside what you may reach.",
    remedy: "Check the URN and the year; `./greenpaper cases list` shows the cases.",
  },
  "case-not-in-state": {
    meaning: "The case does not stand where this step is possible.",
    remedy: "Read the case again: its history says what was done last.",
  },
  "case-decided-twice": {
    meaning: "The case has a decision already.",
    remedy: "Take the decision back first, with the reason, if it has not been published.",
  },
  "answer-date-too-soon": {
    meaning: "The school would have too little time to answer.",
    remedy: "Give a later date.",
  },
  "answer-time-over": {
    meaning: "The school's time to answer is over.",
    remedy: "Ask the regional officer to send the case again with a later date.",
  },
  "answer-still-open": {
    meaning: "The school may still answer.",
    remedy: "Decide after that day, or when the school says that it has finished.",
  },
  "school-not-heard": {
    meaning: "A decision that holds something against the school was asked for before the school was heard.",
    remedy: "Send the case to the school first.",
  },
  "words-missing": {
    meaning: "The step needs a written reason.",
    remedy: "Write the reason as the school is to read it.",
  },
  "corrections-unsettled": {
    meaning: "The school has raised corrections that nobody has accepted or turned down.",
    remedy: "Settle each correction first.",
  },
  "correction-unknown": {
    meaning: "The case has no unsettled correction with this number.",
    remedy: "Read the case again.",
  },
  "evidence-forbids-award": {
    meaning: "The mark can't be awarded on the evidence: missing is never passed.",
    remedy: "Decide otherwise, or wait until the evidence has come.",
  },
  "evidence-unchanged": {
    meaning: "The evidence is what the case already has.",
    remedy: "Nothing is to be done.",
  },
  "second-person-same": {
    meaning: "The second reader is the person who decided.",
    remedy: "Ask somebody else of the office to read it.",
  },
  "decision-read-already": {
    meaning: "The draw for second reading took a decision that a second person has read.",
    remedy: "Nothing is to be done.",
  },
  "appeal-too-late": {
    meaning: "The time for an appeal is over.",
    remedy: "The next year's review will look at the school again.",
  },
  "appeal-not-needed": {
    meaning: "The decision awarded the mark.",
    remedy: "Nothing is to be done.",
  },
  "appeal-decider-not-new": {
    meaning: "Who decides the appeal took part in the case.",
    remedy: "Ask somebody who has not decided, agreed or appealed.",
  },
  "reopen-not-needed": {
    meaning: "The school holds the mark.",
    remedy: "Suspend or withdraw the mark instead.",
  },
  "mark-not-held": {
    meaning: "The school holds no mark that this could be done to.",
    remedy: "Look at the school's marks first.",
  },
  "mark-not-suspended": {
    meaning: "The mark is not suspended.",
    remedy: "Look at the school's marks first.",
  },
  "withdrawal-same-person": {
    meaning: "Who withdraws the mark is who decided it.",
    remedy: "Ask somebody else of the office.",
  },
  "case-not-allowed": {
    meaning: "The step is another role's, or another region's.",
    remedy: "Ask somebody who holds the role for the school's region.",
  },
  "case-step-unreadable": {
    meaning: "A step was asked for without what it needs: a decision, a day, a number.",
    remedy: "Send what the message names; the document of the interface lists it.",
  },
  "case-differs": {
    meaning: "A stored case is not what its own evidence and the rule make.",
    remedy:
      "Compare the case with its history in the log; somebody changed the row, or the program's rule has changed.",
  },
  "draw-differs": {
    meaning: "The seed of a year's draw is not the one whose hash was made known when the review opened.",
    remedy: "The second readings of the year can't be trusted: look at who could write to the database.",
  },
  "year-open-already": {
    meaning: "The year's review has been opened before.",
    remedy: "Work on the cases that it has; newer evidence comes to them by itself.",
  },
  "year-not-open": {
    meaning: "The year's review has not been opened, or its cases are still being made.",
    remedy: "Open it, or wait until the job has ended.",
  },
  "measured-review-missing": {
    meaning: "There is no measured review from which cases could be made.",
    remedy: "Publish a review first: `./greenpaper publish`.",
  },
  "cases-undecided": {
    meaning: "A batch was to be published while cases of it have no decision.",
    remedy: "Decide the cases that the message counts; a batch goes out whole.",
  },
  "second-readings-due": {
    meaning: "A batch was to be published before the share of its decisions that is drawn was read by a second person.",
    remedy: "Draw the second readings (`/cases/publish`, `./greenpaper cases draw`), have them read, and publish then.",
  },
  "sample-differs": {
    meaning: "A published batch lacks a second reading that its sealed draw asks for.",
    remedy: "Read the case again with its history in the log, and look at who could write to the database.",
  },
  "nothing-to-publish": {
    meaning: "No decided case waits for publication.",
    remedy: "Decide cases first.",
  },
} as const satisfies Readonly<Record<string, { readonly meaning: string; readonly remedy: string }>>;
