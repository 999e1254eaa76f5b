import { describe, expect, it } from "vitest";
import { referencePupils, referenceUnavailable } from "../../../test/reference-pupils.js";
import { silent } from "../../kernel/index.js";
import { numbers, plain, pupils, rows, shared, shares, table } from "./example-pupils.js";
import { type MeasureSpecification, measureValueAdded } from "./index.js";
import reference from "./method.reference.json" with { type: "json" };

function measured(specification: MeasureSpecification, of = pupils, membership = false) {
  const made = measureValueAdded(specification, { pupils: of, membership: membership ? shares : null }, silent);
  if (!made.ok) throw new Error(made.error.map(({ message }) => message).join("; "));
  return made.value.model;
}
const straight = (column: string) =>
  ({ column, shape: { kind: "polynomial", degree: 1 }, missing: "exclude" }) as const;
const apart = (of: string) => [{ of, statistic: "within-between" } as const];

/** Each pupil's school's mean of prior attainment, and what the pupil is above it. */
const meanOf = (school: number) => {
  const own = rows.filter((row) => row.school === school);
  return own.reduce((sum, { prior }) => sum + prior, 0) / own.length;
};
const means = new Map(rows.map(({ school }) => [school, meanOf(school)]));
const withParts = table("pupils.csv", [
  ...pupils.columns.values(),
  numbers(
    "mean",
    rows.map(({ school }) => means.get(school)!),
  ),
  numbers(
    "above",
    rows.map(({ school, prior }) => prior - means.get(school)!),
  ),
]);

describe("effects within and between schools", () => {
  const model = measured({ ...plain, prior: [straight("whole_prior")], intake: apart("whole_prior") });
  const [effect] = model.intake!;

  it("are the coefficients of the parts entered apart (closed form)", () => {
    const number = (column: string) => ({ column, reference: null, kind: "number", missing: "exclude" }) as const;
    const byHand = measured(
      { ...plain, prior: [], context: [number("above"), number("mean"), ...plain.context] },
      withParts,
    );
    const coefficient = (name: string) => byHand.fixedEffects.find((one) => one.name === name)!;
    // The two models hold the same space of columns; the search for the variances ends within its tolerance.
    expect(effect!.within.estimate).toBeCloseTo(coefficient("above").estimate, 6);
    expect(effect!.within.standardError).toBeCloseTo(coefficient("above").standardError, 6);
    expect(effect!.between.estimate).toBeCloseTo(coefficient("mean").estimate, 5);
    expect(effect!.between.standardError).toBeCloseTo(coefficient("mean").standardError, 5);
  });

  it("differ by the contextual effect, which is the coefficient of the mean beside the covariate", () => {
    expect(effect!.between.estimate - effect!.within.estimate).toBeCloseTo(effect!.contextual.estimate, 12);
    const mean = model.fixedEffects.find(({ name }) => name === "school_mean(whole_prior)")!;
    expect(effect!.contextual).toMatchObject({ estimate: mean.estimate });
    expect(effect!.contextual.standardError).toBeCloseTo(mean.standardError, 12);
  });

  it("of a curve are its mean slope: a spline and a cubic agree where both fit, whatever the origin", () => {
    const moved = table("pupils.csv", [
      ...pupils.columns.values(),
      numbers(
        "moved",
        rows.map(({ prior }) => 100 + prior),
      ),
    ]);
    const within = (column: string, shape: MeasureSpecification["prior"][number]["shape"]) =>
      measured({ ...shared, prior: [{ column, shape, missing: "exclude" }], intake: apart(column) }, moved, true)
        .intake![0]!.within;
    const cubic = within("whole_prior", { kind: "polynomial", degree: 3 });
    const far = within("moved", { kind: "polynomial", degree: 3 });
    const spline = within("whole_prior", { kind: "spline", degreesOfFreedom: 4 });
    expect(far.estimate).toBeCloseTo(cubic.estimate, 4);
    expect(far.standardError).toBeCloseTo(cubic.standardError, 4);
    // The truth is a parabola with mean slope 3 · 0.7: both within a standard error of each other.
    expect(Math.abs(spline.estimate - cubic.estimate)).toBeLessThan(cubic.standardError);
    expect(Math.abs(cubic.estimate - 2.1)).toBeLessThan(3 * cubic.standardError);
  });

  it.skipIf(referenceUnavailable)(
    `are those of lme4 on Exam (other program: value-added-method.R)${referenceUnavailable}`,
    () => {
      const exam = measured(
        {
          ...plain,
          outcomes: [{ column: "normexam", weight: 1 }],
          year: null,
          prior: [straight("standlrt")],
          context: [],
          intake: apart("standlrt"),
        },
        referencePupils("exam.csv", ["school"]),
      ).intake![0]!;
      for (const part of ["within", "between", "contextual"] as const) {
        // lme4's optimum is found to about 1e-6 in theta; the coefficients hardly depend on it.
        expect(exam[part].estimate).toBeCloseTo(reference.intake[part].estimate, 5);
        expect(exam[part].standardError).toBeCloseTo(reference.intake[part].standardError, 5);
      }
    },
  );
});
