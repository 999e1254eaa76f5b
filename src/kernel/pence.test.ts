import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate, pence } from "./pence.js";

const anyTotal = fc.integer({ min: -1e13, max: 1e13 }).map(pence);
const anyWeights = fc
  .array(fc.oneof(fc.nat(1000), fc.double({ min: 0, max: 1e308, noNaN: true })), { minLength: 1, maxLength: 30 })
  .filter((weights) => weights.some((w) => w > 0));

describe("pence", () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("refuses %s", (n) => {
    expect(() => pence(n)).toThrow(RangeError);
  });

  it("has one nought", () => {
    expect(Object.is(pence(-0), 0)).toBe(true);
  });
});

describe("sharing a sum", () => {
  // Closed form, by hand.
  it.each([
    ["£1 between three", 100, [1, 1, 1], [34, 33, 33]],
    ["£1 as 2 to 1", 100, [2, 1], [67, 33]],
    ["a debt between three", -100, [1, 1, 1], [-33, -33, -34]],
    ["nothing", 0, [3, 4], [0, 0]],
    ["a penny to the largest part", 1, [1, 2, 1], [0, 1, 0]],
    ["nothing to a weight of nought", 100, [0, 1, 0, 1, 1], [0, 34, 0, 33, 33]],
    ["all to one", 12_345, [7], [12_345]],
  ])("%s", (_, total, weights, parts) => {
    expect(allocate(pence(total), weights)).toEqual(parts);
  });

  it("never makes or loses a penny", () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, (total, weights) => {
        expect(allocate(total, weights).reduce((a, part) => a + part, 0)).toBe(total);
      }),
    );
  });

  it("stays within a penny of the exact part", () => {
    fc.assert(
      fc.property(
        anyTotal,
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 }),
        (total, weights) => {
          const sum = weights.reduce((a, b) => a + b, 0);
          allocate(total, weights).forEach((part, i) => {
            // Exact in whole numbers: |part − total × weight ÷ sum| < 1.
            const off = BigInt(part) * BigInt(sum) - BigInt(total) * BigInt(weights[i]!);
            expect(off < BigInt(sum) && off > -BigInt(sum)).toBe(true);
          });
        },
      ),
    );
  });

  it("gives nothing to a weight of nought, however large the sum", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), anyWeights, (total, weights) => {
        const parts = allocate(pence(total), [0, ...weights, 0]);
        expect([parts[0], parts.at(-1)]).toEqual([0, 0]);
      }),
    );
  });

  it("depends on the ratio of the weights only", () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, fc.integer({ min: -900, max: -1 }), (total, weights, power) => {
        fc.pre(weights.every((w) => w === 0 || w * 2 ** power > 1e-290));
        expect(
          allocate(
            total,
            weights.map((w) => w * 2 ** power),
          ),
        ).toEqual(allocate(total, weights));
      }),
    );
  });

  it("shares by weights at the ends of what a number can be", () => {
    expect(allocate(pence(1_000_000), [1e308, 1e308])).toEqual([500_000, 500_000]);
    expect(allocate(pence(1_000_000), [5e-324, 5e-324])).toEqual([500_000, 500_000]);
  });

  it.each([[[]], [[0, 0]], [[1, -1]], [[1, Number.NaN]], [[1, Number.POSITIVE_INFINITY]]])(
    "refuses the weights %j",
    (weights) => {
      expect(() => allocate(pence(100), weights)).toThrow(RangeError);
    },
  );
});
