import { and, eq, inArray, sql } from "drizzle-orm";
import type { GroupUid, Urn } from "../kernel/index.js";
import type { Queries } from "../platform/database/index.js";
import type { RegionCode } from "./regions.js";
import { authorityTable, groupTable, schoolTable } from "./tables.js";
import type { Group, SchoolPhase } from "./types.js";

/** A school as an example of its region and phase. */
export interface ExampleSchool {
  readonly urn: Urn;
  readonly name: string;
  readonly phase: SchoolPhase;
  readonly region: RegionCode;
}

/** One open primary and one open secondary school of every region that the register has schools of: those with the lowest URN. */
export async function exampleSchools(queries: Queries): Promise<readonly ExampleSchool[]> {
  const { urn, name, phase } = schoolTable;
  const rows = await queries
    .selectDistinctOn([authorityTable.region, phase], { urn, name, phase, region: authorityTable.region })
    .from(schoolTable)
    .innerJoin(authorityTable, eq(authorityTable.code, schoolTable.authority))
    .where(
      and(
        eq(schoolTable.status, "open"),
        inArray(phase, ["primary", "secondary"]),
        sql`${authorityTable.region} is not null`,
      ),
    )
    .orderBy(authorityTable.region, phase, urn);
  return rows.map((row) => ({ ...row, phase: row.phase!, region: row.region! }));
}

/** The group with this UID, or null where the register describes none. */
export async function findGroup(queries: Queries, uid: GroupUid): Promise<Group | null> {
  const [group] = await queries.select().from(groupTable).where(eq(groupTable.uid, uid));
  return group ?? null;
}
