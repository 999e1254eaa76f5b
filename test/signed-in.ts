import type { GroupUid, Urn } from "../src/kernel/index.js";
import type { Database } from "../src/platform/database/index.js";
import { type Actor, type Grant, type Role, roleWords, type Scope } from "../src/platform/identity/index.js";
import { personSignedIn } from "../src/platform/identity/people.js";
import { startSession } from "../src/platform/identity/sessions.js";

/** A person who holds these roles, for services and for servers whose `identify` says so. */
export function personWith(...grants: readonly Grant[]): Extract<Actor, { kind: "person" }> {
  const words = grants.map(({ role, scope }) => `${role}@${scope.kind}`).join(" ");
  return { kind: "person", id: `test ${words}`, name: `Tess Invented (${words})`, grants };
}

/** A role where it is usually held, at the place given. */
export function usualGrant(
  role: Role,
  at: { readonly urn: string; readonly trust: string; readonly region: string },
): Grant {
  const scopes: Readonly<Record<Scope["kind"], Scope>> = {
    school: { kind: "school", urn: at.urn as Urn },
    trust: { kind: "trust", uid: at.trust as GroupUid },
    region: { kind: "region", code: at.region },
    country: { kind: "country" },
  };
  return { role, scope: scopes[roleWords[role].scopes[0]!] };
}

/** A person in the register who has signed in, with the cookie of the session, as over plain HTTP. */
export async function signedIn(
  database: Database,
  grants: readonly Grant[],
  { now = new Date(), subject = "tess" } = {},
): Promise<{ readonly id: string; readonly cookie: string }> {
  return database.queries.transaction(async (queries) => {
    const claims = { issuer: "https://tests.invalid", subject, name: `Tess Invented ${subject}`, email: null };
    const person = await personSignedIn(queries, claims, grants, now);
    const secret = await startSession(queries, person, { browser: "a test", idToken: null, before: null }, now);
    return { id: person.id, cookie: `greenpaper-session=${secret}` };
  });
}
