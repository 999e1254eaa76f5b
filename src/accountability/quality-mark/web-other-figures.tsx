import { readableNumber } from "../../platform/charts/index.js";
import { Table } from "../../platform/pages/index.js";
import type { IntervalFigure, OutcomeMeasure, SubgroupMeasure } from "../value-added/index.js";
import { capitalised, interval, intervalName } from "./web-words.js";

/** Words that stand above every figure of a group of pupils. */
export const subgroupsDecideNothing =
  "These figures decide nothing: no measure of a single aspect decides about a school. They rest on fewer pupils than the published " +
  "figure, so their intervals are wider, and among many schools and groups some differ by chance.";

/** A figure with its interval, as "0.12 (−0.20 to 0.44)". */
export function withItsInterval({ estimate, lower, upper }: IntervalFigure, decimals: number): string {
  return `${readableNumber(estimate, decimals)} (${interval(lower, upper, decimals).replace("from ", "")})`;
}

/** What a difference says, as far as its interval lets it. */
function meaningOf({ lower, upper }: IntervalFigure): string {
  if (lower > 0) return "more than schools on average do";
  if (upper < 0) return "less than schools on average do";
  return "no difference from other schools that chance may not explain";
}

/** What the school adds for groups of pupils, as differences from what it adds for the others. */
export function GroupsOfPupils({
  subgroups,
  decimals,
  confidence,
}: {
  subgroups: readonly SubgroupMeasure[];
  decimals: number;
  confidence: number | undefined;
}) {
  return (
    <>
      <p class="govuk-body">
        What the school adds for the pupils of a group, less what it adds for its other pupils. 0 is a school that does
        as much more or less for the group as schools on average do.
      </p>
      <p class="govuk-body">{subgroupsDecideNothing}</p>
      <Table
        caption="Groups of pupils"
        captionHidden
        rows={subgroups}
        small
        columns={[
          { heading: "Group", cell: ({ name }) => capitalised(name) },
          {
            heading: "Pupils in it",
            numeric: true,
            cell: ({ pupils }) =>
              pupils === null ? "too few here or too few others, or no slopes told" : readableNumber(pupils),
          },
          {
            heading: "Value added for the group",
            numeric: true,
            cell: ({ figure }) => (figure ? withItsInterval(figure, decimals) : "not shown"),
          },
          {
            heading: `Difference (${intervalName(confidence)})`,
            numeric: true,
            cell: ({ difference }) => (difference ? withItsInterval(difference, decimals) : "not shown"),
          },
          { heading: "In words", cell: ({ difference }) => (difference ? meaningOf(difference) : "not shown") },
        ]}
      />
    </>
  );
}

/** Words that stand above the figures of single outcomes. */
export const outcomesDecideNothing =
  "The decision rests on the composite: no single outcome decides about a school. Each is in standard deviations of its own pupils' " +
  "results, and shrunken on its own, so the composite is not their mean.";

/** What the school adds to each outcome of a composite. */
export function OutcomesOneByOne({
  outcomes,
  confidence,
}: {
  outcomes: readonly OutcomeMeasure[];
  confidence: number | undefined;
}) {
  return (
    <>
      <p class="govuk-body">{outcomesDecideNothing}</p>
      <Table
        caption="Each outcome on its own"
        captionHidden
        rows={outcomes}
        small
        columns={[
          { heading: "Outcome", cell: ({ outcome }) => outcome },
          {
            heading: `Value added (${intervalName(confidence)})`,
            numeric: true,
            cell: ({ figure }) => withItsInterval(figure, 2),
          },
        ]}
      />
    </>
  );
}
