import { describe, expect, it } from "vitest";
import { keyedDraws } from "../../random/index.js";
import type { ItemParameters } from "../items.js";
import { transformItems } from "../linking/index.js";
import { madeUpItems, madeUpResponses, valueIn } from "../made-up-responses.js";
import { responsesFromMatrix } from "../responses.js";
import { classicalItems, curveFit, itemDrift, logisticDif, mantelHaenszel, residualFit, scoreFit } from "./index.js";

const items = madeUpItems([
  ...Array.from({ length: 9 }, (_, j) => ({ slope: 0.9 + 0.05 * j, intercepts: [1.4 - 0.35 * j] })),
  { slope: 0.8, intercepts: [0.7, -0.3] },
]);
const { normal } = keyedDraws(31, 5);
/** Two groups that differ by 0.5; in the second some items' intercepts are moved. */
function twoGroups(persons: number, seed: number, moved: Readonly<Record<number, number>> = {}) {
  const theta = Float64Array.from({ length: persons }, (_, i) => normal(i, seed) - 0.5 * (i % 2));
  const other: ItemParameters = {
    ...items,
    intercepts: items.intercepts.map((c, j) => c.map((value, k) => value + k * (moved[j] ?? 0))),
  };
  const group = Uint16Array.from(theta, (_, i) => i % 2);
  const columns = { group, groups: ["north", "south"] };
  const first = madeUpResponses(items, theta, seed, columns);
  const second = madeUpResponses(other, theta, seed, columns);
  const scores = first.scores.map((score, at) => (Math.floor(at / 10) % 2 === 0 ? score : second.scores[at]!));
  return { ...first, scores };
}
const pair = { reference: "north", focal: "south" };

describe("items without a model", () => {
  // Worked by hand: four persons, three items.
  it("have facilities and rest correlations that can be checked by hand", () => {
    const responses = valueIn(
      responsesFromMatrix(
        ["a", "b", "c"].map((name, j) => ({ name, maximum: j === 2 ? 2 : 1 })),
        Uint8Array.from([1, 1, 2, 1, 0, 1, 0, 1, 0, 0, 0, 1]),
        { weights: Float64Array.of(1, 1, 1, 1) },
      ),
    );
    const [a, , c] = classicalItems(responses);
    expect(a!.facility).toBe(0.5);
    expect(c!.facility).toBe(0.5);
    expect(c!.shares).toEqual([0.25, 0.5, 0.25]);
    // a: 1, 1, 0, 0 beside the rest 3, 1, 1, 1 of 3.
    expect(a!.restCorrelation).toBeCloseTo(1 / Math.sqrt(3), 12);
  });

  it("have no facility where nobody answered, and no correlation where everybody did alike", () => {
    const responses = valueIn(
      responsesFromMatrix(
        ["a", "b", "c"].map((name) => ({ name, maximum: 1 })),
        Uint8Array.from([1, 1, 255, 1, 0, 255, 1, 1, 255]),
      ),
    );
    const [a, , c] = classicalItems(responses);
    expect([a!.facility, a!.restCorrelation, c!.facility, c!.restCorrelation, c!.n]).toEqual([1, null, null, null, 0]);
  });
});

describe("fit of items", () => {
  const theta = Float64Array.from({ length: 4000 }, (_, i) => normal(i, 1));
  const responses = madeUpResponses(items, theta, 1);

  it("is near 1 at the true abilities, and its z near nought", () => {
    for (const fit of residualFit(responses, items, theta)) {
      expect(Math.abs(fit.infit! - 1)).toBeLessThan(0.06);
      expect(Math.abs(fit.infitZ!)).toBeLessThan(3.3);
      expect(Math.abs(fit.outfitZ!)).toBeLessThan(3.3);
    }
  });

  it("is worse by every measure where an item's slope is taken to be half of what it is", () => {
    const half = { ...items, slope: items.slope.map((a, j) => (j === 4 ? a * 0.5 : a)) };
    expect(residualFit(responses, half, theta)[4]!.infitZ!).toBeLessThan(-4);
    const group = [{ mean: 0, sd: 1 }];
    const rmsd = (parameters: ItemParameters) => curveFit(responses, parameters, group).map((fit) => fit.rmsd);
    const [right, wrong] = [rmsd(items), rmsd(half)];
    expect(Math.max(...right)).toBeLessThan(0.03);
    expect(wrong[4]!).toBeGreaterThan(0.06);
    const only = { ...items, names: items.names.slice(0, 9) };
    const dichotomous = madeUpResponses(
      {
        ...only,
        models: items.models.slice(0, 9),
        slope: items.slope.slice(0, 9),
        intercepts: items.intercepts.slice(0, 9),
        guessing: items.guessing.slice(0, 9),
      },
      theta,
      1,
    );
    const p = (parameters: ItemParameters) =>
      scoreFit(dichotomous, parameters, group[0]!, () => 0).map((fit) => fit!.p);
    expect(Math.min(...p(items))).toBeGreaterThan(0.001);
    expect(p(half)[4]!).toBeLessThan(1e-6);
  });

  it("by group sees the item that one group finds easier, and which way", () => {
    const two = twoGroups(6000, 3, { 6: 0.8 });
    const fits = curveFit(two, items, [
      { mean: 0, sd: 1 },
      { mean: -0.5, sd: 1 },
    ]);
    const of = (item: string, group: string) => fits.find((fit) => fit.item === item && fit.group === group)!;
    expect(of("item-7", "south").rmsd).toBeGreaterThan(0.08);
    expect(of("item-7", "south").bias).toBeGreaterThan(0.05);
    expect(of("item-7", "north").rmsd).toBeLessThan(0.04);
    expect(of("item-2", "south").rmsd).toBeLessThan(0.04);
  });
});

describe("differential functioning", () => {
  it("isn't found where groups differ in ability only", () => {
    const same = twoGroups(6000, 8);
    for (const item of mantelHaenszel(same, pair)) expect(item.class).toBe("A");
    for (const item of logisticDif(same, pair)) if (item) expect(item.class).toBe("A");
  });

  it("is found in the item that has it, in its direction, and not after purification in others", () => {
    const moved = twoGroups(6000, 8, { 3: -0.9, 9: 0.8 });
    const found = mantelHaenszel(moved, { ...pair, purify: true });
    expect(found.map((item) => item.class)).toEqual(["A", "A", "A", "C", "A", "A", "A", "A", "A", "C"]);
    // The logit's difference is 0.9: ETS's delta 2.35 times that.
    expect(Math.abs(found[3]!.delta! + 2.35 * 0.9)).toBeLessThan(3 * found[3]!.deltaError! + 0.2);
    expect(found[9]!.alpha).toBeNull();
    expect(found[9]!.effect!).toBeGreaterThan(0.25);
    const logistic = logisticDif(moved, pair);
    expect(logistic[9]).toBeNull();
    expect(logistic[3]!.difference).toBeLessThan(-0.6);
    expect(logistic[3]!.uniform.p).toBeLessThan(1e-8);
  });

  it("turns sign with the groups, and compares within booklets only", () => {
    const moved = twoGroups(2000, 5, { 3: -0.9 });
    const here = mantelHaenszel(moved, { ...pair, continuity: false });
    const there = mantelHaenszel(moved, { reference: "south", focal: "north", continuity: false });
    here.forEach((item, j) => {
      if (item.delta === null) return;
      expect(there[j]!.delta).toBeCloseTo(-item.delta, 10);
      expect(there[j]!.chiSquare).toBeCloseTo(item.chiSquare!, 10);
    });
    // The same persons twice over, as a second booklet: strata double, odds stay.
    const twice = {
      ...moved,
      booklets: [moved.booklets[0]!, moved.booklets[0]!],
      booklet: Uint16Array.from([...moved.booklet, ...moved.booklet.map(() => 1)]),
      starts: Uint32Array.from({ length: 4001 }, (_, i) => i * 10),
      scores: Uint8Array.from([...moved.scores, ...moved.scores]),
      group: Uint16Array.from([...moved.group!, ...moved.group!]),
    };
    mantelHaenszel(twice, { ...pair, continuity: false }).forEach((item, j) => {
      if (item.alpha === null) return;
      expect(item.alpha).toBeCloseTo(here[j]!.alpha!, 10);
      expect(item.deltaError).toBeCloseTo(here[j]!.deltaError! / Math.SQRT2, 10);
    });
  });
});

describe("drift over cycles", () => {
  const at = {
    2028: { slope: 1, intercept: 0 },
    2032: { slope: 0.9, intercept: 0.2 },
    2036: { slope: 1.1, intercept: -0.1 },
  };
  /** The items as each cycle's calibration would have them; item 5 becomes harder by `step` each time. */
  const cycles = (step: number) =>
    Object.entries(at).map(([name, by], s) => {
      const harder = {
        ...items,
        intercepts: items.intercepts.map((c, j) => (j === 4 ? c.map((v, k) => v - k * items.slope[j]! * step * s) : c)),
      };
      const back = { slope: 1 / by.slope, intercept: -by.intercept / by.slope };
      const group = { mean: (0.1 * s - by.intercept) / by.slope, sd: 1 / by.slope };
      return { name, items: transformItems(harder, back), group, locationError: () => 0.05 };
    });

  it("isn't seen where nothing moved, and the trend is the truth", () => {
    const found = valueIn(itemDrift(cycles(0)));
    for (const { change } of found.changes) expect(Math.abs(change)).toBeLessThan(1e-9);
    expect(found.cusum.every(({ signalled }) => signalled === null)).toBe(true);
    found.trend.forEach(({ mean, sd }, s) => {
      expect(mean).toBeCloseTo(0.1 * s, 9);
      expect(sd).toBeCloseTo(1, 9);
    });
  });

  it("is told for the item that moved, by how much, when it was certain, and what the trend would be without it", () => {
    const found = valueIn(itemDrift(cycles(0.25), { robustness: "least-squares" }));
    const own = found.changes.filter(({ item }) => item === "item-5");
    // Least squares spread a tenth of it over the others.
    for (const { change, z, standardError } of own) {
      expect(change).toBeCloseTo(0.25 * 0.9, 9);
      expect(z).toBeCloseTo(change / standardError!, 12);
    }
    expect(found.cusum.find(({ item }) => item === "item-5")!.signalled).toBe("2036");
    expect(found.cusum.filter(({ signalled }) => signalled !== null).length).toBe(1);
    const truth = found.without.find(({ item }) => item === "item-5")!.trend;
    expect(truth[2]!.mean).toBeCloseTo(0.2, 9);
    expect(found.trend[2]!.mean).toBeCloseTo(0.2 - 0.05, 9);
    const robust = valueIn(itemDrift(cycles(0.25)));
    expect(robust.trend[2]!.mean).toBeCloseTo(0.2, 6);
    expect(robust.changes.find(({ item }) => item === "item-5")!.change).toBeCloseTo(0.25, 6);
  });

  it("says which items hold the cycles together alone", () => {
    const [first, second] = cycles(0);
    const only = (cycle: typeof first, from: number, to: number) => ({
      ...cycle!,
      items: {
        names: cycle!.items.names.slice(from, to),
        models: cycle!.items.models.slice(from, to),
        slope: cycle!.items.slope.slice(from, to),
        intercepts: cycle!.items.intercepts.slice(from, to),
        guessing: cycle!.items.guessing.slice(from, to),
      },
    });
    const found = valueIn(itemDrift([only(first, 0, 5), only(second, 4, 10)]));
    expect(found.without).toEqual([]);
    expect(found.cautions.map(({ code, names }) => [code, names])).toEqual([["drift-single-tie", ["item-5"]]]);
  });
});
