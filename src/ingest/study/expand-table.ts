import { type Column, missingDay, type Table } from "../../kernel/index.js";

/** A column's values of some rows, in their order; −1 is a row that isn't there, and its value missing. */
export function takeRows(column: Column, rows: Int32Array): Column {
  if (column.kind === "number")
    return { ...column, values: Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : column.values[row]!)) };
  if (column.kind === "date") return { ...column, days: rows.map((row) => (row < 0 ? missingDay : column.days[row]!)) };
  const { name, codes, levels } = column;
  return { kind: "category", name, codes: rows.map((row) => (row < 0 ? -1 : codes[row]!)), levels };
}

/** A table in which each row stands as often as its count says; a row's place is that of the row it was made from. */
export function expandTable(table: Table, counts: Float64Array): Table {
  const rows = new Int32Array(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  counts.forEach((count, row) => {
    rows.fill(row, at, at + count);
    at += count;
  });
  const columns = [...table.columns].map(([name, column]): [string, Column] => [name, takeRows(column, rows)]);
  return {
    name: table.name,
    rows: rows.length,
    columns: new Map(columns),
    placeOf: (row) => table.placeOf(rows[row]!),
  };
}
