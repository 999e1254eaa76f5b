import type { CivilDate } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link } from "../../platform/pages/index.js";
import type { SavedAnswer } from "./audit.js";
import type { Judgement } from "./outcome.js";
import type { AuditView } from "./service-audits.js";
import type { Requirement, Section } from "./standard.js";
import type { ListedEvidence } from "./store-evidence.js";
import { EvidenceList, filesHref } from "./web-evidence.js";
import { auditHref, elementId, judgementWords } from "./web-shared.js";

/** What stands in the fields of one requirement. */
export interface Typed {
  readonly judgement: string;
  readonly note: string;
  /** One piece of evidence a line. */
  readonly evidence: string;
  readonly action: string;
  readonly mended: boolean;
  readonly base: number;
  readonly client: string;
}

interface SectionProps {
  readonly view: AuditView;
  readonly section: Section;
  readonly typed: ReadonlyMap<string, Typed>;
  /** Answers that were saved by another device while these were typed. */
  readonly conflicts: ReadonlyMap<string, SavedAnswer>;
  readonly person: string;
  readonly apiPath: string;
  readonly today: CivilDate;
  readonly csrf: string;
  readonly errors: readonly Link[];
}

const choices: readonly Judgement[] = ["met", "partly-met", "not-met", "not-applicable"];

/** What was saved, as it stands in the fields. */
export function typedOf(answer: SavedAnswer | undefined, client: string): Typed {
  return {
    judgement: answer?.judgement ?? "",
    note: answer?.note ?? "",
    evidence: (answer?.evidence ?? []).map(({ what }) => what).join("\n"),
    action: answer?.action ?? "",
    mended: answer?.mended != null,
    base: answer?.version ?? 0,
    client,
  };
}

/**
 * A section's form. It works without a script; with one, every change is kept on the device at once and sent when there is a
 * connection (`offline-page.js` reads the `data-` attributes).
 */
export function SectionContent(props: SectionProps) {
  const { view, section, person, apiPath, today, csrf, errors } = props;
  const base = auditHref(view.audit);
  const place = view.sections.findIndex(({ id }) => id === section.id);
  const next = view.sections[place + 1];
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <div
          id="offline"
          class="safeguarding-offline"
          data-person={person}
          data-audit={view.audit.id}
          data-api={apiPath}
          data-today={today}
          data-keep={[base, ...view.sections.map(({ id }) => `${base}/sections/${id}`)].join(" ")}
          role="status"
        />
        <span class="govuk-caption-xl">
          {view.about.school.name}, section {place + 1} of {view.sections.length}
        </span>
        <h1 class="govuk-heading-xl">{section.title}</h1>
        <p class="govuk-body">
          <a class="govuk-link" href={`/safeguarding/schools/${view.audit.urn}/escalate`}>
            A child may be at risk: telephone numbers and escalation
          </a>
        </p>
        <Form action={`${base}/sections/${section.id}`} csrf={csrf}>
          {section.requirements.map((requirement) => (
            <RequirementFields
              requirement={requirement}
              typed={props.typed.get(requirement.id)!}
              files={view.files.filter((one) => one.requirement === requirement.id)}
              filesPage={filesHref(view, requirement.id)}
              conflict={props.conflicts.get(requirement.id) ?? null}
            />
          ))}
          <input type="hidden" name="today" value={today} />
          <div class="govuk-button-group">
            <Govuk is="button" options={{ text: next ? "Save and go on" : "Save", attributes: { id: "save" } }} />
            <a class="govuk-link" href={base}>
              Back to the task list
            </a>
          </div>
        </Form>
      </div>
    </div>
  );
}

function RequirementFields({
  requirement,
  typed,
  files,
  filesPage,
  conflict,
}: {
  requirement: Requirement;
  typed: Typed;
  files: readonly ListedEvidence[];
  filesPage: string;
  conflict: SavedAnswer | null;
}) {
  const { id } = requirement;
  const key = elementId(id);
  return (
    <fieldset
      class="govuk-fieldset safeguarding-requirement"
      data-requirement={id}
      data-base={String(typed.base)}
      id={key}
    >
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{requirement.text}</legend>
      <p class="govuk-hint">
        {requirement.decisive && "Decides. "}Look at: {requirement.evidence.join("; ")}. Ask:{" "}
        {requirement.asked.join(", ")}.
      </p>
      {conflict !== null && (
        <Govuk
          is="warning-text"
          options={{
            iconFallbackText: "Warning",
            text: `Saved meanwhile from another device: ${judgementWords[conflict.judgement]}. ${conflict.note} Nothing was overwritten. What you typed is below; saving again puts it in its place.`,
          }}
        />
      )}
      <input type="hidden" name={`base-${id}`} value={String(typed.base)} />
      <input type="hidden" name={`client-${id}`} value={typed.client} />
      <Govuk
        is="radios"
        options={{
          name: `judgement-${id}`,
          idPrefix: `judgement-${key}`,
          classes: "govuk-radios--small",
          fieldset: { legend: { text: "What you found", classes: "govuk-fieldset__legend--s" } },
          items: choices.map((value) => ({ value, text: judgementWords[value], checked: typed.judgement === value })),
        }}
      />
      <Govuk
        is="textarea"
        options={{
          id: `evidence-${key}`,
          name: `evidence-${id}`,
          rows: "2",
          value: typed.evidence,
          label: { text: "Evidence seen, one piece a line" },
        }}
      />
      <Govuk
        is="textarea"
        options={{
          id: `note-${key}`,
          name: `note-${id}`,
          rows: "3",
          value: typed.note,
          label: { text: "What you found, in words" },
          hint: { text: "No names of children. Needed unless it is met." },
        }}
      />
      <Govuk
        is="textarea"
        options={{
          id: `action-${key}`,
          name: `action-${id}`,
          rows: "2",
          value: typed.action,
          label: { text: "What the school has to do" },
        }}
      />
      <Govuk
        is="checkboxes"
        options={{
          name: `mended-${id}`,
          idPrefix: `mended-${key}`,
          classes: "govuk-checkboxes--small",
          items: [{ value: "yes", text: "Mended while you were there, and you saw it", checked: typed.mended }],
        }}
      />
      <EvidenceList files={files} />
      <Govuk
        is="button"
        options={{
          ...{ name: "files", value: id, classes: "govuk-button--secondary", attributes: { "data-page": filesPage } },
          html: `Save and ${files.length === 0 ? "add files" : "add or take out files"}<span class="govuk-visually-hidden"> for ${key.replaceAll("-", " ")}</span>`,
        }}
      />
    </fieldset>
  );
}
