import type { Child } from "hono/jsx";
import type { Database } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { type Actor, actingAs } from "../../../platform/identity/index.js";
import type { StoredCase } from "../cases/store-case.js";
import { effectOf, evidenceFor, viewOf } from "./service.js";
import { CaseEffect } from "./web-effect.js";
import { CorrectionFacts, DocumentList } from "./web-parts.js";

/** What a school shows with a correction, for whoever settles it: facts, documents, and what it would change; null where there is nothing. */
export function shownCorrection(
  database: Database,
  actor: Actor,
  found: StoredCase,
  number: number,
  now: Date,
): Promise<Child> {
  return actingAs(database, actor, async (queries) => {
    const view = await viewOf(queries, found, now);
    const correction = view.corrections.find((one) => one.number === number);
    if (!correction) return null;
    const on = dayInEngland(now);
    return (
      <>
        <CorrectionFacts correction={correction} asked={evidenceFor(correction.reason, on)} on={on} />
        <h2 class="govuk-heading-m">Documents</h2>
        <DocumentList documents={view.documents.filter(({ correctionId }) => correctionId === correction.id)} />
        <h2 class="govuk-heading-m">What it would change, with those accepted so far</h2>
        {correction.state === "raised" ? (
          <CaseEffect found={found} rule={view.rule} id={correction.id} effect={effectOf(view, correction.id)} />
        ) : (
          <p class="govuk-body">It has been settled.</p>
        )}
      </>
    );
  });
}
