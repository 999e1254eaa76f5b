import { Table } from "../../platform/pages/index.js";
import type { SchoolMeasure } from "../value-added/index.js";
import type { ReviewReportInput } from "./report-input.js";
import { outcomesDecideNothing, subgroupsDecideNothing, withItsInterval } from "./web-other-figures.js";
import { capitalised } from "./web-words.js";

/** Whether the review has figures for groups of pupils or for single outcomes. */
export function hasOtherFigures({ measure }: ReviewReportInput): boolean {
  const [first] = measure.schools;
  return first !== undefined && first.subgroups.length + first.outcomes.length > 0;
}

const inOrder = ({ measure }: ReviewReportInput) => {
  const order = new Intl.Collator("en", { numeric: true });
  return [...measure.schools].sort((a, b) => order.compare(a.school, b.school));
};

/** Each outcome of a composite, school by school. */
function ReportOutcomes({ input }: { input: ReviewReportInput }) {
  const names = input.measure.schools[0]!.outcomes.map(({ outcome }) => outcome);
  return (
    <>
      <h3 class="govuk-heading-m">Each outcome on its own</h3>
      <p class="govuk-body">{outcomesDecideNothing}</p>
      <Table
        caption="Each outcome on its own, by school"
        captionHidden
        rows={inOrder(input)}
        small
        columns={[
          { heading: "School", cell: (row) => row.school },
          ...names.map((name, k) => ({
            heading: name,
            numeric: true,
            cell: (row: SchoolMeasure) => withItsInterval(row.outcomes[k]!.figure, 2),
          })),
        ]}
      />
    </>
  );
}

/** The school's figures beside the published one: groups of pupils, and single outcomes. */
export function ReportOtherFigures({ input, decimals }: { input: ReviewReportInput; decimals: number }) {
  const first = input.measure.schools[0]!;
  return (
    <>
      {first.subgroups.length > 0 && <ReportSubgroups input={input} decimals={decimals} />}
      {first.outcomes.length > 0 && <ReportOutcomes input={input} />}
    </>
  );
}

/** The differences between groups of pupils, school by school. */
function ReportSubgroups({ input, decimals }: { input: ReviewReportInput; decimals: number }) {
  const { schools } = input.measure;
  const names = schools[0]?.subgroups.map(({ name }) => name) ?? [];
  return (
    <>
      <h3 class="govuk-heading-m">Groups of pupils</h3>
      <p class="govuk-body">
        For each group, what the school adds for its pupils less what it adds for the others, with its interval. 0 is a
        school that does as much more or less for the group as schools on average do.
      </p>
      <p class="govuk-body">{subgroupsDecideNothing}</p>
      <Table
        caption="Differences between groups of pupils, by school"
        captionHidden
        rows={inOrder(input)}
        small
        columns={[
          { heading: "School", cell: (row) => row.school },
          ...names.map((name, k) => ({
            heading: capitalised(name),
            numeric: true,
            cell: (row: SchoolMeasure) => {
              const difference = row.subgroups[k]?.difference;
              return difference ? withItsInterval(difference, decimals) : "not shown";
            },
          })),
        ]}
      />
    </>
  );
}
