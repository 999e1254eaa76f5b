import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareIds } from "./school-id.js";

describe("the order of school ids", () => {
  it("is that of numbers where ids are numbers, and they come before other ids", () => {
    const ids = ["b10", "10", "9", "0123", "a", "123", "100000000000000000001", "100000000000000000000"];
    const sorted = ["9", "10", "0123", "123", "100000000000000000000", "100000000000000000001", "a", "b10"];
    expect([...ids].sort(compareIds)).toEqual(sorted);
  });

  it("is a total order in which only the same id is equal", () => {
    const id = fc.oneof(fc.stringMatching(/^[0-9]{1,4}$/), fc.stringMatching(/^[ab0-9]{1,3}$/));
    fc.assert(
      fc.property(id, id, id, (a, b, c) => {
        expect(Math.sign(compareIds(a, b))).toBe(-Math.sign(compareIds(b, a)) + 0);
        expect(compareIds(a, b) === 0).toBe(a === b);
        if (compareIds(a, b) <= 0 && compareIds(b, c) <= 0) expect(compareIds(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
