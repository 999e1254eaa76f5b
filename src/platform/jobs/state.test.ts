import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { remainingSeconds } from "./state.js";

describe("the remaining time of a job", () => {
  it.each([
    { done: 6_000, of: 24_000, worked: 10, left: 30 },
    { done: 24_000, of: 24_000, worked: 40, left: 0 },
  ])("is $left s after $done of $of in $worked s", ({ done, of, worked, left }) => {
    expect(remainingSeconds(done, of, worked)).toBe(left);
  });

  it("is not told before anything is done, where the whole is not known, or where more is done than there is", () => {
    expect(remainingSeconds(0, 10, 3)).toBeNull();
    expect(remainingSeconds(5, null, 3)).toBeNull();
    expect(remainingSeconds(11, 10, 3)).toBeNull();
  });

  it("and the time so far make the time of the whole at one pace", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 0, max: 1e6 }),
        (done, left, worked) => {
          const whole = worked + remainingSeconds(done, done + left, worked)!;
          const expected = (worked * (done + left)) / done;
          expect(Math.abs(whole - expected)).toBeLessThanOrEqual(1e-12 * expected); // two roundings
        },
      ),
    );
  });
});
