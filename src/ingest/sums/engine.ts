import { membershipWords } from "../../accountability/value-added/index.js";
import { nearest, type Problem } from "../../kernel/index.js";
import { problemCodes as ofFiles } from "../problem-codes.js";
import { problemCodes as elsewhere } from "../problem-codes-elsewhere.js";
import type { ColumnKind, Dialect } from "./dialect.js";
import { problemCodes as ofSums } from "./problem-codes.js";
import type { TableName } from "./sums-model.js";

const problemCodes = { ...membershipWords, ...ofFiles, ...elsewhere, ...ofSums };

/** A problem with one of the declared codes; without a remedy of its own it takes the code's. */
export function problem(code: keyof typeof problemCodes, place: string, message: string, remedy?: string): Problem {
  return { code, place, message, remedy: remedy ?? problemCodes[code].remedy };
}

/** A database that adds up pupils, for one reading: everything asked of it sees the same rows. */
export interface SumsEngine {
  readonly dialect: Dialect;
  /** In a person's words, without a password, as `DuckDB 1.5 on england.duckdb`. */
  readonly place: string;
  /** Kinds of the columns of a table by name, or null where there is no such table. */
  columns(table: TableName): Promise<ReadonlyMap<string, ColumnKind> | null>;
  /** Names of the tables there are. */
  tables(): Promise<readonly string[]>;
  /** The only row of a statement. */
  row(sql: string): Promise<readonly unknown[]>;
  /** Rows of a statement, to be read to the last, one after the other; at no time are many of them in memory. */
  rows(sql: string): AsyncIterable<readonly unknown[]>;
}

/** The model and the tables don't fit, or the rows break a rule: every problem found. */
export class SumsFault extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], cause?: unknown) {
    super(problems.map(({ message }) => message).join("; "), { cause });
    this.name = "SumsFault";
    this.problems = problems;
  }
}

/** A fault of one problem. */
export const fault = (code: keyof typeof problemCodes, place: string, message: string, remedy?: string) =>
  new SumsFault([problem(code, place, message, remedy)]);

/** The only row of a statement, as numbers. */
export const onlyRow = async (engine: SumsEngine, sql: string): Promise<readonly number[]> =>
  (await engine.row(sql)).map(Number);

function shown(names: readonly string[]): string {
  if (names.length === 0) return "There are none";
  const first = names.slice(0, 30).map((name) => `"${name}"`);
  const more = names.length > first.length ? ` and ${names.length - first.length} more` : "";
  return `There are ${first.join(", ")}${more}`;
}

/** What a column is wanted for. */
export type Use = "number" | "category" | "either";

const numeric: readonly ColumnKind[] = ["number", "whole", "flag"];
const telling: readonly ColumnKind[] = ["text", "label", "whole", "flag", "day"];

/** Whether a column of this kind is one of numbers where the formula leaves it open; null where only its values tell. */
export const isNumeric = (kind: ColumnKind): boolean | null => (kind === "untyped" ? null : numeric.includes(kind));

const fits = (use: Use, kind: ColumnKind) =>
  kind === "untyped" || (use !== "category" && numeric.includes(kind)) || (use !== "number" && telling.includes(kind));

const kindWords: Readonly<Record<ColumnKind, string>> = {
  number: "fractions",
  whole: "whole numbers",
  text: "texts",
  label: "labels",
  flag: "true or false",
  day: "days",
  untyped: "texts",
  other: "something else",
};

/** Finds the columns of a table. @throws {SumsFault} naming every column that is missing or of the wrong kind, and what there is. */
export async function locate(
  engine: SumsEngine,
  table: TableName,
  wanted: readonly (readonly [name: string, use: Use])[],
): Promise<ReadonlyMap<string, ColumnKind>> {
  const columns = await engine.columns(table);
  const name = table.join(".");
  if (columns === null) {
    const tables = await engine.tables();
    const near = nearest(name, tables);
    throw fault(
      "table-missing",
      engine.place,
      `there is no table "${name}"`,
      `${near === null ? "" : `Did you mean "${near}"? `}${shown(tables)}.`,
    );
  }
  const problems: Problem[] = [];
  const place = `${engine.place}, table "${name}"`;
  for (const [column, use] of wanted) {
    const kind = columns.get(column);
    if (kind === undefined) {
      const near = nearest(column, [...columns.keys()]);
      const remedy = `${near === null ? "" : `Did you mean "${near}"? `}${shown([...columns.keys()])}.`;
      problems.push(problem("column-missing", place, `there is no column "${column}"`, remedy));
    } else if (!fits(use, kind)) {
      const needed = use === "number" ? "numbers" : "texts, whole numbers or days";
      const message = `column "${column}" holds ${kindWords[kind]} and ${needed} are needed`;
      problems.push(problem("column-kind", place, message));
    }
  }
  if (problems.length > 0) throw new SumsFault(problems);
  return columns;
}
