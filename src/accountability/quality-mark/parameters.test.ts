import { describe, expect, it } from "vitest";
import { civilDate, valueOn } from "../../kernel/index.js";
import {
  decisionParametersOn,
  intervalConfidence,
  qualityMarkParameters,
  yearsThatCount,
  yearWeights,
} from "./parameters.js";

const today = civilDate("2026-09-01");

describe("the rule's dated numbers", () => {
  it("each have an id of their own, a label, a unit and a source for every value, oldest first", () => {
    expect(new Set(qualityMarkParameters.map((parameter) => parameter.id)).size).toBe(qualityMarkParameters.length);
    for (const { id, label, unit, values } of qualityMarkParameters) {
      expect(id).toMatch(/^accountability\.quality-mark\.[a-z-]+$/);
      expect([label, unit].every((text) => text.length > 3)).toBe(true);
      expect(values.map((dated) => dated.from)).toEqual(values.map((dated) => dated.from).toSorted());
      for (const { source } of values)
        expect((source.kind === "assumption" ? source.why : source.citation).length).toBeGreaterThan(40);
    }
  });

  it("put the line in the outcome's units", () => {
    expect(decisionParametersOn(today, 10)).toEqual({ line: -2, refusalProbability: 0.95, fewestPupilEquivalents: 11 });
  });

  it("have a weight for each year that counts, and show an interval that is no narrower than half", () => {
    expect(valueOn(yearWeights, today).value).toHaveLength(valueOn(yearsThatCount, today).value);
    expect(valueOn(intervalConfidence, today).value).toBeGreaterThan(0.5);
  });

  it("are not there before the paper", () => {
    expect(() => decisionParametersOn(civilDate("2016-08-31"), 1)).toThrow("has no value on 2016-08-31");
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    "can't be put in the units of an outcome with the deviation %s",
    (deviation) => {
      expect(() => decisionParametersOn(today, deviation)).toThrow(RangeError);
    },
  );
});
