import { and, asc, gt, lte, type SQL, sql } from "drizzle-orm";
import type { Queries } from "../database/index.js";
import type { HashedEvent } from "./chain-check.js";
import type { Head } from "./store.js";
import { eventTable, headTable } from "./tables.js";

const eventsPerPage = 2000;

/** The head and the highest number among the events, as they were at one moment. */
export async function readEnd(queries: Queries): Promise<{ readonly head: Head | null; readonly highest: number }> {
  const [row] = await queries.execute<{ number: number | null; hash: string | null; highest: number | null }>(
    sql`select number, hash, (select max(number) from ${eventTable}) as highest from (select 1) as one left join ${headTable} on true`,
  );
  const { number, hash, highest } = row!;
  return { head: number === null || hash === null ? null : { number, hash }, highest: highest ?? 0 };
}

/** The events up to a number, page by page in their order. */
export async function* pagesUpTo(queries: Queries, number: number): AsyncGenerator<readonly HashedEvent[]> {
  for (let last = 0; ; ) {
    const page = await queries
      .select()
      .from(eventTable)
      .where(and(gt(eventTable.number, last), lte(eventTable.number, number)))
      .orderBy(asc(eventTable.number))
      .limit(eventsPerPage);
    if (page.length > 0) yield page;
    if (page.length < eventsPerPage) return;
    last = page.at(-1)!.number;
  }
}

/** Streams whose versions are not 1, 2, 3, …; the chain itself says in which order. */
export async function brokenStreams(queries: Queries, most: number): Promise<readonly { stream: string }[]> {
  return queries.execute(
    sql`select stream from ${eventTable} group by stream having min(version) <> 1 or max(version) <> count(*) order by stream limit ${most}`,
  );
}

/** The triggers of the log that are in force in every session. */
export async function triggersInForce(queries: Queries): Promise<ReadonlySet<string>> {
  const rows = await queries.execute<{ name: string }>(
    sql`select relname || '.' || tgname as name from pg_trigger join pg_class on pg_class.oid = tgrelid
      where relnamespace = 'log'::regnamespace and tgenabled = 'A'`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** Rows whose version isn't that of their stream; a version of null where there is no stream, or no row. */
export async function differingVersions(
  queries: Queries,
  { prefix, states }: { readonly prefix: string; readonly states: SQL },
  most: number,
): Promise<readonly { stream: string; state: number | null; log: number | null }[]> {
  return queries.execute(
    sql`select stream, s.version as state, e.version as log from (${states}) as s (stream, version)
      full join (select stream, max(version) as version from ${eventTable} where starts_with(stream, ${prefix}) group by stream) as e
        using (stream)
      where s.version is distinct from e.version order by stream limit ${most}`,
  );
}
