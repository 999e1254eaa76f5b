import { describe, expect, it } from "vitest";
import {
  cheapestDesign,
  drawsOf,
  type PlannedDesign,
  type PlannedOutcome,
  type PlannedTrend,
  type PlanningProblem,
  planPrecision,
  shareOutcome,
} from "./index.js";

const trend: PlannedTrend = {
  overlap: 0,
  unitCorrelation: 0,
  linkingVariance: 0,
  linkingVarianceOfGap: 0,
  alpha: 0.05,
  power: 0.8,
};
const one = (units: number, m: number, subgroup = 0.25): PlannedDesign => ({
  strata: [{ name: "all", units: 20_000, persons: 600_000, subgroup }],
  unitsDrawn: [units],
  personsPerUnit: m,
  unitResponse: 1,
  personResponse: 1,
  subgroupSpread: "even",
});
const plain = { icc: 0.1, groupCorrelation: 0, inflation: 1 };

describe("a planned precision", () => {
  // Closed form, Kish: σ²(1 + (m − 1)ρ)·inflation ÷ (n·m).
  it("of a mean has the design effect of its clusters", () => {
    const outcome: PlannedOutcome = { ...plain, inflation: 1.15, sd: { all: 100, subgroup: 100, others: 100 } };
    const { all } = planPrecision(one(267, 20), outcome, trend);
    expect(all.standardError).toBeCloseTo(Math.sqrt((1.15 * 1e4 * (1 + 19 * 0.1)) / (267 * 20)), 10);
    expect(all.changeError).toBeCloseTo(all.standardError * Math.SQRT2, 10);
  });

  it("loses persons to non-response and small units", () => {
    const outcome = shareOutcome({ all: 0.7, subgroup: 0.5, others: 0.7 }, plain);
    const lossy = planPrecision({ ...one(300, 20), unitResponse: 0.9, personResponse: 0.8 }, outcome, trend);
    expect(lossy.units).toBeCloseTo(270, 9);
    expect(lossy.persons).toBeCloseTo(270 * 16, 9);
    const small = planPrecision(
      { ...one(300, 60), strata: [{ name: "all", units: 20_000, persons: 600_000, subgroup: 0.25 }] },
      outcome,
      trend,
    );
    expect(small.persons).toBeCloseTo(300 * 30, 9);
  });

  it("of a change is better with units in both cycles, and worse with a link", () => {
    const outcome: PlannedOutcome = { ...plain, sd: { all: 100, subgroup: 95, others: 95 } };
    const base = planPrecision(one(300, 20), outcome, trend);
    const panel = planPrecision(one(300, 20), outcome, { ...trend, overlap: 0.5, unitCorrelation: 0.8 });
    const linked = planPrecision(one(300, 20), outcome, { ...trend, linkingVariance: 4, linkingVarianceOfGap: 0.25 });
    const between = (0.1 * 1e4) / 300;
    expect(panel.all.changeError ** 2).toBeCloseTo(base.all.changeError ** 2 - 2 * 0.4 * between, 8);
    expect(linked.all.changeError ** 2).toBeCloseTo(base.all.changeError ** 2 + 4, 8);
    expect(linked.gap!.changeError ** 2).toBeCloseTo(base.gap!.changeError ** 2 + 0.25, 8);
  });

  it("has no gap without a subgroup, and refuses parameters outside their range", () => {
    const outcome: PlannedOutcome = { ...plain, sd: { all: 1, subgroup: 1, others: 1 } };
    expect(planPrecision(one(10, 5, 0), outcome, trend)).toMatchObject({ subgroup: null, gap: null });
    expect(() => planPrecision(one(10, 5), { ...outcome, icc: 2 }, trend)).toThrow(/icc 2/);
    expect(() => planPrecision({ ...one(10, 5), unitsDrawn: [] }, outcome, trend)).toThrow(RangeError);
  });

  // Recovery: 1,500 simulated samples of 60 units in two strata, one oversampled, whose subgroup shares vary and whose unit effects are common
  // to both groups to 0.7. The planned standard errors lie within 10 %: five errors of a standard deviation of 1,500 are 9 %.
  it("is what simulated samples have, for mean, subgroup and gap", () => {
    const strata = [
      { name: "poor", units: 5000, persons: 100_000, subgroup: 0.5, spread: 0.12 },
      { name: "rich", units: 5000, persons: 300_000, subgroup: 0.15, spread: 0.12 },
    ];
    const [drawn, m, icc, r] = [[24, 36], 12, 0.15, 0.7];
    const outcome: PlannedOutcome = {
      icc,
      groupCorrelation: r,
      inflation: 1,
      sd: { all: 10, subgroup: 10, others: 10 },
    };
    const planned = planPrecision(
      { strata, unitsDrawn: drawn, personsPerUnit: m, unitResponse: 1, personResponse: 1, subgroupSpread: 0.12 },
      outcome,
      trend,
    );
    const draws = drawsOf(11, "planning");
    const samples: number[][] = [];
    const share = (mean: number) => Math.min(1, Math.max(0, mean + 0.12 * draws.normal()));
    for (let s = 0; s < 1500; s++) {
      const sums = { all: [0, 0], sub: [0, 0], others: [0, 0] };
      strata.forEach(({ persons, subgroup }, h) => {
        for (let u = 0; u < drawn[h]!; u++) {
          const common = draws.normal();
          const effect = [0, 1].map(
            () => 10 * Math.sqrt(icc) * (Math.sqrt(r) * common + Math.sqrt(1 - r) * draws.normal()),
          );
          const p = share(subgroup);
          for (let i = 0; i < m; i++) {
            const inside = draws.uniform() < p;
            const y = effect[inside ? 1 : 0]! + 10 * Math.sqrt(1 - icc) * draws.normal();
            const w = persons / drawn[h]!;
            for (const sum of [sums.all, inside ? sums.sub : sums.others]) {
              sum[0]! += w * y;
              sum[1]! += w;
            }
          }
        }
      });
      const [all, sub, others] = [sums.all, sums.sub, sums.others].map(([a, b]) => a! / b!) as [number, number, number];
      samples.push([all, sub, others, sub - others]);
    }
    const figures = [planned.subgroup!, planned.others!, planned.gap!];
    figures.forEach(({ standardError }, k) => {
      const column = samples.map((sample) => sample[k + 1]!);
      const mean = column.reduce((a, b) => a + b, 0) / column.length;
      const sd = Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (column.length - 1));
      expect(Math.abs(standardError / sd - 1), ["subgroup", "others", "gap"][k]).toBeLessThan(0.1);
    });
  });
});

describe("the cheapest design", () => {
  const problem: PlanningProblem = {
    strata: [
      { name: "high", units: 4000, persons: 150_000, subgroup: 0.5 },
      { name: "middle", units: 8000, persons: 250_000, subgroup: 0.25 },
      { name: "low", units: 6000, persons: 200_000, subgroup: 0.08 },
    ],
    outcome: shareOutcome(
      { all: 0.65, subgroup: 0.5, others: 0.7 },
      { icc: 0.1, groupCorrelation: 0.8, inflation: 1.1 },
    ),
    trend: { ...trend, overlap: 0.5, unitCorrelation: 0.7 },
    requirements: [{ figure: "gap", measure: "smallestDetectable", most: 0.05 }],
    cost: { fixed: 0, perUnit: 500, perPerson: 25 },
    personsPerUnit: [5, 10, 15, 20, 25, 30],
    tilts: [0, 0.5, 1, 1.5],
    unitResponse: 0.9,
    personResponse: 0.9,
    subgroupSpread: 0.1,
  };

  it("meets the requirement, one unit fewer doesn't, and nothing tried is cheaper", () => {
    const outcome = cheapestDesign(problem);
    if (!outcome.ok) throw new Error(outcome.error[0]!.message);
    const { best, byPersonsPerUnit, byTilt } = outcome.value;
    expect(best.precision.gap!.smallestDetectable).toBeLessThanOrEqual(0.05);
    const total = best.unitsDrawn.reduce((a, b) => a + b, 0);
    const fewer = cheapestDesign({
      ...problem,
      mostUnits: total - 1,
      personsPerUnit: [best.personsPerUnit],
      tilts: [best.tilt],
    });
    expect(fewer.ok).toBe(false);
    for (const other of [...byPersonsPerUnit, ...byTilt]) expect(other.cost).toBeGreaterThanOrEqual(best.cost);
    // Oversampling strata rich in the subgroup buys something, and a free person in a unit would mean full units.
    expect(best.tilt).toBeGreaterThan(0);
    const free = cheapestDesign({ ...problem, cost: { fixed: 0, perUnit: 500, perPerson: 0 } });
    expect(free.ok && free.value.best.personsPerUnit).toBe(30);
  });

  it("is refused with what would be reached when the frame can't give it", () => {
    const outcome = cheapestDesign({ ...problem, mostUnits: 50 });
    expect(outcome).toMatchObject({ ok: false, error: [{ place: "gap smallestDetectable" }] });
    expect(outcome.ok ? "" : outcome.error[0]!.message).toMatch(/0\.\d+ is the least that 50 units give/);
  });
});
