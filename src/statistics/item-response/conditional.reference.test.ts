import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  andersenTest,
  type ConditionalErrors,
  conditionalRasch,
  lowAndHigh,
  type Responses,
  responsesFromMatrix,
} from "./index.js";

interface Fitted {
  readonly logLikelihood: number;
  readonly beta: readonly number[];
  readonly se: readonly number[];
}
interface Located {
  readonly difficulty: readonly number[];
  readonly se: readonly number[];
}
interface Ratio {
  readonly lr: number;
  readonly df: number;
  readonly p: number;
}

/** Other programs: eRm 1.0.2 and psychotools 0.7.2, by scripts/reference/conditional.R. */
const reference = JSON.parse(readFileSync(new URL("./conditional.reference.json", import.meta.url), "utf8")) as {
  readonly rasch: {
    readonly rows: readonly string[];
    readonly school: readonly number[];
    readonly group: readonly string[];
    readonly weights: readonly number[];
    readonly eRm: Fitted;
    readonly psychotools: Located;
    readonly median: Ratio;
    readonly byGroup: Ratio;
    readonly weighted: {
      readonly logLikelihood: number;
      readonly difficulty: readonly number[];
      readonly sandwich: readonly number[];
    };
  };
  readonly partialCredit: {
    readonly rows: readonly string[];
    readonly group: readonly string[];
    readonly psychotools: Located & { readonly logLikelihood: number };
    readonly median: Ratio;
    readonly byGroup: Ratio;
    readonly complete: { readonly rows: readonly string[]; readonly eRm: Fitted; readonly psychotools: Located };
  };
};

function responsesOf(rows: readonly string[]): Responses {
  const scores = rows.map((row) => [...row].map((one) => (one === "." ? 255 : Number(one))));
  const items = scores[0]!.map((_, j) => ({
    name: `I${j + 1}`,
    maximum: Math.max(...scores.map((row) => (row[j] === 255 ? 0 : row[j]!))),
  }));
  const made = responsesFromMatrix(items, Uint8Array.from(scores.flat()));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

function fitted(responses: Responses, errors?: ConditionalErrors) {
  const outcome = conditionalRasch(responses, errors);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  expect(outcome.value.converged).toBe(true);
  return outcome.value;
}

function ratio(responses: Responses) {
  const outcome = andersenTest(responses);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

const grouped = (responses: Responses, labels: readonly string[]): Responses => ({
  ...responses,
  groups: ["a", "b"],
  group: Uint16Array.from(labels, (label) => (label === "a" ? 0 : 1)),
});

/** Their searches end at about 1e-6 of a logit. */
const near = (ours: ArrayLike<number>, theirs: readonly number[], within: number) => {
  theirs.forEach((value, k) => {
    expect(Math.abs(ours[k]! - value)).toBeLessThan(within);
  });
};

it("Rasch difficulties, errors and likelihood are eRm's and psychotools'", () => {
  const { rows, eRm, psychotools } = reference.rasch;
  const fit = fitted(responsesOf(rows));
  expect(fit.logLikelihood).toBeCloseTo(eRm.logLikelihood, 6);
  near(fit.difficulty, psychotools.difficulty, 1e-5);
  near(fit.difficultyError, psychotools.se, 2e-5);
  near(fit.difficultyError, eRm.se, 1e-5);
  near(
    fit.thresholdErrors.map(([error]) => error!),
    eRm.se,
    1e-5,
  );
});

it("weighted difficulties are psychotools', and their sandwich over schools that of its scores", () => {
  const { rows, weights, school, weighted } = reference.rasch;
  const responses = { ...responsesOf(rows), weights: Float64Array.from(weights) };
  const fit = fitted(responses, { method: "sandwich", clusters: Int32Array.from(school) });
  expect(fit.logLikelihood).toBeCloseTo(weighted.logLikelihood, 6);
  near(fit.difficulty, weighted.difficulty, 1e-5);
  near(fit.difficultyError, weighted.sandwich, 2e-5);
});

it("partial credit in booklets is psychotools', and eRm's too where all took all", () => {
  const { rows, psychotools, complete } = reference.partialCredit;
  const fit = fitted(responsesOf(rows));
  expect(fit.logLikelihood).toBeCloseTo(psychotools.logLikelihood, 6);
  near(fit.difficulty, psychotools.difficulty, 2e-5);
  near(fit.difficultyError, psychotools.se, 2e-5);
  const whole = fitted(responsesOf(complete.rows));
  expect(whole.logLikelihood).toBeCloseTo(complete.eRm.logLikelihood, 6);
  near(whole.difficulty, complete.psychotools.difficulty, 2e-5);
  near(whole.difficultyError, complete.psychotools.se, 2e-5);
  // eRm holds the origin by the mean of all its numbers: each part from ours by its category times one shift.
  const apart = whole.free.map(
    ({ of, category }, k) => (whole.items.intercepts[of]![category]! - complete.eRm.beta[k]!) / category,
  );
  near(
    apart,
    apart.map(() => apart[0]!),
    4e-5,
  );
});

it("Andersen's test is eRm's, and in booklets that of psychotools' likelihoods: by score and by group", () => {
  const { rasch, partialCredit } = reference;
  const whole = responsesOf(rasch.rows);
  const forms = responsesOf(partialCredit.rows);
  const cases = [
    [lowAndHigh(whole), rasch.median],
    [grouped(whole, rasch.group), rasch.byGroup],
    [grouped(forms, partialCredit.group), partialCredit.byGroup],
    [lowAndHigh(forms), partialCredit.median],
  ] as const;
  for (const [responses, { lr, df, p }] of cases) {
    const test = ratio(responses);
    expect(test.chiSquare).toBeCloseTo(lr, 5);
    expect(test.degreesOfFreedom).toBe(df);
    expect(Math.abs(test.p - p)).toBeLessThan(1e-6);
  }
});
