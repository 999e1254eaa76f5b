import { columnUses, type FormulaColumn, type FormulaFrame } from "./columns.js";
import { FormulaError } from "./error.js";
import type { FormulaModel } from "./model.js";
import { suggest } from "./suggest.js";

/** Rows that have every value the formula needs, and how many lack one of which column (counted under the first). */
export interface CompleteRows {
  readonly frame: FormulaFrame;
  /** Places of the kept rows in the frame that was given, ascending. */
  readonly rows: Int32Array;
  readonly leftOut: readonly { readonly column: string; readonly count: number }[];
}

const isMissing = (column: FormulaColumn): ((row: number) => boolean) =>
  column.kind === "number" ? (row) => Number.isNaN(column.values[row]) : (row) => column.codes[row]! < 0;

function pickColumn(column: FormulaColumn, rows: Int32Array): FormulaColumn {
  if (column.kind === "number") {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
    return { kind: "number", values };
  }
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]!]!;
  return { ...column, codes };
}

/**
 * Leaves out the rows in which a column of the formula has no value, as R does, and counts them. Columns within an mm() may
 * lack values: that is no membership. Memberships that are given by table have to be those of the rows that remain, so they
 * are made afterwards.
 * @throws {FormulaError} where the frame lacks a column
 */
export function completeRows(model: FormulaModel, frame: FormulaFrame): CompleteRows {
  const needed = new Map<string, (row: number) => boolean>();
  for (const { name, membership, at, end } of columnUses(model)) {
    if (membership !== null || needed.has(name)) continue;
    const column = frame.columns.get(name);
    if (!column)
      throw new FormulaError(
        "column-unknown",
        model.formula.text,
        { at, end },
        `there is no column "${name}"`,
        suggest(name, [...frame.columns.keys()], "columns"),
      );
    needed.set(name, isMissing(column));
  }
  const tests = [...needed];
  const counts = new Int32Array(tests.length);
  const rows = new Int32Array(frame.rows);
  let used = 0;
  for (let row = 0; row < frame.rows; row++) {
    const broken = tests.findIndex(([, missing]) => missing(row));
    if (broken < 0) rows[used++] = row;
    else counts[broken]!++;
  }
  const leftOut = tests.map(([column], k) => ({ column, count: counts[k]! })).filter(({ count }) => count > 0);
  if (used === frame.rows) return { frame, rows, leftOut };
  const kept = rows.slice(0, used);
  const columns = new Map([...frame.columns].map(([name, column]) => [name, pickColumn(column, kept)]));
  return { frame: { ...frame, rows: used, columns }, rows: kept, leftOut };
}
