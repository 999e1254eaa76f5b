import { existsSync, readFileSync } from "node:fs";
import { type Responses, responsesFromMatrix } from "../src/statistics/item-response/index.js";

/** For tests: the data that nobody here wrote, and other programs' results on them. */
export const folder = "../shared/data/reference-assessments";
export const present = existsSync(folder);

export type Columns = Readonly<Record<string, readonly string[]>>;

export function readColumns(name: string): Columns {
  const [head, ...lines] = readFileSync(`${folder}/${name}`, "utf8").trimEnd().split(/\r?\n/);
  const names = head!.split(",").map((cell) => cell.replaceAll('"', ""));
  const rows = lines.map((line) => line.split(",").map((cell) => cell.replaceAll('"', "")));
  return Object.fromEntries(names.map((column, j) => [column, rows.map((row) => row[j]!)]));
}

export const readReference = <T>(name: string): T =>
  JSON.parse(readFileSync(`${folder}/reference/${name}.json`, "utf8")) as T;

/** Responses from columns of scores; an empty cell was not administered. `lowest` is what the file calls 0. */
export function responsesOf(
  columns: Columns,
  names: readonly string[],
  { weights, group, lowest = 0 }: { weights?: readonly number[]; group?: readonly string[]; lowest?: number } = {},
): Responses {
  const persons = columns[names[0]!]!.length;
  const matrix = new Uint8Array(persons * names.length);
  const items = names.map((name, j) => {
    let maximum = 1;
    columns[name]!.forEach((cell, p) => {
      const score = cell === "" || cell === "NA" ? 255 : Number(cell) - lowest;
      matrix[p * names.length + j] = score;
      if (score < 255) maximum = Math.max(maximum, score);
    });
    return { name, maximum };
  });
  const groups = group ? [...new Set(group)].sort() : ["all"];
  const outcome = responsesFromMatrix(items, matrix, {
    weights: weights ? Float64Array.from(weights) : null,
    group: group ? Uint16Array.from(group, (one) => groups.indexOf(one)) : null,
    groups,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

/** Weights that sum to the number of persons. */
export function normalised(cells: readonly string[]): number[] {
  const values = cells.map(Number);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.map((value) => value / mean);
}
