import { describe, expect, it } from "vitest";
import { noise } from "../made-up-numbers.js";
import { fitSample, sampleOf } from "./calibrate.js";
import type { CalibrationOptions } from "./calibration.js";
import { byDifferences, observedInformation } from "./information.js";
import { inventedResponses } from "./invented-responses.js";

// Evidence: identity. Louis' formula against central differences of the gradient, whose own error is about 1e-5 of an element's scale.
describe("the observed information", () => {
  const cases: readonly [string, CalibrationOptions["model"], number, number, boolean?][] = [
    ["two-parameter, a stratum larger than its grid", "two-parameter", 600, 1],
    ["two-parameter, booklets smaller than their grids", "two-parameter", 240, 3],
    ["generalised partial credit in two groups", "generalised-partial-credit", 500, 2],
    ["partial credit in two groups", "partial-credit", 500, 2],
    ["persons who lack items here and there", "two-parameter", 400, 1, true],
  ];
  it.each(cases)("is the gradient's slope: %s", (_, model, persons, booklets, lacking = false) => {
    const twoGroups = booklets === 2;
    const given = inventedResponses({
      ...{ persons, booklets, items: 9, seed: 3 },
      maximum: model === "two-parameter" ? 1 : 2,
      groups: twoGroups ? 2 : 1,
    });
    const scores = given.scores.map((score, at) => (lacking && noise(at * 3 + 1) > 0.6 ? 255 : score));
    const responses = { ...given, scores };
    const options: CalibrationOptions = { model };
    const sample = sampleOf(responses, options);
    expect(sample.strata.some(({ patchy }) => patchy)).toBe(lacking);
    const { state, nodes } = fitSample(sample, options);
    const exact = observedInformation(sample, state, nodes, options);
    const differences = byDifferences(sample, state, nodes, options);
    const p = sample.layout.free.length;
    let worst = 0;
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) {
        const scale = Math.sqrt(exact[i * p + i]! * exact[j * p + j]!);
        worst = Math.max(worst, Math.abs(exact[i * p + j]! - differences[i * p + j]!) / scale);
      }
    expect(worst).toBeLessThan(2e-4);
  });
});
