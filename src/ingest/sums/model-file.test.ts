import { describe, expect, it } from "vitest";
import { parseModelFile } from "./model-file.js";
import { checkSummable, columnsInUse, membershipPlaces } from "./sums-model.js";

const model = (text: string) => parseModelFile(text, "model.yaml");
const whole = `
formula: score ~ prior + I(log(income)^2) + factor(sex) + (1 | mm(school, share):cohort) + (1 | la)
pupils: { table: census.pupils, pupil: id }
memberships: { table: [my schema, a.table] }
`;

describe("the description of a model", () => {
  it("says which tables and columns are in use, and what for", () => {
    const read = model(whole);
    expect(read.pupils).toEqual({ table: ["census", "pupils"], id: "id" });
    expect(read.memberships).toEqual({ table: ["my schema", "a.table"], id: "id" });
    expect(columnsInUse(read)).toEqual({
      numbers: ["score", "income"],
      either: ["prior"],
      categories: ["sex"],
      keys: ["cohort", "la"],
    });
    expect(membershipPlaces(read)).toEqual([{ school: "school", share: "share" }]);
  });

  it("may be JSON", () => {
    const text = JSON.stringify({ formula: "y ~ x + (1 | g)", pupils: { table: "p" } });
    expect(model(text)).toMatchObject({ pupils: { table: ["p"], id: null }, memberships: null });
  });

  it.each([
    ["formula: [", "Correct the YAML"],
    ["just a text", "keys with values are expected"],
    ["formula: y ~ x + (1 | g)\npupil: {table: p}", 'no key "pupil"'],
    ["formula: y ~ x + (1 | g)\npupils: {table: ''}", "a text is expected"],
    ["formula: y ~ x + (1 | g)\npupils: {table: a..b}", "a part of the table's name is empty"],
    ["formula: y ~ x + (1 | mm(s, w))\npupils: {table: p}", "tells pupils apart is missing"],
    ["formula: y ~ x + (1 | g)\npupils: {table: p}\nmemberships: {table: m}", "the formula has no group of them"],
    ["formula: y ~ x\npupils: {table: p}", "no group has effects of its own"],
    ["formula: y ~ x + (1 |\npupils: {table: p}", "y ~ x + (1 |"],
  ])("that is wrong is told: %j", (text, message) => {
    try {
      model(text);
      expect.unreachable("it was taken");
    } catch (error) {
      const { problems = [] } = error as { problems?: { message: string; remedy: string }[] };
      expect(
        [String(error), ...problems.map(({ message: said, remedy }) => `${said}. ${remedy}`)].join("\n"),
      ).toContain(message === "formula" ? "(1 |" : message);
    }
  });

  it.each([
    ["y ~ ns(x, 3) + (1 | g)", "not made in a database"],
    ["y ~ poly(x, 2) + (1 | g)", "poly() the model is the same"],
    ["y ~ x + (center(x) | g)", "center() is not made"],
    ["composite(a + b) ~ x + (1 | g)", "composite() is not made"],
    ["y ~ x + (1 | mm(a, b)) + (1 | mm(c, d))", "one mm() only"],
    ["y ~ x + (1 | mm(a + b, v + w))", "one column of schools"],
  ])("that a database can't add up is refused at the place: %s", (formula, message) => {
    const read = model(
      JSON.stringify({
        formula,
        pupils: { table: "p", pupil: "id" },
        ...(formula.includes("mm(") ? { memberships: { table: "m" } } : {}),
      }),
    );
    expect(() => checkSummable(read)).toThrow(message);
  });
});
