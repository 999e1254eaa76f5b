import { randomUUID } from "node:crypto";
import { err, type Json, ok, type Problem, parseGroupUid, parseUrn, type Result } from "../../kernel/index.js";
import type { Database, Queries } from "../database/index.js";
import { appendEvents, StaleStream } from "../log/index.js";
import { type Actor, type Grant, type Scope, scopeCode } from "./actor.js";
import { actorName } from "./refusals.js";
import { identityProblem, whyNot } from "./refusing.js";
import { roles, roleWords } from "./roles.js";
import {
  countRole,
  endRole,
  findPerson,
  grantOf,
  type HeldRole,
  insertPerson,
  insertRole,
  lockPerson,
  type Person,
  personOfSubject,
  rolesOf,
  searchPeople,
  updatePerson,
} from "./store-people.js";
import { endSessionsOf } from "./store-sessions.js";

/** A person or program with the roles held now. */
export interface PersonWithRoles {
  readonly person: Person;
  readonly roles: readonly HeldRole[];
}

/** Who changes what a person may do, and why. */
export interface Change {
  readonly actor: Actor;
  readonly reason: string;
  /** The version of the person that whoever changes has seen; null takes the newest. */
  readonly seen: number | null;
  readonly now: Date;
}

const administratorOnly = (actor: Actor, what: string) => whyNot(actor, ["administrator"], undefined, what);

const streamOf = (personId: string) => `identity/person/${personId}`;

/** Moves the person to the next version and writes the event, in the caller's transaction; last, as the log wants it. */
export async function recordOfPerson(
  queries: Queries,
  { id, version }: Person,
  { actor, now }: Pick<Change, "actor" | "now">,
  kind: string,
  body: Json,
): Promise<void> {
  await updatePerson(queries, id, { version: version + 1 });
  await appendEvents(queries, { stream: streamOf(id), expected: version, actor, at: now, events: [{ kind, body }] });
}

/** The person to change, kept from others until the transaction ends. @throws {StaleStream} when they changed since they were seen */
async function personToChange(queries: Queries, id: string, seen: number | null): Promise<Person | null> {
  const person = await lockPerson(queries, id);
  if (person && seen !== null && seen !== person.version) throw new StaleStream(streamOf(id), seen, person.version);
  return person;
}

/** What a provider says of somebody who has signed in there. */
export interface Claims {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
}

async function meet(queries: Queries, claims: Claims, firstGrants: readonly Grant[], now: Date): Promise<Person> {
  const [id, at] = [randomUUID(), now.toISOString()];
  const added = await insertPerson(queries, { ...claims, id, kind: "person", createdAt: at });
  const person = await personOfSubject(queries, claims.issuer, claims.subject);
  if (!person) throw new RangeError(`nobody of ${claims.issuer} after adding them`);
  if (!added) return person; // another sign-in of the same person came first
  const by = { at, name: "local identity provider", reason: "an invented person of the local identity provider" };
  for (const grant of firstGrants) await insertRole(queries, person.id, grant, by);
  await appendEvents(queries, {
    stream: streamOf(person.id),
    expected: 0,
    actor: { kind: "system", name: "sign-in" },
    at: now,
    events: [{ kind: "person-met", body: { issuer: claims.issuer, roles: firstGrants.map(grantWords) } }],
  });
  return person;
}

/**
 * The person behind a sign-in: found by issuer and subject, or met for the first time, and then without any role.
 * @param firstGrants what an invented person of the local provider begins with; real people begin with nothing
 */
export async function personSignedIn(
  queries: Queries,
  claims: Claims,
  firstGrants: readonly Grant[],
  now: Date,
): Promise<Person> {
  const known = await personOfSubject(queries, claims.issuer, claims.subject);
  const person = known ?? (await meet(queries, claims, firstGrants, now));
  const { name, email } = claims;
  await updatePerson(queries, person.id, { name, email, signedInAt: now.toISOString() });
  return { ...person, name, email };
}

/** A grant in words, as `regional officer of region E12000001`. */
export function grantWords({ role, scope }: Grant): string {
  return scope.kind === "country"
    ? roleWords[role].title
    : `${roleWords[role].title} of ${scope.kind} ${scopeCode(scope)}`;
}

/** Reads a role and where it holds, as forms, programs and the command line write them. */
export function parseGrant(role: string, code: string, kind = ""): Result<Grant, Problem> {
  const known = roles.find((one) => one === role);
  if (!known) {
    const words = role === "" ? "no role was chosen" : `there is no role "${role}"; the roles are ${roles.join(", ")}`;
    return err(identityProblem("role-unknown", "role", words));
  }
  const { scopes, title } = roleWords[known];
  const wanted = kind === "" ? scopes[0]! : scopes.find((one) => one === kind);
  if (wanted === undefined) {
    const words = `the role of ${title.toLowerCase()} is held for a ${scopes.join(" or ")}, not a ${kind}`;
    return err(identityProblem("role-scope-wrong", "scope", words));
  }
  const scope = parseScope(wanted, code.trim());
  return scope.ok
    ? ok({ role: known, scope: scope.value })
    : err(identityProblem("scope-unknown", "scope", scope.error));
}

function parseScope(kind: Scope["kind"], code: string): Result<Scope, string> {
  switch (kind) {
    case "country":
      return code === "" ? ok({ kind }) : err(`the role holds everywhere, and "${code}" was given as its place`);
    case "school": {
      const urn = parseUrn(code);
      return urn.ok ? ok({ kind, urn: urn.value }) : urn;
    }
    case "trust": {
      const uid = parseGroupUid(code);
      return uid.ok ? ok({ kind, uid: uid.value }) : uid;
    }
    case "region":
      return /^[A-Z]\d{2,8}$/.test(code)
        ? ok({ kind, code })
        : err(`"${code}" is not the code of a region, as E12000001`);
  }
}

/** The people and programs whose name, address or id contains a text, with what they hold. */
export async function findPeople(
  database: Database,
  actor: Actor,
  text: string,
  limit = 100,
): Promise<Result<readonly PersonWithRoles[], readonly Problem[]>> {
  const refused = administratorOnly(actor, "see who may do what");
  if (refused) return err([refused]);
  const people = await searchPeople(database.queries, text.trim(), limit);
  const held = await rolesOf(
    database.queries,
    people.map(({ id }) => id),
  );
  return ok(people.map((person) => ({ person, roles: held.filter(({ personId }) => personId === person.id) })));
}

/** A person or program with every role that was ever held. */
export async function personAndHistory(
  database: Database,
  actor: Actor,
  id: string,
): Promise<Result<PersonWithRoles, readonly Problem[]>> {
  const refused = administratorOnly(actor, "see who may do what");
  if (refused) return err([refused]);
  const person = await findPerson(database.queries, id);
  if (!person) return err([unknownPerson(id)]);
  return ok({ person, roles: await rolesOf(database.queries, [id], true) });
}

/** The problem that nobody has an id. */
export function unknownPerson(id: string): Problem {
  return identityProblem("person-unknown", "people", `there is nobody with the id "${id}"`);
}

/** Whether the register knows a scope: what the platform can't know by itself. */
export type KnowsScope = (scope: Scope) => Promise<boolean>;

/** Gives a role, as an event with its reason. Holds from the next request on. */
export async function grantRole(
  database: Database,
  id: string,
  grant: Grant,
  change: Change,
  knows: KnowsScope,
): Promise<Result<Person, readonly Problem[]>> {
  const refused = administratorOnly(change.actor, "give roles");
  if (refused) return err([refused]);
  if (change.reason.trim() === "") return err([identityProblem("reason-missing", "reason", "there is no reason")]);
  if (!(await knows(grant.scope)))
    return err([
      identityProblem(
        "scope-unknown",
        "scope",
        `the register doesn't know ${grant.scope.kind} ${scopeCode(grant.scope)}`,
      ),
    ]);
  return database.queries.transaction(async (queries) => {
    const person = await personToChange(queries, id, change.seen);
    if (!person) return err([unknownPerson(id)]);
    if (change.actor.kind === "person" && change.actor.id === id)
      return err([identityProblem("own-role", "role", "nobody gives a role to themselves")]);
    const by = { at: change.now.toISOString(), name: actorName(change.actor), reason: change.reason.trim() };
    if (!(await insertRole(queries, id, grant, by)))
      return err([identityProblem("role-held-already", "role", `${person.name} is ${grantWords(grant)} already`)]);
    await recordOfPerson(queries, person, change, "role-granted", { role: grantWords(grant), reason: by.reason });
    return ok(person);
  });
}

/** Ends a role, as an event, and with it every session of the person: they sign in anew with what is left. */
export async function endHeldRole(
  database: Database,
  id: string,
  heldRole: number,
  change: Change,
): Promise<Result<Person, readonly Problem[]>> {
  const refused = administratorOnly(change.actor, "end roles");
  if (refused) return err([refused]);
  if (change.reason.trim() === "") return err([identityProblem("reason-missing", "reason", "there is no reason")]);
  return database.queries.transaction(async (queries) => {
    const person = await personToChange(queries, id, change.seen);
    if (!person) return err([unknownPerson(id)]);
    const [at, name] = [change.now.toISOString(), actorName(change.actor)];
    const [held] = (await rolesOf(queries, [id])).filter((one) => one.id === heldRole);
    if (held?.role === "administrator" && (await countRole(queries, "administrator")) <= 1)
      return err([identityProblem("last-administrator", "role", `${person.name} is the last administrator`)]);
    const ended = await endRole(queries, id, heldRole, { at, name });
    if (!ended) return err([identityProblem("role-not-held", "role", `${person.name} does not hold this role`)]);
    await endSessionsOf(queries, id, "roles-changed", at);
    await recordOfPerson(queries, person, change, "role-ended", {
      role: grantWords(grantOf(ended)),
      reason: change.reason.trim(),
    });
    return ok(person);
  });
}

/** Ends every session of a person, as an administrator does when a device is lost. */
export async function endPersonsSessions(
  database: Database,
  id: string,
  change: Change,
): Promise<Result<number, readonly Problem[]>> {
  const refused = administratorOnly(change.actor, "end sessions");
  if (refused) return err([refused]);
  return database.queries.transaction(async (queries) => {
    const person = await lockPerson(queries, id);
    if (!person) return err([unknownPerson(id)]);
    const ended = await endSessionsOf(queries, id, "ended-by-administrator", change.now.toISOString());
    await recordOfPerson(queries, person, change, "sessions-ended", { sessions: ended, reason: change.reason.trim() });
    return ok(ended);
  });
}

/** Makes a program, as an agency's own system, that will call with access tokens and holds roles like a person. */
export async function addProgram(
  database: Database,
  name: string,
  { actor, now }: Pick<Change, "actor" | "now">,
): Promise<Result<Person, readonly Problem[]>> {
  const refused = administratorOnly(actor, "add programs");
  if (refused) return err([refused]);
  if (name.trim() === "") return err([identityProblem("name-missing", "name", "the program has no name")]);
  return database.queries.transaction(async (queries) => {
    const id = randomUUID();
    await insertPerson(queries, { id, kind: "program", name: name.trim(), createdAt: now.toISOString() });
    await appendEvents(queries, {
      stream: streamOf(id),
      expected: 0,
      actor,
      at: now,
      events: [{ kind: "program-added", body: { name: name.trim() } }],
    });
    return ok((await findPerson(queries, id))!);
  });
}
