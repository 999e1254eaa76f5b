import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlation, midranks, rankCorrelation } from "./index.js";

describe("a correlation", () => {
  // Closed form: deviations −1, 0, 1 and −1, 1, 0 give 1 ÷ 2.
  it("is the mean product of standardised deviations", () => {
    expect(correlation([1, 2, 3], [4, 6, 5])).toBeCloseTo(0.5, 12);
    expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  });

  it("is not known of one pair, or where one of the two does not vary", () => {
    expect(correlation([1], [2])).toBeNull();
    expect(correlation([1, 2, 3], [5, 5, 5])).toBeNull();
    expect(() => correlation([1, 2], [1])).toThrow(RangeError);
  });

  it("does not depend on units and origins", () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.integer({ min: -500, max: 500 }), (x, origin) => {
        const y = x.map((v, i) => (v * 7 + i * i * 13) % 101);
        const [one, other] = [
          correlation(x, y),
          correlation(
            x.map((v) => 3 * v + origin),
            y,
          ),
        ];
        if (one === null) expect(other).toBeNull();
        else expect(other).toBeCloseTo(one, 9);
      }),
    );
  });
});

describe("a rank correlation", () => {
  it("shares ranks among equal values", () => {
    expect([...midranks([10, 30, 20, 20])]).toEqual([1, 4, 2.5, 2.5]);
    expect([...midranks([])]).toEqual([]);
  });

  // Closed form: without ties 1 − 6 Σd² ÷ n(n² − 1); here d = 0, 1, −1, 0 gives 1 − 12 ÷ 60.
  it("is one less six times the squared moves", () => {
    expect(rankCorrelation([1, 2, 3, 4], [1, 9, 8, 100])).toBeCloseTo(0.8, 12);
  });

  it("sees only the order", () => {
    const x = [0.3, -2, 5, 1.1, 9];
    expect(
      rankCorrelation(
        x,
        x.map((v) => Math.exp(v)),
      ),
    ).toBeCloseTo(1, 12);
  });
});
