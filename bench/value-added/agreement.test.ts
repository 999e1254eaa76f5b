import { describe, expect, it } from "vitest";
import type { Estimates } from "../estimates.js";
import { compareAnswers, compareWithTruth } from "./agreement.js";

const effects = (shift: number, stretch: number) => ({
  group: "school",
  estimate: Float64Array.of(0.1 + shift, -0.2),
  conditionalError: Float64Array.of(0.05, 0.04 * stretch),
  predictionError: Float64Array.of(0.06, 0.05),
});
const answer = (changed: Partial<Estimates> = {}): Estimates => ({
  criterion: -1000,
  evaluations: 9,
  fixedEffects: [
    { estimate: 1, standardError: 0.1 },
    { estimate: 2, standardError: 0.5 },
  ],
  variances: [
    { group: "school", variance: 0.08, standardError: 0.01 },
    { group: "residual", variance: 0.5, standardError: 0.01 },
  ],
  groups: [effects(0, 1)],
  ...changed,
});

describe("two answers", () => {
  it("that are the same are nothing apart", () => {
    expect(compareAnswers(answer(), answer())).toEqual({
      criterionRelative: 0,
      fixedEffectInStandardErrors: 0,
      varianceRelative: 0,
      groups: [
        {
          group: "school",
          effectsCompared: 2,
          effectInStandardErrors: 0,
          standardErrorsCompared: 2,
          conditionalErrorRelative: 0,
          predictionErrorRelative: 0,
        },
      ],
    });
  });

  // Evidence class: closed form.
  it("are as far apart as their largest difference", () => {
    const peer = answer({
      criterion: -999,
      fixedEffects: [
        { estimate: 1.01, standardError: 0.1 },
        { estimate: 2.4, standardError: 0.5 },
      ],
      variances: [
        { group: "residual", variance: 0.5, standardError: null },
        { group: "school", variance: 0.1, standardError: null },
      ],
      groups: [effects(0.03, 2)],
    });
    const apart = compareAnswers(answer(), peer);
    expect(apart.criterionRelative).toBeCloseTo(0.001, 12);
    expect(apart.fixedEffectInStandardErrors).toBeCloseTo(0.8, 12);
    expect(apart.varianceRelative).toBeCloseTo(0.2, 12);
    const group = (apart.groups as Record<string, number>[])[0]!;
    expect(group.effectInStandardErrors).toBeCloseTo(0.5, 12);
    expect(group.conditionalErrorRelative).toBeCloseTo(0.5, 12);
    expect(group.predictionErrorRelative).toBe(0);
  });

  it("are compared where both have a value, and nowhere is told apart from nothing", () => {
    const none = { ...effects(0, 1), conditionalError: Float64Array.of(Number.NaN, Number.NaN) };
    const group = (compareAnswers(answer(), answer({ groups: [none] })).groups as Record<string, number | null>[])[0]!;
    expect(group.standardErrorsCompared).toBe(0);
    expect(group.conditionalErrorRelative).toBeNull();
    expect(group.effectInStandardErrors).toBe(0);
  });

  it("of different models are refused", () => {
    expect(() => compareAnswers(answer(), answer({ groups: [] }))).toThrow(RangeError);
    expect(() => compareAnswers(answer(), answer({ variances: [] }))).toThrow(/no variance of school/);
  });
});

describe("an answer beside the truth", () => {
  // Evidence class: closed form.
  it("has its correlation, and the share of its intervals that hold the truth", () => {
    const estimated = {
      group: "school",
      estimate: Float64Array.of(1, 2, 3, 4),
      conditionalError: new Float64Array(4),
      predictionError: Float64Array.of(1, 1, 0.4, 1),
    };
    const { correlation, coverage95 } = compareWithTruth(estimated, Float64Array.of(1, 3, 2, 2.05));
    expect(coverage95).toBe(0.75); // 1 off by 1 in 0.4 misses; 1.95 off in 1 holds
    expect(correlation).toBeCloseTo(1.075 / Math.sqrt(5 * 2.001875), 12); // sums of products about the means by hand
  });
});
