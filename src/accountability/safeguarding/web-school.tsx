import { Govuk } from "../../platform/pages/index.js";
import type { PendingAction } from "./service-follow-up.js";
import type { ListedAudit } from "./store-audits.js";
import { PendingTable } from "./web-region.js";
import { auditHref, dayWords, outcomeWords, stateWords } from "./web-shared.js";

interface SchoolAuditsProps {
  readonly name: string;
  readonly audits: readonly ListedAudit[];
  readonly pending: readonly PendingAction[];
}

/** A school's audits, for its head and designated lead. */
export function SchoolAuditsContent({ name, audits, pending }: SchoolAuditsProps) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">Safeguarding audits of {name}</h1>
        {audits.length === 0 && <p class="govuk-body">No audit has been planned yet.</p>}
        <Govuk
          is="task-list"
          options={{
            idPrefix: "audit",
            items: audits.map((audit) => ({
              title: {
                text: `${audit.kind === "annual" ? "Annual audit" : "Re-audit"} of ${audit.year}/${String((audit.year + 1) % 100).padStart(2, "0")}`,
              },
              hint: {
                text:
                  audit.state === "signed"
                    ? `Signed on ${dayWords(audit.signedOn)}`
                    : `Planned for ${dayWords(audit.plannedOn)}`,
              },
              href: auditHref(audit),
              status: { text: audit.state === "signed" ? outcomeWords[audit.outcome!] : stateWords[audit.state][0] },
            })),
          }}
        />
        <h2 class="govuk-heading-m">Actions</h2>
        {pending.length === 0 ? <p class="govuk-body">None is open.</p> : <PendingTable pending={pending} />}
      </div>
    </div>
  );
}
