/** What a problem's code stands for, and what to do about it; `docs/problems.md` lists every one. */
export interface ProblemMeaning {
  readonly meaning: string;
  readonly remedy: string;
}

/**
 * The codes of everything that can be wrong with a file. To add one: a line here, or in a `problem-codes.ts` of your own
 * folder that exports `problemCodes`, and a line in `docs/problems.md`; a test holds them equal. A code is never reused.
 */
export const problemCodes = {
  "yaml-invalid": {
    meaning: "A file of settings is not valid YAML.",
    remedy:
      "Check the indentation (spaces, no tabs), a space after each colon, and that brackets and quotation marks are closed.",
  },
  "key-unknown": {
    meaning: "A file of settings has a key that doesn't exist.",
    remedy:
      "Correct the key; the nearest one is suggested. `./greenpaper review --explain` and `./greenpaper reference-assessments --explain` list every key.",
  },
  "key-missing": {
    meaning: "A key that is always needed is not there.",
    remedy: "Add the key; `--explain` of the command shows an example.",
  },
  "value-type": {
    meaning: "A key has a value of another kind: a list in place of a text, a text in place of a number.",
    remedy: "Write the value as the message says.",
  },
  "value-not-allowed": {
    meaning: "A value is out of its range or none of the words that are allowed.",
    remedy: "Choose one of those that the message lists.",
  },
  "settings-contradictory": {
    meaning: "Two settings exclude each other, or one asks for another that is not there.",
    remedy: "Keep one of them.",
  },
  "file-missing": {
    meaning: "There is no file at this path, or no file fits this pattern.",
    remedy: "Correct the path; paths in a review or study file begin at the folder of that file.",
  },
  "file-unreadable": {
    meaning: "The file is there and the system refuses to let it be read.",
    remedy: "Check that it is a file and that you may read it, then run again.",
  },
  "file-empty": { meaning: "The file has no bytes, or nothing but blank lines.", remedy: "Export the file again." },
  "file-not-text": {
    meaning: "The file is something else than a table of text: a spreadsheet, an archive, a picture.",
    remedy: "Save the table as CSV (UTF-8) and name that file.",
  },
  "file-cut-off": {
    meaning: "The compressed file ends too early or is damaged.",
    remedy: "Copy or download it again; compare its size with the original.",
  },
  "encoding-invalid": {
    meaning: "The file's bytes are not text in the encoding that was stated or found.",
    remedy: "State the encoding (utf-8, windows-1252, utf-16) or save the file as CSV UTF-8.",
  },
  "parquet-unreadable": {
    meaning: "The file is named as Parquet and can't be read as Parquet.",
    remedy: "Write the Parquet file again, or export CSV.",
  },
  "separator-unclear": {
    meaning: "The header holds one column only, so the separator is probably another one.",
    remedy: "State the separator.",
  },
  "rows-missing": { meaning: "The file has a header and no rows.", remedy: "Export the file again, with its rows." },
  "column-missing": {
    meaning: "The header has no column of this name.",
    remedy: "Correct the name; capitals count. The nearest names are listed.",
  },
  "column-twice": {
    meaning: "Two columns have the name that was asked for.",
    remedy: "Rename one of them in the file.",
  },
  "field-count": {
    meaning: "A line has more or fewer fields than the header.",
    remedy:
      "Look for a line that was cut off, a line break inside a field, or a separator in a text without quotation marks.",
  },
  "quote-open": {
    meaning: "A quotation mark opens a field and is never closed.",
    remedy: "Close it, or double it where it belongs to the text; a file that was cut off has to be copied again.",
  },
  "quote-misplaced": {
    meaning: "There is text between a closing quotation mark and the next separator.",
    remedy: "Double quotation marks that belong to the text.",
  },
  "value-missing": {
    meaning: "A field that every line needs is empty.",
    remedy: "Fill it in, or take the line out.",
  },
  "number-expected": {
    meaning: "A column of numbers holds a text that is no number and no mark for a missing value.",
    remedy:
      'Correct the value; add a mark for missing values to `missingMarks`; state `decimal: ","` for decimal commas.',
  },
  "date-expected": {
    meaning: "A column of dates holds a text that is no date.",
    remedy: "Write dates as 2024-09-01 or 01/09/2024, the day before the month.",
  },
  "kind-unclear": {
    meaning: "Most values of a column are numbers and some are not, and nobody said which kind it is.",
    remedy: "Correct the odd values, add them to `missingMarks`, or state `kind: category`.",
  },
  "kind-contradictory": {
    meaning: "One column is needed as a number and as a category.",
    remedy: "Use another column, or a copy of it under another name.",
  },
  "id-invalid": {
    meaning: "An identifier (URN, LAESTAB, UKPRN, UID, local authority) has the wrong shape.",
    remedy: "Correct it in the file; identifiers keep their leading zeros.",
  },
  "id-twice": {
    meaning: "Two lines of a register, of a study's pupils or of its items describe the same thing.",
    remedy: "Keep one of the lines.",
  },
  "total-differs": {
    meaning: "A file's own total isn't the sum of its lines, or the totals at its end are missing.",
    remedy: "Download it again: it was cut off, or lines were taken out of it.",
  },
  "file-kind-unknown": {
    meaning: "The columns of a file are not those of any file of the department that the register takes.",
    remedy: "Check that it is the right file, as it was downloaded; the register's README lists the kinds.",
  },
  "archive-unreadable": {
    meaning: "A zip archive is damaged, cut off, too large, or holds no CSV file.",
    remedy: "Download it again, or unpack it and name the CSV files.",
  },
  "year-unclear": {
    meaning: "A census file doesn't say of which January it is, and its name doesn't either.",
    remedy: "Name the file after its academic year or its January, as census_2023.csv or 2022-2023_england_census.csv.",
  },
  "upn-check-letter": {
    meaning: "An id has the shape of a unique pupil number, and its check letter isn't the one its digits call for.",
    remedy: "Copy the number again from the school's records: one character is mistyped.",
  },
  "pupil-twice": {
    meaning: "Two lines have the same pupil.",
    remedy: "Keep one of the lines, or name the columns that together tell pupils apart.",
  },
  "membership-pupil-unknown": {
    meaning: "The membership table names a pupil who is not in the pupil files.",
    remedy: "Add the pupil or take the line out; check that both files write the id in the same way.",
  },
  "pupil-without-membership": {
    meaning: "A pupil has no line in the membership table.",
    remedy: "Add the pupil's school, or leave the pupil out of the pupil file.",
  },
  "school-unknown": {
    meaning: "A school that pupils attended is not in the table of schools.",
    remedy: "Add the school to the table or correct its id; ids are text, so 0123 and 123 differ.",
  },
  "school-twice": {
    meaning: "Two lines of the table of schools have the same id.",
    remedy: "Keep one of the lines.",
  },
  "level-unknown": {
    meaning: "The reference level does not occur in its column.",
    remedy: "Name one of the levels that occur; they are listed.",
  },
  "word-unknown": {
    meaning: "An outcome, opinion or kind is written in a word that was not explained.",
    remedy: "Use one of the listed words, or explain yours under `words`.",
  },
  "evidence-contradictory": {
    meaning: "A school has two different outcomes or opinions.",
    remedy: "Keep the one that counts.",
  },
  "correction-pupil-unknown": {
    meaning: "A table of corrections names a pupil who is not in the pupil files.",
    remedy:
      "Write the pupil's id as the pupil files do; where several columns tell pupils apart, their values joined by ` + `.",
  },
  "correction-twice": {
    meaning:
      "Two lines of a table of corrections ask for different things for the same pupil, or leave the pupil out twice.",
    remedy: "Keep one line a pupil, or one a school where the shares of the pupil's time are replaced.",
  },
  "correction-not-allowed": {
    meaning:
      "A correction's reason does not allow its action, lacks the words it needs, or a line that leaves a pupil out names a school or a share.",
    remedy: "Use a reason and an action that go together; `./greenpaper correct --help` lists them.",
  },
  "folder-not-writable": {
    meaning: "The output folder can't be made or written.",
    remedy: "Choose another folder with --out, or make this one writable.",
  },
  "more-problems": {
    meaning: "There were more problems than are kept.",
    remedy: "Mend the first ones and run again.",
  },
} as const satisfies Record<string, ProblemMeaning>;

/** A code of {@link problemCodes}. */
export type IngestProblemCode = keyof typeof problemCodes;
