import { describe, expect, it } from "vitest";
import { alternativesTo } from "./alternatives.js";
import type { QualityMarkInput } from "./award.js";
import { exampleParameters, qualityMarkExamples } from "./examples.js";

const met = qualityMarkExamples[0]!.input;
const school = (valueAdded: number): QualityMarkInput => ({
  ...met,
  measure: { valueAdded, predictionError: 0.1, pupilEquivalents: 100 },
});
// Distances below the line of −0.2 in prediction errors: 2.5, 1.9, 1.4, 1.0, 0.1, −0.5, −1.5, −3.
const schools = [-0.45, -0.39, -0.34, -0.3, -0.21, -0.15, -0.05, 0.1].map(school);

describe("what other choices would change", () => {
  // Closed form: by hand from the distances and the quantiles 0, 0.84, 1.28, 1.64 and 2.33.
  it("is counted for each choice", () => {
    const table = alternativesTo(schools, exampleParameters, 1);
    const rows = table.map(({ label, awarded, refused, changed }) => [label, awarded, refused, changed]);
    expect(rows).toEqual([
      ["The rule in force", 6, 2, 0],
      ["Ignore the interval: refuse wherever the estimate is below the line", 3, 5, 3],
      ["Refuse from a probability of 80%", 4, 4, 2],
      ["Refuse from a probability of 90%", 5, 3, 1],
      ["Refuse from a probability of 99%", 7, 1, 1],
      ["Turn the burden round: award only where a school is above the line with a probability of 95%", 1, 7, 5],
      ["Line at the national average", 3, 5, 3],
      ["Line 0.1 standard deviations below the national average", 4, 4, 2],
      ["Line 0.3 standard deviations below the national average", 8, 0, 2],
    ]);
  });

  it("leaves out the choice that is in force, whatever the outcome's unit", () => {
    const labels = alternativesTo([], { ...exampleParameters, line: -1.3, refusalProbability: 0.9 }, 13).map(
      (row) => row.label,
    );
    expect(labels).not.toContain("Line 0.1 standard deviations below the national average");
    expect(labels).not.toContain("Refuse from a probability of 90%");
    expect(labels).toContain("Line 0.2 standard deviations below the national average");
    expect(labels).toContain("Refuse from a probability of 95%");
  });

  it("counts schools that wait as neither awarded nor refused", () => {
    const waiting = [
      { ...met, safeguarding: null },
      { ...met, kind: "special" as const },
      { ...met, measure: null },
    ];
    for (const row of alternativesTo(waiting, exampleParameters, 1))
      expect([row.awarded, row.refused, row.changed]).toEqual([0, 0, 0]);
  });

  it("refuses more schools the lower the probability and the higher the line", () => {
    const refusedBy = (word: string) =>
      alternativesTo(schools, { ...exampleParameters, line: -0.25 }, 1)
        .filter((row) => row.label.startsWith(word))
        .map((row) => row.refused);
    for (const counts of [refusedBy("Refuse from"), refusedBy("Line")]) {
      expect(counts.length).toBeGreaterThan(2);
      expect(counts).toEqual([...counts].sort((a, b) => b - a));
    }
  });
});
