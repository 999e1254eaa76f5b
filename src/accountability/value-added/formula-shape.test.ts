import { describe, expect, it } from "vitest";
import { silent, type Table } from "../../kernel/index.js";
import { designOf } from "./design.js";
import { numbers, plain, pupils, rows, shared, shares, table, words } from "./example-pupils.js";
import type { MeasureSpecification } from "./specification.js";
import { measureValueAdded } from "./value-added.js";

const places = Array.from({ length: 300 }, (_, at) => `review.yaml, line 4, column ${at + 10}`);
const withFormula = (specification: MeasureSpecification, text: string, school: string): MeasureSpecification => ({
  ...specification,
  formula: { text, school, places },
});

function measured(specification: MeasureSpecification, membership: Table | null, own = pupils) {
  const made = measureValueAdded(specification, { pupils: own, membership }, silent);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

/** Both measures say the same of every school. The search may end elsewhere by 1e-6 of a standard error. */
function expectSame(a: ReturnType<typeof measured>, b: ReturnType<typeof measured>) {
  expect(Math.abs(a.model.criterion / b.model.criterion - 1)).toBeLessThan(1e-10);
  expect(a.schools.map(({ school }) => school)).toEqual(b.schools.map(({ school }) => school));
  a.schools.forEach((school, s) => {
    const other = b.schools[s]!;
    expect(Math.abs(school.valueAdded - other.valueAdded) / other.predictionError).toBeLessThan(1e-6);
    expect(Math.abs(school.predictionError / other.predictionError - 1)).toBeLessThan(1e-6);
    school.explanation.forEach(({ code, total }, k) => {
      expect(code).toBe(other.explanation[k]!.code);
      expect(Math.abs(total - other.explanation[k]!.total)).toBeLessThan(1e-5);
    });
    expect(school.years.map(({ year }) => year)).toEqual(other.years.map(({ year }) => year));
  });
}

// Evidence class: invariance. The same model by roles and by a formula.
describe("a measure by a formula", () => {
  it("is the measure of the same roles", () => {
    const formula = 'score ~ prior + I(prior^2) + factor(fsm, ref = "no") + (1 | school)';
    expectSame(measured(withFormula(plain, formula, "school"), null), measured(plain, null));
    const orthogonal = "score ~ poly(prior, 2) + fsm + (1 | school)";
    const likelihood = { ...plain, method: "ML" } as const; // REML's criterion depends on the scale of the columns
    expectSame(measured(withFormula(likelihood, orthogonal, "school"), null), measured(likelihood, null));
  });

  it("is so with shares of time, intake, slopes and the school's own years", () => {
    const roles: MeasureSpecification = { ...shared, intake: [{ of: "prior", statistic: "mean" }], slopes: ["prior"] };
    const school = "mm(where, how_much)";
    const formula = `score ~ prior + I(prior^2) + fsm + school_mean(prior) + (1 | ${school}:year) + (1 + prior | ${school})`;
    const [byFormula, byRoles] = [measured(withFormula(roles, formula, school), shares), measured(roles, shares)];
    expectSame(byFormula, byRoles);
    expect(byFormula.model.formula).toBe(formula);
    expect(byFormula.schools[0]!.years).toHaveLength(3);
  });

  it("drops the terms of columns that have lost their role, and adds the intake that a variant wants", () => {
    const formula = withFormula(plain, "score ~ prior * fsm + I(prior^2) + (1 | school)", "school");
    expectSame(measured({ ...formula, context: [] }, null), measured({ ...plain, context: [] }, null));
    const intake = [{ of: "prior", statistic: "standard-deviation" }] as const;
    const without = {
      ...formula,
      formula: { ...formula.formula!, text: "score ~ prior + I(prior^2) + fsm + (1 | school)" },
    };
    expectSame(measured({ ...without, intake }, null), measured({ ...plain, intake }, null));
  });

  it("keeps pupils without prior attainment by an indicator where the review says so", () => {
    const prior = [{ ...plain.prior[0]!, missing: "indicator" }] as const;
    const formula = withFormula({ ...plain, prior }, "score ~ prior + I(prior^2) + fsm + (1 | school)", "school");
    expectSame(measured(formula, null), measured({ ...plain, prior }, null));
    const context = [{ column: "patchy", reference: null, kind: "category", missing: "indicator" }] as const;
    const patchy = withFormula({ ...plain, context }, "score ~ prior + I(prior^2) + patchy + (1 | school)", "school");
    expectSame(measured(patchy, null), measured({ ...plain, context }, null));
  });

  it("takes schools and shares from columns of the pupils as from a table", () => {
    const wide = table("pupils.csv", [
      ...[...pupils.columns.values()].filter(({ name }) => name !== "school"),
      words(
        "first",
        rows.map(({ school }) => `school ${school}`),
      ),
      words(
        "second",
        rows.map(({ other, share }) => (share === 1 ? "0" : `school ${other}`)),
      ),
      numbers(
        "part",
        rows.map(({ share }) => share),
      ),
      numbers(
        "rest",
        rows.map(({ share }) => 1 - share),
      ),
    ]);
    const membership = {
      kind: "columns",
      schools: ["first", "second"],
      shares: ["part", "rest"],
      remainder: "unaccounted",
    } as const;
    const school = "mm(first + second, part + rest)";
    const formula = `score ~ prior + I(prior^2) + fsm + (1 | ${school}) + (1 | ${school}:year)`;
    const byColumns = measured(withFormula({ ...shared, school: null, membership }, formula, school), null, wide);
    const byTable = measured(shared, shares);
    const of = (measure: typeof byTable) => new Map(measure.schools.map((one) => [one.school, one.valueAdded]));
    for (const [name, figure] of of(byTable)) expect(of(byColumns).get(name)).toBeCloseTo(figure, 5);
  });

  it("says at which character a formula does not fit the pupils", () => {
    const made = designOf(withFormula(plain, "score ~ log(prior) + fsm + (1 | school)", "school"), pupils, null);
    expect(made).toMatchObject({
      ok: false,
      error: [{ code: "formula-invalid", place: "review.yaml, line 4, column 18" }],
    });
    expect(!made.ok && made.error[0]!.message).toMatch(/^this is (NaN|-Infinity) \(pupils\.csv, line \d+\)$/);
  });
});
