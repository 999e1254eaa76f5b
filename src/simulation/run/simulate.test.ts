import { describe, expect, it } from "vitest";
import { CalibrationError } from "../calibration/calibrate.js";
import type { CompiledParameters, RunOptions, RunResult } from "../engine.js";
import { makeEngland } from "../england.js";
import { compileInputs, engineInputs } from "../inputs/index.js";
import { resultCells } from "./cells.js";
import { seriesValue } from "./result.js";
import { seriesAt } from "./series.js";
import { simulate } from "./simulate.js";
import { RunCancelled } from "./years.js";

const england = makeEngland();
const inputs = compileInputs(england.firstYear, 4);
const options: RunOptions = {
  seed: 42,
  years: 3,
  share: 1 / 50,
  parts: { pupils: true, teachers: true, money: true },
  replicate: 0,
};

/** The inputs with some values in every year. */
function withValues(values: Readonly<Record<string, number>>): CompiledParameters {
  const changed = { ...inputs, values: inputs.values.slice() };
  for (const [name, value] of Object.entries(values)) {
    const row = inputs.names.indexOf(name);
    if (row < 0) throw new RangeError(`no input ${name}`);
    changed.values.fill(value, row * inputs.years, (row + 1) * inputs.years);
  }
  return changed;
}

const run = (values: Readonly<Record<string, number>> = {}, more: Partial<RunOptions> = {}, shards = 1) =>
  simulate(england, withValues(values), { ...options, ...more }, shards);

const total = (result: RunResult, name: string, year = 2) => seriesValue(result, name, "england/england", year);

/** What stays equal in every cell and year: signed sums of series that are nothing. */
const laws: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  "teachers: those before, less leavers and movers away, and entrants and movers in": [
    ["teachers-before", 1],
    ["leavers", -1],
    ["moved-out", -1],
    ["moved-in", 1],
    ["newly-qualified", 1],
    ["returners", 1],
    ["new-to-sector", 1],
    ["teachers", -1],
  ],
  "full-time equivalents, with hours lost": [
    ["fte-before", 1],
    ["leavers-fte", -1],
    ["hours-lost", -1],
    ["moved-out-fte", -1],
    ["moved-in-fte", 1],
    ["newly-qualified-fte", 1],
    ["returners-fte", 1],
    ["new-to-sector-fte", 1],
    ["fte", -1],
  ],
  "pence of student loans, with interest, repayment and what is paid off": [
    ["loans-before", 1],
    ["loans-of-leavers", -1],
    ["loans-moved-out", -1],
    ["loans-moved-in", 1],
    ["loans-of-entrants", 1],
    ["loan-interest", 1],
    ["loan-repaid", -1],
    ["loan-paid-off", -1],
    ["loan-balance", -1],
  ],
  pupils: [
    ["pupils-before", 1],
    ["pupils-entered", 1],
    ["pupils-transferred-out", -1],
    ["pupils-transferred-in", 1],
    ["pupils-moved-out", -1],
    ["pupils-moved-in", 1],
    ["pupils-left", -1],
    ["pupils", -1],
  ],
  trainees: [
    ["trainees-before", 1],
    ["trainees-ended", -1],
  ],
  "pence of schools": [
    ["balance-before", 1],
    ["funding", 1],
    ["premium", 1],
    ["programmes", 1],
    ["teaching", -1],
    ["other-spending", -1],
    ["balance", -1],
  ],
  "posts are filled, unfilled or exceeded": [
    ["posts", 1],
    ["fte", -1],
    ["unfilled", -1],
    ["above-posts", 1],
  ],
};

/** The laws that a result breaks, with where. */
function broken(result: RunResult): string[] {
  const found: string[] = [];
  const at = (name: string, cell: number, year: number) =>
    result.series[(seriesAt(name) * resultCells + cell) * result.years + year]!;
  for (const [law, terms] of Object.entries(laws))
    for (let cell = 0; cell < resultCells; cell++)
      for (let year = 0; year < result.years; year++) {
        const sum = terms.reduce((all, [name, sign]) => all + sign * at(name, cell, year), 0);
        if (sum !== 0 && !Number.isNaN(sum)) found.push(`${law}: ${sum} in cell ${cell}, year ${year}`);
      }
  const wholly = (name: string, year: number) => total(result, name, year);
  for (let year = 0; year < result.years; year++) {
    const paid = wholly("pay", year) + wholly("employer-costs", year);
    if (wholly("teaching", year) - wholly("programmes", year) !== paid)
      found.push(`schools' pay isn't teachers' in year ${year}`);
    const programmes = ["sabbatical-cost", "fund-paid", "development-cost"].map((name) => wholly(name, year));
    if (wholly("programmes", year) !== programmes.reduce((a, b) => a + b, 0))
      found.push(`programmes paid to schools aren't those paid for in year ${year}`);
    for (const [before, now] of [
      ["teachers-before", "teachers"],
      ["pupils-before", "pupils"],
      ["trainees-before", "trainees"],
      ["balance-before", "balance"],
    ] as const)
      if (year > 0 && wholly(before, year) !== wholly(now, year - 1)) found.push(`${before} of year ${year}`);
    for (const pair of ["moved", "pupils-moved", "pupils-transferred"])
      if (wholly(`${pair}-in`, year) !== wholly(`${pair}-out`, year)) found.push(`${pair} in and out of year ${year}`);
  }
  return found;
}

/** The levers' inputs: what a proposal moves. Responses and shares alone do nothing until a proposal is on. */
const levers = engineInputs.filter(({ basis, name }) => basis === "policy" && !name.startsWith("shortage."));
/** With every proposal on, so that each lever's extremes bite. */
const everything = {
  "service-benefit.form": 1,
  "sabbatical.year-10": 1,
  "sabbatical.year-20": 1,
  "sabbatical.year-30": 1,
  "fees.remission": 1,
  "recruitment-fund.budget": 2e8,
  "recruitment-fund.fifths": 2,
  "training.guarantee": 1,
  "development.entitlement": 1,
  "funding.transition": 0.3,
  "pay.uplift": 0.05,
};
const baseline = run();

describe("the laws of stocks and pounds hold", () => {
  it("without any proposal, in every cell and year", () => {
    expect(broken(baseline)).toEqual([]);
    expect(broken(run({}, { share: 1 / 7, years: 1 }))).toEqual([]);
  });

  it.each(levers.map((lever) => [lever.name, lever.low, lever.high] as const))(
    "with %s at %d and %d",
    (name, low, high) => {
      for (const value of [low, high])
        expect(broken(run({ ...everything, [name]: value }, { years: 2, share: 1 / 200 }))).toEqual([]);
    },
  );
});

describe("a run", () => {
  it("has one result by however many workers, and another for every seed and replicate", () => {
    expect(run({}, {}, 3).hash).toBe(baseline.hash);
    expect(run(everything, {}, 4).hash).toBe(run(everything).hash);
    expect(run({}, { replicate: 1 }).hash).not.toBe(baseline.hash);
    expect(run({}, { seed: 43 }).hash).not.toBe(baseline.hash);
  });

  it("stops in the middle when asked, without a result", () => {
    const seen: number[] = [];
    const stop = (year: number) => {
      seen.push(year);
      return year < 1;
    };
    expect(() => run({}, { onYear: stop })).toThrow(RunCancelled);
    expect(seen).toEqual([0, 1]);
  });

  // closed form: a sample's count has about the standard deviation of a binomial one; five are passed once in a million
  it("of a sample tells what the whole does, within its chance", () => {
    const [few, more] = [run({}, { share: 1 / 50 }), run({}, { share: 1 / 10 })];
    for (const name of ["leavers", "promoted", "moved-out", "early-career", "with-loan"])
      expect(Math.abs(total(few, name) - total(more, name))).toBeLessThan(5 * Math.sqrt(60 * total(more, name)));
    for (const name of ["pay", "funding", "premium", "posts", "fte", "pupils"])
      expect(Math.abs(total(few, name) / total(more, name) - 1)).toBeLessThan(0.01);
  });

  it("shares its luck with another scenario: who isn't touched by a lever lives the same life", () => {
    const other = run({ "service-benefit.form": 1, "service-benefit.shortage-only": 1 });
    const leavers = (result: RunResult, subject: string) => seriesValue(result, "leavers", `subject/${subject}`, 0);
    expect(leavers(other, "primary")).toBe(leavers(baseline, "primary"));
    expect(leavers(other, "physics")).toBeLessThan(leavers(baseline, "physics") + 1);
    for (const name of ["pupils", "disadvantaged", "pupils-moved-in"])
      expect(total(other, name)).toBe(total(baseline, name));
  });
});

// Evidence: theory. Each response's form "none" switches it off.
describe("effects have the sign that theory gives them", () => {
  const effect = (values: Readonly<Record<string, number>>, name: string) =>
    total(run(values, { parts: { pupils: false, teachers: true, money: false }, share: 1 / 10 }), name) -
    total(run({}, { parts: { pupils: false, teachers: true, money: false }, share: 1 / 10 }), name);

  it.each([
    ["pay", { "pay.uplift": 0.1 }, { "pay.response-form": 0, "pay.entry-response": 0 }],
    ["the service benefit", { "service-benefit.form": 1 }, { "service-benefit.response-form": 0 }],
    ["development", { "development.entitlement": 1 }, { "development.response-form": 0 }],
  ] as const)("fewer leave for %s, and none fewer by the form none", (_, lever, off) => {
    expect(effect(lever, "leavers")).toBeLessThan(0);
    expect(total(run({ ...lever, ...off }, { years: 1 }), "leavers", 0)).toBe(total(baseline, "leavers", 0));
  });

  it("more train where fees are remitted and places guaranteed, and no more than there are places", () => {
    expect(effect({ "fees.remission": 1 }, "trainees")).toBeGreaterThan(0);
    expect(effect({ "training.guarantee": 1 }, "trainees")).toBeGreaterThan(0);
    const capped = run({ "fees.remission": 1, "training.places.physics": 100 }, { years: 1 });
    expect(seriesValue(capped, "trainees", "subject/physics", 0)).toBe(100);
  });

  it("the recruitment fund pays no more than its budget", () => {
    const paid = total(run({ "recruitment-fund.budget": 5e6, "recruitment-fund.fifths": 5 }), "fund-paid");
    expect(paid).toBeGreaterThan(0);
    expect(paid).toBeLessThanOrEqual(5e8);
  });
});

describe("a run is refused", () => {
  it("naming what is out of bounds, missing or can't be run", () => {
    expect(() => run({ "fees.remission": 1.5 })).toThrow(
      '"fees.remission" is 1.5 in year 1; it may be 0 to 1 (share, 0–1)',
    );
    expect(() => run({ "fees.remission": Number.NaN })).toThrow('"fees.remission" is NaN');
    expect(() => run({}, { years: 9 })).toThrow("9 years can't be run");
    expect(() => run({}, { share: 0.3 })).toThrow("a share of 0.3 can't be run");
    expect(() => run({}, { parts: { pupils: false, teachers: true, money: true } })).toThrow("money can't be run");
    const fewer = { ...inputs, names: inputs.names.map((name) => (name === "fees.fee" ? "fees.fees" : name)) };
    expect(() => simulate(england, fewer, options)).toThrow('the parameters lack "fees.fee"');
  });

  it("with the target and by how much, when it can't be calibrated", () => {
    const target = { "leaving.over-55.physics": 0.2 }; // more than there are physics teachers of 55 and over
    expect(() => run(target)).toThrow(CalibrationError);
    expect(() => run(target)).toThrow(
      /leaving\.over-55\.physics: 20\.000% is asked for and \d+\.\d{3}% can be reached/,
    );
  });
});
