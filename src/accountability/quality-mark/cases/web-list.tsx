import { raw } from "hono/html";
import { dateInWords } from "../../../kernel/index.js";
import { readableNumber } from "../../../platform/charts/index.js";
import { Form } from "../../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link, Table, tag } from "../../../platform/pages/index.js";
import { findAuthority, openAuthorities, type Region } from "../../../register/index.js";
import { counted, decisionLabel, decisionName, decisions } from "../web-words.js";
import { type CaseState, caseStates } from "./case.js";
import type { CaseFilter, CaseLine, CaseOrder } from "./store-list.js";
import type { YearReview } from "./store-open.js";
import { caseAddress, stateColours, stateName } from "./web-case-words.js";

/** What the list of cases shows. */
export interface CaseListProps {
  readonly year: YearReview;
  readonly years: readonly YearReview[];
  /** The regions that the officer may choose among. */
  readonly regions: readonly Region[];
  readonly filter: CaseFilter;
  readonly order: CaseOrder;
  readonly phases: readonly string[];
  readonly counts: ReadonlyMap<CaseState, number>;
  readonly total: number;
  readonly lines: readonly CaseLine[];
  readonly page: number;
  readonly pages: number;
  readonly errors: readonly Link[];
  readonly csrf: string;
}

/** The address of the list with other filters. */
export function listAddress(
  filter: Partial<CaseFilter>,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const {
    academicYear: year,
    region,
    authority,
    state,
    phase,
    proposed,
    missing,
    secondReader,
    answerOverBy,
    text,
  } = filter;
  const fields = { year, region, authority, state, phase, proposed, missing, q: text, ...more };
  const view = secondReader === undefined ? (answerOverBy === undefined ? undefined : "over") : "second";
  const given = Object.entries({ view, ...fields }).filter((entry): entry is [string, string] => !!entry[1]);
  return `/cases?${new URLSearchParams(given)}`;
}

/** The regional officer's list of cases. */
export function CaseListContent(props: CaseListProps) {
  const { year, counts, filter, total, lines, errors, csrf, regions } = props;
  const all = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const [only] = regions.length === 1 ? regions : [];
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">{`Cases of the review ${year.academicYear}`}</h1>
      <p class="govuk-body-l">
        {`${counted(all, "case")}${only ? ` in ${only.name}` : ""}. ${year.completedAt === null ? "The review is still being opened." : ""}`}
      </p>
      <StateCounts counts={counts} filter={filter} />
      <p class="govuk-body">
        <a class="govuk-link" href={`/cases/publish?year=${encodeURIComponent(year.academicYear)}`}>
          Publish decisions
        </a>
        {" · "}
        <a class="govuk-link" href="/cases/reviews">
          The years’ reviews
        </a>
        {" · "}
        <a class="govuk-link" href={listAddress(filter, { view: "second", state: undefined })}>
          To be read by you as second person
        </a>
        {" · "}
        <a class="govuk-link" href={listAddress(filter, { view: "over", state: undefined })}>
          Time to answer over
        </a>
      </p>
      <Filters {...props} />
      <h2 class="govuk-heading-m">{total === 0 ? "No case is found" : counted(total, "case")}</h2>
      {lines.length > 0 && (
        <Form action="/cases/steps" csrf={csrf}>
          <input type="hidden" name="year" value={year.academicYear} />
          <Lines lines={lines} />
          <div class="govuk-button-group">
            <Govuk is="button" options={{ text: "Send the chosen to their schools", name: "step", value: "send" }} />
            <Govuk
              is="button"
              options={{
                text: "Decide the chosen as proposed",
                ...{ name: "step", value: "decide", classes: "govuk-button--secondary" },
              }}
            />
          </div>
        </Form>
      )}
      <Paging {...props} />
    </>
  );
}

function StateCounts({ counts, filter }: Pick<CaseListProps, "counts" | "filter">) {
  const present = caseStates.filter((state) => counts.has(state));
  return (
    <Table
      caption="Cases by where they stand"
      captionHidden
      columns={[
        {
          heading: "State",
          cell: (state) => (
            <a class="govuk-link" href={listAddress({ ...filter, state })}>
              {stateName(state)}
            </a>
          ),
        },
        { heading: "Cases", numeric: true, cell: (state) => readableNumber(counts.get(state) ?? 0) },
      ]}
      rows={present}
    />
  );
}

function Lines({ lines }: { lines: readonly CaseLine[] }) {
  return (
    <Table
      caption="Cases"
      captionHidden
      columns={[
        {
          heading: "School",
          cell: (line) => (
            <>
              <a class="govuk-link" href={caseAddress(line)}>
                {line.name}
              </a>
              <br />
              {`${line.urn}, ${findAuthority(line.authorityCode)?.name ?? line.authorityCode}`}
            </>
          ),
        },
        {
          heading: "Choose",
          cell: (line) => (
            <span class="govuk-checkboxes govuk-checkboxes--small">
              <span class="govuk-checkboxes__item">
                <input
                  class="govuk-checkboxes__input"
                  type="checkbox"
                  id={`c-${line.urn}`}
                  name="urns"
                  value={line.urn}
                />
                <label class="govuk-label govuk-checkboxes__label" for={`c-${line.urn}`}>
                  <span class="govuk-visually-hidden">{`Choose ${line.name}`}</span>
                </label>
              </span>
            </span>
          ),
        },
        { heading: "Stands", cell: (line) => raw(tag(stateName(line.state), stateColours[line.state])) },
        { heading: "Rule proposes", cell: (line) => decisionName(line.proposed) },
        { heading: "Decided", cell: (line) => (line.decision === null ? "" : decisionName(line.decision)) },
        { heading: "Missing", cell: (line) => line.missing.map(({ text }) => text).join(" ") },
        { heading: "Answer by", cell: (line) => (line.answerBy === null ? "" : dateInWords(line.answerBy)) },
      ]}
      rows={lines}
      small
    />
  );
}

const missingWords = {
  "safeguarding-missing": "Safeguarding audit",
  "accounts-missing": "Accounts opinion",
  "measure-missing": "Value added",
  "framework-missing": "Framework",
} as const;

const orderWords: Readonly<Record<CaseOrder, string>> = {
  ...{
    name: "Name",
    state: "What is to be done first",
    waiting: "Longest without a change",
    "answer-by": "Day to answer",
  },
};

function Filters({ years, regions, filter, order, phases, year }: CaseListProps) {
  const select = (
    id: string,
    label: string,
    items: readonly (readonly [string, string])[],
    value: string,
    any = "Any",
  ) => (
    <Govuk
      is="select"
      options={{
        ...{ id, name: id, value, label: { text: label } },
        items: [...(any === "" ? [] : [{ value: "", text: any }]), ...items.map(([v, text]) => ({ value: v, text }))],
      }}
    />
  );
  const authorities = openAuthorities
    .filter(({ region }) => regions.some(({ code }) => code === region))
    .map(({ code, name }) => [code, name] as const);
  return (
    <form class="site-search" method="get" action="/cases">
      <div class="site-search__text">
        <Govuk is="input" options={{ id: "q", name: "q", value: filter.text ?? "", label: { text: "Name or URN" } }} />
      </div>
      {years.length > 1 &&
        select(
          "year",
          "Year",
          years.map(({ academicYear }) => [academicYear, academicYear]),
          year.academicYear,
          "",
        )}
      {regions.length > 1 &&
        select(
          "region",
          "Region",
          regions.map(({ code, name }) => [code, name]),
          filter.region ?? "",
        )}
      {select("authority", "Authority", authorities, filter.authority ?? "")}
      {select(
        "state",
        "State",
        caseStates.map((state) => [state, stateName(state)]),
        filter.state ?? "",
      )}
      {select(
        "phase",
        "Phase",
        phases.map((phase) => [phase, phase]),
        filter.phase ?? "",
      )}
      {select(
        "proposed",
        "Rule proposes",
        decisions.map((one) => [one, decisionLabel(one)]),
        filter.proposed ?? "",
      )}
      {select("missing", "Missing", Object.entries(missingWords), filter.missing ?? "")}
      {select("order", "Order", Object.entries(orderWords), order, "")}
      <Govuk is="button" options={{ text: "Show", classes: "govuk-button--secondary" }} />
    </form>
  );
}

function Paging({ page, pages, filter, order }: CaseListProps) {
  if (pages <= 1) return null;
  const to = (n: number) => listAddress(filter, { order, page: String(n) });
  return (
    <Govuk
      is="pagination"
      options={{
        ...(page > 1 && { previous: { href: to(page - 1) } }),
        ...(page < pages && { next: { href: to(page + 1) } }),
      }}
    />
  );
}
