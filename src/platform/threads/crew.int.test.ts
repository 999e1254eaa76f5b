import { afterAll, describe, expect, it } from "vitest";
import { noise } from "../../statistics/made-up-numbers.js";
import { fitMixedModel, type MixedModelDesign, type RandomTerm } from "../../statistics/mixed-model/index.js";
import { startCrew } from "./crew.js";

const sharedFloats = (n: number, value: (i: number) => number) => {
  const out = new Float64Array(new SharedArrayBuffer(8 * n));
  for (let i = 0; i < n; i++) out[i] = value(i);
  return out;
};
const sharedPlaces = (values: readonly number[]) => {
  const out = new Int32Array(new SharedArrayBuffer(4 * values.length));
  out.set(values);
  return out;
};

/** Pupils of many schools and two cohorts, a tenth of them at two schools: enough for the series. */
function movers(rows: number, schools: number): MixedModelDesign {
  const [start, level, within, weight]: number[][] = [[0], [], [], []];
  for (let i = 0; i < rows; i++) {
    const school = Math.floor(((noise(i + 1) + 1) / 2) * schools);
    const parts = i % 10 === 0 ? [0.7, 0.3] : [1];
    parts.forEach((part, k) => {
      const at = (school + k * (1 + (i % 3))) % schools;
      level!.push(at);
      within!.push(2 * at + (i % 2));
      weight!.push(part);
    });
    start!.push(level!.length);
  }
  const x = sharedFloats(rows, (i) => noise(i + 50_000));
  const y = sharedFloats(rows, (i) => 0.5 * x[i]! + 0.4 * noise(level![start![i]!]! + 7) + noise(i + 900_000));
  const term = (group: string, count: number, levels: number[]): RandomTerm => ({
    group,
    levels: Array.from({ length: count }, (_, k) => String(k)),
    start: sharedPlaces(start!),
    level: sharedPlaces(levels),
    weight: sharedFloats(weight!.length, (e) => weight![e]!),
    coefficients: [{ name: "(Intercept)", values: null }],
  });
  return {
    rows,
    response: { name: "y", values: y },
    fixed: [
      { name: "(Intercept)", values: null },
      { name: "x", values: x },
    ],
    random: [term("school", schools, level!), term("school:cohort", 2 * schools, within!)],
  };
}

const crews = [1, 2, 3].map(startCrew);
afterAll(() => Promise.all(crews.map((crew) => crew.end())));

describe("a crew of threads", () => {
  it("runs every part once, and sees what the parts wrote", () => {
    const job = {
      name: "not known to the others",
      work: (input: Float64Array, part: number) => {
        input[part]! += 1;
      },
    };
    const answer = crews[0]!.float64(5);
    crews[0]!.run(job, answer, 5);
    expect([...answer]).toEqual([1, 1, 1, 1, 1]);
  });

  // Evidence class: invariance. The parts are the same whoever runs them, so not one bit may differ.
  it("doesn't change a single bit of a fit, however many work", () => {
    const design = movers(60_000, 700);
    const [alone, ...others] = crews.map((crew) => fitMixedModel(design, "REML", { crew }));
    expect(alone!.convergence.converged).toBe(true);
    for (const fit of others) {
      expect(fit.criterion).toBe(alone!.criterion);
      expect(fit.fixedEffects).toEqual(alone!.fixedEffects);
      expect(fit.varianceComponents).toEqual(alone!.varianceComponents);
      expect(fit.randomEffects).toEqual(alone!.randomEffects);
    }
  });

  it("works alone where the others can't see the rows", () => {
    const design = movers(60_000, 700);
    const copy = { ...design, response: { name: "y", values: Float64Array.from(design.response.values) } };
    expect(fitMixedModel(copy, "REML", { crew: crews[1]! }).criterion).toBe(fitMixedModel(design, "REML").criterion);
  });

  it("tells the caller what failed in a part", () => {
    const job = {
      name: "fails",
      work: (_: unknown, part: number) => {
        if (part === 1) throw new RangeError("part 1 fails");
      },
    };
    expect(() => crews[0]!.run(job, {}, 3)).toThrow("part 1 fails");
  });
});
