import { type TEnum, type TSchema, type TSchemaOptions, Type } from "typebox";

/** What holds where a study file says nothing; every default used is told among the notes of the results. */
export const studyDefaults = {
  cycle: "this cycle",
  omitted: "wrong",
  notReached: "not-administered",
  blank: "not-administered",
  model: "two-parameter",
  identify: "persons",
  crossCheck: "none",
  components: "when-many",
  componentShare: 0.9,
  link: "concurrent",
  plausibleValues: 20,
  seed: 20_261_126,
  samplingVariance: "average",
  purify: true,
  mean: 500,
  sd: 100,
  percentiles: [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95],
  confidence: 0.95,
} as const;

type About = TSchemaOptions & { readonly description: string };

export const closed = { additionalProperties: false };
export const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);
export const column = (description: string, example: string) =>
  Type.String({ description, minLength: 1, examples: [example] });
export const oneOf = <T extends string[]>(values: readonly [...T], about: About): TEnum<T> => Type.Enum(values, about);
/** A name that may look like a number, as a year or a level coded 0 and 1. */
export const word = (about: About) => Type.Union([Type.String(), Type.Number(), Type.Boolean()], about);
export const words = (description: string, examples: readonly unknown[]) =>
  Type.Array(word({ description: "A value as the file has it." }), { description, examples });
export const names = (description: string, examples: readonly unknown[]) =>
  Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })], {
    description,
    examples,
  });

/** How files are written; every key is found out where it is left out. */
export const written = {
  separator: optional(
    oneOf([",", ";", "\t", "|"], { description: "What stands between two columns.", default: "found from the header" }),
  ),
  encoding: optional(
    oneOf(["utf-8", "windows-1252", "utf-16"], {
      description: "How the text is stored.",
      default: "found from the bytes",
    }),
  ),
  decimal: optional(
    oneOf([".", ","], {
      description: "The decimal mark of numbers.",
      default: "that of the pupils' files, and there a point",
      examples: [","],
    }),
  ),
  missingMarks: optional(
    words(
      "Values that stand for a missing one in every column of these files, in place of NA, NULL, . and NaN; an empty field always does.",
      [["NA", "-9"]],
    ),
  ),
};

export const files = names(
  "One or several files: CSV, TSV, text with another separator, any of these as .gz, or Parquet. Paths begin at the folder " +
    "of the study file; * stands for any part of a name. All files have the same columns.",
  ["pupils.csv", ["north.csv", "south.csv"]],
);
