import { describe, expect, it } from "vitest";
import { type AttainmentYear, attainmentMeasures, gapOfYear } from "./attainment.js";

const share = attainmentMeasures.find(({ id }) => id === "key-stage-2-expected")!;
const score = attainmentMeasures.find(({ id }) => id === "attainment-8")!;
const year = (lower: number, others: number, pupils: number | null = null): AttainmentYear => ({
  ...{ measure: share.id, year: "2024", lower, others },
  ...{ lowerPupils: pupils, othersPupils: pupils },
});

describe("the gap of a year", () => {
  it("is a tenth of the percentage points as an index, with pupils on one side level (closed form: 10 × (p − q))", () => {
    const gap = gapOfYear(year(46, 68), share, 12);
    expect(gap.gap).toBe(22);
    expect(gap.rankIndex).toBeCloseTo(2.2, 10);
    expect(gap.rankLow).toBeLessThan(gap.rankIndex!);
    expect(gap.rankHigh).toBeGreaterThan(gap.rankIndex!);
    expect(gap.rankError).toBeNull();
  });

  it("is in standard deviations the difference of the shares' normal quantiles: 0.68 and 0.46 give 0.4677 + 0.1004", () => {
    const gap = gapOfYear(year(46, 68), share, 12);
    expect(gap.standardised).toBeCloseTo(0.5681, 3);
    expect(gap.months).toBeCloseTo(12 * 0.5681, 2);
  });

  it("has an error only where numbers of pupils are published: √(p(1 − p)/n + q(1 − q)/m) × 10", () => {
    const gap = gapOfYear(year(46, 68, 1000), share, 12);
    expect(gap.rankError).toBeCloseTo(10 * Math.sqrt((0.46 * 0.54) / 1000 + (0.68 * 0.32) / 1000), 10);
  });

  it("of mean scores is in points alone: their spread isn't published", () => {
    expect(gapOfYear(year(34.6, 50), score, 12)).toMatchObject({ rankIndex: null, months: null, standardised: null });
  });
});
