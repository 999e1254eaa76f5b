import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fitMixedModel } from "../mixed-model/index.js";

// The README's example, word for word. begin
import { completeRows, designOf, type FormulaFrame, readFormula } from "./index.js";

const frame: FormulaFrame = {
  rows: 13,
  columns: new Map([
    ["score", { kind: "number", values: Float64Array.of(61, 66, 55, 58, 69, 72, 49, 53, 60, 57, 70, 52, 64) }],
    [
      "prior",
      { kind: "number", values: Float64Array.of(1, 1.4, 0.8, 0.9, 0.7, 1.2, -0.4, 0.1, 0.3, 0.5, 1.1, 0.2, NaN) },
    ],
    ["sex", { kind: "category", levels: ["girl", "boy"], codes: Int32Array.of(0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0) }],
    [
      "first",
      {
        kind: "category",
        levels: ["Ash", "Birch", "Cedar"],
        codes: Int32Array.of(0, 0, 1, 1, 2, 2, 2, 1, 0, 1, 2, 0, 1),
      },
    ],
    [
      "second",
      {
        kind: "category",
        levels: ["Ash", "Birch"],
        codes: Int32Array.of(-1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 1, 1, 1),
      },
    ],
    ["w1", { kind: "number", values: Float64Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5, 0.6, 0.4, 0.7) }],
    ["w2", { kind: "number", values: Float64Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0.4, 0.6, 0.3) }],
  ]),
};
const model = readFormula("score ~ poly(prior, 2) + sex + (1 | mm(first + second, w1 + w2))");
const complete = completeRows(model, frame); // complete.leftOut: one row has no value in "prior"
const { design } = designOf(model, complete.frame);
const fit = fitMixedModel(design, "REML");
// end

describe("the README's example", () => {
  it("stands in the README word for word", () => {
    const own = readFileSync(new URL(import.meta.url), "utf8");
    const example = own.slice(own.indexOf("begin\n") + 6, own.indexOf("// end"));
    const readme = readFileSync(new URL("./README.md", import.meta.url), "utf8");
    expect(readme).toContain(example);
  });

  it("leaves out the row without a value and fits the others", () => {
    expect(complete.leftOut).toEqual([{ column: "prior", count: 1 }]);
    expect(fit.rows).toBe(12);
    expect(fit.fixedEffects.map(({ name }) => name)).toEqual([
      ...["(Intercept)", "poly(prior, 2)1", "poly(prior, 2)2", "sexgirl"],
    ]);
    expect(fit.randomEffects[0]!.levels).toEqual(["Ash", "Birch", "Cedar"]);
  });

  // Evidence class: closed form. The residuals are orthogonal to every fixed column.
  it("solves the mixed model equations of the fixed part", () => {
    const [schools] = fit.randomEffects;
    const { start, level, weight } = design.random[0]!;
    for (const column of design.fixed) {
      let sum = 0;
      for (let i = 0; i < design.rows; i++) {
        let rest = design.response.values[i]!;
        design.fixed.forEach(({ values }, j) => {
          rest -= fit.fixedEffects[j]!.estimate * (values?.[i] ?? 1);
        });
        for (let e = start![i]!; e < start![i + 1]!; e++) rest -= weight![e]! * schools!.estimate[level[e]!]!;
        sum += rest * (column.values?.[i] ?? 1);
      }
      expect(sum).toBeCloseTo(0, 9);
    }
  });
});
