import { Govuk, type Link } from "../../platform/pages/index.js";
import type { DecisionCounts, SchoolQuery } from "./published.js";
import { capitalised, decisionName, decisions, isDecision } from "./web-words.js";

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

/** The form of the search, filled with what was asked. */
export function SearchForm({
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
export function Pages({ search, pages }: { search: SchoolSearch; pages: number }) {
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
