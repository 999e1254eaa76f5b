import type { Problem } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk } from "../../platform/pages/index.js";
import type { School } from "../../register/index.js";
import { keptDuties, longestStatement, type TypedEntry } from "./entries.js";

export interface EditPage {
  readonly school: School;
  readonly csrf: string;
  readonly version: number;
  readonly typed: Readonly<Record<string, TypedEntry>>;
  readonly problems: readonly Problem[];
  /** Said above the form where somebody else changed the page meanwhile. */
  readonly meanwhile: string | null;
}

/** The form of what a school adds to its page. */
export function EditContent({ school, csrf, version, typed, problems, meanwhile }: EditPage) {
  const errorOf = (id: string) => {
    const found = problems.find(({ place }) => place === id);
    return found ? { errorMessage: { text: `${found.message}. ${found.remedy}` } } : {};
  };
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={problems.map(({ place, message }) => ({ text: message, href: `#${place}` }))} />
        <span class="govuk-caption-xl">{school.name}</span>
        <h1 class="govuk-heading-xl">What the school says on its page</h1>
        <p class="govuk-body">
          Everything here is the school's choice, and may be left empty. The rest of the page comes from the register:
          to change that, tell the department.
        </p>
        {meanwhile !== null && <Govuk is="warning-text" options={{ text: meanwhile, iconFallbackText: "Warning" }} />}
        <Form action={`/schools/${school.urn}/information`} csrf={csrf} version={version}>
          {keptDuties.map(({ id, title, what }) => (
            <fieldset class="govuk-fieldset govuk-form-group">
              <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{title}</legend>
              <p class="govuk-hint">{what}</p>
              <Govuk
                is="input"
                options={{
                  ...{ id: `${id}-link`, name: `${id}-link`, label: { text: "Link" }, type: "url", spellcheck: false },
                  value: typed[id]?.link ?? "",
                  ...errorOf(`${id}-link`),
                }}
              />
              <Govuk
                is="textarea"
                options={{
                  ...{ id: `${id}-statement`, name: `${id}-statement`, rows: "3" },
                  label: { text: `Statement, up to ${longestStatement} characters` },
                  value: typed[id]?.statement ?? "",
                  ...errorOf(`${id}-statement`),
                }}
              />
            </fieldset>
          ))}
          <Govuk is="button" options={{ text: "Save" }} />
        </Form>
      </div>
    </div>
  );
}
