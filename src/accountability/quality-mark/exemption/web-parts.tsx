import { type CivilDate, dateInWords, valueOn } from "../../../kernel/index.js";
import { Form } from "../../../platform/http/index.js";
import {
  ErrorSummary,
  errorsOf,
  FileField,
  Govuk,
  RadioField,
  Table,
  TextField,
} from "../../../platform/pages/index.js";
import { exemptionExamples } from "./examples.js";
import { visitPurposes } from "./parameters.js";
import type { ListedAnswer } from "./service.js";
import type { Enquiry } from "./store.js";

/** What was asked, and what is wrong with it. */
export interface Asked {
  readonly urn: string;
  readonly purpose: string;
  readonly note: string;
  readonly problems: readonly { readonly message: string; readonly remedy: string; readonly field: string }[];
}

/** An answer as it is shown. */
interface Shown {
  readonly urn: string;
  readonly name?: string;
  readonly mayVisit: boolean;
  readonly reason: string;
  readonly countedUrn: string;
}

/** The answer, large. */
export function AnswerPanel({ urn, name, mayVisit, reason, countedUrn }: Shown) {
  return (
    <section class={`site-decision site-decision--${mayVisit ? "refused" : "awarded"}`} aria-labelledby="answer">
      <h2 class="govuk-heading-m" id="answer">
        {mayVisit ? "A visit may take place" : "No visit may take place"}
      </h2>
      <p class="govuk-body">
        {name === undefined ? `School ${urn}` : `${name}, URN ${urn}`}. {reason}
      </p>
      {countedUrn !== urn && (
        <p class="govuk-body">{`It is the same school as URN ${countedUrn}, whose mark counts.`}</p>
      )}
    </section>
  );
}

function Purposes({ on, asked, error }: { on: CivilDate; asked: string; error: string | undefined }) {
  return (
    <RadioField
      id="purpose"
      label="What is the visit for?"
      value={asked}
      error={error}
      items={valueOn(visitPurposes, on).value.map(({ code, label, accountability }) => ({
        ...{ value: code, text: label },
        hint: accountability ? "External accountability" : "Not accountability: no mark stands against it",
      }))}
    />
  );
}

/** The form for agencies, whose enquiry is recorded; for everybody else one that only looks. */
export function AskForm({ on, asked, csrf }: { on: CivilDate; asked: Asked; csrf: string | null }) {
  const { of } = errorsOf(asked.problems);
  const fields = (
    <>
      <TextField
        id="urn"
        label="URN of the school"
        hint="Six digits"
        width={10}
        numeric
        value={asked.urn}
        error={of.urn}
      />
      <Purposes on={on} asked={asked.purpose} error={of.purpose} />
      {csrf !== null && (
        <TextField
          id="note"
          label="Your reference (optional)"
          hint="Shown to the school with the enquiry"
          value={asked.note}
          error={of.note}
        />
      )}
      <Govuk is="button" options={{ text: csrf === null ? "Look it up" : "Ask" }} />
    </>
  );
  return csrf === null ? (
    <form method="get" action="/exemption" novalidate>
      {fields}
    </form>
  ) : (
    <Form action="/exemption" csrf={csrf}>
      {fields}
    </Form>
  );
}

/** The examples of the rule. */
function Examples() {
  return (
    <>
      <h2 class="govuk-heading-l">Examples</h2>
      <Table
        caption="Enquiries about made-up schools and their answers"
        captionHidden
        rows={exemptionExamples}
        columns={[
          { heading: "Enquiry", cell: ({ title }) => title },
          {
            heading: "Answer",
            cell: ({ mayVisit }) => (mayVisit ? "A visit may take place" : "No visit may take place"),
          },
          { heading: "Because", cell: ({ because }) => because },
        ]}
      />
    </>
  );
}

/** The page of the register. */
export function ExemptionPage(props: {
  on: CivilDate;
  asked: Asked;
  csrf: string | null;
  answer: Shown | null;
  own: readonly Enquiry[];
}) {
  const { on, asked, csrf, answer, own } = props;
  return (
    <>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <ErrorSummary errors={errorsOf(asked.problems).summary} />
          <h1 class="govuk-heading-xl">May this school be visited?</h1>
          <p class="govuk-body-l">
            A school that holds the Quality Mark answers to no other external accountability. Before an agency visits a
            school, it asks here.
          </p>
          {answer && <AnswerPanel {...answer} />}
          <h2 class="govuk-heading-m">{csrf === null ? "Look a school up" : "Ask about a school"}</h2>
          <p class="govuk-body">
            {csrf === null
              ? "Nothing is recorded. An agency that means to visit signs in, so that its enquiry and the answer stand on record."
              : "Your enquiry and the answer are recorded. The school and its region’s office see them."}
          </p>
          <AskForm on={on} asked={asked} csrf={csrf} />
          {csrf !== null && (
            <p class="govuk-body">
              <a class="govuk-link" href="/exemption/list">
                Ask about a list of schools
              </a>
            </p>
          )}
        </div>
      </div>
      {own.length > 0 && (
        <>
          <h2 class="govuk-heading-l">Your enquiries</h2>
          <EnquiryTable enquiries={own} caption="Your newest enquiries" links />
        </>
      )}
      <Examples />
    </>
  );
}

/** The time of day with the day, in words. */
const moment = (at: string) => `${dateInWords(at.slice(0, 10) as CivilDate)}, ${at.slice(11, 16)}`;

const purposeLabel = (code: string, at: string) =>
  valueOn(visitPurposes, at.slice(0, 10) as CivilDate).value.find((one) => one.code === code)?.label ?? code;

/** Enquiries, the newest first. */
export function EnquiryTable({
  enquiries,
  caption,
  links,
}: {
  enquiries: readonly Enquiry[];
  caption: string;
  links?: boolean;
}) {
  if (enquiries.length === 0) return <p class="govuk-body">Nobody has asked.</p>;
  return (
    <Table
      caption={caption}
      captionHidden
      small
      rows={enquiries}
      columns={[
        {
          heading: "School",
          cell: ({ urn, version }) =>
            links ? (
              <a class="govuk-link" href={`/exemption/asked/${urn}/${version}`}>
                {urn}
              </a>
            ) : (
              urn
            ),
        },
        { heading: "When", cell: ({ askedAt }) => moment(askedAt) },
        { heading: "Who", cell: ({ agency, note }) => (note === null ? agency : `${agency} (${note})`) },
        { heading: "What for", cell: ({ purpose, askedAt }) => purposeLabel(purpose, askedAt) },
        { heading: "Answer", cell: ({ mayVisit }) => (mayVisit ? "May take place" : "May not take place") },
        { heading: "Until", cell: ({ until }) => (until === null ? "" : dateInWords(until)) },
      ]}
    />
  );
}

/** One enquiry on record. */
export function EnquiryPage({ enquiry }: { enquiry: Enquiry }) {
  const { urn, version, agency, purpose, note, askedAt, until } = enquiry;
  const rows = [
    ["Enquiry", `${version} about URN ${urn}`],
    ["Asked by", agency],
    ["Asked", moment(askedAt)],
    ["For", purposeLabel(purpose, askedAt)],
    ["Reference", note ?? "None given"],
    ["Until", until === null ? "No exemption" : `${dateInWords(until)}, and from that day no longer`],
  ] as const;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">An enquiry and its answer</h1>
        <AnswerPanel {...enquiry} />
        <Govuk
          is="summary-list"
          options={{ rows: rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } })) }}
        />
      </div>
    </div>
  );
}

/** The form for a list, and the answers to one. */
export function ListPage(props: {
  on: CivilDate;
  csrf: string;
  purpose: string;
  problems: Asked["problems"];
  answers: readonly { readonly urn: string; readonly answer: ListedAnswer }[] | null;
}) {
  const { on, csrf, purpose, problems, answers } = props;
  const { of, summary } = errorsOf(problems);
  return (
    <>
      <ErrorSummary errors={summary} />
      <h1 class="govuk-heading-xl">Ask about a list of schools</h1>
      {answers !== null && (
        <Table
          caption="Answers, in the order of the list"
          rows={answers}
          columns={[
            { heading: "URN", cell: ({ urn }) => urn },
            { heading: "School", cell: ({ answer }) => (answer.ok ? answer.value.name : "Not in the register") },
            {
              heading: "A visit",
              cell: ({ answer }) => (answer.ok ? (answer.value.mayVisit ? "May take place" : "May not") : ""),
            },
            { heading: "Why", cell: ({ answer }) => (answer.ok ? answer.value.reason : answer.error.message) },
            {
              heading: "Same school as",
              cell: ({ answer }) =>
                answer.ok ? answer.value.sameSchool.filter((one) => one !== answer.value.urn).join(", ") : "",
            },
          ]}
        />
      )}
      <Form action="/exemption/list" csrf={csrf} multipart>
        <FileField
          id="list"
          label="The list"
          hint="A CSV file with a column called urn, of at most 5 megabytes"
          accept={["text/csv", ".csv"]}
          error={of.list}
        />
        <Purposes on={on} asked={purpose} error={of.purpose} />
        <Govuk is="button" options={{ text: "Ask about them all", preventDoubleClick: true }} />
      </Form>
    </>
  );
}
