import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MadeUpStudy, writeMadeUpStudy } from "../../../test/made-up-study.js";
import { civilDate, silent } from "../../kernel/index.js";
import type { ChainStage } from "./chain/run.js";
import { runStudyFile } from "./service.js";
import { writeReport } from "./service-report.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "greenpaper-conditional-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ratio {
  readonly lr: number;
  readonly df: number;
}

/** Other programs: eRm 1.0.2 and psychotools 0.7.2, by scripts/reference/conditional.R. */
const reference = JSON.parse(
  readFileSync(new URL("../../statistics/item-response/conditional.reference.json", import.meta.url), "utf8"),
) as Record<
  "rasch" | "partialCredit",
  {
    readonly rows: readonly string[];
    readonly group: readonly string[];
    readonly psychotools: { readonly difficulty: readonly number[]; readonly se: readonly number[] };
    readonly median: Ratio;
    readonly byGroup: Ratio;
  }
>;

const order = (path: string, stage: ChainStage) =>
  ({ path, stage, folder: join(folder, "out"), today: civilDate("2026-11-26"), version: "test" }) as const;

async function run(path: string, stage: ChainStage) {
  const answer = await runStudyFile(order(path, stage), silent);
  if (!answer.ok) throw new Error(answer.error.map(({ place, message }) => `${place}: ${message}`).join("\n"));
  return answer.value.results;
}

describe("a bare matrix of responses, by conditional likelihood alone", () => {
  it.each(["rasch", "partialCredit"] as const)(
    "of %s gives eRm's and psychotools' numbers as CSV and JSON",
    async (name) => {
      const { rows, group, psychotools, median, byGroup } = reference[name];
      const lines = rows.map((row, p) => [...row, group[p]].map((one) => (one === "." ? "" : one)).join(","));
      writeFileSync(join(folder, "matrix.csv"), `q1,q2,q3,q4,q5,q6,q7,set\n${lines.join("\n")}\n`);
      const path = join(folder, "bare.yaml");
      writeFileSync(path, "title: Bare\npersons: { files: matrix.csv }\nresponses: { items: q* }\ngroups: [set]\n");
      const { conditional, calibration, notes } = await run(path, "conditional");
      expect(calibration).toBeNull();
      expect(notes.join(" ")).toContain("No model is named: items are of the Rasch model");
      expect(notes.join(" ")).not.toContain("two-parameter");
      const [record] = conditional;
      psychotools.difficulty.forEach((difficulty, k) => {
        expect(record!.items[k]!.difficulty).toBeCloseTo(difficulty, 4);
        expect(record!.items[k]!.difficultyError).toBeCloseTo(psychotools.se[k]!, 4);
      });
      [median, byGroup].forEach(({ lr, df }, k) => {
        expect(record!.tests[k]).toMatchObject({ by: ["score", "set"][k], degreesOfFreedom: df });
        expect(record!.tests[k]!.chiSquare).toBeCloseTo(lr, 4);
      });
      const table = readFileSync(join(folder, "out", "conditional.csv"), "utf8").split("\n");
      expect(table).toHaveLength(9);
      expect(table[0]).toContain("cycle,item,model,maximum,difficulty,difficulty_error");
      expect(readFileSync(join(folder, "out", "conditional-tests.csv"), "utf8")).toContain('"Andersen by set: a, b"');
    },
  );
});

describe("a calibration with its cross-check", () => {
  const made: MadeUpStudy = {
    ...{ seed: 4, cycles: ["2021", "2025"], schools: 20, pupils: 20, items: 12, schoolSd: 0.5, shared: 0 },
    harder: (item, cycle) => (item === 5 ? 1.2 * cycle : 0),
    settings: "groups: [sex]\n",
  };
  const settings = (calibration: string) => ({ ...made, settings: `${made.settings}${calibration}` });

  it("tells each item's difference in its error, by schools, finds the item that moved between cycles, and is in the report", async () => {
    const path = await writeMadeUpStudy(folder, settings("calibration: { model: rasch, crossCheck: conditional }\n"));
    const { conditional, items } = await run(path, "calibrate");
    const [record] = conditional;
    expect(conditional).toHaveLength(1);
    expect(record!.errors).toBe("sandwich over schools");
    expect(record!.persons).toBe(800);
    const mean = items.reduce((sum, { difficulty }) => sum + difficulty!, 0) / items.length;
    record!.items.forEach(({ difficulty, marginal, difference, differenceError, difficultyError, z }, k) => {
      expect(marginal).toBeCloseTo(items[k]!.difficulty! - mean, 8);
      expect(difference).toBeCloseTo(difficulty - marginal!, 8);
      expect(z).toBeCloseTo(difference! / differenceError!, 8);
      // Both rest on the same answers: the difference is known much better than the difficulty.
      expect(differenceError!).toBeLessThan(difficultyError / 2);
    });
    expect(record!.tests.map(({ by }) => by)).toEqual(["score", "cycle", "sex"]);
    const [byScore, byCycle, bySex] = record!.tests.map(({ p }) => p);
    expect(byCycle!).toBeLessThan(1e-4);
    expect(Math.min(byScore!, bySex!)).toBeGreaterThan(1e-3);
    const report = { folder: join(folder, "out"), file: join(folder, "report.html"), synthetic: true, version: "test" };
    expect(await writeReport(report)).toMatchObject({ ok: true });
    const html = readFileSync(join(folder, "report.html"), "utf8");
    expect(html).toContain("The largest differences in logits");
    expect(html).toContain("Andersen&#39;s test by cycle");
  });

  it("is of each cycle where each is calibrated alone", async () => {
    const own = settings("calibration: { model: rasch, crossCheck: conditional }\nlink: haebara\n");
    const { conditional } = await run(await writeMadeUpStudy(folder, own), "link");
    expect(conditional.map(({ cycle, persons }) => [cycle, persons])).toEqual([
      ["2021", 400],
      ["2025", 400],
    ]);
    expect(conditional[1]!.tests.map(({ by }) => by)).toEqual(["score", "sex"]);
  });

  it.each([
    ["the default model", "calibration: { crossCheck: conditional }\n", "calibrate", "left to its default"],
    ["slopes", "calibration: { model: two-parameter }\n", "conditional", "12 of 12 items have a slope"],
  ] as const)("is refused for %s, with the place and what to do", async (_, calibration, stage, message) => {
    const path = await writeMadeUpStudy(folder, settings(calibration));
    expect(await runStudyFile(order(path, stage), silent)).toMatchObject({
      ok: false,
      error: [
        {
          code: "conditional-needs-equal-slopes",
          place: expect.stringContaining("study.yaml, line"),
          message: expect.stringContaining(message),
          remedy: expect.stringContaining("model: rasch"),
        },
      ],
    });
  });
});
