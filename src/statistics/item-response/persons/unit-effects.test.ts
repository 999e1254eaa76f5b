import { describe, expect, it } from "vitest";
import { keyedDraws } from "../../random/index.js";
import { intraclassCorrelation } from "../../survey/index.js";
import { madeUpItems, madeUpResponses, valueIn } from "../made-up-responses.js";
import { latentRegression, plausibleValues } from "./index.js";

// 80 units of 15 persons; units differ by 0.4, persons within them by 0.8, and twelve items tell about seven tenths of that.
const [many, each] = [80, 15];
const items = madeUpItems(
  Array.from({ length: 12 }, (_, j) => ({ slope: 0.9 + 0.05 * j, intercepts: [1.2 - 0.2 * j] })),
);
const { normal } = keyedDraws(2026, 9);
const units = Int32Array.from({ length: many * each }, (_, i) => Math.floor(i / each));
const theta = Float64Array.from(units, (unit, i) => 0.4 * normal(1e6 + unit, 0) + 0.8 * normal(i, 0));
const responses = madeUpResponses(items, theta, 3);
const design = new Float64Array(units.length).fill(1);
const regression = valueIn(latentRegression(responses, items, { design, names: ["constant"] }));
const options = { seed: 5, count: 10, parameterDraws: { design } };

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0) / values.length;
const shareBetween = (values: Float64Array) => intraclassCorrelation(values, units)!.icc;

describe("plausible values with effects of units", () => {
  it("differ between units as abilities do; without the effects by hardly more than half of it", () => {
    // Evidence class: recovery, of the abilities that the responses were made with. Their own share has an error of 0.03 with 80 units.
    const truth = shareBetween(theta);
    const without = valueIn(plausibleValues(responses, items, regression, options));
    const withUnits = valueIn(plausibleValues(responses, items, regression, { ...options, units }));
    expect(mean(without.map(shareBetween))).toBeLessThan(0.7 * truth);
    expect(Math.abs(mean(withUnits.map(shareBetween)) - truth)).toBeLessThan(0.04);
    // All persons together have the spread that they had.
    expect(mean(withUnits.map(squares)) / mean(without.map(squares))).toBeCloseTo(1, 1);
  });

  it("are the same for the same seed and keys, and leave the units out where they are too few to be told apart", () => {
    const again = () => valueIn(plausibleValues(responses, items, regression, { ...options, count: 2, units }));
    expect(again()).toEqual(again());
    const four = units.map((unit) => unit % 4);
    const plain = valueIn(plausibleValues(responses, items, regression, { ...options, count: 2 }));
    expect(valueIn(plausibleValues(responses, items, regression, { ...options, count: 2, units: four }))).toEqual(
      plain,
    );
  });

  it("need a regression with one residual standard deviation", () => {
    const groups = [{ mean: 0, sd: 1 }];
    expect(() => plausibleValues(responses, items, groups, { seed: 1, units })).toThrow(TypeError);
  });
});
