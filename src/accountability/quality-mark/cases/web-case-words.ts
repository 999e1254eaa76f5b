import { civilDate, dateInWords } from "../../../kernel/index.js";
import type { StoredEvent } from "../../../platform/log/index.js";
import type { Decision } from "../decision.js";
import { decisionLabel, isDecision } from "../web-words.js";
import { yearInAddress } from "./academic-years.js";
import type { CaseState, SecondReadingReason } from "./case.js";
import { stateWords } from "./change.js";
import type { CaseKey } from "./store-case.js";

/** The address of a case. */
export const caseAddress = ({ urn, academicYear }: CaseKey): string => `/cases/${yearInAddress(academicYear)}/${urn}`;

/** Why a second person reads a decision, as part of a sentence. */
export const secondReadingWords: Readonly<Record<SecondReadingReason, string>> = {
  sampled: "it is in the sample that is drawn of every batch of decisions",
  "departs-from-rule": "it is not the decision that the rule proposes",
  "close-refusal": "another draw of pupils might well have turned the refusal round",
};

/** A state's name with a capital. */
export const stateName = (state: CaseState): string =>
  `${stateWords[state].charAt(0).toUpperCase()}${stateWords[state].slice(1)}`;

/** The colour of a state's tag. */
export const stateColours: Readonly<Record<CaseState, string>> = {
  ...{ open: "grey", "with-school": "yellow", ready: "blue", "second-reader": "purple", decided: "turquoise" },
  ...{ published: "green", appealed: "red", "appeal-decided": "green", closed: "grey" },
};

const named = (value: unknown): string =>
  typeof value === "string" && isDecision(value)
    ? `“${decisionLabel(value as Decision).toLowerCase()}”`
    : String(value);
const day = (value: unknown): string => (typeof value === "string" ? dateInWords(civilDate(value.slice(0, 10))) : "");

/** What an event of a case was, in a sentence without who and when. */
export function eventSentence({ kind, body }: Pick<StoredEvent, "kind" | "body">): string {
  const of = (body ?? {}) as Readonly<Record<string, unknown>>;
  const words = typeof of.words === "string" && of.words !== "" ? `: “${of.words}”` : "";
  const after = (of.after ?? {}) as Readonly<Record<string, unknown>>;
  const before = (of.before ?? {}) as Readonly<Record<string, unknown>>;
  switch (kind) {
    case "case-opened":
      return `opened the case; the rule proposed ${named(of.proposal)}`;
    case "evidence-updated":
      return before.decision === after.decision
        ? `newer evidence came; the rule still proposes ${named(after.decision)}`
        : `newer evidence came; the rule now proposes ${named(after.decision)} and no longer ${named(before.decision)}`;
    case "case-sent-to-school":
      return `sent the case to the school, to answer by ${day(of.answerBy)}`;
    case "representation-made":
      return `said for the school${words}`;
    case "correction-raised":
      return `raised correction ${String(of.number)}${words}`;
    case "correction-settled":
      return `${of.accepted === true ? "accepted" : "turned down"} correction ${String(of.number)}${words}`;
    case "school-answered":
      return "said that the school has finished its answer";
    case "case-decided":
      return `decided ${named(of.decision)}${words}`;
    case "decision-drawn":
      return `drew the decision ${named(of.decision)} for second reading`;
    case "decision-agreed":
      return `agreed as second reader to ${named(of.decision)}`;
    case "decision-sent-back":
      return `sent the decision back as second reader${words}`;
    case "decision-recalled":
      return `took the decision back${words}`;
    case "decision-published":
      return `published the decision ${named(of.decision)}, from ${day(of.from)}`;
    case "appeal-made":
      return `appealed${words}`;
    case "appeal-decided":
      return `decided the appeal: ${named(of.decision)}${words}`;
    case "case-reopened":
      return `opened the case again${words}`;
    case "case-closed":
      return `closed the case with the school${words}`;
    case "school-open-again":
      return `let the case or the mark stand again${words}`;
    case "mark-suspended":
      return `suspended the mark${words}`;
    case "mark-restored":
      return `restored the mark${words}`;
    case "mark-withdrawn":
      return `withdrew the mark${words}`;
    case "mark-ended":
      return `ended the mark with the school${words}`;
    default:
      return kind.replaceAll("-", " ");
  }
}

/** The name under which an event's doer stands in a history. */
export function whoDid({ actor }: Pick<StoredEvent, "actor">): string {
  if (actor.kind === "person") return actor.name;
  return actor.kind === "system" ? `The program (${actor.name.replaceAll("-", " ")})` : "Somebody";
}
