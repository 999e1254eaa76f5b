import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { SourceFile } from "../file-bytes.js";
import { defaultMissingMarks } from "../table-request.js";
import { type ColumnKind, duckdbDialect, literal, quoted, quotedTable } from "./dialect.js";
import { fault, type SumsEngine, SumsFault } from "./engine.js";

/** Where DuckDB finds the tables. */
export interface DuckdbSource {
  /** A database of DuckDB's own, opened for reading only; null where all tables are files. */
  readonly database: SourceFile | null;
  /** Tables that are CSV or Parquet files, each with the columns that are wanted of it. */
  readonly files: readonly { readonly table: string; readonly files: readonly SourceFile[] }[];
  /** With more than one, the last bits of the sums depend on the run. */
  readonly threads: number;
}

function kindOf(type: string): ColumnKind {
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type)) return "whole";
  if (/^(FLOAT|DOUBLE|DECIMAL.*)$/.test(type)) return "number";
  if (/^(UUID|ENUM.*)$/.test(type)) return "label";
  if (type === "VARCHAR") return "text";
  if (type === "BOOLEAN") return "flag";
  return type === "DATE" ? "day" : "other";
}

const areParquet = (files: readonly SourceFile[]) => files.every(({ path }) => /\.(parquet|pq)$/i.test(path));

/** Files become views (Parquet) or tables of texts (CSV, which would be parsed again for each statement), under their tables' names. */
async function addFiles(connection: DuckDBConnection, source: DuckdbSource): Promise<void> {
  for (const { table, files } of source.files) {
    const list = `[${files.map(({ path }) => literal(path)).join(", ")}]`;
    const marks = `[${["", ...defaultMissingMarks.texts].map(literal).join(", ")}]`;
    await connection.run(
      areParquet(files)
        ? `create temp view ${quoted(table)} as select * from read_parquet(${list})`
        : `create temp table ${quoted(table)} as select nullif(trim(columns(*)), '') from read_csv(${list}, header = true, all_varchar = true, nullstr = ${marks})`,
    );
  }
}

/** @param untypedTables those that are CSV files */
function engineOver(connection: DuckDBConnection, place: string, untypedTables: readonly string[]): SumsEngine {
  const refused = (error: unknown) => fault("database-failed", place, reason(error));
  async function* rows(sql: string): AsyncGenerator<readonly unknown[]> {
    try {
      const result = await connection.stream(sql);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return;
        yield* chunk.getRows();
      }
    } catch (error) {
      throw error instanceof SumsFault ? error : refused(error);
    }
  }
  const names = async (sql: string) => {
    const found: string[][] = [];
    for await (const row of rows(sql)) found.push(row.map(String));
    return found;
  };
  const tables = async () => (await names("select distinct table_name from information_schema.tables")).flat();
  return {
    dialect: duckdbDialect,
    place,
    rows,
    async row(sql) {
      for await (const row of rows(sql)) return row;
      return [];
    },
    tables,
    async columns(table) {
      if (!(await tables()).includes(table.at(-1)!)) return null;
      const described = await names(`describe select * from ${quotedTable(table)}`);
      const untyped = untypedTables.includes(table.join("."));
      return new Map(described.map(([name, type]) => [name!, untyped ? "untyped" : kindOf(type!)]));
    },
  };
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error)).split("\n")[0]!;

/**
 * Lends DuckDB over a database or files for a piece of work.
 * @throws {SumsFault} when it can't be opened or a file can't be read
 */
export async function withDuckdb<T>(source: DuckdbSource, work: (engine: SumsEngine) => Promise<T>): Promise<T> {
  const { DuckDBInstance } = await import("@duckdb/node-api"); // 70 MB that other commands do without
  const files = source.files.flatMap((one) => one.files.map(({ path }) => basename(path)));
  const place = `DuckDB on ${[...(source.database ? [source.database.shown] : []), ...files].join(", ")}`;
  const refuse = (error: unknown): never => {
    throw fault("database-failed", place, reason(error));
  };
  // What doesn't fit into memory goes here and away again; by itself DuckDB would put it beside the database.
  const overflow = mkdtempSync(join(tmpdir(), "greenpaper-duckdb-"));
  const options = {
    threads: String(source.threads),
    temp_directory: overflow,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    ...(source.database ? { access_mode: "READ_ONLY" } : {}),
  };
  try {
    const database = await DuckDBInstance.create(source.database?.path ?? ":memory:", options).catch(refuse);
    const connection = await database.connect();
    try {
      await addFiles(connection, source).catch(refuse);
      const untyped = source.files.filter((one) => !areParquet(one.files)).map(({ table }) => table);
      return await work(engineOver(connection, place, untyped));
    } finally {
      connection.closeSync();
      database.closeSync();
    }
  } finally {
    rmSync(overflow, { recursive: true, force: true });
  }
}
