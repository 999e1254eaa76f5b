import { readableNumber } from "../../platform/charts/index.js";
import { ErrorSummary, type Link, Table } from "../../platform/pages/index.js";
import type { DecisionCounts, PublishedReview, SchoolLine } from "./published.js";
import { Pages, type SchoolSearch, SearchForm, schoolsPerPage, searchAddress } from "./web-search.js";
import { capitalised, counted, DecisionTag, decimalsOf, interval } from "./web-words.js";

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

export interface SchoolsPage {
  readonly review: PublishedReview;
  readonly search: SchoolSearch;
  readonly errors: readonly Link[];
  readonly phases: readonly string[];
  readonly regions: readonly DecisionCounts[];
  readonly found: { readonly total: number; readonly lines: readonly SchoolLine[] };
}

/** The search for schools and what it found. */
export function SchoolsContent({ review, search, errors, phases, regions, found }: SchoolsPage) {
  const pages = Math.ceil(found.total / schoolsPerPage);
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">Schools</h1>
      <SearchForm search={search} phases={phases} regions={regions} />
      {errors.length === 0 && (
        <>
          <h2 class="govuk-heading-m">{counted(found.total, "school")} found</h2>
          {found.total === 0 ? (
            <p class="govuk-body">
              No school matches. Try fewer words, part of the name, or{" "}
              <a class="govuk-link" href="/schools">
                see all schools
              </a>
              .
            </p>
          ) : found.lines.length === 0 ? (
            <p class="govuk-body">
              {`The list ends at page ${pages}. `}
              <a class="govuk-link" href={searchAddress({ ...search, page: 1 })}>
                Go to its first page
              </a>
            </p>
          ) : (
            <SchoolList caption="Schools found" lines={found.lines} review={review} />
          )}
          {pages > 1 && found.lines.length > 0 && <Pages search={search} pages={pages} />}
        </>
      )}
    </>
  );
}
