import { err, type Problem, type Progress, type Result, silent, type Table } from "../kernel/index.js";
import type { SourceFile } from "./file-bytes.js";
import { problem } from "./problems.js";
import { readHeader } from "./read-header.js";
import { readTable } from "./read-table.js";
import { type RowFields, shapeRows } from "./record-rows.js";
import { sourceFile } from "./source-file.js";
import type { ColumnRequest, FileFormat } from "./table-request.js";

/** The department writes commas and either UTF-8 or Windows-1252, and leaves empty what is missing. */
export const departmentFormat: FileFormat = { separator: ",", encoding: null, decimal: ".", missingMarks: [] };

/** Columns of a file of the department, by what they hold. */
export interface DepartmentColumns {
  readonly needed: readonly string[];
  readonly texts: readonly string[];
  readonly dates: readonly string[];
  readonly numbers: readonly string[];
}

/** One way in which the department writes a kind of file. */
export interface DepartmentLayout<Row> {
  /** What messages call it, as "GIAS groups". */
  readonly name: string;
  readonly columns: DepartmentColumns;
  readonly shape: (fields: RowFields) => Row;
  /** What no two rows may share, in words that a message can begin with. */
  readonly keyOf: (row: Row) => string;
  /** Whether a row is a total of others; such rows are left out. */
  readonly isTotal?: (fields: RowFields) => boolean;
  /** Whether the department leaves off the last fields of lines that have nothing in them. */
  readonly shortLines?: "missing";
  /** What only the whole table shows, as that its totals are those of its rows. */
  readonly check?: (table: Table, shown: string) => readonly Problem[];
}

/**
 * Reads a file of the department into typed rows, all or nothing. Of the layouts that are offered, the first whose needed
 * columns are all in the header is taken; columns that are not needed may be absent, since extracts differ.
 */
export async function readDepartmentFile<Row>(
  path: string | SourceFile,
  layouts: readonly DepartmentLayout<Row>[],
  progress: Progress = silent,
): Promise<Result<readonly Row[], readonly Problem[]>> {
  const file = typeof path === "string" ? sourceFile(path) : path;
  const header = await readHeader(file, departmentFormat);
  if (!header.ok) return header;
  const present = new Set(header.value);
  const layout = layouts.find(({ columns }) => columns.needed.every((name) => present.has(name)));
  if (layout === undefined) return err([unknownLayout(file.shown, layouts, present)]);
  const { needed, texts, dates, numbers } = layout.columns;
  const wanted = (names: readonly string[], kind: ColumnRequest["kind"]): ColumnRequest[] =>
    names.filter((name) => present.has(name)).map((name) => ({ name, kind, missing: "allow", askedAt: null }));
  const columns = [
    ...wanted([...needed, ...texts], "category"),
    ...wanted(dates, "date"),
    ...wanted(numbers, "number"),
  ];
  const table = await readTable({
    files: [file],
    columns,
    format: departmentFormat,
    progress,
    ...(layout.shortLines && { shortLines: layout.shortLines }),
  });
  if (!table.ok) return table;
  const rows = shapeRows(table.value, layout.shape, layout.keyOf, layout.isTotal);
  if (!rows.ok) return rows;
  const problems = layout.check?.(table.value, file.shown) ?? [];
  return problems.length > 0 ? err(problems) : rows;
}

function unknownLayout<Row>(
  shown: string,
  layouts: readonly DepartmentLayout<Row>[],
  present: ReadonlySet<string>,
): Problem {
  const lacking = layouts.map(({ name, columns }) => {
    const missing = columns.needed.filter((column) => !present.has(column)).map((column) => `"${column}"`);
    return `${name} would need ${missing.join(", ")}`;
  });
  const message = `the columns are not those of a file we know: ${lacking.join("; ")}`;
  const remedy = "Check that it is the right file, as it was downloaded.";
  return problem("column-missing", `${shown}, line 1`, message, remedy);
}
