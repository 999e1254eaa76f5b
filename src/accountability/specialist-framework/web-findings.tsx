import { type CivilDate, dateInWords } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link } from "../../platform/pages/index.js";
import type { CriterionFinding } from "./framework.js";
import type { AdoptedFramework } from "./store.js";

interface FindingsProps {
  readonly school: { readonly urn: string; readonly name: string };
  readonly framework: AdoptedFramework;
  readonly findings: ReadonlyMap<string, CriterionFinding>;
  /** What was typed, in the order of the criteria; null shows what is kept. */
  readonly typed: {
    readonly outcome: readonly string[];
    readonly grounds: readonly string[];
    readonly on: string;
  } | null;
  readonly version: number;
  readonly today: CivilDate;
  readonly errors: readonly Link[];
  readonly csrf: string;
}

/** The form with which a regional officer records what was found in a school. */
export function FindingsContent(props: FindingsProps) {
  const { school, framework, findings, typed, version, today, errors, csrf } = props;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-xl">{`${school.name}: findings`}</h1>
        <p class="govuk-body">
          {`${framework.title}, version ${framework.version}, from ${dateInWords(framework.from)}. What nobody has looked at stays missing: it is neither met nor failed. The school reads the grounds and can answer them.`}
        </p>
        <Form action={`/specialist-framework/findings/${school.urn}`} csrf={csrf} version={version}>
          <Govuk
            is="input"
            options={{
              ...{ id: "on", name: "on", value: typed?.on ?? today, classes: "govuk-input--width-10" },
              ...{ label: { text: "Day of the visit", classes: "govuk-label--s" }, hint: { text: "As 2027-02-03" } },
            }}
          />
          {framework.criteria.map(({ id, title, question, required }, i) => {
            const kept = findings.get(id);
            return (
              <fieldset class="govuk-fieldset" id={`criterion-${id}`}>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{`${title}${required ? "" : " (not required)"}`}</legend>
                <Govuk
                  is="select"
                  options={{
                    ...{ id: `outcome-${i + 1}`, name: "outcome" },
                    value: typed ? (typed.outcome[i] ?? "") : (kept?.outcome ?? ""),
                    label: { text: question },
                    items: [
                      { value: "", text: "Not looked at" },
                      { value: "met", text: "Met" },
                      { value: "not-met", text: "Not met" },
                    ],
                  }}
                />
                <Govuk
                  is="textarea"
                  options={{
                    ...{ id: `grounds-${i + 1}`, name: "grounds", rows: "3" },
                    value: typed ? (typed.grounds[i] ?? "") : (kept?.grounds ?? ""),
                    label: { text: `What was seen: ${title}` },
                  }}
                />
              </fieldset>
            );
          })}
          <Govuk is="button" options={{ text: "Record the findings" }} />
        </Form>
      </div>
    </div>
  );
}
