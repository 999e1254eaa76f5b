import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { awkward, type MadePupil, madeDesign, madeModel, madePupils } from "../../../test/summed-pupils.js";
import { silent } from "../../kernel/index.js";
import { fitMixedModel, Objective, optimise, readFit } from "../../statistics/mixed-model/index.js";
import { compareIds } from "../school-id.js";
import { sourceFile } from "../source-file.js";
import { writeCsv } from "../write-files.js";
import { assembleSums } from "./assemble.js";
import { collectSums } from "./collect-sums.js";
import { literal, quoted } from "./dialect.js";
import { withDuckdb } from "./duckdb-engine.js";
import { partsOfDesign } from "./parts-of-design.js";
import { withPostgresql } from "./postgresql-engine.js";
import { largestDifference } from "./same-sums.js";
import type { SummedParts } from "./sums-contract.js";

const pupils = madePupils(3_000);
const order = (a: string, b: string) => {
  const [x, y] = [a.split(":"), b.split(":")];
  return compareIds(x[0]!, y[0]!) || compareIds(x[1] ?? "", y[1] ?? "");
};
const design = madeDesign(pupils, order);
const here = partsOfDesign(design);
const folder = mkdtempSync(join(tmpdir(), "greenpaper-sums-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pupilHeader = ["pupil", "score", awkward.prior, "fsm", awkward.background, "cohort", "authority"];
const pupilRow = (p: MadePupil) => [p.id, p.score, p.prior, p.fsm, p.background, p.cohort, p.authority];
const memberHeader = ["pupil", "school", "share"];
const memberRows = (made: readonly MadePupil[]) =>
  made.flatMap(({ id, shares }) => [...shares].map(([school, share]) => [id, school, share]));

beforeAll(async () => {
  await writeCsv(join(folder, "pupils.csv"), pupilHeader, pupils.map(pupilRow));
  await writeCsv(join(folder, "memberships.csv"), memberHeader, memberRows(pupils));
});
const files = ["pupils", "memberships"].map((table) => ({ table, files: [sourceFile(join(folder, `${table}.csv`))] }));

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
    const { parts, counts } = await withDuckdb({ database: null, files, threads: 1 }, (engine) =>
      collectSums(engine, madeModel, silent),
    );
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
         insert into pupils values ${values(pupils.map(pupilRow))};
         insert into memberships values ${values(memberRows(pupils))};`,
      );
    });
    const { parts } = await withPostgresql(database, 1, (engine) => collectSums(engine, madeModel, silent));
    expectSame(parts);
  });
});
