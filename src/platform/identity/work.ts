import type { Database } from "../database/index.js";
import type { Actor } from "./actor.js";
import type { Role } from "./roles.js";

/** Something that a role has to do, on the page that people begin with. */
export interface WorkEntry {
  readonly role: Role;
  /** As "Review the schools of your region". */
  readonly text: string;
  readonly href: string;
  /** How many things wait; none shown where it isn't given or can't be said. */
  readonly count?: (database: Database, actor: Actor, now: Date) => Promise<number | null>;
}

/** The entries of the roles that an actor holds, each address once, in the order of the list. */
export function entriesFor(actor: Actor, entries: readonly WorkEntry[]): readonly WorkEntry[] {
  if (actor.kind !== "person") return [];
  const held = new Set(actor.grants.map(({ role }) => role));
  const seen = new Set<string>();
  return entries.filter(({ role, href }) => {
    if (!held.has(role) || seen.has(href)) return false;
    seen.add(href);
    return true;
  });
}
