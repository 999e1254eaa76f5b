import { Form } from "../../../platform/http/index.js";
import { Govuk, TextField } from "../../../platform/pages/index.js";
import type { listExport } from "./store.js";
import type { FieldStudy } from "./study.js";
import { hrefOf } from "./web-shared.js";

/** What the files of a study are ordered with. */
export interface FilesProps {
  readonly study: FieldStudy;
  readonly files: Awaited<ReturnType<typeof listExport>>;
  /** Assessments whose answers may stand in the same files. */
  readonly earlier: readonly FieldStudy[];
  /** The field of the curricula as it was typed. */
  readonly taught: { readonly id: string; readonly value: string; readonly error: string | undefined };
  readonly csrf: string;
}

/** The files for calibration: what they are to hold, and those that were written last. */
export function Files({ study, files, earlier, taught, csrf }: FilesProps) {
  return (
    <div>
      <h2 class="govuk-heading-l">Files for calibration and estimates</h2>
      <p class="govuk-body">
        Pupils by random ids with weights, zones and responses; items; booklets; how the weights came about; what to be
        careful of; and the study file that <code>./greenpaper reference-assessments run</code> reads.
      </p>
      <Form action={`${hrefOf(study.id)}/export`} csrf={csrf}>
        {earlier.length > 0 && (
          <Govuk
            is="checkboxes"
            options={{
              ...{ idPrefix: "with", name: "with" },
              fieldset: {
                legend: { text: "Earlier assessments in the same files", classes: "govuk-fieldset__legend--s" },
              },
              hint: { text: "So that the change since them is told, by the questions that they share" },
              items: earlier.map(({ id, title }) => ({ value: id, text: title })),
            }}
          />
        )}
        <TextField
          {...taught}
          label="Curriculum that pupils of each cycle were taught"
          hint="As 2027=2014 2031=2028, named as in the bank of items: the change is then told without the questions that one of them favours, too. It may be left empty"
          width={20}
        />
        <Govuk is="button" options={{ text: "Write the files", classes: "govuk-button--secondary" }} />
      </Form>
      {files.length > 0 && (
        <ul class="govuk-list">
          {files.map(({ name }) => (
            <li>
              <a class="govuk-link" href={`${hrefOf(study.id)}/files/${name}`}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
