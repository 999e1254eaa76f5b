import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDate } from "../../kernel/index.js";
import {
  agreementOf,
  isDisagreement,
  movementBetween,
  quantile,
  type Rating,
  ratingOf,
  summariseRound,
} from "./delphi.js";
import { agreementParametersOn } from "./parameters.js";

const parameters = agreementParametersOn(civilDate("2026-09-01"));
const ratings = (...values: number[]) => values.map((value) => ratingOf(value)!);
const agreement = (...values: number[]) => agreementOf(summariseRound(ratings(...values)), parameters);
const anyRating = fc.integer({ min: 1, max: 9 }).map((value) => value as Rating);
const anyRound = fc.array(anyRating, { minLength: 1, maxLength: 40 });

describe("a round of ratings", () => {
  it("is summed up by quartiles and thirds", () => {
    // Closed form: of nine sorted ratings the quartiles are the third, the fifth and the seventh.
    const round = summariseRound(ratings(9, 8, 8, 7, 7, 7, 6, 5, 2));
    expect(round).toMatchObject({ ratings: 9, median: 7, lowerQuartile: 6, upperQuartile: 8 });
    expect(round.shareFor).toBeCloseTo(6 / 9, 12);
    expect(round.shareAgainst).toBeCloseTo(1 / 9, 12);
    expect(round.counts).toEqual([0, 1, 0, 0, 1, 1, 3, 2, 1]);
  });

  it("takes quantiles as R does", () => {
    // other-program: R 4.2, quantile(c(1, 2, 4, 8), c(.3, .5, .7)) is 1.9, 3.0, 4.4 (type 7)
    expect(quantile([1, 2, 4, 8], 0.3)).toBeCloseTo(1.9, 12);
    expect(quantile([1, 2, 4, 8], 0.5)).toBeCloseTo(3, 12);
    expect(quantile([1, 2, 4, 8], 0.7)).toBeCloseTo(4.4, 12);
  });

  it("has no summary without ratings", () => {
    expect(() => summariseRound([])).toThrow(RangeError);
  });
});

describe("agreement", () => {
  it("is for a statement that seven in ten rate 7 to 9", () => {
    expect(agreement(9, 9, 8, 8, 7, 7, 7, 6, 5, 5)).toBe("in");
    expect(agreement(9, 9, 8, 8, 7, 7, 6, 6, 5, 5)).toBe("open");
  });

  it("is against a statement that seven in ten rate 1 to 3", () => {
    expect(agreement(1, 1, 2, 2, 3, 3, 3, 5, 5, 6)).toBe("out");
  });

  it("is not with fewer than nine ratings, however alike", () => {
    expect(agreement(9, 9, 9, 9, 9, 9, 9, 9)).toBe("open");
    expect(agreement(9, 9, 9, 9, 9, 9, 9, 9, 9)).toBe("in");
  });

  it("is not with a split panel", () => {
    const split = summariseRound(ratings(1, 1, 1, 1, 5, 9, 9, 9, 9));
    expect(split.disagreement).toBe(true);
    expect(agreementOf(split, parameters)).toBe("open");
  });

  it("never is both for and against: turning the scale round turns the answer", () => {
    const turned = { in: "out", out: "in", open: "open" } as const;
    fc.assert(
      fc.property(anyRound, (round) => {
        const mirrored = round.map((rating) => (10 - rating) as Rating);
        const answer = agreementOf(summariseRound(round), parameters);
        expect(agreementOf(summariseRound(mirrored), parameters)).toBe(turned[answer]);
      }),
    );
  });

  it("does not depend on the order in which members rated", () => {
    fc.assert(
      fc.property(anyRound, (round) => {
        expect(summariseRound(round.toReversed())).toEqual(summariseRound(round));
      }),
    );
  });
});

describe("disagreement", () => {
  it("allows a wider spread towards an end of the scale", () => {
    // Closed form: in the middle at most 2.35, around 7 at most 2.35 + 3.
    expect(isDisagreement(4, 6)).toBe(false);
    expect(isDisagreement(3.8, 6.2)).toBe(true);
    expect(isDisagreement(5, 9)).toBe(false);
  });
});

describe("movement between rounds", () => {
  const round = (entries: Record<string, number>) =>
    new Map(Object.entries(entries).map(([member, value]) => [member, ratingOf(value)!]));

  it("is counted for members who rated in both", () => {
    const moved = movementBetween(round({ a: 3, b: 7, c: 9 }), round({ a: 6, b: 7, d: 8 }));
    expect(moved).toMatchObject({ members: 2, changed: 1, meanChange: 1.5 });
  });

  it("has no mean change where nobody rated twice", () => {
    expect(movementBetween(round({ a: 3 }), round({ b: 3 })).meanChange).toBeNull();
    expect(movementBetween(new Map(), round({ b: 3 }))).toMatchObject({ members: 0, narrowedBy: 0 });
  });
});

it("reads whole numbers from 1 to 9 as ratings, and nothing else", () => {
  expect([0, 10, 2.5, Number.NaN].map(ratingOf)).toEqual([null, null, null, null]);
  expect([1, 9].map(ratingOf)).toEqual([1, 9]);
});
