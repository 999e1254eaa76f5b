/** What can be wrong with what a school adds to its page; listed in `docs/problems.md`. */
export const problemCodes = {
  "entry-unknown": {
    meaning: "A school gives something for a duty that doesn't exist, or that the page shows by itself.",
    remedy: "Use one of the listed ids.",
  },
  "entry-link": {
    meaning: "A link on a school's page is no address of a website.",
    remedy: "Copy the address from the browser, with https:// at its beginning.",
  },
  "entry-too-long": {
    meaning: "A statement on a school's page is longer than 2,000 characters.",
    remedy: "Shorten it, or link to the full text.",
  },
} as const;
