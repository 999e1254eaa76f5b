import { eq, inArray } from "drizzle-orm";
import type { Queries } from "../../../platform/database/index.js";
import { findAuthority, lastImport, schoolTable } from "../../../register/index.js";
import type { FrameSchool } from "./frame.js";
import { frameTable } from "./store-tables.js";

/** The frame of each database as its newest import left it: the country's takes a fifth of a second to read. */
const keptFrames = new WeakMap<Queries, { readonly importedAt: string; readonly schools: readonly FrameSchool[] }>();

/** The open schools of the register as a frame reads them: the same list until something else is imported. */
export async function frameSchools(queries: Queries): Promise<readonly FrameSchool[]> {
  const importedAt = (await lastImport(queries))?.importedAt ?? null;
  const kept = keptFrames.get(queries);
  if (kept && kept.importedAt === importedAt) return kept.schools;
  const schools = await readFrameSchools(queries);
  if (importedAt !== null) keptFrames.set(queries, { importedAt, schools });
  return schools;
}

async function readFrameSchools(queries: Queries): Promise<readonly FrameSchool[]> {
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
