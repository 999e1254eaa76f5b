import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { groupedRankGap } from "./index.js";

const file = fileURLToPath(
  new URL("../../../../shared/data/england/ks2_ks4_transition_2024_subjects.csv.gz", import.meta.url),
);
const missing = !existsSync(file);

describe.skipIf(missing)(
  `a published table of grades${missing ? " (skipped: ../shared/data/england is not here)" : ""}`,
  () => {
    if (missing) return;
    const [head, ...lines] = gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
    const cells = (line: string) => line.replaceAll('"', "").split(",");
    const names = cells(head!);
    const at = (row: readonly string[], name: string) => row[names.indexOf(name)]!;
    const rows = lines
      .filter((line) => line.includes('"GCSE"') && line.includes('"Total"') && line.includes('"Disadvantage"'))
      .map(cells);
    const counts = (subject: string, group: string) => {
      const row = rows.find((r) => at(r, "subject") === subject && at(r, "breakdown") === group)!;
      return ["U", "1", "2", "3", "4", "5", "6", "7", "8", "9"].map((grade) => Number(at(row, `num_${grade}`)));
    };

    // Published: the department's index of English and mathematics together was 3.66 to 4.07 in the years 2010/11 to 2021/22. It confirms the scale:
    // on half of it the highest that these grades allow is below all of them.
    it("has the department's scale: its index lies within the bounds of grades in mathematics and in English", () => {
      for (const [subject, index] of [
        ["Mathematics", 3.64],
        ["English Language", 3.3],
      ] as const) {
        const gap = groupedRankGap(counts(subject, "Disadvantaged"), counts(subject, "Disadvantaged all other"));
        expect(gap.index).toBeCloseTo(index, 2); // own output, beside the bounds
        for (const published of [3.66, 4.07]) {
          expect(published).toBeGreaterThan(gap.low);
          expect(published).toBeLessThan(gap.high);
        }
        expect(gap.high / 2).toBeLessThan(3.66);
      }
    });
  },
);
