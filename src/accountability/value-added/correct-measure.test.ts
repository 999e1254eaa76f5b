import { describe, expect, it } from "vitest";
import { silent, type Table, valueOn } from "../../kernel/index.js";
import { Objective, readFit, sumsOf } from "../../statistics/mixed-model/index.js";
import { correctableMeasure, correctMeasure } from "./correct-measure.js";
import { pupilsOfDesign, withNewShares } from "./corrected-design.js";
import { correctionReasons } from "./correction-reasons.js";
import type { CorrectedMeasure, Correction } from "./corrections.js";
import { numbers, plain, pupilCount, pupils, rows, shared, shares, table, words } from "./example-pupils.js";
import { fittedParts } from "./fitted-parts.js";
import { type MeasureSpecification, measureValueAdded, type SchoolMeasure } from "./index.js";
import { largestChanges } from "./influence.js";

const tablesOf = (specification: MeasureSpecification, from: Table = pupils) => ({
  pupils: from,
  membership: specification.membership.kind === "table" ? shares : null,
});

function published(specification: MeasureSpecification, from: Table = pupils) {
  const made = correctableMeasure(specification, tablesOf(specification, from), silent);
  if (!made.ok) throw new Error(made.error.map(({ message }) => message).join("; "));
  return made.value;
}

function correct(
  specification: MeasureSpecification,
  corrections: readonly Correction[],
  refit: boolean,
  from: Table = pupils,
): CorrectedMeasure {
  const made = correctMeasure(published(specification, from), corrections, refit, silent);
  if (!made.ok) throw new Error(made.error.map(({ message }) => message).join("; "));
  return made.value;
}

const leaveOut = (row: number): Correction => ({ row, action: "leave-out", shares: [], place: `line ${row}` });
const reweigh = (row: number, ...parts: readonly (readonly [school: number, share: number])[]): Correction => ({
  row,
  action: "shares",
  shares: parts.map(([school, share]) => ({ school: `school ${school}`, share })),
  place: `line ${row}`,
});

/** The pupils' table without some of its rows. */
function without(gone: readonly number[], from: Table = pupils): Table {
  const kept = Array.from({ length: from.rows }, (_, row) => row).filter((row) => !gone.includes(row));
  return table(
    "pupils.csv",
    [...from.columns.values()].map((column) => {
      if (column.kind === "number")
        return numbers(
          column.name,
          kept.map((row) => column.values[row]!),
        );
      if (column.kind !== "category") throw new TypeError(column.kind);
      const codes = Int32Array.from(kept, (row) => column.codes[row]!);
      return { ...column, codes };
    }),
  );
}

function measured(specification: MeasureSpecification, from: Table, membership = tablesOf(specification).membership) {
  const made = measureValueAdded(specification, { pupils: from, membership }, silent);
  if (!made.ok) throw new Error(made.error.map(({ message }) => message).join("; "));
  return new Map(made.value.schools.map((school) => [school.school, school]));
}

/** Figures and errors agree to a part of the standard error. */
function expectSame(is: SchoolMeasure, expected: SchoolMeasure, tolerance: number): void {
  const error = expected.predictionError;
  for (const key of ["valueAdded", "standardError", "predictionError", "lower", "upper"] as const)
    expect(Math.abs(is[key] - expected[key]) / error).toBeLessThan(tolerance);
  expect(is.pupils).toBe(expected.pupils);
  expect(is.pupilEquivalents).toBeCloseTo(expected.pupilEquivalents, 9);
  is.explanation.forEach(({ code, total }, k) => {
    expect(code).toBe(expected.explanation[k]!.code);
    expect(Math.abs(total - expected.explanation[k]!.total) / error).toBeLessThan(20 * tolerance); // sums over few pupils
  });
}

const intake: MeasureSpecification = {
  ...shared,
  prior: [{ column: "whole_prior", shape: { kind: "polynomial", degree: 2 }, missing: "exclude" }],
  intake: [{ of: "whole_prior", statistic: "mean" }],
};
const sloped: MeasureSpecification = { ...shared, slopes: ["prior"] };
const drifting: MeasureSpecification = {
  ...shared,
  groups: [{ name: "cohort", column: "year", withinSchool: true, drift: "autoregressive" }],
};
const gone = [1, 3, 9, 77, 501]; // 9 moved

describe("corrections of single pupils", () => {
  it.each([
    ["one school a pupil", plain],
    ["shares and cohorts", shared],
  ])("change nothing where there are none, or where a pupil is not in the model: %s", (_, specification) => {
    for (const refit of [false, true])
      for (const none of [[], [leaveOut(20)]]) {
        const { schools, leftOut: made, withoutEffect } = correct(specification, none, refit); // row 20 has no prior attainment
        expect({ made, withoutEffect }).toEqual({ made: 0, withoutEffect: none.length });
        for (const { before, after, difference, leftOut } of schools)
          expect({ after, difference, leftOut }).toEqual({ after: before, difference: 0, leftOut: 0 });
      }
  });

  // Evidence class: invariance. The tolerance is rounding: sums less and plus the same products.
  it("change nothing, to rounding, where a pupil has the same shares again", () => {
    const { school, other } = rows[9]!;
    const same = reweigh(9, [school, 0.4], [other, 0.6]);
    for (const { before, after, reweighted } of correct(shared, [same], false).schools) {
      expectSame(after, before, 1e-9);
      expect(reweighted).toBe([`school ${school}`, `school ${other}`].includes(before.school) ? 1 : 0);
    }
  });

  // Evidence class: closed form. The same pupils, measured from a file without the others; both searches stop within 1e-7 of the errors.
  it.each([
    ["one school a pupil", plain],
    ["shares and cohorts", shared],
    ["means of the intake", intake],
    ["slopes", sloped],
    ["a residual variance that varies", { ...plain, residual: { varies: "whole_prior", shape: "tenths" as const } }],
  ])("give the figures of a file without the pupils, with a new search: %s", (_, specification) => {
    const expected = measured(specification, without(gone));
    const { schools, leftOut: made } = correct(specification, gone.map(leaveOut), true);
    expect(made).toBe(gone.length);
    for (const { after } of schools) expectSame(after, expected.get(after.school)!, 1e-7);
  });

  // Evidence class: closed form. The rows that are left, summed anew and solved at the published ratios of the variances.
  it.each([
    ["one school a pupil", plain],
    ["shares and cohorts", shared],
    ["years that drift", drifting],
  ])("give the figures at the published ratios of the variances without a search: %s", (_, specification) => {
    const before = published(specification);
    const { schools } = correct(specification, gone.map(leaveOut), false);
    const { design } = published(specification, without(gone)).fitted;
    const objective = new Objective(sumsOf(design.model), specification.method);
    const { optimum } = before.fitted;
    const fit = readFit(objective, { ...optimum, evaluation: objective.evaluate(optimum.theta) });
    const [lasting] = fit.randomEffects;
    const figures = new Map(lasting!.levels.map((school, s) => [school, lasting!.estimate[s]!]));
    for (const { after } of schools) {
      const own = after.explanation.find(({ code }) => code === "shrinkage")!.total;
      expect(Math.abs(own - figures.get(after.school)!) / after.predictionError).toBeLessThan(1e-9);
      if (specification !== plain) continue; // with years the published error is of a sum of effects
      const s = lasting!.levels.indexOf(after.school);
      expect(after.standardError / lasting!.conditionalError[s]! - 1).toBeCloseTo(0, 9);
      expect(after.predictionError / lasting!.predictionError[s]! - 1).toBeCloseTo(0, 9);
    }
  });

  // Evidence class: closed form. −g r / (1 − h) of the method's §8, which the page of influence is made from.
  it("move a figure as far as the closed form of leaving out one pupil says", () => {
    const before = published(plain);
    const { design, fit } = before.fitted;
    const parts = fittedParts(design, fit);
    const y = design.model.response.values;
    const residual = y.map((value, i) => value - parts.expected[i]! - parts.schools[i]! - parts.groups[i]!);
    const largest = largestChanges(plain, design, fit, residual);
    const s = design.membership.schools.indexOf("school 3");
    const changes = rows.flatMap(({ school }, row) => {
      const made = school === 3 ? correctMeasure(before, [leaveOut(row)], false, silent) : null;
      return made?.ok ? [Math.abs(made.value.schools[s]!.difference)] : [];
    });
    expect(Math.abs(Math.max(...changes) / largest[s]! - 1)).toBeLessThan(1e-7);
  });

  it("come near a new search where few of many pupils change", () => {
    const [held, anew] = [false, true].map((refit) => correct(shared, gone.map(leaveOut), refit).schools);
    held!.forEach(({ after }, s) => {
      expect(Math.abs(after.valueAdded - anew![s]!.after.valueAdded) / after.predictionError).toBeLessThan(0.05);
    });
  });

  // Evidence class: closed form. The same shares in a table of memberships.
  it("count a pupil for other schools as a table of shares would", () => {
    const moved = [reweigh(2, [4, 0.5], [7, 0.5]), reweigh(5, [11, 0.25])];
    const parts = rows.flatMap(({ pupil, school }, row) => {
      const own = moved.find((correction) => correction.row === row)?.shares ?? [
        { school: `school ${school}`, share: 1 },
      ];
      return own.map((part) => ({ pupil, ...part }));
    });
    const given = table("shares.csv", [
      words(
        "who",
        parts.map(({ pupil }) => pupil),
      ),
      words(
        "where",
        parts.map(({ school }) => school),
      ),
      numbers(
        "how_much",
        parts.map(({ share }) => share),
      ),
    ]);
    const { membership } = shared;
    const expected = measured({ ...plain, school: null, membership }, pupils, given);
    for (const { after } of correct(plain, moved, true).schools) expectSame(after, expected.get(after.school)!, 1e-7);
    const held = correct(plain, moved, false);
    expect(
      held.schools
        .filter(({ reweighted }) => reweighted > 0)
        .map(({ before }) => before.school)
        .sort(),
    ).toEqual(
      [
        ...new Set([`school ${rows[2]!.school}`, `school ${rows[5]!.school}`, "school 4", "school 7", "school 11"]),
      ].sort(),
    );
    for (const { after } of held.schools) {
      const own = expected.get(after.school)!;
      expect(Math.abs(after.valueAdded - own.valueAdded) / own.predictionError).toBeLessThan(0.02);
      expect(after.pupilEquivalents).toBeCloseTo(own.pupilEquivalents, 9);
    }
  });

  it.each([
    [false, plain],
    [true, shared],
    [false, shared],
  ])("explain each difference in steps that add up to it (new search: %s)", (refit, specification) => {
    const { schools } = correct(specification, [...gone.map(leaveOut), reweigh(4, [8, 1])], refit);
    for (const { difference, steps, before, after } of schools) {
      expect(steps.reduce((sum, step) => sum + step.difference, 0)).toBeCloseTo(difference, 10);
      expect(steps.map(({ code }) => code)).toEqual(before.explanation.map(({ code }) => code));
      expect(after.valueAdded - before.valueAdded).toBe(difference);
    }
  });

  it("move the figure of the school of a pupil who did badly up, and no other as far", () => {
    const worst = rows.map(({ outcome }) => outcome).indexOf(Math.min(...rows.map(({ outcome }) => outcome)));
    const { schools } = correct({ ...plain, prior: [] }, [leaveOut(worst)], false);
    const own = schools.find(({ leftOut }) => leftOut === 1)!;
    expect(own.before.school).toBe(`school ${rows[worst]!.school}`);
    expect(own.difference).toBeGreaterThan(0);
    expect(own.after.pupils).toBe(own.before.pupils - 1);
    for (const { difference } of schools) expect(Math.abs(difference)).toBeLessThanOrEqual(own.difference);
  });

  it("leave a school without pupils at the average, with what is known of such a school", () => {
    const all = rows.flatMap(({ school }, row) => (school === 6 ? [leaveOut(row)] : []));
    for (const refit of [false, true]) {
      const own = correct(plain, all, refit).schools.find(({ before }) => before.school === "school 6")!;
      expect(own.after).toMatchObject({ pupils: 0, pupilEquivalents: 0 });
      expect(own.after.valueAdded).toBeCloseTo(0, 9);
      expect(own.after.predictionError).toBeGreaterThan(own.before.predictionError);
      expect(own.steps.reduce((sum, step) => sum + step.difference, 0)).toBeCloseTo(own.difference, 10);
    }
  });
});

/** The example with schools in authorities, a school of one pupil in a year of its own, and a group that one pupil is of. */
const special = table("pupils.csv", [
  ...[...pupils.columns.values()].filter(({ name }) => name !== "school"),
  words(
    "school",
    rows.map(({ school }, row) => (row === 1 ? "lonely" : `school ${school}`)),
  ),
  words(
    "authority",
    rows.map(({ school }, row) => (row === 1 ? "north" : school % 2 === 0 ? "north" : "south")),
  ),
  words(
    "rare",
    rows.map((_, row) => (row === 7 ? "yes" : "no")),
  ),
]);

describe("corrections that the published sums don't know", () => {
  const cohorts = { ...plain, groups: [{ name: "cohort", column: "year", withinSchool: true }] };
  const authorities = { ...plain, groups: [{ name: "authority", column: "authority", withinSchool: false }] };
  const rare: MeasureSpecification = {
    ...plain,
    context: [{ column: "rare", reference: "no", kind: "category", missing: "exclude" }],
  };
  const toLonely: Correction = { row: 2, action: "shares", shares: [{ school: "lonely", share: 1 }], place: "line 5" };
  const south = rows.findIndex(({ school }, row) => school % 2 === 1 && row > 2 && row % 20 !== 0);
  const north: Correction = {
    row: south,
    action: "shares",
    shares: [{ school: "school 2", share: 1 }],
    place: "line 6",
  };
  it.each([
    ["a year in which the school had nobody", cohorts, toLonely, "line 5"],
    ["a school of another authority", authorities, north, "line 6"],
    ["the last pupil of a group", rare, leaveOut(7), "pupils.csv"],
  ])("ask for a new search, which can make them: %s", (_, specification, correction, place) => {
    const before = published(specification, special);
    const held = correctMeasure(before, [correction], false, silent);
    if (held.ok) throw new Error("it was held");
    expect(held.error).toMatchObject([{ code: "correction-needs-refit", place }]);
    expect(held.error[0]!.remedy).toContain("--refit");
    const anew = correctMeasure(before, [correction], true, silent);
    expect(anew.ok && anew.value.converged).toBe(true);
  });

  // Evidence class: closed form. The corrected rows summed anew, at the published ratios of the variances.
  it("are held where a pupil moves within an authority", () => {
    const before = published(authorities, special);
    const { design, optimum } = before.fitted;
    const [mover, leaver] = [rows.findIndex(({ school }, row) => school % 2 === 1 && row > 2 && row % 20 !== 0), 33];
    const to = design.membership.schools.indexOf("school 5");
    const place = (row: number) => design.used.rows.indexOf(row);
    const other: Correction = { row: mover, action: "shares", shares: [{ school: "school 5", share: 1 }], place: "" };
    const held = correctMeasure(before, [other, leaveOut(leaver)], false, silent);
    if (!held.ok) throw new Error(held.error[0]!.message);
    const { design: moved } = withNewShares(design, new Map([[place(mover), [{ school: to, share: 1 }]]]), special);
    const kept = Int32Array.from(design.used.rows.keys()).filter((i) => i !== place(leaver));
    const objective = new Objective(sumsOf(pupilsOfDesign(moved, kept).model), authorities.method);
    const fit = readFit(objective, { ...optimum, evaluation: objective.evaluate(optimum.theta) });
    held.value.schools.forEach(({ after }, s) => {
      const own = fit.randomEffects[0]!;
      expect(after.school).toBe(own.levels[s]);
      expect(Math.abs(after.valueAdded - own.estimate[s]!) / own.predictionError[s]!).toBeLessThan(1e-9);
      expect(after.predictionError / own.predictionError[s]! - 1).toBeCloseTo(0, 9);
    });
  });

  it("are refused where a pupil has two or a school isn't known", () => {
    expect(() => correct(plain, [leaveOut(2), leaveOut(2)], false)).toThrow("two corrections");
    expect(correctMeasure(published(plain), [reweigh(2, [99, 1])], false, silent)).toMatchObject({
      error: [{ code: "correction-school-unknown", place: "line 2", message: expect.stringContaining('"school 99"') }],
    });
  });
});

describe("the reasons for corrections", () => {
  it("are named once, each with what it may do and where it comes from", () => {
    for (const { value, source } of correctionReasons.values) {
      expect(new Set(value.map(({ code }) => code)).size).toBe(value.length);
      for (const { code, label, actions } of value) {
        expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(label).not.toBe("");
        expect(actions.length).toBeGreaterThan(0);
      }
      expect(source.kind).toBe("published");
    }
    expect(() => valueOn(correctionReasons, "2016-08-31" as never)).toThrow("no value");
    expect(pupilCount).toBe(rows.length);
  });
});
