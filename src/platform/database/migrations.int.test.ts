import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sql } from "drizzle-orm";
import { afterEach, expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { type MigrationSet, migrate } from "./migrations.js";
import { openDatabase } from "./open.js";

const folders: string[] = [];

/** A folder with these files, by their path in it. */
function migrationFolder(schema: string, files: Readonly<Record<string, string>>): MigrationSet {
  const folder = mkdtempSync(join(tmpdir(), "greenpaper-migrations-"));
  folders.push(folder);
  mkdirSync(join(folder, "migrations"));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return { schema, folder: pathToFileURL(`${folder}/`) };
}

const first = "create schema fruit; create table fruit.apple (n integer);";
const second = "alter table fruit.apple add column colour text;";

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describeStores("migrations", (fresh, place) => {
  it("are applied in order, once", async () => {
    const database = await fresh();
    const set = migrationFolder("fruit", { "schema.sql": first, "migrations/0002-colour.sql": second });
    expect((await migrate(database, [set])).map((m) => m.file)).toEqual(["schema.sql", "migrations/0002-colour.sql"]);
    expect(await migrate(database, [set])).toEqual([]);
    await database.queries.execute(sql`insert into fruit.apple values (1, 'red')`);
    const rows = await database.queries.execute(
      sql`select schema_name, number, file from platform.migration order by number`,
    );
    expect(rows).toEqual([
      { schema_name: "fruit", number: 1, file: "schema.sql" },
      { schema_name: "fruit", number: 2, file: "migrations/0002-colour.sql" },
    ]);
  });

  it("add to a database what a newer version brings", async () => {
    const database = await fresh();
    await migrate(database, [migrationFolder("fruit", { "schema.sql": first })]);
    const newer = migrationFolder("fruit", { "schema.sql": first, "migrations/0002-colour.sql": second });
    const other = migrationFolder("trees", {
      "schema.sql": "create schema trees; create table trees.oak (n integer);",
    });
    expect((await migrate(database, [newer, other])).map((m) => `${m.schema} ${m.number}`)).toEqual([
      "fruit 2",
      "trees 1",
    ]);
  });

  it("are the same when only the line ends differ", async () => {
    const database = await fresh();
    await migrate(database, [migrationFolder("fruit", { "schema.sql": `${first}\n-- end\n` })]);
    expect(await migrate(database, [migrationFolder("fruit", { "schema.sql": `${first}\r\n-- end\r\n` })])).toEqual([]);
  });

  it("stop where an applied file was changed", async () => {
    const database = await fresh();
    await migrate(database, [migrationFolder("fruit", { "schema.sql": first })]);
    await expect(
      migrate(database, [migrationFolder("fruit", { "schema.sql": `${first} -- better` })]),
    ).rejects.toMatchObject({
      code: "migration-changed",
      message: expect.stringContaining("schema.sql of fruit"),
    });
  });

  it("stop where the database is ahead of the program", async () => {
    const database = await fresh();
    await migrate(database, [migrationFolder("fruit", { "schema.sql": first, "migrations/0002-colour.sql": second })]);
    await expect(migrate(database, [migrationFolder("fruit", { "schema.sql": first })])).rejects.toMatchObject({
      code: "migration-missing",
    });
  });

  it("leave nothing behind when one of them fails", async () => {
    const database = await fresh();
    const set = migrationFolder("fruit", {
      "schema.sql": first,
      "migrations/0002-wrong.sql": "alter table fruit.pear add n integer;",
    });
    await expect(migrate(database, [set])).rejects.toMatchObject({
      code: "migration-failed",
      message: expect.stringContaining("migrations/0002-wrong.sql of fruit failed"),
    });
    expect(await database.queries.execute(sql`select to_regclass('fruit.apple') as apple`)).toEqual([{ apple: null }]);
  });

  it("must be numbered without a gap", async () => {
    const database = await fresh();
    const set = migrationFolder("fruit", { "schema.sql": first, "migrations/0003-colour.sql": second });
    await expect(migrate(database, [set])).rejects.toThrow(
      "fruit: expected migrations/0002-….sql, found 0003-colour.sql",
    );
  });

  it("are done by one of several that start at once", async () => {
    const location = await place();
    const set = migrationFolder("fruit", { "schema.sql": first });
    const count = location.kind === "postgresql" ? 4 : 1; // the embedded folder is one process's anyway
    const databases = await Promise.all(Array.from({ length: count }, () => openDatabase(location)));
    const applied = await Promise.all(databases.map((database) => migrate(database, [set])));
    expect(applied.flat().map((m) => m.file)).toEqual(["schema.sql"]);
    await Promise.all(databases.map((database) => database.close()));
  });
});
