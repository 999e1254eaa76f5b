import { describe, expect, it } from "vitest";
import { detectSeparator } from "./separator.js";

describe("the separator", () => {
  it.each([
    ["a,b\n1,2\n", ","],
    ["a;b;c\n1,5;2,5;3\n", ";"],
    ["a\tb\n1,5\t2\n", "\t"],
    ["a|b\n1|2\n", "|"],
    ["a;b", ";"],
    ['"a,b";c\n"1,2,3";4\n', ";"],
    ["name, first;year\nAshby, Una;2020\nBexley;2021\n", ";"],
  ] as const)("of %j is %j", (head, separator) => {
    expect(detectSeparator(head)).toBe(separator);
  });

  it("is not guessed where nothing cuts the header", () => {
    expect(detectSeparator("pupil\n1\n2\n")).toBeNull();
    expect(detectSeparator("")).toBeNull();
  });
});
