import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { keyedDraws } from "../../random/index.js";
import { madeUpItems, madeUpResponses, valueIn } from "../made-up-responses.js";
import { latentRegression, principalComponents } from "./index.js";

const { normal } = keyedDraws(3, 8);
const persons = 400;
const names = ["a", "b", "a and b", "noise", "constant"];
const background = {
  names,
  design: Float64Array.from({ length: persons * 5 }, (_, at) => {
    const i = Math.floor(at / 5);
    const [a, b] = [normal(i, 0), normal(i, 1)];
    return [a, 100 * b, a + b, normal(i, 2) * 0.01, 7][at % 5]!;
  }),
};

describe("principal components of background", () => {
  it("of two columns are their sum and difference, with variances 1 ± r", () => {
    const two = {
      names: ["a", "s"],
      design: Float64Array.from(
        { length: persons * 2 },
        (_, at) => background.design[Math.floor(at / 2) * 5 + (at % 2) * 2]!,
      ),
    };
    const found = principalComponents(two, persons, { share: 1 });
    const moments = [0, 1].map((a) => {
      const values = Array.from({ length: persons }, (_, i) => two.design[i * 2 + a]!);
      const mean = values.reduce((x, y) => x + y, 0) / persons;
      return { mean, sd: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / persons) };
    });
    const z = (i: number, a: number) => (two.design[i * 2 + a]! - moments[a]!.mean) / moments[a]!.sd;
    const r = Array.from({ length: persons }, (_, i) => z(i, 0) * z(i, 1)).reduce((x, y) => x + y, 0) / persons;
    expect(found.variances[0]).toBeCloseTo(1 + r, 12);
    expect(found.variances[1]).toBeCloseTo(1 - r, 12);
    for (const i of [0, 17, 399]) {
      expect(found.design[i * 3 + 1]).toBeCloseTo((z(i, 0) + z(i, 1)) / Math.sqrt(2 * (1 + r)), 10);
      expect(Math.abs(found.design[i * 3 + 2]!)).toBeCloseTo(Math.abs(z(i, 0) - z(i, 1)) / Math.sqrt(2 * (1 - r)), 10);
    }
  });

  it("are uncorrelated, of variance one, as many as the share needs, and leave constants and what is explained out", () => {
    const weights = Float64Array.from({ length: persons }, (_, i) => 1 + (i % 4));
    const all = principalComponents(background, persons, { share: 1, weights });
    expect(all.names).toEqual(["constant", "component 1", "component 2", "component 3"]);
    expect(all.variances[3]).toBeLessThan(1e-10);
    expect(all.cautions[0]!.names).toEqual(["constant"]);
    const total = weights.reduce((a, b) => a + b, 0);
    for (let a = 0; a < 4; a++)
      for (let b = 0; b < 4; b++) {
        let sum = 0;
        for (let i = 0; i < persons; i++) sum += weights[i]! * all.design[i * 4 + a]! * all.design[i * 4 + b]!;
        expect(sum / total).toBeCloseTo(a === b ? 1 : 0, 9);
      }
    const some = principalComponents(background, persons, { share: 0.7, weights });
    expect(some.names.length).toBe(3);
    expect(some.kept).toBeGreaterThanOrEqual(0.7);
    const capped = principalComponents(background, persons, { share: 0.99, most: 1 });
    expect(capped.names.length).toBe(2);
    expect(capped.cautions.map(({ code }) => code)).toContain("components-capped");
  });

  it("carry a latent regression as well as the columns they came from, whatever the columns' units", () => {
    const items = madeUpItems(Array.from({ length: 10 }, (_, j) => ({ slope: 1, intercepts: [1 - 0.2 * j] })));
    const theta = Float64Array.from(
      { length: persons },
      (_, i) => 0.6 * normal(i, 0) - 0.3 * normal(i, 1) + 0.7 * normal(i, 5),
    );
    const responses = madeUpResponses(items, theta, 2);
    const direct = new Float64Array(persons * 4);
    for (let i = 0; i < persons; i++)
      direct.set([1, background.design[i * 5]!, background.design[i * 5 + 1]!, background.design[i * 5 + 3]!], i * 4);
    const components = principalComponents(background, persons, { share: 1 });
    const one = valueIn(latentRegression(responses, items, { design: direct, names: ["c", "a", "b", "n"] }));
    const other = valueIn(latentRegression(responses, items, components));
    expect(other.logLikelihood).toBeCloseTo(one.logLikelihood, 7);
    other.fitted.forEach((value, i) => {
      expect(value).toBeCloseTo(one.fitted[i]!, 6);
    });
  });

  // Other program: R's prcomp and eigen, by scripts/reference/components.R.
  it("are prcomp's, and weighted those of R's eigen: variances, loadings, values and how many have a share", () => {
    const { x, weights, plain, weighted } = JSON.parse(
      readFileSync(new URL("./components.reference.json", import.meta.url), "utf8"),
    ) as {
      readonly x: readonly (readonly number[])[];
      readonly weights: readonly number[];
      readonly plain: {
        readonly variances: readonly number[];
        readonly rotation: readonly (readonly number[])[];
        readonly cumulative: readonly number[];
      };
      readonly weighted: { readonly variances: readonly number[]; readonly scores: readonly (readonly number[])[] };
    };
    const given = { names: x[0]!.map((_, a) => `x${a}`), design: Float64Array.from(x.flat()) };
    const all = principalComponents(given, x.length, { share: 1, most: 7 });
    plain.variances.forEach((variance, k) => {
      expect(all.variances[k]).toBeCloseTo(variance, 10);
      // A loading here is the rotation over the root of the variance: components have variance 1.
      for (const [a, row] of plain.rotation.entries())
        expect(all.loadings[a * 7 + k]! * Math.sqrt(variance)).toBeCloseTo(row[k]!, 9);
      const share = plain.cumulative[k]!;
      if (k < 6) expect(principalComponents(given, x.length, { share, most: 7 }).names).toHaveLength(2 + k);
    });
    const own = principalComponents(given, x.length, { share: 1, most: 7, weights: Float64Array.from(weights) });
    weighted.variances.forEach((variance, k) => void expect(own.variances[k]).toBeCloseTo(variance, 10));
    [0, 16, 49].forEach((i, r) => {
      for (const k of [0, 1, 2]) expect(own.design[i * 8 + 1 + k]).toBeCloseTo(weighted.scores[r]![k]!, 8);
    });
  });
});
