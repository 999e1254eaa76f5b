import type { Child } from "hono/jsx";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link, Table } from "../../platform/pages/index.js";
import { sectionProgress } from "./audit.js";
import type { AuditView } from "./service-audits.js";
import type { KeptAction } from "./store-audits.js";
import {
  auditHref,
  dayWords,
  elementId,
  judgementWords,
  outcomeWords,
  seriousnessWords,
  stateWords,
} from "./web-shared.js";

/** Who looks at an audit, which decides what the page offers. */
export type Viewer = "officer" | "reader" | "lead" | "region";

export interface AuditPageProps {
  readonly view: AuditView;
  readonly viewer: Viewer;
  readonly csrf: string;
  readonly errors: readonly Link[];
}

const progressWords = {
  "not-started": ["Not started", "grey"],
  started: ["Started", "blue"],
  done: ["Complete", "green"],
} as const;

/** The page of an audit: for its officer a task list, for the others what they may see and have to do. */
export function AuditContent(props: AuditPageProps) {
  const { view, viewer, errors } = props;
  const { audit, about, officer } = view;
  const base = auditHref(audit);
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <span class="govuk-caption-xl">
          {audit.kind === "annual" ? "Annual safeguarding audit" : "Safeguarding re-audit"}
        </span>
        <h1 class="govuk-heading-xl">{about.school.name}</h1>
        {viewer !== "lead" && (
          <p class="govuk-body">
            <a class="govuk-link" href={`/safeguarding/schools/${audit.urn}/escalate`}>
              A child may be at risk: telephone numbers and escalation
            </a>
          </p>
        )}
        <Govuk
          is="summary-list"
          options={{
            rows: [
              { key: { text: "State" }, value: { text: stateWords[audit.state][0] } },
              {
                key: { text: "Officer" },
                value: { text: officer ? `${officer.name}, ${officer.charter}` : audit.officer },
              },
              { key: { text: "Planned for" }, value: { text: dayWords(audit.plannedOn) } },
              ...(audit.standard === null
                ? []
                : [
                    {
                      key: { text: "Standard" },
                      value: {
                        html: `<a class="govuk-link" href="/safeguarding/standard?version=${audit.standard}">${audit.standard}</a>`,
                      },
                    },
                  ]),
              ...(audit.state === "signed"
                ? [
                    {
                      key: { text: "Outcome" },
                      value: { text: `${outcomeWords[audit.outcome!]}, signed on ${dayWords(audit.signedOn)}` },
                    },
                  ]
                : []),
            ],
          }}
        />
        {audit.readerWords !== "" && viewer !== "lead" && (
          <Govuk is="inset-text" options={{ text: `The second reader: ${audit.readerWords}` }} />
        )}
        {viewer === "officer" && audit.state === "planned" && <BeginPart {...props} />}
        {viewer === "officer" && audit.state === "begun" && <TaskPart view={view} base={base} />}
        {viewer === "reader" && audit.state === "reading" && <ReadPart {...props} />}
        {(audit.state === "planned" || audit.state === "begun") && viewer === "lead" && (
          <p class="govuk-body">
            <a class="govuk-link" href={`${base}/requests`}>
              What to have ready for the officer
            </a>
          </p>
        )}
        {audit.state === "signed" && <SignedPart {...props} />}
      </div>
    </div>
  );
}

function BeginPart({ view, csrf }: AuditPageProps) {
  const { audit, preparations, sections } = view;
  const requests = sections.flatMap((section) => section.requirements).filter(({ request }) => request !== null);
  const ready = requests.filter(({ id }) => preparations.get(id)?.ready).length;
  return (
    <>
      <p class="govuk-body">
        The designated lead has {ready} of {requests.length} things ready.
      </p>
      {preparations.size > 0 && (
        <Govuk
          is="summary-list"
          options={{
            rows: requests.flatMap(({ id, request }) => {
              const word = preparations.get(id);
              return word
                ? [{ key: { text: request! }, value: { text: `${word.ready ? "Ready" : "Not ready"}. ${word.words}` } }]
                : [];
            }),
          }}
        />
      )}
      <p class="govuk-body">
        Begin when you are in the school: the audit then keeps today’s standard. Your charter and your interests are
        checked now, and again when you sign.
      </p>
      <Form action={`${auditHref(audit)}/begin`} csrf={csrf}>
        <Govuk is="button" options={{ text: "Begin the audit", attributes: { id: "begin" } }} />
      </Form>
    </>
  );
}

function TaskPart({ view, base }: { view: AuditView; base: string }) {
  const progress = view.sections.map((section) => sectionProgress(section, view.answers));
  const done = progress.filter(({ state }) => state === "done").length;
  return (
    <>
      <h2 class="govuk-heading-m">
        {done} of {view.sections.length} sections are complete
      </h2>
      <Govuk
        is="task-list"
        options={{
          idPrefix: "section",
          items: view.sections.map((section, i) => {
            const { state, of, done: answered } = progress[i]!;
            const [text, colour] = progressWords[state];
            return {
              title: { text: section.title },
              hint: { text: `${answered} of ${of} answered` },
              href: `${base}/sections/${section.id}`,
              status: state === "done" ? { text } : { tag: { text, classes: `govuk-tag--${colour}` } },
            };
          }),
        }}
      />
      <Govuk is="button" options={{ text: "Check your answers and sign", href: `${base}/check` }} />
    </>
  );
}

/** The answers of a view as they are read before signing, while reading, and afterwards. */
export function AnswersPart({ view, change }: { view: AuditView; change: ((section: string) => Child) | null }) {
  return (
    <>
      {view.sections.map((section) => (
        <>
          <h2 class="govuk-heading-m">{section.title}</h2>
          {change?.(section.id)}
          {section.requirements.map((requirement) => {
            const answer = view.answers.get(requirement.id);
            return (
              <div class="safeguarding-answer" id={`answer-${elementId(requirement.id)}`}>
                <p class="govuk-body govuk-!-margin-bottom-1">{requirement.text}</p>
                {answer === undefined ? (
                  <p class="govuk-body">
                    <strong>No answer yet</strong>
                  </p>
                ) : (
                  <>
                    <p class="govuk-body govuk-!-margin-bottom-1">
                      <strong>{judgementWords[answer.judgement]}</strong>
                      {answer.mended !== null && `, mended on ${dayWords(answer.mended)}`}. {answer.note}
                    </p>
                    <p class="govuk-body-s">
                      Seen:{" "}
                      {answer.evidence.map(({ what, seen }) => `${what} (${dayWords(seen)})`).join("; ") ||
                        "nothing named"}
                      . {answer.action !== "" && `To do: ${answer.action}`}
                    </p>
                  </>
                )}
              </div>
            );
          })}
        </>
      ))}
    </>
  );
}

/** Check your answers, the outcome that follows, and the declaration. */
export function CheckContent({ view, csrf, errors, foreseen }: AuditPageProps & { readonly foreseen: Child }) {
  const base = auditHref(view.audit);
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <span class="govuk-caption-xl">{view.about.school.name}</span>
        <h1 class="govuk-heading-xl">Check your answers</h1>
        {foreseen}
        <AnswersPart
          view={view}
          change={(section) => (
            <p class="govuk-body">
              <a class="govuk-link" href={`${base}/sections/${section}`}>
                Change<span class="govuk-visually-hidden"> the answers on {section}</span>
              </a>
            </p>
          )}
        />
        <h2 class="govuk-heading-l">Sign</h2>
        <Form action={`${base}/sign`} csrf={csrf}>
          <Govuk
            is="checkboxes"
            options={{
              name: "declared",
              idPrefix: "declared",
              items: [
                {
                  value: "yes",
                  text: "I saw the evidence that I name, I have told the head what I found, my charter holds, and I have no interest in this school that I have not declared.",
                },
              ],
              fieldset: { legend: { text: "Declaration", classes: "govuk-fieldset__legend--m" } },
            }}
          />
          <Govuk
            is="checkboxes"
            options={{
              name: "asked",
              idPrefix: "asked",
              items: [{ value: "yes", text: "I ask for a second officer to read it, also where the sample doesn’t" }],
            }}
          />
          <Govuk
            is="button"
            options={{ text: "Sign the audit", attributes: { id: "sign" }, preventDoubleClick: true }}
          />
        </Form>
      </div>
    </div>
  );
}

function ReadPart({ view, csrf }: AuditPageProps) {
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

function SignedPart(props: AuditPageProps) {
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

function AgainPart({ base, csrf }: { base: string; csrf: string }) {
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

/** What the designated lead is asked to have ready, with the answers. */
export function RequestsContent({ view, csrf, errors }: AuditPageProps) {
  const requests = view.sections.flatMap((section) => section.requirements).filter(({ request }) => request !== null);
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <span class="govuk-caption-xl">{view.about.school.name}</span>
        <h1 class="govuk-heading-xl">What to have ready</h1>
        <p class="govuk-body">
          The officer comes on {dayWords(view.audit.plannedOn)}. Say for each thing whether it will be ready.
        </p>
        <Form action={`${auditHref(view.audit)}/requests`} csrf={csrf}>
          {requests.map(({ id, request }) => (
            <fieldset class="govuk-fieldset safeguarding-requirement">
              <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{request}</legend>
              <Govuk
                is="checkboxes"
                options={{
                  name: `ready-${id}`,
                  idPrefix: `ready-${elementId(id)}`,
                  classes: "govuk-checkboxes--small",
                  items: [{ value: "yes", text: "Will be ready", checked: view.preparations.get(id)?.ready ?? false }],
                }}
              />
              <Govuk
                is="input"
                options={{
                  id: `words-${elementId(id)}`,
                  name: `words-${id}`,
                  value: view.preparations.get(id)?.words ?? "",
                  label: { text: "A word to the officer" },
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
