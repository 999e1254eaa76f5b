import { Type } from "typebox";
import { closed, column, files, names, oneOf, optional, studyDefaults, words, written } from "./schema-parts.js";

/** Where the pupils stand. */
export const persons = Type.Object(
  {
    files: optional(files),
    person: optional(
      names("The column (or columns together) that tell pupils apart; left out where each row is a pupil.", ["IDSTUD"]),
    ),
    cycle: optional(column("The column with the cycle, where the files hold several.", "year")),
    booklet: optional(column("The column with the booklet that the pupil was given.", "IDBOOK")),
    weight: optional(column("The column with the final sampling weight; left out, every pupil weighs 1.", "TOTWGT")),
    frequency: optional(
      column("The column with how many pupils had these answers, where a row is a pattern of answers.", "Freq"),
    ),
    school: optional(
      names(
        "The column with the school or other sampled unit. Used to check the design and to refuse figures of schools." +
          " Several columns count together, as country and school.",
        ["IDSCHOOL", ["IDCNTRY", "IDSCHOOL"]],
      ),
    ),
    population: optional(
      Type.Number({
        description: "How many pupils the weights should add up to, a cycle. A sum more than 5% away is a problem.",
        exclusiveMinimum: 0,
        examples: [620_000],
      }),
    ),
    missing: optional(
      Type.Array(
        Type.Object(
          {
            columns: names("Columns, or patterns with *.", [["sex", "ASBG*"]]),
            codes: words("Values that are missing ones there, beside those of `missingMarks`.", [[8, 9]]),
          },
          closed,
        ),
        {
          description: "Codes of missing answers that only some columns have, as 9 in the background.",
          examples: [[{ columns: ["ASBG*"], codes: [8, 9] }]],
        },
      ),
    ),
    join: optional(
      Type.Array(
        Type.Object(
          {
            files,
            person: optional(
              names("Its columns with the pupil, in the order of `persons.person`; left out, called the same.", [
                "CNTSTUID",
              ]),
            ),
            cycle: optional(column("Its column with the cycle, where it holds several.", "year")),
            ...written,
          },
          closed,
        ),
        {
          description:
            "Further files with a row a pupil: weights, replicate weights, background. Their columns are named as if they stood in the " +
            "pupils' files; of a column that several files have, the first file's counts.",
          examples: [[{ files: "weights.csv" }]],
        },
      ),
    ),
    ...written,
  },
  { ...closed, description: "The pupils: one row each, with their weights and, usually, their responses." },
);

/** Where their responses stand. */
export const responses = Type.Object(
  {
    items: optional(
      names(
        "The columns that hold responses, of the pupils' files or of `responses.files`: names, or patterns with * . Left out: the items of " +
          "the items table, else every column that nothing else names.",
        ["M0*", ["Item1", "Item2"]],
      ),
    ),
    exclude: optional(names("Items to leave out: an item that everybody got right has to be.", [["M031183"]])),
    files: optional(files),
    person: optional(
      names(
        "In files of their own, the column with the pupil, as the pupils' files write it; left out, called the same.",
        ["IDSTUD"],
      ),
    ),
    cycle: optional(column("In files of their own that hold several cycles, the column with the cycle.", "year")),
    item: optional(column("In a long table, the column with the item's name.", "item")),
    score: optional(column("In a long table, the column with the score or answer.", "score")),
    codes: optional(
      Type.Object(
        {
          omitted: optional(words("Codes of a question that was seen and left out.", [[9, 99]])),
          notReached: optional(words("Codes of a question at the end that the pupil didn't come to.", [[6, 96]])),
          notAdministered: optional(words("Codes of a question that wasn't in the pupil's booklet.", [[7, 97]])),
        },
        { ...closed, description: "What values that are no scores stand for." },
      ),
    ),
    omitted: optional(
      oneOf(["wrong", "not-administered"], {
        description: "How a question left out counts.",
        default: studyDefaults.omitted,
      }),
    ),
    notReached: optional(
      oneOf(["wrong", "not-administered"], {
        description: "How a question not reached counts in calibration and scores.",
        default: studyDefaults.notReached,
      }),
    ),
    blank: optional(
      oneOf(["not-administered", "omitted", "by-booklet"], {
        description:
          "What an empty field is. `by-booklet` reads the map of booklets: outside the booklet not administered, at its end not " +
          "reached, elsewhere omitted.",
        default: studyDefaults.blank,
      }),
    ),
    ...written,
  },
  {
    ...closed,
    description:
      "Where the responses stand, and how missing ones are read. With `files` they stand in files of their own: a row a pupil and a column an " +
      "item, or with `item` and `score` a row a response.",
  },
);
