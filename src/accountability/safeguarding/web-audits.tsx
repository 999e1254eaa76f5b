import type { CivilDate } from "../../kernel/index.js";
import { Govuk } from "../../platform/pages/index.js";
import { charterStatus } from "./officer.js";
import type { PendingAction } from "./service-follow-up.js";
import type { ListedAudit } from "./store-audits.js";
import type { KeptOfficer } from "./store-officers.js";
import { CharterTag } from "./web-officers.js";
import { PendingTable } from "./web-region.js";
import { auditHref, dayWords, outcomeWords, stateWords } from "./web-shared.js";

interface MyAuditsProps {
  readonly officer: KeptOfficer | null;
  readonly own: readonly ListedAudit[];
  readonly reading: readonly ListedAudit[];
  readonly pending: readonly PendingAction[];
  readonly today: CivilDate;
}

const item = (audit: ListedAudit) => ({
  title: { text: audit.school },
  hint: {
    text:
      audit.plannedOn === null
        ? (audit.town ?? "")
        : `${audit.town ?? ""}, planned for ${dayWords(audit.plannedOn)}`.replace(/^, /, ""),
  },
  href: auditHref(audit),
  status: {
    tag: {
      text:
        audit.outcome !== null && audit.state === "signed" ? outcomeWords[audit.outcome] : stateWords[audit.state][0],
      classes: `govuk-tag--${audit.outcome === "not-secure" ? "red" : stateWords[audit.state][1]}`,
    },
  },
});

/** An officer's audits: what is under way, to be read, to come, to be followed up. */
export function MyAuditsContent({ officer, own, reading, pending, today }: MyAuditsProps) {
  const parts = [
    { id: "begun", title: "Under way", audits: own.filter(({ state }) => state === "begun") },
    { id: "to-read", title: "To be read by you", audits: reading.filter(({ state }) => state === "reading") },
    { id: "planned", title: "To come", audits: own.filter(({ state }) => state === "planned").slice(0, 30) },
    { id: "with-reader", title: "With a second reader", audits: own.filter(({ state }) => state === "reading") },
    { id: "signed", title: "Signed", audits: own.filter(({ state }) => state === "signed").slice(-30) },
  ];
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">My audits</h1>
        {officer === null ? (
          <p class="govuk-body">
            You have the role of a safeguarding officer, and the register of officers doesn’t know you. Ask your
            region’s office to enter your charter.
          </p>
        ) : (
          <p class="govuk-body">
            {officer.name}, {officer.charter}: <CharterTag status={charterStatus(officer, today)} /> until{" "}
            {dayWords(officer.chartered.to)}.{" "}
            <a class="govuk-link" href="/safeguarding/interests">
              Your interests
            </a>
          </p>
        )}
        {parts.map(({ id, title, audits }) =>
          audits.length === 0 ? null : (
            <>
              <h2 class="govuk-heading-m">
                {title} ({audits.length})
              </h2>
              <Govuk is="task-list" options={{ idPrefix: id, items: audits.map(item) }} />
            </>
          ),
        )}
        {own.length + reading.length === 0 && <p class="govuk-body">No audit has been assigned to you yet.</p>}
        <h2 class="govuk-heading-m">Actions to follow up</h2>
        {pending.length === 0 ? <p class="govuk-body">None is open.</p> : <PendingTable pending={pending} />}
      </div>
    </div>
  );
}
