import { describe, expect, it } from "vitest";
import { referencePupils, referenceUnavailable } from "../../../test/reference-pupils.js";
import { silent, type Table } from "../../kernel/index.js";
import { designOf } from "./design.js";
import { plain, pupils, rows, table, words } from "./example-pupils.js";
import { type FurtherGroup, type MeasureSpecification, measureValueAdded } from "./index.js";
import { solveMixedModelEquations } from "./mixed-model-equations.js";

/** Forty primary schools that feed the thirty secondary ones; those of every seventh pupil are not known in `patchy_primary`. */
const primaryOf = (i: number) => `primary ${(rows[i]!.school + (i % 3) * 7) % 40}`;
const withPrimary = table("pupils.csv", [
  ...pupils.columns.values(),
  words(
    "primary",
    rows.map((_, i) => primaryOf(i)),
  ),
  words(
    "patchy_primary",
    rows.map((_, i) => (i % 7 === 0 ? null : primaryOf(i))),
  ),
]);
const group = (column: string, missing?: "average"): FurtherGroup => ({
  ...{ name: "primary school", column, withinSchool: false },
  ...(missing ? { missing } : {}),
});

function measured(specification: MeasureSpecification, of: Table = withPrimary) {
  const made = measureValueAdded(specification, { pupils: of, membership: null }, silent);
  const design = designOf(specification, of, null);
  if (!made.ok || !design.ok) throw new Error("not measured");
  return { measure: made.value, design: design.value };
}

describe("a previous school as a crossed group", () => {
  it("that is not known has the effect of an average one (closed form: Henderson's equations with no entry for it)", () => {
    const { measure, design } = measured({ ...plain, groups: [group("patchy_primary", "average")] });
    expect(measure.pupils.used).toBe(rows.filter((_, i) => i % 20 !== 0).length); // only those without prior attainment are left out
    const closed = solveMixedModelEquations(design.model, measure.model);
    measure.schools.slice(0, 8).forEach(({ valueAdded, predictionError }, s) => {
      const own = closed.combine([{ term: 0, level: s, coefficient: 0, weight: 1 }]);
      expect(valueAdded).toBeCloseTo(own.estimate, 6);
      expect(predictionError).toBeCloseTo(own.predictionError, 6);
    });
    expect(measure.notes.join()).toContain("they are kept, with the effect of an average primary school");
  });

  it("leaves its pupils out where the file does not say otherwise, and counts them", () => {
    const { measure } = measured({ ...plain, groups: [group("patchy_primary")] });
    expect(measure.pupils.leftOut.map(({ reason }) => reason)).toContain('no primary school in "patchy_primary"');
    expect(measure.notes).toEqual([]);
  });

  it("that is always known makes no difference to the rule", () => {
    const [a, b] = [undefined, "average" as const].map((missing) =>
      measured({ ...plain, groups: [group("primary", missing)] }),
    );
    expect(b!.measure.model.criterion).toBe(a!.measure.model.criterion);
    expect(b!.measure.schools).toEqual(a!.measure.schools);
  });

  it.skipIf(referenceUnavailable)(
    `of one Scottish pupil in ten forgotten keeps every pupil and leaves the variances within their errors (invariance)${referenceUnavailable}`,
    () => {
      const fife = referencePupils("scotssec.csv", ["sex", "primary", "second", "social"]);
      const primary = fife.columns.get("primary")!;
      if (primary.kind !== "category") throw new Error("no primary schools");
      const forgotten = table("scotssec.csv", [
        ...[...fife.columns.values()].filter(({ name }) => name !== "primary"),
        { ...primary, codes: primary.codes.map((code, i) => (i % 10 === 0 ? -1 : code)) },
      ]);
      const specification: MeasureSpecification = {
        ...plain,
        outcomes: [{ column: "attain", weight: 1 }],
        school: "second",
        year: null,
        prior: [{ column: "verbal", shape: { kind: "polynomial", degree: 1 }, missing: "exclude" }],
        context: [{ column: "sex", reference: "F", kind: "category", missing: "exclude" }],
        groups: [group("primary", "average")],
      };
      const [known, some] = [measured(specification, fife).measure, measured(specification, forgotten).measure];
      expect(some.pupils.used).toBe(known.pupils.used);
      known.model.varianceComponents.forEach(({ variance, standardError }, k) => {
        expect(Math.abs(some.model.varianceComponents[k]!.variance - variance)).toBeLessThan(2 * standardError!);
      });
    },
  );
});
