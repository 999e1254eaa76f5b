/** What can be wrong with an enquiry; listed in `docs/problems.md`. */
export const problemCodes = {
  "exemption-school-unknown": {
    meaning: "The register describes no school with this URN.",
    remedy: "Check the number; it has six digits and stands in the department's register of schools.",
  },
  "exemption-purpose-unknown": {
    meaning: "The purpose of a visit is none of those that are known.",
    remedy: "Choose one of the listed purposes.",
  },
  "exemption-not-agency": {
    meaning: "Only an agency's enquiry is recorded and answered in full.",
    remedy: "Sign in with an agency's account; in short, everybody may ask.",
  },
  "exemption-list-too-long": {
    meaning: "The list has more schools than one enquiry may ask about.",
    remedy: "Ask in several lists.",
  },
} as const;
