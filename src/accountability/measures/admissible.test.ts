import { describe, expect, it } from "vitest";
import { admitMeasure, type MeasureDeclaration } from "./admissible.js";

const points = { column: "points", keyStage: 4, aspect: "all subjects" };
const good: MeasureDeclaration = { lineOn: "value-added", usesPriorAttainment: true, outcomes: [points] };
const codes = (declaration: Partial<MeasureDeclaration>) => {
  const judged = admitMeasure({ ...good, ...declaration });
  return judged.ok ? [] : judged.error.map((reason) => reason.code);
};

describe("a measure that may decide", () => {
  it("is of what pupils gained, on the whole, and not at Key Stage 1", () => {
    expect(admitMeasure(good)).toEqual({ ok: true, value: [] });
  });

  it("may be made of several subjects", () => {
    const outcomes = ["reading", "writing", "mathematics"].map((aspect) => ({ column: aspect, keyStage: 2, aspect }));
    expect(codes({ outcomes })).toEqual([]);
  });

  it("says what was not declared and so not checked", () => {
    const judged = admitMeasure({ ...good, outcomes: [{ column: "score", keyStage: null, aspect: null }] });
    expect(judged).toEqual({
      ok: true,
      value: [
        'The key stage of "score" is not declared, so it was not checked that it isn\'t Key Stage 1.',
        'The aspect of "score" is not declared, so it was not checked that the measure is of more than one.',
      ],
    });
  });
});

describe("a measure that may not decide", () => {
  it("is a floor: a line on raw attainment", () => {
    expect(codes({ lineOn: "attainment" })).toEqual(["floor-target"]);
  });

  it("is a floor by another name: value added without prior attainment", () => {
    expect(codes({ usesPriorAttainment: false })).toEqual(["floor-without-prior-attainment"]);
  });

  it("is a Key Stage 1 result, also as one outcome of several", () => {
    expect(codes({ outcomes: [points, { column: "ks1", keyStage: 1, aspect: "all subjects" }] })).toEqual([
      "key-stage-1-outcome",
    ]);
  });

  it("is of one aspect, however it is written and however many columns it has", () => {
    expect(codes({ outcomes: [{ column: "maths", keyStage: 4, aspect: "Mathematics" }] })).toEqual(["single-aspect"]);
    const twice = ["paper 1", "paper 2"].map((column) => ({ column, keyStage: 4, aspect: ` mathematics` }));
    expect(codes({ outcomes: [...twice, { column: "paper 3", keyStage: 4, aspect: "MATHEMATICS" }] })).toEqual([
      "single-aspect",
    ]);
  });

  it("is told every reason at once", () => {
    const outcomes = [{ column: "phonics", keyStage: 1, aspect: "phonics" }];
    expect(codes({ lineOn: "attainment", usesPriorAttainment: false, outcomes })).toEqual([
      "floor-target",
      "key-stage-1-outcome",
      "single-aspect",
    ]);
  });
});
