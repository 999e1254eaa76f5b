import { describe, expect, it } from "vitest";
import { noise } from "../made-up-numbers.js";
import {
  assembleSums,
  DesignError,
  type MixedModelDesign,
  Objective,
  optimise,
  type RandomTerm,
  readFit,
  type SummedParts,
  sumsOf,
} from "./index.js";

const rows = 900;
const schools = 30;
const x = Float64Array.from({ length: rows }, (_, i) => 50 + 10 * noise(i + 3));
const start = new Int32Array(rows + 1);
const [level, year, weight]: number[][] = [[], [], []];
for (let i = 0; i < rows; i++) {
  const s = Math.floor(((noise(i + 1) + 1) / 2) * schools);
  (i % 7 === 0 ? [0.6, 0.4] : [1]).forEach((share, k) => {
    const at = (s + k) % schools;
    level!.push(at);
    year!.push(2 * at + (i % 2));
    weight!.push(share);
  });
  start[i + 1] = level!.length;
}
const y = Float64Array.from(
  x,
  (value, i) =>
    3 + 0.1 * value + noise(level![start[i]!]! + 40) + 0.7 * noise(year![start[i]!]! + 400) + noise(i + 5000),
);
const term = (group: string, levels: number, places: number[]): RandomTerm => ({
  group,
  levels: Array.from({ length: levels }, (_, k) => String(k)),
  start,
  level: Int32Array.from(places),
  weight: Float64Array.from(weight!),
  coefficients: [{ name: "(Intercept)", values: null }],
});
const design: MixedModelDesign = {
  rows,
  response: { name: "y", values: y },
  fixed: [
    { name: "(Intercept)", values: null },
    { name: "x", values: x },
  ],
  random: [term("school", schools, level!), term("school:year", 2 * schools, year!)],
};

/** The same sums, made row by row without any of the engine. */
function partsByHand(): SummedParts {
  const columns = [new Array(rows).fill(1), Array.from(x, (v) => (v - 50) / 10), Array.from(y, (v) => (v - 8) / 2)];
  const gram = Float64Array.from({ length: 9 }, (_, e) =>
    columns[Math.floor(e / 3)]!.reduce((sum, v, i) => sum + v * columns[e % 3]![i]!, 0),
  );
  const sums = [new Float64Array(schools * 3), new Float64Array(2 * schools * 3)];
  const pairs: [number, number, number][] = [];
  for (let i = 0; i < rows; i++) {
    const own: [number, number][] = [];
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      own.push([level![e]!, weight![e]!], [schools + year![e]!, weight![e]!]);
      columns.forEach((column, c) => {
        sums[0]![3 * level![e]! + c]! += weight![e]! * column[i]!;
        sums[1]![3 * year![e]! + c]! += weight![e]! * column[i]!;
      });
    }
    own.forEach(([a, wa], k) => {
      for (const [b, wb] of own.slice(0, k + 1)) pairs.push([a, b, wa * wb]);
    });
  }
  return {
    rows,
    response: { name: "y", centre: 8, scale: 2 },
    fixed: [
      { name: "(Intercept)", centre: 0, scale: 1, constant: true },
      { name: "x", centre: 50, scale: 10, constant: false },
    ],
    gram,
    terms: design.random.map(({ group, levels }, t) => ({
      group,
      levels,
      coefficients: ["(Intercept)"],
      levelSums: sums[t]!,
    })),
    pairs: {
      row: Int32Array.from(pairs, (p) => p[0]),
      column: Int32Array.from(pairs, (p) => p[1]),
      value: Float64Array.from(pairs, (p) => p[2]),
    },
  };
}

describe("sums that were made elsewhere", () => {
  // Evidence class: closed form: the same sums, and one model however they came about.
  it("give the fit that the rows give", () => {
    const [own, other] = [sumsOf(design), assembleSums(partsByHand())].map((sums) => {
      const objective = new Objective(sums, "REML");
      return readFit(objective, optimise(objective));
    });
    expect(other!.criterion).toBeCloseTo(own!.criterion, 8);
    own!.fixedEffects.forEach(({ estimate, standardError }, j) => {
      expect(other!.fixedEffects[j]!.estimate).toBeCloseTo(estimate, 8);
      expect(other!.fixedEffects[j]!.standardError / standardError).toBeCloseTo(1, 8);
    });
    own!.randomEffects.forEach((effects, t) => {
      effects.estimate.forEach((value, k) => {
        expect(other!.randomEffects[t]!.estimate[k]).toBeCloseTo(value, 7);
        expect(other!.randomEffects[t]!.predictionError[k]! / effects.predictionError[k]!).toBeCloseTo(1, 7);
      });
    });
  });

  it("tell from the products alone that a group lies inside another", () => {
    expect(assembleSums(partsByHand()).families).toEqual(sumsOf(design).families);
    const parts = partsByHand();
    const [school, cohorts] = parts.terms;
    // The same with one pair of a cohort and its school left out: no longer a part of it.
    const kept = Array.from(parts.pairs.row.keys()).filter(
      (e) => !(parts.pairs.row[e] === schools && parts.pairs.column[e]! < schools),
    );
    const pairs = {
      row: Int32Array.from(kept, (e) => parts.pairs.row[e]!),
      column: Int32Array.from(kept, (e) => parts.pairs.column[e]!),
      value: Float64Array.from(kept, (e) => parts.pairs.value[e]!),
    };
    expect(assembleSums({ ...parts, terms: [school!, cohorts!], pairs }).families).toHaveLength(2);
  });

  it("are refused where a size doesn't fit or a column says what another says", () => {
    const parts = partsByHand();
    expect(() => assembleSums({ ...parts, gram: new Float64Array(4) })).toThrow(/4 numbers, not 3 × 3/);
    expect(() => assembleSums({ ...parts, pairs: { ...parts.pairs, row: parts.pairs.row.map(() => 90) } })).toThrow(
      /of which there are 90/,
    );
    const twice = Float64Array.from(
      { length: 16 },
      (_, e) => parts.gram[3 * [0, 1, 1, 2][Math.floor(e / 4)]! + [0, 1, 1, 2][e % 4]!]!,
    );
    expect(() =>
      assembleSums({
        ...parts,
        fixed: [...parts.fixed, { ...parts.fixed[1]!, name: "again" }],
        gram: twice,
        terms: parts.terms.map((t) => ({ ...t, levelSums: new Float64Array(t.levels.length * 4) })),
      }),
    ).toThrow(DesignError);
  });
});
