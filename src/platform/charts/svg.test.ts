import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaleOver } from "./scale.js";
import { coordinate, escapeMarkup, readableNumber, wrapped } from "./svg.js";
import { signedNumber } from "./waterfall.js";

describe("a number as a reader sees it", () => {
  it.each([
    [0, 0, "0"],
    [-0.004, 2, "0.00"],
    [-0.005, 2, "−0.01"],
    [1234567.891, 1, "1,234,567.9"],
    [-1000, 0, "−1,000"],
    [999.96, 1, "1,000.0"],
    [12, 0, "12"],
  ])("%d with %i decimals is %s", (value, decimals, text) => {
    expect(readableNumber(value, decimals)).toBe(text);
  });

  it("agrees with the language's own format, sign aside (other program: Intl)", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (n) => {
        expect(readableNumber(n)).toBe(n.toLocaleString("en-GB").replace("-", "−"));
      }),
    );
  });

  it("says plus for a gain, and nothing for no change", () => {
    expect([signedNumber(0.25, 1), signedNumber(-0.25, 1), signedNumber(0.001, 1)]).toEqual(["+0.3", "−0.3", "0.0"]);
  });
});

describe("coordinates", () => {
  it("are short, and never a hole", () => {
    expect(coordinate(1 / 3)).toBe("0.33");
    expect(coordinate(-0.001)).toBe("0");
    expect(() => coordinate(Number.NaN)).toThrow("must be finite, got NaN");
  });
});

it("markup in a name is text", () => {
  expect(escapeMarkup(`<b a="1">O'Brien & Co</b>`)).toBe("&lt;b a=&quot;1&quot;&gt;O&#39;Brien &amp; Co&lt;/b&gt;");
});

it("words are cut into lines without losing one", () => {
  expect(wrapped("Yewshire and the Long Estuary", 14)).toEqual(["Yewshire and", "the Long", "Estuary"]);
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]+( [a-z]+)*$/), fc.integer({ min: 5, max: 40 }), (text, most) => {
      const lines = wrapped(text, most);
      expect(lines.join(" ")).toBe(text);
      for (const line of lines) expect(line.length <= most || !line.includes(" ")).toBe(true);
    }),
  );
});

describe("a scale", () => {
  it("holds every value between its ends, with round ticks in between", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 2, max: 10 }),
        fc.boolean(),
        (values, pieces, snug) => {
          const scale = scaleOver(values, pieces, snug);
          for (const value of values) {
            expect(scale.share(value)).toBeGreaterThanOrEqual(-1e-9);
            expect(scale.share(value)).toBeLessThanOrEqual(1 + 1e-9);
          }
          expect(scale.ticks.length).toBeLessThanOrEqual(pieces + 2);
          for (const tick of scale.ticks) {
            expect(scale.share(tick)).toBeGreaterThanOrEqual(-1e-6);
            expect(scale.share(tick)).toBeLessThanOrEqual(1 + 1e-6);
          }
        },
      ),
    );
  });

  it("is readable by hand", () => {
    const scale = scaleOver([-3.7, 8.2], 6);
    expect(scale.ticks).toEqual([-4, -2, 0, 2, 4, 6, 8, 10]);
    expect(scaleOver([0, 0.31], 4).ticks.map((t) => readableNumber(t, 1))).toEqual(["0.0", "0.1", "0.2", "0.3", "0.4"]);
  });

  it("has room where all values are equal", () => {
    expect(scaleOver([5, 5], 4).share(5)).toBeCloseTo(0.5, 1);
    expect(scaleOver([0], 4).share(0)).toBe(0.5);
  });

  it("refuses nothing and holes by throwing", () => {
    expect(() => scaleOver([], 4)).toThrow("at least one value");
    expect(() => scaleOver([1, Number.NaN], 4)).toThrow("finite");
  });
});
