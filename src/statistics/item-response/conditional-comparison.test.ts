import { describe, expect, it } from "vitest";
import { keyedDraws } from "../random/index.js";
import {
  andersenTest,
  type Calibration,
  calibrate,
  compareWithMarginal,
  conditionalRasch,
  itemStandardErrors,
  lowAndHigh,
  type Outcome,
  type Responses,
  responsesFromMatrix,
} from "./index.js";

const items = 8;

/** Made-up Rasch answers; `harder` moves an item for persons of the second group. */
function madeUp(seed: number, persons: number, ability: (z: number, u: number) => number, harder = 0): Responses {
  const { normal, uniform } = keyedDraws(seed, 77);
  const matrix = new Uint8Array(persons * items);
  for (let p = 0; p < persons; p++) {
    const theta = ability(normal(p, 0), uniform(p, 1));
    for (let j = 0; j < items; j++) {
      const difficulty = -1.5 + (3 * j) / (items - 1) + (j === 2 && p % 2 === 1 ? harder : 0);
      matrix[p * items + j] = uniform(p, 2 + j) < 1 / (1 + Math.exp(difficulty - theta)) ? 1 : 0;
    }
  }
  const group = Uint16Array.from({ length: persons }, (_, p) => p % 2);
  const list = Array.from({ length: items }, (_, j) => ({ name: `I${j + 1}`, maximum: 1 }));
  return valueIn(responsesFromMatrix(list, matrix, { group, groups: ["even", "odd"] }));
}

function valueIn<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

const alone = (responses: Responses): Responses => ({ ...responses, group: null, groups: ["all"] });

function compared(responses: Responses, calibration?: Calibration) {
  const one = alone(responses);
  const marginal = calibration ?? valueIn(calibrate(one, { model: "rasch", identify: "items" }));
  const conditional = valueIn(conditionalRasch(one));
  return { marginal, conditional, comparison: valueIn(compareWithMarginal(one, conditional, marginal)) };
}

describe("conditional beside marginal difficulties", () => {
  it("differ as their errors say where abilities are normal, which is Hausman's difference of the variances (recovery)", () => {
    let [square, count, own, theirs] = [0, 0, 0, 0];
    for (let seed = 1; seed <= 12; seed++) {
      const responses = madeUp(seed, 700, (z) => z);
      const { marginal, conditional, comparison } = compared(responses);
      const { standardError } = valueIn(itemStandardErrors(alone(responses), marginal, { method: "observed" }));
      comparison.difference.forEach((one, j) => {
        expect(one).toBeCloseTo(conditional.difficulty[j]! - comparison.marginal[j]!, 9);
        square += (one / comparison.differenceError[j]!) ** 2;
        count++;
        own += comparison.differenceError[j]! ** 2;
        theirs += conditional.difficultyError[j]! ** 2 - standardError[j]! ** 2;
      });
    }
    // 100 seeds of ten items and 800 persons gave 1.001 and 1.06, and 7 joint tests below 0.05.
    expect(Math.abs(Math.sqrt(square / count) - 1)).toBeLessThan(0.25);
    expect(Math.abs(own / theirs - 1)).toBeLessThan(0.35);
  });

  it("part beyond doubt where abilities aren't normal, and the conditional ones stay with the truth", () => {
    const { conditional, comparison } = compared(madeUp(3, 3000, (_, u) => -Math.log(u) - 1));
    expect(comparison.joint!.p).toBeLessThan(1e-6);
    const off = (values: ArrayLike<number>, errors: ArrayLike<number>) =>
      Array.from(values, (one, j) => ((one + 1.5 - (3 * j) / (items - 1)) / errors[j]!) ** 2).reduce(
        (a, b) => a + b,
        0,
      );
    // χ² of seven degrees of freedom: 0.999 lies at 24.
    expect(off(conditional.difficulty, conditional.difficultyError)).toBeLessThan(24);
  });

  it("are held against fixed items too, and refuse slopes", () => {
    const responses = madeUp(5, 900, (z) => z);
    const fixed = Array.from({ length: items }, (_, j) => ({
      name: `I${j + 1}`,
      slope: 1,
      intercepts: [0, 1.5 - (3 * j) / (items - 1) + (j === 4 ? 0.8 : 0)],
    }));
    const known = valueIn(calibrate(alone(responses), { model: "rasch", fixed }));
    const { comparison, conditional } = compared(responses, known);
    const z = comparison.difference.map((one, j) => Math.abs(one / comparison.differenceError[j]!));
    expect(z.indexOf(Math.max(...z))).toBe(4);
    // Known values have no error: the difference has the conditional estimate's.
    expect(comparison.differenceError[4]! / conditional.difficultyError[4]!).toBeCloseTo(1, 1);
    const two = valueIn(calibrate(alone(responses), { model: "two-parameter" }));
    expect(() => compared(responses, two)).toThrow("has a slope");
  });
});

describe("Andersen's test", () => {
  it("finds an item that is harder for one level, and nothing without it", () => {
    expect(valueIn(andersenTest(madeUp(1, 800, (z) => z, 0.8))).p).toBeLessThan(1e-3);
    const { p, degreesOfFreedom, levels } = valueIn(andersenTest(madeUp(1, 800, (z) => z)));
    expect(p).toBeGreaterThan(0.01);
    expect(degreesOfFreedom).toBe(items - 1);
    expect(levels.map(({ name }) => name)).toEqual(["even", "odd"]);
  });

  it("leaves an item out of which a level lacks a category, and one that a level wasn't given costs no degree of freedom", () => {
    const responses = madeUp(2, 600, (z) => z);
    const scores = responses.scores.slice();
    for (let p = 1; p < 600; p += 2) {
      scores[p * items] = 1;
      scores[p * items + 7] = 255;
    }
    const test = valueIn(andersenTest({ ...responses, scores }));
    expect(test).toMatchObject({ leftOut: ["I1"], items: 7, degreesOfFreedom: 5 });
  });

  it("needs two levels of persons who tell something", () => {
    const responses = lowAndHigh(madeUp(2, 60, (z) => z));
    const scores = responses.scores.slice();
    responses.group!.forEach((level, p) => {
      if (level === 1) scores.fill(1, p * items, (p + 1) * items);
    });
    const test = andersenTest({ ...responses, scores });
    expect(test).toMatchObject({ ok: false, error: [{ code: "levels-too-few" }] });
  });
});
