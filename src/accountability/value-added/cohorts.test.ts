import { describe, expect, it } from "vitest";
import { type Column, silent, type Table } from "../../kernel/index.js";
import { cohortFacts, knownOfCohort, startOfYear } from "./cohort-facts.js";
import { numbers, pupils, rows, shared, shares, table } from "./example-pupils.js";
import { type MeasureSpecification, measureValueAdded, type PriorAttainment } from "./index.js";

const straight = (column: string): PriorAttainment => ({
  column,
  shape: { kind: "polynomial", degree: 1 },
  missing: "exclude",
});

/** Pupils of whom those of one year have no `ks2`, and those of the same year have another test. */
const without = (year: string) =>
  numbers(
    "ks2",
    rows.map((row) => (row.year === year ? Number.NaN : row.prior)),
  );
const other = numbers(
  "cats",
  rows.map(({ year, prior }) => (year === "2024/25" ? prior : Number.NaN)),
);
const withColumns = (...columns: Column[]): Table => table("pupils.csv", [...pupils.columns.values(), ...columns]);
const patchy = withColumns(without("2024/25"), other);

function answer(specification: MeasureSpecification, of: Table = patchy) {
  return measureValueAdded(specification, { pupils: of, membership: shares }, silent);
}
function measured(specification: MeasureSpecification, of: Table = patchy) {
  const made = answer(specification, of);
  if (!made.ok) throw new Error(made.error.map(({ message }) => message).join("; "));
  return made.value;
}
const fromKs2: MeasureSpecification = { ...shared, prior: [straight("ks2")] };
const leaveOut = (year: string) => [{ year, rule: { kind: "leave-out" } as const }];

describe("a year in which nobody has a baseline", () => {
  it.each(["exclude", "indicator", "stop"] as const)(
    "stops the measure, whatever holds for single pupils: %s",
    (missing) => {
      const made = answer({ ...fromKs2, prior: [{ ...straight("ks2"), missing }] });
      expect(made.ok ? [] : made.error).toMatchObject([
        {
          code: "baseline-missing",
          place: 'pupils.csv, column "ks2", year 2024/25',
          message: expect.stringContaining("those who finished Key Stage 4 in 2024/25 have no Key Stage 2 results"),
          remedy: expect.stringMatching(/leaveOut: true.*baseline: \[COLUMN\]/),
        },
      ]);
    },
  );

  it("is left out where the review says so, as if its pupils were not in the file, and the notes name the years that remain", () => {
    const left = measured({ ...fromKs2, cohorts: leaveOut("2024/25") });
    const keep = rows.map(({ year }) => year !== "2024/25");
    const without2024: Table = table(
      "pupils.csv",
      [...patchy.columns.values()].map((column): Column => {
        const kept = <T extends ArrayLike<number> & { filter(test: (value: number, i: number) => boolean): T }>(
          values: T,
        ) => values.filter((_, i) => keep[i]!);
        if (column.kind === "number") return { ...column, values: kept(column.values) };
        return column.kind === "category"
          ? { ...column, codes: kept(column.codes) }
          : { ...column, days: kept(column.days) };
      }),
    );
    const alone = measured(fromKs2, without2024);
    // The same pupils in the same order make the same model.
    expect(left.model.criterion).toBeCloseTo(alone.model.criterion, 8);
    left.schools.forEach(({ valueAdded, years }, s) => {
      expect(valueAdded).toBeCloseTo(alone.schools[s]!.valueAdded, 8);
      expect(years.map(({ year }) => year)).toEqual(["2022/23", "2023/24"]);
    });
    expect(left.notes.join()).toContain(
      "The measure rests on the years 2022/23, 2023/24. Left out by the review file's rule: 2024/25.",
    );
    expect(left.pupils.leftOut).toContainEqual({
      reason: "the year 2024/25 is left out by the review file's rule",
      count: 300,
    });
  });

  it("leaves its weight to the school's other years in proportion", () => {
    const weighted = measured({ ...fromKs2, cohorts: leaveOut("2024/25"), yearWeights: [5, 3, 1] });
    for (const { valueAdded, years } of weighted.schools) {
      if (years.length < 2) continue;
      const [first, second] = years;
      expect(valueAdded).toBeCloseTo((3 * second!.valueAdded + first!.valueAdded) / 4, 10);
    }
    expect(weighted.notes.join()).toContain("Their weight goes to the school's other years");
  });

  it("is measured from another baseline as if both tests' columns had been written out by hand", () => {
    const ruled = measured({
      ...fromKs2,
      cohorts: [{ year: "2024/25", rule: { kind: "other-baseline", prior: [straight("cats")] } }],
    });
    const last = rows.map(({ year }) => (year === "2024/25" ? 1 : 0));
    const byHand = withColumns(
      numbers(
        "first_test",
        rows.map(({ prior }, i) => (last[i] ? 0 : prior)),
      ),
      numbers(
        "second_test",
        rows.map(({ prior }, i) => (last[i] ? prior : 0)),
      ),
      numbers("second_level", last),
    );
    const number = (column: string) => ({ column, reference: null, kind: "number", missing: "exclude" }) as const;
    const written = measured(
      {
        ...fromKs2,
        prior: [],
        context: [...["first_test", "second_test", "second_level"].map(number), ...shared.context],
      },
      byHand,
    );
    // The same space of columns: closed form up to the search's tolerance.
    const coefficient = (of: typeof ruled, name: string) => of.model.fixedEffects.find((one) => one.name === name)!;
    expect(coefficient(ruled, "cats[2024/25]").estimate).toBeCloseTo(coefficient(written, "second_test").estimate, 6);
    expect(coefficient(ruled, "ks2").standardError).toBeCloseTo(coefficient(written, "first_test").standardError, 6);
    ruled.schools.forEach(({ valueAdded, predictionError }, s) => {
      expect(valueAdded).toBeCloseTo(written.schools[s]!.valueAdded, 5);
      expect(predictionError).toBeCloseTo(written.schools[s]!.predictionError, 5);
    });
    expect(ruled.notes.join()).toContain('The pupils of 2024/25 are measured from another baseline, "cats"');
  });

  it("gives the same figures whatever the units and the origin of the other baseline", () => {
    const of = (column: string) =>
      measured(
        {
          ...fromKs2,
          cohorts: [{ year: "2024/25", rule: { kind: "other-baseline", prior: [straight(column)] } }],
        },
        withColumns(
          without("2024/25"),
          other,
          numbers(
            "scaled",
            rows.map(({ year, prior }) => (year === "2024/25" ? 100 + 15 * prior : Number.NaN)),
          ),
        ),
      );
    const [plain, scaled] = [of("cats"), of("scaled")];
    plain.schools.forEach(({ valueAdded }, s) => {
      expect(scaled.schools[s]!.valueAdded).toBeCloseTo(valueAdded, 5);
    });
  });

  it("is no rule's business where the column is empty in every year", () => {
    const empty = withColumns(
      numbers(
        "ks2",
        rows.map(() => Number.NaN),
      ),
    );
    const made = answer(fromKs2, empty);
    expect(made.ok ? [] : made.error.map(({ code }) => code)).toEqual(["no-rows"]);
  });
});

describe("a year whose tests were cancelled", () => {
  it("stops the measure until the review leaves it out", () => {
    const cancelled = withColumns(
      numbers(
        "result",
        rows.map((row, i) => (row.year === "2023/24" ? Number.NaN : rows[i]!.outcome)),
      ),
    );
    const specification = { ...shared, outcomes: [{ column: "result", weight: 1 }] };
    const made = answer(specification, cancelled);
    expect(made.ok ? [] : made.error).toMatchObject([
      { code: "results-missing", place: expect.stringContaining("2023/24") },
    ]);
    expect(measured({ ...specification, cohorts: leaveOut("2023/24") }, cancelled).pupils.used).toBeGreaterThan(500);
  });

  it("is named in the notes where the file has results of another kind", () => {
    const renamed = table(
      "pupils.csv",
      [...pupils.columns.values()].map((column) =>
        column.kind === "category" && column.name === "year"
          ? { ...column, levels: column.levels.map((level) => (level === "2022/23" ? "2020/21" : level)) }
          : column,
      ),
    );
    expect(measured(shared, renamed).notes.join()).toContain("of 2020/21 were cancelled");
  });
});

describe("the facts about cohorts", () => {
  it("are dated and have a source each", () => {
    for (const { id, label, values } of cohortFacts) {
      expect(id).toMatch(/^accountability\.value-added\./);
      expect(label).not.toBe("");
      expect(values.map(({ from }) => from)).toEqual(values.map(({ from }) => from).sort());
      for (const { source } of values) expect(source.kind).toBe("published");
    }
  });

  // Published: the department's years without progress measures, as reported (see the parameters' sources).
  it.each([
    ["2019/20", [], true],
    ["2020/21", [], true],
    ["2021/22", [], false],
    ["2023/24", ["Key Stage 2"], false],
    ["2024/25", ["Key Stage 4", "Key Stage 2"], false],
    ["2025/26", ["Key Stage 4"], false],
    ["2026/27", [], false],
    ["2027/28", [], false],
  ])("know of %s who has no baseline: %j, and whether tests were cancelled: %s", (year, stages, cancelled) => {
    const known = knownOfCohort(year);
    expect(known.baseline.map((text) => /finished (Key Stage \d)/.exec(text)![1])).toEqual(stages);
    expect(known.cancelled).toBe(cancelled);
  });

  it.each([
    ["2024/25", 2024],
    ["2024-25", 2024],
    ["2024/2025", 2024],
    ["2025", 2024],
    ["2024/26", null],
    ["1999/00", 1999],
    ["autumn", null],
  ])("read the year %s as beginning in %s", (label, start) => {
    expect(startOfYear(label)).toBe(start);
  });
});

describe("a rule for a year", () => {
  it("of which there are no pupils is a mistake, with the years there are", () => {
    const made = answer({ ...shared, cohorts: leaveOut("2029/30") }, pupils);
    expect(made.ok ? [] : made.error).toMatchObject([
      { code: "cohort-unknown", remedy: "The years are 2022/23, 2023/24, 2024/25." },
    ]);
  });
});
