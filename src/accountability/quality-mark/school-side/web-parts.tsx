import type { Child } from "hono/jsx";
import { type CivilDate, dateInWords, valueOn } from "../../../kernel/index.js";
import { Form } from "../../../platform/http/index.js";
import {
  DateField,
  ErrorSummary,
  errorsOf,
  FileField,
  Govuk,
  RadioField,
  TextArea,
  TextField,
} from "../../../platform/pages/index.js";
import { correctionReasons } from "../../value-added/index.js";
import { yearInAddress } from "../cases/academic-years.js";
import { appealGrounds } from "./appeal-grounds.js";
import type { TypedCorrection } from "./correction-check.js";
import type { EvidenceAsked } from "./correction-evidence.js";
import type { SchoolView } from "./service.js";
import type { KeptCorrection, KeptDocument } from "./store.js";
import type { CorrectionState } from "./tables.js";

/** What is wrong with a form. */
export type Problems = readonly { readonly message: string; readonly remedy: string; readonly field?: string }[];

/** Types of documents, as a file chooser has them. */
export const accepted = [".pdf", ".png", ".jpg", ".jpeg"];

/** A reason's label on a day. */
export const reasonLabel = (code: string, on: CivilDate) =>
  valueOn(correctionReasons, on).value.find((one) => one.code === code)?.label ?? code;

const states: Readonly<Record<CorrectionState, { readonly text: string; readonly classes: string }>> = {
  draft: { text: "Not raised yet", classes: "govuk-tag--grey" },
  raised: { text: "Raised", classes: "govuk-tag--blue" },
  accepted: { text: "Accepted", classes: "govuk-tag--green" },
  refused: { text: "Refused", classes: "govuk-tag--red" },
  dropped: { text: "Withdrawn", classes: "govuk-tag--grey" },
};

/** A correction's state as a tag. */
export const stateTag = (state: CorrectionState) => states[state];

/** A file of a case that can be read. */
export function DocumentList({ documents }: { documents: readonly KeptDocument[] }) {
  if (documents.length === 0) return <p class="govuk-body">There are no documents.</p>;
  return (
    <ul class="govuk-list govuk-list--bullet">
      {documents.map(({ id, name, storedAt }) => (
        <li>
          <a class="govuk-link" href={`/case-documents/${id}`}>
            {name}
          </a>
          {`, ${dateInWords(storedAt.slice(0, 10) as CivilDate)}`}
        </li>
      ))}
    </ul>
  );
}

/** The address of a page about a school's own case, of the newest review or of an earlier one. */
export function caseHref({ found, cases }: Pick<SchoolView, "found" | "cases">, path = ""): string {
  const { urn, academicYear } = found;
  const isNewest = cases[0]?.academicYear === academicYear;
  const separator = path.includes("?") ? "&" : "?";
  return `/my-school/${urn}${path}${isNewest ? "" : `${separator}year=${yearInAddress(academicYear)}`}`;
}

/** The choice of the reason, which says what else is asked. */
export function ReasonForm({ view, on }: { view: SchoolView; on: CivilDate }) {
  const { urn, academicYear } = view.found;
  return (
    <form method="get" action={`/my-school/${urn}/corrections/new`} novalidate>
      <input type="hidden" name="year" value={yearInAddress(academicYear)} />
      <RadioField
        id="reason"
        label="Why was the pupil counted wrongly?"
        items={valueOn(correctionReasons, on).value.map(({ code, label }) => ({
          value: code,
          text: label[0]!.toUpperCase() + label.slice(1),
        }))}
      />
      <Govuk is="button" options={{ text: "Continue" }} />
    </form>
  );
}

/** How many shares of time can be stated. */
export const shareRows = 3;

/** What a correction asks: the pupil, the facts and documents of its reason, and what shall be done. */
export function CorrectionForm(props: {
  view: SchoolView;
  on: CivilDate;
  asked: EvidenceAsked;
  typed: TypedCorrection;
  reference: string;
  hint: string | null;
  problems: Problems;
  csrf: string;
}) {
  const { view, on, asked, typed, reference, hint, problems, csrf } = props;
  const { of } = errorsOf(problems);
  const reason = valueOn(correctionReasons, on).value.find(({ code }) => code === asked.reason)!;
  return (
    <Form action={caseHref(view, `/corrections/new?reason=${asked.reason}`)} csrf={csrf} multipart>
      <TextField
        id="pupil"
        label="The pupil’s reference in the pupil files"
        hint={`It is turned into a code at once and not kept; you will see its last three characters.${hint === null ? "" : ` ${hint}`}`}
        width={20}
        value={reference}
        error={of.pupil}
      />
      {asked.facts.map(({ name, label, kind, hint: how }) =>
        kind === "date" ? (
          <DateField
            id={`fact-${name}`}
            label={label}
            hint={how}
            value={typed.facts[name] ?? ""}
            error={of[`fact-${name}`]}
          />
        ) : (
          <TextField
            id={`fact-${name}`}
            label={label}
            hint={how}
            value={typed.facts[name] ?? ""}
            error={of[`fact-${name}`]}
          />
        ),
      )}
      {reason.actions.length > 1 ? (
        <RadioField
          id="action"
          label="What shall be done?"
          value={typed.action}
          error={of.action}
          items={[
            { value: "leave-out", text: "Leave the pupil out" },
            { value: "shares", text: "Count the pupil by the shares below" },
          ]}
        />
      ) : (
        <input type="hidden" name="action" value={reason.actions[0]} />
      )}
      {reason.actions.includes("shares") && (
        <fieldset class="govuk-fieldset">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Shares of the pupil’s time</legend>
          <div class="govuk-hint">What is missing to 100 counts for no school.</div>
          {Array.from({ length: shareRows }, (_, i) => (
            <div class="site-search">
              <TextField
                id={`share-urn-${i}`}
                label={`URN ${i + 1}`}
                width={10}
                value={typed.shares[i]?.urn ?? (i === 0 ? view.found.urn : "")}
                error={of[`share-urn-${i}`]}
              />
              <TextField
                id={`share-${i}`}
                label={`Percentage ${i + 1}`}
                width={4}
                value={typed.shares[i]?.percent ?? ""}
                error={of[`share-${i}`]}
              />
            </div>
          ))}
        </fieldset>
      )}
      <TextArea
        id="words"
        label={reason.needsWords ? "In your words" : "Anything to add (optional)"}
        hint="Don’t name the pupil."
        rows={3}
        value={typed.words}
        error={of.words}
      />
      <FileField
        id="documents"
        label="Documents"
        hint={`They have to show ${asked.documents.join("; ")}. PDF, PNG or JPEG of at most 5 megabytes. You can add them later.`}
        accept={accepted}
        multiple
        error={of.documents}
      />
      <Govuk is="button" options={{ text: "See what it would change", preventDoubleClick: true }} />
    </Form>
  );
}

/** A page with a form: heading, errors, and what is handed in. */
export function FormPage({
  caption,
  heading,
  problems,
  children,
}: {
  caption: string;
  heading: string;
  problems: Problems;
  children?: Child;
}) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errorsOf(problems).summary} />
        <span class="govuk-caption-xl">{caption}</span>
        <h1 class="govuk-heading-xl">{heading}</h1>
        {children}
      </div>
    </div>
  );
}

/** The facts that a correction states. */
export function CorrectionFacts({
  correction,
  asked,
  on,
}: {
  correction: KeptCorrection;
  asked: EvidenceAsked | null;
  on: CivilDate;
}) {
  const labels = new Map(asked?.facts.map(({ name, label }) => [name, label]));
  const rows: readonly (readonly [string, string])[] = [
    ["Pupil", `Reference ending in ${correction.hint}`],
    ["Reason", reasonLabel(correction.reason, on)],
    [
      "What shall be done",
      correction.action === "leave-out"
        ? "Leave the pupil out"
        : correction.shares.map(({ urn, share }) => `${Math.round(share * 1000) / 10}% at ${urn}`).join(", "),
    ],
    ...Object.entries(correction.facts).map(([name, value]) => [labels.get(name) ?? name, value] as const),
    ...(correction.words === "" ? [] : [["Words", correction.words] as const]),
  ];
  return (
    <Govuk
      is="summary-list"
      options={{ rows: rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } })) }}
    />
  );
}

/** The form of an appeal. */
export function AppealFields({
  on,
  ground,
  words,
  problems,
}: {
  on: CivilDate;
  ground: string;
  words: string;
  problems: Problems;
}) {
  const { of } = errorsOf(problems);
  return (
    <>
      <RadioField
        id="ground"
        label="On what ground?"
        value={ground}
        error={of.ground}
        items={valueOn(appealGrounds, on).value.map(({ code, label, hint }) => ({ value: code, text: label, hint }))}
      />
      <TextArea id="words" label="What is wrong, and what should have been decided" value={words} error={of.words} />
      <FileField
        id="documents"
        label="Documents (optional)"
        hint="PDF, PNG or JPEG of at most 5 megabytes"
        accept={accepted}
        multiple
        error={of.documents}
      />
    </>
  );
}
