import { existsSync, readFileSync } from "node:fs";
import { numbers, table, words } from "../src/accountability/value-added/example-pupils.js";
import type { Table } from "../src/kernel/index.js";

// Real pupils for tests of the measure. They stand beside the repository; without them the tests are skipped by name.
const folder = "../shared/data/value-added";

/** Empty where the reference data are there, else why the test is skipped. */
export const referenceUnavailable = existsSync(folder) ? "" : ` (skipped: no ${folder})`;

/** A small CSV of the reference data without quotation: the named columns as texts, all others as numbers. */
export function referencePupils(file: string, texts: readonly string[]): Table {
  const [head, ...lines] = readFileSync(`${folder}/${file}`, "utf8").trimEnd().split(/\r?\n/);
  const cells = lines.map((line) => line.split(","));
  return table(
    file,
    head!.split(",").map((name, j) => {
      const values = cells.map((row) => row[j]!);
      if (texts.includes(name))
        return words(
          name,
          values.map((value) => value || null),
        );
      return numbers(
        name,
        values.map((value) => (value === "" ? Number.NaN : Number(value))),
      );
    }),
  );
}
