import type { Study } from "../../accountability/reference-assessments/index.js";
import { type CategoryColumn, type Column, columnOf, type Table } from "../../kernel/index.js";

/** A column whose levels are the combinations of others' that occur, as `girl × north`; missing where one of them is. */
function combine(table: Table, name: string, columns: readonly string[]): CategoryColumn {
  const parts = columns.map((one) => columnOf(table, one, "category"));
  const known = new Map<string, number>();
  const codes = new Int32Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    if (parts.some((part) => part.codes[row]! < 0)) {
      codes[row] = -1;
      continue;
    }
    const level = parts.map((part) => part.levels[part.codes[row]!]!).join(" × ");
    const code = known.get(level) ?? known.size;
    known.set(level, code);
    codes[row] = code;
  }
  return { kind: "category", name, codes, levels: [...known.keys()] };
}

/** The table with the columns that a study makes of several. */
export function withCombinations({ combinations }: Study, table: Table): Table {
  if (combinations.size === 0) return table;
  const made = [...combinations].map(([name, columns]): [string, Column] => [name, combine(table, name, columns)]);
  return { ...table, columns: new Map([...table.columns, ...made]) };
}
