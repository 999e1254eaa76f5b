import { defaultMissingMarks } from "../table-request.js";
import type { TableName } from "./sums-model.js";

/**
 * What a column of a table holds, as far as sums are concerned; `label` is one of a list or a unique id,
 * `untyped` the text of a CSV file, which may be numbers.
 */
export type ColumnKind = "number" | "whole" | "text" | "label" | "flag" | "day" | "untyped" | "other";

/** In what the two engines differ; everything else is the same text for both. */
export interface Dialect {
  readonly name: "DuckDB" | "PostgreSQL";
  /** A sum of doubles over rows. */
  readonly sum: (expression: string) => string;
  /** Ends a subquery whose expressions are to be computed once a row and not once a use. */
  readonly fence: string;
}

/**
 * DuckDB adds by Kahan's compensated sum (`fsum`): what it loses does not grow with the number of rows.
 * Source: DuckDB's documentation of aggregate functions.
 */
export const duckdbDialect: Dialect = {
  name: "DuckDB",
  sum: (expression) => `fsum(${expression})`,
  fence: "",
};

/**
 * PostgreSQL adds doubles one by one: n of them lose at most n·2⁻⁵³ of the sum of their sizes, which is 10⁻⁹ at nine million,
 * and about √n·2⁻⁵³ as it happens.
 */
export const postgresqlDialect: Dialect = {
  name: "PostgreSQL",
  sum: (expression) => `sum(${expression})`,
  fence: " offset 0",
};

/**
 * A name in quotation marks: names are people's own and may hold anything.
 * @throws {RangeError} for a name that no engine can have.
 */
export function quoted(name: string): string {
  if (name === "" || name.includes("\0")) throw new RangeError(`${JSON.stringify(name)} can't be a name in a database`);
  return `"${name.replaceAll('"', '""')}"`;
}

/** A table's name in quotation marks, part by part. */
export const quotedTable = (table: TableName): string => table.map(quoted).join(".");

/** A text as a literal. @throws {RangeError} for a text with a zero character. */
export function literal(text: string): string {
  if (text.includes("\0")) throw new RangeError("a text in a database can't hold a zero character");
  return `'${text.replaceAll("'", "''")}'`;
}

/** A number as a literal that both engines read to the same bits. */
export function double(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`a literal must be a finite number, got ${value}`);
  return `cast('${value}' as double precision)`;
}

const missingMarks = ["", ...defaultMissingMarks.numbers].map(literal).join(", ");

/** Whether a text is neither a number nor a mark of a missing one. Only in CSV files, which DuckDB reads, numbers are texts. */
export const isOddNumber = (column: string) =>
  `(${column} not in (${missingMarks}) and try_cast(${column} as double precision) is null)`;

/** A column of numbers as doubles; what is missing is null. */
export function asNumber(column: string, kind: ColumnKind): string {
  const source =
    kind === "untyped"
      ? `case when ${column} in (${missingMarks}) then null else ${column} end`
      : kind === "flag"
        ? `cast(${column} as integer)`
        : column;
  return `nullif(cast(${source} as double precision), cast('NaN' as double precision))`;
}

/** A column of categories as it is compared and grouped; an empty text is missing. */
export const asCategory = (column: string, kind: ColumnKind): string =>
  kind === "text" || kind === "untyped" ? `nullif(${column}, '')` : column;
