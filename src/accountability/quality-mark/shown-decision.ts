import type { CivilDate } from "../../kernel/index.js";
import type { KeptMark } from "./cases/case.js";
import type { Decision } from "./decision.js";
import { type MarkState, markStateOn } from "./marks/mark.js";

/**
 * What the public sees of a school in a year's review. While nobody has been heard it is the rule's decision; once the year has
 * cases it is what was published of the school's case, as the mark stands on the day.
 */
export type ShownDecision =
  | Decision
  | Extract<MarkState, "suspended" | "expired" | "withdrawn" | "ended">
  /** There is a case, and nothing of it has been published. */
  | "in-review"
  /** The year has cases, and none of this school: it had closed, or lies in no region. */
  | "no-case";

/** Every one, in the order in which pages list them. */
export const shownDecisions: readonly ShownDecision[] = [
  "awarded",
  "refused",
  "awaiting-evidence",
  "not-enough-evidence",
  "awaiting-framework",
  "suspended",
  "expired",
  "withdrawn",
  "ended",
  "in-review",
  "no-case",
];

/** Where the decisions of a review stand. */
export type ReviewStanding =
  /** Measured, and decided by the rule alone: the year has no cases. */
  | "nobody-heard"
  /** The year has cases, and no batch of them is public. */
  | "in-review"
  /** At least one batch of the year is public. */
  | "published";

/** What is shown of a published mark on a day. */
export function shownOf(
  kept: Pick<KeptMark, "state" | "decision" | "until" | "suspendedOn" | "endedOn">,
  on: CivilDate,
) {
  const state = markStateOn(kept, on);
  return state === "not-decided" ? kept.decision : state;
}

/** Counts of nothing. */
export function noneShown(): Record<ShownDecision, number> {
  return {
    ...{ awarded: 0, refused: 0, "awaiting-evidence": 0, "not-enough-evidence": 0, "awaiting-framework": 0 },
    ...{ suspended: 0, expired: 0, withdrawn: 0, ended: 0, "in-review": 0, "no-case": 0 },
  };
}
