import type { Progress } from "../../kernel/index.js";
import { type DatabaseLocation, openDatabase } from "../../platform/database/index.js";
import type { SummedParts } from "../../statistics/mixed-model/index.js";
import type { SourceFile } from "../file-bytes.js";
import type { RowCounts } from "./check-rows.js";
import { collectSums } from "./collect-sums.js";
import { withDuckdb } from "./duckdb-engine.js";
import { fault } from "./engine.js";
import { designOfFiles } from "./in-process.js";
import { partsOfDesign } from "./parts-of-design.js";
import { withPostgresql } from "./postgresql-engine.js";
import { checkSummable, type SumsModel, type TableName } from "./sums-model.js";

/** A table of a model that is one or several files. */
export interface TableFiles {
  readonly table: string;
  readonly files: readonly SourceFile[];
}

/** Who adds up, and where the tables are. */
export type SumsSource =
  | { readonly kind: "process"; readonly files: readonly TableFiles[] }
  | { readonly kind: "duckdb"; readonly database: SourceFile | null; readonly files: readonly TableFiles[] }
  | { readonly kind: "postgresql"; readonly location: DatabaseLocation };

/** Sums, with who made them and what was counted. */
export interface MadeSums {
  readonly parts: SummedParts;
  readonly counts: RowCounts;
  readonly madeBy: string;
}

function filesOf(table: TableName, files: readonly TableFiles[]): readonly SourceFile[] {
  const name = table.join(".");
  const found = files.find((one) => one.table === name);
  if (found) return found.files;
  const remedy = files.length > 0 ? `There are ${files.map((one) => one.table).join(", ")}.` : undefined;
  throw fault("table-missing", "the files that were named", `no file stands for the table "${name}"`, remedy);
}

async function inThisProcess(model: SumsModel, files: readonly TableFiles[], progress: Progress): Promise<MadeSums> {
  checkSummable(model);
  const pupils = filesOf(model.pupils.table, files);
  const memberships = model.memberships ? filesOf(model.memberships.table, files) : [];
  const { design, counts } = await designOfFiles(model, { pupils, memberships }, progress);
  progress.stage("adding up", null);
  const madeBy = `this process from ${[...pupils, ...memberships].map(({ shown }) => shown).join(", ")}`;
  return { parts: partsOfDesign(design), counts, madeBy };
}

/**
 * Makes the sums of a model in this process, in DuckDB or in PostgreSQL; they are the same to rounding.
 * @param threads that DuckDB or PostgreSQL may use for a statement; with more than one the last bits depend on the run
 * @throws {SumsFault} with every problem of tables and files
 * @throws {FormulaError} where the formula is at fault
 * @throws {DatabaseError} where PostgreSQL can't be reached or refuses
 */
export async function makeSums(
  model: SumsModel,
  source: SumsSource,
  threads: number,
  progress: Progress,
): Promise<MadeSums> {
  if (source.kind === "process") return inThisProcess(model, source.files, progress);
  if (source.kind === "duckdb")
    return withDuckdb({ ...source, threads }, async (engine) => ({
      ...(await collectSums(engine, model, progress)),
      madeBy: engine.place,
    }));
  const database = await openDatabase(source.location);
  try {
    return await withPostgresql(database, threads, async (engine) => ({
      ...(await collectSums(engine, model, progress)),
      madeBy: engine.place,
    }));
  } finally {
    await database.close();
  }
}
