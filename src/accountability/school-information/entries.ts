import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import { publishingDuties } from "./duties.js";
import { problemCodes } from "./problem-codes.js";

/** What a school gives for one duty. */
export interface Entry {
  /** An address beginning with http:// or https://. */
  readonly link: string | null;
  readonly statement: string | null;
}

/** A school's entries, by the id of the duty. */
export type Entries = Readonly<Record<string, Entry>>;

/** What is typed for one duty; empty is nothing. */
export interface TypedEntry {
  readonly link: string;
  readonly statement: string;
}

/** Longer statements belong on the school's own website. */
export const longestStatement = 2000;
const longestLink = 400;

/** The duties for which a school may give something. */
export const keptDuties = publishingDuties.filter((duty) => duty.kept && duty.to === null);

function linkFault(link: string): string | null {
  if (link === "") return null;
  if (link.length > longestLink) return `the link has more than ${longestLink} characters`;
  if (!/^https?:\/\//i.test(link)) return "the link must begin with https:// or http://";
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return "the link is no address that a browser could open";
  }
  if (url.username !== "" || url.password !== "") return "the link must not hold a name or password";
  return url.hostname.includes(".") ? null : "the link names no website";
}

/** A school's entries from what was typed, or every field that is wrong; `place` of a problem is the field's id. */
export function entriesFrom(typed: Readonly<Record<string, TypedEntry>>): Result<Entries, readonly Problem[]> {
  const problems: Problem[] = [];
  const wrong = (code: keyof typeof problemCodes, place: string, message: string) =>
    problems.push({ code, place, message, remedy: problemCodes[code].remedy });
  const entries: Record<string, Entry> = {};
  for (const [id, { link, statement }] of Object.entries(typed)) {
    const duty = keptDuties.find((one) => one.id === id);
    if (!duty) {
      wrong("entry-unknown", id, `"${id}" is nothing that a school keeps`);
      continue;
    }
    const fault = linkFault(link);
    if (fault !== null) wrong("entry-link", `${id}-link`, `${duty.title}: ${fault}`);
    if (statement.length > longestStatement)
      wrong("entry-too-long", `${id}-statement`, `${duty.title}: the statement has ${statement.length} characters`);
    if (link !== "" || statement !== "") entries[id] = { link: link || null, statement: statement || null };
  }
  return problems.length > 0 ? err(problems) : ok(entries);
}
