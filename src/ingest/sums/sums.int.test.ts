import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { awkward, madeModel, madePupils, madeTables, type TableRow } from "../../../test/summed-pupils.js";
import { silent } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { readFormula } from "../../statistics/formula/index.js";
import { fitMixedModel, type MixedModelFit, type SummedParts } from "../../statistics/mixed-model/index.js";
import { sourceFile } from "../source-file.js";
import { writeCsv } from "../write-files.js";
import { collectSums } from "./collect-sums.js";
import { literal, quoted } from "./dialect.js";
import { withDuckdb } from "./duckdb-engine.js";
import { SumsFault } from "./engine.js";
import { fitSums } from "./fit-sums.js";
import { designOfFiles } from "./in-process.js";
import { makeSums } from "./make-sums.js";
import { withPostgresql } from "./postgresql-engine.js";
import { largestDifference } from "./same-sums.js";
import { readSums, writeSums } from "./sums-file.js";
import type { SumsModel } from "./sums-model.js";

// Evidence class: other program. DuckDB, PostgreSQL and this process add up the same pupils in their own ways and orders; the tolerance of
// 1e-9, relative to the size that a sum can have, is the issue's. What they are off by is rounding, here about 1e-15.
const tolerance = 1e-9;
// The search ends where the criterion can fall by 1e-9 no more, which leaves the variances a little more freedom than the sums have.
const fitTolerance = 1e-7;

const pupils = madePupils(3_000);
const tables = madeTables(pupils);
const folder = mkdtempSync(join(tmpdir(), "greenpaper-sums-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Tables = Record<string, { readonly header: readonly string[]; readonly rows: readonly TableRow[] }>;

/** The tables as CSV files, each under its name. */
async function filesOf(name: string, made: Tables) {
  const files = Object.entries(made).map(async ([table, { header, rows }]) => {
    const path = join(folder, `${name}-${table}.csv`);
    await writeCsv(path, header, rows);
    return { table, files: [sourceFile(path)] };
  });
  return Promise.all(files);
}

/** The tables as a database of DuckDB's own and as Parquet files, with the types that DuckDB finds. */
async function duckdbOf(name: string, made: Tables) {
  const path = join(folder, `${name}.duckdb`);
  const database = await DuckDBInstance.create(path);
  const connection = await database.connect();
  for (const { table, files } of await filesOf(name, made)) {
    const text = table === "memberships" ? "{'school': 'VARCHAR'}" : "{}";
    await connection.run(
      `create table ${quoted(table)} as select * from read_csv(${literal(files[0]!.path)}, header = true${text === "{}" ? "" : `, types = ${text}`})`,
    );
    await connection.run(`copy ${quoted(table)} to ${literal(join(folder, `${name}-${table}.parquet`))}`);
  }
  connection.closeSync();
  database.closeSync();
  return sourceFile(path);
}

async function fill(database: Database, { pupils: all, memberships }: ReturnType<typeof madeTables>) {
  const values = (rows: readonly TableRow[]) =>
    rows
      .map((row) => `(${row.map((v) => (v === null ? "null" : typeof v === "string" ? literal(v) : v)).join(", ")})`)
      .join(", ");
  await database.source.withConnection((connection) =>
    connection.script(
      `create schema census;
       create domain census.points as double precision;
       create type census.authority as enum (${[...new Set(pupils.map(({ authority }) => literal(authority)))].join(", ")});
       create table census.pupils (pupil integer, score census.points, ${quoted(awkward.prior)} numeric, fsm smallint,
         ${quoted(awkward.background)} text, cohort integer, authority census.authority);
       create table census.memberships (pupil bigint, school text, share real);
       alter table census.memberships alter column share type double precision;
       insert into census.pupils values ${values(all.rows)};
       insert into census.memberships values ${values(memberships.rows)};`,
    ),
  );
}

const inSchema: SumsModel = {
  ...madeModel,
  pupils: { table: ["census", "pupils"], id: "pupil" },
  memberships: { table: ["census", "memberships"], id: "pupil" },
};
const onPostgresql = (database: Database, model = inSchema) =>
  withPostgresql(database, 1, (engine) => collectSums(engine, model, silent));

let here: SummedParts;
let fitHere: MixedModelFit;
beforeAll(async () => {
  const [own, members] = await filesOf("fit", tables);
  const { design } = await designOfFiles(madeModel, { pupils: own!.files, memberships: members!.files }, silent);
  fitHere = fitMixedModel(design, "REML");
  here = (await makeSums(madeModel, { kind: "process", files: await filesOf("made", tables) }, 1, silent)).parts;
});

function expectSame(parts: SummedParts, other = here): void {
  const names = ({ fixed, terms, response }: SummedParts) => ({
    fixed: fixed.map(({ name, constant }) => ({ name, constant })),
    terms: terms.map(({ group, levels, coefficients }) => ({ group, levels, coefficients })),
    response: response.name,
  });
  expect(names(parts)).toEqual(names(other));
  expect(largestDifference(parts, other)).toBeLessThan(tolerance);
}

/** Two fits of one model agree in their criterion and variances, and in their effects as shares of their standard errors. */
function expectSameFit(one: MixedModelFit, other: MixedModelFit): void {
  const relative = (a: number, b: number) => Math.abs(a - b) / Math.abs(b);
  expect(relative(one.criterion, other.criterion)).toBeLessThan(tolerance);
  one.varianceComponents.forEach(({ variance }, i) => {
    expect(relative(variance, other.varianceComponents[i]!.variance)).toBeLessThan(fitTolerance);
  });
  one.randomEffects.forEach(({ estimate, predictionError, group, coefficient }, g) => {
    const { levels, ...peer } = other.randomEffects[g]!;
    expect({ group, coefficient }).toEqual({ group: peer.group, coefficient: peer.coefficient });
    const place = new Map(levels.map((level, i) => [level, i]));
    one.randomEffects[g]!.levels.forEach((level, i) => {
      const at = place.get(level)!;
      expect(Math.abs(estimate[i]! - peer.estimate[at]!) / peer.predictionError[at]!).toBeLessThan(fitTolerance);
      expect(relative(predictionError[i]!, peer.predictionError[at]!)).toBeLessThan(fitTolerance);
    });
  });
}

describe("sums made in DuckDB", () => {
  it("are those of this process, from CSV files", async () => {
    const source = { kind: "duckdb", database: null, files: await filesOf("csv", tables) } as const;
    const made = await makeSums(madeModel, source, 1, silent);
    expect(made.counts).toEqual({ pupils: 3_000, used: 3_000, missing: [] });
    expectSame(made.parts);
    expectSameFit(fitSums(made.parts, "REML"), fitHere);
  });

  it("are those of this process, from a database and from Parquet files, on one thread or two", async () => {
    const database = await duckdbOf("typed", tables);
    const parquet = ["pupils", "memberships"].map((table) => ({
      table,
      files: [sourceFile(join(folder, `typed-${table}.parquet`))],
    }));
    expectSame((await makeSums(madeModel, { kind: "duckdb", database, files: [] }, 1, silent)).parts);
    expectSame((await makeSums(madeModel, { kind: "duckdb", database: null, files: parquet }, 2, silent)).parts);
  });

  it("are the same to the last bit when made again on one thread", async () => {
    const source = { kind: "duckdb", database: null, files: await filesOf("again", tables) } as const;
    const [one, other] = [await makeSums(madeModel, source, 1, silent), await makeSums(madeModel, source, 1, silent)];
    expect(one.parts).toEqual(other.parts);
  });

  it("may be of a table of the database and files beside it", async () => {
    const database = await duckdbOf("half", tables);
    const members = (await filesOf("half", tables)).filter(({ table }) => table === "memberships");
    expectSame((await makeSums(madeModel, { kind: "duckdb", database, files: members }, 1, silent)).parts);
  });

  it("leave the database as it was", async () => {
    const database = await duckdbOf("locked", tables);
    await withDuckdb({ database, files: [], threads: 1 }, async (engine) => {
      await expect(engine.row("create table more (id integer)")).rejects.toThrow(/read-only/);
    });
  });
});

describeStores("sums made in PostgreSQL", (fresh) => {
  it("are those of this process", async () => {
    const database = await fresh();
    await fill(database, tables);
    const { parts } = await onPostgresql(database);
    expectSame(parts);
    expectSameFit(fitSums(parts, "REML"), fitHere);
  });

  it("can't write anything", async () => {
    const database = await fresh();
    await withPostgresql(database, 1, async (engine) => {
      await expect(engine.row("create table more (id integer)")).rejects.toThrow(/read-only transaction/);
    }).catch(() => {}); // the transaction is given up
  });

  it("name the table and the column that are not there, and those that are", async () => {
    const database = await fresh();
    await fill(database, tables);
    const elsewhere = { ...inSchema, pupils: { table: ["census", "pupil"], id: "pupil" } };
    await expect(onPostgresql(database, elsewhere)).rejects.toMatchObject({
      problems: [
        {
          code: "table-missing",
          message: 'there is no table "census.pupil"',
          remedy: expect.stringContaining("census.pupils"),
        },
      ],
    });
    const wrong = {
      ...inSchema,
      formula: readFormula("scores ~ fsm + authority + log(authority) + (1 | mm(school, share))"),
    };
    await expect(onPostgresql(database, wrong)).rejects.toMatchObject({
      problems: [
        {
          code: "column-missing",
          message: 'there is no column "scores"',
          remedy: expect.stringContaining('Did you mean "score"?'),
        },
        { code: "column-kind", message: 'column "authority" holds labels and numbers are needed' },
      ],
    });
  });
});

describeStores("arithmetic that has no answer for a pupil", (fresh) => {
  it("is named, with the model's own words", async () => {
    const database = await fresh();
    await fill(database, tables);
    const model = { ...inSchema, formula: readFormula("score ~ log(fsm) + (1 | mm(school, share))") };
    await expect(onPostgresql(database, model)).rejects.toMatchObject({ problems: [{ code: "not-finite" }] });
  });
});

describe("pupils that lack a value", () => {
  it("are left out and counted, everywhere alike", async () => {
    const some = {
      ...tables,
      pupils: {
        ...tables.pupils,
        rows: tables.pupils.rows.map((row, i) =>
          row.map((value, k) => (k > 0 && (i * 7 + k) % 150 === 0 ? null : value)),
        ),
      },
    };
    const files = await filesOf("gaps", some);
    const process = await makeSums(madeModel, { kind: "process", files }, 1, silent);
    const duckdb = await makeSums(madeModel, { kind: "duckdb", database: null, files }, 1, silent);
    expect(process.counts.used).toBeLessThan(3_000);
    expect(duckdb.counts).toMatchObject({ pupils: 3_000, used: process.counts.used });
    expectSame(duckdb.parts, process.parts);
  });
});

describe("memberships", () => {
  const without = (text: string): SumsModel => ({ ...madeModel, formula: readFormula(text) });

  it("in columns beside each other are the same as in a table", async () => {
    const wide = {
      pupils: {
        header: [...tables.pupils.header, "s1", "s2", "s3", "w1", "w2", "w3"],
        rows: tables.pupils.rows.map((row, i): TableRow => {
          const shares = [...pupils[i]!.shares];
          const at = (k: number) => shares[k] ?? ["0", 0];
          return [...row, at(0)[0], at(1)[0], at(2)[0], at(0)[1], at(1)[1], at(2)[1]];
        }),
      },
    };
    const files = await filesOf("wide", wide);
    const model = {
      ...without("score ~ fsm + (1 | mm(s1 + s2 + s3, w1 + w2 + w3)) + (0 + fsm | authority)"),
      memberships: null,
    };
    const process = await makeSums(model, { kind: "process", files }, 1, silent);
    const duckdb = await makeSums(model, { kind: "duckdb", database: null, files }, 1, silent);
    expectSame(duckdb.parts, process.parts);
    const narrow = without("score ~ fsm + (1 | mm(school, share)) + (0 + fsm | authority)");
    const table = await makeSums(
      narrow,
      { kind: "duckdb", database: null, files: await filesOf("narrow", tables) },
      1,
      silent,
    );
    expect(largestDifference(duckdb.parts, table.parts)).toBeLessThan(tolerance);
  });

  it("of one school in several rows are added up", async () => {
    const halves = tables.memberships.rows.flatMap(([pupil, school, share]): TableRow[] => [
      [pupil!, school!, Number(share) / 2],
      [pupil!, school!, Number(share) / 2],
    ]);
    const files = await filesOf("halves", { ...tables, memberships: { ...tables.memberships, rows: halves } });
    expectSame((await makeSums(madeModel, { kind: "duckdb", database: null, files }, 1, silent)).parts);
    expectSame((await makeSums(madeModel, { kind: "process", files }, 1, silent)).parts);
  });

  it("that break a rule are refused with how many rows do, and no pupil's id", async () => {
    const rows = [
      ...tables.memberships.rows,
      [999_999, "100", 1],
      [2, "101", 0.4],
      [3, "102", -0.1],
      [4, "103", null],
    ] as TableRow[];
    const files = await filesOf("rules", {
      pupils: {
        ...tables.pupils,
        rows: [...tables.pupils.rows, [...tables.pupils.rows[0]!], [555_555, ...tables.pupils.rows[0]!.slice(1)]],
      },
      memberships: { ...tables.memberships, rows },
    });
    const refused = makeSums(madeModel, { kind: "duckdb", database: null, files }, 1, silent);
    await expect(refused).rejects.toBeInstanceOf(SumsFault);
    const problems = await refused.catch((error: SumsFault) => error.problems);
    expect((problems as SumsFault["problems"]).map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "pupil-twice: 1 id stands in several rows",
      "membership-pupil-unknown: 1 row has a pupil who is not among the pupils",
      "pupil-without-membership: 1 pupil has no row with a school",
      'share-not-a-number: 1 row has no "share"',
      "share-negative: 1 share is below 0",
      "shares-above-one: 1 pupil has shares that add up to more than 1",
    ]);
    await expect(makeSums(madeModel, { kind: "process", files }, 1, silent)).rejects.toBeInstanceOf(SumsFault);
  });
});

describe("a file of sums", () => {
  it("holds them to the last bit", async () => {
    const path = join(folder, "sums.json");
    const record = { formula: "score ~ 1", madeBy: "this test", counts: { pupils: 3_000, used: 3_000, missing: [] } };
    await writeSums(path, here, record);
    expect(await readSums(sourceFile(path))).toEqual({ parts: here, record });
  });

  it.each([
    ["is not there", "sums-nowhere.json", /no such file/],
    ["is something else", "made-pupils.csv", /no JSON/],
  ])("that %s is named", async (_, name, message) => {
    await expect(readSums(sourceFile(join(folder, name)))).rejects.toThrow(message);
  });
});
