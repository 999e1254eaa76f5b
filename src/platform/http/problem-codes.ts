/** What can be wrong with a file that a person sends with a form; listed in `docs/problems.md`. */
export const problemCodes = {
  "upload-missing": { meaning: "A form was sent without the file it asks for.", remedy: "Choose a file." },
  "upload-empty": { meaning: "The file holds nothing.", remedy: "Choose a file with content." },
  "upload-too-large": {
    meaning: "The file is larger than the form takes.",
    remedy: "Make the file smaller, or send it in parts.",
  },
  "upload-wrong-type": {
    meaning: "The file's name ends otherwise than the form asks, or its content is not what its name says.",
    remedy: "Choose a file of one of the kinds that the form names.",
  },
  "uploads-too-many": { meaning: "More files were sent than the form takes.", remedy: "Send fewer files." },
} as const;
