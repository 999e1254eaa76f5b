import { describe, expect, it } from "vitest";
import { incompleteBeta, logGamma, studentCdf, studentQuantile } from "./index.js";

describe("Student's t", () => {
  // Evidence class: published. Two-sided 95 % points of every table of t, and closed forms for 1 and 2 degrees of freedom.
  it("has the tabulated quantiles", () => {
    for (const [freedom, t] of [
      [1, 12.7062],
      [2, 4.3027],
      [5, 2.5706],
      [30, 2.0423],
      [120, 1.9799],
    ] as const)
      expect(studentQuantile(0.975, freedom)).toBeCloseTo(t, 4);
    expect(studentQuantile(0.975, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959964, 6);
    expect(studentCdf(3, 1)).toBeCloseTo(0.5 + Math.atan(3) / Math.PI, 12);
    expect(studentCdf(-1.5, 2)).toBeCloseTo(0.5 - 1.5 / (2 * Math.sqrt(2 + 2.25)), 12);
    expect(studentCdf(1.3, 9999.99)).toBeCloseTo(studentCdf(1.3, 10_000.01), 9); // either side of the expansion
    expect(() => studentCdf(1, 0)).toThrow(RangeError);
  });
});

describe("the gamma and beta functions", () => {
  // Closed forms: Γ(n) = (n − 1)!, Γ(½) = √π, I_x(a, 1) = x^a, I_x(a, b) = 1 − I_{1−x}(b, a).
  it("have their closed forms", () => {
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
    expect(incompleteBeta(0.3, 4, 1)).toBeCloseTo(0.3 ** 4, 14);
    expect(incompleteBeta(0.3, 2.5, 7)).toBeCloseTo(1 - incompleteBeta(0.7, 7, 2.5), 13);
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  });

  it("are undone by the quantile", () => {
    for (const freedom of [0.7, 3, 40, 1e5])
      for (const p of [0.001, 0.2, 0.5, 0.9])
        expect(studentCdf(studentQuantile(p, freedom), freedom)).toBeCloseTo(p, 10);
  });
});
