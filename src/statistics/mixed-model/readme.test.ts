import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fitMixedModel, type MixedModelDesign, Objective, optimise, readFit, sumsOf } from "./index.js";

// The README's example, word for word. begin
const score = Float64Array.from([61, 66, 55, 58, 69, 72, 49, 53, 60, 57, 70, 52]);
const prior = Float64Array.from([1.0, 1.4, 0.8, 0.9, 0.7, 1.2, -0.4, 0.1, 0.3, 0.5, 1.1, 0.2]);
const design: MixedModelDesign = {
  rows: 12,
  response: { name: "score", values: score },
  fixed: [
    { name: "(Intercept)", values: null },
    { name: "prior", values: prior },
  ],
  random: [
    {
      group: "school",
      levels: ["Ash", "Birch", "Cedar", "Dogwood"],
      start: Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14]), // the last two pupils moved
      level: Int32Array.from([0, 0, 1, 1, 2, 2, 3, 3, 0, 1, 2, 0, 3, 1]),
      weight: Float64Array.from([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.6, 0.4, 0.75, 0.25]),
      coefficients: [{ name: "(Intercept)", values: null }],
    },
  ],
};
const fit = fitMixedModel(design, "REML");
const [school] = fit.randomEffects; // school.estimate, .conditionalError, .predictionError: a value a level
const difference = fit.combine([
  { term: 0, level: 2, coefficient: 0, weight: 1 }, // Cedar
  { term: 0, level: 3, coefficient: 0, weight: -1 }, // less Dogwood
]);
// end

describe("the README's example", () => {
  it("stands in the README word for word", () => {
    const own = readFileSync(new URL(import.meta.url), "utf8");
    const example = own.slice(own.indexOf("begin\n") + 6, own.indexOf("// end"));
    const readme = readFileSync(new URL("./README.md", import.meta.url), "utf8");
    expect(readme).toContain(example);
  });

  // Evidence class: closed form. Henderson's mixed model equations hold at the estimates.
  it("solves the mixed model equations", () => {
    expect(fit.convergence.converged).toBe(true);
    const { start, level, weight } = design.random[0]!;
    const between = fit.varianceComponents[0]!.variance;
    const residual = score.map((value, i) => {
      let rest = value - fit.fixedEffects[0]!.estimate - fit.fixedEffects[1]!.estimate * prior[i]!;
      for (let e = start![i]!; e < start![i + 1]!; e++) rest -= weight![e]! * school!.estimate[level[e]!]!;
      return rest;
    });
    expect(residual.reduce((sum, e) => sum + e, 0)).toBeCloseTo(0, 9);
    expect(residual.reduce((sum, e, i) => sum + e * prior[i]!, 0)).toBeCloseTo(0, 9);
    const pull = new Float64Array(4);
    for (let i = 0; i < 12; i++)
      for (let e = start![i]!; e < start![i + 1]!; e++) pull[level[e]!]! += weight![e]! * residual[i]!;
    pull.forEach((value, j) => {
      expect(value).toBeCloseTo((school!.estimate[j]! * fit.sigma ** 2) / between, 9);
    });
  });

  it("answers a difference of two schools as the difference of their estimates, as sure as two correlated errors allow", () => {
    expect(difference.estimate).toBeCloseTo(school!.estimate[2]! - school!.estimate[3]!, 12);
    const [cedar, dogwood] = [school!.predictionError[2]!, school!.predictionError[3]!];
    expect(difference.predictionError).toBeGreaterThan(Math.abs(cedar - dogwood));
    expect(difference.predictionError).toBeLessThan(cedar + dogwood);
  });

  it("is the same stage by stage", () => {
    const objective = new Objective(sumsOf(design), "REML");
    expect(readFit(objective, optimise(objective)).criterion).toBe(fit.criterion);
  });
});
