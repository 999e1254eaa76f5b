import { describe, expect, it } from "vitest";
import type { AlternativeMeasure } from "../value-added/index.js";
import { decideQualityMark, type QualityMarkInput } from "./award.js";
import { compareModels } from "./compare-models.js";
import { exampleParameters, qualityMarkExamples } from "./examples.js";

const met = qualityMarkExamples[0]!.input;
const figure = (valueAdded: number, pupilEquivalents = 100) => ({ valueAdded, predictionError: 0.1, pupilEquivalents });
const school = (name: string, valueAdded: number): QualityMarkInput => ({
  ...met,
  school: name,
  measure: figure(valueAdded),
});
// With the line at −0.2 and 95% a school is refused from −0.3645 on.
const inputs = [school("a", -0.5), school("b", -0.4), school("c", -0.1), school("d", 0.2), school("e", 0.3)];
const decisions = inputs.map((input) => decideQualityMark(input, exampleParameters).decision);
const alternative = (values: Readonly<Record<string, number>>, pupils = 100): AlternativeMeasure => ({
  code: "no-context",
  label: "No context",
  how: "The same without it.",
  pupils: 500,
  figures: Object.entries(values).map(([name, value]) => ({ school: name, ...figure(value, pupils) })),
  notComputed: null,
});
const compare = (...alternatives: AlternativeMeasure[]) =>
  compareModels(inputs, decisions, exampleParameters, alternatives);

// Evidence: closed form, by hand from the figures.
describe("the same schools measured another way", () => {
  it("are the same where the figures are", () => {
    const [same] = compare(alternative({ a: -0.5, b: -0.4, c: -0.1, d: 0.2, e: 0.3 }));
    expect(same).toMatchObject({ awarded: 3, refused: 2, other: 0, changed: 0, newlyRefused: 0, noLongerRefused: 0 });
    expect(same).toMatchObject({ compared: 5, correlation: 1, rankCorrelation: 1 });
    expect(Math.abs(same!.largestMove!.alternative - same!.largestMove!.inForce)).toBe(0);
  });

  it("are counted by what becomes of them, and compared by order and by the largest move", () => {
    const [other] = compare(alternative({ a: -0.6, b: -0.3, c: -0.45, d: 0.1, e: 0.35 }));
    // b is no longer refused, c is newly refused. Ranks 1 2 3 4 5 against 1 3 2 4 5: 1 − 6 × 2 ÷ 120.
    expect(other).toMatchObject({ awarded: 3, refused: 2, changed: 2, newlyRefused: 1, noLongerRefused: 1 });
    expect(other!.rankCorrelation).toBeCloseTo(0.9, 12);
    expect(other!.largestMove).toEqual({ school: "c", inForce: -0.1, alternative: -0.45 });
    expect(other!.points.map((point) => point.inForce)).toEqual([-0.5, -0.4, -0.1, 0.2, 0.3]);
  });

  it("have too few pupils where the other way leaves them without a figure", () => {
    const [some, few] = compare(alternative({ a: -0.5, b: -0.4, c: -0.1 }), alternative({ a: -0.5 }, 10));
    expect(some).toMatchObject({ awarded: 1, refused: 2, other: 2, changed: 2, newlyRefused: 0, compared: 3 });
    expect(few).toMatchObject({ other: 5, compared: 0, correlation: null, rankCorrelation: null, largestMove: null });
  });

  it("that can't be made is in the table with its reason and without a count", () => {
    const [none] = compare({ ...alternative({}), notComputed: "The pupils have no year." });
    expect(none).toMatchObject({ notComputed: "The pupils have no year.", awarded: 0, other: 0, changed: 0 });
  });

  it("keep their safeguarding, their accounts and their framework", () => {
    const unsafe = inputs.map((input) => ({ ...input, safeguarding: { outcome: "not-secure" as const, on: null } }));
    const special = inputs.map((input) => ({ ...input, kind: "special" as const }));
    const figures = alternative({ a: 1, b: 1, c: 1, d: 1, e: 1 });
    for (const [changedInputs, counts] of [
      [unsafe, { refused: 5, changed: 0 }],
      [special, { other: 5, changed: 0, compared: 0 }],
    ] as const) {
      const inForce = changedInputs.map((input) => decideQualityMark(input, exampleParameters).decision);
      expect(compareModels(changedInputs, inForce, exampleParameters, [figures])[0]).toMatchObject(counts);
    }
  });

  it("are drawn at most two hundred, from the lowest to the highest", () => {
    const many = Array.from({ length: 1000 }, (_, k) => school(`s${k}`, k / 1000));
    const values = Object.fromEntries(many.map(({ school: name }, k) => [name, k / 500]));
    const inForce = many.map((input) => decideQualityMark(input, exampleParameters).decision);
    const [drawn] = compareModels(many, inForce, exampleParameters, [alternative(values)]);
    expect(drawn!.points).toHaveLength(200);
    expect([drawn!.points[0]!.inForce, drawn!.points.at(-1)!.inForce]).toEqual([0, 0.999]);
    expect(drawn!.compared).toBe(1000);
  });
});
