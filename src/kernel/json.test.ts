import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "./json.js";

describe("canonical JSON", () => {
  it("writes the example of RFC 8785, section 3.2.2, as its section 3.2.3 does", () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("sorts names by UTF-16 code units, as RFC 8785 shows", () => {
    const names = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
    const value = Object.fromEntries(names.map((name) => [name, 0]));
    expect(Object.keys(JSON.parse(canonicalJson(value)))).toEqual(
      // Node lists whole numbers first by itself; "1" is second in the text.
      ["1", "\r", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"],
    );
    expect(canonicalJson(value).startsWith('{"\\r":0,"1":0')).toBe(true);
  });

  it("writes minus zero as zero", () => {
    expect(canonicalJson([-0])).toBe("[0]");
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %s", (value) => {
    expect(() => canonicalJson({ value })).toThrow(RangeError);
  });

  it("refuses half of a surrogate pair, in names too", () => {
    expect(() => canonicalJson("\ud83d")).toThrow(RangeError);
    expect(() => canonicalJson({ "\ude00": 1 })).toThrow(RangeError);
  });

  it("is the same for the same value in any order of names, and reads back", () => {
    const shuffled = (value: Json): Json => {
      if (value === null || typeof value !== "object") return value;
      if (Array.isArray(value)) return value.map(shuffled);
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, inner]) => [name, shuffled(inner)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (any) => {
        const value = JSON.parse(JSON.stringify(any)) as Json;
        fc.pre(!/\p{Surrogate}/u.test(JSON.stringify(value)) && !/\\u[dD][89a-fA-F]/.test(JSON.stringify(value)));
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });
});
