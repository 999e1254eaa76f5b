import { civilDate } from "../../kernel/index.js";
import type { QualityMarkInput } from "./award.js";
import type { Decision, DecisionParameters } from "./decision.js";

/** A school's case and its decision, worked out by hand: run as a test and shown on the method page. */
export interface QualityMarkExample {
  readonly title: string;
  readonly input: QualityMarkInput;
  readonly decision: Decision;
  /** The codes of the reasons, in order. */
  readonly reasons: readonly string[];
  readonly because: string;
}

/** The numbers the examples are worked with: an outcome with a standard deviation of 1, and the rule's own values. */
export const exampleParameters: DecisionParameters = {
  line: -0.2,
  refusalProbability: 0.95,
  fewestPupilEquivalents: 11,
};

const audited = { outcome: "secure", on: civilDate("2026-03-12") } as const;
const signed = { opinion: "unqualified", on: civilDate("2025-12-18") } as const;
const ashby: QualityMarkInput = {
  school: "Ashby School",
  kind: "mainstream",
  measure: { valueAdded: 0.05, predictionError: 0.1, pupilEquivalents: 412.6 },
  safeguarding: audited,
  accounts: signed,
};
const measured = (valueAdded: number, predictionError: number, pupilEquivalents = 412.6) => ({
  valueAdded,
  predictionError,
  pupilEquivalents,
});

export const qualityMarkExamples: readonly QualityMarkExample[] = [
  {
    title: "All three are met",
    input: ashby,
    decision: "awarded",
    reasons: ["value-added-not-below-line", "safeguarding-secure", "accounts-unqualified"],
    because: "The pupils gained a little more than similar pupils elsewhere, and both papers are in order.",
  },
  {
    title: "Below the line, but it may be chance",
    input: { ...ashby, measure: measured(-0.3, 0.1) },
    decision: "awarded",
    reasons: ["value-added-not-clearly-below-line", "safeguarding-secure", "accounts-unqualified"],
    because:
      "The estimate is one prediction error below the line. That happens to one school in six that is exactly on it: 84%, not 95%.",
  },
  {
    title: "Clearly below the line",
    input: { ...ashby, measure: measured(-0.4, 0.1) },
    decision: "refused",
    reasons: ["value-added-below-line"],
    because: "The estimate is two prediction errors below the line: a probability of 97.7%, more than the 95% needed.",
  },
  {
    title: "The same estimate in a small school",
    input: { ...ashby, measure: measured(-0.4, 0.16, 38.5) },
    decision: "awarded",
    reasons: ["value-added-not-clearly-below-line", "safeguarding-secure", "accounts-unqualified"],
    because: "Fewer pupils say less: the estimate is 1.25 prediction errors below the line, a probability of 89%.",
  },
  {
    title: "Good results don't make up for safeguarding",
    input: { ...ashby, safeguarding: { outcome: "not-secure", on: civilDate("2026-03-12") } },
    decision: "refused",
    reasons: ["safeguarding-not-secure"],
    because: "The three conditions stand side by side; none outweighs another.",
  },
  {
    title: "Everything that is wrong is said at once",
    input: {
      ...ashby,
      measure: measured(-0.5, 0.1),
      safeguarding: { outcome: "not-secure", on: civilDate("2026-03-12") },
      accounts: { opinion: "qualified", on: civilDate("2025-12-18") },
    },
    decision: "refused",
    reasons: ["value-added-below-line", "safeguarding-not-secure", "accounts-qualified"],
    because: "A head who mends one thing should not then be told of the next.",
  },
  {
    title: "The audit has not come",
    input: { ...ashby, safeguarding: null },
    decision: "awaiting-evidence",
    reasons: ["safeguarding-missing", "value-added-not-below-line", "accounts-unqualified"],
    because: "Missing is missing: it is not held against the school, and the mark is not given on trust.",
  },
  {
    title: "The audit has not come, and the accounts are qualified",
    input: { ...ashby, safeguarding: null, accounts: { opinion: "qualified", on: civilDate("2025-12-18") } },
    decision: "refused",
    reasons: ["accounts-qualified", "safeguarding-missing"],
    because: "The audit can no longer change the decision, so the school need not wait for it.",
  },
  {
    title: "Too few pupils",
    input: { ...ashby, measure: measured(-0.4, 0.1, 7.4) },
    decision: "not-enough-evidence",
    reasons: ["pupils-too-few", "safeguarding-secure", "accounts-unqualified"],
    because: "Seven pupils say more about those seven than about the school. It is neither awarded nor refused.",
  },
  {
    title: "No pupil yet",
    input: { ...ashby, measure: null },
    decision: "not-enough-evidence",
    reasons: ["no-value-added", "safeguarding-secure", "accounts-unqualified"],
    because: "A new school has no cohort that has sat its exams.",
  },
  {
    title: "Too few pupils don't excuse safeguarding",
    input: { ...ashby, measure: null, safeguarding: { outcome: "not-secure", on: civilDate("2026-03-12") } },
    decision: "refused",
    reasons: ["safeguarding-not-secure", "no-value-added"],
    because: "The refusal rests on what is known, not on the results that are not.",
  },
  {
    title: "A special school",
    input: { ...ashby, kind: "special", measure: measured(-1.8, 0.2) },
    decision: "awaiting-framework",
    reasons: ["awaiting-framework", "safeguarding-secure", "accounts-unqualified"],
    because: "Its results are not judged by a measure made for other schools.",
  },
];
