import type { CategoryColumn, Column, NumberColumn, Table } from "../../kernel/index.js";

function joinNumbers(name: string, tables: readonly Table[], rows: number): NumberColumn {
  const values = new Float64Array(rows).fill(Number.NaN);
  let at = 0;
  for (const table of tables) {
    const column = table.columns.get(name);
    if (column?.kind === "number") values.set(column.values, at);
    at += table.rows;
  }
  return { kind: "number", name, values };
}

function joinCategories(name: string, tables: readonly Table[], rows: number): CategoryColumn {
  const codes = new Int32Array(rows).fill(-1);
  const known = new Map<string, number>();
  let at = 0;
  for (const table of tables) {
    const column = table.columns.get(name);
    if (column?.kind === "category") {
      const code = column.levels.map((level) => {
        const found = known.get(level) ?? known.size;
        known.set(level, found);
        return found;
      });
      for (let i = 0; i < table.rows; i++) codes[at + i] = column.codes[i]! < 0 ? -1 : code[column.codes[i]!]!;
    }
    if (column?.kind === "number")
      column.values.forEach((value, i) => {
        if (Number.isNaN(value)) return;
        const text = String(value);
        const found = known.get(text) ?? known.size;
        known.set(text, found);
        codes[at + i] = found;
      });
    at += table.rows;
  }
  return { kind: "category", name, codes, levels: [...known.keys()] };
}

/**
 * Tables below each other, by the names of their columns; a column that a table lacks is missing there. A column that is a number in one and a category
 * in another becomes a category. Dates are not joined.
 */
export function joinTables(tables: readonly Table[]): Table {
  const [first, ...others] = tables;
  if (!first) throw new RangeError("no tables to join");
  if (others.length === 0) return first;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const starts: number[] = [];
  let start = 0;
  for (const table of tables) {
    starts.push(start);
    start += table.rows;
  }
  const names = [...new Set(tables.flatMap((table) => [...table.columns.keys()]))];
  const columns = names.map((name): [string, Column] => {
    const numbers = tables.every((table) => (table.columns.get(name)?.kind ?? "number") === "number");
    return [name, numbers ? joinNumbers(name, tables, rows) : joinCategories(name, tables, rows)];
  });
  return {
    name: first.name,
    rows,
    columns: new Map(columns),
    placeOf(row) {
      const k = starts.findLastIndex((at) => at <= row);
      return tables[k]!.placeOf(row - starts[k]!);
    },
  };
}
