import { err, ok, type Problem, type Result, type Urn } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type Actor, actingAs, holdsRole } from "../../platform/identity/index.js";
import { appendEvents } from "../../platform/log/index.js";
import { findSchool } from "../../register/index.js";
import { entriesFrom, type TypedEntry } from "./entries.js";
import { loadOwnPage, type OwnPage, saveOwnPage } from "./store.js";

/** The stream of what a school's office changes on its page. */
export const streamOf = (urn: string): string => `school-information/page/${urn}`;

const problem = (code: string, urn: string, message: string, remedy: string): Problem => ({
  ...{ code, place: `school ${urn}`, message, remedy },
});

/**
 * Replaces what a school's office adds to its page.
 * @param expected the version that whoever writes has seen
 * @returns the page as it is now, or what is wrong
 * @throws {StaleStream} when somebody else has changed it meanwhile; nothing is overwritten.
 */
export async function changeOwnPage(
  database: Database,
  actor: Actor,
  change: { readonly urn: string; readonly expected: number; readonly typed: Readonly<Record<string, TypedEntry>> },
  now: Date,
): Promise<Result<OwnPage, readonly Problem[]>> {
  const { urn, expected, typed } = change;
  if (!holdsRole(actor, ["school"], { urn }))
    return err([
      problem("not-allowed", urn, "only the school's own office changes its page", "Sign in for the school."),
    ]);
  const entries = entriesFrom(typed);
  if (!entries.ok) return entries;
  return actingAs(database, actor, async (queries) => {
    if (!(await findSchool(queries, urn as Urn)))
      return err([problem("school-unknown", urn, "the register has no such school", "Check the URN.")]);
    await saveOwnPage(queries, urn, { version: expected + 1, entries: entries.value }, now);
    const body = { entries: Object.fromEntries(Object.entries(entries.value).map(([id, own]) => [id, { ...own }])) };
    await appendEvents(queries, {
      ...{ stream: streamOf(urn), expected, actor, at: now },
      events: [{ kind: "page-changed", body }],
    });
    return ok(await loadOwnPage(queries, urn));
  });
}
