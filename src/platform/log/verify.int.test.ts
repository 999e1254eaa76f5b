import { type SQL, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { silent } from "../../kernel/index.js";
import { type Database, migrate } from "../database/index.js";
import { identityMigrations, systemActor } from "../identity/index.js";
import { appendMany, type Entry, hashOf, logMigrations, verifyLog, versionsAgree } from "./index.js";
import { eventTable } from "./tables.js";

const actor = systemActor("tests");

/** Forty streams of two events each, in four transactions: numbers 1 to 80. */
async function withEvents(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await migrate(database, [identityMigrations, logMigrations]);
  for (let batch = 0; batch < 4; batch++) {
    const entries = Array.from(
      { length: 10 },
      (_, k): Entry => ({
        ...{ stream: `cases/one/${batch * 10 + k}`, expected: 0, actor, at: new Date(`2026-11-2${batch}T10:00:00Z`) },
        events: [
          { kind: "case-opened", body: { mark: k } },
          { kind: "case-decided", body: { decision: k % 2 ? "awarded" : "refused" } },
        ],
      }),
    );
    await database.queries.transaction((queries) => appendMany(queries, entries));
  }
  return database;
}

/** Changes the log as somebody does who owns the database and knows how: past the triggers, which are put back. */
async function tamper(database: Database, ...statements: SQL[]): Promise<void> {
  await database.queries.transaction(async (queries) => {
    for (const [table, trigger] of [
      ["event", "append_only"],
      ["head", "stays"],
      ["head", "moves_on"],
    ] as const) {
      await queries.execute(sql.raw(`alter table log.${table} disable trigger ${trigger}`));
    }
    for (const statement of statements) await queries.execute(statement);
    for (const [table, trigger] of [
      ["event", "append_only"],
      ["head", "stays"],
      ["head", "moves_on"],
    ] as const) {
      await queries.execute(sql.raw(`alter table log.${table} enable always trigger ${trigger}`));
    }
  });
}

async function found(database: Database, head?: string): Promise<string[]> {
  const { problems, more } = await verifyLog(database, silent, head);
  expect(more).toBe(0);
  return problems.map(({ code, place }) => `${code}: ${place}`);
}

const swapNumbers = (a: number, b: number) => [
  sql`update log.event set number = 1000 where number = ${a}`,
  sql`update log.event set number = ${a} where number = ${b}`,
  sql`update log.event set number = ${b} where number = 1000`,
];

describeStores("the check of the log", (fresh) => {
  it("finds nothing wrong with a log as it was appended, or an empty one", async () => {
    const database = await withEvents(fresh);
    const steps: number[] = [];
    const report = await verifyLog(database, { ...silent, done: (n) => steps.push(n) });
    expect(report).toMatchObject({ events: 80, head: { number: 80 }, problems: [], more: 0 });
    expect(steps).toEqual([80]);
    expect(await found(database, report.head!.hash)).toEqual([]);
    const [early] = await database.queries.select().from(eventTable).limit(1);
    expect(await found(database, early!.hash)).toEqual([]);
    const empty = await fresh();
    await migrate(empty, [identityMigrations, logMigrations]);
    expect(await verifyLog(empty, silent)).toMatchObject({ events: 0, head: { number: 0 }, problems: [] });
  });

  it.each([
    ["the body", sql`update log.event set body = '{"decision":"awarded"}' where number = 42`],
    ["the time", sql`update log.event set at = '2026-11-22T10:00:00.001Z' where number = 42`],
    ["who did it", sql`update log.event set actor = '{"kind":"system","name":"somebody"}' where number = 42`],
    ["the kind", sql`update log.event set kind = 'case-closed' where number = 42`],
    ["the place", sql`update log.event set urn = '100001' where number = 42`],
    ["the hash", sql`update log.event set hash = repeat('a', 64) where number = 42`],
  ])("finds an event of which %s was changed", async (_, statement) => {
    const database = await withEvents(fresh);
    await tamper(database, statement);
    const problems = await found(database);
    expect(problems[0]).toBe("log-event-changed: event 42 (cases/one/20, version 2)");
    // A changed hash no longer fits the next event either.
    expect(problems.slice(1)).toEqual(
      _ === "the hash" ? ["log-event-changed: event 43 (cases/one/21, version 1)"] : [],
    );
  });

  it("finds a changed event though its hash was made anew, at the next one", async () => {
    const database = await withEvents(fresh);
    const rows = await database.queries.select().from(eventTable).orderBy(eventTable.number);
    const forged = { ...rows[41]!, body: { decision: "awarded", forged: true } };
    await tamper(
      database,
      sql`update log.event set body = ${JSON.stringify(forged.body)}::jsonb, hash = ${hashOf(rows[40]!.hash, forged)} where number = 42`,
    );
    expect(await found(database)).toEqual(["log-event-changed: event 43 (cases/one/21, version 1)"]);
  });

  it("finds the newest event changed with its hash, by the head", async () => {
    const database = await withEvents(fresh);
    const rows = await database.queries.select().from(eventTable).orderBy(eventTable.number);
    const forged = { ...rows[79]!, body: "forged" };
    await tamper(
      database,
      sql`update log.event set body = '"forged"', hash = ${hashOf(rows[78]!.hash, forged)} where number = 80`,
    );
    expect(await found(database)).toEqual(["log-head-changed: log.head"]);
  });

  it("finds events that were taken out of the middle", async () => {
    const database = await withEvents(fresh);
    await tamper(database, sql`delete from log.event where number in (17, 18, 39)`);
    expect(await found(database)).toEqual([
      "log-event-missing: events 17 to 18",
      "log-event-missing: event 39",
      "log-stream-broken: cases/one/19",
    ]);
  });

  it("finds one taken out though the rest was numbered anew", async () => {
    const database = await withEvents(fresh);
    await tamper(
      database,
      sql`delete from log.event where number = 79`,
      sql`update log.event set number = 79, version = 1 where number = 80`,
      sql`update log.head set number = 79`,
    );
    expect(await found(database)).toEqual(["log-event-changed: event 79 (cases/one/39, version 1)"]);
  });

  it("finds that the newest events were cut off", async () => {
    const database = await withEvents(fresh);
    await tamper(database, sql`delete from log.event where number > 77`);
    expect(await found(database)).toEqual(["log-tail-missing: events 78 to 80"]);
  });

  it("finds that the newest events were cut off and the head set back, by a head that was noted elsewhere", async () => {
    const database = await withEvents(fresh);
    const { head } = await verifyLog(database, silent);
    await tamper(
      database,
      sql`delete from log.event where number > 78`,
      sql`update log.head set number = 78, hash = (select hash from log.event where number = 78)`,
    );
    expect(await found(database)).toEqual([]);
    expect(await found(database, head!.hash)).toEqual(["log-head-unknown: the log"]);
  });

  it.each([
    [20, 60],
    [41, 42],
    [1, 80],
  ])("finds that events %i and %i changed places, and which belongs where", async (a, b) => {
    const database = await withEvents(fresh);
    await tamper(database, ...swapNumbers(a, b));
    const { problems } = await verifyLog(database, silent);
    const moved = problems.filter(({ code }) => code === "log-event-moved");
    expect(moved.map(({ place, message }) => [place.split(" ")[1], message])).toEqual([
      [`${a}`, `it was appended as number ${b}`],
      [`${b}`, `it was appended as number ${a}`],
    ]);
    expect(problems.filter(({ code }) => code !== "log-event-moved").map(({ code }) => code)).toEqual(
      b === 80 ? ["log-head-changed"] : [],
    );
  });

  it("finds events whose contents changed places", async () => {
    const database = await withEvents(fresh);
    await tamper(
      database,
      sql`update log.event as e set body = o.body from log.event as o where e.number + o.number = 46 and e.number in (22, 24)`,
    );
    expect(await found(database)).toEqual([
      "log-event-changed: event 22 (cases/one/10, version 2)",
      "log-event-changed: event 24 (cases/one/11, version 2)",
    ]);
  });

  it("finds an event that was put in", async () => {
    const database = await withEvents(fresh);
    await tamper(
      database,
      sql`update log.event set number = number + 1000 where number > 78`,
      sql`insert into log.event (number, stream, version, kind, actor, at, body, hash)
        select 79, 'cases/one/forged', 1, kind, actor, at, body, hash from log.event where number = 78`,
      sql`update log.event set number = number - 999 where number > 1000`,
      sql`update log.head set number = 81`,
    );
    const { problems } = await verifyLog(database, silent);
    expect(problems.map(({ place }) => place.split(" ")[1])).toEqual(["79", "80", "81"]);
  });

  it("finds an event that was put behind the end, past the program", async () => {
    const database = await withEvents(fresh);
    const [last] = await database.queries.select().from(eventTable).where(sql`number = 80`);
    const forged = { ...last!, number: 81, version: 3 };
    await database.queries.insert(eventTable).values({ ...forged, hash: hashOf(last!.hash, forged) });
    expect(await found(database)).toEqual(["log-beyond-head: events 81 to 81"]);
  });

  it("finds that the head is missing, or that the log is no longer guarded", async () => {
    const database = await withEvents(fresh);
    await database.queries.execute(sql`alter table log.event disable trigger append_only`);
    expect(await found(database)).toEqual(["log-unguarded: trigger log.event.append_only"]);
    await tamper(database, sql`delete from log.head`);
    expect(await found(database)).toEqual(["log-head-changed: log.head"]);
  });

  it("lists a hundred problems and counts the others", async () => {
    const database = await withEvents(fresh);
    await database.queries.transaction((queries) =>
      appendMany(
        queries,
        Array.from({ length: 60 }, (_, k) => ({
          ...{ stream: `cases/two/${k}`, expected: 0, actor, at: new Date() },
          events: [{ kind: "case-opened", body: k }],
        })),
      ),
    );
    await tamper(
      database,
      sql`update log.event set body = '0'`,
      sql`update log.event set body = '1' where number = 81`,
    );
    expect(await verifyLog(database, silent)).toMatchObject({ problems: { length: 100 }, more: 40 });
  });

  it("finds rows whose version isn't their stream's", async () => {
    const database = await withEvents(fresh);
    await database.queries.execute(sql`create schema if not exists cases`);
    await database.queries.execute(
      sql`create table cases.one as select n as id, 2 as version from generate_series(0, 39) as s(n)`,
    );
    const verifier = versionsAgree({
      title: "cases",
      prefix: "cases/one/",
      states: sql`select 'cases/one/' || id, version from cases.one`,
    });
    expect(await verifier.verify(database, silent)).toEqual([]);
    await database.queries.execute(sql`update cases.one set version = 3 where id = 7`);
    await database.queries.execute(sql`delete from cases.one where id = 9`);
    await database.queries.execute(sql`insert into cases.one values (99, 1)`);
    const problems = await verifier.verify(database, silent);
    expect(problems.map(({ code, place, message }) => `${code}: ${place}: ${message}`)).toEqual([
      "state-version-differs: cases/one/7: the row has version 3, the log version 2",
      "state-version-differs: cases/one/9: the row has no version: it is missing, the log version 2",
      "state-version-differs: cases/one/99: the row has version 1, the log no events",
    ]);
  });
});
