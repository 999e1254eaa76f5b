import { describe, expect, it } from "vitest";
import type { MeasureDeclaration } from "../measures/index.js";
import type { SchoolMeasure, ValueAddedMeasure } from "../value-added/index.js";
import { type ReviewEvidence, reviewSchools } from "./review.js";

const school = (id: string, valueAdded: number, pupilEquivalents = 80): SchoolMeasure => ({
  school: id,
  valueAdded,
  standardError: 0.4,
  predictionError: 0.5,
  lower: valueAdded - 1,
  upper: valueAdded + 1,
  pupils: Math.ceil(pupilEquivalents),
  pupilEquivalents,
  reliability: 0.8,
  years: [],
  subgroups: [],
  outcomes: [],
  explanation: [],
});

const measure = (schools: readonly SchoolMeasure[]): ValueAddedMeasure => ({
  title: "Score",
  model: {
    formula: "score ~ 1 + (1 | school)",
    n: 100,
    p: 1,
    q: schools.length,
    method: "REML",
    criterion: 1,
    logLikelihood: -0.5,
    fixedEffects: [],
    varianceComponents: [],
    levels: [],
    evaluations: 1,
    gradient: 0,
    converged: true,
    convergence: { reason: "made for a test", iterations: 1, singular: false },
    warnings: [],
  },
  schools,
  diagnostics: {
    calibration: [],
    residualsByPrior: [],
    residualQuantiles: [],
    residualsByGroup: [],
    residualHistogram: [],
  },
  outcomeDeviation: 10,
  outcomeMean: 50,
  notes: ["a note of the measure"],
  pupils: { read: 100, used: 100, leftOut: [] },
});

const declared: MeasureDeclaration = {
  lineOn: "value-added",
  usesPriorAttainment: true,
  outcomes: [{ column: "score", keyStage: 4, aspect: "all subjects" }],
};
const parameters = { line: -2, refusalProbability: 0.95, fewestPupilEquivalents: 11 };
const nothing: ReviewEvidence = { kinds: new Map(), safeguarding: new Map(), accounts: new Map() };
const inOrder: ReviewEvidence = {
  kinds: new Map([["s", "special"]]),
  safeguarding: new Map(["a", "b", "s", "x"].map((id) => [id, { outcome: "secure", on: null }])),
  accounts: new Map(["a", "b", "s"].map((id) => [id, { opinion: "unqualified", on: null }])),
};

describe("the review of a measure's schools", () => {
  it("decides each by measure, safeguarding and accounts", () => {
    const { decisions } = reviewSchools(
      measure([school("a", 1), school("b", -4), school("s", 0)]),
      declared,
      inOrder,
      parameters,
    );
    expect(decisions.slice(0, 3).map(({ school: id, decision }) => [id, decision])).toEqual([
      ["a", "awarded"],
      ["b", "refused"],
      ["s", "awaiting-framework"],
    ]);
  });

  it("decides schools that were asked for but have no pupils: never on a guess", () => {
    const asked = { ...inOrder, toDecide: new Set(["a", "x"]) };
    const { decisions } = reviewSchools(measure([school("a", 1)]), declared, asked, parameters);
    expect(decisions.find(({ school: id }) => id === "x")).toMatchObject({
      decision: "not-enough-evidence",
      probabilityBelow: null,
    });
  });

  it("awaits evidence that has not come, and never passes it", () => {
    const { decisions } = reviewSchools(measure([school("a", 5)]), declared, nothing, parameters);
    expect(decisions[0]!.decision).toBe("awaiting-evidence");
  });

  it("shows what other choices would change, the rule in force first", () => {
    const { alternatives } = reviewSchools(
      measure([school("a", -1.9), school("b", -2.5)]),
      declared,
      inOrder,
      parameters,
    );
    expect(alternatives[0]).toMatchObject({ changed: 0, refused: 0 });
    expect(alternatives.find(({ label }) => label.startsWith("Ignore the interval"))).toMatchObject({
      refused: 1,
      changed: 1,
    });
  });

  it("lets a measure without prior attainment decide nothing, and says why", () => {
    const review = reviewSchools(
      measure([school("a", 1)]),
      { ...declared, usesPriorAttainment: false },
      inOrder,
      parameters,
    );
    expect(review.decisions).toEqual([]);
    expect(review.notAdmitted.map(({ code }) => code)).toEqual(["floor-without-prior-attainment"]);
  });

  it("keeps the measure's notes beside those of the admission", () => {
    const undeclared = { ...declared, outcomes: [{ column: "score", keyStage: null, aspect: null }] };
    const { notes } = reviewSchools(measure([school("a", 1)]), undeclared, inOrder, parameters);
    expect(notes[0]).toBe("a note of the measure");
    expect(notes.length).toBeGreaterThan(1);
  });
});
