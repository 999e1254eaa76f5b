import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { notNumber, parseNumberText } from "./number-text.js";

describe("numbers in files", () => {
  it("reads every double that JavaScript writes, to the last bit (other program: Number)", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumberText(String(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it("rounds decimals as Number does, whatever their length (other program: Number)", () => {
    const decimal = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.integer({ min: 0, max: 24 }), fc.boolean());
    fc.assert(
      fc.property(decimal, ([digits, places, negative]) => {
        const all = digits.toString().padStart(places + 1, "0");
        const whole = all.slice(0, all.length - places);
        const text = `${negative ? "-" : ""}${whole}.${all.slice(all.length - places)}`;
        expect(parseNumberText(text)).toBe(Number(text) + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["9007199254740993", 9007199254740992],
    ["+2", 2],
    [".5", 0.5],
    ["5.", 5],
    ["1e3", 1000],
    ["1.5E-3", 0.0015],
    ["-0", 0],
    ["007", 7],
  ])("reads %s as %d", (text, value) => {
    expect(parseNumberText(text)).toBe(value);
  });

  it.each([
    "",
    "-",
    ".",
    "abc",
    "1,5",
    "1.2.3",
    "1e",
    "1e+",
    "0x10",
    "1_000",
    "12%",
    "Infinity",
    "NaN",
    "1 2",
    "1e999",
    "--1",
  ])("does not take %j for a number", (text) => {
    expect(parseNumberText(text)).toBe(notNumber);
  });

  it("reads a decimal comma where it is stated, and then no point", () => {
    const comma = 44;
    expect(parseNumberText("0,25", comma)).toBe(0.25);
    expect(parseNumberText("12345678901234567890,5", comma)).toBe(Number("12345678901234567890.5"));
    expect(parseNumberText("0.25", comma)).toBe(notNumber);
  });
});
