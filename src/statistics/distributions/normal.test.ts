import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCdf, normalDensity, normalQuantile } from "./normal.js";
import reference from "./normal.reference.json" with { type: "json" };

const relative = (value: number, expected: number) => Math.abs(value - expected) / Math.abs(expected);

describe("normal distribution function", () => {
  // Other program: mpmath with 50 digits (scripts/reference/normal-distribution.py). 2e-15 is nine units in the last place.
  it.each(reference.cdf)("at %f is %f", (z, expected) => {
    expect(relative(normalCdf(z!), expected!)).toBeLessThan(2e-15);
  });

  // Published: Abramowitz and Stegun, table 26.1, fifteen decimals.
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [2, 0.977249868051821],
    [3, 0.99865010196837],
  ])("at %i is in the printed table as %f", (z, printed) => {
    expect(Math.abs(normalCdf(z) - printed)).toBeLessThan(6e-16);
  });

  it("mirrors itself about nought", () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (z) => {
        expect(Math.abs(normalCdf(z) + normalCdf(-z) - 1)).toBeLessThan(5e-16);
      }),
    );
  });

  it("never falls, not even where the method changes", () => {
    const steps = Array.from({ length: 4001 }, (_, i) => -1.252 + i * 1e-6);
    for (let i = 1; i < steps.length; i++) expect(normalCdf(steps[i]!)).toBeGreaterThan(normalCdf(steps[i - 1]!));
    fc.assert(
      fc.property(
        fc.double({ min: -39, max: 9, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (z, more) => {
          expect(normalCdf(z + more)).toBeGreaterThanOrEqual(normalCdf(z) * (1 - 2e-15));
        },
      ),
    );
  });

  it("has its density as its slope", () => {
    for (const z of [-6, -1.3, -1.2, 0, 0.4, 2]) {
      const slope = (normalCdf(z + 1e-5) - normalCdf(z - 1e-5)) / 2e-5;
      expect(relative(slope, normalDensity(z))).toBeLessThan(3e-9); // the difference quotient's own error, h² z² ÷ 6
    }
  });

  it("ends at 0 and 1 and hands on what is not a number", () => {
    expect([
      normalCdf(Number.NEGATIVE_INFINITY),
      normalCdf(-1e200),
      normalCdf(40),
      normalCdf(Number.POSITIVE_INFINITY),
    ]).toEqual([0, 0, 1, 1]);
    expect([normalDensity(Number.NEGATIVE_INFINITY), normalDensity(1e200)]).toEqual([0, 0]);
    expect([normalCdf(Number.NaN), normalDensity(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("normal quantile", () => {
  it.each(reference.quantile)("of %f is %f", (p, expected) => {
    expect(relative(normalQuantile(p!), expected!)).toBeLessThan(2e-15);
  });

  it("undoes the distribution function", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-200, max: 0.4999, noNaN: true }), (p) => {
        expect(relative(normalCdf(normalQuantile(p)), p)).toBeLessThan(1e-12);
        expect(normalQuantile(1 - p)).toBe(-normalQuantile(1 - (1 - p)));
      }),
    );
  });

  it("has the middle at nought and no ends", () => {
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it.each([-0.1, 1.1, Number.NaN])("refuses %f as a probability", (p) => {
    expect(() => normalQuantile(p)).toThrow(RangeError);
  });
});
