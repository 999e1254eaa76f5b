import { eq, inArray, sql } from "drizzle-orm";
import type { Queries } from "../../../platform/database/index.js";
import { exportTable, pupilTable, responseTable } from "./store-tables.js";

/** Takes a pupil away with every answer. */
export async function removePupil(queries: Queries, id: string): Promise<void> {
  await queries.delete(responseTable).where(eq(responseTable.pupil, id));
  await queries.delete(pupilTable).where(eq(pupilTable.id, id));
}

/** Takes away all files of every assessment whose files hold a pupil. @returns those assessments */
export async function withdrawFilesWith(queries: Queries, id: string): Promise<readonly string[]> {
  const held = await queries
    .selectDistinct({ study: exportTable.study })
    .from(exportTable)
    .where(sql`position(${id} in ${exportTable.content}) > 0`)
    .orderBy(exportTable.study);
  const studies = held.map(({ study }) => study);
  if (studies.length > 0) await queries.delete(exportTable).where(inArray(exportTable.study, studies));
  return studies;
}
