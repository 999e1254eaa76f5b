import {
  type CivilDate,
  columnOf,
  dateOfDay,
  err,
  missingDay,
  ok,
  type Problem,
  type Result,
  type Table,
} from "../kernel/index.js";
import type { IngestProblemCode } from "./problem-codes.js";
import { collectProblems, problem } from "./problems.js";

/** The fields of one row of a table, read as what they should be; what is wrong becomes a problem with line and column. */
export interface RowFields {
  /** The text, or null where there is none. */
  text(column: string): string | null;
  /** The text of a column that every row needs; a missing one is a problem, so the row is never used. */
  needed(column: string): string;
  day(column: string): CivilDate | null;
  number(column: string): number | null;
  /** An identifier, or another text with a shape of its own, by its parser; `id-invalid` unless another code is given. */
  id<T>(column: string, parse: (text: string) => Result<T, string>, code?: IngestProblemCode): T | null;
  /** An identifier that every row needs; a missing or wrong one is a problem, so the row is never used. */
  neededId<T extends string>(column: string, parse: (text: string) => Result<T, string>): T;
  /** One of several words, each with its meaning. */
  word<T>(column: string, meanings: ReadonlyMap<string, T>): T | null;
  /** A word that every row needs; a missing or unknown one is a problem, so the row is never used. */
  neededWord<T extends string>(column: string, meanings: ReadonlyMap<string, T>): T;
  /** File and line. */
  place(): string;
}

/**
 * Makes a typed row of each row of a table, all or nothing.
 * @param keyOf what no two rows may share; null where rows may repeat
 * @param isTotal whether a row is a sum of others, which is no row of its own
 */
export function shapeRows<Row>(
  table: Table,
  shape: (fields: RowFields) => Row,
  keyOf: ((row: Row) => string) | null,
  isTotal: (fields: RowFields) => boolean = () => false,
): Result<readonly Row[], readonly Problem[]> {
  const problems = collectProblems();
  const rows: Row[] = [];
  const seen = new Map<string, number>();
  let row = 0;
  const fields = fieldsOf(table, () => row, problems.add);
  for (; row < table.rows; row++) {
    if (isTotal(fields)) continue;
    const shaped = shape(fields);
    rows.push(shaped);
    if (keyOf === null) continue;
    const key = keyOf(shaped);
    const before = seen.get(key);
    if (before === undefined) seen.set(key, row);
    else problems.add(problem("id-twice", table.placeOf(row), `${key} is already on ${table.placeOf(before)}`));
  }
  return problems.count() > 0 ? err(problems.all()) : ok(rows);
}

function fieldsOf(table: Table, rowNow: () => number, report: (found: Problem) => void): RowFields {
  const placeOf = (column: string) => `${table.placeOf(rowNow())}, column "${column}"`;

  function text(column: string): string | null {
    if (!table.columns.has(column)) return null;
    const { codes, levels } = columnOf(table, column, "category");
    const code = codes[rowNow()]!;
    return code < 0 ? null : levels[code]!;
  }

  function needed(column: string): string {
    const found = text(column);
    if (found === null) report(problem("value-missing", placeOf(column), "there is no value"));
    return found ?? "";
  }

  function id<T>(
    column: string,
    parse: (text: string) => Result<T, string>,
    code: IngestProblemCode = "id-invalid",
  ): T | null {
    const found = text(column);
    if (found === null) return null;
    const parsed = parse(found);
    if (parsed.ok) return parsed.value;
    report(problem(code, placeOf(column), parsed.error));
    return null;
  }

  function word<T>(column: string, meanings: ReadonlyMap<string, T>): T | null {
    const found = text(column);
    if (found === null) return null;
    const meaning = meanings.get(found);
    if (meaning !== undefined) return meaning;
    const known = [...meanings.keys()].map((one) => `"${one}"`).join(", ");
    report(problem("word-unknown", placeOf(column), `"${found}" is none of ${known}`));
    return null;
  }

  return {
    text,
    needed,
    day(column) {
      if (!table.columns.has(column)) return null;
      const day = columnOf(table, column, "date").days[rowNow()]!;
      return day === missingDay ? null : dateOfDay(day);
    },
    number(column) {
      if (!table.columns.has(column)) return null;
      const value = columnOf(table, column, "number").values[rowNow()]!;
      return Number.isNaN(value) ? null : value;
    },
    id,
    neededId<T extends string>(column: string, parse: (text: string) => Result<T, string>): T {
      return id(column, parse) ?? (needed(column) as T);
    },
    word,
    neededWord<T extends string>(column: string, meanings: ReadonlyMap<string, T>): T {
      return word(column, meanings) ?? (needed(column) as T);
    },
    place: () => table.placeOf(rowNow()),
  };
}
