import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { CivilDate } from "../../kernel/index.js";
import { insertMany, type Queries } from "../../platform/database/index.js";
import type { Delegation, Responsibility } from "./responsibility.js";
import {
  delegationTable,
  drawingAuthorityTable,
  drawingRegionTable,
  drawingTable,
  officerTable,
  officeTable,
  responsibilityTable,
} from "./store-tables.js";

/** A drawing of the country with its first day. */
export type Drawing = typeof drawingTable.$inferSelect;

/** A region of a drawing. */
export interface DrawnRegion {
  readonly code: string;
  readonly name: string;
  readonly office: string;
}

/** Every drawing, oldest first. */
export function listDrawings(queries: Queries): Promise<readonly Drawing[]> {
  return queries.select().from(drawingTable).orderBy(asc(drawingTable.startsOn));
}

/** The regions of a drawing in order of code, and the region of each authority. */
export async function loadDrawing(
  queries: Queries,
  version: number,
): Promise<{ readonly regions: readonly DrawnRegion[]; readonly regionOf: ReadonlyMap<string, string> }> {
  const regions = await queries
    .select({ code: drawingRegionTable.code, name: drawingRegionTable.name, office: drawingRegionTable.office })
    .from(drawingRegionTable)
    .where(eq(drawingRegionTable.version, version))
    .orderBy(sql`${drawingRegionTable.code} collate "C"`);
  const authorities = await queries
    .select({ authority: drawingAuthorityTable.authority, region: drawingAuthorityTable.region })
    .from(drawingAuthorityTable)
    .where(eq(drawingAuthorityTable.version, version));
  return { regions, regionOf: new Map(authorities.map(({ authority, region }) => [authority, region])) };
}

/** Lets one person at a time change drawings, offices and who holds what; others wait. */
export async function lockDrawings(queries: Queries): Promise<void> {
  await queries.execute(sql`select pg_advisory_xact_lock(hashtextextended('regions.drawing', 0))`);
}

/** What an adoption changes. */
export interface Adoption {
  readonly drawing: typeof drawingTable.$inferInsert;
  readonly regions: readonly DrawnRegion[];
  readonly regionOf: ReadonlyMap<string, string>;
  readonly newOffices: readonly (typeof officeTable.$inferInsert)[];
  readonly closedOffices: readonly string[];
  readonly closedRegions: readonly string[];
  readonly newResponsibilities: readonly Responsibility[];
}

/** Saves an adoption: the drawing, new offices and their duties; what ends, ends on the drawing's first day. */
export async function saveAdoption(queries: Queries, adoption: Adoption): Promise<void> {
  const { drawing, regions, regionOf, newOffices, closedOffices, closedRegions, newResponsibilities } = adoption;
  const { version, startsOn } = drawing;
  await queries.insert(drawingTable).values(drawing);
  if (newOffices.length > 0) await queries.insert(officeTable).values([...newOffices]);
  await insertMany(
    queries,
    drawingRegionTable,
    regions.map((region) => ({ version, ...region })),
  );
  const rows = [...regionOf].map(([authority, region]) => ({ version, authority, region }));
  await insertMany(queries, drawingAuthorityTable, rows);
  for (const region of closedRegions) {
    const running = or(isNull(responsibilityTable.to), gt(responsibilityTable.to, startsOn));
    await queries
      .update(responsibilityTable)
      .set({ to: startsOn })
      .where(and(eq(responsibilityTable.region, region), running));
    await queries
      .update(delegationTable)
      .set({ to: startsOn })
      .where(and(eq(delegationTable.region, region), gt(delegationTable.to, startsOn)));
  }
  for (const office of closedOffices) {
    await queries.update(officeTable).set({ closedOn: startsOn }).where(eq(officeTable.code, office));
    await queries
      .update(officerTable)
      .set({ to: startsOn })
      .where(and(eq(officerTable.office, office), or(isNull(officerTable.to), gt(officerTable.to, startsOn))));
  }
  if (newResponsibilities.length > 0) await queries.insert(responsibilityTable).values([...newResponsibilities]);
}

/** Who holds which duty and which are delegated from a day on. */
export async function loadHeld(
  queries: Queries,
  since: CivilDate,
): Promise<{ readonly held: readonly Responsibility[]; readonly delegations: readonly Delegation[] }> {
  return {
    held: await queries
      .select()
      .from(responsibilityTable)
      .where(or(isNull(responsibilityTable.to), gt(responsibilityTable.to, since))),
    delegations: await queries.select().from(delegationTable).where(gt(delegationTable.to, since)),
  };
}

/** Every office, in order of code. */
export function listOffices(queries: Queries): Promise<readonly (typeof officeTable.$inferSelect)[]> {
  return queries.select().from(officeTable).orderBy(sql`${officeTable.code} collate "C"`);
}

/** The people who are or were in posts, by office and post, oldest first. */
export function listOfficers(queries: Queries): Promise<readonly (typeof officerTable.$inferSelect)[]> {
  return queries
    .select()
    .from(officerTable)
    .orderBy(asc(officerTable.office), asc(officerTable.post), asc(officerTable.from));
}

/** Puts somebody in a post; who is in it now leaves on that day. */
export async function saveOfficer(queries: Queries, officer: typeof officerTable.$inferInsert): Promise<void> {
  await queries
    .update(officerTable)
    .set({ to: officer.from })
    .where(and(eq(officerTable.office, officer.office), eq(officerTable.post, officer.post), isNull(officerTable.to)));
  await queries.insert(officerTable).values(officer);
}

/** Delegates a duty. */
export async function saveDelegation(queries: Queries, delegation: Delegation): Promise<void> {
  await queries.insert(delegationTable).values(delegation);
}
