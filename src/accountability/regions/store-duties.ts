import { and, desc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { CivilDate, Urn } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { groupsOfSchool, schoolTable } from "../../register/index.js";
import {
  delegationTable,
  drawingAuthorityTable,
  drawingRegionTable,
  drawingTable,
  officerTable,
  officeTable,
  responsibilityTable,
} from "./store-tables.js";
import type { DutyRegister, SchoolPlace } from "./who-answers.js";

/** The number of the drawing in force on a day, or null before the first. */
export async function drawingOn(queries: Queries, on: CivilDate): Promise<number | null> {
  const [row] = await queries
    .select({ version: drawingTable.version })
    .from(drawingTable)
    .where(lte(drawingTable.startsOn, on))
    .orderBy(desc(drawingTable.startsOn))
    .limit(1);
  return row?.version ?? null;
}

/** Everything that says who answers on a day. */
export async function loadDutyRegister(queries: Queries, on: CivilDate): Promise<DutyRegister> {
  const drawing = await drawingOn(queries, on);
  const version = drawing ?? 0;
  const regions = await queries
    .select({ code: drawingRegionTable.code, name: drawingRegionTable.name, office: drawingRegionTable.office })
    .from(drawingRegionTable)
    .where(eq(drawingRegionTable.version, version))
    .orderBy(sql`${drawingRegionTable.code} collate "C"`);
  const authorities = await queries
    .select({ authority: drawingAuthorityTable.authority, region: drawingAuthorityTable.region })
    .from(drawingAuthorityTable)
    .where(eq(drawingAuthorityTable.version, version));
  const held = await queries
    .select()
    .from(responsibilityTable)
    .where(and(lte(responsibilityTable.from, on), or(isNull(responsibilityTable.to), gt(responsibilityTable.to, on))));
  const delegations = await queries
    .select()
    .from(delegationTable)
    .where(and(lte(delegationTable.from, on), gt(delegationTable.to, on)));
  const officers = await queries
    .select()
    .from(officerTable)
    .where(and(lte(officerTable.from, on), or(isNull(officerTable.to), gt(officerTable.to, on))));
  const offices = await queries.select().from(officeTable);
  return {
    on,
    drawing,
    regions,
    regionOf: new Map(authorities.map(({ authority, region }) => [authority, region])),
    offices: new Map(offices.map(({ code, name, kind, contact }) => [code, { code, name, kind, contact }])),
    held,
    delegations,
    officers,
  };
}

/** Where a school lies and who runs it on a day, or null where the register doesn't describe it. */
export async function findSchoolPlace(
  queries: Queries,
  urn: string,
  on: CivilDate,
): Promise<(SchoolPlace & { readonly name: string; readonly town: string | null }) | null> {
  const [school] = await queries
    .select({ name: schoolTable.name, authority: schoolTable.authority, town: schoolTable.town })
    .from(schoolTable)
    .where(eq(schoolTable.urn, urn as Urn));
  if (!school) return null;
  const groups = await groupsOfSchool(queries, urn as Urn, on);
  const trust = groups.find(({ type }) => /trust/i.test(type))?.name ?? null;
  return { urn, ...school, trust };
}
