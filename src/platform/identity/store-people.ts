import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import type { GroupUid, Urn } from "../../kernel/index.js";
import type { Queries } from "../database/index.js";
import { type Grant, type Scope, scopeCode } from "./actor.js";
import { heldRoleTable, personTable } from "./tables.js";

/** A person or a program as it is kept. */
export type Person = typeof personTable.$inferSelect;
/** A role that is or was held. */
export type HeldRole = typeof heldRoleTable.$inferSelect;

/** The grant of a row. */
export function grantOf({
  role,
  scopeKind,
  scopeCode: code,
}: Pick<HeldRole, "role" | "scopeKind" | "scopeCode">): Grant {
  const scopes: Readonly<Record<typeof scopeKind, Scope>> = {
    school: { kind: "school", urn: code as Urn },
    trust: { kind: "trust", uid: code as GroupUid },
    region: { kind: "region", code },
    country: { kind: "country" },
  };
  return { role, scope: scopes[scopeKind] };
}

/** The person with this id, or null. */
export async function findPerson(queries: Queries, id: string): Promise<Person | null> {
  const [person] = await queries.select().from(personTable).where(eq(personTable.id, id));
  return person ?? null;
}

/** The same, kept from others until the transaction ends. */
export async function lockPerson(queries: Queries, id: string): Promise<Person | null> {
  const [person] = await queries.select().from(personTable).where(eq(personTable.id, id)).for("update");
  return person ?? null;
}

/** The person whom an issuer knows under a name of its own, or null; kept unchanged until the transaction ends. */
export async function personOfSubject(queries: Queries, issuer: string, subject: string): Promise<Person | null> {
  const [person] = await queries
    .select()
    .from(personTable)
    .where(and(eq(personTable.issuer, issuer), eq(personTable.subject, subject)))
    .for("update");
  return person ?? null;
}

/** Adds a person or a program; nothing where the issuer's subject is there already. */
export async function insertPerson(queries: Queries, person: typeof personTable.$inferInsert): Promise<boolean> {
  const added = await queries
    .insert(personTable)
    .values(person)
    .onConflictDoNothing()
    .returning({ id: personTable.id });
  return added.length === 1;
}

/** Changes what a person is called and when they were last here. */
export async function updatePerson(queries: Queries, id: string, change: Partial<Person>): Promise<void> {
  await queries.update(personTable).set(change).where(eq(personTable.id, id));
}

/** The people whose name, e-mail address or id contains a text, in order of name; all where it is empty. */
export function searchPeople(queries: Queries, text: string, limit: number): Promise<readonly Person[]> {
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return queries
    .select()
    .from(personTable)
    .where(
      or(
        sql`${personTable.name} ilike ${pattern}`,
        sql`${personTable.email} ilike ${pattern}`,
        eq(personTable.id, text),
        eq(personTable.subject, text),
      ),
    )
    .orderBy(asc(sql`lower(${personTable.name}) collate "C"`), asc(personTable.id))
    .limit(limit);
}

/** The roles that people hold now, or ever held, in the order in which they were given. */
export function rolesOf(queries: Queries, people: readonly string[], ended = false): Promise<readonly HeldRole[]> {
  const theirs = sql`${heldRoleTable.personId} = any(${sql.param(people)}::text[])`;
  return queries
    .select()
    .from(heldRoleTable)
    .where(ended ? theirs : and(theirs, isNull(heldRoleTable.endedAt)))
    .orderBy(asc(heldRoleTable.id));
}

/** Gives a role; false where the person holds it there already. */
export async function insertRole(
  queries: Queries,
  personId: string,
  grant: Grant,
  by: { readonly at: string; readonly name: string; readonly reason: string },
): Promise<boolean> {
  const given = await queries
    .insert(heldRoleTable)
    .values({
      personId,
      role: grant.role,
      scopeKind: grant.scope.kind,
      scopeCode: scopeCode(grant.scope),
      grantedAt: by.at,
      grantedBy: by.name,
      reason: by.reason,
    })
    .onConflictDoNothing()
    .returning({ id: heldRoleTable.id });
  return given.length === 1;
}

/** Ends a role of a person; the role, or null where they don't hold it. */
export async function endRole(
  queries: Queries,
  personId: string,
  id: number,
  by: { readonly at: string; readonly name: string },
): Promise<HeldRole | null> {
  const [ended] = await queries
    .update(heldRoleTable)
    .set({ endedAt: by.at, endedBy: by.name })
    .where(and(eq(heldRoleTable.id, id), eq(heldRoleTable.personId, personId), isNull(heldRoleTable.endedAt)))
    .returning();
  return ended ?? null;
}

/** How many hold a role now; whoever would change that waits until the transaction ends. */
export async function countRole(queries: Queries, role: HeldRole["role"]): Promise<number> {
  const held = await queries
    .select({ id: heldRoleTable.id })
    .from(heldRoleTable)
    .where(and(eq(heldRoleTable.role, role), isNull(heldRoleTable.endedAt)))
    .for("update");
  return held.length;
}
