/** Why there is no certificate; listed in `docs/problems.md`. */
export const problemCodes = {
  "certificate-none": {
    meaning: "The school holds no mark that a certificate could be made of.",
    remedy: "A certificate is there from the publication of an award until it expires, and not while it is suspended.",
  },
} as const;
