import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  counted,
  decimalsOf,
  decisionMeaning,
  decisionName,
  decisions,
  interval,
  intervalName,
  percentage,
  shareOf,
} from "./web-words.js";

describe("figures are shown with the digits that their interval supports", () => {
  // Typical intervals of real files, by hand: Exam ±0.25 of sd 1, Chem97 ±1.5 of sd 3.3, HSB ±2 of sd 6.9, STAR ±10 of sd 40.
  it.each([
    [1, 2],
    [3.3, 1],
    [6.9, 1],
    [9, 1],
    [40, 0],
    [400, 0],
    [0.004, 4],
  ])("a standard deviation of %d gives %i decimals", (deviation, decimals) => {
    expect(decimalsOf(deviation)).toBe(decimals);
  });

  it("whatever the unit, the last digit is a thirtieth of the standard deviation at most", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e6, noNaN: true }), (deviation) => {
        expect(10 ** -decimalsOf(deviation)).toBeLessThanOrEqual(Math.max(1, deviation / 30) * (1 + 1e-9));
      }),
    );
  });

  it("a deviation that is none still gives figures", () => {
    expect([decimalsOf(0), decimalsOf(Number.NaN), decimalsOf(-1)]).toEqual([2, 2, 2]);
  });
});

describe("percentages never turn something into nothing or all", () => {
  it.each([
    [0, "0%"],
    [0.000_01, "less than 1%"],
    [0.0099, "less than 1%"],
    [0.01, "1%"],
    [0.5, "50%"],
    [0.99, "99%"],
    [0.991, "more than 99%"],
    [0.999_999, "more than 99%"],
    [1, "100%"],
  ])("%d is %s", (rate, words) => {
    expect(percentage(rate)).toBe(words);
  });

  it("a share of nothing is none", () => {
    expect(shareOf(0, 0)).toBe("none");
    expect(shareOf(1, 3)).toBe("33%");
  });
});

it("counts agree with their nouns", () => {
  expect([counted(1, "school"), counted(2410, "school"), counted(0, "pupil")]).toEqual([
    "1 school",
    "2,410 schools",
    "0 pupils",
  ]);
});

it("intervals say their coverage where it is known", () => {
  expect([intervalName(0.95), intervalName(0.9), intervalName(undefined)]).toEqual([
    "95% interval",
    "90% interval",
    "interval",
  ]);
  expect(interval(-0.214, 0.351, 2)).toBe("from −0.21 to 0.35");
});

it("every decision has a name, a meaning and a place of its own", () => {
  expect(new Set(decisions.map(decisionName)).size).toBe(5);
  for (const decision of decisions) expect(decisionMeaning(decision)).toMatch(/\.$/);
});
