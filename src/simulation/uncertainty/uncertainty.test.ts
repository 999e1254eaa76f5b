import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileParameters } from "../parameters/compile.js";
import type { SimulationParameter } from "../parameters/simulation-parameter.js";
import { assumed, ranging, scaling, since } from "../parameters/sources.js";
import { costPerTeacherYear } from "./cost-effectiveness.js";
import { dimensionsOf, hypercubeDraw } from "./draw-parameters.js";
import { makeFan, sortedQuantile } from "./fan.js";
import { structuresOf } from "./forms.js";
import { hypercubeDimension } from "./latin-hypercube.js";
import { planRuns } from "./plan.js";
import { rangeMean, rangeQuantile } from "./range.js";
import { decimalsOf, roundToInterval, supportedUnit } from "./supported-digits.js";
import { orderedBars, rankRegression } from "./tornado.js";

const parameter = (path: string, more: Partial<SimulationParameter> = {}): SimulationParameter => ({
  ...{ path, label: path, unit: "share", bounds: { low: 0, high: 10 }, range: null, forms: null, structural: false },
  values: [since("2025-09-01", 2, assumed("for a test"))],
  ...more,
});
const horizon = { first: 2025, years: 3 };
const whole = fc.integer({ min: 0, max: 0xffff_ffff });

describe("a dimension of a Latin hypercube", () => {
  it("hits each of its classes once, for any seed, name and number of draws", () => {
    fc.assert(
      fc.property(whole, fc.string(), fc.integer({ min: 1, max: 300 }), (seed, name, draws) => {
        const classes = Array.from(hypercubeDimension(seed, name, draws), (place) => Math.floor(place * draws));
        expect(classes.toSorted((a, b) => a - b)).toEqual(Array.from({ length: draws }, (_, k) => k));
      }),
    );
  });

  it("hangs on its name and on nothing else that is drawn", () => {
    expect(hypercubeDimension(7, "pay", 50)).toEqual(hypercubeDimension(7, "pay", 50));
    expect(hypercubeDimension(7, "pay", 50)).not.toEqual(hypercubeDimension(7, "loans", 50));
    expect(hypercubeDimension(7, "pay", 50)).not.toEqual(hypercubeDimension(8, "pay", 50));
  });

  // Closed form: ranks of two independent orders of n have correlation 0 with variance 1 ∕ (n − 1).
  it("goes with no other dimension", () => {
    const [a, b] = ["pay", "loans"].map((name) => hypercubeDimension(11, name, 2000));
    let covariance = 0;
    for (let i = 0; i < 2000; i++) covariance += (a![i]! - 0.5) * (b![i]! - 0.5);
    expect(Math.abs((covariance / 2000) * 12) * Math.sqrt(1999)).toBeLessThan(5);
  });
});

describe("a range", () => {
  it("has its ends at places 0 and 1, and rises between", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, min: 0, max: 1 }), fc.float({ noNaN: true, min: 0, max: 1 }), (p, q) => {
        const range = ranging(1, 2, 5, "for a test");
        const [first, second] = [Math.min(p, q), Math.max(p, q)].map((place) => rangeQuantile(range, place));
        expect(first).toBeGreaterThanOrEqual(1);
        expect(second).toBeLessThanOrEqual(5);
        expect(second! - first!).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  // Closed form: the middle of a stratified sample of a triangular distribution has its mean, (low + mode + high) ∕ 3.
  it.each(["triangular", "uniform"] as const)("of the %s kind has its mean over many draws", (distribution) => {
    const range = { ...ranging(900, 2100, 3000, "for a test"), distribution };
    const places = hypercubeDimension(3, "x", 20_000);
    const mean = places.reduce((sum, place) => sum + rangeQuantile(range, place), 0) / places.length;
    expect(Math.abs(mean - rangeMean(range))).toBeLessThan(0.5);
  });

  it("with its mode at an end is defined there", () => {
    const range = ranging(0, 0, 1, "for a test");
    expect([0, 0.75, 1].map((place) => rangeQuantile(range, place))).toEqual([0, 0.5, 1]);
  });
});

describe("drawn parameters", () => {
  const parameters = [
    parameter("a.value", { range: ranging(1, 2, 4, "for a test") }),
    parameter("a.factor", { range: scaling(0.5, 1.5, "for a test") }),
    parameter("b.first", { range: scaling(0.8, 1.2, "for a test", "b") }),
    parameter("b.second", { range: scaling(0.8, 1.2, "for a test", "b") }),
    parameter("c.sure"),
  ];
  const compiled = compileParameters(parameters, horizon);
  const dimensions = dimensionsOf(parameters);

  it("that go together count as one dimension", () => {
    expect(dimensions.map(({ name }) => name)).toEqual(["a.value", "a.factor", "b"]);
  });

  it("stay within bounds; those that go together move together; sure ones and chosen years stay", () => {
    const overrides = [{ path: "a.value", from: 2026, to: 2027, value: 9 }];
    const chosen = { overrides, horizon };
    const draw = hypercubeDraw(
      { ...compiled, values: compiled.values.with(1, 9) },
      dimensions,
      { seed: 5, draws: 40 },
      chosen,
    );
    const seen = new Set<number>();
    for (let d = 0; d < 40; d++) {
      const { values } = draw(d);
      seen.add(values[0]!);
      expect(values[1]).toBe(9);
      expect(values[2]).toBe(values[0]);
      expect(values[6]).toBe(values[9]);
      expect(values[12]).toBe(2);
      expect(values.every((value) => value >= 0 && value <= 10)).toBe(true);
    }
    expect(seen.size).toBe(40);
  });
});

describe("a fan", () => {
  // other-program: R's quantile(c(1, 2, 4, 8, 16), c(.05, .25, .5, .75, .95)), type 7
  it("has R's default quantiles", () => {
    const found = [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => sortedQuantile([1, 2, 4, 8, 16], p));
    [1.2, 2, 4, 8, 14.4].forEach((wanted, i) => {
      expect(found[i]).toBeCloseTo(wanted, 12);
    });
  });

  it("takes draws one after another and doesn't mind their order", () => {
    const [forwards, backwards] = [makeFan(2), makeFan(2)];
    const draws = Array.from({ length: 100 }, (_, d) => [d, d * d]);
    expect(forwards.quantiles()).toBeNull();
    for (const draw of draws) forwards.add(draw);
    for (const draw of draws.toReversed()) backwards.add(draw);
    expect(forwards.quantiles()).toEqual(backwards.quantiles());
    expect(forwards.quantiles([0.5])).toEqual(Float64Array.of(49.5, (49 * 49 + 50 * 50) / 2));
    expect(forwards.valuesOf(0)).toHaveLength(100);
    expect(() => forwards.add([1])).toThrow("2 figures, got 1");
  });
});

describe("supported digits", () => {
  // published: the loan study's own rounding of its interval (NFER 2024); the Particle Data Group's examples 0.827 ± 0.119 and 0.827 ± 0.367
  it.each([
    [2134, 894, 3021, { value: 2100, low: 900, high: 3000, unit: 100 }],
    [0.827, 0.708, 0.946, { value: 0.83, low: 0.71, high: 0.95, unit: 0.01 }],
    [0.827, 0.46, 1.194, { value: 0.8, low: 0.5, high: 1.2, unit: 0.1 }],
    [-17_345, -20_000, -10_000, { value: -17_000, low: -20_000, high: -10_000, unit: 1000 }],
    [5, 5, 5, { value: 5, low: 5, high: 5, unit: 0 }],
  ])("of %d between %d and %d", (value, low, high, wanted) => {
    expect(roundToInterval(value, low, high)).toEqual(wanted);
  });

  it("move a figure by at most a seventh of the interval's half width", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (half) => {
        const share = supportedUnit(half) / 2 / half;
        expect(share).toBeGreaterThan(0.014);
        expect(share).toBeLessThanOrEqual(0.1409);
      }),
    );
  });

  it("leave out what has no interval", () => {
    expect(roundToInterval(Number.NaN, 0, 1)).toBeNull();
    expect(roundToInterval(1, 2, 1)).toBeNull();
    expect(roundToInterval(1, 0, Number.POSITIVE_INFINITY)).toBeNull();
  });

  it("know their decimals", () => {
    expect([1000, 1, 0.1, 0.001, 0].map(decimalsOf)).toEqual([0, 0, 1, 3, 0]);
  });
});

describe("a tornado", () => {
  it("puts the widest bar first", () => {
    const bars = orderedBars([
      { dimension: "b", low: 1, high: 2 },
      { dimension: "c", low: 5, high: -5 },
      { dimension: "a", low: 1, high: 2 },
    ]);
    expect(bars.map(({ dimension }) => dimension)).toEqual(["c", "a", "b"]);
  });

  it("by rank regression finds what a figure is made of, and in what direction", () => {
    const names = ["up", "down", "nothing"];
    const places = names.map((name) => hypercubeDimension(1, name, 500));
    const figure = places[0]!.map((up, d) => 3 * up - places[1]![d]!);
    const found = rankRegression(places, figure)!;
    // Closed form for ranks of a nearly linear figure: 3 and −1 over the root of 10; sampling and ranks move them by some hundredths.
    expect(Math.abs(found.coefficients[0]! - 3 / Math.sqrt(10))).toBeLessThan(0.05);
    expect(Math.abs(found.coefficients[1]! + 1 / Math.sqrt(10))).toBeLessThan(0.05);
    expect(Math.abs(found.coefficients[2]!)).toBeLessThan(0.05);
    expect(found.explained).toBeGreaterThan(0.95);
  });

  it("doesn't answer with too few draws, for a figure that never changes, or with a dimension twice", () => {
    const places = ["a", "b"].map((name) => hypercubeDimension(1, name, 4));
    expect(rankRegression(places, [1, 2, 3, 4])).toBeNull();
    expect(rankRegression([hypercubeDimension(1, "a", 9)], new Array<number>(9).fill(1))).toBeNull();
    const twice = hypercubeDimension(1, "a", 9);
    expect(rankRegression([twice, twice], [1, 2, 3, 4, 5, 6, 7, 8, 9])).toBeNull();
  });
});

describe("the cost of an extra teacher-year", () => {
  it("is pounds over teacher-years, of all draws", () => {
    expect(costPerTeacherYear([100, 300], [1, 1])).toEqual({ value: 200, low: 100, high: 300, gaining: 1 });
  });

  it("has no upper end where a draw in ten gains nothing", () => {
    const effects = [0, ...new Array<number>(9).fill(2)];
    const found = costPerTeacherYear(new Array<number>(10).fill(100), effects);
    expect(found).toEqual({ value: 1000 / 18, low: 50, high: null, gaining: 0.9 });
  });

  it("isn't a number where nothing is gained or nothing is spent", () => {
    expect(costPerTeacherYear([], [])).toBe("no draws");
    expect(costPerTeacherYear([100], [-3])).toBe("no gain in teacher-years");
    expect(costPerTeacherYear([100, 100, 100], [-1, -1, 5])).toBe("no gain in most draws");
    expect(costPerTeacherYear([-5], [3])).toBe("no extra cost");
    expect(() => costPerTeacherYear([1], [])).toThrow(RangeError);
  });
});

it("structures set every rival model to one form at a time, and leave choices of policy and of the scenario alone", () => {
  const forms = (...labels: string[]) => labels.map((label, value) => ({ label, value }));
  const rival = { structural: true, forms: forms("none", "elasticity", "logit") };
  const switches = [
    parameter("x.form", rival),
    parameter("y.form", { structural: true, forms: forms("none", "queue") }),
    parameter("chosen.form", rival),
    parameter("policy.form", { forms: forms("none", "logit") }),
    parameter("z"),
  ];
  const found = structuresOf(switches, [{ path: "chosen.form", from: 2030, to: null, value: 1 }], 2025);
  expect(found.map(({ label, overrides }) => [label, overrides.map(({ path, value }) => [path, value])])).toEqual([
    [
      "none",
      [
        ["x.form", 0],
        ["y.form", 0],
      ],
    ],
    ["elasticity", [["x.form", 1]]],
    ["logit", [["x.form", 2]]],
    ["queue", [["y.form", 1]]],
  ]);
});

describe("a plan of runs", () => {
  const parameters = [
    parameter("a.value", { range: ranging(1, 2, 4, "for a test") }),
    parameter("b.form", { structural: true, forms: [0, 1, 2].map((value) => ({ value, label: `form ${value}` })) }),
    parameter("c.lever"),
  ];
  const scenario = {
    ...{ schema: 1, model: "1", dataHash: "", seed: 5, draws: 20, share: 1 },
    overrides: [{ path: "c.lever", from: 2026, to: null, value: 7 }],
  };
  const plan = planRuns(scenario, parameters, horizon, { chance: 4, structures: true, tornado: true });
  const kinds = (kind: string) => plan.runs.filter((run) => run.kind === kind);

  it("keeps chance, parameters and structure apart", () => {
    expect(kinds("declared")).toHaveLength(1);
    expect(kinds("parameters")).toHaveLength(20);
    expect(kinds("chance").map(({ replicate }) => replicate)).toEqual([1, 2, 3, 4]);
    expect(kinds("structure").map(({ label }) => label)).toEqual(["form 0", "form 1", "form 2"]);
    expect(kinds("tornado").map(({ label }) => label)).toEqual(["a.value, low", "a.value, high"]);
    for (const run of [...kinds("parameters"), ...kinds("structure"), ...kinds("tornado")])
      expect(run.replicate).toBe(0);
    for (const run of kinds("chance"))
      expect(plan.parametersOf(run, "scenario")).toEqual(plan.parametersOf(plan.runs[0]!, "scenario"));
  });

  it("gives the country without the scenario the same draws: the two differ in what was chosen alone", () => {
    for (const run of plan.runs) {
      const [without, within] = (["baseline", "scenario"] as const).map((side) => plan.parametersOf(run, side).values);
      expect([...within!].slice(0, 6)).toEqual([...without!].slice(0, 6));
      expect([...without!].slice(6)).toEqual([2, 2, 2]);
      expect([...within!].slice(6)).toEqual([2, 7, 7]);
    }
    const drawn = kinds("parameters").map((run) => plan.parametersOf(run, "baseline").values[0]);
    expect(new Set(drawn).size).toBe(20);
  });

  it("with one draw, no chance and nothing else is the declared run alone", () => {
    const small = planRuns({ ...scenario, draws: 1 }, parameters, horizon, {
      chance: 0,
      structures: false,
      tornado: false,
    });
    expect(small.runs.map(({ kind }) => kind)).toEqual(["declared"]);
  });
});
