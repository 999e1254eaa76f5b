import {
  type ItemColumns,
  type Study,
  type StudyItem,
  studyProblem,
} from "../../accountability/reference-assessments/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result, type Table } from "../../kernel/index.js";
import type { ItemModel } from "../../statistics/item-response/index.js";
import { problem } from "../problems.js";
import { columnsThatFit, headerOfPart, readPart, type StudyColumn } from "./study-files.js";

/** A row of the items table before anybody's responses are seen. */
export interface ListedItem extends Omit<StudyItem, "maximum"> {
  readonly maximum: number | null;
  /** What answers score, others nought; null where responses are scores. */
  readonly key: ReadonlyMap<string, number> | null;
  /** File and line. */
  readonly place: string;
}

const models: ReadonlyMap<string, ItemModel> = new Map([
  ["1pl", "rasch"],
  ["rasch", "rasch"],
  ["2pl", "two-parameter"],
  ["two-parameter", "two-parameter"],
  ["3pl", "three-parameter"],
  ["three-parameter", "three-parameter"],
  ["pcm", "partial-credit"],
  ["partial-credit", "partial-credit"],
  ["gpcm", "generalised-partial-credit"],
  ["generalised-partial-credit", "generalised-partial-credit"],
]);

const covering = new Set(["1", "yes", "true", "y", "x"]);

const columnsOf = (items: ItemColumns, steps: readonly string[]): StudyColumn[] => {
  const texts = [items.maximum, items.key, items.model, items.construct, items.stimulus, ...items.curricula];
  const numbers = [items.slope, items.difficulty, items.guessing, ...steps, ...items.intercepts];
  const path = ["items"];
  const ask = (kind: "category" | "number") => (name: string | null) =>
    name === null ? [] : [{ name, kind, missing: "allow" as const, path }];
  return [
    { name: items.item, kind: "category", missing: "refuse", path: ["items", "item"] },
    ...texts.flatMap(ask("category")),
    ...numbers.flatMap(ask("number")),
  ];
};

/** A key as it is written: an answer of one point, or several answers with their scores, as `20=2 21=2 10=1`. */
function keyOf(text: string): ReadonlyMap<string, number> {
  const pairs = text.split(/[\s;,]+/).map((one) => /^([^=]+)=(\d+)$/.exec(one));
  if (pairs.some((pair) => pair === null)) return new Map([[text, 1]]);
  return new Map(pairs.map((pair) => [pair![1]!, Number(pair![2])]));
}

/** Reads one table's rows as items. */
class ItemRows {
  readonly problems: Problem[] = [];
  readonly #table: Table;
  readonly #columns: ItemColumns;
  readonly #steps: readonly string[];

  constructor(table: Table, columns: ItemColumns, steps: readonly string[]) {
    this.#table = table;
    this.#columns = columns;
    this.#steps = steps;
  }

  #text(column: string | null, row: number): string | null {
    if (column === null) return null;
    const { codes, levels } = columnOf(this.#table, column, "category");
    return codes[row]! < 0 ? null : levels[codes[row]!]!;
  }

  #number(column: string | null, row: number): number | null {
    if (column === null) return null;
    const value = columnOf(this.#table, column, "number").values[row]!;
    return Number.isNaN(value) ? null : value;
  }

  row(row: number): ListedItem {
    const columns = this.#columns;
    const name = this.#text(columns.item, row) ?? "";
    const place = this.#table.placeOf(row);
    const said = this.#text(columns.model, row);
    const model = said === null ? null : (models.get(said.toLowerCase()) ?? null);
    if (said !== null && model === null)
      this.problems.push(
        studyProblem(
          "item-model-unknown",
          `${place}, column "${columns.model}"`,
          `the model of item "${name}" is "${said}"`,
        ),
      );
    const maximumText = this.#text(columns.maximum, row);
    const maximum = maximumText === null ? null : Number(maximumText);
    if (maximum !== null && !(Number.isInteger(maximum) && maximum >= 1 && maximum <= 200))
      this.problems.push(
        problem(
          "number-expected",
          `${place}, column "${columns.maximum}"`,
          `"${maximumText}" is no whole score from 1 to 200`,
        ),
      );
    const fixed = this.#fixed(row, name, place, maximum);
    const key = this.#text(columns.key, row);
    const guessing = this.#number(columns.guessing, row);
    if (guessing !== null && !(guessing >= 0 && guessing < 1))
      this.problems.push(
        problem(
          "number-expected",
          `${place}, column "${columns.guessing}"`,
          `the guessing of item "${name}" is ${guessing}, not from 0 to below 1`,
        ),
      );
    return {
      name,
      maximum,
      model,
      key: key === null ? null : keyOf(key),
      construct: this.#text(columns.construct, row),
      stimulus: this.#text(columns.stimulus, row),
      curricula: columns.curricula.filter((one) => covering.has((this.#text(one, row) ?? "").toLowerCase())),
      fixed,
      guessing: fixed ? null : guessing,
      place,
    };
  }

  /** The steps of an item, as many as it has points; where nobody says how many, those up to the last that isn't nought. */
  #stepsOf(row: number, maximum: number | null): readonly number[] {
    const values = this.#steps.map((step) => this.#number(step, row) ?? 0);
    const count = maximum ?? Math.max(1, values.findLastIndex((step) => step !== 0) + 1);
    return Array.from({ length: count }, (_, k) => values[k] ?? 0);
  }

  /** Intercepts as they are, up to the last that is there; null where none is. */
  #intercepts(row: number, slope: number, name: string, place: string): StudyItem["fixed"] {
    const values = this.#columns.intercepts.map((column) => this.#number(column, row));
    const count = values.findLastIndex((value) => value !== null) + 1;
    if (count === 0) return null;
    const gap = values.indexOf(null);
    if (gap >= 0 && gap < count)
      this.problems.push(
        studyProblem("item-parameter-incomplete", place, `item "${name}" has intercepts beyond an empty one`),
      );
    const guessing = this.#number(this.#columns.guessing, row) ?? 0;
    return { name, slope, intercepts: [0, ...values.slice(0, count).map((value) => value ?? 0)], guessing };
  }

  /** Slope a, difficulty b and steps d: category k has k·a·(θ − b) less a times the first k steps. */
  #fixed(row: number, name: string, place: string, maximum: number | null): StudyItem["fixed"] {
    const columns = this.#columns;
    const written = this.#number(columns.slope, row);
    const slope = written === null ? null : written * columns.scaling;
    if (columns.intercepts.length > 0) return this.#intercepts(row, slope ?? columns.scaling, name, place);
    const difficulty = this.#number(columns.difficulty, row);
    if (difficulty === null && (slope === null || columns.difficulty !== null)) {
      if (slope !== null)
        this.problems.push(
          studyProblem("item-parameter-incomplete", place, `item "${name}" has a slope and no difficulty`),
        );
      return null;
    }
    if (difficulty === null) return null;
    if (slope === null && columns.slope !== null) {
      this.problems.push(
        studyProblem("item-parameter-incomplete", place, `item "${name}" has a difficulty and no slope`),
      );
      return null;
    }
    const a = slope ?? columns.scaling;
    const intercepts = [0];
    for (const step of this.#stepsOf(row, maximum))
      intercepts.push(intercepts.at(-1)! - a * (difficulty + columns.stepSign * step));
    return { name, slope: a, intercepts, guessing: this.#number(columns.guessing, row) ?? 0 };
  }
}

/** Reads the items table; no rows where the study has none. */
export async function readItems(
  study: Study,
  progress: Progress,
): Promise<Result<readonly ListedItem[] | null, readonly Problem[]>> {
  const { items } = study;
  if (!items) return ok(null);
  const header = await headerOfPart(study, items);
  if (!header.ok) return header;
  const steps = items.steps.flatMap((pattern) => columnsThatFit(pattern, header.value));
  const table = await readPart(study, items, columnsOf(items, steps), progress);
  if (!table.ok) return table;
  const rows = new ItemRows(table.value, items, steps);
  const listed = Array.from({ length: table.value.rows }, (_, row) => rows.row(row));
  const seen = new Map<string, string>();
  for (const { name, place } of listed) {
    const before = seen.get(name);
    if (before !== undefined)
      rows.problems.push(problem("id-twice", place, `the item "${name}" is already on ${before}`));
    seen.set(name, place);
  }
  return rows.problems.length > 0 ? err(rows.problems) : ok(listed);
}
