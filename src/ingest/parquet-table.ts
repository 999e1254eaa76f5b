import { basename } from "node:path";
import type { SourceFile } from "./file-bytes.js";
import { inspectFile } from "./file-bytes.js";
import { FileFault, problem } from "./problems.js";
import { buildersFor, type ColumnRequest, type TableDraft } from "./table-request.js";
import { locateColumns } from "./wanted-columns.js";

const numeric =
  /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT|FLOAT|DOUBLE|DECIMAL.*)$/;

/**
 * Appends the rows of a Parquet file to the draft, in the file's order: DuckDB reads on one thread.
 * @throws {FileFault} when the file can't be read.
 */
export async function appendParquet(file: SourceFile, draft: TableDraft): Promise<void> {
  await inspectFile(file);
  const { DuckDBInstance } = await import("@duckdb/node-api"); // 70 MB that separated text does without
  const offline = { autoinstall_known_extensions: "false", autoload_known_extensions: "false" };
  const database = await DuckDBInstance.create(":memory:", { threads: "1", ...offline });
  const connection = await database.connect();
  const source = `read_parquet('${file.path.replaceAll("'", "''")}')`;
  try {
    const described = await connection.runAndReadAll(`describe select * from ${source}`);
    const types = new Map(described.getRows().map((row) => [String(row[0]), String(row[1])]));
    const { problems } = locateColumns([...types.keys()], draft.request.columns, file.shown);
    for (const found of problems) draft.problems.add(found);
    if (problems.length > 0) return;
    const [total] = (await connection.runAndReadAll(`select count(*)::integer from ${source}`)).getRows();
    const rows = Number(total?.[0]);
    if (rows === 0) throw new FileFault(problem("rows-missing", file.shown, "the file has columns and no rows"));
    draft.progress.stage(`reading ${basename(file.path)}`, rows);
    if (draft.builders.length === 0) draft.builders = buildersFor(draft.request, rows);
    draft.places.beginFile(file.shown, "row");
    const expressions = draft.request.columns.map((wanted) => expressionOf(wanted, types.get(wanted.name)!));
    const result = await connection.stream(`select ${expressions.join(", ")} from ${source}`);
    for (let row = 1; ; ) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) break;
      for (let i = 0; i < chunk.rowCount; i++) draft.places.add(draft.rows++, row++);
      draft.builders.forEach((builder, index) => {
        const vector = chunk.getColumnVector(index);
        for (let i = 0; i < chunk.rowCount; i++) {
          const value = vector.getItem(i);
          if (value === null) builder.addMissing();
          else if (typeof value === "number" && Math.abs(value) !== Number.POSITIVE_INFINITY) builder.addNumber(value);
          else builder.addText(String(value).trim());
        }
      });
      draft.progress.done(chunk.rowCount);
    }
  } catch (error) {
    if (error instanceof FileFault) throw error;
    const reason = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    throw new FileFault(
      problem("parquet-unreadable", file.shown, reason.replaceAll(file.path, basename(file.path))),
      error,
    );
  } finally {
    connection.closeSync();
    database.closeSync();
  }
}

/** Every value leaves DuckDB as a double or as text; a whole number read as text has no decimals, whatever its type. */
function expressionOf({ name, kind }: ColumnRequest, type: string): string {
  const column = `"${name.replaceAll('"', '""')}"`;
  const isNumber = numeric.test(type);
  if (isNumber && (kind === "number" || kind === "either")) return `cast(${column} as double)`;
  if (type === "BOOLEAN" && kind === "number") return `cast(${column}::integer as double)`;
  if (type === "FLOAT" || type === "DOUBLE")
    return `case when ${column} = trunc(${column}) and abs(${column}) < 1e15 then cast(cast(${column} as bigint) as varchar) else cast(${column} as varchar) end`;
  if (type.startsWith("TIMESTAMP") && kind === "date") return `cast(cast(${column} as date) as varchar)`;
  return `cast(${column} as varchar)`;
}
