import { describe, expect, it } from "vitest";
import { silent } from "../../kernel/index.js";
import { normalQuantile } from "../../statistics/distributions/index.js";
import { designOf } from "./design.js";
import { pupils, shared, shares } from "./example-pupils.js";
import { type MeasureSpecification, measureValueAdded } from "./index.js";
import { solveMixedModelEquations } from "./mixed-model-equations.js";
import { latestYear, lessParts, partsBySchool, publishedParts } from "./school-years.js";

function measured(specification: MeasureSpecification) {
  const made = measureValueAdded(specification, { pupils, membership: shares }, silent);
  const design = designOf(specification, pupils, shares);
  if (!made.ok || !design.ok) throw new Error("not measured");
  return { measure: made.value, design: design.value };
}

describe("a school's years", () => {
  it.each([[null], [[3, 1]]])(
    "have the errors of Henderson's equations written out, with year weights %j",
    (yearWeights) => {
      const specification = { ...shared, yearWeights };
      const { measure, design } = measured(specification);
      const closed = solveMixedModelEquations(design.model, measure.model);
      const own = partsBySchool(design);
      expect(latestYear(specification, design)).toBe("2024/25");
      for (const [s, school] of [...measure.schools.entries()].slice(0, 6)) {
        const published = publishedParts(specification, design, s, own[s]!);
        const average = closed.combine(published);
        // Closed form at the fit's own variances: both invert the same equations, so only rounding differs.
        expect(school.valueAdded).toBeCloseTo(average.estimate, 6);
        expect(school.predictionError).toBeCloseTo(average.predictionError, 6);
        for (const { level, part, term } of own[s]!) {
          const parts = [
            { term: 0, level: s, coefficient: 0, weight: 1 },
            { term, level, coefficient: 0, weight: 1 },
          ];
          const year = school.years.find((one) => one.year === design.within[0]!.parts[part])!;
          expect(year.standardError).toBeCloseTo(closed.combine(parts).predictionError, 6);
          if (year.year !== "2024/25") {
            expect(year.lessAverage).toBeNull();
            continue;
          }
          const difference = closed.combine(lessParts(parts, published));
          expect(year.lessAverage!.estimate).toBeCloseTo(difference.estimate, 6);
          expect(year.lessAverage!.predictionError).toBeCloseTo(difference.predictionError, 6);
        }
      }
    },
  );

  it("have intervals of the stated coverage, and differ from the average by what the two figures say", () => {
    const { measure } = measured({ ...shared, confidence: 0.9 });
    const margin = normalQuantile(0.95);
    for (const { valueAdded, years } of measure.schools)
      for (const { valueAdded: ofYear, standardError, lower, upper, lessAverage } of years) {
        expect(upper - ofYear).toBeCloseTo(margin * standardError, 12);
        expect(ofYear - lower).toBeCloseTo(margin * standardError, 12);
        if (!lessAverage) continue;
        expect(lessAverage.estimate).toBeCloseTo(ofYear - valueAdded, 10);
        expect(lessAverage.upper - lessAverage.lower).toBeCloseTo(2 * margin * lessAverage.predictionError, 12);
      }
  });

  it("that alone count are the published figure, from which they do not differ", () => {
    const { measure } = measured({ ...shared, yearWeights: [1] });
    for (const { years } of measure.schools)
      for (const { lessAverage } of years)
        if (lessAverage) expect(lessAverage).toMatchObject({ estimate: 0, predictionError: 0 });
  });
});
