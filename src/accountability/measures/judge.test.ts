import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureExamples } from "./examples.js";
import { judgeMeasure, ruleBehind, ruleOfRefusal } from "./judge.js";
import type { ProposedMeasure } from "./proposed-measure.js";

const good = measureExamples[0]!.measure;
const codes = (changes: Partial<ProposedMeasure>) => {
  const judged = judgeMeasure({ ...good, ...changes });
  return judged.ok ? [] : judged.error.map(({ code }) => code);
};

describe("the measures that schools knew", () => {
  it.each(measureExamples.map((example) => [example.measure.title, example] as const))("%s", (_, example) => {
    const judged = judgeMeasure(example.measure);
    expect(judged.ok ? [] : judged.error.map(({ code }) => code)).toEqual(example.refusedFor);
  });
});

describe("a measure of the register", () => {
  it("is told every reason at once, each with the rule behind it", () => {
    const judged = judgeMeasure({
      ...good,
      ...{ basis: "attainment", usesPriorAttainment: false, years: 1, consequence: "intervention" },
      threshold: { value: 40, unit: "%" },
      outcomes: [{ column: "phonics", keyStage: 1, aspect: "phonics" }],
    });
    const found = judged.ok ? [] : judged.error.map(({ code }) => code);
    expect(found).toEqual(["floor-target", "line-outside-the-quality-mark", "key-stage-1-outcome", "single-aspect"]);
    for (const code of found) expect(ruleBehind(code)).not.toBeNull();
  });

  it("declares its outcomes, each with key stage and aspect", () => {
    expect(codes({ outcomes: [] })).toEqual(["outcome-not-declared"]);
    expect(codes({ outcomes: [{ column: "points", keyStage: null, aspect: "all subjects" }] })).toEqual([
      "outcome-not-declared",
    ]);
  });

  it("may be a judgement for specialist schools, not for mainstream ones", () => {
    const judgement = { basis: "judgement", outcomes: [], years: 1, weightedByTime: false } as const;
    expect(codes({ ...judgement, population: { ...good.population, kinds: ["special"] } })).toEqual([]);
    expect(codes({ ...judgement, population: { ...good.population, kinds: ["special", "mainstream"] } })).toEqual([
      "not-value-added",
    ]);
  });

  it("may draw a line inside the Quality Mark, where other things are known too", () => {
    expect(codes({ threshold: { value: -0.2, unit: "standard deviations" } })).toEqual([]);
  });

  it("is refused with a line outside the mark, whatever it is drawn on", () => {
    const anyBasis = fc.constantFrom<ProposedMeasure["basis"]>("value-added", "attainment", "rate", "judgement");
    const acting = fc.constantFrom<ProposedMeasure["consequence"]>("published-by-school", "intervention");
    fc.assert(
      fc.property(anyBasis, acting, fc.double({ noNaN: true }), fc.boolean(), (basis, consequence, value, prior) => {
        const found = codes({ basis, consequence, usesPriorAttainment: prior, threshold: { value, unit: "points" } });
        expect(found).toContain("line-outside-the-quality-mark");
      }),
    );
  });

  it("is never refused for a figure that names no school", () => {
    fc.assert(
      fc.property(fc.constantFrom(...measureExamples), ({ measure }) => {
        expect(judgeMeasure({ ...measure, consequence: "system-only" }).ok).toBe(true);
      }),
    );
  });
});

it("every refusal has its rule, and no rule stands unused", () => {
  const used = new Set(measureExamples.flatMap(({ refusedFor }) => refusedFor));
  const elsewhere = ["floor-without-prior-attainment", "outcome-not-declared", "not-value-added"];
  expect([...used, ...elsewhere].sort()).toEqual(Object.keys(ruleOfRefusal).sort());
  expect(codes({ usesPriorAttainment: false, threshold: { value: 0, unit: "points" } })).toEqual([
    "floor-without-prior-attainment",
  ]);
});
