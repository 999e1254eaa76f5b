import { describe, expect, it } from "vitest";
import { type Column, civilDate, dayNumber, missingDay, silent, type Table } from "../../kernel/index.js";
import { numbers, plain, pupils, rows, shared, shares, table, words } from "./example-pupils.js";
import { type MeasureSpecification, measureValueAdded } from "./index.js";

function measure(specification: MeasureSpecification, membership: Table | null = null) {
  const made = measureValueAdded(specification, { pupils, membership }, silent);
  if (!made.ok) throw new Error(made.error.map(({ message }) => message).join("; "));
  return made.value;
}

describe("the measure", () => {
  it("explains each school in steps that add up exactly to the published figure", () => {
    for (const result of [measure(plain), measure(shared, shares)])
      for (const { explanation, valueAdded } of result.schools) {
        let total = 0;
        for (const step of explanation) {
          total += step.change;
          expect(step.total).toBeCloseTo(total, 12);
        }
        expect(explanation.at(-1)!.total).toBe(valueAdded);
      }
  });

  it("begins the steps with the plain difference of means where no pupil moved", () => {
    const result = measure({ ...plain, prior: [], context: [] });
    const first = result.schools[0]!;
    const own = rows.filter(({ school }) => `school ${school}` === first.school).map(({ outcome }) => outcome);
    const intercept = result.model.fixedEffects[0]!.estimate;
    expect(first.explanation[0]!.total).toBeCloseTo(own.reduce((a, b) => a + b, 0) / own.length - intercept, 10);
  });

  it("counts every pupil's time once", () => {
    const result = measure(shared, shares);
    const used = result.pupils.used;
    expect(result.schools.reduce((sum, { pupilEquivalents }) => sum + pupilEquivalents, 0)).toBeCloseTo(used, 8);
    expect(result.schools.reduce((sum, { pupils: count }) => sum + count, 0)).toBeGreaterThan(used);
  });

  it("publishes the lasting effect and the mean of the years', with a reliability between nothing and everything", () => {
    const result = measure(shared, shares);
    const school = result.schools[3]!;
    expect(school.years.map(({ year }) => year)).toEqual(["2022/23", "2023/24", "2024/25"]);
    const mean = school.years.reduce((sum, { valueAdded }) => sum + valueAdded, 0) / 3;
    expect(school.valueAdded).toBeCloseTo(mean, 10); // lasting + each year's own, averaged
    for (const { reliability, predictionError, standardError, lower, upper, valueAdded } of result.schools) {
      expect(reliability).toBeGreaterThanOrEqual(0);
      expect(reliability).toBeLessThanOrEqual(1);
      expect(predictionError).toBeGreaterThanOrEqual(standardError);
      expect(upper - valueAdded).toBeCloseTo(valueAdded - lower, 12);
    }
  });

  it("weighs the years as the review says, the latest first, and lets older ones go", () => {
    const result = measure({ ...shared, yearWeights: [3, 1] }, shares);
    for (const { valueAdded, years } of result.schools.filter((school) => school.years.length === 3)) {
      const [, middle, latest] = years;
      expect(valueAdded).toBeCloseTo((3 * latest!.valueAdded + middle!.valueAdded) / 4, 10);
    }
  });

  it("leaves out a school's own cohorts where there is one cohort only, and says so", () => {
    const one = { ...shared, groups: [{ name: "cohort", column: "same", withinSchool: true }] };
    const same = words(
      "same",
      rows.map(() => "2024/25"),
    );
    const made = measureValueAdded(
      one,
      { pupils: table("pupils.csv", [...pupils.columns.values(), same]), membership: shares },
      silent,
    );
    if (!made.ok) throw new Error("not measured");
    expect(made.value.notes.join()).toContain('The group "cohort" was left out');
    expect(made.value.model.varianceComponents.map(({ group }) => group)).toEqual(["school", "residual"]);
  });

  it("warns where a slope's covariate never comes near 0, at which the figure is published", () => {
    const far = numbers(
      "far",
      rows.map(({ prior }) => 100 + prior),
    );
    const measured = (column: string) => {
      const specification = {
        ...plain,
        prior: [],
        context: [{ column, reference: null, kind: "number", missing: "exclude" } as const],
        slopes: [column],
      };
      const made = measureValueAdded(
        specification,
        { pupils: table("pupils.csv", [...pupils.columns.values(), far]), membership: null },
        silent,
      );
      if (!made.ok) throw new Error("not measured");
      return made.value.notes;
    };
    expect(measured("far").join()).toContain('what it adds where "far" is 0');
    expect(measured("whole_prior")).toEqual([]);
  });

  it("does not depend on the order of the rows of the membership table", () => {
    const reversed = (column: Column): Column =>
      column.kind === "number"
        ? { ...column, values: column.values.slice().reverse() }
        : column.kind === "category"
          ? { ...column, codes: column.codes.slice().reverse() }
          : { ...column, days: column.days.slice().reverse() };
    const backwards = table("shares.csv", [...shares.columns.values()].map(reversed));
    const [a, b] = [measure(shared, shares), measure(shared, backwards)];
    const figures = new Map(b.schools.map(({ school, valueAdded }) => [school, valueAdded]));
    for (const { school, valueAdded } of a.schools) expect(figures.get(school)).toBeCloseTo(valueAdded, 8);
  });

  it("weights by spells as it does by the shares they stand for", () => {
    const window = { year: null, from: "2022-09-01", to: "2023-09-01" };
    const start = dayNumber(civilDate(window.from));
    const spells = rows.flatMap(({ pupil, school, other, share }) =>
      share === 1
        ? [{ pupil, school, entered: start, left: missingDay }]
        : [
            { pupil, school: other, entered: start, left: start + 218 }, // the last day on roll: 219 of 365 days
            { pupil, school, entered: start + 219, left: missingDay },
          ],
    );
    const byDays = measure(
      {
        ...shared,
        membership: {
          kind: "spells",
          pupil: "who",
          school: "where",
          entered: "entered",
          left: "left",
          status: null,
          unit: "days",
          windows: [window],
        },
      },
      table("spells.csv", [
        words(
          "who",
          spells.map(({ pupil }) => pupil),
        ),
        words(
          "where",
          spells.map(({ school }) => `school ${school}`),
        ),
        { kind: "date", name: "entered", days: Int32Array.from(spells, ({ entered }) => entered) },
        { kind: "date", name: "left", days: Int32Array.from(spells, ({ left }) => left) },
      ]),
    );
    const byShare = new Map(measure(shared, shares).schools.map((school) => [school.school, school]));
    for (const { school, valueAdded, pupilEquivalents } of byDays.schools) {
      expect(pupilEquivalents).toBeCloseTo(byShare.get(school)!.pupilEquivalents, 8); // 146 of 365 days is 0.4
      expect(valueAdded).toBeCloseTo(byShare.get(school)!.valueAdded, 8);
    }
  });

  it("checks itself: residuals without a trend over prior attainment, observed means near the predicted", () => {
    const { diagnostics, pupils: counted } = measure(plain);
    expect(diagnostics.calibration.reduce((sum, tenth) => sum + tenth.pupils, 0)).toBe(counted.used);
    for (const { predicted, observed } of diagnostics.calibration)
      expect(Math.abs(predicted - observed)).toBeLessThan(1.2);
    for (const { residual, standardError } of diagnostics.residualsByPrior)
      expect(Math.abs(residual)).toBeLessThan(4.5 * standardError);
    expect(diagnostics.residualHistogram.reduce((sum, bin) => sum + bin.pupils, 0)).toBe(counted.used);
    expect(diagnostics.residualsByGroup.map(({ level }) => level).sort()).toEqual(["no", "yes"]);
  });

  it("refuses in words what can't be measured, with the column and the remedy", () => {
    const twice = measureValueAdded(
      {
        ...plain,
        context: [
          { column: "fsm", reference: "no", kind: "category", missing: "exclude" },
          { column: "whole_prior", reference: null, kind: "number", missing: "exclude" },
          { column: "second_prior", reference: null, kind: "number", missing: "exclude" },
        ],
      },
      {
        pupils: table("pupils.csv", [
          ...pupils.columns.values(),
          numbers(
            "second_prior",
            rows.map(({ prior }) => 2 * prior + 3),
          ),
        ]),
        membership: null,
      },
      silent,
    );
    expect(twice.ok).toBe(false);
    if (!twice.ok) {
      expect(twice.error.map(({ code }) => code)).toContain("collinear-columns");
      expect(twice.error[0]!.remedy).not.toBe("");
    }
  });
});
