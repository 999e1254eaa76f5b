import { type Static, Type } from "typebox";
import { alternativeCodes, mostPupilsForRefits } from "../value-added/index.js";
import { residual, subgroups } from "./review-schema-method.js";
import { closed, column, oneOf, optional, reviewDefaults } from "./review-schema-parts.js";
import { cohorts, context, outcome, outcomes, prior, pupils } from "./review-schema-pupils.js";
import { evidence, membership, schools } from "./review-schema-tables.js";

const decision = Type.Object(
  {
    line: optional(
      Type.Union(
        [
          Type.Number(),
          Type.Object(
            {
              standardDeviations: Type.Number({
                description: "The line in standard deviations of the outcome.",
                examples: [-0.2],
              }),
            },
            closed,
          ),
        ],
        {
          description:
            "The agreed line of value added: a number in the outcome's units, or in standard deviations of it.",
          default: "the agreed value on the review's date",
          examples: [-2.5, { standardDeviations: -0.2 }],
        },
      ),
    ),
    refusalProbability: optional(
      Type.Number({
        description:
          "A school is refused on value added only where it is below the line with at least this probability.",
        exclusiveMinimum: 0.5,
        maximum: 1,
        default: "the agreed value on the review's date",
        examples: [0.95],
      }),
    ),
    fewestPupilEquivalents: optional(
      Type.Number({
        description: "With fewer pupils than this, each counted by the share of time, there is not enough evidence.",
        minimum: 1,
        default: "the agreed value on the review's date",
        examples: [10],
      }),
    ),
    yearWeights: optional(
      Type.Array(Type.Number({ minimum: 0 }), {
        minItems: 1,
        description:
          "Weights of the years' own deviations in the published figure, the latest year first; years beyond the list don't " +
          "count. Needs a group of the year with `withinSchool: true`.",
        default: "every year the same",
        examples: [[1, 1, 1]],
      }),
    ),
    confidence: optional(
      Type.Number({
        description: "Coverage of the interval that is shown.",
        exclusiveMinimum: 0.5,
        exclusiveMaximum: 1,
        default: reviewDefaults.confidence,
      }),
    ),
  },
  { ...closed, description: "The rule of the decision; what is left out is looked up by date." },
);

/** The review file: validation, type, JSON Schema for editors and the text of `review --explain` are all this. */
export const reviewSchema = Type.Object(
  {
    title: Type.String({
      description: "What is reviewed, in words for the report.",
      minLength: 1,
      examples: ["GCSE results of 65 Inner London schools"],
    }),
    date: optional(
      Type.String({
        description: "The day of the review: what the file does not set is taken from the agreed values of this day.",
        pattern: "^\\d{4}-\\d{2}-\\d{2}$",
        default: "today",
        examples: ["2026-11-02"],
      }),
    ),
    pupils,
    formula: optional(
      Type.String({
        description:
          "The model as a formula of lme4 and brms, in place of `context`, `intake`, `interactions`, `slopes` and `groups`; which of its " +
          "columns are prior attainment stands in `prior`, and `context` may say what is done where one is missing. One random part " +
          "has to be the school's: `pupils.school`, or mm() with the membership's columns. See docs/review-file.md.",
        minLength: 1,
        examples: ["score ~ prior + I(prior^2) + sex + (1 | mm(urn, share)) + (1 | la)"],
      }),
    ),
    outcome: optional(outcome),
    outcomes: optional(outcomes),
    parts: optional(
      Type.Boolean({
        description:
          "Yes to fit each of the `outcomes` on its own too, and to show every school's figures of the parts. Each is another fit of the " +
          "model, and so is each pair, for their correlation.",
        default: false,
      }),
    ),
    prior: optional(prior),
    cohorts: optional(cohorts),
    context: optional(context),
    intake: optional(
      Type.Array(
        Type.Object(
          {
            of: column("A column of numbers of the pupil files.", "ks2_average"),
            statistic: optional(
              oneOf(["mean", "standard-deviation", "within-between"], {
                description:
                  "What is computed of it. `within-between` is the mean of a covariate of the pupils, of which the report then says " +
                  "what it is worth within schools and between them.",
                default: reviewDefaults.statistic,
              }),
            ),
          },
          closed,
        ),
        {
          default: [],
          description:
            "Properties of the school's intake, computed from the pupils by their shares of time. In `interactions` and " +
            "`slopes` they are called school_mean(ks2_average) and school_sd(ks2_average).",
          examples: [[{ of: "ks2_average", statistic: "mean" }]],
        },
      ),
    ),
    interactions: optional(
      Type.Array(Type.Array(Type.String({ minLength: 1 }), { minItems: 2, maxItems: 2 }), {
        default: [],
        description: "Pairs of covariates named above whose effects depend on each other.",
        examples: [[["ks2_average", "sex"]]],
      }),
    ),
    membership: optional(membership),
    slopes: optional(
      Type.Array(Type.String({ minLength: 1 }), {
        default: [],
        description: "Covariates named above whose effect differs from school to school (random slopes).",
        examples: [["ks2_average"]],
      }),
    ),
    groups: optional(
      Type.Array(
        Type.Union([
          Type.String({ minLength: 1 }),
          Type.Object(
            {
              column: column("A column of the pupil files.", "lea"),
              name: optional(column("What the report calls the group; left out, the name of the column.", "authority")),
              withinSchool: optional(
                Type.Boolean({
                  description: "Yes where the group is the school's own part in it, as each school's cohorts.",
                  default: false,
                }),
              ),
              drift: optional(
                oneOf(["autoregressive", "random-walk"], {
                  description:
                    "How a school's own years hang together: a series in which neighbouring years are alike, or a walk of independent " +
                    "steps. Only of the year within schools. Left out, the years know nothing of each other.",
                  examples: ["autoregressive"],
                }),
              ),
              missing: optional(
                oneOf(["exclude", "average"], {
                  description:
                    "A pupil without it, as one whose previous school is not known: `exclude` leaves the pupil out and counts it; " +
                    "`average` keeps the pupil with the effect of an average level.",
                  default: reviewDefaults.missing,
                }),
              ),
            },
            closed,
          ),
        ]),
        {
          default: [],
          description:
            "Further groups whose effects are kept apart from the schools': authority, cohort, primary school.",
          examples: [["lea", { name: "cohort", column: "year", withinSchool: true }]],
        },
      ),
    ),
    subgroups: optional(subgroups),
    residual: optional(residual),
    estimation: optional(
      Type.Object(
        {
          method: optional(
            oneOf(["REML", "ML"], {
              description: "Restricted maximum likelihood, or maximum likelihood.",
              default: reviewDefaults.method,
            }),
          ),
        },
        { ...closed, description: "How the model is fitted." },
      ),
    ),
    schools: optional(schools),
    evidence: optional(evidence),
    decision: optional(decision),
    alternatives: optional(
      Type.Union(
        [
          oneOf(["all", "without-refit", "none"], {
            description: "All, those that need no fit of their own, or none.",
          }),
          Type.Array(oneOf([...alternativeCodes], { description: "An alternative." })),
        ],
        {
          description:
            "Which other ways of measuring are tried on the same pupils, to count what they would change: a list of names, all, " +
            "without-refit (those that need no fit of their own) or none. Each of the others costs about as much as the measure.",
          default: `all up to ${mostPupilsForRefits.toLocaleString("en-GB")} pupils, without-refit above`,
          examples: [["last-school", "no-context", "progress-8"]],
        },
      ),
    ),
  },
  { ...closed, description: "A review: whose results, measured how, decided by which rule." },
);

/** The review file as it was written, checked against {@link reviewSchema}. */
export type WrittenReview = Static<typeof reviewSchema>;

/** The JSON Schema that ships as `schemas/review.schema.json`, for editors. */
export function reviewJsonSchema(): string {
  const about = { $schema: "http://json-schema.org/draft-07/schema#", title: "Greenpaper review file" };
  return `${JSON.stringify({ ...about, ...reviewSchema }, null, 2)}\n`;
}
