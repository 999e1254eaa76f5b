import { describe, expect, it } from "vitest";
import { recoverSeed } from "./recover.js";
import { chain } from "./recovery.js";
import { recoveryOf } from "./tally.js";
import { knownFigures } from "./truth.js";

describe("recovery of an assessment from the frame to the trend", () => {
  it("counts the truth right", () => {
    // Worked by hand: scores 300, 400, 600 and 700, the first and the third with free meals.
    const figures = knownFigures(
      {
        ability: Float64Array.of(-2, -1, 1, 2),
        freeMeals: Uint8Array.of(1, 0, 1, 0),
        weight: Float64Array.of(1, 1, 1, 1),
      },
      { slope: 100, intercept: 500 },
    );
    expect(figures.get("mean")).toBe(500);
    expect(figures.get("gap")).toBeCloseTo(550 - 450, 10);
    expect(figures.get("standard 460")).toBe(0.5);
    expect(figures.get("P50")).toBe(600);
    // Of the four pairs, one without free meals is above the other in three and below in one: 10 × (3 − 1) ÷ 4.
    expect(figures.get("rank gap")).toBeCloseTo(5, 10);
  });

  it("errors are as large as published, of the later mean, the gaps and the changes", () => {
    // Evidence class: recovery. Six seeds: the squares of error ÷ standard error are χ² but for the design's few degrees of freedom; with these bounds a
    // right chain fails once in a thousand sets of seeds, one whose errors are 1.8 times too small, or too large, nearly always.
    const recovered = Array.from({ length: 6 }, (_, k) =>
      recoverSeed({ ...chain, frame: 500, schools: 24, pupils: 15 }, k + 1),
    );
    const seeds = recovered.filter((seed) => seed !== null);
    expect(seeds).toHaveLength(6);
    const squares = (names: readonly string[]) =>
      seeds.flatMap(({ figures }) =>
        figures
          .filter(({ name }) => names.includes(name))
          .map(({ estimate, truth, standardError }) => ((estimate - truth) / standardError) ** 2),
      );
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const figures = squares(["second, mean", "first, gap", "second, gap"]);
    expect(figures).toHaveLength(18);
    expect(mean(figures)).toBeGreaterThan(0.3);
    expect(mean(figures)).toBeLessThan(2.4);
    const changes = squares(["change, mean", "change, gap"]);
    expect(changes).toHaveLength(12);
    expect(mean(changes)).toBeGreaterThan(0.2);
    expect(mean(changes)).toBeLessThan(2.8);
    const { pupilsResponding, figures: told } = recoveryOf(recovered);
    expect(pupilsResponding).toBeLessThan(0.93);
    // What the first cycle's pupils have for a mean is 500 by the scale; what is off is the sample alone.
    const first = told.find(({ name }) => name === "first, mean")!;
    expect(first.restDeviation).toBeLessThan(1e-6);
    expect(first.samplingDeviation).toBeGreaterThan(2);
  });
});
