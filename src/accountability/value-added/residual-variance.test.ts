import { describe, expect, it } from "vitest";
import { referencePupils, referenceUnavailable } from "../../../test/reference-pupils.js";
import { seededRandom, silent, type Table } from "../../kernel/index.js";
import { numbers, plain, table, words } from "./example-pupils.js";
import { type MeasureSpecification, measureValueAdded } from "./index.js";
import reference from "./method.reference.json" with { type: "json" };

function measured(specification: MeasureSpecification, pupils: Table) {
  const made = measureValueAdded(specification, { pupils, membership: null }, silent);
  if (!made.ok) throw new Error(made.error.map(({ message }) => message).join("; "));
  return made.value;
}
const simple = (outcome: string, prior: string): MeasureSpecification => ({
  ...plain,
  year: null,
  outcomes: [{ column: outcome, weight: 1 }],
  prior: [{ column: prior, shape: { kind: "polynomial", degree: 1 }, missing: "exclude" }],
  context: [],
});

describe("a residual variance that depends on prior attainment", () => {
  const random = seededRandom(9);
  const schoolCount = 100;
  const truth = -0.3;
  const effects = Array.from({ length: schoolCount }, () => 0.4 * random.normal());
  const rows = Array.from({ length: schoolCount * 60 }, (_, i) => {
    const school = i % schoolCount;
    // Half of the schools have pupils of high prior attainment, the other half of low.
    const prior = random.normal() + (school % 2 === 0 ? 1 : -1);
    return { school, prior, score: effects[school]! + 0.6 * prior + Math.exp(truth * prior) * random.normal() };
  });
  const made = table("made.csv", [
    words(
      "school",
      rows.map(({ school }) => `s${school}`),
    ),
    numbers(
      "prior",
      rows.map(({ prior }) => prior),
    ),
    numbers(
      "hundred",
      rows.map(({ prior }) => 100 + 10 * prior),
    ),
    numbers(
      "score",
      rows.map(({ score }) => score),
    ),
  ]);

  it("comes back as it was put in, as a line of the logarithm and by tenths", () => {
    const line = measured({ ...simple("score", "prior"), residual: { varies: "prior", shape: "log-linear" } }, made);
    // Recovery: the exponent's standard error is √(1/2) ÷ (spread · √n), about 0.0065; four of them.
    expect(Math.abs(line.model.residual!.exponent! - truth)).toBeLessThan(0.026);
    expect(line.model.residual!.settled).toBe(true);
    const tenths = measured({ ...simple("score", "prior"), residual: { varies: "prior", shape: "tenths" } }, made);
    // A variance of 600 pupils has a relative error of √(2/600), 6%; within a tenth prior attainment varies too.
    for (const { variance, value, pupils } of tenths.model.residual!.tenths.slice(1, 9))
      expect(Math.abs(variance / Math.exp(2 * truth * value) - 1)).toBeLessThan(4 * Math.sqrt(2 / pupils));
    expect(tenths.model.residual!.criterion).toBeLessThan(tenths.model.residual!.criterionOfOne - 200);
  });

  it("makes the errors of schools whose pupils vary less smaller, against those of schools whose pupils vary more", () => {
    const one = measured(simple("score", "prior"), made);
    const line = measured({ ...simple("score", "prior"), residual: { varies: "prior", shape: "log-linear" } }, made);
    const ratios = line.schools.map(({ school, predictionError }, s) => ({
      varyLess: Number(school.slice(1)) % 2 === 0, // little variance at high prior attainment
      ratio: predictionError / one.schools[s]!.predictionError,
    }));
    const of = (varyLess: boolean) => ratios.filter((one) => one.varyLess === varyLess).map(({ ratio }) => ratio);
    expect(Math.max(...of(true))).toBeLessThan(Math.min(...of(false)));
    const { low, high } = line.model.residual!.errorRatio;
    expect(low).toBeCloseTo(Math.min(...of(true)), 10);
    expect(high).toBeCloseTo(Math.max(...of(false)), 10);
  });

  it("does not depend on the units or origin of prior attainment", () => {
    const of = (column: string) =>
      measured({ ...simple("score", column), residual: { varies: column, shape: "log-linear" } }, made);
    const [here, there] = [of("prior"), of("hundred")];
    expect(there.model.residual!.exponent! * 10).toBeCloseTo(here.model.residual!.exponent!, 6);
    here.schools.forEach(({ valueAdded }, s) => {
      expect(there.schools[s]!.valueAdded).toBeCloseTo(valueAdded, 5);
    });
  });

  it.skipIf(referenceUnavailable)(
    `is nlme's on Exam, by varExp and by varIdent (other program: value-added-method.R)${referenceUnavailable}`,
    () => {
      const exam = referencePupils("exam.csv", ["school"]);
      const of = (shape: "tenths" | "log-linear") =>
        measured({ ...simple("normexam", "standlrt"), residual: { varies: "standlrt", shape } }, exam).model;
      const school = (model: ReturnType<typeof of>) => model.varianceComponents[0]!.variance;
      const [line, tenths] = [of("log-linear"), of("tenths")];
      expect(line.residual!.criterionOfOne).toBeCloseTo(reference.residual.one.criterion, 4);
      // Leverages are means over a hundred pupils of each tenth, so that variances agree to some parts in a thousand of themselves.
      expect(Math.abs(line.residual!.exponent! - reference.residual.exponential.exponent)).toBeLessThan(2e-4);
      expect(line.criterion).toBeCloseTo(reference.residual.exponential.criterion, 2);
      expect(school(line) / reference.residual.exponential.school).toBeCloseTo(1, 2);
      expect(tenths.criterion).toBeCloseTo(reference.residual.tenths.criterion, 2);
      tenths.residual!.tenths.forEach(({ variance }, k) => {
        expect(Math.abs(variance / reference.residual.tenths.variances[k]! - 1)).toBeLessThan(0.003);
      });
      tenths.fixedEffects.forEach(({ estimate }, k) => {
        expect(Math.abs(estimate - reference.residual.tenths.fixed[k]!)).toBeLessThan(
          0.01 * reference.residual.tenths.fixedErrors[k]!,
        );
      });
    },
  );
});
