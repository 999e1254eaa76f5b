/** Codes of what can be wrong with regions, duties and what is asked about them; listed in `docs/problems.md`. */
export const problemCodes = {
  "duty-without-office": {
    meaning: "A duty is held by no office on some day.",
    remedy: "Name the office and the post that hold it, from the day on which nobody does.",
  },
  "duty-with-two-offices": {
    meaning: "A duty is held by two offices on the same day.",
    remedy: "End one of the two the day on which the other begins.",
  },
  "post-unknown": {
    meaning: "A post is named that no office has.",
    remedy: "Name one of the posts on the page of the register of duties.",
  },
  "delegation-overlaps": {
    meaning: "A duty is delegated twice on the same day.",
    remedy: "End the first delegation before the second begins.",
  },
  "delegation-to-itself": {
    meaning: "A duty is delegated to the office that holds it.",
    remedy: "Name another office.",
  },
} as const;

/** A code of {@link problemCodes}. */
export type RegionsProblemCode = keyof typeof problemCodes;
