import { describe, expect, it } from "vitest";
import { noise } from "../made-up-numbers.js";
import { fitSample, sampleOf } from "./calibrate.js";
import { expect as expectation } from "./expectation.js";
import { slopeAt } from "./gradient.js";
import {
  type Calibration,
  type CalibrationOptions,
  calibrate,
  type ErrorMethod,
  itemStandardErrors,
  type Responses,
  withEstimates,
} from "./index.js";
import { inventedResponses } from "./invented-responses.js";
import { stateOf, vectorOf } from "./layout.js";
import { eachScore } from "./person-scores.js";

function fitted(responses: Responses, options: CalibrationOptions): Calibration {
  const outcome = calibrate(responses, options);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

function errors(responses: Responses, calibration: Calibration, method: ErrorMethod) {
  const outcome = itemStandardErrors(responses, calibration, method);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

const shape = { persons: 800, items: 8, booklets: 1, maximum: 1, groups: 1, seed: 5 };

describe("persons' scores", () => {
  it.each([
    ["two-parameter", 1],
    ["generalised-partial-credit", 2],
  ] as const)("sum to the gradient anywhere: %s", (model, maximum) => {
    const whole = inventedResponses({ ...shape, persons: 300, maximum, groups: 2, booklets: 2 });
    const scores = whole.scores.map((score, at) => (noise(at * 3 + 1) > 0.8 ? 255 : score));
    const responses = { ...whole, scores };
    const sample = sampleOf(responses, { model });
    const { nodes } = fitSample(sample, { model, iterations: 1 });
    const x = vectorOf(sample.layout, sample.known).map((value, j) => value + 0.1 * Math.sin(j));
    const state = stateOf(sample.layout, sample.known, x);
    const sum = new Float64Array(x.length);
    eachScore(sample, state, nodes, (_, at, values) => {
      at.forEach((place, d) => {
        sum[place]! += values[d]!;
      });
    });
    const { gradient } = slopeAt(
      sample.layout,
      state,
      expectation(sample.layout, sample.strata, state, nodes, true),
      undefined,
    );
    gradient.forEach((value, j) => {
      expect(Math.abs(value - sum[j]!)).toBeLessThan(1e-9);
    });
  });
});

describe("standard errors", () => {
  const responses = inventedResponses(shape);
  const calibration = fitted(responses, { model: "two-parameter" });
  const observed = errors(responses, calibration, { method: "observed" });

  it("from the sandwich are near those from the information where the model is true", () => {
    const sandwich = errors(responses, calibration, { method: "sandwich" });
    // 800 persons: a standard error's own relative error is about 1 ÷ √(2 · 800), and the largest of 16 some three times that.
    sandwich.standardError.forEach((value, j) => {
      expect(Math.abs(value / observed.standardError[j]! - 1)).toBeLessThan(0.2);
    });
  });

  it("from the sandwich don't change with the weights' unit, those from the information do", () => {
    const sandwich = errors(responses, calibration, { method: "sandwich" });
    const weights = new Float64Array(800).fill(4);
    const weighted = { ...responses, weights };
    const again = fitted(weighted, { model: "two-parameter" });
    const same = errors(weighted, again, { method: "sandwich" });
    const half = errors(weighted, again, { method: "observed" });
    sandwich.standardError.forEach((value, j) => {
      expect(same.standardError[j]! / value).toBeCloseTo(1, 4);
      expect(half.standardError[j]! / observed.standardError[j]!).toBeCloseTo(0.5, 4);
    });
  });

  it("grow by the root of two where everybody is there twice as one cluster", () => {
    const alone = errors(responses, calibration, { method: "sandwich" });
    const twice: Responses = {
      ...responses,
      booklet: new Uint16Array(1600),
      starts: Uint32Array.from({ length: 1601 }, (_, p) => p * 8),
      scores: Uint8Array.from([...responses.scores, ...responses.scores]),
    };
    const clusters = Int32Array.from({ length: 1600 }, (_, p) => p % 800);
    const both = errors(twice, fitted(twice, { model: "two-parameter" }), { method: "sandwich", clusters });
    alone.standardError.forEach((value, j) => {
      expect(both.standardError[j]! / value).toBeCloseTo(1, 4);
    });
  });

  it("from jackknife refits agree with the sandwich on the same clusters", () => {
    const clusters = Int32Array.from({ length: 800 }, (_, p) => p % 40);
    const weights = Array.from({ length: 40 }, (_, r) => Float64Array.from(clusters, (c) => (c === r ? 0 : 40 / 39)));
    const sandwich = errors(responses, calibration, { method: "sandwich", clusters });
    const jackknife = errors(responses, calibration, { method: "replicates", weights, scale: 39 / 40 });
    expect(jackknife.cautions).toEqual([]);
    expect(jackknife.replicates.length).toBe(40);
    // Both are of the same order in 1 ÷ clusters; they differ by curvature.
    jackknife.standardError.forEach((value, j) => {
      expect(Math.abs(value / sandwich.standardError[j]! - 1)).toBeLessThan(0.08);
    });
  });

  it("of a replicate are those of a fit with its weights from the beginning", () => {
    const weights = Float64Array.from({ length: 800 }, (_, p) => (p % 4 === 0 ? 0 : 4 / 3));
    const { replicates } = errors(responses, calibration, {
      method: "replicates",
      weights: [weights, weights],
      scale: 1,
    });
    const afresh = fitted({ ...responses, weights }, { model: "two-parameter" });
    const { estimate, standardError } = errors({ ...responses, weights }, afresh, { method: "observed" });
    replicates[0]!.forEach((value, j) => {
      expect(Math.abs(value - estimate[j]!) / standardError[j]!).toBeLessThan(1e-3);
    });
  });

  it("on a scale held by the items include the group's mean, and have no spread along what holds it", () => {
    const rasch = inventedResponses(shape);
    const onItems = fitted(rasch, { model: "rasch", identify: "items" });
    const { free, covariance } = errors(rasch, onItems, { method: "observed" });
    expect(free.map(({ kind }) => kind).filter((kind) => kind !== "intercept")).toEqual(["sd", "mean"]);
    const intercepts = free.flatMap(({ kind }, j) => (kind === "intercept" ? [j] : []));
    const along = intercepts.flatMap((a) => intercepts.map((b) => covariance[a * free.length + b]!));
    expect(Math.abs(along.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-9);
    const total = onItems.items.intercepts.reduce((sum, one) => sum + one[1]!, 0);
    expect(Math.abs(total)).toBeLessThan(1e-12);
  });

  it("refuse strata with one cluster, replicates of other lengths, and one replicate", () => {
    const strata = Int32Array.from({ length: 800 }, (_, p) => (p === 0 ? 7 : 0));
    const refusals = (method: ErrorMethod) => {
      const outcome = itemStandardErrors(responses, calibration, method);
      return outcome.ok ? [] : outcome.error.map(({ code, place }) => `${code}: ${place}`);
    };
    expect(refusals({ method: "sandwich", strata })).toEqual(["errors-cluster-alone: stratum 7"]);
    const weights = [new Float64Array(800).fill(1), new Float64Array(799)];
    expect(refusals({ method: "replicates", weights, scale: 1 })).toEqual(["responses-size: replicate 2"]);
    expect(refusals({ method: "replicates", weights: weights.slice(0, 1), scale: 1 })).toEqual([
      "errors-replicates-differ: replicates",
    ]);
  });

  it("give estimates that put the calibration together again", () => {
    expect(withEstimates(calibration, observed.estimate)).toEqual({
      items: calibration.items,
      groups: calibration.groups,
    });
  });
});
