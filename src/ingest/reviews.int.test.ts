import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseReviewFile } from "../accountability/quality-mark/index.js";
import { silent } from "../kernel/index.js";
import { readReviewTables } from "./review-tables.js";

const root = new URL("../../", import.meta.url);
const pupils = fileURLToPath(new URL("../shared/data/value-added", root));
const reason = existsSync(pupils) ? "" : " (skipped: ../shared is not here)";

// Rows and schools: published (README of the data, from mlmRev's and R2MLwiN's documentation).
describe.skipIf(!existsSync(pupils))(`the committed reviews of real pupils${reason}`, () => {
  it.each([
    ["exam", 4_059, 65, { sex: "category", schgend: "category", avslrt: "number", vrband: "category" }],
    ["chem97", 31_022, 2_410, { gender: "category", age: "number" }],
    ["scotssec", 3_435, 19, { sex: "category", social: "number" }],
    ["star", 5_891, null, { cltype: "category", sx: "category", ses: "category", eth2: "category" }],
    ["hsb82", 7_185, 160, { meanses: "number", cses: "number", sector: "category" }],
  ])("read %s: %i pupils", async (name, rows, schools, kinds) => {
    const review = await parseReviewFile(fileURLToPath(new URL(`reviews/${name}.yaml`, root)));
    if (!review.ok) throw new Error(JSON.stringify(review.error));
    const tables = await readReviewTables(review.value, silent);
    if (!tables.ok) throw new Error(JSON.stringify(tables.error));
    const { specification, pupils: table, membership } = tables.value;
    expect(table.rows).toBe(rows);
    expect(Object.fromEntries(specification.context.map(({ column, kind }) => [column, kind]))).toEqual(kinds);
    const school = specification.school === null ? null : table.columns.get(specification.school);
    if (school?.kind === "category") expect(school.levels).toHaveLength(schools!);
    expect(membership?.rows ?? null).toBe(name === "star" ? 6_189 : null);
    expect(tables.value.notes.some((note) => note.startsWith("No prior attainment"))).toBe(
      specification.prior.length === 0,
    );
  });
});
