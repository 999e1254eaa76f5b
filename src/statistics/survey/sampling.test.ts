import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accepted,
  adjustDesign,
  allocate,
  burdenOf,
  coordinatedNumbers,
  drawPersons,
  drawsOf,
  drawUnits,
  inclusionProbabilities,
  joinSmallUnits,
  means,
  nonResponseCells,
  orderSample,
  pairedZones,
  poissonSample,
  propensityAdjustment,
  replicateDesign,
  responseRates,
  type SamplingFrame,
  serpentineOrder,
  systematicSample,
  totals,
  type UnitResponse,
} from "./index.js";

const sizesOf = (n: number, seed: number) => {
  const draws = drawsOf(seed, "sizes");
  return Array.from({ length: n }, () => 5 + Math.floor(draws.uniform() ** 3 * 200));
};
const frameOf = (n: number, seed = 1): SamplingFrame => ({
  names: Array.from({ length: n }, (_, u) => `u${u}`),
  sizes: sizesOf(n, seed),
  strata: Array.from({ length: n }, (_, u) => (u % 3 === 0 ? "north" : "south")),
  sortBy: [Array.from({ length: n }, (_, u) => u % 5), Array.from({ length: n }, (_, u) => (u * 37) % 101)],
});

describe("inclusion probabilities", () => {
  it("sum to the number drawn, are at most 1, and are in proportion below 1", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 1000, noNaN: true }), { minLength: 2, maxLength: 40 }),
        fc.nat(),
        (sizes, k) => {
          const n = 1 + (k % sizes.length);
          const p = inclusionProbabilities(sizes, n);
          expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(n, 8);
          expect(p.every((x) => x > 0 && x <= 1)).toBe(true);
          const free = sizes.map((s, u) => ({ s, p: p[u]! })).filter((x) => x.p < 1);
          for (const x of free) expect(x.p / x.s).toBeCloseTo(free[0]!.p / free[0]!.s, 8);
        },
      ),
    );
    expect([...inclusionProbabilities([0, 3, 3], 1)]).toEqual([0, 0.5, 0.5]);
    expect(() => inclusionProbabilities([0, 1], 2)).toThrow(RangeError);
  });
});

describe("a draw", () => {
  const frame = frameOf(120);
  const plan = {
    allocation: new Map([
      ["north", 10],
      ["south", 20],
    ]),
    method: "systematic",
    probabilities: "size",
  } as const;

  it("is a function of frame, plan and seed, has the numbers asked for, and two replacements that are nobody else's", () => {
    for (const method of ["systematic", "pareto", "sequential-poisson"] as const) {
      const draw = accepted(drawUnits(frame, { ...plan, method }, 5));
      expect(draw).toEqual(accepted(drawUnits(frame, { ...plan, method }, 5)));
      expect(draw.drawn.filter(({ stratum }) => stratum === "north").length).toBe(10);
      expect(draw.drawn.filter(({ stratum }) => stratum === "south").length).toBe(20);
      const everybody = draw.drawn.flatMap(({ unit, replacements }) => [unit, ...replacements]);
      expect(new Set(everybody).size).toBe(everybody.length);
      const short = draw.record.strata.reduce((sum, s) => sum + s.withoutReplacement, 0);
      expect(everybody.length).toBeGreaterThanOrEqual(30 * 3 - 2 * short);
      for (const { stratum, replacements } of draw.drawn)
        for (const u of replacements) expect(frame.strata![u]).toBe(stratum);
      expect(draw.drawn.map(({ unit }) => unit)).not.toEqual(
        accepted(drawUnits(frame, { ...plan, method }, 6)).drawn.map(({ unit }) => unit),
      );
    }
  });

  it("sorts units in serpentine order: neighbours never jump", () => {
    const keys: SamplingFrame = {
      names: ["a", "b", "c", "d", "e", "f"],
      sizes: [1, 1, 1, 1, 1, 1],
      sortBy: [
        [1, 1, 2, 2, 3, 3],
        [1, 2, 1, 2, 1, 2],
      ],
    };
    const order = serpentineOrder(keys, [5, 3, 0, 1, 4, 2], 1);
    expect(order.map((u) => keys.names[u])).toEqual(["a", "b", "d", "c", "e", "f"]);
  });

  // Recovery: the share of 4,000 seeds in which each unit is drawn; five standard errors, and for Pareto its known bias of about 1 %.
  it("includes every unit with its probability", () => {
    const sizes = sizesOf(24, 3);
    const p = inclusionProbabilities(sizes, 8);
    const units = sizes.map((_, u) => u);
    const seeds = 4000;
    const counts = { systematic: new Float64Array(24), pareto: new Float64Array(24), poisson: new Float64Array(24) };
    for (let s = 0; s < seeds; s++) {
      const numbers = coordinatedNumbers(units.map(String), p, s, { start: 0.3, rotation: 0.2 });
      for (const u of systematicSample(p, units, drawsOf(s, "start").uniform())) counts.systematic[u]! += 1;
      for (const u of orderSample(p, units, numbers, "pareto")) counts.pareto[u]! += 1;
      for (const u of poissonSample(p, units, numbers)) counts.poisson[u]! += 1;
    }
    for (const [method, count] of Object.entries(counts))
      for (const u of units) {
        const error = Math.sqrt((p[u]! * (1 - p[u]!)) / seeds);
        expect(Math.abs(count[u]! / seeds - p[u]!), `${method} ${u}`).toBeLessThan(
          5 * error + (method === "pareto" ? 0.012 : 1e-9),
        );
      }
  });

  // Recovery: Horvitz and Thompson's total over 300 draws of both stages, within four standard errors of those draws.
  it("with its persons estimates a total without bias", () => {
    const value = (u: number, i: number) => (u % 7) + (i % 4);
    let truth = 0;
    frame.names.forEach((_, u) => {
      for (let i = 0; i < frame.sizes[u]!; i++) truth += value(u, i);
    });
    const found: number[] = [];
    for (let seed = 0; seed < 300; seed++) {
      let total = 0;
      for (const { unit, probability } of accepted(drawUnits(frame, plan, seed)).drawn) {
        const { positions, probability: within } = drawPersons(
          frame.sizes[unit]!,
          10,
          "systematic",
          frame.names[unit]!,
          seed,
        );
        expect(positions.length).toBe(Math.min(10, frame.sizes[unit]!));
        for (const i of positions) total += value(unit, i) / (probability * within);
      }
      found.push(total);
    }
    const mean = found.reduce((a, b) => a + b, 0) / 300;
    const error = Math.sqrt(found.reduce((sum, t) => sum + (t - mean) ** 2, 0) / 299 / 300);
    expect(Math.abs(mean - truth)).toBeLessThan(4 * error);
  });

  it("takes tiny units together, whole, and no unit twice", () => {
    const { frame: joined, members } = joinSmallUnits(frame, 20, 1);
    expect(members.flat().sort((a, b) => a - b)).toEqual(frame.names.map((_, u) => u));
    const small = joined.names.filter((_, p) => joined.sizes[p]! < 20);
    expect(small.length).toBe(0);
    members.forEach((group, p) => {
      expect(new Set(group.map((u) => frame.strata![u])).size).toBe(1);
      expect(joined.sizes[p]).toBe(group.reduce((sum, u) => sum + frame.sizes[u]!, 0));
    });
  });

  it("refuses a frame or an allocation that can't be, by name", () => {
    const out = (f: SamplingFrame, p = plan) => {
      const outcome = drawUnits(f, p, 1);
      return outcome.ok ? [] : outcome.error.map(({ code, place }) => [code, place]);
    };
    expect(out({ ...frame, names: frame.names.map((name, u) => (u === 7 ? "u6" : name)) })).toEqual([
      ["survey-frame-invalid", "unit u6"],
    ]);
    expect(out({ ...frame, sizes: frame.names.map((_, u) => (u === 3 ? -1 : 5)) })).toEqual([
      ["survey-frame-invalid", "unit u3"],
    ]);
    expect(out(frame, { ...plan, allocation: new Map([["north", 41]]) })).toEqual([
      ["survey-allocation-impossible", "stratum north"],
      ["survey-allocation-impossible", "stratum south"],
    ]);
  });
});

describe("coordinated draws", () => {
  const n = 2000;
  const units = Array.from({ length: n }, (_, u) => u);
  const names = units.map((u) => `u${u}`);
  const p = inclusionProbabilities(sizesOf(n, 9), 200);
  const draw = (seed: number, start: number, rotation = 0) =>
    orderSample(p, units, coordinatedNumbers(names, p, seed, { start, rotation }), "pareto");
  const shared = (a: number[], b: number[]) => a.filter((u) => new Set(b).has(u)).length;

  it("share nobody when they start apart, about Σp² by chance, and as many as are kept when rotated", () => {
    const first = draw(1, 0);
    const chance = p.reduce((sum, x) => sum + x * x, 0);
    const second = draw(1, 0.5);
    expect(shared(first, second)).toBeLessThan(0.15 * chance);
    expect(Math.abs(shared(first, draw(2, 0)) - chance)).toBeLessThan(4 * Math.sqrt(chance));
    expect(draw(1, 0)).toEqual(first);
    const kept = shared(first, draw(1, 0, 0.5)) / 200;
    expect(Math.abs(kept - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 200) + 0.03);
    const apart = burdenOf(
      n,
      [0, 1, 2, 3].map((k) => draw(1, k / 4)),
    );
    const alone = burdenOf(
      n,
      [0, 1, 2, 3].map((k) => draw(10 + k, 0)),
    );
    const often = ({ units: counts }: { units: readonly number[] }) => counts.slice(2).reduce((a, b) => a + b, 0);
    expect(often(apart)).toBeLessThan(0.5 * often(alone));
    // Who has less than a quarter's chance is in one draw at most, but for the few at the edge of Pareto's cut.
    expect(apart.draws.filter((d, u) => d > 1 && p[u]! < 0.22).length).toBeLessThanOrEqual(2);
  });
});

describe("an allocation", () => {
  const strata = [
    { name: "a", units: 50, size: 5000, sd: 10, subgroup: 0.1 },
    { name: "b", units: 80, size: 4000, sd: 20, subgroup: 0.3 },
    { name: "c", units: 5, size: 1000, sd: 40, subgroup: 0.6 },
  ];
  const of = (rule: Parameters<typeof allocate>[1]["rule"], more = {}) =>
    accepted(allocate(strata, { total: 40, rule, ...more })).units;

  // Closed form: 40 shared by size 5 : 4 : 1; by size × sd 5 : 8 : 4 = 11.8, 18.8, 9.4, the last held at its 5 units; by √size.
  it("follows its rule within the strata's bounds", () => {
    expect(of({ kind: "proportional" })).toEqual([20, 16, 4]);
    expect(of({ kind: "neyman" })).toEqual([13, 22, 5]);
    expect(of({ kind: "equal" })).toEqual([18, 17, 5]);
    expect(of({ kind: "power", power: 0.5 })).toEqual([18, 17, 5]);
    expect(of({ kind: "proportional" }, { minimum: 5 })).toEqual([19, 16, 5]);
  });

  it("raises strata rich in the subgroup just as far as is needed", () => {
    const plain = accepted(
      allocate(strata, { total: 40, rule: { kind: "proportional" }, subgroup: { persons: 0, personsPerUnit: 10 } }),
    );
    expect(plain).toEqual({ units: [20, 16, 4], tilt: 0, subgroup: 20 + 48 + 24 });
    const raised = accepted(
      allocate(strata, { total: 40, rule: { kind: "proportional" }, subgroup: { persons: 110, personsPerUnit: 10 } }),
    );
    expect(raised.subgroup).toBeGreaterThanOrEqual(110);
    expect(raised.subgroup).toBeLessThan(114);
    expect(raised.units.reduce((a, b) => a + b, 0)).toBe(40);
    expect(
      allocate(strata, { total: 40, rule: { kind: "equal" }, subgroup: { persons: 500, personsPerUnit: 10 } }).ok,
    ).toBe(false);
    expect(allocate(strata, { total: 400, rule: { kind: "equal" } })).toMatchObject({
      ok: false,
      error: [{ code: "survey-allocation-impossible" }],
    });
  });

  it("always sums to the total within bounds", () => {
    const any = fc.array(
      fc.record({ units: fc.integer({ min: 0, max: 60 }), size: fc.integer({ min: 0, max: 900 }) }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(any, fc.nat(200), (some, total) => {
        const named = some.map((s, h) => ({ name: String(h), ...s }));
        const outcome = allocate(named, { total, rule: { kind: "proportional" } });
        if (!outcome.ok) return;
        expect(outcome.value.units.reduce((a, b) => a + b, 0)).toBe(total);
        outcome.value.units.forEach((n, h) => {
          expect(n).toBeLessThanOrEqual(named[h]!.size > 0 ? named[h]!.units : 0);
        });
      }),
    );
  });
});

describe("response", () => {
  // Closed form: four units of 100 persons with weight 10; one original out, a replacement in, one lost.
  const unit = (outcome: UnitResponse["outcome"], responding = 18): UnitResponse => ({
    outcome,
    weight: 10,
    size: 100,
    personsDrawn: 20,
    personsResponding: responding,
    personWeight: 50,
  });

  it("rates count replacements afterwards only, and persons of units that took part", () => {
    const units = [
      unit("original"),
      unit("original", 16),
      unit("first-replacement", 20),
      unit("none", 0),
      unit("out", 0),
    ];
    for (const weighted of [true, false]) {
      const rates = responseRates(units, weighted);
      expect(rates).toEqual({
        unitsBefore: 0.5,
        unitsAfter: 0.75,
        persons: 0.9,
        overallBefore: 0.45,
        overallAfter: 0.675,
      });
    }
    const large = { ...unit("none", 0), weight: 30 };
    expect(responseRates([unit("original"), large], true).unitsBefore).toBe(0.25);
    expect(responseRates([], true).persons).toBeNull();
  });

  // 400 persons in 40 clusters; response depends on x, and so does the outcome.
  const n = 400;
  const draws = drawsOf(4, "response");
  const x = Float64Array.from({ length: n }, () => draws.normal());
  const responded = Uint8Array.from(x, (v) => (draws.uniform() < 1 / (1 + Math.exp(-0.8 - v)) ? 1 : 0));
  const y = x.map((v) => 50 + 8 * v + draws.normal());
  const weights = Float64Array.from({ length: n }, (_, i) => 1 + (i % 3));
  const clusters = Array.from({ length: n }, (_, i) => Math.floor(i / 10));
  const zones = [...pairedZones(Array.from({ length: 40 }, () => 0))];
  const design = accepted(
    replicateDesign({ weights, method: "JK2", strata: clusters.map((c) => zones[c]!), clusters }),
  );
  const cells = Array.from(x, (v) => Math.floor(Math.max(-2, Math.min(2, v)) * 2));

  it("adjusted in cells keeps the total, cell by cell, in every replicate, and takes the bias away", () => {
    const adjustment = nonResponseCells({ weights, responded, cells, most: 3 });
    expect(adjustment.cells.every(({ factor, responding }) => factor <= 3 && responding >= 5)).toBe(true);
    expect(adjustment.cautions.join()).toContain("are joined");
    const adjusted = accepted(adjustDesign(design, (w) => adjustment.adjust(w)));
    const one = new Float64Array(n).fill(1);
    const [before, after] = [design, adjusted].map((d) => totals(one, d).estimate("all"));
    expect(after!.value).toBeCloseTo(before!.value, 8);
    expect(after!.standardError).toBeCloseTo(before!.standardError, 8);
    const truth = means(y, design).estimate("all").value;
    const naive = means(y, { ...design, weights: weights.map((w, i) => w * responded[i]!) }).estimate("all").value;
    const better = means(y, adjusted).estimate("all").value;
    expect(Math.abs(better - truth)).toBeLessThan(0.3 * Math.abs(naive - truth));
    const byPropensity = accepted(adjustDesign(design, propensityAdjustment(responded, [x], 0.01)));
    expect(Math.abs(means(y, byPropensity).estimate("all").value - truth)).toBeLessThan(0.3 * Math.abs(naive - truth));
  });

  it("adjusted in cells that rest on two units leaves no replicate without respondents", () => {
    const alone = cells.map((cell, i) => (clusters[i] === 3 ? 99 : cell));
    const lone = Uint8Array.from(responded, (r, i) => (clusters[i] === 3 ? (i % 2 === 0 ? 1 : 0) : r));
    const risky = nonResponseCells({ weights, responded: lone, cells: alone, most: 4 });
    expect(risky.cells.some(({ cells: names }) => names.includes("99") && names.length === 1)).toBe(true);
    const safe = nonResponseCells({ weights, responded: lone, cells: alone, most: 4, clusters });
    expect(safe.cells.some(({ cells: names }) => names.includes("99") && names.length > 1)).toBe(true);
    expect(adjustDesign(design, (w) => safe.adjust(w)).ok).toBe(true);
  });

  it("can't be adjusted where nobody responded or respondents are told apart perfectly, and says so", () => {
    const nobody = nonResponseCells({ weights, responded: new Uint8Array(n), cells });
    expect(nobody.adjust(weights)).toMatchObject({ ok: false, error: [{ code: "survey-cell-empty" }] });
    const perfect = Uint8Array.from(x, (v) => (v > 0 ? 1 : 0));
    expect(propensityAdjustment(perfect, [x])(weights)).toMatchObject({
      ok: false,
      error: [{ place: "response propensity" }],
    });
  });
});
