import { describe, expect, it } from "vitest";
import { keyedDraws } from "../../random/index.js";
import { madeUpItems, madeUpResponses, valueIn } from "../made-up-responses.js";
import { latentRegression } from "./index.js";
import { PersonLikelihoods } from "./likelihood.js";
import { gridOf } from "./population.js";
import { Posterior } from "./posterior.js";

const items = madeUpItems([
  ...Array.from({ length: 14 }, (_, j) => ({ slope: 0.8 + 0.05 * j, intercepts: [1.5 - 0.22 * j] })),
  { slope: 0.7, intercepts: [0.8, 0.2] },
  { slope: 0.9, intercepts: [0.1, -0.9, -2.4] },
]);
const truth = [0.2, -0.4, 0.5, 0.7] as const;

/** Persons in clusters of ten; half of them in group 1, whose residual standard deviation is larger by `more`. */
function sample(persons: number, seed: number, more = 0, clusterSd = 0) {
  const { normal } = keyedDraws(seed, 9);
  const design = new Float64Array(persons * 3);
  const group = new Uint16Array(persons);
  const cluster = Int32Array.from({ length: persons }, (_, i) => Math.floor(i / 10));
  const weights = Float64Array.from({ length: persons }, (_, i) => 1 + (i % 3));
  const theta = Float64Array.from({ length: persons }, (_, i) => {
    const girl = i % 2;
    const other = normal(i, 0);
    group[i] = girl;
    design.set([1, girl, other], i * 3);
    const mean = truth[0] + truth[1] * girl + truth[2] * other;
    return mean + (truth[3] + more * girl) * normal(i, 1) + clusterSd * normal(1e6 + cluster[i]!, 2);
  });
  const responses = madeUpResponses(
    items,
    theta,
    seed,
    { weights, group, groups: ["a", "b"] },
    (i, j) => (i + j) % 3 > 0,
  );
  return { responses, design, names: ["constant", "girl", "other"], cluster };
}

describe("latent regression", () => {
  it("stands at the top of the likelihood, with the errors of its curvature there", () => {
    const { responses, design, names } = sample(300, 4);
    const fit = valueIn(latentRegression(responses, items, { design, names, heteroscedastic: true }));
    expect(fit.converged).toBe(true);
    expect(fit.gradient).toBeLessThan(1e-7);
    const parameters = [...fit.coefficients, ...fit.residualSd.map(Math.log)];
    const posterior = new Posterior(new PersonLikelihoods(responses, items, gridOf(responses, items, fit, 0.4)));
    const total = responses.weights!.reduce((a, b) => a + b, 0);
    // The likelihood itself, with nothing of the moments: closed form of what the errors have to be.
    const logLikelihood = (at: readonly number[]) => {
      let sum = 0;
      for (let i = 0; i < 300; i++) {
        const mean = at[0]! + at[1]! * design[i * 3 + 1]! + at[2]! * design[i * 3 + 2]!;
        posterior.take(i, mean, Math.exp(at[3 + responses.group![i]!]!));
        sum += ((responses.weights![i]! * 300) / total) * posterior.logLikelihood;
      }
      return sum;
    };
    expect(logLikelihood(parameters)).toBeCloseTo(fit.logLikelihood, 8);
    const h = 1e-3;
    const moved = (changes: Record<number, number>) => logLikelihood(parameters.map((v, k) => v + (changes[k] ?? 0)));
    const curvature = (a: number, b: number) =>
      a === b
        ? (moved({ [a]: h }) - 2 * moved({}) + moved({ [a]: -h })) / h ** 2
        : (moved({ [a]: h, [b]: h }) -
            moved({ [a]: h, [b]: -h }) -
            moved({ [a]: -h, [b]: h }) +
            moved({ [a]: -h, [b]: -h })) /
          (4 * h * h);
    // information⁻¹ · curvature is minus the identity.
    for (let a = 0; a < 5; a++)
      for (let b = 0; b < 5; b++) {
        let sum = 0;
        for (let c = 0; c < 5; c++) sum -= fit.information[a * 5 + c]! * curvature(c, b);
        expect(sum).toBeCloseTo(a === b ? 1 : 0, 4); // the differences' own error, h²
      }
  });

  it("says the same whichever level is the reference and wherever a fit begins", () => {
    const { responses, design, names } = sample(400, 6);
    const turned = design.map((value, at) => (at % 3 === 1 ? 1 - value : value));
    const one = valueIn(latentRegression(responses, items, { design, names }));
    const other = valueIn(latentRegression(responses, items, { design: turned, names }));
    expect(other.logLikelihood).toBeCloseTo(one.logLikelihood, 8);
    expect(other.coefficients[1]).toBeCloseTo(-one.coefficients[1]!, 7);
    expect(other.coefficients[0]).toBeCloseTo(one.coefficients[0]! + one.coefficients[1]!, 7);
    expect(other.standardErrors[1]).toBeCloseTo(one.standardErrors[1]!, 6);
    const again = valueIn(latentRegression(responses, items, { design, names, start: one }));
    expect(again.iterations).toBeLessThan(one.iterations);
    expect(again.coefficients[2]).toBeCloseTo(one.coefficients[2]!, 7);
  });

  it("finds coefficients and both residual standard deviations again", () => {
    const { responses, design, names } = sample(6000, 2, 0.4);
    const fit = valueIn(latentRegression(responses, items, { design, names, heteroscedastic: true }));
    const expected = [truth[0], truth[1], truth[2], truth[3], truth[3] + 0.4];
    [...fit.coefficients, ...fit.residualSd].forEach((value, k) => {
      expect(Math.abs(value - expected[k]!)).toBeLessThan(3.5 * fit.standardErrors[k]!);
    });
    expect(fit.explained).toBeGreaterThan(0.15);
    expect(fit.reliability).toBeGreaterThan(0.6);
  });

  it("has larger errors where persons came in clusters that are alike", () => {
    const { responses, design, names, cluster } = sample(3000, 8, 0, 0.6);
    const persons = valueIn(latentRegression(responses, items, { design, names }));
    const clustered = valueIn(latentRegression(responses, items, { design, names, clusters: { cluster } }));
    expect(clustered.clusters).toBe(300);
    expect(clustered.coefficients).toEqual(persons.coefficients);
    // The mean of all persons: constant and half the difference.
    const ofMean = ({ sandwich: c }: typeof persons) => Math.sqrt(c[0]! + c[1]! + c[5]! / 4);
    expect(ofMean(clustered) / ofMean(persons)).toBeGreaterThan(1.5);
    expect(clustered.standardErrors[2]! / persons.standardErrors[2]!).toBeLessThan(1.2); // varies within clusters
  });

  it("names columns that others explain, values that aren't numbers, and groups without persons", () => {
    const { responses, design, names } = sample(60, 1);
    const codes = (outcome: ReturnType<typeof latentRegression>) =>
      outcome.ok ? [] : outcome.error.map((fault) => `${fault.code}: ${fault.place}`);
    const doubled = design.map((value, at) => (at % 3 === 2 ? 2 * design[at - 1]! - 1 : value));
    expect(codes(latentRegression(responses, items, { design: doubled, names }))).toEqual([
      "background-dependent: columns other",
    ]);
    const hole = Float64Array.from(design);
    hole[7] = Number.NaN;
    expect(codes(latentRegression(responses, items, { design: hole, names }))).toEqual([
      'background-not-a-number: person 3, column "girl"',
    ]);
    const silent = madeUpResponses(items, new Float64Array(60), 1, {}, (i) => i % 2 === 0);
    expect(codes(latentRegression(silent, items, { design, names }))).toEqual([
      'regression-not-identified: column "girl"',
    ]);
    const empty = { ...responses, groups: ["a", "b", "c"] };
    expect(codes(latentRegression(empty, items, { design, names, heteroscedastic: true }))).toEqual([
      "group-without-persons: groups c",
    ]);
  });
});
