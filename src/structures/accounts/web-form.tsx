import { type CivilDate, dateInWords } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import {
  DateField,
  ErrorSummary,
  errorsOf,
  FileField,
  Govuk,
  RadioField,
  TextArea,
  TextField,
} from "../../platform/pages/index.js";
import { opinions, regularities, type TypedFiling } from "./opinion.js";
import type { AccountsRecord } from "./service.js";
import type { Draft } from "./store-drafts.js";
import { opinionWords, regularityWords, yearOf } from "./web-words.js";

/** What a form was filled with and what is wrong with it. */
export interface FormState {
  readonly typed: TypedFiling;
  readonly problems: readonly { readonly message: string; readonly remedy: string; readonly field?: string }[];
  /** A document that came with an earlier draft. */
  readonly documentKept: string | null;
  readonly draft: string | null;
}

const nothing: TypedFiling = {
  ...{
    yearEnd: "",
    opinion: "",
    grounds: "",
    regularity: "",
    regularityGrounds: "",
    signedOn: "",
    auditor: "",
    documentSha256: "",
  },
};

/** The form filled with the filing that is being corrected, or with nothing. */
export function emptyForm(record: AccountsRecord): FormState {
  const [filed] = record.filings;
  const typed: TypedFiling = filed
    ? {
        ...{
          yearEnd: filed.yearEnd,
          opinion: filed.opinion,
          grounds: filed.grounds ?? "",
          regularity: filed.regularity,
        },
        ...{ regularityGrounds: filed.regularityGrounds ?? "", signedOn: filed.signedOn, auditor: filed.auditor },
        documentSha256: "",
      }
    : nothing;
  return { typed, problems: [], documentKept: null, draft: null };
}

/** The address of the accounts of a body and year. */
export const addressOf = (body: string, yearEnd: CivilDate) => `/accounts/${body}/${yearOf(yearEnd)}`;

/** What a filing asks. */
export function FilingForm({
  record,
  yearEnd,
  state,
  csrf,
}: {
  record: AccountsRecord;
  yearEnd: CivilDate;
  state: FormState;
  csrf: string;
}) {
  const { due } = record;
  const { of, summary } = errorsOf(state.problems);
  const { typed } = state;
  const isTrust = due.body.startsWith("trust-");
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={summary} />
        <span class="govuk-caption-xl">{due.name}</span>
        <h1 class="govuk-heading-xl">
          {record.filings.length > 0 ? "Correct the filing of the accounts" : "File the auditor’s opinion"} to{" "}
          {dateInWords(yearEnd)}
        </h1>
        {record.filings.length > 0 && (
          <Govuk
            is="inset-text"
            options={{
              text: "The earlier filing stays on record beside the correction. The document has to be handed in again.",
            }}
          />
        )}
        <Form action={`${addressOf(due.body, yearEnd)}/file`} csrf={csrf} multipart>
          <input type="hidden" name="draft" value={state.draft ?? ""} />
          <DateField
            id="yearEnd"
            label="The day on which the year of these accounts ended"
            hint="As printed on the accounts"
            value={typed.yearEnd}
            error={of.yearEnd}
          />
          <RadioField
            id="opinion"
            label="The auditor’s opinion"
            value={typed.opinion}
            error={of.opinion}
            items={opinions.map((value) => ({ value, ...opinionWords[value] }))}
          />
          <TextArea
            id="grounds"
            label="The auditor’s basis for it"
            hint="Leave it empty for an unqualified opinion"
            value={typed.grounds}
            error={of.grounds}
          />
          <RadioField
            id="regularity"
            label="The conclusion on regularity"
            value={typed.regularity}
            error={of.regularity}
            items={regularities
              .filter((one) => !isTrust || one !== "not-applicable")
              .map((value) => ({ value, ...regularityWords[value] }))}
          />
          <TextArea
            id="regularityGrounds"
            label="What was irregular"
            hint="Leave it empty where the conclusion is clean"
            rows={3}
            value={typed.regularityGrounds}
            error={of.regularityGrounds}
          />
          <DateField
            id="signedOn"
            label="The day on which the auditor signed"
            hint="At the end of the auditor’s report"
            value={typed.signedOn}
            error={of.signedOn}
          />
          <TextField
            id="auditor"
            label="The auditor"
            hint="The firm, as in the report"
            value={typed.auditor}
            error={of.auditor}
          />
          <FileField
            id="document"
            label="The signed accounts"
            hint={
              state.documentKept === null
                ? "A PDF of at most 10 megabytes"
                : `${state.documentKept} is here already. Choose another only to replace it.`
            }
            accept={["application/pdf"]}
            error={of.documentSha256 ?? of.document}
          />
          <Govuk is="button" options={{ text: "Continue", preventDoubleClick: true }} />
        </Form>
      </div>
    </div>
  );
}

/** The rows of a filing, for the check and for the record. */
export function filingRows(
  typed: TypedFiling,
  documentName: string | null,
): readonly { readonly key: string; readonly value: string; readonly field: string }[] {
  const day = (text: string) => dateInWords(text as CivilDate);
  return [
    { key: "Year ended", value: day(typed.yearEnd), field: "yearEnd" },
    { key: "Opinion", value: opinionWords[typed.opinion as keyof typeof opinionWords].text, field: "opinion" },
    ...(typed.grounds === "" ? [] : [{ key: "Basis", value: typed.grounds, field: "grounds" }]),
    {
      key: "Regularity",
      value: regularityWords[(typed.regularity || "not-applicable") as keyof typeof regularityWords].text,
      field: "regularity",
    },
    ...(typed.regularityGrounds === ""
      ? []
      : [{ key: "What was irregular", value: typed.regularityGrounds, field: "regularityGrounds" }]),
    { key: "Signed", value: day(typed.signedOn), field: "signedOn" },
    { key: "Auditor", value: typed.auditor, field: "auditor" },
    { key: "Document", value: documentName ?? "None", field: "document" },
  ];
}

/** "Check your answers": what will be filed, each with a way back to it. */
export function CheckAnswers({
  record,
  yearEnd,
  draft,
  csrf,
}: {
  record: AccountsRecord;
  yearEnd: CivilDate;
  draft: Draft;
  csrf: string;
}) {
  const address = addressOf(record.due.body, yearEnd);
  const schools = record.due.schools === 1 ? "1 school" : `${record.due.schools} schools`;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-xl">{record.due.name}</span>
        <h1 class="govuk-heading-xl">Check your answers</h1>
        <Govuk
          is="summary-list"
          options={{
            rows: filingRows(draft.typed, draft.documentName).map(({ key, value, field }) => ({
              key: { text: key },
              value: { text: value },
              actions: {
                items: [
                  {
                    text: "Change",
                    href: `${address}/file?draft=${draft.id}#${field}`,
                    visuallyHiddenText: key.toLowerCase(),
                  },
                ],
              },
            })),
          }}
        />
        <h2 class="govuk-heading-m">Now file it</h2>
        <p class="govuk-body">
          {`By filing you say that this is the auditor’s opinion as signed. It reaches ${schools}, and what they are awarded rests on it.`}
        </p>
        <Form action={`${address}/check/${draft.id}`} csrf={csrf} version={record.filings[0]?.version ?? 0}>
          <Govuk
            is="button"
            options={{
              text: record.filings.length > 0 ? "File the correction" : "File the opinion",
              preventDoubleClick: true,
            }}
          />
        </Form>
      </div>
    </div>
  );
}
