import fc from "fast-check";
import { expect, it } from "vitest";
import { readArray, writeArray } from "./arrays.js";

const same = (value: unknown) => value as string | null;

// law: PostgreSQL's manual, "Array Input and Output Syntax"
it.each([
  [[], "{}"],
  [["1", "2"], "{1,2}"],
  [["a b", null, "null", ""], '{"a b",NULL,"null",""}'],
  [['say "x"', "back\\slash"], '{"say \\"x\\"","back\\\\slash"}'],
  [
    [
      ["1", "2"],
      ["3", "4"],
    ],
    "{{1,2},{3,4}}",
  ],
])("writes %j as %s and reads it back", (values, literal) => {
  expect(writeArray(values, same)).toBe(literal);
  expect(readArray(literal, (text) => text)).toEqual(values);
});

it("reads a literal whose bounds are written out", () => {
  expect(readArray("[0:1]={7,8}", Number)).toEqual([7, 8]);
});

it("loses nothing of any text", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ unit: "binary" }))), (values) => {
      expect(readArray(writeArray(values, same), (text) => text)).toEqual(values);
    }),
  );
});
