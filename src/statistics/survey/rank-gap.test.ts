import { describe, expect, it } from "vitest";
import {
  accepted,
  drawsOf,
  groupedRankGap,
  inMonths,
  linearisedVariance,
  meanRanks,
  rankGap,
  replicateDesign,
  standardisedGap,
} from "./index.js";

const n = 400;
const draws = drawsOf(8, "ranks");
const low = Uint8Array.from({ length: n }, (_, i) => (i % 4 === 0 ? 1 : 0));
const score = Float64Array.from(low, (is) => Math.round(10 * draws.normal() - 6 * is));
const weights = Float64Array.from({ length: n }, (_, i) => 1 + (i % 2));
const design = accepted(
  replicateDesign({ weights, method: "JK1", clusters: Array.from({ length: n }, (_, i) => i % 39) }),
);
const groups = { names: ["others", "disadvantaged"], of: low };
const gap = rankGap(score, design, groups, { lower: "disadvantaged", others: "others" }).estimate!;

describe("the gap in ranks", () => {
  it("is ten times the chance to be above less the chance to be below, counted over all pairs", () => {
    let [above, pairs] = [0, 0];
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        if (low[i] === 0 && low[j] === 1) {
          above += weights[i]! * weights[j]! * Math.sign(score[i]! - score[j]!);
          pairs += weights[i]! * weights[j]!;
        }
    expect(gap.value).toBeCloseTo((10 * above) / pairs, 10);
  });

  it("is 10 when all of one are above, 0 when both are alike, and sees only the order", () => {
    const apart = rankGap(
      Float64Array.from(low, (is) => 1 - is),
      design,
      groups,
      { lower: "disadvantaged", others: "others" },
    );
    expect(apart.estimate!.value).toBeCloseTo(10, 12);
    const same = rankGap(new Float64Array(n).fill(5), design, groups, { lower: "disadvantaged", others: "others" });
    expect(same.estimate!.value).toBeCloseTo(0, 12);
    const bent = rankGap(
      score.map((v) => Math.exp(v / 20)),
      design,
      groups,
      { lower: "disadvantaged", others: "others" },
    );
    expect(bent.estimate!.value).toBeCloseTo(gap.value, 10);
    const ranks = meanRanks(score, design, groups);
    const share = ranks.combine([300 / 400, 0]).estimate!;
    expect(share.value).toBeGreaterThan(0);
    const total = groups.names.map((name) => ranks.estimate(name)).reduce((sum, e) => sum + e.value * e.weighted, 0);
    expect(total / weights.reduce((a, b) => a + b, 0)).toBeCloseTo(0.5, 10);
  });

  // Closed form: the U statistic's influence values give Taylor's variance, which the jackknife meets to O(1/n).
  it("has the standard error of a U statistic", () => {
    const sumOf = (group: number) => weights.reduce((sum, w, i) => sum + (low[i] === group ? w : 0), 0);
    const influence = score.map((v, i) => {
      let net = 0;
      for (let j = 0; j < n; j++) if (low[j] !== low[i]) net += weights[j]! * Math.sign(v - score[j]!);
      const sign = low[i] === 0 ? 1 : -1;
      return (10 * ((sign * net) / sumOf(1 - low[i]!) - gap.value / 10)) / sumOf(low[i]!);
    });
    const clusters = Array.from({ length: n }, (_, i) => i % 39);
    const taylor = Math.sqrt(linearisedVariance(influence, { weights, stages: [{ clusters }] }));
    expect(Math.abs(gap.standardError / taylor - 1)).toBeLessThan(0.02);
  });

  it("from grouped counts is between bounds that hold the value of persons, and equal to it where the groups are the values", () => {
    const values = [...new Set(score)].sort((a, b) => a - b);
    const count = (of: (v: number) => boolean, group: number) =>
      score.reduce((sum, v, i) => sum + (low[i] === group && of(v) ? weights[i]! : 0), 0);
    const fine = groupedRankGap(
      values.map((value) => count((v) => v === value, 1)),
      values.map((value) => count((v) => v === value, 0)),
    );
    expect(fine.index).toBeCloseTo(gap.value, 9);
    const cuts = [-100, -10, 0, 10, 100];
    const band = (k: number) => (v: number) => v >= cuts[k]! && v < cuts[k + 1]!;
    const coarse = groupedRankGap(
      [0, 1, 2, 3].map((k) => count(band(k), 1)),
      [0, 1, 2, 3].map((k) => count(band(k), 0)),
    );
    expect(coarse.low).toBeLessThan(gap.value);
    expect(coarse.high).toBeGreaterThan(gap.value);
    expect(coarse.high - coarse.low).toBeCloseTo(20 * coarse.level, 10);
    expect(() => groupedRankGap([1, 2], [1])).toThrow(RangeError);
    expect(() => groupedRankGap([0, 0], [1, 1])).toThrow(RangeError);
  });

  // Closed form: one category each is level; (1, 0) against (0, 1) is wholly apart. By hand: (3, 1) against (1, 3): 9/16 − 1/16.
  it("has the closed forms of small tables", () => {
    expect(groupedRankGap([5], [9])).toMatchObject({ index: 0, low: -10, high: 10 });
    expect(groupedRankGap([1, 0], [0, 1])).toMatchObject({ index: 10, low: 10, high: 10 });
    const small = groupedRankGap([3, 1], [1, 3]);
    expect(small.index).toBeCloseTo(5, 12);
    expect(small.level).toBeCloseTo(6 / 16, 12);
    // Var of net standing: others at ±: ¾ and −¼ … net (−¼, ¾): mean ½, so 3/16 in each group of four.
    expect(small.standardError).toBeCloseTo(10 * Math.sqrt((3 / 16 / 4) * 2), 12);
  });

  it("becomes a standardised gap under equal normals, and months at a stated growth", () => {
    expect(standardisedGap(0)).toBe(0);
    expect(standardisedGap(10)).toBeNull();
    // Two normals one standard deviation apart: P(above) = Φ(1/√2) = 0.7602.
    expect(standardisedGap(10 * (2 * 0.7602499389065233 - 1))).toBeCloseTo(1, 10);
    const score500 = {
      ...gap,
      value: 20,
      standardError: 3,
      parts: { sampling: 8, measurement: 1, linking: 0, items: 0 },
    };
    const months = inMonths(score500, { perYear: 40 });
    expect(months.value).toBeCloseTo(6, 12);
    expect(months.standardError).toBeCloseTo(0.9, 12);
    const unsure = inMonths(score500, { perYear: 40, standardError: 4 });
    expect(unsure.standardError).toBeCloseTo(Math.sqrt(0.81 + 0.36), 12);
    expect(() => inMonths(gap, { perYear: 0 })).toThrow(RangeError);
  });
});
