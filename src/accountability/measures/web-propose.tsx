import type { Problem, Result } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link } from "../../platform/pages/index.js";
import type { MeasureRefusal } from "./admissible.js";
import type { ProposedMeasure } from "./proposed-measure.js";
import { basisWords, consequenceWords, kindWords, outcomeRows, type ProposalFields } from "./web-form.js";
import { Reasons, Sentences } from "./web-list.js";
import { DeclarationList } from "./web-measure.js";

interface ProposeProps {
  readonly fields: ProposalFields;
  readonly errors: readonly Link[];
  readonly csrf: string;
}

type TextField = Exclude<keyof ProposalFields, "kinds" | "outcome" | "stage" | "aspect">;

/** The form of a proposal. It is judged before anything is kept. */
export function ProposeContent({ fields, errors, csrf }: ProposeProps) {
  const errorOf = (id: string) => {
    const found = errors.find(({ href }) => href === `#${id}`);
    return found ? { errorMessage: { text: found.text } } : {};
  };
  const input = (id: TextField, label: string, hint: string, width = "") => (
    <Govuk
      is="input"
      options={{
        ...{ id, name: id, value: fields[id], classes: width, label: { text: label, classes: "govuk-label--s" } },
        ...(hint !== "" && { hint: { text: hint } }),
        ...errorOf(id),
      }}
    />
  );
  const radios = (name: TextField, legend: string, words: Readonly<Record<string, string>>) => (
    <Govuk
      is="radios"
      options={{
        ...{ idPrefix: name, name, value: fields[name] },
        fieldset: { legend: { text: legend, classes: "govuk-fieldset__legend--s" } },
        items: Object.entries(words).map(([value, text]) => ({ value, text })),
        ...errorOf(name),
      }}
    />
  );
  const yesNo = { yes: "Yes", no: "No" };
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-xl">Propose a measure</h1>
        <p class="govuk-body">You will see what the rules say of it before anything is kept.</p>
        <Form action="/measures/propose" csrf={csrf}>
          <input type="hidden" name="version" value={fields.version} />
          {input("title", "Title", "")}
          {input(
            "id",
            "Short name",
            "Small letters, digits and hyphens, as value-added-primary. It never changes.",
            "govuk-input--width-20",
          )}
          {radios("basis", "What is it made of?", basisWords)}
          <Govuk
            is="textarea"
            options={{
              ...{ id: "reads", name: "reads", value: fields.reads, rows: "4" },
              label: { text: "What does it read?", classes: "govuk-label--s" },
              hint: { text: "Files, returns or other measures, one a line." },
              ...errorOf("reads"),
            }}
          />
          <Govuk
            is="checkboxes"
            options={{
              ...{ idPrefix: "kinds", name: "kinds", values: fields.kinds },
              fieldset: { legend: { text: "Whom does it cover?", classes: "govuk-fieldset__legend--s" } },
              items: Object.entries(kindWords).map(([value, text]) => ({ value, text })),
              ...errorOf("kinds"),
            }}
          />
          {input("pupils", "Which pupils count?", "As pupils at the end of Key Stage 2")}
          {input("leavesOut", "Whom does it leave out?", "Leave it empty where nobody is left out.")}
          <Outcomes fields={fields} errors={errors} />
          {radios("prior", "Does it take earlier attainment into account?", yesNo)}
          {input("years", "How many years are looked at together?", "", "govuk-input--width-2")}
          {radios("weighted", "Are pupils weighted by their time in the school?", yesNo)}
          {input("threshold", "Where is its line?", "Leave it empty where it draws none.", "govuk-input--width-5")}
          {input("unit", "Unit of the line", "As standard deviations, or % of pupils", "govuk-input--width-20")}
          {radios("consequence", "What follows for a school?", consequenceWords)}
          {input("from", "First day", "As 2027-09-01", "govuk-input--width-10")}
          <Govuk is="button" options={{ text: "See what the rules say" }} />
        </Form>
      </div>
    </div>
  );
}

function Outcomes({ fields, errors }: Omit<ProposeProps, "csrf">) {
  const cell = (name: "outcome" | "stage" | "aspect", row: number, label: string, width: string) => {
    const id = `${name}-${row + 1}`;
    const found = errors.find(({ href }) => href === `#${id}`);
    return (
      <Govuk
        is="input"
        options={{
          ...{ id, name, value: fields[name][row] ?? "", classes: width, label: { text: label } },
          ...(found && { errorMessage: { text: found.text } }),
        }}
      />
    );
  };
  return (
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Which results is it made of?</legend>
      <p class="govuk-hint">
        Write "all subjects" as the aspect of an outcome that is made of all a pupil's subjects. A judgement has none.
      </p>
      {Array.from({ length: Math.max(outcomeRows, fields.outcome.length) }, (_, i) => (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-one-half">{cell("outcome", i, `Outcome ${i + 1}`, "")}</div>
          <div class="govuk-grid-column-one-quarter">
            {cell("stage", i, `Key stage of outcome ${i + 1}, 0 to 5`, "govuk-input--width-2")}
          </div>
          <div class="govuk-grid-column-one-quarter">{cell("aspect", i, `Aspect of outcome ${i + 1}`, "")}</div>
        </div>
      ))}
    </fieldset>
  );
}

interface JudgedProps {
  readonly proposed: ProposedMeasure;
  readonly judged: Result<readonly string[], readonly MeasureRefusal[]>;
  readonly fields: ProposalFields;
  readonly csrf: string;
}

/** What the rules say of a proposal, before it is kept. */
export function JudgedContent({ proposed, judged, fields, csrf }: JudgedProps) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">{judged.ok ? "The rules admit it" : "The rules refuse it"}</h1>
        {judged.ok ? <Sentences sentences={judged.value} /> : <Reasons reasons={judged.error} />}
        <h2 class="govuk-heading-m">{proposed.title}</h2>
        <DeclarationList proposed={proposed} />
        <Form action="/measures" csrf={csrf}>
          <HiddenFields fields={fields} />
          <p class="govuk-body">
            {judged.ok
              ? "Keep it in the register as admitted, with your name."
              : "A refusal is kept too, with its reasons and your name, so that nobody has to ask twice."}
          </p>
          <Govuk is="button" options={{ text: judged.ok ? "Admit the measure" : "Keep the refusal" }} />
        </Form>
        <Form action="/measures/propose/change" csrf={csrf}>
          <HiddenFields fields={fields} />
          <Govuk is="button" options={{ text: "Change the proposal", classes: "govuk-button--secondary" }} />
        </Form>
      </div>
    </div>
  );
}

function HiddenFields({ fields }: { fields: ProposalFields }) {
  const entries = Object.entries(fields).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((each) => [name, each] as const) : [[name, value] as const],
  );
  return (
    <>
      {entries.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

/** Problems of the service as errors of the form, by the field they name. */
export function errorsOf(problems: readonly Problem[]): readonly Link[] {
  return problems.map(({ place, message, remedy }) => ({
    href: /^[a-z]+$/i.test(place) ? `#${place}` : "#main-content",
    text: `${message.charAt(0).toUpperCase()}${message.slice(1)}. ${remedy}`,
  }));
}
