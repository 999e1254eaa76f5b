import { addDays, type CivilDate, dateInWords } from "../../../kernel/index.js";
import type { CaseCommand, SchoolCase } from "./case.js";
import {
  type CaseContext,
  change,
  noWords,
  type Outcome,
  refuse,
  undecided,
  undecidedAgain,
  unless,
  wordsMissing,
} from "./change.js";

/** Newer evidence, with what the rule proposes on it; a decision that waits for its second reader is made again. */
export function updateEvidence(found: SchoolCase, command: Extract<CaseCommand, { kind: "update-evidence" }>): Outcome {
  const stop = unless(found, [...undecided, "second-reader"], "a change of the evidence");
  if (stop) return stop;
  const { evidence, proposal, missing } = command;
  if (same([evidence, proposal, missing], [found.evidence, found.proposal, found.missing]))
    return refuse("evidence-unchanged", "the evidence is what the case already has");
  // What was decided on other evidence is decided again.
  const again = found.state === "second-reader" ? undecidedAgain(found) : {};
  return change(found, { evidence, proposal, missing, ...again }, "evidence-updated", {
    before: { evidence: found.evidence, decision: found.proposal.decision },
    after: { evidence, decision: proposal.decision, reasons: proposal.reasons },
  });
}

/** Whether two values are the same as documents, whatever the order of their keys. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)));
}

/** Asks the school for its answer, or gives it more time. */
export function sendToSchool(found: SchoolCase, answerBy: CivilDate, { on, parameters }: CaseContext): Outcome {
  const stop = unless(found, undecided, "sending it to the school");
  if (stop) return stop;
  const first = addDays(on, parameters.answerDays);
  if (answerBy < first)
    return refuse(
      "answer-date-too-soon",
      `the school has at least ${parameters.answerDays} days: until ${dateInWords(first)} or later, not ${dateInWords(answerBy)}`,
    );
  return change(found, { state: "with-school", answerBy }, "case-sent-to-school", {
    answerBy,
    proposal: found.proposal.decision,
    reasons: found.proposal.reasons,
  });
}

/** Whether the school may still say something. */
export function mayAnswer(found: SchoolCase, on: CivilDate): boolean {
  return found.state === "with-school" && found.answerBy !== null && on <= found.answerBy;
}

function unlessAnswering(found: SchoolCase, on: CivilDate): Outcome | null {
  const stop = unless(found, ["with-school"], "an answer of the school");
  if (stop) return stop;
  return mayAnswer(found, on)
    ? null
    : refuse("answer-time-over", `the school could answer until ${dateInWords(found.answerBy ?? on)}`);
}

/** What the school says to its case. */
export function represent(found: SchoolCase, words: string, { by, on }: CaseContext): Outcome {
  const stop = unlessAnswering(found, on);
  if (stop) return stop;
  if (noWords(words)) return wordsMissing("a representation");
  const said = { words, by, on };
  return change(found, { representations: [...found.representations, said] }, "representation-made", { words });
}

/** The school says that something was counted wrongly. */
export function correct(
  found: SchoolCase,
  { reason, words, detail }: Extract<CaseCommand, { kind: "correct" }>,
  { by, on }: CaseContext,
): Outcome {
  const stop = unlessAnswering(found, on);
  if (stop) return stop;
  if (noWords(words)) return wordsMissing("a correction");
  const number = found.corrections.length + 1;
  const raised = { number, reason, words, detail, by, on, outcome: null };
  const event = { number, reason, words, detail };
  return change(found, { corrections: [...found.corrections, raised] }, "correction-raised", event);
}

/** A correction is accepted or turned down, with the reason. */
export function settleCorrection(
  found: SchoolCase,
  { number, accepted, words }: Extract<CaseCommand, { kind: "settle-correction" }>,
  { by, on }: CaseContext,
): Outcome {
  const stop = unless(found, ["with-school", "ready"], "settling a correction");
  if (stop) return stop;
  const asked = found.corrections.find((one) => one.number === number);
  if (!asked || asked.outcome !== null)
    return refuse("correction-unknown", `the case has no unsettled correction ${number}`);
  if (noWords(words)) return wordsMissing("the answer to a correction");
  const corrections = found.corrections.map((one) =>
    one.number === number ? { ...one, outcome: { accepted, words, by, on } } : one,
  );
  return change(found, { corrections }, "correction-settled", { number, accepted, words });
}

/** The school has said all it wants to say before its time was over. */
export function finishAnswer(found: SchoolCase, { on }: CaseContext): Outcome {
  const stop = unlessAnswering(found, on);
  return stop ?? change(found, { state: "ready" }, "school-answered", {});
}
