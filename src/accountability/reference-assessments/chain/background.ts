import { columnOf } from "../../../kernel/index.js";
import type { StudyMaterial } from "../study/material.js";

/** What plausible values are conditioned on: pupils × columns, row-major, the first a constant. */
export interface BackgroundDesign {
  readonly design: Float64Array;
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

/** A level of fewer pupils goes into the level of others. */
const fewestOfLevel = 20;

interface Columns {
  readonly names: string[];
  readonly values: Float64Array[];
  readonly notes: string[];
}

function addCategory(columns: Columns, name: string, codes: readonly number[], levels: readonly string[]): void {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const kept = [...counts].filter(([, n]) => n >= fewestOfLevel).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const others = codes.length - kept.reduce((sum, [, n]) => sum + n, 0);
  // The most frequent level is the constant's; the rest of the few share a column, where they are enough for one.
  for (const [code] of kept.slice(1)) {
    columns.names.push(`${name}: ${code < 0 ? "unknown" : levels[code]}`);
    columns.values.push(Float64Array.from(codes, (one) => (one === code ? 1 : 0)));
  }
  if (others >= fewestOfLevel && kept.length > 0) {
    columns.names.push(`${name}: others`);
    columns.values.push(Float64Array.from(codes, (one) => (kept.some(([code]) => code === one) ? 0 : 1)));
  } else if (others > 0)
    columns.notes.push(`${others} pupils of rare levels of "${name}" are conditioned on as its most frequent level.`);
}

function addNumber(columns: Columns, name: string, values: Float64Array): void {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0)
    return void columns.notes.push(`"${name}" has no value, and is left out of the conditioning.`);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const sd = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  if (sd === 0)
    return void columns.notes.push(`"${name}" is the same for everybody, and is left out of the conditioning.`);
  columns.names.push(name);
  columns.values.push(values.map((value) => (Number.isNaN(value) ? 0 : (value - mean) / sd)));
  const missing = values.length - known.length;
  if (missing < fewestOfLevel) return;
  columns.names.push(`${name}: unknown`);
  columns.values.push(values.map((value) => (Number.isNaN(value) ? 1 : 0)));
}

/** Whether a column is explained by those before it: Gram and Schmidt's remainder, as a share. */
function isNew(column: Float64Array, basis: readonly Float64Array[]): Float64Array | null {
  const rest = column.slice();
  const own = rest.reduce((sum, value) => sum + value * value, 0);
  for (const one of basis) {
    let along = 0;
    for (let i = 0; i < rest.length; i++) along += rest[i]! * one[i]!;
    for (let i = 0; i < rest.length; i++) rest[i]! -= along * one[i]!;
  }
  const left = rest.reduce((sum, value) => sum + value * value, 0);
  return left > 1e-8 * own ? rest.map((value) => value / Math.sqrt(left)) : null;
}

/**
 * The conditioning columns of some pupils: a constant, the levels of the groups, and the background; numbers standardised, missing ones at the mean with an
 * indicator, rare levels together, and columns that others explain left out.
 */
export function backgroundOf(material: StudyMaterial, rows: Int32Array): BackgroundDesign {
  const columns: Columns = { names: ["constant"], values: [new Float64Array(rows.length).fill(1)], notes: [] };
  const named = new Set<string>();
  const { groups, background } = material.study;
  for (const name of [...groups.map(({ column }) => column), ...background]) {
    if (named.has(name)) continue;
    named.add(name);
    const column = material.persons.columns.get(name)!;
    if (column.kind === "number")
      addNumber(
        columns,
        name,
        Float64Array.from(rows, (row) => column.values[row]!),
      );
    else {
      const { codes, levels } = columnOf(material.persons, name, "category");
      addCategory(
        columns,
        name,
        Array.from(rows, (row) => codes[row]!),
        levels,
      );
    }
  }
  const basis: Float64Array[] = [];
  const kept = columns.names.map((name, k) => {
    const fresh = isNew(columns.values[k]!, basis);
    if (fresh) basis.push(fresh);
    else columns.notes.push(`"${name}" says what other columns say, and is left out of the conditioning.`);
    return fresh !== null;
  });
  const names = columns.names.filter((_, k) => kept[k]);
  const values = columns.values.filter((_, k) => kept[k]);
  const design = new Float64Array(rows.length * names.length);
  values.forEach((column, k) => {
    column.forEach((value, i) => {
      design[i * names.length + k] = value;
    });
  });
  return { design, names, notes: columns.notes };
}
