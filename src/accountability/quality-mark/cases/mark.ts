import { addDays, type CivilDate, civilDate, dayNumber } from "../../../kernel/index.js";
import type { Decision } from "../decision.js";
import type { CaseCommand, KeptMark, KeptMarkState, SchoolCase } from "./case.js";
import { type CaseContext, change, noWords, type Outcome, refuse, undecidedAgain, wordsMissing } from "./change.js";

const publicState: Readonly<Record<Decision, KeptMarkState>> = {
  awarded: "awarded",
  refused: "refused",
  "awaiting-framework": "awaiting-framework",
  "awaiting-evidence": "not-decided",
  "not-enough-evidence": "not-decided",
};

/** The mark that a decision makes, dated from its publication. */
export function markFrom(
  { decision, reasons }: Pick<KeptMark, "decision" | "reasons">,
  from: CivilDate,
  months: number,
): KeptMark {
  const until = decision === "awarded" ? addMonths(from, months) : null;
  return {
    state: publicState[decision],
    decision,
    reasons,
    from,
    until,
    suspendedOn: null,
    endedOn: null,
    words: null,
  };
}

/** The same day some months later, or the last of its month where there is no such day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const first = (n: number) =>
    civilDate(`${String(Math.floor(n / 12)).padStart(4, "0")}-${String((n % 12) + 1).padStart(2, "0")}-01`);
  const length = dayNumber(first(month + 1)) - dayNumber(first(month));
  return addDays(first(month), Math.min(Number(date.slice(8)), length) - 1);
}

/** The school closed or merged: an undecided case ends, and so does a mark that it held. */
export function close(
  found: SchoolCase,
  { words, successors }: Extract<CaseCommand, { kind: "close" }>,
  { on }: CaseContext,
): Outcome {
  if (found.state === "closed" || found.mark?.state === "ended")
    return refuse("case-not-in-state", "the case is closed already");
  const held = found.mark?.state === "awarded" || found.mark?.state === "suspended";
  const mark = held ? { ...found.mark!, state: "ended" as const, endedOn: on, words } : found.mark;
  const state = found.state === "published" || found.state === "appeal-decided" ? found.state : "closed";
  if (state === found.state && !held)
    return refuse("mark-not-held", "the school is closed and has no mark that could end");
  return change(found, { state, mark }, held ? "mark-ended" : "case-closed", { words, successors });
}

/** Where a case stood when its school closed, as far as its decision and its appeal tell. */
function stateBeforeClosing(found: SchoolCase): Partial<SchoolCase> {
  const { decision, appeal } = found;
  if (appeal !== null && appeal.outcome === null) return { state: "appealed" };
  if (decision === null) return undecidedAgain(found);
  const unread = decision.secondReading.length > 0 && decision.agreedBy === null;
  return { state: unread ? "second-reader" : "decided" };
}

/** The school is open after all: its case goes on where it was, and its mark holds up to the day it would have. */
export function openAgain(found: SchoolCase, words: string): Outcome {
  const { mark, state } = found;
  if (state === "closed") return change(found, stateBeforeClosing(found), "school-open-again", { words });
  if (mark?.state !== "ended" || (state !== "published" && state !== "appeal-decided"))
    return refuse("case-not-in-state", "the case did not end with its school");
  const again =
    mark.suspendedOn === null ? { state: "awarded" as const, words: null } : { state: "suspended" as const, words };
  return change(found, { mark: { ...mark, ...again, endedOn: null } }, "school-open-again", { words });
}

/** A mark is suspended in the year, as when safeguarding fails. */
export function suspend(found: SchoolCase, words: string, { on }: CaseContext): Outcome {
  if (found.mark?.state !== "awarded")
    return refuse("mark-not-held", "the school holds no mark that could be suspended");
  if (noWords(words)) return wordsMissing("a suspension");
  const mark = { ...found.mark, state: "suspended" as const, suspendedOn: on, words };
  return change(found, { mark }, "mark-suspended", { words });
}

/** A suspended mark holds again, up to the day it would have. */
export function restore(found: SchoolCase, words: string): Outcome {
  if (found.mark?.state !== "suspended") return refuse("mark-not-suspended", "the school's mark is not suspended");
  if (noWords(words)) return wordsMissing("a restoration");
  const mark = { ...found.mark, state: "awarded" as const, suspendedOn: null, words: null };
  return change(found, { mark }, "mark-restored", { words, suspendedOn: found.mark.suspendedOn });
}

/** A mark that should not have been awarded is withdrawn, by somebody who did not decide it. */
export function withdraw(found: SchoolCase, words: string, { by, on }: CaseContext): Outcome {
  if (found.mark?.state !== "awarded" && found.mark?.state !== "suspended")
    return refuse("mark-not-held", "the school holds no mark that could be withdrawn");
  const decider = found.appeal?.outcome?.by ?? found.decision?.by;
  if (decider?.id === by.id)
    return refuse(
      "withdrawal-same-person",
      `${by.name} made the decision: a mark is withdrawn by somebody else, so that two people have read the case`,
    );
  if (noWords(words)) return wordsMissing("a withdrawal");
  const mark = { ...found.mark, state: "withdrawn" as const, endedOn: on, words };
  return change(found, { mark }, "mark-withdrawn", { words, stateBefore: found.mark.state });
}
