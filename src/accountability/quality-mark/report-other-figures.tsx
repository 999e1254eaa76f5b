import { Table } from "../../platform/pages/index.js";
import type { ReviewReportInput } from "./report-input.js";
import { subgroupsDecideNothing, withItsInterval } from "./web-other-figures.js";
import { capitalised } from "./web-words.js";

/** Whether the review has figures for groups of pupils. */
export function hasOtherFigures({ measure }: ReviewReportInput): boolean {
  return (measure.schools[0]?.subgroups.length ?? 0) > 0;
}

/** The differences between groups of pupils, school by school. */
export function ReportSubgroups({ input, decimals }: { input: ReviewReportInput; decimals: number }) {
  const { schools } = input.measure;
  const names = schools[0]?.subgroups.map(({ name }) => name) ?? [];
  const order = new Intl.Collator("en", { numeric: true });
  return (
    <>
      <p class="govuk-body">
        For each group, what the school adds for its pupils less what it adds for the others, with its interval. 0 is a
        school that does as much more or less for the group as schools on average do.
      </p>
      <p class="govuk-body">{subgroupsDecideNothing}</p>
      <Table
        caption="Differences between groups of pupils, by school"
        captionHidden
        rows={[...schools].sort((a, b) => order.compare(a.school, b.school))}
        small
        columns={[
          { heading: "School", cell: (row) => row.school },
          ...names.map((name, k) => ({
            heading: capitalised(name),
            numeric: true,
            cell: (row: (typeof schools)[number]) => {
              const difference = row.subgroups[k]?.difference;
              return difference ? withItsInterval(difference, decimals) : "too few pupils";
            },
          })),
        ]}
      />
    </>
  );
}
