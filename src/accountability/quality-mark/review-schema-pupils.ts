import { Type } from "typebox";
import {
  closed,
  column,
  files,
  missing,
  oneOf,
  oneOrMore,
  optional,
  reviewDefaults,
  word,
  written,
} from "./review-schema-parts.js";

/** `pupils`. */
export const pupils = Type.Object(
  {
    files,
    pupil: optional(
      oneOrMore(
        "The column that tells pupils apart, or several that do so together. Left out: every row is another pupil. " +
          "Two rows of one pupil are an error.",
        ["upn", ["school", "student"]],
      ),
    ),
    school: optional(
      column("The column of the pupil's school. Left out where `membership` says at which schools a pupil was.", "urn"),
    ),
    year: optional(column("The column of the cohort's year, where the files hold several.", "cohort")),
    ...written,
  },
  { ...closed, description: "The pupils: one row a pupil, with results, prior attainment and context." },
);

const declared = {
  keyStage: optional(
    Type.Integer({
      description:
        "The key stage at whose end the outcome is: 0 for the early years, else 1 to 5. Key Stage 1 can't decide " +
        "about a school (proposal A3).",
      minimum: 0,
      maximum: 5,
      examples: [4],
    }),
  ),
  aspect: optional(
    column(
      "What the outcome is of: a subject or other aspect, or `all subjects` for a total. A single aspect can't decide " +
        "about a school (proposal A3).",
      "all subjects",
    ),
  ),
};

/** `outcome`. */
export const outcome = Type.Union(
  [
    Type.String({ minLength: 1 }),
    Type.Object({ column: column("A column of numbers.", "attainment8"), ...declared }, closed),
  ],
  {
    description: "The column with the result, a column of numbers; a bare name is enough.",
    examples: ["attainment8", { column: "attainment8", keyStage: 4, aspect: "all subjects" }],
  },
);

/** `outcomes`. */
export const outcomes = Type.Array(
  Type.Union([
    Type.String({ minLength: 1 }),
    Type.Object(
      {
        column: column("A column of numbers.", "maths"),
        weight: optional(
          Type.Number({
            description: "Its weight beside the other outcomes.",
            exclusiveMinimum: 0,
            default: reviewDefaults.weight,
          }),
        ),
        ...declared,
      },
      closed,
    ),
  ]),
  {
    minItems: 1,
    description:
      "Several outcomes in place of `outcome`: each is standardised over the pupils, weighted, and the mean is taken.",
    examples: [[{ column: "maths", weight: 2 }, "reading"]],
  },
);

/** `prior`. */
export const prior = Type.Array(
  Type.Union([
    Type.String({ minLength: 1 }),
    Type.Object(
      {
        column: column("A column of numbers.", "ks2_average"),
        degree: optional(
          Type.Integer({
            description: "The relation with the outcome is a polynomial of this degree: 1 is a straight line.",
            minimum: 1,
            maximum: 5,
            default: reviewDefaults.degree,
          }),
        ),
        spline: optional(
          Type.Integer({
            description: "In place of `degree`: a natural cubic spline with so many degrees of freedom.",
            minimum: 2,
            maximum: 10,
            examples: [4],
          }),
        ),
        missing,
      },
      closed,
    ),
  ]),
  {
    default: [],
    description: "Prior attainment, one entry a subject; a bare name is a straight line.",
    examples: [
      ["ks1_points"],
      [
        { column: "ks2_reading", spline: 4 },
        { column: "ks2_maths", degree: 3, missing: "indicator" },
      ],
    ],
  },
);

/** `cohorts`. */
export const cohorts = Type.Array(
  Type.Object(
    {
      year: word({ description: "The year, as it stands in the pupils' files.", examples: ["2024/25"] }),
      leaveOut: optional(
        Type.Boolean({
          description: "Yes where the year's pupils are left out; the year's weight goes to the school's other years.",
          default: false,
        }),
      ),
      baseline: optional({
        ...prior,
        minItems: 1,
        description:
          "Prior attainment of this year's pupils in place of `prior`, written as there. It has coefficients and a level of its own.",
      } as typeof prior),
    },
    closed,
  ),
  {
    default: [],
    description:
      "Years with a rule of their own. A year in which no pupil has a value of `prior`, or of the outcome, stops the review until " +
      "one of the two is stated here.",
    examples: [
      [
        { year: "2024/25", leaveOut: true },
        { year: "2025/26", baseline: ["cats_mean"] },
      ],
    ],
  },
);

/** `context`. */
export const context = Type.Array(
  Type.Union([
    Type.String({ minLength: 1 }),
    Type.Object(
      {
        column: column("A column of the pupil files.", "ethnicity"),
        kind: optional(
          oneOf(["number", "category"], {
            description:
              "Left out, it is a number where every value of the column is one; a `reference` makes it a category.",
            examples: ["category"],
          }),
        ),
        reference: optional(
          word({
            description: "The level of a category that the others are compared with.",
            default: "the first in order of text",
            examples: ["boy"],
          }),
        ),
        missing,
      },
      closed,
    ),
  ]),
  {
    default: [],
    description: "What else is taken into account of a pupil or of the pupil's school; a bare name is enough.",
    examples: [["idaci", { column: "sex", reference: "boy" }]],
  },
);
