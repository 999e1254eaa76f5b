import { describe, expect, it } from "vitest";
import { designOf } from "./design.js";
import { plain, pupilCount, pupils, rows } from "./example-pupils.js";
import type { MeasureSpecification } from "./index.js";

describe("the design of a measure", () => {
  const columnsOf = (specification: MeasureSpecification) => {
    const made = designOf(specification, pupils, null);
    if (!made.ok) throw new Error("no design");
    return made.value;
  };

  it("names its columns as R would, and puts the missing aside", () => {
    const { model, used, formula } = columnsOf(plain);
    expect(model.fixed.map(({ name }) => name)).toEqual(["(Intercept)", "prior", "I(prior^2)", "fsmyes"]);
    expect(formula).toBe("score ~ 1 + prior + I(prior^2) + fsm + (1 | school)");
    expect(used.leftOut).toEqual([{ reason: 'no prior attainment in "prior"', count: pupilCount / 20 }]);
    expect(model.rows).toBe(pupilCount - pupilCount / 20);
  });

  it("keeps pupils without a baseline at the mean with an indicator of their own", () => {
    const { model } = columnsOf({ ...plain, prior: [{ ...plain.prior[0]!, missing: "indicator" }] });
    expect(model.rows).toBe(pupilCount);
    const indicator = model.fixed.find(({ name }) => name === "prior missing")!;
    expect(indicator.values!.reduce((a, b) => a + b, 0)).toBe(pupilCount / 20);
    const filled = model.fixed.find(({ name }) => name === "prior")!.values!;
    const known = rows.filter((_, i) => i % 20 !== 0).map(({ prior }) => prior);
    expect(filled[0]).toBeCloseTo(known.reduce((a, b) => a + b, 0) / known.length, 12);
  });

  it("gives a category's missing values an indicator too, and stops at each where the review says so", () => {
    const patchy = { column: "patchy", reference: null, kind: "category" } as const;
    const { model } = columnsOf({ ...plain, prior: [], context: [{ ...patchy, missing: "indicator" }] });
    expect(model.fixed.map(({ name }) => name)).toEqual(["(Intercept)", "patchyb", "patchy missing"]);
    const stopped = designOf({ ...plain, prior: [], context: [{ ...patchy, missing: "stop" }] }, pupils, null);
    expect(stopped.ok).toBe(false);
    if (!stopped.ok) {
      expect(stopped.error).toHaveLength(pupilCount / 50);
      expect(stopped.error[0]).toMatchObject({ code: "value-missing", place: 'pupils.csv, line 2, column "patchy"' });
    }
  });

  it("multiplies covariates, bends a spline, and takes the school's mean by share of time", () => {
    const { model } = columnsOf({
      ...plain,
      prior: [{ column: "whole_prior", shape: { kind: "spline", degreesOfFreedom: 3 }, missing: "exclude" }],
      context: [{ column: "fsm", reference: "yes", kind: "category", missing: "exclude" }],
      intake: [{ of: "whole_prior", statistic: "mean" }],
      interactions: [["fsm", "school_mean(whole_prior)"]],
    });
    expect(model.fixed.map(({ name }) => name)).toEqual([
      "(Intercept)",
      "ns(whole_prior, df = 3)1",
      "ns(whole_prior, df = 3)2",
      "ns(whole_prior, df = 3)3",
      "fsmno",
      "school_mean(whole_prior)",
      "fsmno:school_mean(whole_prior)",
    ]);
    const intake = model.fixed[5]!.values!;
    const mates = rows.filter(({ school }) => school === rows[0]!.school);
    expect(intake[0]).toBeCloseTo(mates.reduce((sum, { prior }) => sum + prior, 0) / mates.length, 12);
  });

  it("adds several outcomes up in standard deviations, by weight", () => {
    const { model } = columnsOf({
      ...plain,
      prior: [],
      outcomes: [
        { column: "score", weight: 3 },
        { column: "second", weight: 1 },
      ],
    });
    const y = model.response.values;
    const mean = y.reduce((a, b) => a + b, 0) / y.length;
    expect(mean).toBeCloseTo(0, 10);
    expect(Math.sqrt(y.reduce((sum, value) => sum + value ** 2, 0) / y.length)).toBeGreaterThan(0.9);
  });
});
