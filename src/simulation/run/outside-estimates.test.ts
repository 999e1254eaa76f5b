import { expect, it } from "vitest";
import { makeEngland } from "../england.js";
import { compileInputs } from "../inputs/index.js";
import { seriesValue } from "./result.js";
import { simulate } from "./simulate.js";

// published: NFER, September 2024: reimbursing student loan repayments of all teachers in their first ten years keeps 2,100 more teachers after a year
// (900 to 3,000) and costs £245m. docs/methods/simulation.md says why more teachers are fewer than fewer leavers.
it("reimbursing loans in the first ten years keeps as many, for as much, as the outside study says", () => {
  const england = makeEngland();
  const parameters = compileInputs(england.firstYear, 1);
  const set = (name: string, value: number) => {
    parameters.values[parameters.names.indexOf(name)] = value;
  };
  const parts = { pupils: false, teachers: true, money: false };
  const run = () => simulate(england, parameters, { seed: 42, years: 1, share: 1, replicate: 0, parts });
  const without = run();
  for (const [name, value] of [
    ["form", 2],
    ["first-year", 1],
    ["last-year", 10],
    ["response", -3],
  ] as const)
    set(`service-benefit.${name}`, value);
  const scheme = run();
  const value = (result: typeof scheme, name: string) => seriesValue(result, name, "england/england", 0);
  const kept = value(without, "leavers") - value(scheme, "leavers");
  expect(kept).toBeGreaterThan(900);
  expect(kept).toBeLessThan(3000);
  expect(Math.abs(value(scheme, "benefit-paid") / 100 / 245e6 - 1)).toBeLessThan(0.15); // pounds of 2025; loans are assumed
  expect(value(scheme, "teachers")).toBeGreaterThan(value(without, "teachers"));
});
