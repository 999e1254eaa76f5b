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
  "charter-suspended-already": {
    meaning: "A charter is to be suspended that is suspended without an end.",
    remedy: "Restore it first, if it is to be suspended from another day.",
  },
  "charter-not-suspended": {
    meaning: "A charter is to be restored that isn't suspended.",
    remedy: "Load the officer again to see where the charter stands.",
  },
  "officer-day-impossible": {
    meaning: "A day can't be the beginning or the end of a suspension, or the end of an interest.",
    remedy:
      "Give a suspension and its end a day from today on; an interest ends after it began and at the latest today.",
  },
  "interest-unknown": {
    meaning: "An officer has no such declared interest.",
    remedy: "Load the interests again.",
  },
  "interest-ended": {
    meaning: "An interest is to be ended that has ended.",
    remedy: "Declare a new one if the tie has begun again.",
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
  "assignment-nobody": {
    meaning: "Every officer of the region is barred from a school.",
    remedy: "Ask a neighbouring region for an officer, or look whether an interest has ended.",
  },
  "assignment-impossible": {
    meaning: "No plan keeps within the officers' days, the even loads and the bars.",
    remedy: "Add officers or days, or allow loads to differ by more.",
  },
  "audit-in-another-state": {
    meaning: "Something is done to an audit at the wrong time, as an answer to one that is signed.",
    remedy: "Load the audit again to see where it stands.",
  },
  "answer-missing": {
    meaning: "An audit is to be signed and a requirement has no answer.",
    remedy: "Answer it; an audit with a gap decides nothing.",
  },
  "answer-incomplete": {
    meaning: "An answer lacks its words, its evidence or its action.",
    remedy: "Complete it.",
  },
  "audit-unknown": {
    meaning: "An audit doesn't exist, or isn't within reach of whoever asks.",
    remedy: "Look at the list of your audits.",
  },
  "officer-barred": {
    meaning: "An interest or too many years running bars an officer from a school.",
    remedy: "Give the audit to another officer of the region.",
  },
  "requirement-unknown": {
    meaning: "An answer is about a requirement, or a version of an answer, that the audit doesn't have.",
    remedy: "Load the audit again.",
  },
  "submission-elsewhere": {
    meaning: "An answer comes under an id with which another answer was sent, of this audit or of another.",
    remedy: "Send each answer under an id of its own; nothing was saved.",
  },
  "school-without-region": {
    meaning: "A school lies in no region of England.",
    remedy: "Only schools in England are audited.",
  },
  "audit-words-missing": {
    meaning: "A word has to be said and wasn't: what was done, seen, or has to be looked at again.",
    remedy: "Write a sentence.",
  },
  "evidence-files-too-many": {
    meaning: "An audit has as many files of evidence as it may keep.",
    remedy: "Take one out that says least, or name the document and leave it in the school.",
  },
  "evidence-file-unknown": {
    meaning: "An audit has no such file of evidence, or isn't within reach of whoever asks.",
    remedy: "Load the audit again to see its files.",
  },
  "evidence-erased": {
    meaning:
      "A file of evidence was erased on the day that the rule of retention sets; its name, size and hash are left.",
    remedy: "Ask the school for the original; the hash tells whether it is the same.",
  },
  "evidence-not-written": {
    meaning: "A file of evidence can't be written where it is to go, or something is there already.",
    remedy: "Name another place with --out.",
  },
  "evidence-file-differs": {
    meaning: "A kept file of evidence is not the one whose hash the log holds.",
    remedy: "Ask the officer for the document again, and look at who could write to the database.",
  },
  "escalation-unknown": {
    meaning: "There is no such escalation within reach.",
    remedy: "Look at the list of your region's escalations.",
  },
  "escalation-closed": {
    meaning: "An escalation is closed already.",
    remedy: "Raise a new one.",
  },
  "action-unknown": {
    meaning: "An audit has no such action.",
    remedy: "Load the audit again to see its actions.",
  },
  "action-closed": {
    meaning: "An action is closed already.",
    remedy: "Nothing is left to do on it.",
  },
  "declaration-missing": {
    meaning: "An audit is to be signed without the declaration.",
    remedy: "Tick the declaration.",
  },
  "reader-missing": {
    meaning: "No other officer of the region may read an audit a second time.",
    remedy: "Ask the regional officer to bring in an officer of another region.",
  },
  "outcome-the-same": {
    meaning: "A correction would leave the outcome as it is.",
    remedy: "Nothing has to be corrected.",
  },
  "officer-unknown": {
    meaning: "No officer has this charter number.",
    remedy: "Check the number and its letter.",
  },
  "officer-line-unreadable": {
    meaning: "A line of a file of officers can't be read.",
    remedy: "Correct the line; the whole file is refused until then.",
  },
  "officers-missing": {
    meaning: "A region has no officer who can be sent.",
    remedy: "Register officers of the region, or renew their charters.",
  },
  "sites-missing": {
    meaning: "The places of some schools aren't known, so that journeys to them can't be measured.",
    remedy: "Import places: `./greenpaper safeguarding places FILE` with URN, Easting and Northing.",
  },
  "plan-unknown": {
    meaning: "There is no such plan within reach.",
    remedy: "Look at the list of the region's plans.",
  },
  "plan-adopted": {
    meaning: "A plan is in force already.",
    remedy: "Make a new plan from it.",
  },
  "audit-day-unreadable": {
    meaning: "A day is needed and what was written is none, or is past.",
    remedy: "Write it as 2026-11-30.",
  },
  "outcome-word-unknown": {
    meaning: "A file of outcomes says something else than secure or not-secure.",
    remedy: "Write secure or not-secure.",
  },
} as const;
