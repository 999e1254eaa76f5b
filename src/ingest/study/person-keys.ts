import { type CategoryColumn, columnOf, type Table } from "../../kernel/index.js";

/** Each pupil's row by the texts of the columns that tell pupils apart, as one text. */
export function personKeys(table: Table, columns: readonly string[]): (row: number) => string {
  const read = columns.map((name): CategoryColumn => columnOf(table, name, "category"));
  return (row) => read.map(({ codes, levels }) => levels[codes[row]!] ?? "").join("\u0000");
}

/** The key of a pupil within a cycle; without one, pupils are told apart across cycles. */
export const keyInCycle = (key: string, cycle: string | null) => (cycle === null ? key : `${key}\u0001${cycle}`);
