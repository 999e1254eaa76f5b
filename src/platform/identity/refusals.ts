import type { Database } from "../database/index.js";
import type { Actor, Place } from "./actor.js";
import { insertRefusal, refusalsSince, type StoredRefusal } from "./store-refusals.js";

/** What was refused to whom. */
export interface Refusal {
  /** As `POST /cases/:urn/decision`, or the name of a service's function. */
  readonly route: string;
  readonly place: Place | null;
  /** In words, as "needs the role regional officer in E12000001". */
  readonly why: string;
}

/** The name under which an actor stands in records. */
export function actorName(actor: Actor): string {
  return actor.kind === "public" ? "not signed in" : actor.name;
}

/** Records that an actor was refused something. In a transaction of its own: it stays whatever becomes of the caller's. */
export async function recordRefusal(
  database: Database,
  actor: Actor,
  refusal: Refusal,
  now: Date = new Date(),
): Promise<void> {
  await insertRefusal(database.queries, {
    ...refusal,
    place: refusal.place ?? {},
    at: now.toISOString(),
    actorKind: actor.kind,
    personId: actor.kind === "person" ? actor.id : null,
    actorName: actorName(actor),
  });
}

/** The refusals since a moment, the newest first. */
export function listRefusals(database: Database, since: Date, limit = 200): Promise<readonly StoredRefusal[]> {
  return refusalsSince(database.queries, since.toISOString(), limit);
}
