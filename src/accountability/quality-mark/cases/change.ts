import { type CivilDate, err, ok, type Result } from "../../../kernel/index.js";
import type { CaseEvent, CaseRefusal, CaseRefusalCode, CaseState, Doer, SchoolCase } from "./case.js";
import type { CaseParameters } from "./parameters.js";

/** Who does it, on which day, and the dated numbers in force. */
export interface CaseContext {
  readonly by: Doer;
  readonly on: CivilDate;
  readonly parameters: CaseParameters;
}

/** The case after a command, and what happened. */
export interface CaseChange {
  readonly next: SchoolCase;
  readonly event: CaseEvent;
}

/** A changed case, or every reason why it was not changed. */
export type Outcome = Result<CaseChange, readonly CaseRefusal[]>;

/** The words of a state, as pages and messages have them. */
export const stateWords: Readonly<Record<CaseState, string>> = {
  open: "open",
  "with-school": "with the school",
  ready: "ready to be decided",
  "second-reader": "with the second reader",
  decided: "decided",
  published: "published",
  appealed: "appealed",
  "appeal-decided": "decided on appeal",
  closed: "closed",
};

/** One refusal. */
export const refuse = (code: CaseRefusalCode, message: string): Outcome => err([{ code, message }]);

/** A case with its version raised, and the event that tells of it. */
export function change(
  before: SchoolCase,
  after: Partial<SchoolCase>,
  kind: string,
  body: Readonly<Record<string, unknown>>,
): Outcome {
  return ok({ next: { ...before, ...after, version: before.version + 1 }, event: { kind, body } });
}

/** Refuses a command in any state but these; null where it may go on. */
export function unless(found: SchoolCase, states: readonly CaseState[], what: string): Outcome | null {
  if (states.includes(found.state)) return null;
  return refuse(
    "case-not-in-state",
    `the case is ${stateWords[found.state]}; ${what} is possible only where it is ${states.map((s) => stateWords[s]).join(" or ")}`,
  );
}

/** Whether nothing was written. */
export const noWords = (words: string | null): boolean => words === null || words.trim() === "";
/** The refusal of what needs a written reason. */
export const wordsMissing = (what: string): Outcome => refuse("words-missing", `${what} needs a written reason`);

/** The states in which a case has no decision yet. */
export const undecided: readonly CaseState[] = ["open", "with-school", "ready"];

/** Where a case stands again when its decision is taken back: a school that was not heard still has to be. */
export const undecidedAgain = (found: SchoolCase): Partial<SchoolCase> => ({
  state: found.answerBy === null ? "open" : "ready",
  decision: null,
});
