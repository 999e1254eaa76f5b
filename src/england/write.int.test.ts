import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseReviewFile } from "../accountability/quality-mark/index.js";
import { measureValueAdded } from "../accountability/value-added/index.js";
import { readReviewTables } from "../ingest/index.js";
import { columnOf, silent } from "../kernel/index.js";
import type { England } from "./england.js";
import { makeEngland } from "./make-england.js";
import { writeEngland } from "./write.js";

const folder = mkdtempSync(join(tmpdir(), "greenpaper-england-"));
afterAll(() => rmSync(folder, { recursive: true }));

// Own output, read back by the readers that a user's files go through.
describe("a synthetic England in files", () => {
  let england: England;
  beforeAll(async () => {
    england = makeEngland({ seed: 3, regions: ["E12000001"], cohorts: 1 });
    await writeEngland(england, join(folder, "out"));
  });

  it("is a folder of files and nothing half-written, and says that it is made up", () => {
    expect(readdirSync(join(folder, "out")).sort()).toEqual(
      [
        "README.md",
        ...["pupils", "spells"].flatMap((name) => [`${name}-primary.csv`, `${name}-secondary.csv`]),
        ...["accounts.csv", "safeguarding.csv", "schools.csv", "trusts.csv", "truth.csv"],
        ...["register-schools.csv", "register-groups.csv", "register-group-links.csv"],
        ...["review-primary.yaml", "review-secondary.yaml"],
      ].sort(),
    );
    for (const name of ["README.md", "review-primary.yaml", "review-secondary.yaml"])
      expect(readFileSync(join(folder, "out", name), "utf8")).toMatch(/synthetic/i);
  });

  it.each(["primary", "secondary"] as const)("is a review of %s that reads back as it was made", async (phase) => {
    const review = await parseReviewFile(join(folder, "out", `review-${phase}.yaml`));
    if (!review.ok) throw new Error(JSON.stringify(review.error));
    const tables = await readReviewTables(review.value, silent);
    if (!tables.ok) throw new Error(JSON.stringify(tables.error.slice(0, 3)));
    const made = england.phases.find((one) => one.phase === phase)!;
    const { specification, pupils, membership } = tables.value;
    expect({ ...specification, school: null, title: "" }).toEqual({ ...made.specification, school: null, title: "" });
    expect([pupils.rows, membership!.rows]).toEqual([made.pupils.rows, made.spells.rows]);
    for (const { column, kind } of made.specification.context) {
      const [read, own] = [columnOf(pupils, column, kind), columnOf(made.pupils, column, kind)];
      if (read.kind === "number" && own.kind === "number") expect(read.values).toEqual(own.values);
      if (read.kind === "category" && own.kind === "category")
        expect([read.levels, read.codes]).toEqual([own.levels, own.codes]);
    }
    expect(tables.value.schools?.size).toBe(england.schools.length);
    expect(tables.value.safeguarding?.size).toBe(england.evidence.safeguarding.length);
  });

  // Recovery: the product's own measure finds the variance that the pupils were made with.
  it("gives the measure schools whose spread is the one they were made with", () => {
    const made = england.phases.find((one) => one.phase === "secondary")!;
    const specification = { ...made.specification, groups: [] };
    const measured = measureValueAdded(specification, { pupils: made.pupils, membership: made.spells }, silent);
    if (!measured.ok) throw new Error(JSON.stringify(measured.error));
    const { varianceComponents, converged } = measured.value.model;
    const { persistent, ofYear, authority } = england.truth.find((one) => one.phase === "secondary")!.deviation;
    const wanted = persistent ** 2 + ofYear ** 2 + authority ** 2;
    const found = varianceComponents.find(({ group }) => group === "school")!;
    expect(converged).toBe(true);
    // Four standard errors of the estimate, and the part that Progress 8's floor and the schools' company take from it.
    expect(Math.abs(found.variance - wanted)).toBeLessThan(4 * found.standardError! + 0.1 * wanted);
  });

  it("leaves nothing where it can't write", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "taken");
    await expect(writeEngland(england, file)).rejects.toThrow();
    expect(readFileSync(file, "utf8")).toBe("taken");
    expect(readdirSync(folder).sort()).toEqual(["file", "out"]);
  });
});
