import { describe, expect, it } from "vitest";
import { seededRandom, silent } from "../../kernel/index.js";
import { designOf } from "./design.js";
import { pupils as examplePupils, numbers, plain, rows, shared, shares, table, words } from "./example-pupils.js";
import { type MeasureSpecification, measureValueAdded, type Subgroup } from "./index.js";
import { solveMixedModelEquations } from "./mixed-model-equations.js";
import { partsBySchool, publishedParts } from "./school-years.js";
import { subgroupsOf } from "./subgroups.js";

const disadvantaged: Subgroup = {
  name: "disadvantaged",
  column: "fsm",
  members: { kind: "level", level: "yes" },
  fewestPupils: 1,
};
const low: Subgroup = {
  name: "low attainers",
  column: "whole_prior",
  members: { kind: "below", quantile: 0.25 },
  fewestPupils: 1,
};
/** The example's pupils, at schools that differ in what they add for the disadvantaged and along prior attainment. */
function sloped() {
  const random = seededRandom(12);
  const slopes = new Map(
    [...new Set(rows.map(({ school }) => school))].map((s) => [s, [random.normal(), random.normal()]]),
  );
  return table("pupils.csv", [
    ...[...examplePupils.columns.values()].filter(({ name }) => name !== "score"),
    numbers(
      "score",
      rows.map(({ outcome, school, prior, fsm }) => {
        const [poor, along] = slopes.get(school)!;
        return outcome + (fsm === "yes" ? 2 * poor! : 0) + along! * prior;
      }),
    ),
  ]);
}
const pupils = sloped();
const specification: MeasureSpecification = {
  ...shared,
  prior: [{ column: "whole_prior", shape: { kind: "polynomial", degree: 1 }, missing: "exclude" }],
  slopes: ["fsm", "whole_prior"],
  subgroups: [disadvantaged, low],
};

function measured(of: MeasureSpecification) {
  const made = measureValueAdded(of, { pupils, membership: shares }, silent);
  const design = designOf(of, pupils, shares);
  if (!made.ok || !design.ok) throw new Error("not measured");
  return { measure: made.value, design: design.value };
}

describe("a school's effect for a group of pupils", () => {
  it("and its difference from the others have the errors of Henderson's equations written out", () => {
    const { measure, design } = measured(specification);
    const closed = solveMixedModelEquations(design.model, measure.model);
    const own = partsBySchool(design);
    const mean = (of: (row: (typeof rows)[number]) => number, members: readonly (typeof rows)[number][]) =>
      members.reduce((sum, row) => sum + of(row), 0) / members.length;
    const fsm = (row: (typeof rows)[number]) => (row.fsm === "yes" ? 1 : 0);
    const prior = (row: (typeof rows)[number]) => row.prior;
    const cut = rows.map(prior).sort((a, b) => a - b)[rows.length / 4 - 1]!;
    const groups = [
      [rows.filter((row) => row.fsm === "yes"), rows.filter((row) => row.fsm === "no")],
      [rows.filter((row) => row.prior <= cut), rows.filter((row) => row.prior > cut)],
    ] as const;
    for (const [s, school] of [...measure.schools.entries()].slice(0, 6)) {
      const published = publishedParts(specification, design, s, own[s]!);
      groups.forEach(([members, others], g) => {
        const slope = (weights: readonly number[]) =>
          weights.map((weight, k) => ({ term: 0, level: s, coefficient: k + 1, weight }));
        const own = [mean(fsm, members), mean(prior, members)];
        const rest = [mean(fsm, others), mean(prior, others)];
        const figure = closed.combine([...published, ...slope(own)]);
        const difference = closed.combine(slope(own.map((value, k) => value - rest[k]!)));
        const shown = school.subgroups[g]!;
        // Closed form at the fit's own variances: both invert the same equations, so only rounding differs.
        expect(shown.figure!.estimate).toBeCloseTo(figure.estimate, 6);
        expect(shown.figure!.predictionError).toBeCloseTo(figure.predictionError, 6);
        expect(shown.difference!.estimate).toBeCloseTo(difference.estimate, 6);
        expect(shown.difference!.predictionError).toBeCloseTo(difference.predictionError, 6);
      });
    }
    expect(measure.notes.join()).toContain('pupils are in the group "disadvantaged"');
  });

  it("is withheld where the school has too few pupils in the group or outside it", () => {
    const { measure, design } = measured({ ...specification, subgroups: [{ ...disadvantaged, fewestPupils: 9 }] });
    const [basis] = subgroupsOf(specification, design, pupils).bases;
    measure.schools.forEach(({ subgroups }, s) => {
      const few = basis!.membersOfSchool[s]! < 9 || basis!.othersOfSchool[s]! < 9;
      expect(subgroups[0]!.difference === null).toBe(few);
      expect(subgroups[0]!.pupils).toBe(few ? null : basis!.membersOfSchool[s]);
    });
    const withheld = measure.schools.filter(({ subgroups }) => subgroups[0]!.figure === null).length;
    expect(withheld).toBeGreaterThan(0);
    expect(withheld).toBeLessThan(measure.schools.length);
  });

  it("does not depend on the origin of the covariate with the slope, as the published figure does", () => {
    const moved = table("pupils.csv", [
      ...pupils.columns.values(),
      numbers(
        "moved",
        rows.map(({ prior }) => prior + 5),
      ),
    ]);
    const of = (column: string) => {
      const made = measureValueAdded(
        {
          ...plain,
          prior: [{ column, shape: { kind: "polynomial", degree: 1 }, missing: "exclude" }],
          slopes: [column],
          subgroups: [{ ...low, column }],
        },
        { pupils: moved, membership: null },
        silent,
      );
      if (!made.ok) throw new Error("not measured");
      return made.value.schools.map(({ subgroups }) => subgroups[0]!);
    };
    const [here, there] = [of("whole_prior"), of("moved")];
    here.forEach(({ figure, difference }, s) => {
      // Invariance, as far as the search for the variances goes.
      expect(there[s]!.figure!.estimate).toBeCloseTo(figure!.estimate, 3);
      expect(there[s]!.difference!.predictionError).toBeCloseTo(difference!.predictionError, 3);
    });
  });

  it("is withheld, with the reason, where the model can't tell the schools' slopes", () => {
    const made = measureValueAdded(specification, { pupils: examplePupils, membership: shares }, silent); // no school's slopes differ
    if (!made.ok) throw new Error("not measured");
    expect(made.value.model.convergence.singular).toBe(true);
    expect(made.value.notes.join()).toContain("What schools add for groups of pupils is not shown");
    for (const { subgroups } of made.value.schools)
      for (const { difference, figure } of subgroups) expect([difference, figure]).toEqual([null, null]);
  });

  it("that holds nobody is a problem that lists the levels", () => {
    const made = measureValueAdded(
      { ...specification, subgroups: [{ ...disadvantaged, members: { kind: "level", level: "ja" } }] },
      { pupils, membership: shares },
      silent,
    );
    expect(made.ok ? [] : made.error).toMatchObject([
      { code: "subgroup-empty", remedy: expect.stringContaining("no, yes") },
    ]);
  });
});

describe("differences that were put in", () => {
  it("come back: they are unbiased given what is shown, and nineteen of twenty lie in their intervals", () => {
    const random = seededRandom(71);
    const schoolCount = 200;
    const slopes = Array.from({ length: schoolCount }, () => 0.3 * random.normal());
    const effects = Array.from({ length: schoolCount }, () => 0.4 * random.normal());
    const made = Array.from({ length: schoolCount * 40 }, (_, i) => {
      const school = i % schoolCount;
      const poor = random.uniform() < 0.4;
      return { school, poor, score: effects[school]! + (poor ? slopes[school]! - 0.5 : 0) + random.normal() };
    });
    const result = measureValueAdded(
      {
        ...plain,
        pupil: "row",
        year: null,
        prior: [],
        context: [{ column: "fsm", reference: "no", kind: "category", missing: "exclude" }],
        slopes: ["fsm"],
        subgroups: [disadvantaged],
      },
      {
        pupils: table("made.csv", [
          words(
            "school",
            made.map(({ school }) => `s${school}`),
          ),
          words(
            "fsm",
            made.map(({ poor }) => (poor ? "yes" : "no")),
          ),
          numbers(
            "score",
            made.map(({ score }) => score),
          ),
        ]),
        membership: null,
      },
      silent,
    );
    if (!result.ok) throw new Error("not measured");
    let inside = 0;
    let error = 0;
    for (const { school, subgroups } of result.value.schools) {
      const truth = slopes[Number(school.slice(1))]!;
      const { lower, upper, estimate } = subgroups[0]!.difference!;
      if (lower <= truth && truth <= upper) inside++;
      error += (estimate - truth) / schoolCount;
    }
    // Recovery: 95% of 200 intervals, give or take three standard errors of 1.5 points.
    expect(inside / schoolCount).toBeGreaterThan(0.9);
    expect(inside / schoolCount).toBeLessThan(0.995);
    expect(Math.abs(error)).toBeLessThan(0.06); // three standard errors of a mean of 200 differences of 0.3
  });
});
