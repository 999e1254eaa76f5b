import { type CivilDate, civilDate } from "../../kernel/index.js";
import type { Interest, SchoolTies } from "./interests.js";
import type { Answer, Judgement, OutcomeReason } from "./outcome.js";
import type { Section } from "./standard.js";
import { standardOf } from "./standards.js";

const day = civilDate("2026-10-05");

/** Every requirement of a standard met, with evidence seen on a day. */
export function allMet(sections: readonly Section[], on: CivilDate = day): Answer[] {
  return sections
    .flatMap((section) => section.requirements)
    .map((requirement) => ({
      requirement: requirement.id,
      judgement: "met",
      note: "",
      evidence: [{ what: requirement.evidence[0]!, seen: on }],
      action: "",
      mended: null,
    }));
}

/** An audit in short: what differs from one in which all is met. */
export interface OutcomeExample {
  readonly title: string;
  readonly found: Readonly<Record<string, Judgement | "mended">>;
  readonly outcome: "secure" | "not-secure";
  readonly reasons: readonly OutcomeReason["code"][];
}

/** The answers of an example, on a standard's sections. */
export function answersOf(example: OutcomeExample, sections: readonly Section[]): readonly Answer[] {
  return allMet(sections).map((answer) => {
    const found = example.found[answer.requirement];
    if (!found) return answer;
    const judgement = found === "mended" ? "not-met" : found;
    const mended = found === "mended" ? day : null;
    return { ...answer, judgement, mended, note: "As found on the day.", action: "Put it right." };
  });
}

/** Worked examples of the outcome, on the standard of September 2025 with at most two serious actions open. */
export const outcomeExamples: readonly OutcomeExample[] = [
  { title: "Everything is met", found: {}, outcome: "secure", reasons: ["all-decisive-met"] },
  {
    title: "A policy is out of date: an ordinary action, and secure",
    found: { "policies.conduct": "not-met" },
    outcome: "secure",
    reasons: ["all-decisive-met"],
  },
  {
    title: "Two serious gaps: secure, with both to be closed in four weeks",
    found: { "training.lead-trained": "not-met", "records.transfer": "not-met" },
    outcome: "secure",
    reasons: ["all-decisive-met", "serious-actions-few"],
  },
  {
    title: "A third serious gap is one too many",
    found: { "training.lead-trained": "not-met", "records.transfer": "not-met", "harms.prevent": "not-met" },
    outcome: "not-secure",
    reasons: ["serious-actions-too-many"],
  },
  {
    title: "Somebody began work unchecked: not secure, whatever else is in order",
    found: { "recruitment.barred": "not-met" },
    outcome: "not-secure",
    reasons: ["decisive-not-met"],
  },
  {
    title: "The record lacked a date that the office found and entered while the officer was there: secure",
    found: { "recruitment.record": "mended" },
    outcome: "secure",
    reasons: ["all-decisive-met", "mended"],
  },
  {
    title: "Partly met is a step less: the record has gaps in form, and that is one serious action",
    found: { "recruitment.record": "partly-met" },
    outcome: "secure",
    reasons: ["all-decisive-met", "serious-actions-few"],
  },
];

/** The sections that the examples are about. */
export const exampleSections = standardOf("2025-09").sections;

/** A made-up school for the examples of interests. */
export const exampleSchool: SchoolTies = { urn: "900123", trusts: ["810001"], authority: "330", maintained: false };

/** An officer's tie to a school, and whether it bars on a day. */
export interface InterestExample {
  readonly title: string;
  readonly interest: Interest;
  readonly on: CivilDate;
  readonly bars: boolean;
}

const tie = (kind: Interest["kind"], within: Interest["in"], from: string, to: string | null): Interest => ({
  kind,
  in: within,
  from: civilDate(from),
  to: to === null ? null : civilDate(to),
  declared: civilDate("2026-09-01"),
  words: "",
});
const here = { kind: "school", urn: "900123" } as const;

/** Worked examples of interests, waiting five years after working and four after governing. */
export const interestExamples: readonly InterestExample[] = [
  {
    title: "The officer taught there until August 2022: barred in October 2026",
    interest: tie("works", here, "2015-09-01", "2022-09-01"),
    on: day,
    bars: true,
  },
  {
    title: "The same officer is free on 1 September 2027",
    interest: tie("works", here, "2015-09-01", "2022-09-01"),
    on: civilDate("2027-09-01"),
    bars: false,
  },
  {
    title: "A child at the school bars while the child is there",
    interest: tie("family-attends", here, "2024-09-01", null),
    on: day,
    bars: true,
  },
  {
    title: "Once the child has left, it doesn't",
    interest: tie("family-attends", here, "2018-09-01", "2026-07-20"),
    on: day,
    bars: false,
  },
  {
    title: "A seat on the trust's board bars from all its schools",
    interest: tie("governs", { kind: "trust", uid: "810001" }, "2023-01-01", null),
    on: day,
    bars: true,
  },
  {
    title: "Work for the local authority doesn't reach an academy",
    interest: tie("works", { kind: "authority", code: "330" }, "2020-01-01", null),
    on: day,
    bars: false,
  },
  {
    title: "Another school's interest doesn't bar from this one",
    interest: tie("works", { kind: "school", urn: "900124" }, "2020-01-01", null),
    on: day,
    bars: false,
  },
];
