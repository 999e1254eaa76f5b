import { expect, it } from "vitest";
import { highsSolver } from "../../src/accountability/regions/drawing/assign-highs.js";
import { drawRegions, efforts } from "../../src/accountability/regions/drawing/draw.js";
import { taskOf, usualSettings } from "../../src/accountability/regions/drawing/settings.js";
import { englandOfToday } from "./counts.js";

const england = englandOfToday();

// own-output for the value; the counts of today's regions are the department's.
it.skipIf(!england)(
  `draws England of 2025/26${england ? "" : " (skipped: ../shared is not there)"}`,
  async () => {
    const task = taskOf(england!, usualSettings);
    if (!task.ok) throw new Error(task.error[0]!.message);
    const schools = task.value.country.offices.map((_, office) =>
      england!.units.reduce((sum, unit) => (unit.today === office ? sum + unit.schools : sum), 0),
    );
    expect(schools).toEqual([1096, 3089, 2182, 2035, 2339, 2492, 2439, 3301, 2319]);
    const { kind, measure, bound, gap } = drawRegions(task.value, await highsSolver(), undefined, {
      ...efforts.quick,
      searches: 2,
    });
    expect(kind).toBe("bounded");
    expect(measure.broken).toEqual([]);
    expect(measure.regions.every(({ parts }) => parts.length === 1)).toBe(true);
    expect(measure.value).toBeLessThan(15.1);
    expect(bound!).toBeGreaterThan(12.3);
    expect(gap!).toBeLessThan(0.19);
  },
  120_000,
);

it.skipIf(!england)("says by how much England can't be that even", async () => {
  const task = taskOf(england!, {
    ...usualSettings,
    schoolsTolerancePercent: 30,
    fixed: [{ authority: "886", region: "E12000001" }],
  });
  // Kent holds the seat of the South East: it can't be fixed to the North East.
  expect(task.ok ? [] : task.error.map(({ code }) => code)).toEqual(["settings-exclude-each-other"]);
});
