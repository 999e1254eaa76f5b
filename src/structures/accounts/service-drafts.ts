import { randomUUID } from "node:crypto";
import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/day/index.js";
import { type Actor, actingAs } from "../../platform/identity/index.js";
import { keyOfBody } from "./body.js";
import { checkOrder, type FilingOrder, type HandedDocument, mayFile, problemOf, sha256Of } from "./service.js";
import { type Draft, dropDraft, loadDraft, saveDraft } from "./store-drafts.js";

/** The person's id, or null where nobody has signed in as a person. */
const personOf = (actor: Actor): string | null => (actor.kind === "person" ? actor.id : null);

/**
 * Keeps what was typed, with the document, until it is checked and filed.
 * @param earlier a draft of the same filing, whose document is kept where no other one came
 */
export function draftFiling(
  database: Database,
  actor: Actor,
  order: Omit<FilingOrder, "expected">,
  earlier: string | null,
  now: Date,
): Promise<Result<string, readonly Problem[]>> {
  const { body, yearEnd, typed } = order;
  const person = personOf(actor);
  return actingAs(database, actor, async (queries) => {
    if (person === null || !mayFile(actor, body))
      return err([problemOf("accounts-not-yours", keyOfBody(body), "the account may not file for it")]);
    const before = earlier === null ? null : await loadDraft(queries, earlier);
    const document = order.document ?? documentOf(before);
    const checked = checkOrder({ ...order, document, expected: 0 }, dayInEngland(now));
    if (!checked.ok) return checked;
    const id = randomUUID();
    await saveDraft(queries, {
      ...{ id, personId: person, body: keyOfBody(body), yearEnd, madeAt: now.toISOString() },
      typed: { ...typed, documentSha256: document === null ? "" : sha256Of(document.bytes) },
      ...{ documentName: document?.name ?? null, documentBytes: document?.bytes ?? null },
    });
    if (before) await dropDraft(queries, before.id);
    return ok(id);
  });
}

/** The document of a draft, or null. */
export function documentOf(draft: Draft | null): HandedDocument | null {
  if (!draft || draft.documentName === null || draft.documentBytes === null) return null;
  return { name: draft.documentName, bytes: draft.documentBytes };
}

/** A person's own draft, or null where there is none. */
export function readDraft(database: Database, actor: Actor, id: string): Promise<Draft | null> {
  return actingAs(database, actor, (queries) => loadDraft(queries, id));
}

/** Forgets a draft once it is filed. */
export function forgetDraft(database: Database, actor: Actor, id: string): Promise<void> {
  return actingAs(database, actor, (queries) => dropDraft(queries, id));
}
