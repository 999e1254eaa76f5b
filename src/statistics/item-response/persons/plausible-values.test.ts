import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../distributions/index.js";
import { keyedDraws } from "../../random/index.js";
import { madeUpItems, madeUpResponses, valueIn } from "../made-up-responses.js";
import { abilities, latentRegression, plausibleValues } from "./index.js";
import { PersonLikelihoods } from "./likelihood.js";
import { gridOf } from "./population.js";
import { Posterior } from "./posterior.js";

const items = madeUpItems(
  Array.from({ length: 12 }, (_, j) => ({ slope: 0.8 + 0.06 * j, intercepts: [1.2 - 0.2 * j] })),
);
const { normal } = keyedDraws(77, 4);
const theta = Float64Array.from({ length: 1500 }, (_, i) => 0.4 + (i % 2) * 0.5 + 0.9 * normal(i, 0));
const responses = madeUpResponses(items, theta, 3);
const design = Float64Array.from({ length: 3000 }, (_, at) => (at % 2 === 0 ? 1 : (at >> 1) % 2));
const regression = valueIn(latentRegression(responses, items, { design, names: ["constant", "second"] }));
const moments = (values: Float64Array) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) };
};

describe("plausible values", () => {
  it("come from the prior itself where nothing was answered", () => {
    const nothing = madeUpResponses(items, Float64Array.of(0, 0), 1, {}, (i) => i > 0);
    const population = [{ mean: 0.3, sd: 1.1 }];
    const posterior = new Posterior(new PersonLikelihoods(nothing, items, gridOf(nothing, items, population, 0.5)));
    posterior.take(0, 0.3, 1.1);
    // The other person's booklet sets the grid; between its nodes the log density is a straight line.
    for (const u of [0.001, 0.02, 0.3, 0.5, 0.8, 0.999])
      expect(posterior.quantile(u)).toBeCloseTo(0.3 + 1.1 * normalQuantile(u), 2);
  });

  it("keep a posterior's mean and variance to a thousandth at the spacing that is used", () => {
    const posterior = new Posterior(new PersonLikelihoods(responses, items, gridOf(responses, items, regression, 0.5)));
    for (const i of [0, 7, 11]) {
      posterior.take(i, regression.fitted[i]!, regression.residualSd[0]!);
      const draws = moments(Float64Array.from({ length: 20_000 }, (_, k) => posterior.quantile((k + 0.5) / 20_000)));
      const variance = posterior.m2 - posterior.m1 ** 2;
      expect(Math.abs(draws.mean - regression.fitted[i]! - posterior.m1)).toBeLessThan(0.001 * Math.sqrt(variance));
      expect(Math.abs(draws.variance / variance - 1)).toBeLessThan(0.002);
    }
  });

  it("have the mean and the spread of the population that was fitted, which neither EAP nor WLE have", () => {
    const values = valueIn(plausibleValues(responses, items, regression, { seed: 5, count: 40 }));
    const each = values.map(moments);
    const variance = each.reduce((sum, one) => sum + one.variance, 0) / 40;
    const mean = each.reduce((sum, one) => sum + one.mean, 0) / 40;
    const model = regression.residualSd[0]! ** 2 / (1 - regression.explained);
    // At the top of the likelihood posteriors average to the prior; what is left is the noise of 1,500 × 40 draws.
    expect(Math.abs(mean - moments(regression.fitted).mean)).toBeLessThan(0.008);
    expect(Math.abs(variance / model - 1)).toBeLessThan(0.015);
    const eap = valueIn(abilities(responses, items, regression, { kind: "eap" }));
    const wle = valueIn(abilities(responses, items, null, { kind: "wle" }));
    expect(moments(eap.estimate).variance).toBeLessThan(0.9 * model);
    expect(moments(wle.estimate).variance).toBeGreaterThan(1.1 * model);
  });

  it("follow the person, whatever the order and however persons are shared out", () => {
    const all = valueIn(plausibleValues(responses, items, regression, { seed: 9, count: 3 }));
    const reversed = Array.from({ length: 1500 }, (_, i) => 1499 - i);
    const some = reversed.filter((i) => i % 7 === 2);
    for (const order of [reversed, some]) {
      const matrix = madeUpResponses(items, theta, 3);
      const taken = {
        ...matrix,
        booklet: Uint16Array.from(order, (i) => matrix.booklet[i]!),
        starts: Uint32Array.from({ length: order.length + 1 }, (_, i) => i * 12),
        scores: Uint8Array.from(order.flatMap((i) => [...matrix.scores.subarray(i * 12, (i + 1) * 12)])),
      };
      const population = {
        fitted: Float64Array.from(order, (i) => regression.fitted[i]!),
        residualSd: regression.residualSd,
      };
      const values = valueIn(
        plausibleValues(taken, items, population, { seed: 9, count: 3, keys: Float64Array.from(order) }),
      );
      order.forEach((i, at) => {
        for (let v = 0; v < 3; v++) expect(values[v]![at]).toBe(all[v]![i]);
      });
    }
  });

  it("are further apart from value to value where the regression's parameters are drawn too", () => {
    const nothing = madeUpResponses(items, theta, 3, {}, () => false);
    const options = { seed: 2, count: 60 };
    const fixed = valueIn(plausibleValues(nothing, items, regression, options));
    const drawn = valueIn(plausibleValues(nothing, items, regression, { ...options, parameterDraws: { design } }));
    const between = (values: readonly Float64Array[]) =>
      moments(Float64Array.from(values, (one) => moments(one).mean)).variance;
    // Closed form without responses: the variance of the constant and half the difference, and of the mean of 1,500 draws.
    const i = regression.information;
    const ofDraws = regression.residualSd[0]! ** 2 / 1500;
    const ofParameters = i[0]! + i[1]! + 0.25 * i[4]!;
    for (const [value, expected] of [
      [between(fixed), ofDraws],
      [between(drawn), ofDraws + ofParameters],
    ] as const) {
      expect(value / expected).toBeGreaterThan(0.5); // of 60 draws: a χ² with 59 degrees of freedom, two and a half of its errors
      expect(value / expected).toBeLessThan(1.5);
    }
  });

  it("use each value's own items where items are drawn", () => {
    const harder = { ...items, intercepts: items.intercepts.map((c) => c.map((value, k) => value - 0.8 * k)) };
    const values = valueIn(
      plausibleValues(responses, items, regression, {
        seed: 2,
        count: 2,
        itemDraws: (draw) => ({ items: draw === 0 ? items : harder, population: regression }),
      }),
    );
    const plain = valueIn(plausibleValues(responses, items, regression, { seed: 2, count: 1 }));
    expect(values[0]).toEqual(plain[0]);
    expect(moments(values[1]!).mean).toBeGreaterThan(moments(values[0]!).mean + 0.3);
  });
});
