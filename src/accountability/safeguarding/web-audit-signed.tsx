import { Form } from "../../platform/http/index.js";
import { Govuk, Table } from "../../platform/pages/index.js";
import type { KeptAction } from "./store-audits.js";
import { AnswersPart, type AuditPageProps, type Viewer } from "./web-audit-answers.js";
import { KeptUntilPart } from "./web-evidence.js";
import { auditHref, dayWords, elementId, outcomeWords, seriousnessWords } from "./web-shared.js";

/** The second reading. */
export function ReadPart({ view, csrf }: AuditPageProps) {
  const { audit } = view;
  const why = {
    "not-secure": "it is not secure",
    sample: "it was drawn into the sample",
    asked: "the officer asked for it",
  } as const;
  return (
    <>
      <p class="govuk-body">
        You read this audit because {why[audit.readingWhy!]}. Its outcome would be:{" "}
        <strong>{outcomeWords[audit.outcome!]}</strong>. {(audit.reasons ?? []).map(({ text }) => text).join(" ")}
      </p>
      <AnswersPart view={view} change={null} />
      <Form action={`${auditHref(audit)}/reading`} csrf={csrf}>
        <Govuk
          is="textarea"
          options={{
            id: "words",
            name: "words",
            rows: "5",
            label: { text: "Your words to the officer", classes: "govuk-label--s" },
            hint: { text: "Needed where you send it back." },
          }}
        />
        <div class="govuk-button-group">
          <Govuk is="button" options={{ text: "Agree: the outcome takes effect", name: "word", value: "agree" }} />
          <Govuk
            is="button"
            options={{ text: "Send it back", name: "word", value: "back", classes: "govuk-button--secondary" }}
          />
        </div>
      </Form>
    </>
  );
}

const actionState = { open: "Open", done: "The school says it is done", closed: "Closed" } as const;

/** A signed audit: outcome, answers, actions. */
export function SignedPart(props: AuditPageProps) {
  const { view, viewer, csrf } = props;
  const { audit, actions } = view;
  return (
    <>
      <h2 class="govuk-heading-m">Why</h2>
      <ul class="govuk-list govuk-list--bullet">
        {(audit.reasons ?? []).map(({ text }) => (
          <li>{text}</li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">Actions</h2>
      {actions.length === 0 ? (
        <p class="govuk-body">None.</p>
      ) : (
        <>
          <Table
            caption="Actions of this audit"
            captionHidden
            columns={[
              { heading: "What", cell: ({ text }: KeptAction) => text },
              { heading: "How serious", cell: ({ seriousness }) => seriousnessWords[seriousness] },
              { heading: "Due", cell: ({ due }) => dayWords(due) },
              {
                heading: "State",
                cell: ({ state, doneWords }) => `${actionState[state]}${doneWords === "" ? "" : `: ${doneWords}`}`,
              },
            ]}
            rows={actions}
          />
          {actions
            .filter(({ state }) => state !== "closed")
            .map((action) => (
              <ActionForm action={action} viewer={viewer} base={auditHref(audit)} csrf={csrf} />
            ))}
        </>
      )}
      {(viewer === "region" || viewer === "officer") && <AgainPart base={auditHref(audit)} csrf={csrf} />}
      {view.answers.size > 0 && (
        <>
          <h2 class="govuk-heading-l">What was found</h2>
          <KeptUntilPart view={view} />
          <AnswersPart view={view} change={null} />
        </>
      )}
    </>
  );
}

function ActionForm({
  action,
  viewer,
  base,
  csrf,
}: {
  action: KeptAction;
  viewer: Viewer;
  base: string;
  csrf: string;
}) {
  if (viewer !== "lead" && viewer !== "officer") return null;
  const id = `words-${elementId(action.requirement)}`;
  const label = viewer === "lead" ? `What was done: ${action.text}` : `What you saw: ${action.text}`;
  return (
    <Form action={`${base}/actions/${action.requirement}`} csrf={csrf}>
      <Govuk is="textarea" options={{ id, name: "words", rows: "3", label: { text: label } }} />
      <div class="govuk-button-group">
        {viewer === "lead" ? (
          <Govuk is="button" options={{ text: "Report it done", name: "step", value: "done" }} />
        ) : (
          <>
            <Govuk is="button" options={{ text: "Close it", name: "step", value: "close" }} />
            <Govuk
              is="button"
              options={{ text: "Not done yet", name: "step", value: "open", classes: "govuk-button--secondary" }}
            />
          </>
        )}
      </div>
    </Form>
  );
}

/** The form that opens a new audit. */
export function AgainPart({ base, csrf }: { base: string; csrf: string }) {
  return (
    <Form action={`${base}/again`} csrf={csrf}>
      <Govuk
        is="input"
        options={{
          id: "on",
          name: "on",
          classes: "govuk-input--width-10",
          label: { text: "Day of a re-audit", classes: "govuk-label--s" },
          hint: { text: "As 2026-11-30" },
        }}
      />
      <Govuk is="button" options={{ text: "Open a re-audit", classes: "govuk-button--secondary" }} />
    </Form>
  );
}
