import { beforeAll, describe, expect, it } from "vitest";
import type { Shape } from "../../../bench/recovery/simulate.js";
import { type Coverage, coverageOf } from "../../../bench/recovery/tally.js";

// Evidence class: recovery. Rows are drawn by the model, fitted, and estimates with their intervals are compared with the truth; the same
// over larger shapes and a thousand seeds is `npm run bench -- coverage`. Every tolerance is four Monte Carlo errors, which one right
// figure in 16,000 exceeds; standard errors that are wrong by a quarter would exceed it.

const shape: Shape = {
  name: "recovery",
  schools: 30,
  pupils: [8, 20],
  cohorts: 2,
  moverShare: 0.15,
  deviations: { school: 0.28, cohort: 0.2, residual: 0.68 },
};
const seeds = 160;
const errorOfCoverage = (rate: number) => Math.sqrt((rate * (1 - rate)) / seeds);

describe(`over ${seeds} seeds`, () => {
  let found: Coverage;
  beforeAll(() => {
    found = coverageOf(
      shape,
      Array.from({ length: seeds }, (_, k) => k + 1),
    );
  }, 60_000);

  it("every fit converges", () => {
    expect(found.converged).toBe(seeds);
  });

  it("fixed effects are unbiased and their intervals hold the truth as often as they say", () => {
    for (const { name, bias, coverage, errorToDeviation } of found.fixed) {
      expect(Math.abs(bias.mean), name).toBeLessThan(4 * bias.error);
      expect(Math.abs(coverage.mean - 0.95), name).toBeLessThan(4 * errorOfCoverage(0.95));
      // A standard deviation of so many draws has a relative error of 1/√(2·seeds).
      expect(Math.abs(errorToDeviation - 1), name).toBeLessThan(4 / Math.sqrt(2 * seeds));
    }
  });

  it("variances are unbiased, and their standard errors are the deviations of the estimates", () => {
    for (const { name, bias, errorToDeviation } of found.components) {
      expect(Math.abs(bias.mean), name).toBeLessThan(4 * bias.error);
      expect(Math.abs(errorToDeviation - 1), name).toBeLessThan(4 / Math.sqrt(2 * seeds));
    }
    const coverageOf = (component: string) => found.components.find(({ name }) => name === component)!.coverage.mean;
    expect(Math.abs(coverageOf("residual") - 0.95)).toBeLessThan(4 * errorOfCoverage(0.95));
    // Estimate ± 1.96 errors of a variance known from 30 schools holds the truth in 91.6 of 100 cases were it a scaled χ² with 29 degrees
    // of freedom, whose skewness the interval ignores.
    expect(Math.abs(coverageOf("school") - 0.916)).toBeLessThan(4 * errorOfCoverage(0.916));
  });

  it("figures of schools are unbiased and their intervals hold the truth as often as they say", () => {
    expect(found.figures.map(({ name }) => name)).toEqual(["lasting effect", "published average", "latest year"]);
    for (const { name, bias, coverage, conditional, smallestTenth } of found.figures) {
      expect(Math.abs(bias.mean), name).toBeLessThan(4 * bias.error);
      // The intervals take the variances as known; with 30 schools that costs one or two intervals in a hundred.
      expect(coverage.mean, name).toBeLessThan(0.95 + 4 * coverage.error);
      expect(coverage.mean, name).toBeGreaterThan(0.93 - 4 * coverage.error);
      expect(smallestTenth.mean, name).toBeGreaterThan(0.93 - 4 * smallestTenth.error);
      expect(conditional.mean, name).toBeLessThan(coverage.mean); // it leaves out the fixed effects' uncertainty
    }
  });
});
