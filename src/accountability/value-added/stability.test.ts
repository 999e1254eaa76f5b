import { describe, expect, it } from "vitest";
import { seededRandom, silent } from "../../kernel/index.js";
import { numbers, plain, table, words } from "./example-pupils.js";
import { measureWithAlternatives } from "./measure-alternatives.js";
import type { MeasureSpecification } from "./specification.js";
import { correctedCorrelation } from "./stability.js";

const lasting = 0.3;
const yearly = 0.2;

/** Schools of two years with known effects; the pupils of the second year are others. */
function twoYears(schools: number, perYear: number) {
  const random = seededRandom(4);
  const rows = Array.from({ length: schools }, (_, s) => {
    const stays = lasting * random.normal();
    return ["2023/24", "2024/25"].flatMap((year) => {
      const effect = stays + yearly * random.normal();
      return Array.from({ length: perYear }, () => {
        const prior = random.normal();
        return { school: `school ${s}`, year, prior, score: 0.8 * prior + effect + random.normal() };
      });
    });
  }).flat();
  return table("pupils.csv", [
    words(
      "school",
      rows.map(({ school }) => school),
    ),
    words(
      "year",
      rows.map(({ year }) => year),
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
}
const specification: MeasureSpecification = {
  ...plain,
  context: [],
  groups: [{ name: "cohort", column: "year", withinSchool: true }],
};

describe("stability from year to year", () => {
  // Recovery: one seed; 0.12 is four standard errors of a correlation over 400 schools.
  it("is found again by the model and by the corrected figures, while what is shown says too much and plain means too little", () => {
    const made = measureWithAlternatives(
      specification,
      { pupils: twoYears(400, 15), membership: null },
      "none",
      silent,
    );
    if (!made.ok) throw new Error("not measured");
    const { modelled, pairs } = made.value.stability!;
    const truth = lasting ** 2 / (lasting ** 2 + yearly ** 2);
    expect(Math.abs(modelled! - truth)).toBeLessThan(0.12);
    const [pair] = pairs;
    expect([pair!.from, pair!.to, pair!.schools]).toEqual(["2023/24", "2024/25", 400]);
    expect(Math.abs(pair!.corrected! - truth)).toBeLessThan(0.12);
    expect(pair!.shown!).toBeGreaterThan(truth + 0.1);
    expect(pair!.plain!).toBeLessThan(truth - 0.1);
  });

  it("is not told where the model has no years of a school", () => {
    const made = measureWithAlternatives(
      { ...specification, groups: [] },
      { pupils: twoYears(20, 15), membership: null },
      "none",
      silent,
    );
    expect(made.ok && made.value.stability).toBeNull();
  });

  // Closed form: spreads of 1 and 1 less a quarter of chance each, covariance 1/2: 0.5 ÷ 0.75.
  it("takes the pupils' chance out of both spreads", () => {
    const of = (values: readonly number[]) => values.map((value) => ({ mean: value, variance: 0.25 }));
    expect(correctedCorrelation(of([-1, 0, 1]), of([-1, 1, 0]))).toBeCloseTo(0.5 / 0.75, 12);
  });

  it("is not known where chance alone explains the spread", () => {
    const of = (values: readonly number[]) => values.map((value) => ({ mean: value, variance: 2 }));
    expect(correctedCorrelation(of([-1, 0, 1]), of([-1, 1, 0]))).toBeNull();
    expect(correctedCorrelation(of([1, 2]), of([1, 2]))).toBeNull();
  });
});
