/** A missing date in a {@link DateColumn}. */
export const missingDay = -2_147_483_648;

/** Numbers, one a row; `NaN` is missing. */
export interface NumberColumn {
  readonly kind: "number";
  readonly name: string;
  readonly values: Float64Array;
}

/** Texts, one a row, as places in a list of levels; `-1` is missing. Levels are in order of first appearance. */
export interface CategoryColumn {
  readonly kind: "category";
  readonly name: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
  /** Columns that have the same object here number their texts alike: ids of millions of pupils are then compared as numbers. */
  readonly coding?: object;
}

/** Days since 1970-01-01, one a row; {@link missingDay} is missing. */
export interface DateColumn {
  readonly kind: "date";
  readonly name: string;
  readonly days: Int32Array;
}

export type Column = NumberColumn | CategoryColumn | DateColumn;

/** Rows in memory as columns of the same length, with the way back to the file they came from. */
export interface Table {
  /** What a message calls it: the file's name, or what made it. */
  readonly name: string;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
  /** Where a row stands in its file, as `pupils.csv, line 17`. */
  placeOf(row: number): string;
}

/**
 * The column with this name and kind.
 * @throws {TypeError} when the table has no such column or it is of another kind: the reader of the file promised it.
 */
export function columnOf<K extends Column["kind"]>(table: Table, name: string, kind: K): Extract<Column, { kind: K }> {
  const column = table.columns.get(name);
  if (!column) throw new TypeError(`${table.name} has no column "${name}"`);
  if (column.kind !== kind) throw new TypeError(`column "${name}" of ${table.name} holds ${column.kind}, not ${kind}`);
  return column as Extract<Column, { kind: K }>;
}
