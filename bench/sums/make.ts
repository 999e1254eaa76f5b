// Makes the sums of one country in one way, in a process of its own: node make.mjs WAY COUNTRY PUPILS SUMS [PLACE]
// WAY is fit (of SUMS), tables (which writes CSV and DuckDB's database into PLACE), load (into PostgreSQL at SUMS), process, duckdb or postgresql.
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { fitSums } from "../../src/ingest/sums/fit-sums.js";
import { makeSums, type SumsSource } from "../../src/ingest/sums/make-sums.js";
import { partsOfDesign } from "../../src/ingest/sums/parts-of-design.js";
import { readSums, writeSums } from "../../src/ingest/sums/sums-file.js";
import { silent } from "../../src/kernel/index.js";
import { openDatabase } from "../../src/platform/database/index.js";
import { loadColumns } from "../value-added/columns.js";
import type { Country } from "../value-added/country.js";
import { covariates, designOf } from "../value-added/model.js";
import { linesOf, modelOf, tableColumns } from "./model.js";

const [way, given, folder, sums, place = ""] = process.argv.slice(2) as [string, string, string, string, string?];
const country = JSON.parse(given) as Country;
const tables = country.moves === "none" ? (["pupils"] as const) : (["pupils", "memberships"] as const);

async function writeTables(): Promise<void> {
  const pupils = loadColumns(folder);
  for (const table of tables)
    await pipeline(
      Readable.from(linesOf(pupils, table)),
      createWriteStream(join(place, `${table}.csv`), { mode: 0o644 }),
    );
  const database = await DuckDBInstance.create(join(place, "country.duckdb"));
  const connection = await database.connect();
  for (const table of tables) {
    await connection.run(`create table ${table} (${tableColumns[table].join(", ")})`);
    await connection.run(
      `insert into ${table} select * from read_csv('${join(place, `${table}.csv`)}', header = false)`,
    );
  }
  connection.closeSync();
  database.closeSync();
}

async function loadPostgresql(): Promise<void> {
  const database = await openDatabase({ kind: "postgresql", url: sums });
  await database.source.withConnection(async (connection) => {
    for (const table of tables) {
      await connection.script(`create table ${table} (${tableColumns[table].join(", ")})`);
      await connection.script(`copy ${table} from '${join(place, `${table}.csv`)}' csv`);
    }
    await connection.script("analyze");
  });
  await database.close();
}

/** Levels as the tables name them. */
function named(design: ReturnType<typeof designOf>): ReturnType<typeof designOf> {
  const { cohorts } = country;
  const [school, ...others] = design.random;
  const ofCohort = (_: string, j: number) => `${Math.floor(j / cohorts)}:${j % cohorts}`;
  return { ...design, random: [school!, ...others.map((term) => ({ ...term, levels: term.levels.map(ofCohort) }))] };
}

async function measured(): Promise<void> {
  const model = modelOf(country);
  const design = way === "process" ? named(designOf(...inMemory(folder))) : null;
  const source: SumsSource =
    way === "duckdb"
      ? { kind: "duckdb", database: { path: place, shown: "country.duckdb" }, files: [] }
      : { kind: "postgresql", location: { kind: "postgresql", url: place } };
  const cpu = process.cpuUsage();
  const started = performance.now();
  const made = design
    ? {
        parts: partsOfDesign(design),
        counts: { pupils: design.rows, used: design.rows, missing: [] },
        madeBy: "this process",
      }
    : await makeSums(model, source, 1, silent);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await writeSums(sums, made.parts, { formula: model.formula.formula.text, madeBy: made.madeBy, counts: made.counts });
  const cost = { seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(`${JSON.stringify(cost)}\n`);
}

function inMemory(path: string): Parameters<typeof designOf> {
  const pupils = loadColumns(path);
  return [pupils, covariates(pupils)];
}

async function fitted(): Promise<void> {
  const { parts } = await readSums({ path: sums, shown: sums });
  const started = performance.now();
  const { criterion } = fitSums(parts, "REML");
  process.stdout.write(`${JSON.stringify({ criterion, seconds: (performance.now() - started) / 1000 })}\n`);
}

const others: Readonly<Record<string, () => Promise<void>>> = {
  fit: fitted,
  tables: writeTables,
  load: loadPostgresql,
};
await (others[way] ?? measured)();
