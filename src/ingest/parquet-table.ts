import { basename } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { ColumnBuilder } from "./column-builder.js";
import { inspectFile, type SourceFile } from "./file-bytes.js";
import { FileFault, problem } from "./problems.js";
import { buildersFor, type ColumnRequest, type TableDraft } from "./table-request.js";
import { locateColumns } from "./wanted-columns.js";

const numeric =
  /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT|FLOAT|DOUBLE|DECIMAL.*)$/;
/** Columns of texts with fewer different values than this leave DuckDB as numbers, thirty times faster than as texts. */
const mostCoded = 10_000;

/** Whether a file is read as Parquet: by its name. */
export const isParquet = ({ path }: SourceFile): boolean => /\.(parquet|pq)$/i.test(path);

/**
 * Appends the rows of a Parquet file to the draft, in the file's order: DuckDB reads on one thread.
 * @throws {FileFault} when the file can't be read.
 */
export const appendParquet = (file: SourceFile, draft: TableDraft): Promise<void> =>
  withConnection(file, (connection) => append(file, draft, connection));

/** The names of the columns of a Parquet file. @throws {FileFault} when the file can't be read. */
export const parquetHeader = (file: SourceFile): Promise<readonly string[]> =>
  withConnection(file, async (connection) => [...(await typesOf(sourceOf(file), connection)).keys()]);

async function withConnection<T>(file: SourceFile, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  await inspectFile(file);
  const { DuckDBInstance } = await import("@duckdb/node-api"); // 70 MB that separated text does without
  const offline = { autoinstall_known_extensions: "false", autoload_known_extensions: "false" };
  const database = await DuckDBInstance.create(":memory:", { threads: "1", ...offline });
  const connection = await database.connect();
  try {
    return await work(connection);
  } catch (error) {
    if (error instanceof FileFault) throw error;
    const reason = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    const message = reason.replaceAll(file.path, basename(file.path));
    throw new FileFault(problem("parquet-unreadable", file.shown, message), error);
  } finally {
    connection.closeSync();
    database.closeSync();
  }
}

const sourceOf = ({ path }: SourceFile) => `read_parquet('${path.replaceAll("'", "''")}')`;

/** The kinds of the columns of a source, by name, in its order. */
async function typesOf(source: string, connection: DuckDBConnection): Promise<ReadonlyMap<string, string>> {
  const described = await connection.runAndReadAll(`describe select * from ${source}`);
  return new Map(described.getRows().map((row) => [String(row[0]), String(row[1])]));
}

async function append(file: SourceFile, draft: TableDraft, connection: DuckDBConnection): Promise<void> {
  const source = sourceOf(file);
  const { columns } = draft.request;
  const types = await typesOf(source, connection);
  const { problems } = locateColumns([...types.keys()], columns, file.shown);
  for (const found of problems) draft.problems.add(found);
  if (problems.length > 0) return;
  const expressions = columns.map((wanted) => expressionOf(wanted, types.get(wanted.name)!));
  const counts = expressions.map(({ sql, isNumber }) => (isNumber ? "0" : `approx_count_distinct(${sql})`)).join(", ");
  const [first] = (await connection.runAndReadAll(`select count(*), ${counts} from ${source}`)).getRows();
  const [rows = 0, ...distinct] = (first ?? []).map(Number);
  if (rows === 0) throw new FileFault(problem("rows-missing", file.shown, "the file has columns and no rows"));
  draft.progress.stage(`reading ${basename(file.path)}`, rows);
  if (draft.builders.length === 0) draft.builders = buildersFor(draft.request, rows);
  draft.places.beginFile(file.shown, "row");
  const selected: string[] = [];
  const levels: (readonly string[] | null)[] = [];
  for (const [i, { sql, isNumber }] of expressions.entries()) {
    const coded = !isNumber && distinct[i]! > 0 && distinct[i]! < mostCoded; // an enumeration of none is an error
    if (coded)
      await connection.run(
        `create type coded_${i} as enum (select distinct ${sql} from ${source} where ${sql} is not null)`,
      );
    // As numbers: the enumeration itself would be described anew, with all its texts, in every piece of 2,048 rows.
    selected.push(coded ? `cast(enum_code(cast(${sql} as coded_${i})) as integer)` : sql);
    levels.push(coded ? await levelsOf(`coded_${i}`, connection) : null);
  }
  const result = await connection.stream(`select ${selected.join(", ")} from ${source}`);
  for (let row = 1; ; ) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    for (let i = 0; i < chunk.rowCount; i++) draft.places.add(draft.rows++, row++);
    draft.builders.forEach((builder, i) => {
      addValues(builder, chunk.getColumnVector(i), chunk.rowCount, levels[i]!);
    });
    draft.progress.done(chunk.rowCount);
  }
}

/** The texts of an enumeration in the order of their numbers. */
async function levelsOf(type: string, connection: DuckDBConnection): Promise<readonly string[]> {
  const rows = await connection.runAndReadAll(`select unnest(enum_range(null::${type}))`);
  return rows.getRows().map(([text]) => String(text).trim());
}

/** @param levels the texts that the numbers stand for; null where the values are what they are */
function addValues(
  builder: ColumnBuilder,
  vector: { getItem(i: number): unknown },
  count: number,
  levels: readonly string[] | null,
): void {
  for (let i = 0; i < count; i++) {
    const value = vector.getItem(i);
    if (value === null) builder.addMissing();
    else if (levels) builder.addText(levels[value as number]!);
    else if (typeof value === "number" && Math.abs(value) !== Number.POSITIVE_INFINITY) builder.addNumber(value);
    else builder.addText(String(value).trim());
  }
}

/** Every value leaves DuckDB as a double or as text; a whole number read as text has no decimals, whatever its type. */
function expressionOf({ name, kind }: ColumnRequest, type: string): { sql: string; isNumber: boolean } {
  const column = `"${name.replaceAll('"', '""')}"`;
  const text = (sql: string) => ({ sql: `cast(${sql} as varchar)`, isNumber: false });
  const wantsNumber = kind === "number" || kind === "either";
  if (numeric.test(type) && wantsNumber) return { sql: `cast(${column} as double)`, isNumber: true };
  if (type === "BOOLEAN" && kind === "number") return { sql: `cast(${column}::integer as double)`, isNumber: true };
  if (type === "FLOAT" || type === "DOUBLE") {
    const whole = `${column} = trunc(${column}) and abs(${column}) < 1e15`;
    return text(
      `case when ${whole} then cast(cast(${column} as bigint) as varchar) else cast(${column} as varchar) end`,
    );
  }
  return text(type.startsWith("TIMESTAMP") && kind === "date" ? `cast(${column} as date)` : column);
}
