import { eq, getTableColumns, sql } from "drizzle-orm";
import type { Json } from "../../kernel/index.js";
import { insertMany, type Queries } from "../database/index.js";
import type { Actor } from "../identity/index.js";
import { hashOf, type StoredEvent } from "./chain.js";
import { StaleStream } from "./stale-stream.js";
import { eventTable, headTable } from "./tables.js";

/** Something that happened. */
export interface NewEvent {
  /** In kebab-case and the past tense, as `case-opened`. */
  readonly kind: string;
  readonly body: Json;
}

/** Events to append to one stream. */
export interface Entry {
  /** `proposal/kind/id`, as `quality-mark/case/2025-26/100123`. */
  readonly stream: string;
  /** The version that whoever appends has seen; 0 begins a stream. */
  readonly expected: number;
  readonly actor: Actor;
  readonly at: Date;
  /** What it is about: by row-level security only who reaches it reads the events. Without one, everybody signed in does. */
  readonly place?: { readonly urn?: string; readonly region?: string; readonly trust?: string };
  readonly events: readonly NewEvent[];
}

/** The newest event's number and hash; 0 and {@link chainStart} before the first. */
export interface Head {
  readonly number: number;
  readonly hash: string;
}

/** Where the log ends now. */
export async function readHead(queries: Queries): Promise<Head> {
  const [head] = await queries.select({ number: headTable.number, hash: headTable.hash }).from(headTable);
  if (!head) throw new RangeError("the log has no head: log.head is empty");
  return head;
}

/** Waits until nobody else appends, and stays so until the transaction ends. */
async function lockHead(queries: Queries): Promise<Head> {
  await queries.execute(sql`select from ${headTable} for update`);
  return readHead(queries); // a statement of its own: it sees what the one we waited for has committed
}

async function versionsOf(queries: Queries, streams: readonly string[]): Promise<ReadonlyMap<string, number>> {
  // Stream by stream, so that the index is used however little the database knows of the table.
  const rows = await queries.execute<{ stream: string; version: number | null }>(
    sql`select stream, (select version from ${eventTable} e where e.stream = s.stream order by version desc limit 1)
      from unnest(${sql.param(streams)}::text[]) as s(stream)`,
  );
  return new Map(rows.map(({ stream, version }) => [stream, version ?? 0]));
}

/** The entries as numbered and chained events, after the head. */
function chained(entries: readonly Entry[], head: Head): (StoredEvent & { hash: string })[] {
  let { number, hash } = head;
  return entries.flatMap(({ stream, expected, actor, at, place, events }) =>
    events.map(({ kind, body }, i) => {
      number += 1;
      const event = {
        ...{ number, stream, version: expected + i + 1, kind, actor, at: at.toISOString(), body },
        ...{ urn: place?.urn ?? null, region: place?.region ?? null, trust: place?.trust ?? null },
      };
      hash = hashOf(hash, event);
      return { ...event, hash };
    }),
  );
}

/**
 * Appends to many streams in a few statements, inside the caller's transaction: all or nothing.
 *
 * The log is locked from here to the end of the transaction, so change your own rows first and append last: two transactions that
 * do it in different orders could each wait for the other (the database then gives one up as `database-busy`).
 *
 * @param entries each stream once
 * @throws {StaleStream} for the first stream that has moved on since `expected`; nothing is appended.
 */
export async function appendMany(queries: Queries, entries: readonly Entry[]): Promise<void> {
  const wanted = entries.filter(({ events }) => events.length > 0);
  if (wanted.length === 0) return;
  const streams = wanted.map(({ stream }) => stream);
  if (new Set(streams).size < streams.length) throw new RangeError("a stream stands twice among the entries");
  const head = await lockHead(queries);
  const versions = await versionsOf(queries, streams);
  for (const { stream, expected } of wanted) {
    const actual = versions.get(stream) ?? 0;
    if (actual !== expected) throw new StaleStream(stream, expected, actual);
  }
  const events = chained(wanted, head);
  await insertMany(queries, eventTable, events);
  const { number, hash } = events.at(-1)!;
  await queries.update(headTable).set({ number, hash });
}

/**
 * Appends to a stream inside the caller's transaction; append last, as {@link appendMany} says.
 *
 * @returns the stream's new version
 * @throws {StaleStream} when the stream has moved on since `expected`.
 */
export async function appendEvents(queries: Queries, entry: Entry): Promise<number> {
  await appendMany(queries, [entry]);
  return entry.expected + entry.events.length;
}

/** The events of a stream, the oldest first; none where it never began. */
export async function readStream(queries: Queries, stream: string): Promise<readonly StoredEvent[]> {
  const { hash, ...columns } = getTableColumns(eventTable);
  return queries.select(columns).from(eventTable).where(eq(eventTable.stream, stream)).orderBy(eventTable.version);
}
