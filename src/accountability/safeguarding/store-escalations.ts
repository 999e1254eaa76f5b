import { and, asc, eq, isNull } from "drizzle-orm";
import { insertMany, type Queries } from "../../platform/database/index.js";
import { schoolTable } from "../../register/index.js";
import { deskTable, escalationTable } from "./tables.js";

/** An escalation as it is kept. */
export type KeptEscalation = typeof escalationTable.$inferSelect;

/** The telephone numbers of an authority's duty desks, as far as they were entered. */
export async function deskOf(
  queries: Queries,
  authority: string,
): Promise<{ readonly socialCare: string | null; readonly designatedOfficer: string | null }> {
  const [desk] = await queries.select().from(deskTable).where(eq(deskTable.authority, authority));
  return desk ?? { socialCare: null, designatedOfficer: null };
}

/** Enters the telephone numbers of an authority's duty desks. */
export async function putDesk(queries: Queries, desk: typeof deskTable.$inferInsert): Promise<void> {
  await insertMany(queries, deskTable, [desk], "update");
}

/** The escalation of an id, locked, or null. */
export async function findEscalation(queries: Queries, id: string): Promise<KeptEscalation | null> {
  const [found] = await queries.select().from(escalationTable).where(eq(escalationTable.id, id)).for("update");
  return found ?? null;
}

/** Adds an escalation; the same id again adds nothing. */
export async function addEscalation(queries: Queries, escalation: KeptEscalation): Promise<boolean> {
  const added = await queries
    .insert(escalationTable)
    .values(escalation)
    .onConflictDoNothing()
    .returning({ id: escalationTable.id });
  return added.length > 0;
}

/** Changes an escalation that was locked. */
export async function changeEscalation(queries: Queries, escalation: KeptEscalation): Promise<void> {
  await queries.update(escalationTable).set(escalation).where(eq(escalationTable.id, escalation.id));
}

/** Escalations within reach, those that nobody has acknowledged first; open ones, or all. */
export async function listEscalations(
  queries: Queries,
  filter: { readonly region?: string; readonly open: boolean },
): Promise<readonly (KeptEscalation & { readonly school: string })[]> {
  const rows = await queries
    .select({ escalation: escalationTable, school: schoolTable.name })
    .from(escalationTable)
    .innerJoin(schoolTable, eq(schoolTable.urn, escalationTable.urn as never))
    .where(
      and(
        filter.region === undefined ? undefined : eq(escalationTable.region, filter.region),
        filter.open ? isNull(escalationTable.closedAt) : undefined,
      ),
    )
    .orderBy(asc(escalationTable.acknowledgedAt), asc(escalationTable.raisedAt))
    .limit(500);
  return rows
    .map(({ escalation, school }) => ({ ...escalation, school }))
    .sort((a, b) => Number(a.acknowledgedAt !== null) - Number(b.acknowledgedAt !== null));
}
