import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCdf } from "../distributions/index.js";
import { keyedDraws, philox, subjectKey } from "./index.js";

describe("keyed random numbers", () => {
  // Published: known-answer vectors of Random123 1.14 (kat_vectors, philox4x32 10).
  it.each([
    [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ])("mix the counter %j as published", (counter, key, expected) => {
    const words = Uint32Array.from(counter);
    philox(words, key[0]!, key[1]!);
    expect([...words].map((word) => word.toString(16).padStart(8, "0")).join(" ")).toBe(expected);
  });

  it("are a function of seed, purpose, subject and place alone", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(), fc.maxSafeNat(), fc.nat(1000), (seed, purpose, subject, index) => {
        const first = keyedDraws(seed, purpose);
        const value = first.uniform(subject, index);
        first.normal(subject + 1, index);
        expect(first.uniform(subject, index)).toBe(value);
        expect(keyedDraws(seed, purpose).uniform(subject, index)).toBe(value);
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThan(1);
        expect(first.uniform(subject, index + 1)).not.toBe(value);
        expect(keyedDraws(seed, purpose + 1).uniform(subject, index)).not.toBe(value);
      }),
    );
  });

  it("are uniform and normal over subjects: no tenth is off by more than four standard errors", () => {
    const draws = keyedDraws(20_111, 3);
    const [uniform, normal] = [new Array<number>(10).fill(0), new Array<number>(10).fill(0)];
    const n = 20_000;
    for (let i = 0; i < n; i++) {
      uniform[Math.floor(draws.uniform(i, 0) * 10)]! += 1;
      normal[Math.floor(normalCdf(draws.normal(i, 0)) * 10)]! += 1;
    }
    for (const count of [...uniform, ...normal])
      expect(Math.abs(count - n / 10)).toBeLessThan(4 * Math.sqrt(n * 0.1 * 0.9));
  });

  it("give texts that differ different keys", () => {
    const texts = Array.from({ length: 50_000 }, (_, i) => `pupil-${i}`);
    const keys = new Set(texts.map(subjectKey));
    expect(keys.size).toBe(texts.length);
    expect([...keys].every((key) => Number.isSafeInteger(key) && key >= 0)).toBe(true);
  });

  it.each([-1, 1.5, 2 ** 53])("refuses %f as a seed", (seed) => {
    expect(() => keyedDraws(seed, 0)).toThrow(RangeError);
  });
});
