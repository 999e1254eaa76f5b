import { describe, expect, it } from "vitest";
import { chiSquareUpper, normalCdf } from "./index.js";

describe("the χ² distribution's upper tail", () => {
  // Closed forms: 2 Φ(−√x) with one degree of freedom, e^(−x/2) with two, e^(−x/2) (1 + x/2) with four.
  it.each([0.001, 0.3, 1, 3.84, 10, 60, 300])("at %f has its closed forms", (x) => {
    const relative = (value: number, expected: number) => Math.abs(value / expected - 1);
    expect(relative(chiSquareUpper(x, 1), 2 * normalCdf(-Math.sqrt(x)))).toBeLessThan(1e-11);
    expect(relative(chiSquareUpper(x, 2), Math.exp(-x / 2))).toBeLessThan(1e-12);
    expect(relative(chiSquareUpper(x, 4), Math.exp(-x / 2) * (1 + x / 2))).toBeLessThan(1e-12);
  });

  // Published: Abramowitz and Stegun, table 26.8.
  it.each([
    [18.307, 10, 0.05],
    [43.773, 30, 0.05],
    [124.342, 100, 0.05],
  ])("at %f with %i degrees is the printed %f", (x, degrees, expected) => {
    expect(chiSquareUpper(x, degrees)).toBeCloseTo(expected, 5);
  });

  it("refuses what can't be", () => {
    expect(chiSquareUpper(0, 3)).toBe(1);
    expect(() => chiSquareUpper(-1, 3)).toThrow(RangeError);
    expect(() => chiSquareUpper(1, 0)).toThrow(RangeError);
  });
});
