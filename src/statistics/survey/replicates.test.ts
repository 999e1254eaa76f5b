import { describe, expect, it } from "vitest";
import { normal } from "../made-up-numbers.js";
import {
  accepted,
  givenReplicates,
  means,
  pairedZones,
  type ReplicateOptions,
  replicateDesign,
  totals,
} from "./index.js";

const numbers = (n: number, f: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => f(i));
const refusals = (options: ReplicateOptions) => {
  const outcome = replicateDesign(options);
  return outcome.ok ? [] : outcome.error;
};

describe("replicate weights", () => {
  const y = numbers(24, (i) => 10 + 3 * normal(i) + (i % 5));
  const weights = numbers(24, (i) => 1 + (i % 3));
  const strata = numbers(24, (i) => Math.floor(i / 8));
  const clusters = numbers(24, (i) => Math.floor(i / 4) % 2);

  // Evidence class: closed form. For a total, every method gives Σ_h n/(n − 1)·Σ(z − z̄)² over clusters' totals z.
  it("give a total's textbook variance: all jackknives and balanced halves exactly, the bootstrap on average", () => {
    let expected = 0;
    for (let h = 0; h < 3; h++) {
      const z = [0, 1].map((c) =>
        y.reduce((sum, v, i) => sum + (strata[i] === h && clusters[i] === c ? weights[i]! * v : 0), 0),
      );
      expected += (z[0]! - z[1]!) ** 2;
    }
    const error = (options: Pick<ReplicateOptions, "method"> & Partial<ReplicateOptions>) =>
      totals(y, accepted(replicateDesign({ weights, strata, clusters, ...options }))).estimate("all").standardError **
      2;
    for (const method of ["JK2", "JKn", "BRR"] as const) expect(error({ method })).toBeCloseTo(expected, 6);
    expect(error({ method: "Fay", fay: 0.3 })).toBeCloseTo(expected, 6);
    expect(error({ method: "JK2", bothSides: true })).toBeCloseTo(expected, 6);
    const finitePopulation = numbers(24, () => 8);
    for (const method of ["JK2", "JKn", "BRR"] as const)
      expect(error({ method, finitePopulation })).toBeCloseTo(0.75 * expected, 6);
    const drawn = error({ method: "bootstrap", count: 4000, seed: 7 });
    // The variance of a variance over 4,000 draws of a sum of three ±1's: kurtosis below 3, so an error of at most √(2 ÷ 4000) = 2.2 %.
    expect(Math.abs(drawn / expected - 1)).toBeLessThan(0.08);
    const corrected = error({ method: "bootstrap", count: 4000, seed: 7, finitePopulation });
    expect(corrected).toBeCloseTo(0.75 * drawn, 6);
  });

  it("of a zone of three units give the total of three its variance on average over which one is which", () => {
    const zones = pairedZones([1, 1, 1, 1, 1]);
    expect([...zones]).toEqual([0, 0, 1, 1, 1]);
    const value = Float64Array.from([3, 8, 1, 6, 4]);
    let sum = 0;
    const orders = [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ];
    for (const order of orders) {
      const column = Float64Array.from([3, 8, ...order.map((k) => value[2 + k]!)]);
      const ones = numbers(5, () => 1);
      const design = accepted(replicateDesign({ weights: ones, method: "JK2", zones, clusters: [0, 1, 0, 1, 2] }));
      expect(design.replicates.count).toBe(3);
      expect(design.degreesOfFreedom).toBe(3);
      sum += totals(column, design).estimate("all").parts.sampling / orders.length;
    }
    const [a, b, c] = [1, 6, 4];
    const mean = (a + b + c) / 3;
    expect(sum).toBeCloseTo((3 - 8) ** 2 + 1.5 * ((a - mean) ** 2 + (b - mean) ** 2 + (c - mean) ** 2), 9);
  });

  it("split a unit taken with certainty among its persons", () => {
    const certainty = numbers(24, (i) => (i < 4 ? 1 : 0));
    const lonely = refusals({ weights, strata, clusters, certainty, method: "JKn" });
    expect(lonely.map(({ code, place }) => [code, place])).toEqual([["survey-lonely-unit", "stratum 0"]]);
    const design = accepted(
      replicateDesign({ weights, strata, clusters, certainty, method: "JKn", lonely: "neighbour", certaintyParts: 4 }),
    );
    // Four parts of the certain unit, the other unit of its stratum joined with two: 4 + 3 + 2 replicates.
    expect(design.replicates.count).toBe(9);
    expect(design.cautions.join()).toContain("stratum 0");
    const { value } = totals(y, design).estimate("all");
    expect(value).toBeCloseTo(
      y.reduce((sum, v, i) => sum + v * weights[i]!, 0),
      9,
    );
  });

  it("are refused by name: a stratum with one unit, three units for halves, lengths, weights, options", () => {
    const alone = numbers(24, (i) => (i < 20 ? strata[i]! : 9));
    expect(refusals({ weights, strata: alone, clusters, method: "JKn" })).toMatchObject([
      { code: "survey-lonely-unit", place: "stratum 2" },
      { code: "survey-lonely-unit", place: "stratum 9" },
    ]);
    const three = numbers(24, (i) => i % 3);
    // What IEA does with a lonely unit is JK2's: other methods want another choice, and only where there is one.
    expect(refusals({ weights, strata, clusters, method: "BRR", lonely: "as-coded" })).toEqual([]);
    expect(refusals({ weights, strata: alone, clusters, method: "BRR", lonely: "as-coded" })[0]!.code).toBe(
      "survey-lonely-unit",
    );
    expect(refusals({ weights, strata, clusters: three, method: "BRR" })[0]).toMatchObject({
      code: "survey-pairs-needed",
      place: "stratum 0",
    });
    expect(refusals({ weights, strata: [1], clusters, method: "JKn" })[0]!.code).toBe("survey-lengths-differ");
    expect(refusals({ weights: numbers(2, () => -1), method: "JK1" })[0]!.message).toContain("person 1");
    expect(refusals({ weights, strata, clusters, method: "Fay" })[0]!.code).toBe("survey-option-invalid");
    expect(refusals({ weights: numbers(1, () => 1), method: "JK1" })[0]!.code).toBe("survey-lonely-unit");
  });

  it("are refused where a label is missing, or the side to be doubled isn't there", () => {
    const unknown = strata.map((s, i) => (i === 9 ? Number.NaN : s));
    expect(refusals({ weights, strata: unknown, clusters, method: "JKn" })).toMatchObject([
      { code: "survey-label-missing", place: "person 10" },
    ]);
    const outcome = refusals({
      weights,
      zones: strata,
      replicate: clusters.map((c) => c + 1),
      doubled: 0,
      method: "JK2",
    });
    expect(outcome[0]).toMatchObject({ code: "survey-option-invalid", place: "zone 0" });
    expect(refusals({ weights, zones: strata, replicate: clusters, doubled: 0, method: "JK2" })).toEqual([]);
  });

  it("of both sides are two a zone, one the other way round, a lonely unit in and out, and the mean of either side's variances", () => {
    const zones = numbers(26, (i) => (i < 24 ? strata[i]! : 9));
    const replicate = numbers(26, (i) => (i < 24 ? clusters[i]! : 1));
    const more = {
      weights: numbers(26, (i) => weights[i % 24]!),
      zones,
      replicate,
      method: "JK2",
      lonely: "as-coded",
    } as const;
    const design = (options: Partial<ReplicateOptions>) => accepted(replicateDesign({ ...more, ...options }));
    const values = numbers(26, (i) => (y[i % 24]! > 11 ? 1 : 0));
    const variance = (options: Partial<ReplicateOptions>) =>
      means(values, design(options)).estimate("all").parts.sampling;
    const both = design({ bothSides: true }).replicates;
    expect(both.count).toBe(2 * design({}).replicates.count);
    expect(both.weights.map((column) => column[25]! / more.weights[25]!)).toEqual([1, 1, 1, 1, 1, 1, 2, 0]);
    const other = { replicate: replicate.map((side) => 1 - side) };
    expect(variance({ bothSides: true })).toBeCloseTo((variance({}) + variance(other)) / 2, 12);
    expect(refusals({ ...more, method: "BRR", bothSides: true })[0]!.code).toBe("survey-option-invalid");
  });

  it("that are given are checked: their number, their scale, empty columns", () => {
    const replicates = [0, 1, 2].map((r) => weights.map((w, i) => (i % 3 === r ? 0 : 1.5 * w)));
    const given = (more: object) => {
      const outcome = givenReplicates({ weights, replicates, method: "JK1", ...more });
      return outcome.ok ? outcome.value : outcome.error.map(({ code, place }) => [code, place]);
    };
    expect(given({})).toMatchObject({ replicates: { count: 3, scale: 2 / 3 }, degreesOfFreedom: 2 });
    const halves = replicates.map((one) => one.map((w, i) => (w + weights[i]!) / 2));
    expect(given({ method: "BRR" })).toMatchObject({ cautions: [] });
    expect(given({ method: "Fay", fay: 0.5, replicates: halves })).toMatchObject({ cautions: [] });
    expect(given({ method: "BRR", replicates: halves })).toMatchObject({
      cautions: [expect.stringContaining("at least 0.50")],
    });
    expect(given({ expected: 80 })).toEqual([["survey-replicates-differ", "replicate weights"]]);
    expect(given({ method: "JKn" })).toEqual([["survey-scale-needed", "replicate weights"]]);
    expect(given({ replicates: [...replicates, numbers(24, () => Number.NaN)] })).toEqual([
      ["survey-replicate-invalid", "replicate 4"],
    ]);
    expect(given({ method: "JK2", replicates: [...replicates, weights] })).toMatchObject({
      degreesOfFreedom: 3,
      cautions: ["replicates 4 are the weights themselves"],
    });
  });
});
