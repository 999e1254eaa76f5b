import { readableNumber } from "../../platform/charts/index.js";
import { Table } from "../../platform/pages/index.js";
import type { IntervalFigure, OutcomeMeasure, SubgroupMeasure } from "../value-added/index.js";
import { capitalised, counted, interval, intervalName } from "./web-words.js";

/** Words that stand above every figure of a group of pupils. */
export const subgroupsDecideNothing =
  "These figures decide nothing: no measure of a single aspect decides about a school. They rest on fewer pupils than the published " +
  "figure, so their intervals are wider, and among many schools and groups some differ by chance.";

/** A figure with its interval, as "0.12 (−0.20 to 0.44)". */
export function withItsInterval({ estimate, lower, upper }: IntervalFigure, decimals: number): string {
  return `${readableNumber(estimate, decimals)} (${interval(lower, upper, decimals).replace("from ", "")})`;
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
        as much more or less for the group as schools on average do; a difference whose interval holds 0 may be chance.
        A group with too few pupils here, or outside it, is not shown.
      </p>
      <p class="govuk-body">{subgroupsDecideNothing}</p>
      <Table
        caption={`Groups of pupils, each figure with its ${intervalName(confidence)}`}
        rows={subgroups}
        small
        columns={[
          {
            heading: "Group",
            cell: ({ name, pupils }) =>
              pupils === null ? capitalised(name) : `${capitalised(name)} (${counted(pupils, "pupil")})`,
          },
          {
            heading: "Value added",
            numeric: true,
            cell: ({ figure }) => (figure ? withItsInterval(figure, decimals) : "not shown"),
          },
          {
            heading: "Difference",
            numeric: true,
            cell: ({ difference }) => (difference ? withItsInterval(difference, decimals) : "not shown"),
          },
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
