import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseReviewFile } from "../accountability/quality-mark/index.js";
import { cautionWords, measureValueAdded } from "../accountability/value-added/index.js";
import { silent } from "../kernel/index.js";
import { readReviewTables } from "./review-tables.js";

const folder = fileURLToPath(new URL("../../test/ok/", import.meta.url));

async function measured(name: string) {
  const review = await parseReviewFile(`${folder}${name}.yaml`);
  if (!review.ok) throw new Error(JSON.stringify(review.error));
  const tables = await readReviewTables(review.value, silent);
  if (!tables.ok) throw new Error(JSON.stringify(tables.error));
  const measure = measureValueAdded(tables.value.specification, tables.value, silent);
  if (!measure.ok) throw new Error(JSON.stringify(measure.error));
  return measure.value;
}

/** The code in brackets at the end of a caution. */
const codeOf = (warning: string) => /\(([a-z-]+)\)$/.exec(warning)?.[1];

/** One property a file: its caution, and what it says was found. */
const cautions: readonly (readonly [name: string, code: string, found: string])[] = [
  ["covariate-of-schools", "covariate-of-schools", 'the same value of "free_meals"'],
  ["large-school", "school-very-large", '1 school stands out by size ("0199"): 5,000 pupil-equivalents, 97% of all'],
  ["outcome-tied", "outcome-tied", '40% of the pupils have the same "score"'],
  ["school-of-movers", "schools-of-movers", '1 school had only pupils who were also at other schools: "0106"'],
  ["time-unaccounted", "time-mostly-unaccounted", "67% of all pupils' time is at no known school"],
  ["tiny-shares", "schools-with-little-time", "1 school had pupils with less than one pupil's time"],
  [
    "unlinked-groups",
    "schools-not-linked",
    'within 2 groups of schools and never between them: 3 schools ("0101", "0102", "0103"); 3 schools ("0104", "0105", "0106")',
  ],
  ["year-of-one-school", "year-of-one-school", 'In "cohort" there are pupils of one school only in 2025 ("0104")'],
];

describe("a review of pupils with an unusual property", () => {
  for (const [name, code, found] of cautions)
    it(`${name} goes on, and keeps the caution ${code} in the record of the model`, async () => {
      const { model, schools } = await measured(`caution-${name}`);
      const mine = model.warnings.filter((warning) => codeOf(warning) === code);
      expect(mine).toHaveLength(1);
      expect(mine[0]).toContain(found);
      expect(mine[0]).toContain(cautionWords[code as keyof typeof cautionWords].remedy);
      for (const { valueAdded, predictionError } of schools) {
        expect(valueAdded).toSatisfy(Number.isFinite);
        expect(predictionError).toSatisfy(Number.isFinite);
      }
    });

  it("has a line in this table, and every caution a file", () => {
    const files = readdirSync(folder).filter((name) => /^caution-.*\.yaml$/.test(name));
    expect(cautions.map(([name]) => `caution-${name}.yaml`).sort()).toEqual(files.sort());
    expect(cautions.map(([, code]) => code).sort()).toEqual(Object.keys(cautionWords).sort());
  });
});
