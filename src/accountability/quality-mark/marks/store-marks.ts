import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { CivilDate } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import { caseOfRow } from "../cases/store-case.js";
import { caseTable, publicationTable } from "../cases/tables.js";
import { type Mark, markOn, type PublishedMark, standingMark } from "./mark.js";

/** A mark is public from the moment its whole batch is. */
const isPublic = isNotNull(publicationTable.finishedAt);

async function publishedMarks(queries: Queries, urns: readonly string[]): Promise<PublishedMark[]> {
  if (urns.length === 0) return [];
  const rows = await queries
    .select({ found: caseTable })
    .from(caseTable)
    .innerJoin(publicationTable, eq(publicationTable.id, caseTable.publicationId))
    .where(and(inArray(caseTable.urn, [...urns]), isPublic));
  return rows.map(({ found }) => {
    const { urn, academicYear, mark } = caseOfRow(found);
    return { urn, academicYear, kept: mark! };
  });
}

/** A school's mark as it stands on a day; null where nothing has been published of it. */
export async function markOf(queries: Queries, urn: string, on: CivilDate): Promise<Mark | null> {
  return standingMark(await publishedMarks(queries, [urn]), on);
}

/** The marks of several schools as they stand on a day; a school of which nothing has been published is not in it. */
export async function marksOf(
  queries: Queries,
  urns: readonly string[],
  on: CivilDate,
): Promise<ReadonlyMap<string, Mark>> {
  const bySchool = new Map<string, PublishedMark[]>();
  for (const mark of await publishedMarks(queries, urns))
    bySchool.set(mark.urn, [...(bySchool.get(mark.urn) ?? []), mark]);
  return new Map(
    [...bySchool].flatMap(([urn, marks]) => {
      const standing = standingMark(marks, on);
      return standing ? [[urn, standing] as const] : [];
    }),
  );
}

/** Every mark that was published of a school, the newest first, as each stands on a day. */
export async function marksOfSchool(queries: Queries, urn: string, on: CivilDate): Promise<readonly Mark[]> {
  const marks = await publishedMarks(queries, [urn]);
  return marks.sort((a, b) => (a.kept.from < b.kept.from ? 1 : -1)).map((mark) => markOn(mark, on));
}
