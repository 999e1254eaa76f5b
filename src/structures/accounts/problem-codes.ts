/** What can be wrong with a filing of accounts; listed in `docs/problems.md`. */
export const problemCodes = {
  "accounts-body-unknown": {
    meaning: "The register knows no such trust, or no such school.",
    remedy: "Check the number; trusts are written with their group UID, schools with their URN.",
  },
  "accounts-body-absent": {
    meaning: "The trust had no school, or the school was not open, when the year ended.",
    remedy: "File for a year in which it was there, or correct its dates in the register.",
  },
  "accounts-school-in-trust": {
    meaning: "The school was in a trust when the year ended: the trust's accounts are its accounts.",
    remedy: "Let the trust file; its filing reaches the school.",
  },
  "accounts-year-wrong": {
    meaning: "The accounts are of another year than the one that is being filed, or end on no year end.",
    remedy: "Choose the accounts of the year that is asked for, or file them under their own year.",
  },
  "accounts-year-not-over": {
    meaning: "The year has not ended yet, so no opinion on it can exist.",
    remedy: "File when the auditor has signed.",
  },
  "accounts-opinion-unknown": {
    meaning: "The opinion is none of those that an auditor gives.",
    remedy: "Write unqualified, qualified, adverse or disclaimer.",
  },
  "accounts-regularity-unknown": {
    meaning: "The conclusion on regularity is not known.",
    remedy: "Write clean, modified, or not-applicable for a school outside any trust.",
  },
  "accounts-regularity-missing": {
    meaning: "A trust's filing says nothing on regularity.",
    remedy: "Take the conclusion from the reporting accountant's report on regularity, bound with the accounts.",
  },
  "accounts-grounds-missing": {
    meaning: "An opinion or conclusion that is not clean has no grounds.",
    remedy: "Write the auditor's basis for it in a few sentences.",
  },
  "accounts-grounds-unexpected": {
    meaning: "There are grounds against a clean opinion or conclusion: one of the two is wrong.",
    remedy: "Remove the grounds, or correct the opinion.",
  },
  "accounts-signed-missing": {
    meaning: "The day on which the auditor signed is missing or no date.",
    remedy: "Take it from the end of the auditor's report.",
  },
  "accounts-signed-before-year-end": {
    meaning: "The auditor would have signed before the year had ended.",
    remedy: "Check both dates against the auditor's report.",
  },
  "accounts-signed-in-future": {
    meaning: "The auditor would have signed after today.",
    remedy: "Check the date; an opinion is filed when it has been signed.",
  },
  "accounts-auditor-missing": {
    meaning: "The auditor is not named.",
    remedy: "Write the name of the firm, or of the auditor, as in the report.",
  },
  "accounts-text-too-long": {
    meaning: "A text is longer than it may be.",
    remedy: "Shorten it: the document itself is filed beside it.",
  },
  "accounts-document-missing": {
    meaning: "The document, or its SHA-256, is missing.",
    remedy: "Choose the signed accounts as a PDF; in a table write the file's SHA-256 in small letters.",
  },
  "accounts-document-not-pdf": {
    meaning: "The document is not a whole PDF.",
    remedy: "Save the signed accounts as a PDF and choose that file.",
  },
  "accounts-document-too-large": {
    meaning: "The document is larger than is allowed.",
    remedy: "Save it with smaller pictures, or without what is no part of the accounts.",
  },
  "accounts-document-differs": {
    meaning: "The document is not the one that was named when the filing was made.",
    remedy: "Choose that document, or file again as a correction.",
  },
  "accounts-filed-already": {
    meaning: "There is a filing for this year already.",
    remedy: "To replace it, make a correction of it: the earlier filing stays on record.",
  },
  "accounts-not-filed": {
    meaning: "There is no filing of this year to correct, or to fetch a document of.",
    remedy: "File first.",
  },
  "accounts-not-yours": {
    meaning: "This account may not file for this trust or school.",
    remedy: "Sign in with an account of the trust or school, or ask whoever gives out roles.",
  },
} as const;
