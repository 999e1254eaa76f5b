import { describe, expect, it } from "vitest";
import type { RunResult } from "../engine.js";
import type { SimulationParameter } from "../parameters/simulation-parameter.js";
import { assumed, ranging, since } from "../parameters/sources.js";
import { planRuns } from "../uncertainty/index.js";
import { costsOf, proposalCosts } from "./costs.js";
import { figureOf, figuresOf, headlineFigures, seriesRow } from "./figures.js";
import { type RunFigures, scenarioReport } from "./scenario-report.js";

const years = 2;

/** A made-up run: each series holds its value in every cell and year; those not named hold 0. */
function runOf(values: Readonly<Record<string, number>>): RunResult {
  const names = [
    ...new Set([
      ...headlineFigures.flatMap(({ series }) => series),
      ...proposalCosts.flatMap(({ series }) => series),
      ...["pay", "employer-costs"],
    ]),
  ];
  const breakdowns = [
    { name: "england", cells: ["england"], from: 0 },
    { name: "fifth", cells: ["1", "5"], from: 1 },
  ];
  const series = Float64Array.from(names.flatMap((name) => new Array<number>(3 * years).fill(values[name] ?? 0)));
  const described = names.map((name) => ({ name, unit: "people" as const, breakdowns: [], meaning: "" }));
  return { firstYear: 2025, years, names: described, breakdowns, cells: 3, series, hash: "0" };
}
const uplift = (share: number) => ({ names: ["pay.uplift"], years, values: new Float64Array(years).fill(share) });

describe("the figures of a run", () => {
  it("are read by name, in the units that people use", () => {
    const result = runOf({ fte: 45_000_000, unfilled: 900, posts: 45_000, "benefit-paid": 250 });
    const of = (id: string) => [...figureOf(result, headlineFigures.find((one) => one.id === id)!)];
    expect([of("teachers"), of("unfilled-share"), of("benefit-paid")]).toEqual([
      [450_000, 450_000],
      [0.02, 0.02],
      [2.5, 2.5],
    ]);
    expect(figuresOf(result)).toHaveLength(headlineFigures.length * years);
    expect(() => seriesRow(result, "fte", "fifth", "9")).toThrow('"9"');
  });

  it("have no share of no posts", () => {
    expect(figureOf(runOf({}), headlineFigures.find(({ id }) => id === "unfilled-share")!)).toEqual(
      Float64Array.of(Number.NaN, Number.NaN),
    );
  });
});

describe("costs", () => {
  it("are what the proposal spends, or the difference where the money flows anyway; pay is the uplift's part of it", () => {
    const baseline = runOf({ premium: 1000, funding: 5000, pay: 1000, "employer-costs": 440 });
    const scenario = runOf({ "benefit-paid": 300, premium: 1200, funding: 5000, pay: 1100, "employer-costs": 484 });
    const costs = costsOf(scenario, baseline, uplift(0.1));
    const byProposal = [...proposalCosts.map(({ proposal }) => proposal), "pay"].map((name, c) => [
      name,
      costs[c * years],
    ]);
    expect(Object.fromEntries(byProposal)).toEqual({
      R4: 3,
      R8: 0,
      R2: 0,
      R5: 0,
      R7: 0,
      A9: 2,
      F2: 0,
      pay: expect.closeTo(1.44, 12) as number,
    });
  });

  it("need the path of pay", () => {
    expect(() => costsOf(runOf({}), runOf({}), { names: [], years, values: new Float64Array(0) })).toThrow(
      "pay.uplift",
    );
  });
});

describe("a report", () => {
  const ranged = (path: string): SimulationParameter => ({
    ...{ path, label: path, unit: "share", bounds: { low: 0, high: 10 }, forms: null, structural: false },
    values: [since("2025-09-01", 2, assumed("for a test"))],
    range: ranging(1, 2, 3, "for a test"),
  });
  const form = { ...ranged("c.form"), range: null, structural: true };
  const parameters = [
    ranged("a.up"),
    ranged("b.nothing"),
    { ...form, forms: [1, 2].map((value) => ({ value, label: String(value) })) },
  ];
  const scenario = { schema: 1, model: "1", dataHash: "", overrides: [], seed: 3, draws: 50, share: 1 };
  const plan = planRuns(scenario, parameters, { first: 2025, years }, { chance: 5, structures: true, tornado: true });
  const effect = (run: number) => {
    const [up, , structure] = [0, 1, 2].map(
      (row) => plan.parametersOf(plan.runs[run]!, "scenario").values[row * years]!,
    );
    return 100 * up! + 10 * structure! + plan.runs[run]!.replicate;
  };
  /** A made-up answer: in every year 1,000 teachers, and as many more as `effect` says, for £5,000 each and year. */
  const figures = (run: number): RunFigures => {
    const all = (value: number) => new Float64Array(headlineFigures.length * years).fill(value);
    const costs = new Float64Array((proposalCosts.length + 1) * years);
    for (let t = 0; t < years; t++) costs[t] = 5000 * effect(run);
    return { run, baseline: all(1000), scenario: all(1000 + effect(run)), costs };
  };
  const about = { first: 2025, years, seed: 3, changes: true };
  const report = scenarioReport(
    plan,
    plan.runs.map((_, run) => figures(run)),
    about,
  );
  const teachers = report.figures.find(({ figure, year }) => figure === "teachers" && year === 2026)!;

  it("keeps the three uncertainties apart", () => {
    expect(teachers).toMatchObject({ baseline: 1000, scenario: 1220, difference: 220 });
    const { parameters: drawn, chance, structure } = teachers.effect;
    // Closed form: the triangular range 1, 2, 3 has its 5th percentile at 1 + √0.1, where a
    // class of 50 draws is 6.3 wide; chance adds 1 to 5; the forms are 1 and 2.
    expect(Math.abs(drawn!.low - (100 * (1 + Math.sqrt(0.1)) + 20))).toBeLessThan(6.4);
    expect(Math.abs(drawn!.high - (100 * (3 - Math.sqrt(0.1)) + 20))).toBeLessThan(6.4);
    expect(chance).toEqual({ low: 221.2, high: 224.8 });
    expect(structure).toEqual({ low: 210, high: 220 });
  });

  it("says what an extra teacher-year costs, what drives it, and what each proposal costs", () => {
    expect(report.perTeacherYear).toMatchObject({ value: expect.closeTo(5000, 6) as number, gaining: 1 });
    expect(report.tornado!.bars[0]).toMatchObject({ dimension: "a.up" });
    expect(report.tornado!.bars[1]).toMatchObject({ dimension: "b.nothing", low: 220, high: 220 });
    expect(report.tornado!.regression!.coefficients[0]).toBeGreaterThan(0.99);
    expect(report.costs.map(({ proposal }) => proposal)).toEqual(["R4"]);
  });

  it("can be made as soon as the declared run has come in, and not before", () => {
    const early = scenarioReport(plan, [figures(0), figures(1), figures(2)], about);
    expect(early.tornado).toBeNull();
    expect(early.figures[0]!.effect.chance).toBeNull();
    expect(early.figures[0]!.effect.parameters).not.toBeNull();
    expect(() => scenarioReport(plan, [figures(1)], about)).toThrow("declared");
  });

  it("takes costs that a draw didn't count from the declared run", () => {
    const without = plan.runs.map((_, run) => {
      const one = figures(run);
      if (run > 0) one.costs[5 * years] = Number.NaN;
      else one.costs[5 * years] = 1e6;
      return one;
    });
    const { perTeacherYear } = scenarioReport(plan, without, about);
    expect(typeof perTeacherYear === "object" && perTeacherYear.value).toBeGreaterThan(6000);
  });
});
