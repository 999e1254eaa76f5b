import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../kernel/index.js";
import { assumptions } from "./assumptions.js";
import { distributionRow, figureRow, pooledQuantiles, tableRow } from "./comparison.js";
import { choleskyFactor, drawScores, valuesByRank } from "./copula.js";
import { interpolate, momentsOf, quantilesOf } from "./distribution.js";
import { bandOf, correlationOf, spreadOf, varianceBetween } from "./moments.js";
import { districts, inventedPlaces, placesOfRegion } from "./places.js";
import {
  bandEnds,
  knotOf,
  knotsOf,
  noneAtSeven,
  outcomeTable,
  priorRow,
  priorTable,
  probitOfTransition,
  tailedScore,
} from "./scales.js";
import { solved } from "./solved.js";
import { copulas, grid, trustTargets } from "./targets/index.js";
import { sizesFor } from "./trusts.js";

const words = { phase: "all", target: "t", unit: "u", use: "checked", tolerance: 0.1, source: "s" } as const;

describe("distributions", () => {
  it("interpolate between points and stay flat outside", () => {
    expect([-1, 0, 0.5, 2, 3, 9].map((x) => interpolate([0, 1, 3], [10, 20, 0], x))).toEqual([10, 10, 15, 10, 0, 0]);
  });

  it("have the moments of a straight line where they are one", () => {
    // Closed form: uniform on 0 to 12 has mean 6 and standard deviation √12.
    const { mean, deviation } = momentsOf(grid.map((p) => 12 * p));
    expect(mean).toBeCloseTo(6, 12);
    expect(deviation).toBeCloseTo(Math.sqrt(12), 12);
  });

  it("are kept exactly by values that are given by rank", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 50, maxLength: 200 }),
        (scores) => {
          const values = valuesByRank(
            scores,
            grid.map((p) => 100 * p),
          );
          expect([...values].sort((a, b) => a - b)).toEqual(
            scores.map((_, i) => (100 * (i + 0.5)) / scores.length).map((v) => expect.closeTo(v, 8)),
          );
          for (let i = 1; i < scores.length; i++)
            if (scores[i]! > scores[0]!) expect(values[i]).toBeGreaterThan(values[0]!);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("put together weigh as many schools as each has", () => {
    const flat = (from: number) => ({ quantiles: grid.map((p) => from + p), weight: 1 });
    const pooled = pooledQuantiles([flat(0), flat(10)]);
    // Closed form: half of the pool lies in 0–1 and half in 10–11.
    expect(pooled[grid.indexOf(0.25)]).toBeCloseTo(0.5, 2);
    expect(pooled[grid.indexOf(0.75)]).toBeCloseTo(10.5, 2);
  });
});

describe("Gaussian copulas", () => {
  it.each(["primary", "secondary"] as const)("of %s draw scores with the published covariances (recovery)", (phase) => {
    const factor = choleskyFactor(copulas[phase]);
    const random = seededRandom(3);
    const n = 20_000;
    const draws = Array.from({ length: n }, () => drawScores([0, 0, 0, 0, 0, 0], factor, random));
    for (let a = 0; a < 6; a++)
      for (let b = 0; b <= a; b++) {
        const covariance = draws.reduce((sum, row) => sum + row[a]! * row[b]!, 0) / n;
        expect(Math.abs(covariance - copulas[phase][a]![b]!)).toBeLessThan(0.04); // five standard errors, √2 ÷ √n each
      }
  });

  it("refuse what is no covariance", () => {
    expect(() =>
      choleskyFactor([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow(RangeError);
  });
});

describe("scales of attainment", () => {
  it.each(["primary", "secondary"] as const)("map prior attainment of %s upwards only, from end to end", (phase) => {
    const { score, place } = priorTable(phase, solved[phase]);
    for (let row = 1; row < score.length; row++) {
      expect(score[row]).toBeGreaterThanOrEqual(score[row - 1]!);
      expect(place[row]).toBeGreaterThanOrEqual(place[row - 1]!);
    }
    expect([score[0], score[score.length - 1]]).toEqual(
      phase === "primary" ? [knotsOf(phase)[0], knotsOf(phase)[22]] : [59, 120],
    );
    expect([priorRow(-99), priorRow(99), priorRow(0)]).toEqual([0, score.length - 1, (score.length - 1) / 2]);
    for (const [i, knot] of knotsOf(phase).entries()) expect(knotOf(phase, knot)).toBe(i);
  });

  it("leave key stage 2 scores from 100 to 110 alone and map the tails to the ends of the bands", () => {
    const { tail } = solved.subjects;
    for (const raw of [100, 104.3, 110]) expect(tailedScore(raw, tail)).toBe(raw);
    expect(tail.map((raw) => tailedScore(raw, tail))).toEqual(
      [79.75, 89.75, 95.75, 113.25, 116.75].map((v) => expect.closeTo(v, 9)),
    );
    expect([tailedScore(-50, tail), tailedScore(500, tail)]).toEqual([59, 120]);
    for (let raw = 40; raw < 130; raw += 0.1)
      expect(tailedScore(raw + 0.1, tail)).toBeGreaterThanOrEqual(tailedScore(raw, tail));
  });

  it("read the bands of a score by their ends", () => {
    expect([59, 79.5, 80, 99.5, 100, 109.5, 110, 117, 120].map(bandOf)).toEqual([0, 0, 1, 3, 4, 7, 8, 10, 10]);
    expect(bandEnds).toHaveLength(10);
  });

  it("have a twentieth of the pupils without attainment at seven, as published", () => {
    expect(noneAtSeven).toBeCloseTo(0.0491, 3); // published: transition matrices 2019
  });

  it("guess a mean and a spread that give back the two published shares", () => {
    for (const subject of ["reading", "maths"] as const) {
      const point = probitOfTransition(subject)[16]!;
      // Closed form: 1 − Φ((99.5 − m) ÷ s) and 1 − Φ((109.5 − m) ÷ s), at groups where both say something.
      const random = seededRandom(1);
      const draws = Array.from({ length: 40_000 }, () => point.mean + point.spread * random.normal());
      expect(draws.filter((d) => d >= 99.5).length / 40_000).toBeCloseTo(point.shares[0], 1.9);
      expect(draws.filter((d) => d >= 109.5).length / 40_000).toBeCloseTo(point.shares[1], 1.9);
    }
  });

  it("bend the spread of Attainment 8 to the published skewness (recovery)", () => {
    const table = outcomeTable("secondary", solved.secondary, 0);
    const random = seededRandom(2);
    const skewnessAt = (score: number) => {
      const b = table.bend[2 * (score - 59)]!;
      const e = Array.from({ length: 100_000 }, () => random.normal()).map(
        (x) => (x + b * (x * x - 1)) / Math.sqrt(1 + 2 * b * b),
      );
      const { mean, deviation } = spreadOf(e);
      expect(mean).toBeCloseTo(0, 1.5);
      expect(deviation).toBeCloseTo(1, 1.5);
      return e.reduce((sum, x) => sum + ((x - mean) / deviation) ** 3, 0) / e.length;
    };
    // Published: GCSE grades of pupils with 110–113 and of those with 80–89.5, at the bands' middles.
    expect(Math.abs(skewnessAt(111.5) - -0.404)).toBeLessThan(0.06);
    expect(Math.abs(skewnessAt(84.5) - 0.563)).toBeLessThan(0.06);
  });
});

describe("invented places", () => {
  it("are several thousand, no two regions sharing one", () => {
    const all = inventedPlaces();
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(6000);
    const shares = Array.from({ length: 9 }, (_, i) => placesOfRegion(i, 9, seededRandom(i)));
    expect(new Set(shares.flat()).size).toBe(all.length);
    expect(new Set(districts).size).toBe(districts.length);
  });
});

describe("trusts", () => {
  it("use up the academies, with the published mean size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (academies) => {
        const sizes = sizesFor(academies);
        expect(sizes.reduce((a, b) => a + b, 0)).toBe(academies);
        expect(sizes.every((size) => size >= 1)).toBe(true);
      }),
    );
    // Published: 1,302 trusts with 9,743 academies, register of groups, March 2024.
    expect(trustTargets.sizes.reduce((sum, [size, trusts]) => sum + size * trusts, 0)).toBe(9743);
    expect(sizesFor(9743)).toHaveLength(1302);
  });
});

describe("comparisons", () => {
  it("are nought between a distribution and itself and one between two that don't meet", () => {
    const values = Array.from({ length: 1001 }, (_, i) => i);
    const real = quantilesOf(values);
    expect(distributionRow(words, real, values).distance).toBeLessThan(0.001);
    expect(
      distributionRow(
        words,
        real,
        values.map((v) => v + 5000),
      ).distance,
    ).toBeCloseTo(0.99, 6);
    // Closed form: shifted by a tenth of its range, a uniform distribution is a tenth away.
    expect(
      distributionRow(
        words,
        real,
        values.map((v) => v + 100),
      ).distance,
    ).toBeCloseTo(0.1, 2);
  });

  it("don't take rounded figures for differences", () => {
    const values = Array.from({ length: 5000 }, (_, i) => Math.round(i / 1000));
    expect(distributionRow(words, quantilesOf(values), values).distance).toBe(0);
  });

  it("weigh tables and scale figures", () => {
    expect(tableRow(words, ["a", "b"], [1, 2], [2, 2], [1, 3]).distance).toBe(0.25);
    expect(figureRow(words, 10, 12, 4).distance).toBe(0.5);
  });

  it("find the variance between groups of which a sample was made (recovery)", () => {
    const random = seededRandom(4);
    const values: number[] = [];
    const groups: string[] = [];
    const regions: string[] = [];
    for (let g = 0; g < 400; g++) {
      const effect = 2 * random.normal() + (g % 2) * 50;
      for (let i = 0; i < 10; i++) {
        values.push(effect + random.normal());
        groups.push(`group ${g}`);
        regions.push(`region ${g % 2}`);
      }
    }
    expect(Math.abs(varianceBetween(values, regions, groups) - 4)).toBeLessThan(0.9); // three standard errors, 4 √(2 ÷ 400)
    expect(correlationOf([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
  });
});

describe("assumptions", () => {
  it("each have a label, a unit and a reason or a citation", () => {
    for (const { label, unit, source } of Object.values(assumptions)) {
      expect(label.length * unit.length).toBeGreaterThan(0);
      expect(
        (source.kind === "assumption" ? source.why : source.kind === "published" ? source.citation : "").length,
      ).toBeGreaterThan(15);
    }
  });
});
