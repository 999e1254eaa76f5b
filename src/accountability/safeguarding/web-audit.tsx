import type { Child } from "hono/jsx";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk } from "../../platform/pages/index.js";
import { sectionProgress } from "./audit.js";
import type { AuditView } from "./service-audits.js";
import { AnswersPart, type AuditPageProps } from "./web-audit-answers.js";
import { ReadPart, SignedPart } from "./web-audit-signed.js";
import { auditHref, dayWords, elementId, outcomeWords, stateWords } from "./web-shared.js";

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
