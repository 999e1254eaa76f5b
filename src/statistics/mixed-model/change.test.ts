import { describe, expect, it } from "vitest";
import { noise } from "../made-up-numbers.js";
import {
  changeSums,
  holdVariances,
  type MixedModelDesign,
  Objective,
  optimise,
  type RandomTerm,
  readFit,
  sumsOf,
} from "./index.js";

interface Pupil {
  readonly x: number;
  readonly y: number;
  readonly year: number;
  readonly time: readonly (readonly [school: number, share: number])[];
}

const schools = 12;
const pupils = Array.from({ length: 500 }, (_, i): Pupil => {
  const school = Math.floor(((noise(i + 1) + 1) / 2) * schools);
  const time =
    i % 6 === 0
      ? ([
          [school, 0.7],
          [(school + 1) % schools, 0.3],
        ] as const)
      : ([[school, 1]] as const);
  const x = 20 + noise(i + 3000);
  const year = i % 3;
  return {
    x,
    year,
    time,
    y: 2 + 0.5 * x + 0.8 * noise(school + 40) + 0.5 * noise(3 * school + year + 90) + noise(i + 7000),
  };
});

function designOf(list: readonly Pupil[]): MixedModelDesign {
  const start = new Int32Array(list.length + 1);
  const entries = list.flatMap(({ time, year }, i) => {
    start[i + 1] = start[i]! + time.length;
    return time.map(([school, share]) => ({ school, share, cell: 3 * school + year }));
  });
  const x = Float64Array.from(list, (pupil) => pupil.x);
  const term = (group: string, count: number, level: number[], slope: boolean): RandomTerm => ({
    group,
    levels: Array.from({ length: count }, (_, k) => String(k)),
    start,
    level: Int32Array.from(level),
    weight: Float64Array.from(entries, (entry) => entry.share),
    coefficients: [{ name: "(Intercept)", values: null }, ...(slope ? [{ name: "x", values: x }] : [])],
  });
  return {
    rows: list.length,
    response: { name: "y", values: Float64Array.from(list, (pupil) => pupil.y) },
    fixed: [
      { name: "(Intercept)", values: null },
      { name: "x", values: x },
    ],
    random: [
      term(
        "school",
        schools,
        entries.map((entry) => entry.school),
        true,
      ),
      term(
        "school:year",
        3 * schools,
        entries.map((entry) => entry.cell),
        false,
      ),
    ],
  };
}

describe("sums with rows taken out and brought in", () => {
  const removed = [3, 6, 60, 200, 333];
  const kept = pupils.filter((_, i) => !removed.includes(i));
  const moved: Pupil = {
    ...pupils[60]!,
    time: [
      [4, 0.25],
      [9, 0.75],
    ],
  };
  const changed = changeSums(sumsOf(designOf(pupils)), [
    { design: designOf(removed.map((i) => pupils[i]!)), sign: -1 },
    { design: designOf([moved]), sign: 1 },
  ]);

  // Evidence class: closed form. The same rows, read anew.
  it("give the fit of the rows that are left, to rounding", () => {
    const [anew, after] = [sumsOf(designOf([...kept, moved])), changed].map((sums) => {
      const objective = new Objective(sums, "REML");
      return readFit(objective, optimise(objective));
    });
    expect(after!.criterion).toBeCloseTo(anew!.criterion, 8);
    expect(after!.fixedEffects[1]!.estimate).toBeCloseTo(anew!.fixedEffects[1]!.estimate, 8);
    anew!.randomEffects.forEach((effects, t) => {
      effects.estimate.forEach((value, level) => {
        expect(after!.randomEffects[t]!.estimate[level]).toBeCloseTo(value, 6);
        expect(after!.randomEffects[t]!.predictionError[level]).toBeCloseTo(effects.predictionError[level]!, 6);
      });
    });
  });

  it("answer at the variances of before, without a search", () => {
    const before = new Objective(sumsOf(designOf(pupils)), "REML");
    const optimum = optimise(before);
    const after = new Objective(changed, "REML");
    const held = readFit(after, holdVariances(after, optimum));
    expect(after.evaluations).toBe(1);
    expect(held.theta).toEqual(readFit(before, { ...optimum, evaluation: before.evaluate(optimum.theta) }).theta);
    expect(held.randomEffects[0]!.estimate[4]).not.toBe(0);
  });

  it("are the sums of before where the same rows come back", () => {
    const sums = sumsOf(designOf(pupils));
    const some = designOf(removed.map((i) => pupils[i]!));
    const back = changeSums(sums, [
      { design: some, sign: -1 },
      { design: some, sign: 1 },
    ]);
    expect(back.rows).toBe(sums.rows);
    back.zx.forEach((value, i) => {
      expect(value).toBeCloseTo(sums.zx[i]!, 10);
    });
  });
});
