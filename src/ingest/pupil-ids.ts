import { type CategoryColumn, columnOf, type Problem, type Table } from "../kernel/index.js";
import { type ProblemCollector, problem } from "./problems.js";

/** A category with texts that are made only when somebody asks. */
function lazyCategory(name: string, codes: Int32Array, makeLevels: () => readonly string[]): CategoryColumn {
  let levels: readonly string[] | null = null;
  return {
    kind: "category",
    name,
    codes,
    get levels() {
      levels ??= makeLevels();
      return levels;
    },
  };
}

/** One id of several columns together, in order of first appearance; −1 where any of them is missing. */
function joinedIds(table: Table, columns: readonly string[], name: string): CategoryColumn {
  const parts = columns.map((column) => columnOf(table, column, "category"));
  let codes = parts[0]!.codes;
  let firstRows: number[] = [];
  for (const part of parts.slice(1)) {
    const next = new Int32Array(table.rows);
    const numbers = new Map<number, number>();
    const span = part.codes.reduce((most, code) => Math.max(most, code), 0) + 1; // at most the rows, so pairs are exact
    firstRows = [];
    for (let row = 0; row < table.rows; row++) {
      if (codes[row]! < 0 || part.codes[row]! < 0) {
        next[row] = -1;
        continue;
      }
      const pair = codes[row]! * span + part.codes[row]!;
      let code = numbers.get(pair);
      if (code === undefined) {
        code = numbers.size;
        numbers.set(pair, code);
        firstRows.push(row);
      }
      next[row] = code;
    }
    codes = next;
  }
  const levels = () => firstRows.map((row) => parts.map((part) => part.levels[part.codes[row]!]!).join(" + "));
  return lazyCategory(name, codes, levels);
}

/** The table with the column that tells pupils apart under the name that the specification has for it. */
export function withPupilColumn(table: Table, columns: readonly string[], name: string): Table {
  if (columns.length === 1 && columns[0] === name) return table;
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const column =
    columns.length === 0
      ? lazyCategory(name, rows, () => Array.from(rows, (row) => String(row + 1)))
      : joinedIds(table, columns, name);
  return { ...table, columns: new Map([...table.columns, [name, column]]) };
}

/** Reports each row whose pupil an earlier row already has. Ids are not repeated in messages: they are personal. */
export function reportRepeatedPupils(table: Table, name: string, problems: ProblemCollector): void {
  const { codes } = columnOf(table, name, "category");
  const firstRow = new Int32Array(codes.length + 1).fill(-1); // as many ids as rows at most
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0) continue;
    const before = firstRow[code]!;
    if (before < 0) firstRow[code] = row;
    else problems.add(repeated(table, row, before, name));
  }
}

function repeated(table: Table, row: number, before: number, name: string): Problem {
  const message = `the same pupil is already on ${table.placeOf(before)}`;
  return problem("pupil-twice", `${table.placeOf(row)}, column "${name}"`, message);
}
