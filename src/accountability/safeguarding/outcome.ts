import type { CivilDate } from "../../kernel/index.js";
import type { Requirement, Section, Seriousness } from "./standard.js";

/** What the officer found on a requirement. */
export type Judgement = "met" | "partly-met" | "not-met" | "not-applicable";

/** A piece of evidence that the officer saw. */
export interface Evidence {
  readonly what: string;
  readonly seen: CivilDate;
}

/** The officer's answer on one requirement. */
export interface Answer {
  readonly requirement: string;
  readonly judgement: Judgement;
  /** What was found, in the officer's words. Needed unless the requirement is met. */
  readonly note: string;
  readonly evidence: readonly Evidence[];
  /** What the school has to do; needed where it is partly met or not met. */
  readonly action: string;
  /** Where the school mended it while the officer was there: on which day the officer saw it mended. */
  readonly mended: CivilDate | null;
}

/** Secure or not secure: what the Quality Mark reads. */
export type Outcome = "secure" | "not-secure";

/** A reason of an outcome: a stable code, the requirement it is about, and a sentence. */
export interface OutcomeReason {
  readonly code:
    | "decisive-not-met"
    | "serious-actions-too-many"
    | "serious-actions-few"
    | "all-decisive-met"
    | "mended";
  readonly requirement: string | null;
  readonly text: string;
}

export interface OutcomeDecision {
  readonly outcome: Outcome;
  readonly reasons: readonly OutcomeReason[];
}

/** Why an answer can't stand as it is; nothing where it can. */
export function answerFault(answer: Answer, requirement: Requirement): string | null {
  const { judgement } = answer;
  if (judgement !== "met" && answer.note.trim() === "") return "says nothing about what was found";
  if (judgement !== "not-applicable" && answer.evidence.length === 0) return "names no evidence that was seen";
  if ((judgement === "partly-met" || judgement === "not-met") && answer.action.trim() === "")
    return "names no action for the school";
  if (judgement === "not-applicable" && requirement.appliesTo === "all" && requirement.decisive)
    return "can't be left out: it decides, and it is asked of every school";
  if (answer.mended !== null && judgement !== "partly-met" && judgement !== "not-met")
    return "was mended, though nothing was wrong";
  return null;
}

/** How serious the action of an answer is, or null where there is nothing to do: partly met is a step less than not met. */
export function seriousnessOf(answer: Answer, requirement: Requirement): Seriousness | null {
  if (answer.mended !== null) return null;
  if (answer.judgement === "not-met") return requirement.seriousness;
  if (answer.judgement !== "partly-met") return null;
  return requirement.seriousness === "immediate" ? "serious" : "ordinary";
}

/**
 * Decides a safeguarding audit (proposal A5): secure where every decisive requirement is met, or was mended before the officer
 * left, and no more serious actions are open than a secure school may have.
 *
 * @param sections those that are put to the school
 * @param answers one a requirement, complete
 * @param openSeriousActions the most serious (or immediate) actions that a secure school may have
 * @throws {RangeError} when a requirement has no answer: an audit with a gap decides nothing.
 */
export function decideAudit(
  sections: readonly Section[],
  answers: readonly Answer[],
  openSeriousActions: number,
): OutcomeDecision {
  const byId = new Map(answers.map((answer) => [answer.requirement, answer]));
  const failed: OutcomeReason[] = [];
  const mended: OutcomeReason[] = [];
  let serious = 0;
  for (const requirement of sections.flatMap((section) => section.requirements)) {
    const answer = byId.get(requirement.id);
    if (!answer) throw new RangeError(`the requirement ${requirement.id} has no answer`);
    const level = seriousnessOf(answer, requirement);
    if (level === "immediate" || level === "serious") serious += 1;
    if (answer.mended !== null && requirement.decisive)
      mended.push({
        code: "mended",
        requirement: requirement.id,
        text: `Mended while the officer was there: ${requirement.text}`,
      });
    if (requirement.decisive && answer.judgement === "not-met" && answer.mended === null)
      failed.push({
        code: "decisive-not-met",
        requirement: requirement.id,
        text: `Not met, and decisive: ${requirement.text}`,
      });
  }
  const reasons = [...failed];
  const allowed = `a secure school may have ${openSeriousActions}`;
  const open = serious === 1 ? "1 serious action is open" : `${serious} serious actions are open`;
  if (serious > openSeriousActions)
    reasons.push({ code: "serious-actions-too-many", requirement: null, text: `${open}; ${allowed}.` });
  if (reasons.length > 0) return { outcome: "not-secure", reasons };
  return {
    outcome: "secure",
    reasons: [
      { code: "all-decisive-met", requirement: null, text: "Every requirement that decides is met." },
      ...mended,
      ...(serious > 0
        ? [{ code: "serious-actions-few" as const, requirement: null, text: `${open}; ${allowed}.` }]
        : []),
    ],
  };
}
