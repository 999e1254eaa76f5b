import { describe, expect, it } from "vitest";
import { silent, type Table } from "../../kernel/index.js";
import { alternativeCodes, chosenAlternatives, mostPupilsForRefits } from "./alternative.js";
import { numbers, plain, pupils, rows, shared, shares, table } from "./example-pupils.js";
import { type MeasureSpecification, measureValueAdded } from "./index.js";
import { measureWithAlternatives } from "./measure-alternatives.js";

function compare(specification: MeasureSpecification, membership: Table | null = null, of: Table = pupils) {
  const made = measureWithAlternatives(specification, { pupils: of, membership }, "all", silent);
  if (!made.ok) throw new Error(made.error.map(({ message }) => message).join("; "));
  return made.value;
}
const compared = compare(shared, shares);
const find = (code: string, from = compared) => from.alternatives.find((alternative) => alternative.code === code)!;
const figuresOf = (code: string, from = compared) =>
  new Map(find(code, from).figures.map((figure) => [figure.school, figure]));

describe("the same schools measured in other ways", () => {
  it("leaves the measure in force as it is", () => {
    const alone = measureValueAdded(shared, { pupils, membership: shares }, silent);
    expect(alone.ok && alone.value.schools).toEqual(compared.measure.schools);
  });

  it("is on the same pupils, but where the way itself leaves some out, and says which", () => {
    const used = compared.measure.pupils.used;
    const ofSpells = ["last-two-years", "other-unit"]; // these pupils have shares: see mobility-window.test
    for (const { code, pupils: counted, notComputed } of compared.alternatives.filter(
      (a) => !ofSpells.includes(a.code),
    )) {
      expect(notComputed, code).toBeNull();
      if (code === "one-year")
        expect(counted).toBe(rows.filter(({ year }, i) => year === "2024/25" && i % 20 !== 0).length);
      else expect(counted, code).toBe(used);
    }
    expect(find("one-year").how).toContain("2024/25 alone");
  });

  it("takes prior attainment only, one school a pupil, or one year, as a specification of its own would", () => {
    // Identity: the variant equals the measure that somebody would have written for it. The figures agree to the search's tolerance.
    const fitted = (specification: MeasureSpecification, membership: Table | null, of: Table = pupils) => {
      const made = measureValueAdded(specification, { pupils: of, membership }, silent);
      if (!made.ok) throw new Error("not measured");
      return made.value.schools;
    };
    const close = (code: string, schools: ReturnType<typeof fitted>, from = compared) => {
      const figures = figuresOf(code, from);
      for (const school of schools) {
        expect(figures.get(school.school)!.valueAdded, code).toBeCloseTo(school.valueAdded, 5);
        expect(figures.get(school.school)!.predictionError, code).toBeCloseTo(school.predictionError, 5);
        expect(figures.get(school.school)!.pupilEquivalents, code).toBeCloseTo(school.pupilEquivalents, 8);
      }
    };
    close("no-context", fitted({ ...shared, context: [] }, shares));
    close("last-school", fitted({ ...shared, membership: { kind: "one-school" } }, null));
    const intake = [{ of: "prior", statistic: "mean" } as const];
    const without = compare({ ...shared, intake }, shares);
    close("intake", fitted(shared, shares), without);
    expect(find("intake", without).label).toBe("Without the school intake");
  });

  it("names what the school intake is made of", () => {
    expect(find("intake").how).toContain("the school means of prior and fsmyes");
  });

  // Closed form: without movers, years and groups the shrunken figure is the plain mean residual times the reliability.
  it("shows the means from which the figures in force were drawn to the average", () => {
    const simple = compare(plain);
    const plainMeans = figuresOf("unshrunken", simple);
    for (const { school, valueAdded, reliability } of simple.measure.schools)
      expect(plainMeans.get(school)!.valueAdded * reliability).toBeCloseTo(valueAdded, 8);
  });

  it("says of each way that can't be gone why, and leaves no figure", () => {
    const bare = compare({ ...plain, year: null, prior: [], context: [] });
    for (const { code, figures, notComputed } of bare.alternatives.filter(({ code }) => code !== "unshrunken")) {
      expect(figures, code).toEqual([]);
      expect(notComputed, code).toMatch(/^[A-Z].*\.$/);
    }
  });

  it("counts in grades and bands where the outcome is Attainment 8, and not otherwise", () => {
    const scored = table("pupils.csv", [
      ...pupils.columns.values(),
      numbers(
        "attainment8",
        rows.map(({ outcome }) => outcome),
      ),
    ]);
    const grades = compare({ ...plain, outcomes: [{ column: "attainment8", weight: 1 }] }, null, scored);
    const points = compare(plain);
    expect(find("progress-8", grades).how).toMatch(/bands: \d+ well above average/);
    expect(find("progress-8", points).how).not.toContain("bands");
    for (const [school, { valueAdded }] of figuresOf("progress-8", points)) // a tenth, and ten slots back: the outcome's own units
      expect(figuresOf("progress-8", grades).get(school)!.valueAdded).toBeCloseTo(valueAdded, 9);
  });

  it("makes what is asked for, and by default as much as the number of pupils allows", () => {
    expect(chosenAlternatives("by-size", mostPupilsForRefits)).toEqual(alternativeCodes);
    expect(chosenAlternatives("by-size", mostPupilsForRefits + 1)).toEqual([
      "unshrunken",
      "progress-8",
      "progress-8-by-time",
    ]);
    expect(chosenAlternatives(["one-year", "unshrunken"], 1e7)).toEqual(["unshrunken", "one-year"]);
    expect(chosenAlternatives("none", 10)).toEqual([]);
  });
});

describe("a model that is a formula", () => {
  it("is measured in other ways as the same model by roles is, and says which ways it can't be", () => {
    const text = "score ~ prior + I(prior^2) + fsm + (1 | mm(where, how_much)) + (1 | mm(where, how_much):year)";
    const formula = { text, school: "mm(where, how_much)", places: [...text].map(() => "here") };
    const byFormula = compare({ ...shared, formula }, shares);
    for (const code of ["unshrunken", "progress-8", "last-school", "no-context", "one-year"]) {
      const figures = figuresOf(code, byFormula);
      expect(find(code, byFormula).notComputed, code).toBeNull();
      for (const [school, { valueAdded }] of figuresOf(code))
        expect(figures.get(school)!.valueAdded, code).toBeCloseTo(valueAdded, 5);
    }
    for (const code of ["intake", "contextual-2010"])
      expect(find(code, byFormula).notComputed).toContain("The model is a formula");
  });
});

describe("a residual variance that depends on prior attainment", () => {
  it("does so in the other ways of measuring too", () => {
    const residual = { varies: "whole_prior", shape: "log-linear" } as const;
    const varying = figuresOf("last-school", compare({ ...shared, residual }, shares));
    const alone = measureValueAdded(
      { ...shared, residual, membership: { kind: "one-school" } },
      { pupils, membership: null },
      silent,
    );
    if (!alone.ok) throw new Error("not measured");
    for (const { school, predictionError } of alone.value.schools)
      expect(varying.get(school)!.predictionError).toBeCloseTo(predictionError, 4); // both settle to 1e-4 relative
  });
});
