import { describe, expect, it } from "vitest";
import { seededRandom, silent } from "../../kernel/index.js";
import { numbers, plain, table, words } from "./example-pupils.js";
import { measureValueAdded } from "./index.js";

/** Pupils of forty schools; the schools with the higher numbers have the higher prior attainment, and so the larger spread. */
function spreadOf(deviation: (prior: number) => number) {
  const random = seededRandom(77);
  const rows = Array.from({ length: 8000 }, (_, i) => {
    const school = i % 40;
    const prior = (school - 19.5) / 20 + random.normal();
    return { school, prior, score: prior + (school % 5) / 5 + deviation(prior) * random.normal() };
  });
  const pupils = table("pupils.csv", [
    words(
      "school",
      rows.map(({ school }) => `${school}`),
    ),
    numbers(
      "prior",
      rows.map(({ prior }) => prior),
    ),
    numbers(
      "score",
      rows.map(({ score }) => score),
    ),
  ]);
  const made = measureValueAdded({ ...plain, context: [], year: null }, { pupils, membership: null }, silent);
  if (!made.ok) throw new Error("not measured");
  return made.value.diagnostics.residualSpread!;
}

describe("the spread of the residuals", () => {
  // Evidence class: recovery. 8,000 pupils: a tenth's variance has a standard error of 5%, so 4 of them leave room for chance.
  it("is near one in every tenth where there is one variance", () => {
    const { tenths, errorRatio } = spreadOf(() => 0.5);
    expect(tenths).toHaveLength(10);
    for (const { ratio, standardError } of tenths) {
      expect(standardError).toBeCloseTo(Math.sqrt(2 / 800), 1);
      expect(Math.abs(ratio - 1)).toBeLessThan(4 * standardError);
    }
    expect(errorRatio.high - errorRatio.low).toBeLessThan(0.05);
  });

  it("grows where the variance grows, and says by how much the intervals of schools are off", () => {
    const { tenths, largestToSmallest, errorRatio } = spreadOf((prior) => 0.5 + 0.15 * prior);
    expect(tenths.at(-1)!.ratio).toBeGreaterThan(1.5);
    expect(tenths[0]!.ratio).toBeLessThan(0.6);
    expect(largestToSmallest).toBeCloseTo(tenths.at(-1)!.ratio / tenths[0]!.ratio, 10);
    expect(errorRatio.low).toBeLessThan(0.85); // the schools with the lowest intakes are shown with too large errors
    expect(errorRatio.high).toBeGreaterThan(1.1);
  });
});
