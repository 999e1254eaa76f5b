import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { readAttainment } from "../../ingest/index.js";
import { civilDate, silent } from "../../kernel/index.js";
import { type Database, migrate } from "../../platform/database/index.js";
import { identityMigrations } from "../../platform/identity/index.js";
import { logMigrations } from "../../platform/log/index.js";
import { referenceAssessmentsMigrations } from "../reference-assessments/index.js";
import { disadvantageMigrations } from "./index.js";
import { disadvantageGaps } from "./service.js";
import { attainmentTable, saveAttainment } from "./store.js";

const shared = fileURLToPath(new URL("../../../../shared/data/england/", import.meta.url));
const files = ["lait_la_measures.csv.gz", "l23_attainment_2022_la.csv.gz"];

async function register(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await migrate(database, [identityMigrations, logMigrations, referenceAssessmentsMigrations, disadvantageMigrations]);
  return database;
}

describeStores("the disadvantage gap", (fresh) => {
  it("has the table that Drizzle is told of", async () => {
    await expectTablesMatch(await register(fresh), [attainmentTable]);
  });

  it.skipIf(!existsSync(shared))(
    "reads England's years from the department's files (../shared/data/england)",
    async () => {
      const database = await register(fresh);
      for (const source of files) {
        const read = await readAttainment(shared + source, silent);
        if (!read.ok) throw new Error(read.error[0]!.message);
        const importedAt = "2026-11-26T10:00:00Z";
        await saveAttainment(
          database.queries,
          read.value.map((year) => ({ ...year, source, importedAt })),
        );
      }
      const { measures, assessed } = await disadvantageGaps(database.queries, civilDate("2026-11-26"));
      expect(assessed).toEqual([]);
      const years = (id: string) => measures.find(({ measure }) => measure.id === id)!.years;
      // Published: 46% and 68% at the expected standard in 2024; no tests in 2020 and 2021.
      expect(years("key-stage-2-expected").find(({ year }) => year === "2024")).toMatchObject({
        lower: 46,
        others: 68,
        gap: 22,
      });
      expect(years("key-stage-2-expected").map(({ year }) => year)).not.toContain("2020");
      // The file's own counts: 29,873 of 76,632; cohorts after 2022 are not yet nineteen in it.
      const level3 = years("level-3-by-19");
      expect(level3.at(-1)).toMatchObject({ year: "2022", lowerPupils: 76632 });
      expect(level3.at(-1)!.lower).toBeCloseTo((100 * 29873) / 76632, 10);
      expect(level3).toHaveLength(18);
      expect(level3.every(({ rankError }) => rankError !== null && rankError > 0)).toBe(true);
      expect(years("attainment-8").every(({ rankIndex, gap }) => rankIndex === null && gap > 10)).toBe(true);
    },
  );
});
