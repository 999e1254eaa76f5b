import { describe, expect, it } from "vitest";
import { expectedScore, type ItemParameters, probabilities, thresholds } from "./index.js";

const items: ItemParameters = {
  names: ["Rasch", "2PL", "GPCM", "3PL", "gap"],
  models: ["rasch", "two-parameter", "generalised-partial-credit", "three-parameter", "partial-credit"],
  slope: Float64Array.of(1, 2, 0.5, 1, 1),
  intercepts: [
    Float64Array.of(0, 0.7),
    Float64Array.of(0, -1),
    Float64Array.of(0, 0.4, -0.3),
    Float64Array.of(0, 0),
    Float64Array.of(0, Number.NEGATIVE_INFINITY, 0.5),
  ],
  guessing: Float64Array.of(0, 0, 0, 0.2, 0),
};
const logistic = (x: number) => 1 / (1 + Math.exp(-x));

describe("an item's probabilities", () => {
  // Evidence: closed forms; 1e-15 is rounding.
  it("are a logistic curve where it has two categories", () => {
    expect(probabilities(items, 0, 0.3)[1]).toBeCloseTo(logistic(1), 15);
    expect(probabilities(items, 1, 0.3)[1]).toBeCloseTo(logistic(-0.4), 15);
  });

  it("start from the guessing where it has some", () => {
    expect(probabilities(items, 3, 0)[1]).toBeCloseTo(0.6, 15);
    expect(probabilities(items, 3, -100)[1]).toBeCloseTo(0.2, 15);
  });

  it("are equal on both sides of a threshold", () => {
    const [first, second] = thresholds(items, 2);
    const at = probabilities(items, 2, first!);
    expect(at[0]).toBeCloseTo(at[1]!, 15);
    const then = probabilities(items, 2, second!);
    expect(then[1]).toBeCloseTo(then[2]!, 15);
  });

  it("are zero for a category that nobody scored, and stay sound far out", () => {
    expect([...probabilities(items, 4, 1)][1]).toBe(0);
    expect(thresholds(items, 4)).toEqual([null, null]);
    expect([...probabilities(items, 2, 2000)]).toEqual([0, 0, 1]);
    expect(expectedScore(items, 2, 2000)).toBe(2);
  });
});
