import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparatorExamples } from "./examples.js";
import { averagePrior, groupByPrior, scaledScoreGroups } from "./prior-groups.js";
import { lowestCounted, progress8Band, pupilProgress } from "./progress-8.js";
import { schoolMeans } from "./school-means.js";
import { reweightedProgress } from "./time-reweighting.js";

// Evidence: worked by hand, as each example tells. Half a unit of the last decimal written.
describe("the published methods as a head would work them out", () => {
  it.each(comparatorExamples)("$title", ({ expected, decimals, computed }) => {
    const found = computed();
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    for (const [name, value] of Object.entries(expected)) expect(found[name], name).toBeCloseTo(value, decimals);
  });
});

describe("groups of prior attainment", () => {
  // Published: the first and last scores of the ready reckoner's ranges.
  it.each([
    [59, 0],
    [82, 0],
    [82.5, 1],
    [86.5, 2],
    [87.5, 2],
    [91, 5],
    [92, 5],
    [92.5, 6],
    [93, 6],
    [93.5, 7],
    [119, 32],
    [119.5, 33],
    [120, 33],
  ])("put the scaled score %d into group %i", (score, group) => {
    expect(groupByPrior(Float64Array.of(score, 59)).group[0]).toBe(group);
  });

  it("are the department's 34 for scaled scores only, and of equal size otherwise", () => {
    expect(scaledScoreGroups).toHaveLength(34);
    expect(groupByPrior(Float64Array.of(100, 100.5)).count).toBe(34);
    const { group, count, words } = groupByPrior(Float64Array.from({ length: 90 }, (_, i) => i / 7));
    expect(count).toBe(3);
    expect(words).toBe("3 groups of about the same number of pupils");
    expect([0, 1, 2].map((g) => group.filter((own) => own === g).length)).toEqual([30, 30, 30]);
  });

  it("keep pupils with the same score together, and pupils without one out", () => {
    const scores = Float64Array.from({ length: 200 }, (_, i) => (i === 7 ? Number.NaN : i < 150 ? 1 : 2 + i));
    const { group, count } = groupByPrior(scores);
    expect(group[7]).toBe(-1);
    expect(new Set(group.subarray(8, 150))).toEqual(new Set([0]));
    expect(new Set(group).size).toBe(count + 1);
  });

  it("average the subjects that a pupil has", () => {
    const average = averagePrior([Float64Array.of(100, 110, Number.NaN), Float64Array.of(105, Number.NaN, Number.NaN)]);
    expect([...average]).toEqual([102.5, 110, Number.NaN]);
  });

  it("weigh subjects on different scales alike", () => {
    const [a, b] = [Float64Array.of(1, 2, 3), Float64Array.of(100, 300, 500)];
    expect(averagePrior([a, b])[2]).toBeCloseTo(averagePrior([b, a])[2]!, 12);
    expect(averagePrior([a, b])[2]).toBeCloseTo(Math.sqrt(1.5), 12); // closed form: one step is √(2/3) of a deviation
  });
});

describe("a pupil's progress", () => {
  it("is 0 on average over every group where nobody's score is raised", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 4, maxLength: 40 }), (results) => {
        const group = Int32Array.from(results, (_, i) => i % 2);
        const { score, raised } = pupilProgress(Float64Array.from(results), group, 2);
        if (raised > 0) return;
        for (const g of [0, 1])
          expect(score.filter((_, i) => group[i] === g).reduce((a, b) => a + b, 0)).toBeCloseTo(0, 8);
      }),
    );
  });

  // Closed form: 99 pupils at 0 and one at −100 have the mean −1 and the deviation 10.
  it("counts no lower than so many deviations below its group", () => {
    const results = Float64Array.from({ length: 100 }, (_, i) => (i === 0 ? -100 : 0));
    const { score, raised } = pupilProgress(results, new Int32Array(100), 1);
    expect(raised).toBe(1);
    expect(score[0]).toBeCloseTo(-lowestCounted * 10, 10);
    expect(score[1]).toBeCloseTo(1, 12);
  });

  it("is not known for a pupil without a group, who then counts nowhere", () => {
    const { score, pupils } = pupilProgress(Float64Array.of(1, 2, 9), Int32Array.of(0, 0, -1), 1);
    expect([...score]).toEqual([-0.5, 0.5, Number.NaN]);
    expect(pupils).toBe(2);
    const means = schoolMeans(
      score,
      { schools: ["a", "b"], start: null, school: Int32Array.of(0, 0, 1), share: null },
      1,
    );
    expect([...means.weight]).toEqual([2, 0]);
    expect(means.mean[1]).toBeNaN();
  });

  it("does not depend on the unit of the result", () => {
    const results = Float64Array.of(3, 5, 8, 1, 2, 9);
    const group = Int32Array.of(0, 0, 0, 1, 1, 1);
    const plain = pupilProgress(results, group, 2);
    const scaled = pupilProgress(
      results.map((value) => 10 * value + 7),
      group,
      2,
      10,
    );
    for (let i = 0; i < 6; i++) expect(scaled.score[i]).toBeCloseTo(plain.score[i]!, 12);
    expect(scaled.deviation).toBeCloseTo(plain.deviation, 12);
  });

  it("averaged by time is Progress 8 where nobody moved", () => {
    const { score, deviation } = pupilProgress(Float64Array.of(3, 5, 8, 1), Int32Array.of(0, 0, 0, 0), 1);
    const schools = ["a", "b"];
    const whole = schoolMeans(
      score,
      { schools, start: null, school: Int32Array.of(0, 1, 1, 0), share: null },
      deviation,
    );
    const byTime = reweightedProgress(
      score,
      {
        schools,
        start: Int32Array.of(0, 1, 2, 3, 4),
        school: Int32Array.of(0, 1, 1, 0),
        share: Float64Array.of(1, 1, 1, 1),
      },
      deviation,
    );
    expect(byTime).toEqual(whole);
    expect(whole.error[0]).toBeCloseTo(deviation / Math.sqrt(2), 12); // σ ÷ √n
  });

  // Published: the department's own words for the bands.
  it.each([
    [0.5, 0.1, 0.9, "well above average"],
    [0.49, 0.1, 0.9, "above average"],
    [0.6, -0.1, 1.3, "average"],
    [-0.5, -0.9, -0.1, "below average"],
    [-0.51, -0.9, -0.1, "well below average"],
  ])("of %d on average, from %d to %d, is %s", (score, lower, upper, band) => {
    expect(progress8Band(score, lower, upper)).toBe(band);
  });
});
