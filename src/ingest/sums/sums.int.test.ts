import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { awkward, madeModel, madePupils, madeTables } from "../../../test/summed-pupils.js";
import { silent } from "../../kernel/index.js";
import {
  fitMixedModel,
  type MixedModelDesign,
  Objective,
  optimise,
  readFit,
} from "../../statistics/mixed-model/index.js";
import { sourceFile } from "../source-file.js";
import { writeCsv } from "../write-files.js";
import { assembleSums } from "./assemble.js";
import { collectSums } from "./collect-sums.js";
import { literal, quoted } from "./dialect.js";
import { withDuckdb } from "./duckdb-engine.js";
import { designOfFiles } from "./in-process.js";
import { partsOfDesign } from "./parts-of-design.js";
import { withPostgresql } from "./postgresql-engine.js";
import { largestDifference } from "./same-sums.js";
import type { SummedParts } from "./sums-contract.js";

const tables = madeTables(madePupils(3_000));
const folder = mkdtempSync(join(tmpdir(), "greenpaper-sums-"));
const files = {
  pupils: [sourceFile(join(folder, "pupils.csv"))],
  memberships: [sourceFile(join(folder, "memberships.csv"))],
};
let design: MixedModelDesign;
let here: SummedParts;
beforeAll(async () => {
  for (const [name, { header, rows }] of Object.entries(tables))
    await writeCsv(join(folder, `${name}.csv`), header, rows);
  design = (await designOfFiles(madeModel, files, silent)).design;
  here = partsOfDesign(design);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function expectSame(parts: SummedParts): void {
  expect(parts.terms.map(({ group, levels, coefficients }) => ({ group, levels, coefficients }))).toEqual(
    here.terms.map(({ group, levels, coefficients }) => ({ group, levels, coefficients })),
  );
  expect(parts.fixed.map(({ name }) => name)).toEqual(here.fixed.map(({ name }) => name));
  expect(largestDifference(parts, here)).toBeLessThan(1e-9);
  const own = fitMixedModel(design, "REML");
  const objective = new Objective(assembleSums(parts), "REML");
  const other = readFit(objective, optimise(objective));
  expect(Math.abs(other.criterion / own.criterion - 1)).toBeLessThan(1e-9);
}

describe("sums made in DuckDB", () => {
  it("are those of this process", async () => {
    const source = {
      database: null,
      files: Object.entries(files).map(([table, list]) => ({ table, files: list })),
      threads: 1,
    };
    const { parts, counts } = await withDuckdb(source, (engine) => collectSums(engine, madeModel, silent));
    expect(counts).toEqual({ pupils: 3_000, used: 3_000, missing: [] });
    expectSame(parts);
  });
});

describeStores("sums made in PostgreSQL", (fresh) => {
  it("are those of this process", async () => {
    const database = await fresh();
    await database.source.withConnection(async (connection) => {
      const values = (rows: readonly (readonly (string | number)[])[]) =>
        rows.map((row) => `(${row.map((v) => (typeof v === "string" ? literal(v) : v)).join(", ")})`).join(", ");
      await connection.script(
        `create table pupils (pupil integer primary key, score double precision, ${quoted(awkward.prior)} double precision, fsm smallint, ${quoted(awkward.background)} text, cohort integer, authority text);
         create table memberships (pupil integer, school text, share double precision);
         insert into pupils values ${values(tables.pupils.rows)};
         insert into memberships values ${values(tables.memberships.rows)};`,
      );
    });
    const { parts } = await withPostgresql(database, 1, (engine) => collectSums(engine, madeModel, silent));
    expectSame(parts);
  });
});
