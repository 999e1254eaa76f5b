import { asc, desc, eq, sql } from "drizzle-orm";
import { insertMany, type Queries } from "../../platform/database/index.js";
import { schoolTable } from "../../register/index.js";
import type { Site } from "./sites.js";
import { officerTable, planTable, siteTable, visitTable } from "./tables.js";

/** A plan without its visits. */
export type KeptPlan = typeof planTable.$inferSelect;

/** A visit as it is kept. */
export type KeptVisit = typeof visitTable.$inferSelect;

/** A visit with the words that a page shows, and the school's place. */
export interface ListedVisit extends KeptVisit {
  readonly school: string;
  readonly town: string | null;
  readonly officerName: string;
  readonly east: number;
  readonly north: number;
}

/** A school of a region, as a plan needs it. */
export type PlannableSchool = {
  urn: string;
  name: string;
  type: string;
  authority: string;
  postcode: string | null;
  pupils: number | null;
  boarders: string | null;
  trusts: string[];
  east: number | null;
  north: number | null;
  precision: Site["precision"] | null;
};

/** The open schools of a region, with their trusts on a day and their places. */
export async function plannableSchools(
  queries: Queries,
  region: string,
  on: string,
): Promise<readonly PlannableSchool[]> {
  return queries.execute<PlannableSchool>(sql`
    select s.urn, s.name, s.type, s.authority_code as authority, s.postcode, s.pupils, s.boarders, p.east, p.north, p.precision,
      coalesce((select array_agg(m.group_uid order by m.group_uid) from register.group_membership m
        where m.urn = s.urn and m.joined_on <= ${on} and (m.left_on is null or m.left_on > ${on})), '{}') as trusts
    from register.school s
    join register.authority a on a.code = s.authority_code
    left join ${siteTable} p on p.urn = s.urn
    where a.region_code = ${region} and s.status in ('open', 'open-proposed-to-close')
    order by s.urn`);
}

/** Saves a plan and its visits. @returns its number */
export async function savePlan(
  queries: Queries,
  plan: Omit<KeptPlan, "id" | "adoptedAt">,
  visits: readonly Omit<KeptVisit, "plan">[],
): Promise<number> {
  const [row] = await queries.insert(planTable).values(plan).returning({ id: planTable.id });
  const { id } = row!;
  await insertMany(
    queries,
    visitTable,
    visits.map((visit) => ({ ...visit, plan: id })),
  );
  return id;
}

/** A region's plans, the newest first. */
export async function listPlans(queries: Queries, region: string): Promise<readonly KeptPlan[]> {
  return queries.select().from(planTable).where(eq(planTable.region, region)).orderBy(desc(planTable.id)).limit(50);
}

/** One plan, locked, or null. */
export async function findPlan(queries: Queries, id: number): Promise<KeptPlan | null> {
  const [plan] = await queries.select().from(planTable).where(eq(planTable.id, id));
  return plan ?? null;
}

/** Marks a plan as in force. */
export async function markAdopted(queries: Queries, id: number, now: Date): Promise<void> {
  await queries.update(planTable).set({ adoptedAt: now.toISOString() }).where(eq(planTable.id, id));
}

/** The visits of a plan, by officer and day. */
export async function visitsOf(queries: Queries, plan: number): Promise<readonly ListedVisit[]> {
  const rows = await queries
    .select({
      visit: visitTable,
      school: schoolTable.name,
      town: schoolTable.town,
      officerName: officerTable.name,
      east: siteTable.east,
      north: siteTable.north,
    })
    .from(visitTable)
    .innerJoin(schoolTable, sql`${schoolTable.urn} = ${visitTable.urn}`)
    .innerJoin(officerTable, eq(officerTable.charter, visitTable.officer))
    .innerJoin(siteTable, eq(siteTable.urn, visitTable.urn))
    .where(eq(visitTable.plan, plan))
    .orderBy(asc(officerTable.name), asc(visitTable.officer), asc(visitTable.day), asc(visitTable.urn));
  return rows.map(({ visit, ...others }) => ({ ...visit, ...others }));
}

/** Writes where schools are. */
export async function saveSites(queries: Queries, sites: readonly Site[]): Promise<void> {
  await insertMany(queries, siteTable, [...sites], "update");
}
