import { and, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Queries } from "../database/index.js";
import type { Grant } from "./actor.js";
import { grantOf, type HeldRole, type Person } from "./store-people.js";
import { accessTokenTable, heldRoleTable, personTable, type SessionEnd, sessionTable, signInTable } from "./tables.js";

/** A session as it is kept. */
export type Session = typeof sessionTable.$inferSelect;
/** A sign-in that is at the provider. */
export type SignInUnderWay = typeof signInTable.$inferSelect;

const grantsNow = sql<
  string | null
>`(select json_agg(json_build_object('role', role, 'scopeKind', scope_kind, 'scopeCode', scope_code) order by id)::text
  from ${heldRoleTable} where person_id = ${personTable.id} and ended_at is null)`;

type GrantRow = Pick<HeldRole, "role" | "scopeKind" | "scopeCode">;

function readGrants(text: string | null): readonly Grant[] {
  return text === null ? [] : (JSON.parse(text) as readonly GrantRow[]).map(grantOf);
}

/** A session with whom it is of and what they hold now, or null. */
export async function findSession(
  queries: Queries,
  idHash: string,
): Promise<{ readonly session: Session; readonly person: Person; readonly grants: readonly Grant[] } | null> {
  const [row] = await queries
    .select({ session: sessionTable, person: personTable, grants: grantsNow })
    .from(sessionTable)
    .innerJoin(personTable, eq(personTable.id, sessionTable.personId))
    .where(eq(sessionTable.idHash, idHash));
  return row ? { ...row, grants: readGrants(row.grants) } : null;
}

export async function insertSession(queries: Queries, session: typeof sessionTable.$inferInsert): Promise<void> {
  await queries.insert(sessionTable).values(session);
}

/** Notes that a session was used. */
export async function touchSession(queries: Queries, idHash: string, at: string): Promise<void> {
  await queries
    .update(sessionTable)
    .set({ usedAt: at })
    .where(and(eq(sessionTable.idHash, idHash), lt(sessionTable.usedAt, at)));
}

/** Ends a session that runs; its row, or null where it had ended. */
export async function endSession(
  queries: Queries,
  idHash: string,
  why: SessionEnd,
  at: string,
): Promise<Session | null> {
  const [ended] = await queries
    .update(sessionTable)
    .set({ endedAt: at, endedWhy: why })
    .where(and(eq(sessionTable.idHash, idHash), isNull(sessionTable.endedAt)))
    .returning();
  return ended ?? null;
}

/** Ends every session of a person that runs; how many. */
export async function endSessionsOf(queries: Queries, personId: string, why: SessionEnd, at: string): Promise<number> {
  const ended = await queries
    .update(sessionTable)
    .set({ endedAt: at, endedWhy: why })
    .where(and(eq(sessionTable.personId, personId), isNull(sessionTable.endedAt)))
    .returning({ id: sessionTable.idHash });
  return ended.length;
}

/** The sessions of a person that were not ended, the last used first. */
export function sessionsOf(queries: Queries, personId: string): Promise<readonly Session[]> {
  return queries
    .select()
    .from(sessionTable)
    .where(and(eq(sessionTable.personId, personId), isNull(sessionTable.endedAt)))
    .orderBy(desc(sessionTable.usedAt));
}

/** Removes sign-ins that never came back, and sessions that are long over. */
export async function removeOld(queries: Queries, signInsBefore: string, sessionsBefore: string): Promise<void> {
  await queries.delete(signInTable).where(lt(signInTable.startedAt, signInsBefore));
  await queries.delete(sessionTable).where(lt(sessionTable.usedAt, sessionsBefore));
}

export async function insertSignIn(queries: Queries, row: SignInUnderWay): Promise<void> {
  await queries.insert(signInTable).values(row);
}

/** Takes a sign-in away, so that its answer counts once; null where it isn't there, is another browser's or too old. */
export async function takeSignIn(
  queries: Queries,
  stateHash: string,
  browserHash: string,
  since: string,
): Promise<SignInUnderWay | null> {
  const [row] = await queries
    .delete(signInTable)
    .where(
      and(
        eq(signInTable.stateHash, stateHash),
        eq(signInTable.browserHash, browserHash),
        gt(signInTable.startedAt, since),
      ),
    )
    .returning();
  return row ?? null;
}

/** A token with whose it is and what they hold now, or null. */
export async function findToken(
  queries: Queries,
  tokenHash: string,
): Promise<{
  readonly token: typeof accessTokenTable.$inferSelect;
  readonly person: Person;
  readonly grants: readonly Grant[];
} | null> {
  const [row] = await queries
    .select({ token: accessTokenTable, person: personTable, grants: grantsNow })
    .from(accessTokenTable)
    .innerJoin(personTable, eq(personTable.id, accessTokenTable.personId))
    .where(eq(accessTokenTable.tokenHash, tokenHash));
  return row ? { ...row, grants: readGrants(row.grants) } : null;
}

/** Notes that a token was used. */
export async function touchToken(queries: Queries, id: string, at: string): Promise<void> {
  await queries.update(accessTokenTable).set({ usedAt: at }).where(eq(accessTokenTable.id, id));
}
