import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundOf, drawShare, drawWord, isBelow, mixWord, personKey, pickClass } from "./draws.js";

const word = fc.integer({ min: 0, max: 0xffff_ffff });

describe("a draw", () => {
  it("is a function of seed, person and purpose", () => {
    fc.assert(
      fc.property(word, word, word, (seed, id, purpose) => {
        const once = drawWord(personKey(mixWord(seed), id), purpose);
        expect(drawWord(personKey(mixWord(seed), id), purpose)).toBe(once);
        expect(Number.isInteger(once) && once >= 0 && once <= 0xffff_ffff).toBe(true);
      }),
    );
  });

  it("keeps persons apart: the key of every id is another", () => {
    fc.assert(
      fc.property(word, word, word, (seed, a, b) => {
        fc.pre(a !== b);
        expect(personKey(mixWord(seed), a)).not.toBe(personKey(mixWord(seed), b));
      }),
    );
  });

  // Closed form: the sum of n uniform shares has mean n/2 and variance n/12; five deviations are passed once in a million.
  it("is uniform over persons, years and purposes", () => {
    const seed = mixWord(42);
    for (const drawn of [
      (i: number) => drawShare(personKey(seed, i), 1000),
      (i: number) => drawShare(personKey(seed, 7), i),
      (i: number) => drawShare(personKey(mixWord(i), 7), 4),
    ]) {
      const n = 200_000;
      const bins = new Array<number>(20).fill(0);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const share = drawn(i);
        sum += share;
        bins[Math.floor(share * 20)]! += 1;
      }
      expect(Math.abs(sum - n / 2) / Math.sqrt(n / 12)).toBeLessThan(5);
      const chiSquare = bins.reduce((total, count) => total + (count - n / 20) ** 2 / (n / 20), 0);
      expect(chiSquare).toBeLessThan(55); // 19 degrees of freedom: passed once in 50,000
    }
  });

  it("of one year says nothing of the next year's: neighbours don't move together", () => {
    const n = 200_000;
    let covariance = 0;
    for (let i = 0; i < n; i++) {
      const key = personKey(mixWord(42), i);
      covariance += (drawShare(key, 4) - 0.5) * (drawShare(key, 8) - 0.5);
    }
    expect(Math.abs((covariance / n) * 12) * Math.sqrt(n)).toBeLessThan(5);
  });
});

it("picks the class whose cumulated share exceeds the draw", () => {
  const cumulated = Float64Array.of(0.2, 0.2, 0.9, 1);
  expect([0, 0.19, 0.2, 0.5, 0.9, 0.999].map((share) => pickClass(cumulated, share))).toEqual([0, 0, 2, 2, 3, 3]);
});

it("compares with a bound in whole numbers as the share itself is compared", () => {
  const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1, 2 ** -31));
  fc.assert(
    fc.property(word, share, (drawn, chance) => {
      const draw = drawn >>> 1;
      const near = Math.min(2 ** 31 - 1, Math.floor(chance * 2 ** 31)); // on the edge
      for (const one of [draw, near]) expect(isBelow(one, boundOf(chance, 31))).toBe(one / 2 ** 31 < chance ? 1 : 0);
    }),
  );
});
