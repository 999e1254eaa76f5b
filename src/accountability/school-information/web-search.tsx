import { readableNumber } from "../../platform/charts/index.js";
import { apiBase } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link, Table } from "../../platform/pages/index.js";
import { type ListedGroup, type ListedSchool, openAuthorities, regions } from "../../register/index.js";
import type { PublishedReview } from "../quality-mark/index.js";
import { type FoundSchool, phaseOf, type SchoolSearch, schoolsPerPage, searchAddress } from "./search.js";
import type { ReviewParts } from "./web-ports.js";
import { counted, longDate, phaseName } from "./words.js";

/** What can't be meant, with a link to its field. */
export function searchErrors(
  search: SchoolSearch,
  known: {
    readonly phases: readonly string[];
    readonly decisions: readonly string[];
    readonly group: ListedGroup | null;
  },
): readonly Link[] {
  const errors: Link[] = [];
  const check = (value: string, values: readonly string[], text: string, href: string) => {
    if (value !== "" && !values.includes(value)) errors.push({ text, href });
  };
  check(search.phase, known.phases, `There is no phase called "${search.phase}"`, "#phase");
  const regionCodes = regions.map(({ code }) => code as string);
  check(search.region, regionCodes, `There is no region with the code "${search.region}"`, "#region");
  check(search.decision, known.decisions, `There is no decision called "${search.decision}"`, "#decision");
  const codes = openAuthorities.map(({ code }) => code as string);
  check(search.authority, codes, `There is no local authority with the code "${search.authority}"`, "#text");
  if (search.group !== "" && known.group === null)
    errors.push({ text: `There is no trust or group with the number "${search.group}"`, href: "#text" });
  if (!Number.isInteger(search.page) || search.page < 1 || search.page > 100_000)
    errors.push({ text: "The page must be a whole number from 1", href: "#text" });
  return errors;
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

interface SearchFormProps {
  readonly search: SchoolSearch;
  readonly phases: readonly string[];
  readonly decisions: readonly { readonly code: string; readonly name: string }[];
}

/** The form of the search, filled with what was asked. */
function SearchForm({ search, phases, decisions }: SearchFormProps) {
  return (
    <search>
      <form method="get" action="/schools" class="site-search">
        <div class="site-search__text">
          <Govuk
            is="input"
            options={{
              id: "text",
              name: "text",
              label: { text: "Name, place or number", classes: "govuk-label--s" },
              hint: { text: "A school's name, town, postcode, URN, LAESTAB or UKPRN, or a trust" },
              value: search.text,
              type: "search",
              spellcheck: false,
              attributes: { "data-suggestions": `${apiBase}/suggestions` },
            }}
          />
        </div>
        <Select
          id="phase"
          label="Phase"
          all="Every phase"
          options={phases.map((phase) => [phase, phaseName(phase)])}
          chosen={search.phase}
        />
        <Select
          id="region"
          label="Region"
          all="Every region"
          options={regions.map((region) => [region.code, region.name])}
          chosen={search.region}
        />
        {decisions.length > 0 && (
          <Select
            id="decision"
            label="Decision"
            all="Every decision"
            options={decisions.map(({ code, name }) => [code, name])}
            chosen={search.decision}
          />
        )}
        {search.group !== "" && <input type="hidden" name="group" value={search.group} />}
        {search.authority !== "" && <input type="hidden" name="authority" value={search.authority} />}
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

/** A school's name as a link, with what else helps to know it again. */
function NameCell({ school, formerName, successors }: FoundSchool) {
  const closed = school.status === "closed";
  return (
    <>
      <a class="govuk-link" href={`/schools/${school.urn}`}>
        {school.name}
      </a>
      {formerName !== null && <span class="site-aside">{` was ${formerName}`}</span>}
      {closed && (
        <span class="site-aside">
          {school.closed === null ? "Closed" : `Closed ${longDate(school.closed)}`}
          {successors.length > 0 && (
            <>
              {", now "}
              {successors.map((next, k) => (
                <>
                  {k > 0 && " and "}
                  <a class="govuk-link" href={`/schools/${next.urn}`}>
                    {next.name}
                  </a>
                </>
              ))}
            </>
          )}
        </span>
      )}
    </>
  );
}

const placeOf = (school: ListedSchool) =>
  [school.town, school.postcode].filter((part) => part !== null && part !== "").join(", ");

function Results({ found, review, parts }: Pick<SearchPage, "found" | "review" | "parts">) {
  return (
    <Table
      caption="Schools found"
      captionHidden
      rows={found.found}
      columns={[
        { heading: "School", cell: (hit) => <NameCell {...hit} /> },
        { heading: "Place", cell: ({ school }) => placeOf(school) || school.authority },
        ...(review
          ? [
              {
                heading: "Decision",
                cell: ({ line }: FoundSchool) => (line ? parts.tag(line.decision) : "not in the review"),
              },
              {
                heading: "Value added (interval)",
                numeric: true,
                cell: ({ line }: FoundSchool) => {
                  if (!line || line.valueAdded === null || line.lower === null || line.upper === null)
                    return "not computed";
                  const decimals = parts.wordsOf(review, line.phase)?.decimals ?? 2;
                  const number = (value: number) => readableNumber(value, decimals);
                  return `${number(line.valueAdded)} (${number(line.lower)} to ${number(line.upper)})`;
                },
              },
            ]
          : []),
        { heading: "Local authority", cell: ({ school }) => school.authority },
        { heading: "Phase", cell: ({ school, line }) => phaseName(phaseOf(school, line ?? undefined)) },
      ]}
    />
  );
}

export interface SearchPage {
  readonly search: SchoolSearch;
  readonly errors: readonly Link[];
  readonly phases: readonly string[];
  readonly review: PublishedReview | null;
  readonly parts: ReviewParts;
  readonly group: ListedGroup | null;
  readonly found: { readonly total: number; readonly found: readonly FoundSchool[] };
}

/** The search for schools and what it found. */
export function SearchContent(page: SearchPage) {
  const { search, errors, phases, review, parts, group, found } = page;
  const pages = Math.ceil(found.total / schoolsPerPage);
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">{group ? `Schools of ${group.name}` : "Schools"}</h1>
      <SearchForm search={search} phases={phases} decisions={review ? parts.decisions : []} />
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
          ) : found.found.length === 0 ? (
            <p class="govuk-body">
              {`The list ends at page ${pages}. `}
              <a class="govuk-link" href={searchAddress({ ...search, page: 1 })}>
                Go to its first page
              </a>
            </p>
          ) : (
            <Results found={found} review={review} parts={parts} />
          )}
          {pages > 1 && found.found.length > 0 && <Pages search={search} pages={pages} />}
        </>
      )}
    </>
  );
}
