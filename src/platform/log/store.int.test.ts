import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { type Database, migrate, openDatabase } from "../database/index.js";
import { type Actor, actingAs, identityMigrations, publicActor, systemActor } from "../identity/index.js";
import {
  appendEvents,
  appendMany,
  chainStart,
  type Entry,
  hashOf,
  logMigrations,
  readHead,
  readStream,
} from "./index.js";
import { eventTable, headTable } from "./tables.js";

const at = new Date("2026-11-26T10:00:00.123Z");
const actor = systemActor("tests");

const entry = (stream: string, expected: number, ...kinds: string[]): Entry => ({
  ...{ stream, expected, actor, at },
  events: kinds.map((kind) => ({
    kind,
    body: { text: `“${kind}” \\ 'x' 😀`, share: 0.1 + 0.2, large: 1e21, none: null },
  })),
});

async function withLog(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await migrate(database, [identityMigrations, logMigrations]);
  return database;
}

const append = (database: Database, one: Entry) =>
  database.queries.transaction((queries) => appendEvents(queries, one));

describeStores("the log", (fresh, place) => {
  it("has the tables that Drizzle is told of", async () => {
    await expectTablesMatch(await withLog(fresh), [eventTable, headTable]);
  });

  it("keeps the events of a stream in order, with who and when, and answers the new version", async () => {
    const database = await withLog(fresh);
    expect(await append(database, entry("cases/one", 0, "opened", "read"))).toBe(2);
    expect(await append(database, entry("cases/two", 0, "opened"))).toBe(1);
    expect(await append(database, entry("cases/one", 2, "decided"))).toBe(3);
    const events = await readStream(database.queries, "cases/one");
    expect(events.map(({ number, version, kind }) => [number, version, kind])).toEqual([
      [1, 1, "opened"],
      [2, 2, "read"],
      [4, 3, "decided"],
    ]);
    expect(events[0]).toMatchObject({
      actor,
      at: "2026-11-26T10:00:00.123Z",
      body: entry("", 0, "opened").events[0]!.body,
    });
    expect(await readStream(database.queries, "cases/three")).toEqual([]);
  });

  it("makes each hash of the event and the hash before, as they are read back", async () => {
    const database = await withLog(fresh);
    await append(database, entry("cases/one", 0, "opened", "read"));
    await append(database, entry("cases/two", 0, "opened"));
    const stored = await database.queries.select().from(eventTable).orderBy(eventTable.number);
    let before = chainStart;
    for (const event of stored) {
      expect(hashOf(before, event)).toBe(event.hash);
      before = event.hash;
    }
    expect(await readHead(database.queries)).toEqual({ number: 3, hash: before });
  });

  it("refuses whoever has not seen the newest version, and writes nothing", async () => {
    const database = await withLog(fresh);
    await append(database, entry("cases/one", 0, "opened", "read"));
    await expect(append(database, entry("cases/one", 1, "decided"))).rejects.toMatchObject({
      name: "StaleStream",
      code: "changed-meanwhile",
      stream: "cases/one",
      expected: 1,
      actual: 2,
    });
    const many = database.queries.transaction((queries) =>
      appendMany(queries, [entry("cases/two", 0, "opened"), entry("cases/one", 3, "decided")]),
    );
    await expect(many).rejects.toMatchObject({ name: "StaleStream", actual: 2 });
    expect((await readHead(database.queries)).number).toBe(2);
  });

  it("lets one of two people who change the same case at once through", async () => {
    const location = await place();
    const first = await openDatabase(location);
    const second = first.kind === "postgresql" ? await openDatabase(location) : first;
    try {
      await migrate(first, [identityMigrations, logMigrations]);
      await append(first, entry("cases/one", 0, "opened"));
      const both = await Promise.allSettled([
        append(first, entry("cases/one", 1, "decided")),
        append(second, entry("cases/one", 1, "withdrawn")),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(both.find(({ status }) => status === "rejected")).toMatchObject({
        reason: { name: "StaleStream", actual: 2 },
      });
      expect(await readStream(first.queries, "cases/one")).toHaveLength(2);
    } finally {
      await first.close();
      if (second !== first) await second.close();
    }
  });

  it("leaves no gap where a transaction, or a part of one, was given up", async () => {
    const database = await withLog(fresh);
    await append(database, entry("cases/one", 0, "opened"));
    const givenUp = database.queries.transaction(async (queries) => {
      await appendEvents(queries, entry("cases/one", 1, "decided"));
      throw new Error("changed my mind");
    });
    await expect(givenUp).rejects.toThrow("changed my mind");
    await database.queries.transaction(async (queries) => {
      const part = queries.transaction(async (inner) => {
        await appendEvents(inner, entry("cases/one", 1, "decided"));
        throw new Error("changed my mind");
      });
      await expect(part).rejects.toThrow("changed my mind");
      await appendEvents(queries, entry("cases/one", 1, "withdrawn"));
    });
    const numbers = await database.queries
      .select({ number: eventTable.number, kind: eventTable.kind })
      .from(eventTable);
    expect(numbers).toEqual([
      { number: 1, kind: "opened" },
      { number: 2, kind: "withdrawn" },
    ]);
  });

  it("numbers the events of many writers without a gap", async () => {
    const database = await withLog(fresh);
    await Promise.all(
      Array.from({ length: 20 }, (_, k) =>
        append(database, entry(`cases/${k}`, 0, ...Array(k % 3).fill("opened"), "read")),
      ),
    );
    const rows = await database.queries
      .select({ number: eventTable.number })
      .from(eventTable)
      .orderBy(eventTable.number);
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, i) => i + 1));
    expect((await readHead(database.queries)).number).toBe(rows.length);
  });

  it.each([
    ["an event is edited", sql`update log.event set body = '{}' where number = 1`],
    ["an event is deleted", sql`delete from log.event where number = 1`],
    ["no event would be deleted", sql`delete from log.event where false`],
    ["the events are truncated", sql`truncate log.event`],
    ["the head is set back", sql`update log.head set number = 1`],
    ["the head is moved to an event that is not there", sql`update log.head set number = 9, hash = repeat('a', 64)`],
    ["the head is deleted", sql`delete from log.head`],
    ["the head is truncated", sql`truncate log.head`],
    ["a second head is made", sql`insert into log.head values (false, 0, '')`],
  ])("is kept by the database itself, also from its owner, where %s", async (_, statement) => {
    const database = await withLog(fresh);
    await append(database, entry("cases/one", 0, "opened", "read"));
    await expect(database.queries.execute(statement)).rejects.toMatchObject({ sqlState: "GP001" });
    expect(await readStream(database.queries, "cases/one")).toHaveLength(2);
    expect((await readHead(database.queries)).number).toBe(2);
  });

  it.each([
    ["a stream without a kind", entry("cases", 0, "opened")],
    ["a stream with a blank", entry("cases/a b", 0, "opened")],
    ["a kind that is not in kebab-case", entry("cases/one", 0, "Opened it")],
  ])("refuses %s", async (_, one) => {
    const database = await withLog(fresh);
    await expect(append(database, one)).rejects.toMatchObject({ code: "database-check" });
  });

  it("refuses a stream that stands twice among many, and appends nothing where there is nothing", async () => {
    const database = await withLog(fresh);
    const twice = [entry("cases/one", 0, "opened"), entry("cases/one", 1, "read")];
    await expect(database.queries.transaction((queries) => appendMany(queries, twice))).rejects.toThrow(RangeError);
    await database.queries.transaction((queries) => appendMany(queries, [entry("cases/one", 7)]));
    expect((await readHead(database.queries)).number).toBe(0);
  });

  it("shows the events of a school to whoever reaches the school, and lets only those append", async () => {
    const database = await withLog(fresh);
    const officer = (code: string): Actor => ({
      ...{ kind: "person", id: `officer-${code}`, name: "Olga Made-Up" },
      grants: [{ role: "regional-officer", scope: { kind: "region", code } }],
    });
    const north = officer("E12000001");
    const place = { urn: "100001", region: "E12000001" };
    const of = (actor: Actor, expected: number) => ({ ...entry("cases/one", expected, "opened"), actor, place });
    const appendAs = (actor: Actor, one: Entry) => actingAs(database, actor, (queries) => appendEvents(queries, one));
    expect(await appendAs(north, of(north, 0))).toBe(1);
    const south = officer("E12000009");
    const readAs = (actor: Actor) => actingAs(database, actor, (queries) => readStream(queries, "cases/one"));
    expect((await readAs(north)).map(({ actor, urn, region, trust }) => [actor, urn, region, trust])).toEqual([
      [north, "100001", "E12000001", null],
    ]);
    for (const stranger of [south, publicActor]) {
      expect(await readAs(stranger)).toEqual([]);
      await expect(appendAs(stranger, of(stranger, 1))).rejects.toThrow();
      await expect(appendAs(stranger, { ...of(stranger, 0), stream: "cases/other" })).rejects.toMatchObject({
        sqlState: "42501",
      });
    }
    // What concerns no place: anybody may add to it, who has signed in reads it.
    expect(await appendAs(publicActor, { ...entry("answers/one", 0, "given"), actor: publicActor })).toBe(1);
    expect(await actingAs(database, south, (queries) => readStream(queries, "answers/one"))).toHaveLength(1);
    expect(await actingAs(database, publicActor, (queries) => readStream(queries, "answers/one"))).toHaveLength(0);
    for (const statement of [
      sql`update log.event set body = '{}'`,
      sql`delete from log.event`,
      sql`delete from log.head`,
    ])
      await expect(actingAs(database, north, (queries) => queries.execute(statement))).rejects.toThrow();
  });
});
