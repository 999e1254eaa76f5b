import { Type } from "typebox";
import { closed, column, optional, reviewDefaults, word } from "./review-schema-parts.js";

const quantile = (description: string, example: number) =>
  optional(Type.Number({ description, exclusiveMinimum: 0, exclusiveMaximum: 1, examples: [example] }));

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
