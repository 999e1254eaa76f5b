import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where the reference assessments' data stand beside the repository. */
const folder = fileURLToPath(new URL("../../shared/data/reference-assessments/", import.meta.url));

/** Whether they are there; tests that need them are skipped by name where not. */
export const referenceAssessments = existsSync(folder);

/** What a skipped test says. */
export const skippedWithoutThem = referenceAssessments
  ? ""
  : " (skipped: ../shared/data/reference-assessments is not here)";

/** Columns of one of the CSV files, as text. Cells have no line breaks, and commas only within quotes. */
export class ReferenceColumns {
  readonly rows: number;
  readonly names: readonly string[];
  readonly #cells: readonly (readonly string[])[];

  constructor(name: string) {
    const lines = readFileSync(`${folder}${name}`, "utf8").trimEnd().split(/\r?\n/);
    const cells = lines.map((line) =>
      (line.includes('"') ? (line.match(/("[^"]*"|[^,]*)(,|$)/g) ?? []) : line.split(",")).map((cell) =>
        cell.replace(/,$/, "").replaceAll('"', ""),
      ),
    );
    this.names = cells[0]!.filter((cell, j) => cell !== "" || j < cells[0]!.length - 1);
    this.#cells = cells.slice(1);
    this.rows = this.#cells.length;
  }

  /** @throws {RangeError} when there is no such column. */
  text(column: string): string[] {
    const at = this.names.indexOf(column);
    if (at < 0) throw new RangeError(`no column ${column}`);
    return this.#cells.map((row) => row[at]!);
  }

  /** An empty cell is NaN. */
  numbers(column: string): Float64Array {
    return Float64Array.from(this.text(column), (cell) => (cell === "" ? Number.NaN : Number(cell)));
  }
}

/** A reference file, as its script wrote it. */
export const referenceJson = (name: string): unknown => JSON.parse(readFileSync(`${folder}reference/${name}`, "utf8"));
