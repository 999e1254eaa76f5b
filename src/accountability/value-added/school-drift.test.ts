import { describe, expect, it } from "vitest";
import { seededRandom, silent } from "../../kernel/index.js";
import { numbers, plain, table, words } from "./example-pupils.js";
import { type FurtherGroup, type MeasureSpecification, measureValueAdded, type ValueAddedMeasure } from "./index.js";
import { timesOfLevels } from "./school-drift.js";

const schoolCount = 250;
const years = ["2019/20", "2021/22", "2022/23", "2023/24", "2024/25"]; // a gap of two years at the beginning
const rho = 0.8;

/** Schools whose deviations are an autoregressive series about a lasting effect; twelve pupils a school and year. */
function made() {
  const random = seededRandom(33);
  const state = Array.from({ length: schoolCount }, () => {
    const lasting = 0.2 * random.normal();
    let deviation = 0.4 * random.normal();
    return years.map((year, t) => {
      if (t > 0) {
        const decay = rho ** (Number(year.slice(0, 4)) - Number(years[t - 1]!.slice(0, 4)));
        deviation = decay * deviation + Math.sqrt(1 - decay ** 2) * 0.4 * random.normal();
      }
      return lasting + deviation;
    });
  });
  const rows = state.flatMap((own, school) =>
    own.flatMap((effect, t) =>
      Array.from({ length: 12 }, () => ({ school, year: years[t]!, score: effect + random.normal() })),
    ),
  );
  const pupils = table("made.csv", [
    words(
      "school",
      rows.map(({ school }) => `s${school}`),
    ),
    words(
      "year",
      rows.map(({ year }) => year),
    ),
    words(
      "season",
      rows.map(({ year }) => `after ${year}`),
    ),
    numbers(
      "score",
      rows.map(({ score }) => score),
    ),
  ]);
  return { pupils, state };
}
const { pupils, state } = made();

const specification = (drift?: FurtherGroup["drift"], year = "year"): MeasureSpecification => ({
  ...plain,
  year,
  prior: [],
  context: [],
  groups: [{ name: "cohort", column: year, withinSchool: true, ...(drift ? { drift } : {}) }],
});
function measured(drift?: FurtherGroup["drift"]): ValueAddedMeasure {
  const result = measureValueAdded(specification(drift), { pupils, membership: null }, silent);
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join("; "));
  return result.value;
}
/** Root mean square of the current year's figures about the truth, and how many of their intervals hold it. */
function currentYear({ schools }: ValueAddedMeasure): { error: number; inside: number } {
  let [squares, inside] = [0, 0];
  for (const { school, years: own } of schools) {
    const truth = state[Number(school.slice(1))]!.at(-1)!;
    const { valueAdded, lower, upper, lessAverage } = own.at(-1)!;
    expect(lessAverage).not.toBeNull();
    squares += (valueAdded - truth) ** 2;
    if (lower <= truth && truth <= upper) inside++;
  }
  return { error: Math.sqrt(squares / schools.length), inside: inside / schools.length };
}

describe("schools that drift", () => {
  const independent = measured();
  const series = measured("autoregressive");
  const walk = measured("random-walk");

  it("show the autocorrelation that was put in, across a gap of two years, and the model is the better for it", () => {
    const { drift } = series.model;
    const { estimate, standardError } = drift!.autocorrelation!;
    // Recovery: within three standard errors, and the truth is told from none.
    expect(Math.abs(estimate - rho)).toBeLessThan(3 * standardError!);
    expect(estimate).toBeGreaterThan(3 * standardError!);
    expect(drift!.criterionIndependent).toBeCloseTo(independent.model.criterion, 6);
    expect(drift!.criterion).toBeLessThan(drift!.criterionIndependent - 2);
    expect(independent.model.drift).toBeUndefined();
    expect(series.model.formula).toContain("ar1(1 | school:year)");
  });

  it("have a current figure that draws on the years before it, closer to the truth than that of independent years", () => {
    const [own, without] = [currentYear(series), currentYear(independent)];
    expect(own.error).toBeLessThan(without.error);
    // Coverage of 250 intervals of 95%: three standard errors of 1.4 points.
    expect(own.inside).toBeGreaterThan(0.908);
  });

  it("as a random walk have as many parameters and no autocorrelation", () => {
    expect(walk.model.drift).toMatchObject({ kind: "random-walk", autocorrelation: null, parameters: 0 });
    expect(walk.schools.every(({ reliability }) => reliability >= 0 && reliability <= 1)).toBe(true);
  });

  it("have a reliability from the covariances of their years", () => {
    // Where years are alike, an average of them varies more between schools than one of independent years with these variances.
    const components = new Map(
      series.model.varianceComponents.map(({ group, term, variance }) => [`${group} ${term}`, variance]),
    );
    const [lasting, own, correlation] = [
      components.get("school (Intercept)")!,
      components.get("cohort (Intercept)")!,
      components.get("cohort autocorrelation")!,
    ];
    const times = years.map((year) => Number(year.slice(0, 4)));
    const mean = times.flatMap((a) => times.map((b) => correlation ** Math.abs(a - b))).reduce((a, b) => a + b, 0) / 25;
    const { reliability, standardError } = series.schools[0]!;
    expect(reliability).toBeCloseTo(1 - standardError ** 2 / (lasting + own * mean), 10); // closed form
  });

  it("need years that can be read as such", () => {
    const result = measureValueAdded(specification("autoregressive", "season"), { pupils, membership: null }, silent);
    expect(result.ok ? [] : result.error).toMatchObject([
      { code: "time-unreadable", place: 'made.csv, column "season"' },
    ]);
  });

  it.each([
    [
      ["2019/20", "2021/22"],
      [2019, 2021],
    ],
    [
      ["2024", "2025"],
      [2023, 2024],
    ],
    [
      ["1", "2", "4"],
      [1, 2, 4],
    ],
    [["spring", "2024"], null],
  ])("are at the times %j", (levels, times) => {
    const read = timesOfLevels(levels);
    expect(read && [...read]).toEqual(times);
  });
});
