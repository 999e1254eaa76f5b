import { addDays, type CivilDate, dateInWords, err } from "../../../kernel/index.js";
import type { Decision, Reason } from "../decision.js";
import type { CaseCommand, CaseDecision, CaseRefusal, SchoolCase, SecondReadingReason } from "./case.js";
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
import { markFrom } from "./mark.js";
import { whatForbidsAward } from "./proposal.js";
import { mayAnswer } from "./transitions-answer.js";

/** Decisions that hold nothing against the school, so that it need not be heard before them. */
const kindToSchool: readonly Decision[] = ["awarded", "awaiting-framework"];

/** Every reason why a case can't be decided so now; none lets it go on. */
export function whyNotDecide(
  found: SchoolCase,
  decision: Decision,
  words: string | null,
  on: CivilDate,
): CaseRefusal[] {
  const refusals: CaseRefusal[] = [];
  const departs = decision !== found.proposal.decision;
  if (found.state === "with-school" && mayAnswer(found, on))
    refusals.push({
      code: "answer-still-open",
      message: `the school may answer until ${dateInWords(found.answerBy ?? on)} and has not said that it has finished`,
    });
  if (found.state === "open" && (departs || !kindToSchool.includes(decision)))
    refusals.push({
      code: "school-not-heard",
      message:
        "the school has not been asked: send it the case before deciding anything but the award that the rule proposes",
    });
  const open = found.corrections.filter(({ outcome }) => outcome === null).map(({ number }) => number);
  if (open.length > 0)
    refusals.push({
      code: "corrections-unsettled",
      message: `the school's corrections ${open.join(", ")} have not been accepted or turned down`,
    });
  const against = decision === "awarded" ? whatForbidsAward(found.evidence) : [];
  if (against.length > 0)
    refusals.push({ code: "evidence-forbids-award", message: `the mark can't be awarded: ${against.join("; ")}` });
  if (departs && noWords(words))
    refusals.push({
      code: "words-missing",
      message: `the rule proposes "${found.proposal.decision}": another decision needs a written reason`,
    });
  return refusals;
}

/** Why a second person has to read the decision whatever the draw takes; empty where none has to. */
export function secondReadingOf(
  found: SchoolCase,
  decision: Decision,
  { parameters }: Pick<CaseContext, "parameters">,
): SecondReadingReason[] {
  const reasons: SecondReadingReason[] = [];
  if (decision !== found.proposal.decision) reasons.push("departs-from-rule");
  const { measure } = found.evidence;
  const otherwise = measure?.kind === "measured" ? measure.probabilityOtherwise : null;
  if (decision === "refused" && otherwise !== null && otherwise >= parameters.closeRefusal)
    reasons.push("close-refusal");
  return reasons;
}

/** Decides a case; another decision than the rule proposes needs a written reason, and some need a second reader. */
export function decide(
  found: SchoolCase,
  { decision, words }: Extract<CaseCommand, { kind: "decide" }>,
  context: CaseContext,
): Outcome {
  const { by, on } = context;
  if (found.decision !== null)
    return refuse(
      "case-decided-twice",
      `the case was decided on ${dateInWords(found.decision.on)} by ${found.decision.by.name}`,
    );
  const stop = unless(found, undecided, "a decision");
  if (stop) return stop;
  const refusals = whyNotDecide(found, decision, words, on);
  if (refusals.length > 0) return err(refusals);
  const secondReading = secondReadingOf(found, decision, context);
  const written = words === null || noWords(words) ? null : words;
  const made: CaseDecision = {
    decision,
    reasons: reasonsOf(found, decision, written),
    words: written,
    ...{ by, on, secondReading, agreedBy: null, agreedOn: null },
  };
  const state = secondReading.length > 0 ? "second-reader" : "decided";
  return change(found, { state, decision: made }, "case-decided", {
    ...{ decision, words: written, proposal: found.proposal.decision, reasons: made.reasons, secondReading },
  });
}

/** The rule's own reasons where the decision is the rule's; else the officer's, before what the rule found. */
function reasonsOf(found: SchoolCase, decision: Decision, words: string | null): readonly Reason[] {
  if (decision === found.proposal.decision) return found.proposal.reasons;
  return [{ code: "departs-from-rule", text: words ?? "" }, ...found.proposal.reasons];
}

/** The draw takes a decision that nobody has read a second time: it waits for a second reader. */
export function draw(found: SchoolCase): Outcome {
  const stop = unless(found, ["decided"], "the draw for second reading");
  if (stop) return stop;
  const decision = found.decision!;
  if (decision.agreedBy !== null) return refuse("decision-read-already", "a second person has read the decision");
  const secondReading: readonly SecondReadingReason[] = [...decision.secondReading, "sampled"];
  return change(found, { state: "second-reader", decision: { ...decision, secondReading } }, "decision-drawn", {
    decision: decision.decision,
  });
}

/** The second reader agrees. */
export function agree(found: SchoolCase, { by, on }: CaseContext): Outcome {
  const stop = unless(found, ["second-reader"], "a second reading");
  if (stop) return stop;
  const decision = found.decision!;
  if (decision.by.id === by.id) return samePerson(decision);
  return change(found, { state: "decided", decision: { ...decision, agreedBy: by, agreedOn: on } }, "decision-agreed", {
    decision: decision.decision,
  });
}

const samePerson = ({ by }: CaseDecision): Outcome =>
  refuse("second-person-same", `${by.name} made the decision: the second reader has to be somebody else`);

/** The second reader sends the decision back with the reason. */
export function sendBack(found: SchoolCase, words: string, { by }: CaseContext): Outcome {
  const stop = unless(found, ["second-reader"], "sending a decision back");
  if (stop) return stop;
  const decision = found.decision!;
  if (decision.by.id === by.id) return samePerson(decision);
  if (noWords(words)) return wordsMissing("sending a decision back");
  return change(found, undecidedAgain(found), "decision-sent-back", {
    words,
    decision: decision.decision,
  });
}

/** A decision that is not published yet is taken back. */
export function recall(found: SchoolCase, words: string): Outcome {
  const stop = unless(found, ["second-reader", "decided"], "taking a decision back");
  if (stop) return stop;
  if (noWords(words)) return wordsMissing("taking a decision back");
  return change(found, undecidedAgain(found), "decision-recalled", { words, decision: found.decision!.decision });
}

/** Publishes a decision: from this day the school has its mark, or not. */
export function publish(
  found: SchoolCase,
  { publication, from }: Extract<CaseCommand, { kind: "publish" }>,
  { parameters }: CaseContext,
): Outcome {
  const stop = unless(found, ["decided"], "publication");
  if (stop) return stop;
  const { decision, reasons, words } = found.decision!;
  const mark = markFrom({ decision, reasons }, from, parameters.markMonths);
  return change(found, { state: "published", mark, publication, appeal: null }, "decision-published", {
    ...{ publication, decision, reasons, words, from: mark.from, until: mark.until },
  });
}

/** The school appeals against its published decision. */
export function appeal(found: SchoolCase, words: string, { by, on, parameters }: CaseContext): Outcome {
  const stop = unless(found, ["published"], "an appeal");
  if (stop) return stop;
  if (found.decision!.decision === "awarded")
    return refuse("appeal-not-needed", "the school was awarded the mark: there is nothing to appeal against");
  const last = addDays(found.mark!.from, parameters.appealDays);
  if (on > last) return refuse("appeal-too-late", `an appeal was possible until ${dateInWords(last)}`);
  if (noWords(words)) return wordsMissing("an appeal");
  return change(found, { state: "appealed", appeal: { words, by, on, outcome: null } }, "appeal-made", { words });
}

/** An appeal is decided by somebody who took no part; what changes holds at once. */
export function decideAppeal(
  found: SchoolCase,
  { decision, words }: Extract<CaseCommand, { kind: "decide-appeal" }>,
  { by, on, parameters }: CaseContext,
): Outcome {
  const stop = unless(found, ["appealed"], "a decision on an appeal");
  if (stop) return stop;
  const refusals: CaseRefusal[] = [];
  const first = found.decision!;
  if (by.id === first.by.id || by.id === first.agreedBy?.id || by.id === found.appeal!.by.id)
    refusals.push({
      code: "appeal-decider-not-new",
      message: `${by.name} took part in the case: an appeal is decided by somebody who has not decided, agreed or appealed`,
    });
  const against = decision === "awarded" ? whatForbidsAward(found.evidence) : [];
  if (against.length > 0)
    refusals.push({ code: "evidence-forbids-award", message: `the mark can't be awarded: ${against.join("; ")}` });
  if (noWords(words))
    refusals.push({ code: "words-missing", message: "the decision on an appeal needs a written reason" });
  if (refusals.length > 0) return err(refusals);
  const decided = { ...found.appeal!, outcome: { decision, words, by, on } };
  const changed = decision !== first.decision;
  const reasons = [{ code: "decided-on-appeal", text: words }, ...first.reasons];
  const mark = changed ? markFrom({ decision, reasons }, on, parameters.markMonths) : found.mark;
  return change(found, { state: "appeal-decided", appeal: decided, mark }, "appeal-decided", {
    ...{ decision, before: first.decision, words, from: mark!.from, until: mark!.until },
  });
}

/** The decision that stands: the appeal's where there was one. */
export function standingDecision(found: SchoolCase): Decision | null {
  return found.appeal?.outcome?.decision ?? found.decision?.decision ?? null;
}

/** A published case without a mark is opened again, as when missing evidence has come. */
export function reopen(found: SchoolCase, words: string): Outcome {
  const stop = unless(found, ["published", "appeal-decided"], "opening it again");
  if (stop) return stop;
  if (found.mark!.state === "awarded" || found.mark!.state === "suspended")
    return refuse("reopen-not-needed", "the school holds the mark: it is suspended or withdrawn, not decided again");
  if (noWords(words)) return wordsMissing("opening a case again");
  const before = standingDecision(found);
  return change(found, { state: "open", decision: null, appeal: null, answerBy: null }, "case-reopened", {
    words,
    before,
  });
}
