import { expect, it } from "vitest";
import { fifths, regions, trustSizes } from "../classes.js";
import { noTrust } from "../country/country.js";
import { makeEngland } from "../england.js";
import { compileInputs } from "../inputs/index.js";
import { englandSchools } from "../published/england-schools.js";
import { Accounts } from "./accounts.js";
import { readerOf } from "./reader.js";
import { moneySeries } from "./series.js";

const england = makeEngland();
const { trusts, schools } = england;

// published: the register's links of academies, 29 March 2024, beside the school census of January 2023
it("has as many trusts, and as many schools in trusts of each size, as the register has", () => {
  const { trusts: counts, schools: placed } = englandSchools.trusts;
  const dealt = trustSizes.map(() => 0);
  for (const trust of trusts.ofSchool) dealt[trust === noTrust ? 0 : trusts.size[trust]!]! += 1;
  for (const [k] of trustSizes.slice(1).entries()) {
    const published = placed.flat(2).reduce((sum, row) => sum + row[k]!, 0);
    expect(dealt[k + 1]).toBe(published);
    expect(
      Math.abs(trusts.size.filter((size) => size === k + 1).length - counts.reduce((a, row) => a + row[k]!, 0)),
    ).toBeLessThan(3);
  }
  for (let s = 0; s < schools.count; s++) {
    const trust = trusts.ofSchool[s]!;
    if (trust !== noTrust) expect(trusts.region[trust]).toBe(Math.floor(schools.place[s]! / fifths.length));
  }
  expect(trusts.region.length).toBeGreaterThan(regions.length);
});

/** A year of made-up pupils and pay that differs by school and year. */
function madeUp(year: number) {
  const { count } = schools;
  const turn = (s: number, k: number) => ((s * 7919 + year * 104_729 + k * 1009) % 101) / 100;
  const rolls = Int32Array.from({ length: 4 * count }, (_, k) => Math.round(20 + 60 * turn(k % count, k)));
  const each = (scale: number, k: number) =>
    Int32Array.from({ length: count }, (_, s) => Math.round(scale * turn(s, k)));
  const pence = (scale: number, k: number) =>
    Float64Array.from({ length: count }, (_, s) => Math.round(scale * (0.5 + turn(s, k))));
  return {
    counts: { rolls, disadvantaged: each(90, 1), supported: each(60, 2), tally: new Float64Array(0) },
    spending: { pay: pence(7e7, 3), programmes: pence(1e5, 4) },
  };
}

it.each([
  ["as it is", {}],
  ["all at once on the formula, with a floor that rises by a tenth", { "funding.transition": 1, "funding.floor": 0.1 }],
  ["and with no growth of rates", { "funding.transition": 0.5, "funding.growth": 0 }],
] as const)("keeps every trust's pounds %s: reserves are what came in less what was spent", (_, levers) => {
  const parameters = compileInputs(england.firstYear, 3);
  for (const [name, value] of Object.entries(levers)) {
    const row = parameters.names.indexOf(name) * parameters.years;
    parameters.values.fill(value, row, row + parameters.years);
  }
  const accounts = new Accounts(england, readerOf(parameters, 3));
  const row = (tally: Float64Array, name: string) => {
    const width = tally.length / moneySeries.length;
    const at = moneySeries.findIndex((series) => series.name === name) * width;
    return tally.subarray(at, at + width).reduce((a, b) => a + b, 0);
  };
  let before: Float64Array = new Float64Array(trusts.count + 1);
  for (let year = 0; year < 3; year++) {
    const { counts, spending } = madeUp(year);
    const tally = accounts.settle(counts, spending, year);
    const reserves = accounts.reserves();
    const total = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    expect(total(before)).toBe(row(tally, "balance-before"));
    expect(total(reserves)).toBe(row(tally, "balance"));
    const income = row(tally, "funding") + row(tally, "premium") + row(tally, "programmes");
    expect(total(reserves) - total(before)).toBe(income - row(tally, "teaching") - row(tally, "other-spending"));
    // Every account balances in the first year but for the rounding of its other spending to a penny; a trust has ten at most in its region.
    if (year === 0) expect(Math.max(...reserves.subarray(0, trusts.count).map(Math.abs))).toBeLessThanOrEqual(10);
    else expect(reserves.some((pence, trust) => pence !== before[trust])).toBe(true);
    before = reserves;
  }
});
