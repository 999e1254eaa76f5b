import type { CivilDate } from "../../../kernel/index.js";
import type { Decision, Reason } from "../decision.js";
import type { CaseEvidence, Missing, Proposal } from "./proposal.js";

/** Where a school's case of the year stands. */
export type CaseState =
  | "open"
  /** The school has been asked for its answer. */
  | "with-school"
  /** The school has been heard. */
  | "ready"
  /** Decided by one person, to be read by another. */
  | "second-reader"
  | "decided"
  | "published"
  | "appealed"
  | "appeal-decided"
  /** The school closed before a decision was published. */
  | "closed";

/** Every state, in the order of the way through them. */
export const caseStates: readonly CaseState[] = [
  "open",
  "with-school",
  "ready",
  "second-reader",
  "decided",
  "published",
  "appealed",
  "appeal-decided",
  "closed",
];

/** Who did something, as the log keeps it. */
export interface Doer {
  readonly id: string;
  readonly name: string;
}

/** What the school says to its case. */
export interface Representation {
  readonly words: string;
  readonly by: Doer;
  readonly on: CivilDate;
}

/** One of the school's corrections to what was counted, and what became of it. */
export interface Correction {
  /** 1, 2, … within the case. */
  readonly number: number;
  /** The reason of the checking exercise: `never-on-roll`, `left-england`, … */
  readonly reason: string;
  readonly words: string;
  /** What the correction is about and what it would change, as its own rule keeps it. */
  readonly detail: unknown;
  readonly by: Doer;
  readonly on: CivilDate;
  readonly outcome: {
    readonly accepted: boolean;
    readonly words: string;
    readonly by: Doer;
    readonly on: CivilDate;
  } | null;
}

/** Why a second person has to read a decision. */
export type SecondReadingReason = "sampled" | "departs-from-rule" | "close-refusal";

/** The decision of a case, with the words it was made in. */
export interface CaseDecision {
  readonly decision: Decision;
  /** The reasons as they are shown: the rule's where the decision is the rule's. */
  readonly reasons: readonly Reason[];
  /** What the officer wrote; never null where the decision is not the rule's. */
  readonly words: string | null;
  readonly by: Doer;
  readonly on: CivilDate;
  /** Why a second person had to read it; empty where none had to. */
  readonly secondReading: readonly SecondReadingReason[];
  readonly agreedBy: Doer | null;
  readonly agreedOn: CivilDate | null;
}

/** A school's appeal against its published decision. */
export interface Appeal {
  readonly words: string;
  readonly by: Doer;
  readonly on: CivilDate;
  readonly outcome: {
    readonly decision: Decision;
    readonly words: string;
    readonly by: Doer;
    readonly on: CivilDate;
  } | null;
}

/** What is published of a school: its mark, or why it has none. */
export type KeptMarkState =
  | "awarded"
  | "suspended"
  | "refused"
  | "withdrawn"
  | "ended"
  | "not-decided"
  | "awaiting-framework";

/** A published mark as it is kept; that it has run out is told from its dates. */
export interface KeptMark {
  readonly state: KeptMarkState;
  /** The decision and the reasons as they were published. */
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
  /** The day of publication. */
  readonly from: CivilDate;
  /** The first day on which an award no longer holds; null where nothing was awarded. */
  readonly until: CivilDate | null;
  readonly suspendedOn: CivilDate | null;
  /** The day it was withdrawn or ended. */
  readonly endedOn: CivilDate | null;
  /** Why it is suspended, withdrawn or ended. */
  readonly words: string | null;
}

/** One school's case of one year's review. The row of the store and the stream of the log carry the same version. */
export interface SchoolCase {
  readonly urn: string;
  /** As `2025/26`. */
  readonly academicYear: string;
  readonly version: number;
  readonly state: CaseState;
  readonly evidence: CaseEvidence;
  readonly proposal: Proposal;
  readonly missing: readonly Missing[];
  /** The last day on which the school may answer; null before the case is sent to it. */
  readonly answerBy: CivilDate | null;
  readonly representations: readonly Representation[];
  readonly corrections: readonly Correction[];
  readonly decision: CaseDecision | null;
  readonly appeal: Appeal | null;
  readonly mark: KeptMark | null;
  /** The batch in which the mark was made public; null before. */
  readonly publication: number | null;
}

/** What can be done with a case. */
export type CaseCommand =
  | {
      readonly kind: "update-evidence";
      readonly evidence: CaseEvidence;
      readonly proposal: Proposal;
      readonly missing: readonly Missing[];
      /** SHA-256 of the evidence and the parameters of the proposal. */
      readonly inputsHash: string;
    }
  | { readonly kind: "send-to-school"; readonly answerBy: CivilDate }
  | { readonly kind: "represent"; readonly words: string }
  | { readonly kind: "correct"; readonly reason: string; readonly words: string; readonly detail: unknown }
  | {
      readonly kind: "settle-correction";
      readonly number: number;
      readonly accepted: boolean;
      readonly words: string;
    }
  /** The school has said all it wants to say. */
  | { readonly kind: "finish-answer" }
  | { readonly kind: "decide"; readonly decision: Decision; readonly words: string | null }
  /** The draw takes a decision for second reading. */
  | { readonly kind: "draw" }
  | { readonly kind: "agree" }
  | { readonly kind: "send-back"; readonly words: string }
  | { readonly kind: "recall"; readonly words: string }
  | { readonly kind: "publish"; readonly publication: number; readonly from: CivilDate }
  | { readonly kind: "appeal"; readonly words: string }
  | { readonly kind: "decide-appeal"; readonly decision: Decision; readonly words: string }
  | { readonly kind: "reopen"; readonly words: string }
  | { readonly kind: "close"; readonly words: string; readonly successors: readonly string[] }
  /** The register has a school open that it had closed. */
  | { readonly kind: "open-again"; readonly words: string }
  | { readonly kind: "suspend"; readonly words: string }
  | { readonly kind: "restore"; readonly words: string }
  | { readonly kind: "withdraw"; readonly words: string };

/** What happened, for the log: kind in the past tense, and what a reader of the history needs. */
export interface CaseEvent {
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One reason why a command was not carried out. */
export interface CaseRefusal {
  readonly code: CaseRefusalCode;
  readonly message: string;
}

/** Codes of {@link CaseRefusal}. */
export type CaseRefusalCode =
  | "case-not-in-state"
  | "case-decided-twice"
  | "answer-date-too-soon"
  | "answer-time-over"
  | "answer-still-open"
  | "school-not-heard"
  | "words-missing"
  | "corrections-unsettled"
  | "correction-unknown"
  | "evidence-forbids-award"
  | "evidence-unchanged"
  | "second-person-same"
  | "decision-read-already"
  | "appeal-too-late"
  | "appeal-not-needed"
  | "appeal-decider-not-new"
  | "reopen-not-needed"
  | "mark-not-held"
  | "mark-not-suspended"
  | "withdrawal-same-person";
