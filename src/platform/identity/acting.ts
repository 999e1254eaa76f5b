import type { Database, Queries } from "../database/index.js";
import { type Actor, type Grant, scopeCode } from "./actor.js";
import { takeOn } from "./store-acting.js";

/** One grant as the policies read it: `regional-officer@region:E12000001`, `agency@country`. */
export function grantText({ role, scope }: Grant): string {
  const code = scopeCode(scope);
  if (!/^[\w-]*$/.test(code)) throw new RangeError(`"${code}" is no code of a ${scope.kind}`);
  return scope.kind === "country" ? `${role}@country` : `${role}@${scope.kind}:${code}`;
}

/**
 * Holds the rest of the transaction to what row-level security lets the actor reach. The system is held to nothing.
 * It ends with the transaction, however that ends: the next user of the connection is the login again.
 */
export async function actFor(queries: Queries, actor: Actor): Promise<void> {
  if (actor.kind === "system") return;
  const grants = actor.kind === "person" ? actor.grants.map(grantText) : [];
  await takeOn(queries, actor.kind === "person" ? actor.id : "", grants.length === 0 ? "" : ` ${grants.join(" ")} `);
}

/** One transaction in which PostgreSQL's row-level security holds the actor to the scope. */
export function actingAs<T>(database: Database, actor: Actor, work: (queries: Queries) => Promise<T>): Promise<T> {
  return database.queries.transaction(async (queries) => {
    await actFor(queries, actor);
    return work(queries);
  });
}
