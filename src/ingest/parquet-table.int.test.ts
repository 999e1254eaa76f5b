import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { columnOf, dateOfDay, missingDay, type Table } from "../kernel/index.js";
import type { WantedKind } from "./column-builder.js";
import { readTable } from "./read-table.js";
import { sourceFile } from "./source-file.js";
import { anyFormat } from "./table-request.js";

const folder = mkdtempSync(join(tmpdir(), "greenpaper-parquet-"));
const path = join(folder, "it's here.parquet");
const large = join(folder, "large.parquet");

beforeAll(async () => {
  const database = await DuckDBInstance.create(":memory:");
  const connection = await database.connect();
  const rows = `values
    (101::bigint, 7.0::double, true, date '2024-09-01', timestamp '2024-09-01 00:00:00', 'x', 1.5::decimal(5,2), ' a '),
    (102::bigint, null, false, null, null, 'SUPP', null, null),
    (103::bigint, 12.5, null, date '1969-12-31', null, '3', 2.25, 'é')`;
  const names = "id, urn, flag, day, moment, score, prior, ward";
  await connection.run(
    `copy (select * from (${rows}) t(${names})) to '${path.replaceAll("'", "''")}' (format parquet)`,
  );
  await connection.run(
    `copy (select i, 'P' || i as pupil, (i % 13)::varchar as school, i / 7 as score from range(300000) t(i)) to '${large}' (format parquet, row_group_size 20000)`,
  );
  connection.closeSync();
  database.closeSync();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(file: string, kinds: Readonly<Record<string, WantedKind>>): Promise<Table> {
  const columns = Object.entries(kinds).map(([name, kind]) => ({
    name,
    kind,
    missing: "allow" as const,
    askedAt: null,
  }));
  const table = await readTable({ files: [sourceFile(file)], columns, format: anyFormat });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  return table.value;
}

const texts = (table: Table, name: string) => {
  const { codes, levels } = columnOf(table, name, "category");
  return [...codes].map((code) => (code < 0 ? null : levels[code]));
};
const numbers = (table: Table, name: string) => [...columnOf(table, name, "number").values];

describe("a Parquet file", () => {
  it("gives numbers, texts and dates whatever its own types are", async () => {
    const kinds = {
      id: "category",
      urn: "category",
      day: "date",
      moment: "date",
      prior: "number",
      ward: "category",
    } as const;
    const table = await read(path, kinds);
    expect(texts(table, "id")).toEqual(["101", "102", "103"]);
    expect(texts(table, "urn")).toEqual(["7", null, "12.5"]);
    const days = (name: string) =>
      [...columnOf(table, name, "date").days].map((day) => (day === missingDay ? null : dateOfDay(day)));
    expect(days("day")).toEqual(["2024-09-01", null, "1969-12-31"]);
    expect(days("moment")).toEqual(["2024-09-01", null, null]);
    expect(numbers(table, "prior")).toEqual([1.5, Number.NaN, 2.25]);
    expect(texts(table, "ward")).toEqual(["a", null, "é"]);
    expect(table.placeOf(2)).toMatch(/it's here\.parquet, row 3$/);
  });

  it("gives kinds that nobody stated as text files do", async () => {
    const table = await read(path, { flag: "either", prior: "either", ward: "either" });
    expect(texts(table, "flag")).toEqual(["true", "false", null]);
    expect(numbers(table, "prior")).toEqual([1.5, Number.NaN, 2.25]);
    expect(texts(table, "ward")).toEqual(["a", null, "é"]);
    expect(numbers(await read(path, { flag: "number" }), "flag")).toEqual([1, 0, Number.NaN]);
  });

  it("takes the department's marks in a column of texts that is read as numbers", async () => {
    expect(numbers(await read(path, { score: "number" }), "score")).toEqual([Number.NaN, Number.NaN, 3]);
  });

  it("keeps the order of its rows over many row groups", async () => {
    const table = await read(large, { pupil: "category", school: "category", score: "number" });
    expect(table.rows).toBe(300_000);
    const { codes, levels } = columnOf(table, "pupil", "category");
    expect(codes.findIndex((code, i) => levels[code] !== `P${i}`)).toBe(-1);
    const school = columnOf(table, "school", "category");
    expect(school.codes.findIndex((code, i) => school.levels[code] !== String(i % 13))).toBe(-1);
    expect(columnOf(table, "score", "number").values.findIndex((score, i) => score !== i / 7)).toBe(-1);
  });

  it("that lacks a column names those it has", async () => {
    const request = [{ name: "scor", kind: "number" as const, missing: "allow" as const, askedAt: "my.yaml, line 3" }];
    const table = await readTable({ files: [sourceFile(path)], columns: request, format: anyFormat });
    expect(table).toMatchObject({
      error: [{ code: "column-missing", remedy: expect.stringContaining('Did you mean "score"?') }],
    });
  });
});
