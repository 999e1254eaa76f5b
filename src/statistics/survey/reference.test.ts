import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  accepted,
  adjustDesign,
  calibrateWeights,
  difference,
  linearisedMean,
  linearisedRatio,
  linearisedRegression,
  linearisedTotal,
  means,
  type PercentileDefinition,
  percentiles,
  rake,
  ratios,
  regression,
  replicateDesign,
  responsePropensity,
  totals,
  trimWeights,
} from "./index.js";

// Evidence class: other program. survey 4.1-1 of R; scripts/reference/survey.R made the file, to 15 digits.
interface Both {
  value: number | number[];
  error: number | number[];
}
const reference = JSON.parse(readFileSync(new URL("./survey.reference.json", import.meta.url), "utf8")) as {
  ambulances: Record<"brr" | "fay" | "jkn" | "jknCentred" | "taylor", Both>;
  made: Record<string, Both> & {
    columns: Record<"stratum" | "cluster" | "weight" | "x" | "y" | "g" | "fpc", number[]>;
    greg: Both & { weights: number[] };
    logit: { weights: number[] };
    exponential: { weights: number[] };
    raked: { weights: number[] };
    propensity: { coefficients: number[]; fitted: number[] };
  };
};

const agrees = (found: { value: number; standardError: number }, { value, error }: Both, k?: number) => {
  const pick = (of: number | number[]) => (typeof of === "number" ? of : of[k ?? 0]!);
  expect(found.value / pick(value)).toBeCloseTo(1, 10);
  expect(found.standardError / pick(error)).toBeCloseTo(1, 9);
};

describe("ambulances of three areas", () => {
  // Levy and Lemeshow's, as survey's example: two ambulances an area, patients and survivors.
  const alive = Float64Array.from([25, 24, 30, 49, 80, 70]);
  const arrests = Float64Array.from([120, 78, 185, 228, 670, 530]);
  const weights = new Float64Array(6).fill(1);
  const [strata, clusters] = [
    [1, 1, 2, 2, 3, 3],
    [1, 2, 1, 2, 1, 2],
  ];

  it("have the ratio and errors of survey: balanced halves, Fay, the jackknife about two centres, linearisation", () => {
    const error = (options: object) =>
      ratios(
        alive,
        arrests,
        accepted(replicateDesign({ weights, strata, clusters, method: "JKn", ...options })),
      ).estimate("all");
    agrees(error({}), reference.ambulances.jkn);
    agrees(error({ centre: "replicates" }), reference.ambulances.jknCentred);
    agrees(linearisedRatio(alive, arrests, { weights, stages: [{ strata, clusters }] }), reference.ambulances.taylor);
    agrees(error({ method: "BRR" }), reference.ambulances.brr);
    agrees(error({ method: "Fay", fay: 0.3 }), reference.ambulances.fay);
  });
});

describe("forty persons in clusters of four strata", () => {
  const { columns } = reference.made;
  const [weights, x, y] = [columns.weight, columns.x, columns.y].map((c) => Float64Array.from(c)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const { stratum: strata, cluster: clusters, fpc } = columns;
  const jkn = accepted(replicateDesign({ weights, strata, clusters, method: "JKn" }));
  const groups = { names: ["0", "1", "2"], of: columns.g };

  it("have the jackknife's means, contrast, regression and both percentiles", () => {
    agrees(means(y, jkn).estimate("all"), reference.made.jknMean!);
    const finite = accepted(replicateDesign({ weights, strata, clusters, finitePopulation: fpc, method: "JKn" }));
    agrees(means(y, finite).estimate("all"), reference.made.jknFinite!);
    const joint = means(y, jkn, groups);
    for (const k of [0, 1, 2]) agrees(joint.estimate(String(k)), reference.made.jknByGroup!, k);
    agrees(difference(joint, "0", "2").estimate!, reference.made.jknContrast!);
    const dummy = (k: number) => Float64Array.from(columns.g, (g) => (g === k ? 1 : 0));
    const fit = regression(
      y,
      [
        { name: "x", values: x },
        { name: "g1", values: dummy(1) },
        { name: "g2", values: dummy(2) },
      ],
      jkn,
    );
    for (const [k, name] of ["(constant)", "x", "g1", "g2"].entries())
      agrees(fit.estimate(name), reference.made.jknRegression!, k);
    for (const definition of ["step", "interpolated"] satisfies PercentileDefinition[]) {
      const joined = percentiles(y, [0.1, 0.25, 0.5, 0.9], jkn, undefined, { definition });
      for (const [k, name] of joined.names.entries()) {
        const { value, standardError } = joined.estimate(name);
        const expected = reference.made[definition]! as { value: number[]; error: number[] };
        expect(value, name).toBeCloseTo(expected.value[k]!, 9);
        // survey centres percentiles' replicates on their mean.
        const centred = percentiles(y, [0.1, 0.25, 0.5, 0.9], { ...jkn, centre: "replicates" }, undefined, {
          definition,
        });
        const errors = [standardError, centred.estimate(name).standardError];
        expect(Math.min(...errors.map((e) => Math.abs(e - expected.error[k]!))), name).toBeLessThan(1e-8);
      }
    }
  });

  it("have the linearised errors of mean, total, ratio and regression", () => {
    const plain = { weights, stages: [{ strata, clusters }] };
    const finite = { weights, stages: [{ strata, clusters, population: fpc }] };
    agrees(linearisedMean(y, plain), reference.made.taylorMean!);
    agrees(linearisedMean(y, finite), reference.made.taylorFinite!);
    agrees(linearisedTotal(y, finite), reference.made.taylorTotal!);
    agrees(linearisedRatio(y, x, finite), reference.made.taylorRatio!);
    const found = linearisedRegression(y, [new Float64Array(40).fill(1), x], plain);
    for (const k of [0, 1]) agrees(found[k]!, reference.made.taylorRegression!, k);
  });

  it("have the calibrated weights by three distances, the error of the regression estimator, and the raked weights", () => {
    const auxiliaries = [
      { name: "size", values: new Float64Array(40).fill(1), total: 130 },
      { name: "x", values: x, total: 620 },
    ];
    const close = (found: Float64Array, expected: number[]) =>
      found.forEach((w, i) => {
        expect(w).toBeCloseTo(expected[i]!, 5);
      });
    const greg = accepted(calibrateWeights(weights, auxiliaries));
    close(greg.weights, reference.made.greg.weights);
    agrees(
      linearisedMean(y, {
        weights: greg.weights,
        stages: [{ strata, clusters }],
        calibrated: { auxiliaries: auxiliaries.map(({ values }) => values), factors: greg.factors },
      }),
      reference.made.greg,
    );
    close(
      accepted(calibrateWeights(weights, auxiliaries, { kind: "logit", low: 0.5, high: 1.8 })).weights,
      reference.made.logit.weights,
    );
    close(
      accepted(calibrateWeights(weights, auxiliaries, { kind: "exponential" })).weights,
      reference.made.exponential.weights,
    );
    const raked = accepted(
      rake(weights, [
        { name: "g", category: columns.g, totals: new Map([40, 50, 40].map((t, k) => [String(k), t])) },
        { name: "stratum", category: strata, totals: new Map([30, 30, 35, 35].map((t, k) => [String(k), t])) },
      ]),
    );
    close(raked.weights, reference.made.raked.weights);
  });

  it("calibrated anew in every replicate know the total for certain", () => {
    const size = new Float64Array(40).fill(1);
    const design = accepted(
      adjustDesign(jkn, (w) => {
        const found = calibrateWeights(w, [{ name: "size", values: size, total: 130 }]);
        return found.ok ? { ok: true, value: found.value.weights } : found;
      }),
    );
    expect(totals(size, jkn).estimate("all").standardError).toBeGreaterThan(1);
    const { value, standardError } = totals(size, design).estimate("all");
    expect(value).toBeCloseTo(130, 9);
    expect(standardError).toBeLessThan(1e-9);
  });

  it("refuse totals that can't be met, by name", () => {
    const out = calibrateWeights(weights, [{ name: "size", values: new Float64Array(40).fill(1), total: 1000 }], {
      kind: "logit",
      low: 0.5,
      high: 2,
    });
    expect(out).toMatchObject({ ok: false, error: [{ code: "survey-calibration-failed", place: "size" }] });
    const category = columns.g;
    const none = rake(weights, [
      {
        name: "g",
        category,
        totals: new Map([
          ["0", 50],
          ["1", 50],
          ["2", 20],
          ["3", 10],
        ]),
      },
    ]);
    expect(none).toMatchObject({ ok: false, error: [{ place: "g", message: "nobody is in the category 3" }] });
    const twice = [1, 2].map((k) => ({ name: `x${k}`, values: x, total: 600 }));
    expect(calibrateWeights(weights, twice)).toMatchObject({
      ok: false,
      error: [{ message: "the variables are collinear" }],
    });
  });

  it("have the coefficients and fitted probabilities of a weighted logistic regression", () => {
    const responded = Uint8Array.from(y, (v) => (v > 55 ? 1 : 0));
    const fit = responsePropensity(weights, responded, [x, Float64Array.from(columns.g)]);
    expect(fit.converged).toBe(true);
    reference.made.propensity.coefficients.forEach((expected, a) => {
      expect(fit.coefficients[a]).toBeCloseTo(expected, 9);
    });
    reference.made.propensity.fitted.forEach((expected, i) => {
      expect(fit.propensities[i]).toBeCloseTo(expected, 9);
    });
  });

  it("trim weights to the limit and keep each cell's total", () => {
    const { weights: trimmed, trimmed: count } = trimWeights(Float64Array.from([1, 1, 1, 1, 8, 1.5]), 3);
    expect(count).toBe(1);
    expect(Math.max(...trimmed)).toBeLessThanOrEqual(3 + 1e-9);
    expect(trimmed.reduce((a, b) => a + b, 0)).toBeCloseTo(13.5, 9);
    expect(() => trimWeights(weights, 0.5)).toThrow(RangeError);
  });
});
