import { raw } from "hono/html";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link, tag } from "../../platform/pages/index.js";
import type { DutyContact } from "./escalation.js";
import { type NamedEscalation, stateOf } from "./web-region.js";

const stateTags = {
  waiting: ["Waiting", "yellow"],
  late: ["Not acknowledged in time", "red"],
  acknowledged: ["In hand", "blue"],
  closed: ["Closed", "grey"],
} as const;

const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "Europe/London" });

/** Whom to ring, large enough to be read in a hurry. */
export function Contacts({ contacts }: { contacts: readonly DutyContact[] }) {
  return (
    <Govuk
      is="summary-list"
      options={{
        rows: contacts.map(({ office, telephone, when }) => ({
          key: { text: `${office.charAt(0).toUpperCase()}${office.slice(1)}` },
          value: { html: `<strong>${telephone.replace(/[<>&]/g, "")}</strong><br>${when.replace(/[<>&]/g, "")}` },
        })),
      }}
    />
  );
}

interface RaiseProps {
  readonly school: string;
  readonly action: string;
  readonly contacts: readonly DutyContact[];
  readonly client: string;
  readonly words: string;
  readonly csrf: string;
  readonly errors: readonly Link[];
}

/** Raising that a child may be at risk: the telephone first. */
export function RaiseContent({ school, action, contacts, client, words, csrf, errors }: RaiseProps) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-xl">A child may be at risk</h1>
        <Govuk
          is="warning-text"
          options={{
            iconFallbackText: "Warning",
            text: "Ring first. This page doesn’t replace the call, and you don’t need a connection for it.",
          }}
        />
        <Contacts contacts={contacts} />
        <h2 class="govuk-heading-m">Then tell the region</h2>
        <p class="govuk-body">
          It stands at the top of the region’s list at once, for somebody to acknowledge within the hour. It doesn’t
          wait for the audit of {school}.
        </p>
        <Form action={action} csrf={csrf}>
          <input type="hidden" name="id" value={client} />
          <Govuk
            is="textarea"
            options={{
              ...{
                id: "words",
                name: "words",
                value: words,
                rows: "6",
                label: { text: "What you saw or heard, and whom you rang", classes: "govuk-label--s" },
              },
              hint: { text: "Use initials, not names. Only the region’s duty officers can read it." },
              ...(errors.length > 0 && { errorMessage: { text: errors[0]!.text } }),
            }}
          />
          <Govuk is="button" options={{ text: "Tell the region now", classes: "govuk-button--warning" }} />
        </Form>
      </div>
    </div>
  );
}

interface ListProps {
  readonly escalations: readonly NamedEscalation[];
  readonly base: string;
  readonly now: Date;
  readonly csrf: string;
  readonly errors: readonly Link[];
}

/** The region's escalations, those that nobody has taken up first. */
export function EscalationsContent({ escalations, base, now, csrf, errors }: ListProps) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-xl">Escalations</h1>
        {escalations.length === 0 && <p class="govuk-body">None is open.</p>}
        {escalations.map((one, i) => {
          const state = stateOf(one, now);
          const field = `words-${i}`;
          return (
            <section class="safeguarding-escalation">
              <h2 class="govuk-heading-m">{one.school}</h2>
              <p class="govuk-body">
                {raw(tag(stateTags[state][0], stateTags[state][1]))} Raised {moment.format(new Date(one.raisedAt))} by{" "}
                {one.raisedBy}; to be acknowledged by {moment.format(new Date(one.dueAt))}.
                {one.acknowledgedBy !== null && ` In hand with ${one.acknowledgedBy}.`}
              </p>
              <Govuk is="inset-text" options={{ text: one.words }} />
              <Form action={`${base}/${one.id}`} csrf={csrf}>
                <Govuk
                  is="textarea"
                  options={{
                    id: field,
                    name: "words",
                    rows: "3",
                    label: { text: `What was done about ${one.school}` },
                  }}
                />
                <div class="govuk-button-group">
                  {one.acknowledgedAt === null && (
                    <Govuk is="button" options={{ text: "I have it in hand", name: "step", value: "acknowledge" }} />
                  )}
                  <Govuk
                    is="button"
                    options={{ text: "Close it", name: "step", value: "close", classes: "govuk-button--secondary" }}
                  />
                </div>
              </Form>
            </section>
          );
        })}
      </div>
    </div>
  );
}
