/** Codes of what the running of reference assessments refuses; listed in `docs/problems.md`. */
export const problemCodes = {
  "fieldwork-role": {
    meaning: "Somebody does what only the statistician, or only the school itself, may do in an assessment.",
    remedy: "Sign in in that role, or ask somebody who holds it.",
  },
  "fieldwork-study-unknown": {
    meaning: "There is no such assessment, or it isn't this school's.",
    remedy: "Look at the list.",
  },
  "fieldwork-study-exists": { meaning: "Another assessment has this short name.", remedy: "Choose another." },
  "fieldwork-study-invalid": {
    meaning: "An assessment's name, year or days make no sense.",
    remedy: "Correct what the message names.",
  },
  "fieldwork-sample-invalid": {
    meaning: "A sample is ordered that can't be drawn.",
    remedy: "Correct the number that the message names.",
  },
  "fieldwork-sample-drawn": {
    meaning: "The sample has been drawn already, or something else needs it drawn first.",
    remedy: "A drawn sample stays: begin another assessment to draw anew.",
  },
  "fieldwork-item-invalid": {
    meaning: "An item lacks something, or its key doesn't fit its kind.",
    remedy: "Correct what the message names in that line; nothing of the file was saved.",
  },
  "fieldwork-item-used": {
    meaning: "An item that pupils have answered, or will, would change under them.",
    remedy: "Write it as a new item under another name; the old one can be retired.",
  },
  "fieldwork-item-unknown": { meaning: "There is no such item.", remedy: "Look at the list of items." },
  "fieldwork-booklets-impossible": {
    meaning: "No booklets can be made of the items there are under these constraints.",
    remedy: "Bring more items, loosen a constraint, or change the number of blocks or booklets.",
  },
  "fieldwork-school-state": {
    meaning: "A step is not open to the school now: it has answered, or sessions have begun.",
    remedy: "Do what the message says first.",
  },
  "fieldwork-reason-missing": { meaning: "A refusal has no reason.", remedy: "Say why the school doesn't take part." },
  "fieldwork-roll-invalid": {
    meaning: "The number of pupils in the year group, or the day of the session, makes no sense.",
    remedy: "Count the pupils on the list of the year group; the day lies within the window.",
  },
  "fieldwork-pupil-unknown": {
    meaning: "There is no such pupil in the sample of this school.",
    remedy: "Look at the list.",
  },
  "fieldwork-pupil-invalid": {
    meaning: "Something said of a pupil is none of the answers there are.",
    remedy: "Correct the field that the message names.",
  },
  "fieldwork-pupils-erased": {
    meaning: "A pupil is to be erased on request, and what told the assessment's pupils apart is erased already.",
    remedy: "Nothing needs doing: nobody can say any more which answers were whose.",
  },
  "fieldwork-session-closed": {
    meaning: "A session isn't open: its code is wrong, its days haven't come or are over, or it is finished.",
    remedy: "Check the code on the ticket; ask the adult who runs the session.",
  },
  "fieldwork-answer-invalid": {
    meaning: "An answer is to a question that isn't in the pupil's booklet, or has more points than the question.",
    remedy: "Correct the line or the answer that the message names.",
  },
  "fieldwork-export-invalid": {
    meaning:
      "The files of an assessment are asked for with another that can't stand beside it, or with a curriculum of which no item speaks.",
    remedy:
      "Name earlier assessments of the same subject and year, each of another cycle, and curricula as the bank of items names them.",
  },
  "fieldwork-not-yet": {
    meaning: "Something is asked for before it can be: an export without responses, an erasing before its day.",
    remedy: "Do what the message says first.",
  },
} as const;
