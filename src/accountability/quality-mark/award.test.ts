import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDate, dateOfDay } from "../../kernel/index.js";
import { decideByFramework, decideQualityMark, type QualityMarkInput } from "./award.js";
import type { DecisionParameters } from "./decision.js";
import { exampleParameters, qualityMarkExamples } from "./examples.js";

// Evidence: worked by hand, with the printed table of the normal distribution.
describe("worked examples", () => {
  it.each(qualityMarkExamples)("$title", ({ input, decision, reasons }) => {
    const decided = decideQualityMark(input, exampleParameters);
    expect([decided.school, decided.decision, decided.reasons.map((reason) => reason.code)]).toEqual([
      input.school,
      decision,
      reasons,
    ]);
  });
});

const met: QualityMarkInput = qualityMarkExamples[0]!.input;
const decide = (input: Partial<QualityMarkInput>, parameters: Partial<DecisionParameters> = {}) =>
  decideQualityMark({ ...met, ...input }, { ...exampleParameters, ...parameters });
const measured = (valueAdded: number, predictionError = 0.1, pupilEquivalents = 100) => ({
  valueAdded,
  predictionError,
  pupilEquivalents,
});
const firstText = (input: Partial<QualityMarkInput>, parameters: Partial<DecisionParameters> = {}) =>
  decide(input, parameters).reasons[0]!.text;

describe("the probability of being below the line", () => {
  // Published: Abramowitz and Stegun, table 26.1.
  it.each([
    [-0.2, 0.5],
    [-0.3, 0.841344746068543],
    [-0.1, 0.158655253931457],
    [-0.4, 0.977249868051821],
  ])("for a value added of %f is %f", (valueAdded, probability) => {
    expect(decide({ measure: measured(valueAdded) }).probabilityBelow).toBeCloseTo(probability, 14);
  });

  it("refuses from exactly the refusal probability", () => {
    const probability = decide({ measure: measured(-0.3) }).probabilityBelow!;
    expect(decide({ measure: measured(-0.3) }, { refusalProbability: probability }).decision).toBe("refused");
    expect(decide({ measure: measured(-0.3) }, { refusalProbability: probability + 1e-12 }).decision).toBe("awarded");
  });

  it("is not given where pupils are too few, there is no measure, or the kind of school waits", () => {
    expect(decide({ measure: measured(-1, 0.1, 10.999) }).probabilityBelow).toBeNull();
    expect(decide({ measure: null }).probabilityBelow).toBeNull();
    expect(decide({ kind: "special" }).probabilityBelow).toBeNull();
  });
});

describe("the fewest pupils", () => {
  it.each([
    [11, "awarded"],
    [10.999999, "not-enough-evidence"],
    [0, "not-enough-evidence"],
  ])("with %f pupils: %s", (pupilEquivalents, decision) => {
    expect(decide({ measure: measured(0, 0.1, pupilEquivalents) }).decision).toBe(decision);
  });
});

describe("what can't be judged", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "a value added of %s never passes",
    (valueAdded) => {
      const decided = decide({ measure: measured(valueAdded) });
      expect([decided.decision, decided.reasons[0]!.code, decided.probabilityBelow]).toEqual([
        "refused",
        "value-added-not-computed",
        null,
      ]);
    },
  );

  it.each([0, -0.1, Number.NaN, Number.POSITIVE_INFINITY])("a prediction error of %s is a broken promise", (error) => {
    expect(() => decide({ measure: measured(0, error) })).toThrow(RangeError);
    expect(() => decide({ measure: measured(0, error, 3) })).toThrow(RangeError);
  });

  it.each([-1, Number.NaN])("%s pupils are a broken promise", (pupils) => {
    expect(() => decide({ measure: measured(0, 0.1, pupils) })).toThrow(RangeError);
  });

  it.each([
    { line: Number.NaN },
    { refusalProbability: 0 },
    { refusalProbability: 1 },
    { refusalProbability: Number.NaN },
    { fewestPupilEquivalents: -1 },
    { fewestPupilEquivalents: Number.NaN },
  ])("parameters %o are a broken promise", (parameters) => {
    expect(() => decide({}, parameters)).toThrow(RangeError);
  });
});

describe("the words of the reasons", () => {
  it("name the figures, the line and the probability", () => {
    expect(firstText({ measure: measured(-0.4) })).toBe(
      "Value added is −0.40, give or take 0.10. The probability that it is below the agreed line of −0.20 is 97.7%; from 95% a school is refused.",
    );
    expect(firstText({ measure: measured(-0.3) })).toBe(
      "Value added is −0.30, give or take 0.10. It is below the agreed line of −0.20, but the probability that the school truly is below it is 84.1%, and 95% are needed to refuse.",
    );
    expect(firstText({ measure: measured(2.34, 1.1) }, { line: -2 })).toBe(
      "Value added is 2.3, give or take 1.1. It is not below the agreed line of −2.0.",
    );
  });

  it("name the dates, and leave them out where there are none", () => {
    const texts = decide({ measure: measured(0), accounts: { opinion: "unqualified", on: null } }).reasons;
    expect(texts.map((reason) => reason.text).slice(1)).toEqual([
      "The safeguarding audit of 12 March 2026 found safeguarding secure.",
      "The auditor's report gave an unqualified opinion on the accounts.",
    ]);
  });

  it.each([
    ["qualified", "accounts-qualified", "gave a qualified opinion"],
    ["adverse", "accounts-adverse", "gave an adverse opinion"],
    ["disclaimer", "accounts-disclaimed", "could give no opinion"],
  ] as const)("tell a %s opinion from the others", (opinion, code, words) => {
    const [reason] = decide({ accounts: { opinion, on: civilDate("2025-12-18") } }).reasons;
    expect(reason!.code).toBe(code);
    expect(reason!.text).toContain(`The auditor's report of 18 December 2025 ${words}`);
  });

  it.each([
    ["special", "Special schools are"],
    ["pupil-referral-unit", "Pupil referral units are"],
    ["alternative-provision", "Providers of alternative education are"],
  ] as const)("say why a school of the kind %s waits", (kind, words) => {
    expect(firstText({ kind })).toContain(words);
  });

  it("never round a probability over the one that refuses", () => {
    const text = firstText({ measure: measured(-0.2 - 0.1 * 1.6448) });
    expect(text).toContain("94.999%, and 95% are needed");
  });

  it("never round the pupils up to enough", () => {
    expect(firstText({ measure: measured(0, 0.1, 10.99) })).toContain("The results of 10.9 pupils");
  });

  it("never round a value over the line, nor show a certainty", () => {
    expect(firstText({ measure: measured(-0.2001, 0.5) })).toContain(
      "Value added is −0.2001, give or take 0.5000. It is below the agreed line of −0.2000",
    );
    expect(firstText({ measure: measured(-9) })).toContain("is more than 99.9%; from 95%");
    expect(firstText({ measure: measured(-0.001, 1) }, { line: 0.001 })).toContain("Value added is −0.001");
    expect(firstText({ measure: measured(-0.001, 0.5) })).toContain("Value added is 0.00, give");
  });
});

const anyMeasure = fc.option(
  fc.record({
    valueAdded: fc.oneof(fc.double({ min: -3, max: 3 }), fc.constant(Number.NaN)),
    predictionError: fc.double({ min: 0.001, max: 2, noNaN: true }),
    pupilEquivalents: fc.double({ min: 0, max: 900, noNaN: true }),
  }),
  { nil: null, freq: 8 },
);
const anyDate = fc.option(fc.integer({ min: 15_000, max: 25_000 }).map(dateOfDay), { nil: null });
const anyInput: fc.Arbitrary<QualityMarkInput> = fc.record({
  school: fc.constantFrom("Ashby", "Birch"),
  kind: fc.constantFrom(
    "mainstream" as const,
    "mainstream",
    "mainstream",
    "special",
    "pupil-referral-unit",
    "alternative-provision",
  ),
  measure: anyMeasure,
  safeguarding: fc.option(
    fc.record({ outcome: fc.constantFrom("secure" as const, "secure", "not-secure"), on: anyDate }),
    { nil: null },
  ),
  accounts: fc.option(
    fc.record({
      opinion: fc.constantFrom("unqualified" as const, "unqualified", "qualified", "adverse", "disclaimer"),
      on: anyDate,
    }),
    { nil: null },
  ),
});
const anyParameters: fc.Arbitrary<DecisionParameters> = fc.record({
  line: fc.double({ min: -1, max: 1, noNaN: true }),
  refusalProbability: fc.double({ min: 0.01, max: 0.999, noNaN: true }),
  fewestPupilEquivalents: fc.nat(50),
});

describe("whatever the school", () => {
  it("a higher value added never turns an award into another decision", () => {
    fc.assert(
      fc.property(anyInput, anyParameters, fc.double({ min: 0, max: 2, noNaN: true }), (input, parameters, more) => {
        fc.pre(input.measure !== null && Number.isFinite(input.measure.valueAdded));
        const better = { ...input, measure: { ...input.measure!, valueAdded: input.measure!.valueAdded + more } };
        const [before, after] = [decideQualityMark(input, parameters), decideQualityMark(better, parameters)];
        if (before.decision !== "refused") expect(after.decision).toBe(before.decision);
        if (before.probabilityBelow !== null)
          expect(after.probabilityBelow!).toBeLessThanOrEqual(before.probabilityBelow + 1e-15);
      }),
      { numRuns: 500 },
    );
  });

  it("equal cases are decided equally, and every decision has its reasons", () => {
    fc.assert(
      fc.property(anyInput, anyParameters, (input, parameters) => {
        const decided = decideQualityMark(input, parameters);
        expect(decideQualityMark(structuredClone(input), { ...parameters })).toEqual(decided);
        const codes = decided.reasons.map((reason) => reason.code);
        expect(codes.length).toBeGreaterThan(0);
        expect(new Set(codes).size).toBe(codes.length);
        for (const { text } of decided.reasons) {
          expect(text).toMatch(/^[A-Z].*\.$/);
          expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("an award has all three and a refusal a fault", () => {
    fc.assert(
      fc.property(anyInput, anyParameters, (input, parameters) => {
        const { decision, probabilityBelow } = decideQualityMark(input, parameters);
        const faulty =
          input.safeguarding?.outcome === "not-secure" ||
          (input.accounts !== null && input.accounts.opinion !== "unqualified");
        if (decision === "awarded") {
          expect([input.kind, input.safeguarding?.outcome, input.accounts?.opinion]).toEqual([
            "mainstream",
            "secure",
            "unqualified",
          ]);
          expect(probabilityBelow!).toBeLessThan(parameters.refusalProbability);
        }
        if (decision === "refused")
          expect(
            faulty || Number.isNaN(input.measure!.valueAdded) || probabilityBelow! >= parameters.refusalProbability,
          ).toBe(true);
        if (input.kind !== "mainstream") expect(decision).toBe("awaiting-framework");
      }),
      { numRuns: 500 },
    );
  });
});

describe("a specialist school under a framework", () => {
  const secure = { outcome: "secure", on: civilDate("2026-03-02") } as const;
  const unqualified = { opinion: "unqualified", on: civilDate("2026-12-01") } as const;
  const reason = (bearing: "for" | "against" | "missing" | "aside", text: string) => ({
    bearing,
    code: "criterion",
    text,
  });
  const decide = (...bearings: readonly ("for" | "against" | "missing" | "aside")[]) =>
    decideByFramework(
      "100001",
      bearings.map((bearing) => reason(bearing, bearing)),
      secure,
      unqualified,
    ).decision;

  it("is awarded where every required criterion is met", () => {
    expect(decide("for", "for", "aside")).toBe("awarded");
  });

  it("is refused for a criterion that is not met, and waits for one that nobody has looked at", () => {
    expect(decide("for", "against", "missing")).toBe("refused");
    expect(decide("for", "missing")).toBe("awaiting-evidence");
  });

  it("needs secure safeguarding and unqualified accounts like every other school", () => {
    const without = decideByFramework("100001", [reason("for", "met")], null, unqualified);
    expect(without.decision).toBe("awaiting-evidence");
    const unsafe = decideByFramework(
      "100001",
      [reason("for", "met")],
      { ...secure, outcome: "not-secure" },
      unqualified,
    );
    expect(unsafe).toMatchObject({ decision: "refused", probabilityBelow: null });
  });

  it("says what weighs nothing last", () => {
    const { reasons } = decideByFramework(
      "100001",
      [reason("aside", "aside"), reason("for", "met")],
      secure,
      unqualified,
    );
    expect(reasons.at(-1)?.text).toBe("aside");
  });
});
