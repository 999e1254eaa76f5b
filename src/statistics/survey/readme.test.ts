import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { accepted, confidenceInterval, difference, means, replicateDesign } from "./index.js";

// The README's example, word for word. begin
const design = accepted(
  replicateDesign({
    weights: Float64Array.from([10, 10, 12, 12, 8, 8, 9, 9]),
    method: "JK2",
    zones: [1, 1, 1, 1, 2, 2, 2, 2],
    replicate: [1, 1, 0, 0, 0, 0, 1, 1],
    doubled: 1, // the side whose weight is doubled; the other's is 0
  }),
);
const scores = [
  Float64Array.from([512, 487, 530, 498, 455, 471, 523, 509]),
  Float64Array.from([505, 493, 541, 490, 462, 466, 519, 515]),
];
const groups = { names: ["a", "b"], of: [0, 1, 0, 1, 0, 1, 0, 1] };
const joint = means(scores, design, groups);
const gap = difference(joint, "a", "b").estimate; // .value, .standardError, .parts.sampling, .parts.measurement …
const interval = gap && confidenceInterval(gap);
// end

describe("the README's example", () => {
  it("stands in the README word for word", () => {
    const own = readFileSync(new URL(import.meta.url), "utf8");
    const readme = readFileSync(new URL("./README.md", import.meta.url), "utf8");
    expect(readme).toContain(own.slice(own.indexOf("begin\n") + 6, own.indexOf("// end")));
  });

  // Closed form: by hand, Σw = 39 in each group.
  it("is the difference of two weighted means", () => {
    const mean = (column: Float64Array, first: number) =>
      [10, 12, 8, 9].reduce((sum, w, k) => sum + (w * column[2 * k + first]!) / 39, 0);
    const expected = scores.reduce((sum, column) => sum + (mean(column, 1) - mean(column, 0)) / 2, 0);
    expect(gap!.value).toBeCloseTo(expected, 10);
    expect(interval!.low).toBeLessThan(expected);
  });
});
