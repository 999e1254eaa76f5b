import { valueOn } from "../../kernel/index.js";
import type { Database, Queries } from "../database/index.js";
import { dayInEngland } from "../day/index.js";
import { type Actor, publicActor } from "./actor.js";
import { sessionIdle, sessionLife } from "./parameters.js";
import { newSecret, secretHash } from "./secrets.js";
import type { Person } from "./store-people.js";
import {
  endSession,
  findSession,
  findToken,
  insertSession,
  removeOld,
  type Session,
  sessionsOf,
  touchSession,
  touchToken,
} from "./store-sessions.js";

/** The issuer of the people whom the local provider invents; real issuers are addresses. */
export const localIssuer = "local";

const minute = 60_000;
/** A session in use is written down at most so often: a write for every page would be waste. */
const noteEvery = minute;

/** Whether a session counts at a moment: not ended, used lately, not too old. */
export function sessionRuns(session: Pick<Session, "startedAt" | "usedAt" | "endedAt">, now: Date): boolean {
  const idle = now.getTime() - Date.parse(session.usedAt);
  const age = now.getTime() - Date.parse(session.startedAt);
  const today = dayInEngland(now);
  return (
    session.endedAt === null &&
    idle < valueOn(sessionIdle, today).value * minute &&
    age < valueOn(sessionLife, today).value * 60 * minute
  );
}

/** Begins a session of a person, ending the one that the browser had. @returns the secret for the browser's cookie */
export async function startSession(
  queries: Queries,
  person: Pick<Person, "id">,
  given: { readonly browser: string; readonly idToken: string | null; readonly before: string | null },
  now: Date,
): Promise<string> {
  const [secret, at] = [newSecret(), now.toISOString()];
  if (given.before !== null) await endSession(queries, secretHash(given.before), "signed-in-anew", at);
  const longAgo = new Date(now.getTime() - 30 * 24 * 60 * minute).toISOString();
  const yesterday = new Date(now.getTime() - 24 * 60 * minute).toISOString();
  await removeOld(queries, yesterday, longAgo);
  await insertSession(queries, {
    idHash: secretHash(secret),
    personId: person.id,
    startedAt: at,
    usedAt: at,
    browser: given.browser.slice(0, 300),
    idToken: given.idToken,
  });
  return secret;
}

/** Who a cookie or a token stands for, and the session where it is one. */
export interface Identified {
  readonly actor: Actor;
  readonly session: Session | null;
}

const nobody: Identified = { actor: publicActor, session: null };

/** Whether a person of this issuer may be anybody here: the invented ones only where the local provider runs. */
const isKnown = (person: Person, localPeople: boolean) => localPeople || person.issuer !== localIssuer;

/**
 * Who holds this session's secret.
 * @param localPeople whether the local provider runs, and its invented people may be somebody
 */
export async function personOfSession(
  database: Database,
  secret: string,
  localPeople: boolean,
  now: Date,
): Promise<Identified> {
  const found = await findSession(database.queries, secretHash(secret));
  if (!found || !sessionRuns(found.session, now) || !isKnown(found.person, localPeople)) return nobody;
  const { session, person, grants } = found;
  if (now.getTime() - Date.parse(session.usedAt) >= noteEvery)
    await touchSession(database.queries, session.idHash, now.toISOString());
  return { actor: { kind: "person", id: person.id, name: person.name, grants }, session };
}

/** Who holds this access token: the person or program with those of its roles that the token may use. */
export async function personOfToken(
  database: Database,
  secret: string,
  localPeople: boolean,
  now: Date,
): Promise<Actor | null> {
  const found = await findToken(database.queries, secretHash(secret));
  if (!found || !isKnown(found.person, localPeople)) return null;
  const { token, person, grants } = found;
  if (token.endedAt !== null || Date.parse(token.expiresAt) <= now.getTime()) return null;
  if (token.usedAt === null || now.getTime() - Date.parse(token.usedAt) >= noteEvery)
    await touchToken(database.queries, token.id, now.toISOString());
  const allowed = token.roles.split(" ");
  return {
    kind: "person",
    id: person.id,
    name: person.name,
    grants: grants.filter(({ role }) => allowed.includes(role)),
  };
}

/** Ends the session of this secret. @returns it, or null where it had ended */
export function signOut(database: Database, secret: string, now: Date): Promise<Session | null> {
  return endSession(database.queries, secretHash(secret), "signed-out", now.toISOString());
}

/** The sessions of a person that still run, the last used first. */
export async function runningSessions(database: Database, personId: string, now: Date): Promise<readonly Session[]> {
  return (await sessionsOf(database.queries, personId)).filter((session) => sessionRuns(session, now));
}

/** Ends one of a person's own sessions by what is shown of it, or all of them but one. */
export async function endOwnSessions(
  database: Database,
  personId: string,
  which: { readonly only: string } | { readonly allBut: string },
  now: Date,
): Promise<number> {
  return database.queries.transaction(async (queries) => {
    const theirs = (await sessionsOf(queries, personId)).filter(({ idHash }) =>
      "only" in which ? idHash === which.only : idHash !== which.allBut,
    );
    for (const { idHash } of theirs) await endSession(queries, idHash, "ended-by-person", now.toISOString());
    return theirs.length;
  });
}
