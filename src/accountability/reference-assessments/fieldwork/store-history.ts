import { count, ne, sql } from "drizzle-orm";
import type { Queries } from "../../../platform/database/index.js";
import { publicationTable } from "../store-tables.js";
import type { BookletCount } from "./exposure.js";
import type { PublishedItem } from "./item-results.js";
import { pupilTable } from "./store-tables.js";

/** Pupils who began, by study and booklet. */
export const countBooklets = (queries: Queries): Promise<readonly BookletCount[]> =>
  queries
    .select({ study: pupilTable.study, booklet: pupilTable.booklet, pupils: count() })
    .from(pupilTable)
    .where(ne(pupilTable.state, "not-started"))
    .groupBy(pupilTable.study, pupilTable.booklet);

/** The newest publication of each assessment in a subject that was not withdrawn. */
const newest = (subject: string) => sql`(select distinct on (assessment_id) assessment_id, number, phase, results
  from ${publicationTable} where lower(subject) = lower(${subject}) and withdrawn_at is null order by assessment_id, number desc) as p`;

/** What the newest publications of a subject say of an item, by assessment. */
export async function publishedOfItem(
  queries: Queries,
  { id, subject }: { readonly id: string; readonly subject: string },
): Promise<readonly PublishedItem[]> {
  const rows = await queries.execute<PublishedItem & Record<string, unknown>>(sql`
    select assessment_id as assessment, number, phase, results->'cycles' as cycles,
      coalesce(item->'taken', '[]') as taken,
      jsonb_path_query_array(results, '$.drift[*] ? (@.item == $id)', jsonb_build_object('id', ${id}::text)) as drift
    from ${newest(subject)}, jsonb_path_query(results, '$.items[*] ? (@.item == $id)', jsonb_build_object('id', ${id}::text)) as item
    order by assessment_id`);
  return [...rows];
}

/** Cycles in which the newest publications of a subject have scores of an item, by phase in words and item. */
export async function publishedCycles(
  queries: Queries,
  subject: string,
): Promise<readonly { readonly phase: string; readonly item: string; readonly cycle: string }[]> {
  const rows = await queries.execute<{ phase: string; item: string; cycle: string }>(sql`
    select distinct phase, item->>'item' as item, taken->>'cycle' as cycle
    from ${newest(subject)}, jsonb_array_elements(results->'items') as item,
      jsonb_array_elements(coalesce(item->'taken', '[]')) as taken`);
  return [...rows];
}
