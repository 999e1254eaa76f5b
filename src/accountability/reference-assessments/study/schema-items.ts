import { Type } from "typebox";
import { closed, column, files, names, oneOf, optional, written } from "./schema-parts.js";

/** The table of items. */
export const items = Type.Object(
  {
    files,
    item: column("The column with the item's name, as the column of responses is called.", "item"),
    maximum: optional(column("The column with the highest score.", "maxscore")),
    key: optional(
      column(
        "The column with the right answer, where responses are answers and not scores; or with what answers score, as `20=2 21=2 10=1`. " +
          "Every other answer scores nought; an item without a key has scores.",
        "key",
      ),
    ),
    model: optional(
      column(
        "The column with the item's model: 1PL, 2PL, 3PL, PCM, GPCM, or the names of `calibration.model`.",
        "model",
      ),
    ),
    slope: optional(column("The column with a fixed slope; an item without a value is estimated.", "a")),
    difficulty: optional(
      column("The column with a fixed difficulty b: logit = slope × (θ − b). With `steps`, the item's mean.", "b"),
    ),
    steps: optional(
      names(
        "Columns of fixed step parameters of polytomous items: step k is harder by that than the difficulty. Noughts after the last are none.",
        ["d*"],
      ),
    ),
    stepSign: optional(
      oneOf(["added", "subtracted"], {
        description:
          "Whether steps are added to the difficulty (PISA), or subtracted from it (NAEP, PARSCALE: θ − b + d).",
        default: "added",
      }),
    ),
    intercepts: optional(
      names(
        "In place of difficulty and steps: columns of intercepts, of which the k-th belongs to score k: its weight is exp(k × slope × θ + intercept), as items.csv " +
          "and mirt have them.",
        [["intercept_1", "intercept_2"]],
      ),
    ),
    scaling: optional(
      Type.Number({
        description: "D, by which fixed slopes are multiplied: logit = D × slope × (θ − b).",
        default: 1,
        exclusiveMinimum: 0,
        examples: [1.7],
      }),
    ),
    guessing: optional(
      column(
        "The column with the fixed guessing parameter; slope and difficulty may stand beside it, or are estimated.",
        "c",
      ),
    ),
    construct: optional(column("The column with what the item measures.", "content")),
    stimulus: optional(column("The column with the text or picture that items share.", "unit")),
    curricula: optional(
      names("Columns, one a version of the curriculum, that say whether it covers the item (1, yes, true).", [
        ["cur2014", "cur2028"],
      ]),
    ),
    ...written,
  },
  { ...closed, description: "The items, one row each." },
);

/** The map of booklets. */
export const booklets = Type.Object(
  {
    files,
    item: column("The column with the item, in order of presentation.", "item"),
    booklet: optional(
      column("The column with the booklet, or with several of them, separated by spaces or semicolons.", "booklets"),
    ),
    columns: optional(
      names(
        "In place of it, where the map has a column a booklet: those columns, each called as the pupils' files call its booklet. 0 or empty is not in it, any " +
          "other number the place.",
        ["B*"],
      ),
    ),
    cycle: optional(column("The column with the cycle, where booklets differ from cycle to cycle.", "year")),
    ...written,
  },
  { ...closed, description: "Which item stands in which booklet; the order of rows is the order of presentation." },
);
