import { describe, expect, it } from "vitest";
import { calibrate, conditionalRasch, type Responses } from "./index.js";
import { inventedResponses } from "./invented-responses.js";
import { conditionalExpectation } from "./symmetric-functions.js";

function fitted(responses: Responses) {
  const outcome = conditionalRasch(responses);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

describe("symmetric functions", () => {
  // Evidence: closed forms and enumeration; the tolerance is rounding.
  it("of equal weights are binomial", () => {
    const start = Int32Array.from({ length: 11 }, (_, i) => 2 * i);
    const persons = new Float64Array(11);
    persons[4] = 3;
    const { logarithm, first } = conditionalExpectation(
      { start, weight: new Float64Array(20).fill(1) },
      persons,
      false,
    );
    expect(logarithm).toBeCloseTo(3 * Math.log(210), 12);
    first.forEach((count, c) => {
      expect(count).toBeCloseTo(c % 2 === 1 ? 1.2 : 1.8, 12);
    });
  });

  it("agree with all ways of scoring, in first and second moments", () => {
    const start = Int32Array.of(0, 2, 5, 7, 11);
    const weight = Float64Array.of(1, 0.4, 1, 2, 0.3, 1, 5, 1, 0.7, 0, 1.9);
    const persons = Float64Array.of(0, 1, 2.5, 4, 0, 3, 1, 0);
    const [first, second] = [new Float64Array(11), new Float64Array(121)];
    let logarithm = 0;
    persons.forEach((count, score) => {
      const ways: { readonly chosen: readonly number[]; readonly product: number }[] = [];
      for (let a = 0; a < 2; a++)
        for (let b = 0; b < 3; b++)
          for (let c = 0; c < 2; c++)
            for (let d = 0; d < 4; d++) {
              const chosen = [a, 2 + b, 5 + c, 7 + d];
              if (a + b + c + d === score) ways.push({ chosen, product: chosen.reduce((x, at) => x * weight[at]!, 1) });
            }
      const gamma = ways.reduce((sum, { product }) => sum + product, 0);
      if (count > 0) logarithm += count * Math.log(gamma);
      const mean = new Float64Array(11);
      for (const { chosen, product } of ways)
        for (const x of chosen) {
          mean[x]! += product / gamma;
          for (const y of chosen) second[x * 11 + y]! += (count * product) / gamma;
        }
      mean.forEach((x, i) => {
        first[i]! += count * x;
        mean.forEach((y, j) => {
          second[i * 11 + j]! -= count * x * y;
        });
      });
    });
    const found = conditionalExpectation({ start, weight }, persons, true);
    expect(found.logarithm).toBeCloseTo(logarithm, 11);
    found.first.forEach((value, i) => {
      expect(value).toBeCloseTo(first[i]!, 11);
    });
    found.covariance!.forEach((value, i) => {
      expect(value).toBeCloseTo(second[i]!, 11);
    });
  });

  it("don't overflow or vanish with a thousand items of any difficulty", () => {
    const items = 1000;
    const start = Int32Array.from({ length: items + 1 }, (_, i) => 2 * i);
    const weight = Float64Array.from({ length: 2 * items }, (_, c) =>
      c % 2 === 0 ? 1 : Math.exp(((c % 41) - 20) / 3),
    );
    const persons = new Float64Array(items + 1);
    for (const score of [0, 1, 40, 500, 990, 999, 1000]) persons[score] = 1;
    const { logarithm, first } = conditionalExpectation({ start, weight }, persons, false);
    expect(Number.isFinite(logarithm)).toBe(true);
    const points = first.reduce((sum, count, c) => sum + (c % 2) * count, 0);
    expect(points / (1 + 40 + 500 + 990 + 999 + 1000)).toBeCloseTo(1, 11);
  });
});

describe("conditional Rasch", () => {
  it("of two items is the logarithm of the odds of who solved one of them", () => {
    // Closed form: b₂ − b₁ = log(n₁₀ ÷ n₀₁), variance 1 ÷ n₁₀ + 1 ÷ n₀₁.
    const rows = [
      ...Array(30).fill([1, 0]),
      ...Array(12).fill([0, 1]),
      ...Array(9).fill([1, 1]),
      ...Array(7).fill([0, 0]),
    ];
    const responses: Responses = {
      items: [
        { name: "a", maximum: 1 },
        { name: "b", maximum: 1 },
      ],
      booklets: [Uint16Array.of(0, 1)],
      booklet: new Uint16Array(58),
      starts: Uint32Array.from({ length: 59 }, (_, p) => 2 * p),
      scores: Uint8Array.from(rows.flat()),
      weights: null,
      group: null,
      groups: ["all"],
    };
    const { items, standardError, covariance } = fitted(responses);
    expect(items.intercepts[0]![1]! - items.intercepts[1]![1]!).toBeCloseTo(Math.log(30 / 12), 10);
    const variance = 1 / 30 + 1 / 12;
    expect(covariance[0]! + covariance[3]! - 2 * covariance[1]!).toBeCloseTo(variance, 10);
    expect(standardError[0]).toBeCloseTo(Math.sqrt(variance) / 2, 10);
  });

  it("is near the marginal likelihood's values where the persons are normal, in booklets, with scores to 2", () => {
    const responses = inventedResponses({
      persons: 1500,
      items: 10,
      booklets: 5,
      maximum: 2,
      groups: 2,
      seed: 9,
      rasch: true,
    });
    const conditional = fitted(responses);
    expect(conditional.converged).toBe(true);
    const marginal = calibrate(responses, { model: "partial-credit", identify: "items" });
    if (!marginal.ok) throw new Error(JSON.stringify(marginal.error));
    conditional.free.forEach(({ of, category }, j) => {
      const apart = conditional.items.intercepts[of]![category]! - marginal.value.items.intercepts[of]![category]!;
      // Both use the same responses: they differ by what conditioning on the scores of four items leaves out, less than a standard error.
      expect(Math.abs(apart)).toBeLessThan(conditional.standardError[j]!);
    });
  });

  it("counts a weight of two as two persons", () => {
    const responses = inventedResponses({ persons: 300, items: 6, booklets: 1, maximum: 1, groups: 1, seed: 2 });
    const once = fitted(responses);
    const twice = fitted({ ...responses, weights: new Float64Array(300).fill(2) });
    expect(twice.logLikelihood).toBeCloseTo(2 * once.logLikelihood, 8);
    expect(twice.standardError[0]! / once.standardError[0]!).toBeCloseTo(Math.SQRT1_2, 8);
  });

  it("refuses parts that nobody joins, naming their items", () => {
    const responses = inventedResponses({ persons: 300, items: 6, booklets: 1, maximum: 1, groups: 1, seed: 2 });
    const booklets = [Uint16Array.of(0, 1, 2), Uint16Array.of(3, 4, 5)];
    const starts = Uint32Array.from({ length: 601 }, (_, p) => 3 * p);
    const outcome = conditionalRasch({
      ...responses,
      booklets,
      starts,
      booklet: Uint16Array.from({ length: 600 }, (_, p) => p % 2),
    });
    expect(outcome.ok ? [] : outcome.error.map(({ place }) => place)).toEqual(["items I1, I2, I3", "items I4, I5, I6"]);
  });
});
