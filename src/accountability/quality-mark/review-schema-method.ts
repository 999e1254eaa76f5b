import { Type } from "typebox";
import { closed, column, oneOf, optional, reviewDefaults, word } from "./review-schema-parts.js";

const quantile = (description: string, example: number) =>
  optional(Type.Number({ description, exclusiveMinimum: 0, exclusiveMaximum: 1, examples: [example] }));

/** `residual`. */
export const residual = Type.Object(
  {
    varies: column(
      "The column of numbers on which it depends; a pupil without a value is taken at the mean.",
      "ks2_average",
    ),
    shape: optional(
      oneOf(["tenths", "log-linear"], {
        description: "One variance for each tenth of the pupils, or a variance whose logarithm is a straight line.",
        default: reviewDefaults.residualShape,
      }),
    ),
  },
  {
    ...closed,
    description:
      "A residual variance that depends on a column, as prior attainment. Left out, there is one for all pupils. Fitted in several rounds.",
  },
);

/** `subgroups`. */
export const subgroups = Type.Array(
  Type.Object(
    {
      name: column("What the report calls the group.", "disadvantaged"),
      column: column("The column that tells who is in it; it needs a slope.", "fsm"),
      level: optional(word({ description: "Those with this value of the column.", examples: ["1"] })),
      below: quantile("Those in this lowest part of the column, ties at its edge with them.", 0.25),
      above: quantile("Those above this part of the column, ties at its edge with them.", 0.75),
      fewestPupils: optional(
        Type.Integer({
          description: "A school with fewer pupils in the group, or outside it, has no figure for it.",
          minimum: 1,
          default: reviewDefaults.fewestPupilsOfSubgroup,
        }),
      ),
    },
    closed,
  ),
  {
    default: [],
    description:
      "Groups of pupils for whom each school's effect is shown apart, with its larger uncertainty. Their columns need slopes. They " +
      "decide nothing (proposal A3).",
    examples: [
      [
        { name: "disadvantaged", column: "fsm", level: "1" },
        { name: "low attainers", column: "ks2", below: 0.25 },
      ],
    ],
  },
);
