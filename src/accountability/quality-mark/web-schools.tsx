import { readableNumber } from "../../platform/charts/index.js";
import { ErrorSummary, Govuk, type Link, Table } from "../../platform/pages/index.js";
import type { DecisionCounts, PublishedReview, SchoolLine, SchoolQuery } from "./published.js";
import {
  capitalised,
  counted,
  DecisionTag,
  decimalsOf,
  decisionName,
  decisions,
  interval,
  isDecision,
} from "./web-words.js";

/** Schools on one page of a list. */
export const schoolsPerPage = 50;

/** What a reader asked for, as typed; empty texts mean no narrowing. */
export interface SchoolSearch {
  readonly text: string;
  readonly phase: string;
  readonly region: string;
  readonly decision: string;
  readonly page: number;
}

/** Reads an address's query; what it holds is checked by {@link searchErrors}. */
export function readSearch(query: Readonly<Record<string, unknown>>): SchoolSearch {
  const text = (key: string) => (typeof query[key] === "string" ? query[key].trim().slice(0, 100) : "");
  const page = Number(text("page") || "1");
  return { text: text("text"), phase: text("phase"), region: text("region"), decision: text("decision"), page };
}

/** What can't be meant, with a link to its field. */
export function searchErrors(
  search: SchoolSearch,
  phases: readonly string[],
  regions: readonly DecisionCounts[],
): readonly Link[] {
  const errors: Link[] = [];
  const known = (value: string, values: readonly string[]) => value === "" || values.includes(value);
  if (!known(search.phase, phases)) errors.push({ text: `There is no phase called "${search.phase}"`, href: "#phase" });
  if (
    !known(
      search.region,
      regions.map((r) => r.code),
    )
  )
    errors.push({ text: `There is no region with the code "${search.region}"`, href: "#region" });
  if (!known(search.decision, decisions))
    errors.push({ text: `There is no decision called "${search.decision}"`, href: "#decision" });
  if (!Number.isInteger(search.page) || search.page < 1 || search.page > 100_000)
    errors.push({ text: "The page must be a whole number from 1", href: "#text" });
  return errors;
}

/** The search as the store understands it. */
export function queryOf(search: SchoolSearch): SchoolQuery {
  return {
    ...(search.text !== "" && { text: search.text }),
    ...(search.phase !== "" && { phase: search.phase }),
    ...(search.region !== "" && { region: search.region }),
    ...(isDecision(search.decision) && { decision: search.decision }),
    offset: (search.page - 1) * schoolsPerPage,
    limit: schoolsPerPage,
  };
}

/** The address of a search, without what is empty. */
export function searchAddress(search: SchoolSearch): string {
  const entries = Object.entries(search)
    .map(([key, value]) => [key, String(value)] as const)
    .filter(([key, value]) => value !== "" && !(key === "page" && value === "1"));
  const query = new URLSearchParams(Object.fromEntries(entries)).toString();
  return query === "" ? "/schools" : `/schools?${query}`;
}

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

function Select(props: {
  id: string;
  label: string;
  all: string;
  options: readonly (readonly [string, string])[];
  chosen: string;
}) {
  return (
    <Govuk
      is="select"
      options={{
        id: props.id,
        name: props.id,
        label: { text: props.label },
        items: [
          { value: "", text: props.all },
          ...props.options.map(([value, text]) => ({ value, text, selected: value === props.chosen })),
        ],
      }}
    />
  );
}

function SearchForm({
  search,
  phases,
  regions,
}: {
  search: SchoolSearch;
  phases: readonly string[];
  regions: readonly DecisionCounts[];
}) {
  return (
    <search>
      <form method="get" action="/schools" class="site-search">
        <div class="site-search__text">
          <Govuk
            is="input"
            options={{
              id: "text",
              name: "text",
              label: { text: "Name, town or URN", classes: "govuk-label--s" },
              value: search.text,
              type: "search",
              spellcheck: false,
            }}
          />
        </div>
        <Select
          id="phase"
          label="Phase"
          all="Every phase"
          options={phases.map((p) => [p, capitalised(p)])}
          chosen={search.phase}
        />
        <Select
          id="region"
          label="Region"
          all="Every region"
          options={regions.map((r) => [r.code, r.name])}
          chosen={search.region}
        />
        <Select
          id="decision"
          label="Decision"
          all="Every decision"
          options={decisions.map((d) => [d, decisionName(d)])}
          chosen={search.decision}
        />
        <Govuk is="button" options={{ text: "Search" }} />
      </form>
    </search>
  );
}

/** The pages round the current one, with the first and the last, as the Design System lists them. */
function Pages({ search, pages }: { search: SchoolSearch; pages: number }) {
  const { page } = search;
  const to = (n: number) => searchAddress({ ...search, page: n });
  const near = [1, page - 1, page, page + 1, pages].filter((n, k, all) => n >= 1 && n <= pages && all.indexOf(n) === k);
  const items = near
    .toSorted((a, b) => a - b)
    .flatMap((n, k, all) => [
      ...(k > 0 && n - all[k - 1]! > 1 ? [{ ellipsis: true, href: "" }] : []),
      { number: String(n), href: to(n), current: n === page },
    ]);
  return (
    <Govuk
      is="pagination"
      options={{
        items,
        landmarkLabel: "Pages of schools",
        ...(page > 1 && { previous: { href: to(page - 1) } }),
        ...(page < pages && { next: { href: to(page + 1) } }),
      }}
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
