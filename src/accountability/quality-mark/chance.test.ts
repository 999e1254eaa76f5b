import { describe, expect, it } from "vitest";
import type { QualityMarkInput } from "./award.js";
import { chancesOfOther } from "./chance.js";
import { exampleParameters, qualityMarkExamples } from "./examples.js";

const met = qualityMarkExamples[0]!.input;
const school = (valueAdded: number, more: Partial<QualityMarkInput> = {}): QualityMarkInput => ({
  ...met,
  measure: { valueAdded, predictionError: 0.1, pupilEquivalents: 100 },
  ...more,
});
const chances = (inputs: readonly QualityMarkInput[], reliability = 1) =>
  chancesOfOther(
    inputs,
    inputs.map(() => reliability),
    exampleParameters,
  );
// The rule refuses at or below −0.2 − 1.645 × 0.1.
const threshold = -0.2 - 0.1644853626951472;

describe("the probability of another decision", () => {
  // Closed form: with reliability 1 a new figure has the error √2 × 0.1 about the old one.
  it("is a half at the threshold and small far from it, on either side", () => {
    const far = 3 * Math.SQRT2 * 0.1; // three deviations: 0.00135
    const { otherwise } = chances([school(threshold), school(threshold + far), school(threshold - far)]);
    expect(otherwise[0]).toBeCloseTo(0.5, 6);
    expect(otherwise[1]).toBeCloseTo(0.00135, 5);
    expect(otherwise[2]).toBeCloseTo(0.00135, 5);
  });

  it("is larger for a refused school the less its figure is its own: a new figure is drawn to the average again", () => {
    const [sure, unsure] = [0.95, 0.6].map((reliability) => chances([school(-0.45)], reliability).otherwise[0]!);
    expect(unsure).toBeGreaterThan(sure!);
  });

  it("is not told of a school whose decision does not rest on value added", () => {
    const others = [
      school(0, { kind: "special" }),
      school(0, { measure: null }),
      school(0, { measure: { valueAdded: 0, predictionError: 0.1, pupilEquivalents: 5 } }),
      school(-0.5, { safeguarding: { outcome: "not-secure", on: null } }),
    ];
    expect(chances(others)).toEqual({ otherwise: [null, null, null, null], total: null });
  });

  it("adds up to the decisions that are expected to differ, and to the refusals expected again", () => {
    const { otherwise, total } = chances([school(-0.5), school(threshold + 0.05), school(0.3)], 0.9);
    expect(total).toMatchObject({ schools: 3, refused: 1 });
    expect(total!.expected).toBeCloseTo(
      otherwise.reduce<number>((sum, p) => sum + p!, 0),
      12,
    );
    expect(total!.refusedAgain).toBeCloseTo(1 - otherwise[0]!, 12);
  });

  it("counts a school that waits for its papers: it would be refused without waiting", () => {
    const { otherwise } = chances([school(threshold + 0.01, { accounts: null })]);
    expect(otherwise[0]).toBeGreaterThan(0.3);
  });
});
