import { raw } from "hono/html";
import type { CivilDate, Problem } from "../../kernel/index.js";
import { ErrorSummary, Govuk, Table, tag } from "../../platform/pages/index.js";
import { interestWords } from "./interests.js";
import { type CharterStatus, charterStatus } from "./officer.js";
import type { PublicCharter } from "./service-officers.js";
import type { KeptOfficer } from "./store-officers.js";
import { capital, dayWords } from "./web-shared.js";

const statusWords: Readonly<Record<CharterStatus, readonly [string, string]>> = {
  chartered: ["Chartered", "green"],
  "not-yet": ["Not yet chartered", "grey"],
  lapsed: ["Lapsed", "red"],
  suspended: ["Suspended", "red"],
};

/** The state of a charter as a label. */
export function CharterTag({ status }: { status: CharterStatus }) {
  const [text, colour] = statusWords[status];
  return raw(tag(text, colour));
}

interface CheckProps {
  readonly number: string;
  readonly found: PublicCharter | null;
  readonly problems: readonly Problem[];
}

/** Anybody's check of a charter number. */
export function CharterCheckContent({ number, found, problems }: CheckProps) {
  const errors = problems.map(({ message, remedy }) => ({
    href: "#number",
    text: `${capital(message)}. ${remedy}`,
  }));
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-xl">Check a charter</h1>
        <p class="govuk-body">
          Whoever audits a school shows a charter number. Here you can see whose it is and whether it holds today.
        </p>
        <form method="get" action="/safeguarding/charters" novalidate>
          <Govuk
            is="input"
            options={{
              ...{ id: "number", name: "number", value: number, classes: "govuk-input--width-10", autocomplete: "off" },
              label: { text: "Charter number", classes: "govuk-label--s" },
              hint: { text: "CSO, six digits and a letter" },
              ...(errors.length > 0 && { errorMessage: { text: errors[0]!.text } }),
            }}
          />
          <Govuk is="button" options={{ text: "Check" }} />
        </form>
        {found && (
          <>
            <h2 class="govuk-heading-m">{found.charter}</h2>
            <Govuk
              is="summary-list"
              options={{
                rows: [
                  { key: { text: "Name" }, value: { text: found.name } },
                  { key: { text: "State today" }, value: { html: tag(...statusWords[found.status]) } },
                  { key: { text: "Chartered from" }, value: { text: dayWords(found.from) } },
                  { key: { text: "Until, and not on" }, value: { text: dayWords(found.until) } },
                ],
              }}
            />
          </>
        )}
      </div>
    </div>
  );
}

/** Officers, for whoever may change them. */
export function OfficersTable({ officers, today }: { officers: readonly KeptOfficer[]; today: CivilDate }) {
  return (
    <Table
      caption="Chartered officers"
      captionHidden
      columns={[
        {
          heading: "Name",
          cell: ({ name, charter }) => (
            <>
              <a class="govuk-link" href={`/safeguarding/officers/${charter}`}>
                {name}
              </a>
              , {charter}
            </>
          ),
        },
        { heading: "State", cell: (officer) => <CharterTag status={charterStatus(officer, today)} /> },
        { heading: "Until", cell: ({ chartered }) => dayWords(chartered.to) },
        { heading: "From", cell: ({ baseName }) => baseName },
        { heading: "Days a year", numeric: true, cell: ({ daysPerYear }) => String(daysPerYear) },
        {
          heading: "Interests",
          cell: ({ interests }) =>
            interests.length === 0
              ? "None declared"
              : capital(interests.map(({ kind }) => interestWords[kind]).join("; ")),
        },
      ]}
      rows={officers}
      small
    />
  );
}
