/** What can be wrong with what a school says to its case; listed in `docs/problems.md`. */
export const problemCodes = {
  "correction-reason-unknown": {
    meaning: "The reason for a correction is none of those that the checking exercise allows.",
    remedy: "Choose one of the listed reasons.",
  },
  "correction-action-unknown": {
    meaning: "It isn't said, or not allowed by the reason, what shall be done with the pupil.",
    remedy: "Choose to leave the pupil out, or to state the shares of time.",
  },
  "correction-fact-missing": {
    meaning: "A fact that the reason needs is missing.",
    remedy: "Fill it in from your records.",
  },
  "correction-fact-invalid": {
    meaning: "A fact is no date or no URN, lies in the future, or contradicts another.",
    remedy: "Write days as 2026-03-27 and URNs with six digits, as in your records.",
  },
  "correction-share-invalid": {
    meaning: "The shares of a pupil's time are no percentages, or more than the whole.",
    remedy: "Write a percentage for each school; what is missing to 100 counts for no school.",
  },
  "correction-text-too-long": {
    meaning: "A text is longer than it may be.",
    remedy: "Shorten it, or attach it as a document.",
  },
  "correction-pupil-missing": {
    meaning: "The pupil isn't named.",
    remedy: "Write the reference as it stands in the pupil files of the review.",
  },
  "correction-pupil-twice": {
    meaning: "There is a correction of this pupil already.",
    remedy: "Withdraw that one first, or add to it.",
  },
  "correction-document-missing": {
    meaning: "A correction can't be raised without a document for each thing it has to show.",
    remedy: "Add the documents that are listed.",
  },
  "correction-not-there": {
    meaning: "There is no such correction, or it has been raised or withdrawn already.",
    remedy: "Look at the list of your corrections.",
  },
  "correction-effect-unknown": {
    meaning: "The effect of an accepted correction has not been computed, so the evidence can't be changed yet.",
    remedy: "Wait until it is, or start the computation again on the page of the corrections.",
  },
  "correction-files-differ": {
    meaning:
      "The pupil files on this machine give another figure than the published one, so no effect can be computed from them.",
    remedy: "Bring back the files of the published review, or publish the review of these files.",
  },
  "evidence-too-large": {
    meaning: "The document is too large, or there are too many.",
    remedy: "Scan with fewer dots, or in one file.",
  },
  "appeal-ground-unknown": {
    meaning: "The ground of an appeal is none of those that are allowed.",
    remedy: "Choose one of the listed grounds.",
  },
  "case-not-yours": {
    meaning: "The account may not act for this school, or not on this case.",
    remedy: "Sign in with an account of the school.",
  },
  "case-not-there": {
    meaning: "The school has no case in this year's review.",
    remedy: "Ask the region's office whether the review has been opened.",
  },
} as const;
