import { expect, it } from "vitest";
import { readValue, writeValue } from "./values.js";

// other-program: the texts as PostgreSQL 15 writes them
it.each([
  ["9007199254740991", 20, 9_007_199_254_740_991],
  ["-3", 23, -3],
  ["0.30000000000000004", 701, 0.30000000000000004],
  ["NaN", 701, Number.NaN],
  ["t", 16, true],
  ["f", 16, false],
  ["2001-09-01", 1082, "2001-09-01"],
  ["1.10", 1700, "1.10"],
  ["2026-07-01 10:20:30.5+00", 1184, "2026-07-01T10:20:30.5Z"],
  ["{1,NULL,3}", 1007, [1, null, 3]],
  ['{"a b",c}', 1009, ["a b", "c"]],
  ["plain", 25, "plain"],
])("reads %s of type %i as %j", (text, oid, value) => {
  expect(readValue(text, oid, "parsed")).toEqual(value);
});

it("reads a document, or leaves it to the column that reads it", () => {
  expect(readValue('{"a": 1}', 3802, "parsed")).toEqual({ a: 1 });
  expect(readValue('"12"', 3802, "text")).toBe('"12"');
});

it("refuses a whole number that would not be read exactly", () => {
  expect(() => readValue("9007199254740993", 20, "parsed")).toThrow("9007199254740993 is too large");
});

it.each([
  [undefined, null],
  [null, null],
  [true, "t"],
  [0.1, "0.1"],
  [["12n", 3], "{12n,3}"],
  [new Date(0), "1970-01-01T00:00:00.000Z"],
  [["a", null], "{a,NULL}"],
  [{ a: 1 }, '{"a":1}'],
])("writes %j as %s", (value, text) => {
  expect(writeValue(value)).toBe(text);
});

it("refuses a parameter that is no value", () => {
  expect(() => writeValue(() => 1)).toThrow("a function can't be a parameter");
});
