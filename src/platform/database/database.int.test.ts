import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  numeric,
  pgSchema,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { eq } from "drizzle-orm/sql";
import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { insertMany, updateMany } from "./bulk.js";
import { DatabaseError } from "./errors.js";
import type { Database } from "./open.js";

const parts = pgSchema("parts");
const everything = parts.table("everything", {
  id: integer("id").primaryKey(),
  name: text("name").notNull(),
  large: bigint("large", { mode: "number" }),
  share: doublePrecision("share"),
  exact: numeric("exact"),
  open: boolean("open"),
  day: date("day"),
  at: timestamp("at", { withTimezone: true, mode: "string" }),
  document: jsonb("document"),
  words: text("words").array(),
});
const pair = parts.table("pair", { left: integer("left_id"), right: integer("right_id"), note: text("note") }, (t) => [
  primaryKey({ columns: [t.left, t.right] }),
]);

async function withTables(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await database.source.withConnection((connection) =>
    connection.script(`
      create schema parts;
      create table parts.everything (id integer primary key, name text not null check (name <> ''), large bigint,
        share double precision, exact numeric, open boolean, day date, at timestamptz, document jsonb, words text[]);
      create table parts.pair (left_id integer references parts.everything, right_id integer, note text, primary key (left_id, right_id));`),
  );
  return database;
}

const awkward = `a "quoted", {braced} \\ back and 'single'\nline, ’ and 😀`;

describeStores("a database", (fresh) => {
  it("gives the same JavaScript values for the same columns", async () => {
    const { queries } = await withTables(fresh);
    const row = {
      id: 1,
      name: awkward,
      large: 9_007_199_254_740_991,
      share: 0.1 + 0.2,
      exact: "12345678901234567890.5",
      open: true,
      day: "2001-09-01", // a day that a client in London would move by an hour
      at: "2026-07-01T10:20:30.123456Z",
      document: { a: [1, null, "x"], text: awkward },
      words: ["one", awkward, "NULL", ""],
    };
    await queries.insert(everything).values(row);
    expect(await queries.select().from(everything)).toEqual([row]);
    await queries
      .update(everything)
      .set({ document: "12", share: null, at: null, words: null })
      .where(eq(everything.id, 1));
    const [changed] = await queries.select().from(everything);
    expect(changed).toMatchObject({ document: "12", share: null, at: null, words: null });
  });

  it("reads rows of plain SQL by the same rules", async () => {
    const { queries } = await withTables(fresh);
    const rows = await queries.execute(
      sql`select count(*) as n, sum(2.5::float8) as s, sum(3::int) as whole, 1.10::numeric as exact, date '2001-09-01' as day,
        jsonb_build_object('k', 1) as document, true as yes, null::int as nothing, ${awkward}::text as words`,
    );
    expect(rows).toEqual([
      {
        n: 1,
        s: 2.5,
        whole: 3,
        exact: "1.10",
        day: "2001-09-01",
        document: { k: 1 },
        yes: true,
        nothing: null,
        words: awkward,
      },
    ]);
  });

  it("refuses to read a whole number that JavaScript can't hold", async () => {
    const { queries } = await fresh();
    await expect(queries.execute(sql`select 9007199254740993::bigint as n`)).rejects.toMatchObject({
      code: "database-value-unreadable",
    });
  });

  it("keeps a whole transaction or nothing of it", async () => {
    const { queries } = await withTables(fresh);
    await queries.transaction(async (inner) => void (await inner.insert(everything).values({ id: 1, name: "kept" })));
    const failed = queries.transaction(async (inner) => {
      await inner.insert(everything).values({ id: 2, name: "lost" });
      throw new RangeError("stop here");
    });
    await expect(failed).rejects.toThrow(new RangeError("stop here"));
    expect(await queries.select({ id: everything.id }).from(everything)).toEqual([{ id: 1 }]);
  });

  it("takes back only the inner of two transactions when the inner one fails", async () => {
    const { queries } = await withTables(fresh);
    await queries.transaction(async (outer) => {
      await outer.insert(everything).values({ id: 1, name: "outer" });
      const inner = outer.transaction(async (inside) => {
        await inside.insert(everything).values({ id: 2, name: "inner" });
        throw new RangeError("inner");
      });
      await expect(inner).rejects.toThrow("inner");
      await outer.transaction(
        async (inside) => void (await inside.insert(everything).values({ id: 3, name: "second" })),
      );
    });
    expect(await queries.select({ id: everything.id }).from(everything).orderBy(everything.id)).toEqual([
      { id: 1 },
      { id: 3 },
    ]);
  });

  it("does not pretend to have kept a transaction whose failed statement was passed over", async () => {
    const { queries } = await withTables(fresh);
    const swallowed = queries.transaction(async (inner) => {
      await inner.insert(everything).values({ id: 1, name: "first" });
      await inner
        .insert(everything)
        .values({ id: 1, name: "again" })
        .catch(() => {});
    });
    await expect(swallowed).rejects.toBeInstanceOf(DatabaseError);
    expect(await queries.select().from(everything)).toEqual([]);
  });

  it("stops a statement that runs beside the transaction it belongs to, which would wait for ever on one connection", async () => {
    const { queries } = await fresh();
    const astray = queries.transaction(async () => void (await queries.execute(sql`select 1`)));
    await expect(astray).rejects.toMatchObject({ code: "database-outside-transaction" });
    expect(await queries.execute(sql`select 1 as n`)).toEqual([{ n: 1 }]);
  });

  it("lets others wait while a transaction runs, and runs them after it", async () => {
    const { queries } = await withTables(fresh);
    const order: string[] = [];
    const first = queries.transaction(async (inner) => {
      for (let id = 1; id <= 5; id++) await inner.insert(everything).values({ id, name: "row" });
      order.push("transaction");
    });
    const second = first.then(() => queries.execute(sql`select 1`)).then(() => order.push("after"));
    await Promise.all([first, second, queries.execute(sql`select 1`)]);
    expect(order).toEqual(["transaction", "after"]);
  });

  it.each([
    ["database-unique", { id: 1, name: "Penelope" }],
    ["database-check", { id: 2, name: "" }],
  ])("names the fault %s without the row's values", async (code, row) => {
    const { queries } = await withTables(fresh);
    await queries.insert(everything).values({ id: 1, name: "once" });
    const error = await queries
      .insert(everything)
      .values(row)
      .then(
        () => null,
        (reason: unknown) => reason,
      );
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).toMatchObject({ code, constraint: expect.stringMatching(/^everything_/) });
    expect(String(error)).not.toContain("Penelope");
  });

  it("names a missing reference, a missing value and a mistaken statement", async () => {
    const { queries } = await withTables(fresh);
    await expect(queries.insert(pair).values({ left: 9, right: 1 })).rejects.toMatchObject({
      code: "database-reference",
    });
    await expect(queries.execute(sql`insert into parts.everything (id) values (1)`)).rejects.toMatchObject({
      code: "database-missing-value",
    });
    await expect(queries.execute(sql`select * from parts.nowhere`)).rejects.toMatchObject({
      code: "database-statement-refused",
      sqlState: "42P01",
    });
  });

  it("writes many rows with every type, more than one statement of them", async () => {
    const { queries } = await withTables(fresh);
    const rows = Array.from({ length: 12_345 }, (_, id) => ({
      id,
      name: id % 7 === 0 ? awkward : `row ${id}`,
      share: id / 3,
      open: id % 2 === 0,
      day: id % 5 === 0 ? null : "2024-02-29",
      document: id % 3 === 0 ? null : { id, text: awkward },
    }));
    expect(await insertMany(queries, everything, rows)).toBe(12_345);
    expect(await queries.$count(everything)).toBe(12_345);
    expect(await queries.select().from(everything).where(eq(everything.id, 7))).toMatchObject([rows[7]]);
    expect(await queries.select().from(everything).where(eq(everything.id, 12_340))).toMatchObject([rows[12_340]]);
  });

  it("writes over or leaves rows whose key is there, as asked", async () => {
    const { queries } = await withTables(fresh);
    await insertMany(queries, everything, [{ id: 1, name: "one" }]);
    await insertMany(queries, pair, [{ left: 1, right: 2, note: "old" }]);
    await insertMany(queries, pair, [{ left: 1, right: 2, note: "ignored" }], "ignore");
    expect(await queries.select().from(pair)).toEqual([{ left: 1, right: 2, note: "old" }]);
    await insertMany(queries, pair, [{ left: 1, right: 2, note: "new" }], "update");
    expect(await queries.select().from(pair)).toEqual([{ left: 1, right: 2, note: "new" }]);
    await expect(insertMany(queries, pair, [{ left: 1, right: 2 }])).rejects.toMatchObject({ code: "database-unique" });
    expect(await insertMany(queries, pair, [])).toBe(0);
  });

  it("changes many rows by their key, only the columns that are given, and none where one is not there", async () => {
    const { queries } = await withTables(fresh);
    await insertMany(queries, everything, [{ id: 1, name: "one" }]);
    await insertMany(queries, pair, [
      { left: 1, right: 2, note: "old" },
      { left: 1, right: 3, note: "other" },
    ]);
    expect(await updateMany(queries, pair, [{ left: 1, right: 2, note: "new" }])).toBe(1);
    expect(await updateMany(queries, pair, [])).toBe(0);
    const missing = [
      { left: 1, right: 3, note: "lost" },
      { left: 9, right: 9, note: "nowhere" },
    ];
    await expect(queries.transaction((inner) => updateMany(inner, pair, missing))).rejects.toThrow(RangeError);
    expect((await queries.select().from(pair).orderBy(pair.right)).map(({ note }) => note)).toEqual(["new", "other"]);
  });

  it("refuses to take an array column apart", async () => {
    const { queries } = await withTables(fresh);
    await expect(insertMany(queries, everything, [{ id: 1, name: "a", words: ["x"] }])).rejects.toThrow(
      "words is an array",
    );
  });

  it("is refused after it was closed", async () => {
    const database = await fresh();
    await database.close();
    await expect(database.queries.execute(sql`select 1`)).rejects.toMatchObject({ code: "database-closed" });
    await database.close();
  });
});
