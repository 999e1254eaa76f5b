import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDate } from "../../kernel/index.js";
import { regions, subjects } from "../../simulation/classes.js";
import { simulationParameters, valueInYear } from "../../simulation/parameters/index.js";
import { modelHorizon } from "../../simulation/scenario/index.js";
import { needExamples, shortageExamples } from "./examples.js";
import type { SupplyRun } from "./figures.js";
import { intervalOf } from "./interval.js";
import { listOverrides } from "./list-scenario.js";
import { traineeNeed } from "./need.js";
import { compareNeed, publishedNeed } from "./published-need.js";
import { findShortage } from "./shortage.js";
import { makeStatement, yearsWithin } from "./statement.js";
import { intervalInWords, nameInWords, percentInWords, yearInWords } from "./web-words.js";

describe("the trainee need", () => {
  it.each(needExamples.map((example) => [example.story, example] as const))("%s", (_, { flows, trainees }) => {
    expect(traineeNeed(flows).trainees).toBeCloseTo(trainees, 10);
  });

  const size = fc.double({ min: 0, max: 1e5, noNaN: true });
  const anyFlows = fc.record({
    ...{ inPost: size, postsNext: size, leavers: size, hoursLost: size, returners: size, newToSector: size },
    conversion: fc.double({ min: 0.1, max: 2, noNaN: true }),
  });

  it("fills every post of the next census, to the last one, where it isn't 0", () => {
    fc.assert(
      fc.property(anyFlows, (flows) => {
        const { inPost, postsNext, leavers, hoursLost, returners, newToSector, conversion } = flows;
        const { trainees } = traineeNeed(flows);
        const next = inPost - leavers - hoursLost + returners + newToSector + trainees * conversion;
        if (trainees > 0)
          expect(Math.abs(next - postsNext)).toBeLessThan(1e-6); // sums of numbers up to 1e5 in doubles
        else expect(next).toBeGreaterThanOrEqual(postsNext - 1e-6);
      }),
    );
  });

  it("rises with leavers and posts, and falls with who comes untrained", () => {
    fc.assert(
      fc.property(anyFlows, size, (flows, more) => {
        const need = traineeNeed(flows).trainees;
        expect(traineeNeed({ ...flows, leavers: flows.leavers + more }).trainees).toBeGreaterThanOrEqual(need);
        expect(traineeNeed({ ...flows, postsNext: flows.postsNext + more }).trainees).toBeGreaterThanOrEqual(need);
        expect(traineeNeed({ ...flows, returners: flows.returners + more }).trainees).toBeLessThanOrEqual(need);
      }),
    );
  });

  it("is 0 where no trainee ever becomes a teacher: no number would do", () => {
    expect(traineeNeed({ ...needExamples[0]!.flows, conversion: 0 }).trainees).toBe(0);
  });
});

describe("the shortage rule", () => {
  it.each(shortageExamples.map((one) => [one.story, one] as const))("%s", (_, { draws, lines, reasons }) => {
    const found = findShortage(draws, lines);
    expect(found.reasons).toEqual(reasons);
    expect(found.short).toBe(reasons.length > 0);
  });

  it("needs a draw", () => {
    expect(() => findShortage([], { posts: 0.05, recruits: 0.8, sureness: 0.5 })).toThrow(RangeError);
  });
});

/** A made-up run in which nothing changes: each subject has 90 posts and 81 teachers in every region. */
function steadyRun(change: Partial<SupplyRun> = {}): SupplyRun {
  const years = 6;
  const [cells, rows] = [subjects.length * regions.length * years, subjects.length * years];
  const filled = (length: number, value: number) => new Float64Array(length).fill(value);
  return {
    ...{ first: 2025, years, posts: filled(cells, 90), inPost: filled(cells, 81), unfilled: filled(cells, 9) },
    ...{ leavers: filled(rows, 80), hoursLost: filled(rows, 1), returners: filled(rows, 20) },
    ...{ newToSector: filled(rows, 10), trainees: filled(rows, 60), conversion: filled(rows, 0.8) },
    ...change,
  };
}
const order = { year: 2026, years: 3, lines: { posts: 0.05, recruits: 0.8, sureness: 0.5 }, shortageYears: 3 };

describe("a statement", () => {
  const doubled = steadyRun({ trainees: new Float64Array(subjects.length * 6).fill(200) });
  const statement = makeStatement([steadyRun(), doubled, steadyRun()], order);

  it("sums posts, teachers and shortfall over subjects and regions", () => {
    const [all] = statement.parts;
    const of = (value: number) => ({ value, low: value, high: value });
    expect(all!.lines).toHaveLength(3);
    expect(all!.lines[0]).toEqual({
      year: 2026,
      posts: of(19 * 9 * 90),
      inPost: of(19 * 9 * 81),
      shortfall: of(19 * 9 * 9),
    });
    const part = (subject: string | null, region: string | null, phase: string | null) =>
      statement.parts.find((one) => one.subject === subject && one.region === region && one.phase === phase)!.lines[0]!
        .posts.value;
    expect(part(null, null, "primary")).toBe(9 * 90);
    expect(part("physics", null, "secondary")).toBe(9 * 90);
    expect(part("physics", "london", "secondary")).toBe(90);
    expect(part(null, "london", "secondary")).toBe(18 * 90);
  });

  it("has the trainees who would fill the posts, with what makes the number", () => {
    const line = statement.training.find((one) => one.subject === "physics" && one.year === 2026)!;
    // 81 leave or are lost in hours, 81 posts stand empty, 30 come untrained: 132 teachers of whom 0.8 come of a trainee.
    expect(line.need.value).toBeCloseTo(165, 10);
    expect(line.withoutEmpty.value).toBeCloseTo(63.75, 10);
    expect(line).toMatchObject({ replace: 81, growth: 81, otherEntrants: 30, emptyToday: 81, conversion: 0.8 });
    expect(line.recruits).toMatchObject({ value: 60 });
    expect(line.shortfall.value).toBeCloseTo(105, 10);
  });

  it("finds shortage in the draws, and says how sure it is", () => {
    const physics = statement.shortages.find(({ subject }) => subject === "physics")!;
    expect(physics.reasons).toEqual(["posts-unfilled", "too-few-recruits"]);
    expect(physics.unfilledSure).toBe(1);
    expect(physics.recruitsSure).toBeCloseTo(2 / 3, 12);
    expect(physics.unfilled.value).toBeCloseTo(0.1, 12);
  });

  it("isn't made of runs that don't reach its years and one more", () => {
    expect(yearsWithin(steadyRun(), 2026)).toBe(4);
    expect(() => makeStatement([steadyRun()], { ...order, years: 5 })).toThrow("4 years from 2026");
    expect(() => makeStatement([steadyRun()], { ...order, year: 2024 })).toThrow(RangeError);
    expect(() => makeStatement([], order)).toThrow(RangeError);
  });

  it("stands beside the department's published need, with the difference in words", () => {
    // published: Teacher Workforce Model, trainee need of 2026/27
    expect([publishedNeed("physics", 2026), publishedNeed("primary", 2026), publishedNeed("physics", 2040)]).toEqual([
      810,
      5520,
      null,
    ]);
    const of = (value: number) => ({ value, low: value - 50, high: value + 50 });
    const lines = [
      [of(2600), of(860), "The flows ask for what the department says"],
      [of(850), of(830), "within the interval"],
      [of(1600), of(1500), "Higher"],
      [of(500), of(400), "Lower"],
      [of(800), of(600), "with a part of the posts"],
    ] as const;
    for (const [need, withoutEmpty, words] of lines) {
      const training = [{ ...statement.training.find(({ subject }) => subject === "physics")!, need, withoutEmpty }];
      expect(compareNeed({ training, year: 2026 })[0]!.words).toContain(words);
    }
    const compared = compareNeed(statement);
    expect(compared).toHaveLength(subjects.length);
    expect(compared.find(({ subject }) => subject === "physics")).toMatchObject({
      published: 810,
      words: expect.stringContaining("Lower") as string,
    });
    expect(compared.find(({ subject }) => subject === "classics")).toMatchObject({
      published: 75,
      words: expect.stringContaining("Lower") as string,
    });
  });
});

it("shows no more digits than the interval supports", () => {
  expect(intervalInWords({ value: 2134, low: 894, high: 3021 })).toBe("2,100 (900 to 3,000)");
  expect(intervalInWords({ value: 7, low: 7, high: 7 })).toBe("7");
  expect(percentInWords({ value: 0.0512, low: 0.0433, high: 0.0621 })).toBe("5.1% (4.3 to 6.2)");
  expect(intervalInWords({ value: Number.NaN, low: 0, high: 1 })).toBe("not computed");
  expect(intervalOf([3, 1, 2])).toMatchObject({ value: 2 });
  expect(
    ["modern-foreign-languages", "yorkshire-and-the-humber", "east-of-england", "london"].map(nameInWords),
  ).toEqual(["Modern foreign languages", "Yorkshire and the Humber", "East of England", "London"]);
  expect(yearInWords(2029)).toBe("2029/30");
});

describe("adopted lists in the simulation", () => {
  const declared = (subject: string) =>
    valueInYear(simulationParameters.find(({ path }) => path === `shortage.${subject}`)!, modelHorizon.first).value;
  const short = subjects.slice(1).filter((subject) => declared(subject) === 1);
  const list = (from: string, named: readonly string[]) => ({ from: civilDate(from), subjects: named });

  it("change nothing where they name what is simulated anyway", () => {
    expect(short).toContain("physics");
    expect(listOverrides([list("2027-09-01", short)])).toEqual([]);
  });

  it("hold from the first 1 September on which they do, until the next list's", () => {
    const without = short.filter((subject) => subject !== "physics");
    const path = "shortage.physics";
    expect(listOverrides([list("2027-09-01", without)])).toEqual([{ path, from: 2027, to: null, value: 0 }]);
    expect(listOverrides([list("2029-01-01", short), list("2027-09-02", without)])).toEqual([
      { path, from: 2028, to: 2029, value: 0 },
    ]);
    expect(listOverrides([list("2019-09-01", [...short, "history"])])).toEqual([
      { path: "shortage.history", from: modelHorizon.first, to: null, value: 1 },
    ]);
    expect(listOverrides([list("2050-09-01", [])])).toEqual([]);
  });
});
