import { describe, expect, it } from "vitest";
import { hadamard } from "./index.js";

describe("a Hadamard matrix", () => {
  it("has orthogonal rows of ±1 and a first column of ones, at the smallest order there is a construction for", () => {
    for (const [least, order] of [
      [1, 1],
      [3, 4],
      [9, 12],
      [13, 16],
      [25, 28],
      [33, 36],
      [76, 76],
      [77, 80],
      [122, 124],
    ] as const) {
      const rows = hadamard(least);
      expect(rows.length).toBe(order);
      for (let i = 0; i < order; i++) {
        expect(rows[i]![0]).toBe(1);
        for (let j = 0; j <= i; j++) {
          const product = rows[i]!.reduce((sum, v, k) => sum + v * rows[j]![k]!, 0);
          expect(product).toBe(i === j ? order : 0);
        }
      }
    }
  });
});
