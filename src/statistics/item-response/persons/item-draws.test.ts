import { describe, expect, it } from "vitest";
import { keyedDraws } from "../../random/index.js";
import { calibrate, itemStandardErrors } from "../index.js";
import { madeUpItems, madeUpResponses, valueIn } from "../made-up-responses.js";
import { drawItems, latentRegression, plausibleValues, regressionsOfDraws } from "./index.js";

const { normal } = keyedDraws(2, 6);
const theta = Float64Array.from({ length: 500 }, (_, i) => normal(i, 0));
const truth = madeUpItems(Array.from({ length: 8 }, (_, j) => ({ slope: 0.8 + 0.1 * j, intercepts: [1 - 0.3 * j] })));
const responses = madeUpResponses(truth, theta, 4);
const calibration = valueIn(calibrate(responses, { model: "two-parameter" }));
const errors = valueIn(itemStandardErrors(responses, calibration, { method: "observed" }));
const draws = drawItems(calibration.items, errors, 12);

describe("draws of item parameters", () => {
  it("have the estimates' means, standard errors and correlations, whatever the order they are taken in", () => {
    expect(draws(7)).toEqual(drawItems(calibration.items, errors, 12)(7));
    const n = 2000;
    const taken = Array.from({ length: n }, (_, k) => draws(k));
    const p = errors.free.length;
    const at = (name: string) => errors.free.findIndex((one) => one.name === name);
    const [slope, intercept] = [
      errors.free.findIndex(({ kind, of }) => kind === "slope" && of === 3),
      errors.free.findIndex(({ kind, of }) => kind === "intercept" && of === 3),
    ];
    expect(at(errors.free[slope]!.name)).toBe(slope);
    const [a, d] = [taken.map((one) => one.slope[3]!), taken.map((one) => one.intercepts[3]![1]!)];
    const mean = (x: readonly number[]) => x.reduce((sum, one) => sum + one, 0) / n;
    const cross = (x: readonly number[], y: readonly number[]) =>
      x.reduce((sum, one, k) => sum + (one - mean(x)) * (y[k]! - mean(y)), 0) / (n - 1);
    expect(Math.abs(mean(a) - errors.estimate[slope]!)).toBeLessThan((4 * errors.standardError[slope]!) / Math.sqrt(n));
    expect(Math.abs(cross(a, a) / errors.covariance[slope * (p + 1)]! - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    const scale = errors.standardError[slope]! * errors.standardError[intercept]!;
    expect(Math.abs(cross(a, d) - errors.covariance[slope * p + intercept]!)).toBeLessThan(
      ((4 * scale) / Math.sqrt(n)) * 1.5,
    );
  });

  it("reach the plausible values with a regression of their own each", () => {
    const design = Float64Array.from({ length: 1000 }, (_, at) =>
      at % 2 === 0 ? 1 : 0.5 * theta[at >> 1]! + normal(at >> 1, 1),
    );
    const options = { design, names: ["constant", "x"] };
    const fit = valueIn(latentRegression(responses, calibration.items, options));
    const pairs = valueIn(regressionsOfDraws(responses, draws, 12, options, fit));
    const slopes = pairs.map(({ population }) => population.coefficients[1]!);
    expect(new Set(slopes).size).toBe(12);
    // Closed form of none, but an order of size: items as uncertain as these move the coefficient by less than its own error.
    const spread = Math.sqrt(slopes.reduce((sum, b) => sum + (b - fit.coefficients[1]!) ** 2, 0) / 12);
    expect(spread).toBeGreaterThan(0.1 * fit.standardErrors[1]!);
    const values = valueIn(
      plausibleValues(responses, calibration.items, fit, {
        seed: 1,
        count: 12,
        parameterDraws: { design },
        itemDraws: (draw) => pairs[draw]!,
      }),
    );
    const plain = valueIn(plausibleValues(responses, calibration.items, fit, { seed: 1, count: 12 }));
    const between = (all: readonly Float64Array[]) => {
      const sds = all.map((one) => Math.sqrt(one.reduce((sum, value) => sum + value * value, 0) / 500));
      const mean = sds.reduce((x, y) => x + y, 0) / 12;
      return sds.reduce((sum, sd) => sum + (sd - mean) ** 2, 0);
    };
    expect(between(values)).toBeGreaterThan(2 * between(plain));
  });
});
