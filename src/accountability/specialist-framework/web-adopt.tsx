import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link } from "../../platform/pages/index.js";
import type { StoredConsultation } from "./store.js";
import type { FrameworkFields } from "./web-form.js";
import { agreementWords, kindWords } from "./web-words.js";

/** Rows for criteria on the form; more can be added by sending it once and changing it. */
const rowsOffered = 8;

interface AdoptProps {
  /** Those with a report. */
  readonly consultations: readonly StoredConsultation[];
  /** Ids of the measures that are admitted now. */
  readonly measures: readonly string[];
  readonly fields: FrameworkFields;
  readonly errors: readonly Link[];
  readonly csrf: string;
}

/** The form with which the group adopts a framework. */
export function AdoptContent({ consultations, measures, fields, errors, csrf }: AdoptProps) {
  const rows = Math.max(rowsOffered, fields.criterion.length + 2);
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">Adopt a framework</h1>
      <p class="govuk-body">
        Each criterion rests on a statement that the group agreed on, or says why it is in without; and is read through
        a measure that the register of measures admits. From its first day the Quality Mark judges these schools by it.
      </p>
      {consultations.flatMap(({ title, report }) =>
        (report?.statements ?? []).map(({ statement, agreement }) => (
          <p class="govuk-body-s">{`${title}, statement ${statement.number} (${agreementWords[agreement].text.toLowerCase()}): ${statement.words}`}</p>
        )),
      )}
      <p class="govuk-body-s">{`Admitted measures: ${measures.join(", ") || "none yet; propose one to the register first"}.`}</p>
      <Form action="/specialist-framework/group/adopt" csrf={csrf}>
        <input type="hidden" name="version" value={fields.version} />
        <Govuk is="input" options={{ id: "title", name: "title", value: fields.title, label: { text: "Title" } }} />
        <Govuk
          is="select"
          options={{
            ...{ id: "consultation", name: "consultation", value: fields.consultation },
            label: { text: "It rests on" },
            items: consultations.map(({ id, title }) => ({ value: id, text: title })),
          }}
        />
        <Govuk
          is="checkboxes"
          options={{
            ...{ idPrefix: "kinds", name: "kinds", values: fields.kinds },
            fieldset: { legend: { text: "It is for", classes: "govuk-fieldset__legend--s" } },
            items: Object.entries(kindWords).map(([value, text]) => ({ value, text })),
          }}
        />
        <Govuk
          is="input"
          options={{
            ...{ id: "from", name: "from", value: fields.from, classes: "govuk-input--width-10" },
            ...{ label: { text: "First day" }, hint: { text: "As 2027-09-01" } },
          }}
        />
        {Array.from({ length: rows }, (_, i) => (
          <CriterionRow fields={fields} row={i} />
        ))}
        <Govuk is="button" options={{ text: "Adopt the framework", classes: "govuk-button--warning" }} />
      </Form>
    </>
  );
}

function CriterionRow({ fields, row }: { fields: FrameworkFields; row: number }) {
  const input = (
    name: "criterion" | "heading" | "measure" | "statement" | "without" | "question",
    label: string,
    width = "",
  ) => (
    <Govuk
      is="input"
      options={{
        ...{ id: `${name}-${row + 1}`, name, value: fields[name][row] ?? "", classes: width },
        label: { text: label },
      }}
    />
  );
  return (
    <details class="govuk-details" open={row === 0 || (fields.criterion[row] ?? "") !== ""}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{`Criterion ${row + 1}`}</span>
      </summary>
      <div class="govuk-details__text">
        {input("criterion", `Short name of criterion ${row + 1}, as progress-made`, "govuk-input--width-20")}
        {input("heading", `Title of criterion ${row + 1}`)}
        {input("question", `What is asked of the school under criterion ${row + 1}`)}
        <Govuk
          is="textarea"
          options={{
            ...{ id: `evidence-${row + 1}`, name: "evidence", value: fields.evidence[row] ?? "", rows: "3" },
            label: { text: `What shows criterion ${row + 1}, one kind of evidence a line` },
          }}
        />
        <Govuk
          is="select"
          options={{
            ...{ id: `required-${row + 1}`, name: "required", value: fields.required[row] ?? "yes" },
            label: { text: `Is criterion ${row + 1} required?` },
            items: [
              { value: "yes", text: "Yes: the mark is refused without it" },
              { value: "no", text: "No: it is said and weighs nothing" },
            ],
          }}
        />
        {input(
          "measure",
          `Measure of the register through which criterion ${row + 1} is read`,
          "govuk-input--width-20",
        )}
        {input("statement", `Number of the statement that criterion ${row + 1} rests on`, "govuk-input--width-3")}
        {input("without", `Why criterion ${row + 1} is in without agreement, if it is`)}
      </div>
    </details>
  );
}
