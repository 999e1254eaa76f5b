import { eq, inArray } from "drizzle-orm";
import type { Queries } from "../../../platform/database/index.js";
import { findAuthority, schoolTable } from "../../../register/index.js";
import type { FrameSchool } from "./frame.js";
import { frameTable } from "./store-tables.js";

/** The open schools of the register as a frame reads them. */
export async function frameSchools(queries: Queries): Promise<readonly FrameSchool[]> {
  const rows = await queries
    .select({
      ...{ urn: schoolTable.urn, type: schoolTable.type, typeGroup: schoolTable.typeGroup },
      ...{ lowAge: schoolTable.lowAge, highAge: schoolTable.highAge, pupils: schoolTable.pupils },
      ...{ freeSchoolMealsPercent: schoolTable.freeSchoolMealsPercent, authority: schoolTable.authority },
    })
    .from(schoolTable)
    .where(inArray(schoolTable.status, ["open", "open-proposed-to-close"]));
  return rows.map(({ authority, ...school }) => ({ ...school, region: findAuthority(authority)?.region ?? null }));
}

/** Keeps the frame of a draw, as text. */
export async function keepFrame(queries: Queries, study: string, content: string): Promise<void> {
  await queries.insert(frameTable).values({ study, content });
}

/** The frame of a draw, or null where none was kept. */
export async function findFrame(queries: Queries, study: string): Promise<string | null> {
  const [found] = await queries.select().from(frameTable).where(eq(frameTable.study, study));
  return found?.content ?? null;
}
