import {
  type TArray,
  type TEnum,
  type TObject,
  type TOptional,
  type TSchema,
  type TSchemaOptions,
  Type,
} from "typebox";

/** What holds where the review file says nothing. */
export const reviewDefaults = {
  degree: 1,
  missing: "exclude",
  weight: 1,
  statistic: "mean",
  // As few as the department printed contextual value added for, so that no pupil is recognised: see `fewestPupilEquivalents`.
  fewestPupilsOfSubgroup: 11,
  residualShape: "tenths",
  remainder: "unaccounted",
  unit: "days",
  method: "REML",
  confidence: 0.95,
  words: {
    safeguarding: { secure: ["secure"], notSecure: ["not secure", "not-secure"] },
    accounts: {
      unqualified: ["unqualified"],
      qualified: ["qualified"],
      adverse: ["adverse"],
      disclaimer: ["disclaimer"],
    },
    kinds: {
      mainstream: ["mainstream"],
      special: ["special"],
      pupilReferralUnit: ["pupil referral unit", "PRU"],
      alternativeProvision: ["alternative provision", "AP"],
    },
    status: {
      main: ["main", "C", "M"],
      subsidiary: ["subsidiary", "S"],
      alternativeProvision: ["alternative provision", "AP"],
      guest: ["guest", "G"],
    },
  },
} as const;

/** A key with what it means; optional ones with their default, in words where it is no plain value. */
type About = TSchemaOptions & { readonly description: string };

export const column = (description: string, example: string) =>
  Type.String({ description, minLength: 1, examples: [example] });
export const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);
export const oneOf = <T extends string[]>(values: readonly [...T], about: About): TEnum<T> => Type.Enum(values, about);
/** A name that may look like a number, as a year or a level coded 0 and 1. */
export const word = (about: About) => Type.Union([Type.String(), Type.Number(), Type.Boolean()], about);
export const oneOrMore = (description: string, examples: readonly unknown[]) =>
  Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })], {
    description,
    examples,
  });
export const closed = { additionalProperties: false };
export const dateText = (description: string, example: string) =>
  Type.String({ description, pattern: "^\\d{4}-\\d{2}-\\d{2}$", examples: [example] });

/** Words of a file for each of some meanings. What is listed for a meaning replaces its own default words. */
export function wordsFor<Meaning extends string>(
  defaults: Readonly<Record<Meaning, readonly string[]>>,
  description: string,
) {
  const lists = Object.entries<readonly string[]>(defaults).map(([meaning, words]) => [
    meaning,
    Type.Optional(
      Type.Array(word({ description: "A word, number or yes/no value of the file." }), {
        description: `Words that stand for: ${plainWords(meaning)}. Capitals don't count.`,
        default: [...words],
      }),
    ),
  ]);
  const properties = Object.fromEntries(lists) as Record<Meaning, TOptional<TArray<ReturnType<typeof word>>>>;
  return Type.Object(properties, { ...closed, description }) as TObject<typeof properties>;
}

/** `pupilReferralUnit` as "pupil referral unit". */
const plainWords = (key: string) => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** How files are written; every key is found out where it is left out. */
export const written = {
  separator: optional(
    oneOf([",", ";", "\t", "|"], {
      description: 'What stands between two columns: "," or ";" or "\\t" (tab) or "|". Found from the header.',
      examples: [";"],
    }),
  ),
  encoding: optional(
    oneOf(["utf-8", "windows-1252", "utf-16"], {
      description: "How the text is stored. Found from the bytes; Windows-1252 is what Excel and older systems write.",
      examples: ["windows-1252"],
    }),
  ),
  decimal: optional(oneOf([".", ","], { description: "The decimal mark of numbers.", default: ".", examples: [","] })),
  missingMarks: optional(
    Type.Array(word({ description: "A text that stands for a missing value." }), {
      description:
        "Texts that stand for a missing value in these files; an empty field always does. Left out: NA, NULL, NaN and " +
        ". everywhere, and in columns of numbers also SUPP, NE, NP, LOWCOV, x, z and c. What you list here replaces these.",
      examples: [["SUPP", "-9"]],
    }),
  ),
};
export const files = oneOrMore(
  "One or several files: CSV, TSV, text with another separator, any of these as .gz, or Parquet. Paths begin at the " +
    "folder of the review file; * stands for any part of a name and ** for any folders. All files have the same columns.",
  ["pupils.csv", ["2023.csv", "2024.csv"], "cohorts/*.csv.gz"],
);

export const missing = optional(
  oneOf(["exclude", "indicator", "stop"], {
    description:
      "A pupil without a value: `exclude` leaves the pupil out and counts it; `indicator` keeps the pupil at the mean " +
      "with an indicator of its own in the model; `stop` reports every such line and stops.",
    default: reviewDefaults.missing,
  }),
);
