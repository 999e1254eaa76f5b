import { readableNumber } from "../../platform/charts/index.js";
import { Table } from "../../platform/pages/index.js";
import type { PublishedReview, SchoolLine } from "./published.js";
import { capitalised, DecisionTag, decimalsOf, interval } from "./web-words.js";

function decimalsFor(review: PublishedReview, phase: string): number {
  return decimalsOf(review.measures.find((m) => m.phase === phase)?.outcomeDeviation ?? Number.NaN);
}

/** Schools as a table with links. */
export function SchoolList({
  caption,
  lines,
  review,
}: {
  caption: string;
  lines: readonly SchoolLine[];
  review: PublishedReview;
}) {
  return (
    <Table
      caption={caption}
      captionHidden
      rows={lines}
      columns={[
        {
          heading: "School",
          cell: (line) => (
            <a class="govuk-link" href={`/schools/${line.urn}`}>
              {line.name}
            </a>
          ),
        },
        { heading: "Decision", cell: (line) => <DecisionTag decision={line.decision} /> },
        {
          heading: "Value added (interval)",
          numeric: true,
          cell: (line) => {
            const decimals = decimalsFor(review, line.phase);
            return line.valueAdded === null || line.lower === null || line.upper === null
              ? "not computed"
              : `${readableNumber(line.valueAdded, decimals)} (${interval(line.lower, line.upper, decimals).replace("from ", "")})`;
          },
        },
        { heading: "Local authority", cell: (line) => line.authority },
        { heading: "Phase", cell: (line) => capitalised(line.phase) },
      ]}
    />
  );
}
