import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DisclosureRule } from "../parameters.js";
import { refuseGrouping, ruleOnCells, sidesAreEnough } from "./disclosure.js";

const rule: DisclosureRule = { fewestPupils: 30, fewestSchools: 5, fewestOnASide: 3 };
const nobody = { name: "none", pupils: 0, schools: 0 };
const cell = (name: string, pupils: number, schools = 20) => ({ name, pupils, schools });

describe("the ruling on cells", () => {
  it("shows groups that are large enough", () => {
    expect(ruleOnCells([cell("a", 30), cell("b", 400)], nobody, rule).map(({ shown }) => shown)).toEqual([true, true]);
  });

  it("holds back a group of three pupils, and the next smallest, which would tell it by subtraction", () => {
    const rulings = ruleOnCells([cell("a", 3), cell("b", 400), cell("c", 60)], nobody, rule);
    expect(rulings).toEqual([
      { name: "a", shown: false, reason: "fewer than 30 pupils" },
      { name: "b", shown: true, reason: null },
      { name: "c", shown: false, reason: "held back so that a smaller group can't be found by subtraction" },
    ]);
  });

  it("holds back pupils of four schools", () => {
    expect(ruleOnCells([cell("a", 200, 4), cell("b", 300), cell("c", 90)], nobody, rule)[0]).toEqual({
      name: "a",
      shown: false,
      reason: "pupils of fewer than 5 schools",
    });
  });

  it("counts pupils without a level among those who can be found by subtraction", () => {
    const rulings = ruleOnCells([cell("a", 100), cell("b", 400)], cell("none", 2, 1), rule);
    expect(rulings.map(({ shown }) => shown)).toEqual([false, true]);
  });

  it("never leaves one small cell alone beside shown ones", () => {
    const cells = fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(cells, fc.integer({ min: 0, max: 40 }), (sizes, unknown) => {
        const counts = sizes.map((pupils, k) => cell(String(k), pupils));
        const rulings = ruleOnCells(counts, cell("none", unknown), rule);
        const hidden = counts.filter((_, k) => !rulings[k]!.shown);
        for (const [k, { shown }] of rulings.entries()) if (shown) expect(sizes[k]).toBeGreaterThanOrEqual(30);
        const rest = hidden.reduce((sum, { pupils }) => sum + pupils, unknown);
        if (rulings.some(({ shown }) => shown) && hidden.some(({ pupils }) => pupils < 30))
          expect(rest).toBeGreaterThanOrEqual(30);
      }),
    );
  });
});

describe("the refusal of groupings", () => {
  const school = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5];

  it("refuses the column of schools by its role", () => {
    const check = { column: "urn", identifiers: ["urn"], level: school, levels: 6, school };
    expect(refuseGrouping(check, rule, "study.yaml")?.code).toBe("figures-of-schools");
  });

  it("refuses a column whose levels lie in one school each, whatever it is called", () => {
    const level = school.map((one) => (one === 5 ? 4 : one));
    const check = { column: "site", identifiers: [], level, levels: 5, school };
    expect(refuseGrouping({ ...check }, { ...rule, fewestOnASide: 1 }, "s")?.message).toContain("4 of the 5 levels");
  });

  it("refuses a column that tells pupils apart", () => {
    const level = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    expect(refuseGrouping({ column: "x", identifiers: [], level, levels: 12, school: null }, rule, "s")).not.toBeNull();
  });

  it("lets a group pass that cuts across schools", () => {
    const level = school.map((_, i) => i % 2);
    expect(refuseGrouping({ column: "sex", identifiers: ["urn"], level, levels: 2, school }, rule, "s")).toBeNull();
  });
});

it("wants three pupils on both sides of a standard", () => {
  expect(sidesAreEnough(0.1, 30, rule)).toBe(true);
  expect(sidesAreEnough(0.09, 30, rule)).toBe(false);
  expect(sidesAreEnough(0.98, 30, rule)).toBe(false);
});
