import { columnOf } from "../../../kernel/index.js";
import { principalComponents } from "../../../statistics/item-response/index.js";
import type { StudyMaterial } from "../study/material.js";

/** What plausible values are conditioned on: pupils × columns, row-major, the first a constant. */
export interface BackgroundDesign {
  readonly design: Float64Array;
  readonly names: readonly string[];
  /** How many columns of the background so many components stand in for, and the share of their variance; null where none do. */
  readonly components: { readonly columns: number; readonly kept: number; readonly share: number } | null;
  readonly notes: readonly string[];
}

/** What of a study tells the background of its pupils. */
export type BackgroundMaterial = Pick<StudyMaterial, "persons" | "weights"> & {
  readonly study: Pick<StudyMaterial["study"], "groups" | "background" | "conditioning">;
};

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

/** What the columns named in a study make of some pupils. */
function columnsOf(material: BackgroundMaterial, rows: Int32Array, names: readonly string[]): Columns {
  const columns: Columns = { names: [], values: [], notes: [] };
  for (const name of new Set(names)) {
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
  return columns;
}

/** Columns side by side, row-major. */
function asDesign(values: readonly Float64Array[], persons: number): Float64Array {
  const design = new Float64Array(persons * values.length);
  values.forEach((column, k) => {
    column.forEach((value, i) => {
      design[i * values.length + k] = value;
    });
  });
  return design;
}

/** From how many columns on components stand in for them by themselves. */
const manyColumns = 20;
/** A column of the regression for every so many pupils at most, lest it fit the pupils and not the population. */
const pupilsAColumn = 20;

/** The background's columns, or the components that stand in for them. @param direct columns that the regression has beside them */
function condensed(material: BackgroundMaterial, rows: Int32Array, background: Columns, direct: number) {
  const { components, share } = material.study.conditioning;
  const count = background.names.length;
  const most = Math.max(1, Math.floor(rows.length / pupilsAColumn) - direct);
  const many = count > Math.min(manyColumns, most);
  if (count === 0 || components === "never" || (components === "when-many" && !many))
    return { columns: background, record: null };
  const made = principalComponents(
    { design: asDesign(background.values, rows.length), names: background.names },
    rows.length,
    { share, most, weights: Float64Array.from(rows, (row) => material.weights[row]!) },
  );
  const kept = made.names.length - 1;
  const values = Array.from({ length: kept }, (_, k) =>
    Float64Array.from(rows, (__, i) => made.design[i * (kept + 1) + 1 + k]!),
  );
  const columns: Columns = {
    names: made.names.slice(1),
    values,
    notes: [...background.notes, ...made.cautions.map(({ text }) => text)],
  };
  return { columns, record: { columns: count, kept, share: made.kept } };
}

/**
 * The conditioning columns of some pupils: a constant, the levels of the groups, and the background or the principal components that stand in for it; numbers standardised,
 * missing ones at the mean with an indicator, rare levels together, and columns that others explain left out. Groups are never condensed: what is published of them would be
 * pulled together by what the components leave out.
 */
export function backgroundOf(material: BackgroundMaterial, rows: Int32Array): BackgroundDesign {
  const { groups, background } = material.study;
  const published = groups.map(({ column }) => column);
  const direct = columnsOf(material, rows, published);
  const others = columnsOf(
    material,
    rows,
    background.filter((name) => !published.includes(name)),
  );
  const { columns, record } = condensed(material, rows, others, direct.names.length + 1);
  const all = [
    { name: "constant", values: new Float64Array(rows.length).fill(1) },
    ...[direct, columns].flatMap((part) => part.names.map((name, k) => ({ name, values: part.values[k]! }))),
  ];
  const notes = [...direct.notes, ...columns.notes];
  const basis: Float64Array[] = [];
  const kept = all.filter(({ name, values }) => {
    const fresh = isNew(values, basis);
    if (fresh) basis.push(fresh);
    else notes.push(`"${name}" says what other columns say, and is left out of the conditioning.`);
    return fresh !== null;
  });
  return {
    design: asDesign(
      kept.map(({ values }) => values),
      rows.length,
    ),
    names: kept.map(({ name }) => name),
    components: record,
    notes,
  };
}
