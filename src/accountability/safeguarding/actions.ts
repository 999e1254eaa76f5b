import { addDays, type CivilDate, dayNumber } from "../../kernel/index.js";
import { type Answer, seriousnessOf } from "./outcome.js";
import type { Section, Seriousness } from "./standard.js";

/** What a school has to do after an audit. */
export interface Action {
  readonly requirement: string;
  readonly text: string;
  readonly seriousness: Seriousness;
  readonly due: CivilDate;
}

/** Where an action stands. */
export type ActionState = "open" | "done" | "closed";

/** The days that a school has, by seriousness. */
export type ActionDays = Readonly<Record<Seriousness, number>>;

/** The actions of an audit with their deadlines, counted from the day of signing; the most urgent first. */
export function actionsOf(
  sections: readonly Section[],
  answers: readonly Answer[],
  signed: CivilDate,
  days: ActionDays,
): readonly Action[] {
  const requirements = new Map(sections.flatMap((s) => s.requirements).map((one) => [one.id, one]));
  const actions = answers.flatMap((answer): Action[] => {
    const requirement = requirements.get(answer.requirement);
    const seriousness = requirement ? seriousnessOf(answer, requirement) : null;
    if (seriousness === null) return [];
    const due = addDays(signed, days[seriousness]);
    return [{ requirement: answer.requirement, text: answer.action, seriousness, due }];
  });
  return actions.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

/** What an action that isn't closed leads to on a day. */
export type Consequence = "none" | "remind" | "tell-region" | "re-audit";

/**
 * What follows from an action's standing open: a reminder in its last week and after its date, then word to the region, then, where it
 * is more than ordinary, a re-audit, which may find the school not secure.
 */
export function consequenceOf(
  action: { readonly due: CivilDate; readonly seriousness: Seriousness; readonly state: ActionState },
  on: CivilDate,
  overdueDays: { readonly region: number; readonly reAudit: number },
): Consequence {
  if (action.state === "closed") return "none";
  const late = dayNumber(on) - dayNumber(action.due);
  if (action.seriousness !== "ordinary" && late >= overdueDays.reAudit) return "re-audit";
  if (late >= overdueDays.region) return "tell-region";
  return late >= -7 ? "remind" : "none";
}
