import { describe, expect, it } from "vitest";
import { normalDensity, normalQuantile } from "../distributions/index.js";
import { normal } from "../made-up-numbers.js";
import {
  accepted,
  adjustForMultiplicity,
  barnardRubin,
  combineImputations,
  confidenceInterval,
  difference,
  drawsOf,
  means,
  percentiles,
  permanentOrder,
  proportionsAbove,
  ratios,
  regression,
  replicateDesign,
  sharedCovariance,
  standardDeviations,
  totals,
  trend,
} from "./index.js";

const numbers = (n: number, f: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => f(i));

describe("estimates", () => {
  const n = 200;
  const weights = numbers(n, (i) => 1 + ((i * 7) % 5));
  const design = accepted(
    replicateDesign({
      weights,
      method: "JK2",
      strata: numbers(n, (i) => Math.floor(i / 20)),
      clusters: numbers(n, (i) => Math.floor(i / 10)),
    }),
  );
  const x = numbers(n, (i) => normal(i + 1));
  const values = [0, 1, 2, 3].map((k) => numbers(n, (i) => 50 + 10 * x[i]! + 2 * normal(i + 1000 * (k + 1))));
  const groups = { names: ["a", "b", "nobody"], of: numbers(n, (i) => i % 2) };

  it("of shares sum to one, of levels to the share above the lowest cut, and of groups to the total", () => {
    const shares = proportionsAbove(values, [45, 55], design);
    const all = [0, 1, 2].map((k) => shares.estimate(`all: level ${k}`).value);
    expect(all.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(shares.estimate("all: ≥ 45").value).toBeCloseTo(all[1]! + all[2]!, 12);
    const byGroup = totals(values, design, groups);
    expect(byGroup.combine([1, 1, 0]).estimate!.value).toBeCloseTo(totals(values, design).estimate("all").value, 6);
  });

  it("of a group that nobody is in, or that stands in one unit alone, are left out with the reason", () => {
    const joint = means(values, design, groups);
    expect(joint.figures[2]).toEqual({ estimate: null, reason: "nobody with a value stands behind nobody" });
    expect(() => joint.estimate("nobody")).toThrow(/nobody with a value/);
    const one = { names: ["first"], of: numbers(n, (i) => (i < 10 ? 0 : -1)) };
    expect(means(values, design, one).figures[0]).toMatchObject({ estimate: null });
    expect(means(values, design, one).figures[0]!.reason).toContain("in one unit");
  });

  it("pair plausible values one by one and refuse unequal numbers", () => {
    expect(() => ratios(values, values.slice(0, 3), design)).toThrow(RangeError);
    const same = ratios(values, values, design).estimate("all");
    expect([same.value, same.standardError]).toEqual([1, 0]);
    expect(() =>
      means(
        numbers(3, () => 1),
        design,
      ),
    ).toThrow(/3 values for 200/);
  });

  it("leave out missing values and say how many persons are behind them", () => {
    const some = values[0]!.map((v, i) => (i < 40 ? Number.NaN : v));
    const { n: persons, weighted } = means(some, design).estimate("all");
    expect(persons).toBe(160);
    expect(weighted).toBe(weights.slice(40).reduce((a, b) => a + b, 0));
  });

  it("don't depend on the units of the values", () => {
    const other = values.map((column) => column.map((v) => 3 * v - 7));
    const [a, b] = [values, other].map((v) => standardDeviations(v, design).estimate("all"));
    expect(b!.value).toBeCloseTo(3 * a!.value, 9);
    expect(b!.standardError).toBeCloseTo(3 * a!.standardError, 9);
    const [c, d] = [values, other].map((v) => percentiles(v, [0.25, 0.9], design).estimate("all: P90"));
    expect(d!.value).toBeCloseTo(3 * c!.value - 7, 9);
    expect(d!.standardError).toBeCloseTo(3 * c!.standardError, 9);
  });

  // Closed form: a group found in two zones of ten, with equal shares, has two degrees of freedom; with unequal ones fewer.
  it("of a group in few units have the degrees of freedom of these units where that is asked for", () => {
    const few = { names: ["few"], of: numbers(n, (i) => (i < 40 ? 0 : -1)) };
    const [design10, own] = (["design", "satterthwaite"] as const).map((freedom) =>
      means(values[0]!, design, few, { freedom }).estimate("few"),
    );
    expect(design10!.standardError).toBe(own!.standardError);
    expect(own!.degreesOfFreedom).toBeLessThan(2);
    expect(own!.degreesOfFreedom).toBeGreaterThan(0.3);
    expect(design10!.degreesOfFreedom).toBeGreaterThan(8);
  });

  // Closed form: cumulated weights 1, 3, 4 of 4 at values 10, 20, 30.
  it("of percentiles read the weighted distribution as their definition says", () => {
    const small = accepted(replicateDesign({ weights: Float64Array.from([1, 2, 1]), method: "JK1" }));
    const column = Float64Array.from([10, 20, 30]);
    const read = (definition: "step" | "interpolated") =>
      percentiles(column, [0.1, 0.25, 0.5, 0.75, 0.9], small, undefined, { definition }).names.map((name) => {
        const joint = percentiles(column, [0.1, 0.25, 0.5, 0.75, 0.9], small, undefined, { definition });
        return joint.estimate(name).value;
      });
    expect(read("step")).toEqual([10, 10, 20, 20, 30]);
    const interpolated = read("interpolated");
    [10, 10, 15, 20, 26].forEach((expected, k) => {
      expect(interpolated[k]).toBeCloseTo(expected, 12);
    });
  });

  // Closed form: √(p (1 − p) ÷ n) ÷ φ. Four hundred values at a normal distribution's quantiles, paired at random: as many pairs fall on two sides of a
  // percentile as chance has it, which moves an error by a twelfth at P10.
  it("of percentiles have by the density the error of the share below it, in any unit, and none where nobody differs", () => {
    const values400 = permanentOrder(
      Array.from({ length: 400 }, (_, i) => String(i)),
      5,
    ).map((k) => normalQuantile((k + 0.5) / 400));
    const zones = numbers(400, (i) => Math.floor(i / 2));
    const pairs = accepted(replicateDesign({ weights: new Float64Array(400).fill(2), method: "JK2", zones }));
    const fractions = [0.1, 0.5, 0.9];
    const read = (column: Float64Array) => percentiles(column, fractions, pairs, undefined, { replicates: "density" });
    const column = Float64Array.from(values400);
    const [found, read10] = [read(column), read(column.map((v) => 10 * v + 3))];
    const [plain] = [percentiles(column, fractions, pairs)];
    for (const [k, p] of fractions.entries()) {
      const { value, standardError } = found.figures[k]!.estimate!;
      expect(value).toBe(plain!.figures[k]!.estimate!.value);
      const expected = Math.sqrt((p * (1 - p)) / 400) / normalDensity(normalQuantile(p));
      expect(Math.abs(standardError / expected - 1), `P${100 * p}`).toBeLessThan(0.15);
      expect(read10.figures[k]!.estimate!.standardError / standardError).toBeCloseTo(10, 8);
    }
    const same = read(new Float64Array(400).fill(7)).figures.map(({ estimate }) => estimate);
    expect(same.map((one) => [one?.value, one?.standardError])).toEqual(fractions.map(() => [7, 0]));
  });

  it("of a regression on a group are the group's mean and the gap; collinear predictors give none", () => {
    const b = numbers(n, (i) => i % 2);
    const fit = regression(values, [{ name: "b", values: b }], design);
    const gap = difference(means(values, design, groups), "a", "b").estimate!;
    expect(fit.estimate("b").value).toBeCloseTo(gap.value, 9);
    expect(fit.estimate("b").standardError).toBeCloseTo(gap.standardError, 9);
    const twice = regression(
      values,
      [
        { name: "b", values: b },
        { name: "c", values: b.map((v) => 2 * v) },
      ],
      design,
    );
    expect(twice.figures[1]).toMatchObject({ estimate: null });
  });
});

describe("imputations", () => {
  // Closed form: values 1, 2, 3 with variance 4: B = 1, T = 4 + 4/3, λ = 1/4, Rubin's ν = 2 ÷ λ² = 32.
  it("combine by Rubin's rules with Barnard and Rubin's degrees of freedom", () => {
    const imputed = { values: [1, 2, 3], samplingVariances: [4, 4, 4], degreesOfFreedom: 75, n: 9, weighted: 9 };
    const { value, standardError, missing, degreesOfFreedom, parts } = combineImputations(imputed);
    expect(value).toBe(2);
    expect(standardError).toBeCloseTo(Math.sqrt(4 + 4 / 3), 12);
    expect(missing).toBeCloseTo(0.25, 12);
    const observed = (76 / 78) * 75 * 0.75;
    expect(degreesOfFreedom).toBeCloseTo(1 / (1 / 32 + 1 / observed), 9);
    expect(parts).toEqual({ sampling: 4, measurement: 4 / 3, linking: 0, items: 0 });
    expect(barnardRubin(Number.POSITIVE_INFINITY, 75, 0)).toBeCloseTo((76 / 78) * 75, 12);
    expect(combineImputations({ ...imputed, samplingVariances: [1, 4, 7] }, "first").parts.sampling).toBe(1);
  });

  // Closed form: nests (1, 3), (5, 7): M = 2, N = 2, W = 2, B of 2 and 6 = 8; T = U + 1.5·8 + 0.5·2 = U + 13.
  it("that are nested have a part between the nests and one within", () => {
    const imputed = { values: [1, 3, 5, 7], samplingVariances: [1, 1, 1, 1], degreesOfFreedom: 50, n: 9, weighted: 9 };
    const background = combineImputations(imputed, "average", { within: 2, between: "background" });
    expect(background.parts.measurement).toBeCloseTo(13, 12);
    const items = combineImputations(imputed, "average", { within: 2, between: "items" });
    expect(items.standardError).toBeCloseTo(background.standardError, 12);
    expect(items.parts.items).toBeCloseTo(1.5 * (8 - 1), 12);
    expect(() => combineImputations(imputed, "average", { within: 3, between: "items" })).toThrow(RangeError);
  });
});

describe("a trend", () => {
  const estimate = (value: number, sampling: number) =>
    combineImputations({ values: [value], samplingVariances: [sampling], degreesOfFreedom: 60, n: 10, weighted: 10 });

  it("is the difference within each plausible value where both cycles' were drawn together", () => {
    // By hand: differences 8, 9, 7, 8, whose variance is 2 ÷ 3, times 1 + 1 ÷ 4.
    const [first, second] = [
      [499, 500, 501, 500],
      [507, 509, 508, 508],
    ];
    const of = (values: readonly number[]) =>
      combineImputations({ values, samplingVariances: values.map(() => 9), degreesOfFreedom: 30, n: 1, weighted: 1 });
    const options = { linkingVariance: 4, linkingFreedom: 9 };
    const paired = { first: first!, second: second!, degreesOfFreedom: [30, 30] as const };
    const change = trend(of(first!), of(second!), { ...options, paired });
    expect(change.value).toBe(8);
    expect(change.parts).toEqual({ sampling: 18, measurement: expect.closeTo(2.5 / 3, 12), items: 0, linking: 4 });
    const apart = trend(of(first!), of(second!), options);
    expect(apart.value).toBe(8);
    // Both cycles' own variances of values are 2 ÷ 3 too.
    expect(apart.parts.measurement).toBeCloseTo(5 / 3, 12);
    expect(() => trend(of(first!), of(second!), { ...options, paired: { ...paired, second: [1] } })).toThrow(
      RangeError,
    );
  });

  it("adds the variances and the link's, and takes off what the two cycles share", () => {
    const change = trend(estimate(500, 9), estimate(508, 16), { linkingVariance: 4, covariance: 2.5 });
    expect(change.value).toBe(8);
    expect(change.standardError).toBeCloseTo(Math.sqrt(9 + 16 - 5 + 4), 12);
    expect(change.z).toBeCloseTo(8 / Math.sqrt(24), 12);
    expect(change.distinguishable).toBe(false);
    expect(trend(estimate(500, 9), estimate(508, 9), { linkingVariance: 0, covariance: 6 }).distinguishable).toBe(true);
    expect(() => trend(estimate(1, 1), estimate(2, 1), { linkingVariance: 0, covariance: 2 })).toThrow(RangeError);
    const { low, high } = confidenceInterval(change);
    expect((low + high) / 2).toBeCloseTo(8, 12);
  });

  it("of the same clusters twice has the covariance that makes an unchanged figure certain", () => {
    const weights = numbers(40, () => 1);
    const design = accepted(
      replicateDesign({
        weights,
        method: "JKn",
        strata: numbers(40, (i) => i % 2),
        clusters: numbers(40, (i) => i % 8),
      }),
    );
    const column = numbers(40, (i) => normal(i));
    const [first, second] = [
      means(column, design),
      means(
        column.map((v) => v + 1),
        design,
      ),
    ];
    const covariance = sharedCovariance(first, second, [1]);
    const change = trend(first.estimate("all"), second.estimate("all"), { linkingVariance: 0, covariance });
    expect(change.value).toBeCloseTo(1, 12);
    expect(change.standardError).toBeLessThan(1e-6);
  });

  // Published: Holm's step-down on Wright's (Biometrics 1992) kind of example, worked by hand.
  it("among several is judged by Bonferroni or Holm", () => {
    expect(adjustForMultiplicity([0.01, 0.04, 0.03], "bonferroni")).toEqual([0.03, 0.12, 0.09]);
    expect(adjustForMultiplicity([0.01, 0.04, 0.03], "holm")).toEqual([0.03, 0.06, 0.06]);
    expect(adjustForMultiplicity([0.5], "bonferroni", 9)).toEqual([1]);
  });
});

describe("intervals", () => {
  // Evidence class: recovery. 300 samples of 20 strata with two clusters of 5; 95 % intervals, error of the share 1.3 %.
  it("of a mean hold the truth in 95 of 100 samples", () => {
    let held = 0;
    const samples = 300;
    const strata = numbers(200, (i) => Math.floor(i / 10));
    const clusters = numbers(200, (i) => Math.floor(i / 5));
    const weights = numbers(200, () => 1);
    const design = accepted(replicateDesign({ weights, strata, clusters, method: "JK2" }));
    for (let s = 0; s < samples; s++) {
      const draws = drawsOf(s, "recovery");
      const effects = numbers(40, () => draws.normal());
      const column = numbers(200, (i) => effects[clusters[i]!]! + 2 * draws.normal());
      const { low, high } = confidenceInterval(means(column, design).estimate("all"));
      if (low <= 0 && high >= 0) held++;
    }
    expect(Math.abs(held / samples - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / samples));
  });
});
