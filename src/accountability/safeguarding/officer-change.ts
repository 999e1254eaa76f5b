import { type CivilDate, dateInWords, err, ok, type Problem, type Result } from "../../kernel/index.js";
import { type Interest, yearsLater } from "./interests.js";
import type { Officer } from "./officer.js";
import { problem } from "./problems.js";

/** What may change about an officer: a renewed charter, a suspension that begins or ends, an interest that is declared or ends. */
export type OfficerChange =
  | { readonly kind: "renewed"; readonly until: CivilDate }
  | { readonly kind: "suspended"; readonly from: CivilDate; readonly why: string }
  | { readonly kind: "suspension-ended"; readonly on: CivilDate; readonly why: string }
  | { readonly kind: "interest-declared"; readonly interest: Interest }
  /** `at` counts the declared interests from 0. */
  | { readonly kind: "interest-ended"; readonly at: number; readonly on: CivilDate };

/** Whether a change is about interests, which are the officer's own, and not about the charter. */
export const isOfInterests = ({ kind }: OfficerChange) => kind === "interest-declared" || kind === "interest-ended";

type Changed<T> = Result<T, readonly Problem[]>;
const refused = (...problems: readonly Problem[]) => err(problems);

/** From which day a renewed charter would count: where it lapses, or today where it has lapsed. */
export const renewedFrom = ({ chartered }: Pick<Officer, "chartered">, today: CivilDate): CivilDate =>
  chartered.to > today ? chartered.to : today;

function renewed<T extends Officer>(officer: T, until: CivilDate, today: CivilDate, years: number): Changed<T> {
  const begins = renewedFrom(officer, today);
  const last = yearsLater(begins, years);
  if (until <= begins || until > last)
    return refused(
      problem(
        "officer-day-impossible",
        `charter ${officer.charter}`,
        `a renewal from ${dateInWords(begins)} ends after that day and at the latest on ${dateInWords(last)}, not on ${dateInWords(until)}`,
      ),
    );
  const from = officer.chartered.to > today ? officer.chartered.from : today;
  return ok({ ...officer, chartered: { from, to: until } });
}

function suspended<T extends Officer>(officer: T, from: CivilDate, why: string, today: CivilDate): Changed<T> {
  const place = `charter ${officer.charter}`;
  const running = officer.suspensions.find(({ to }) => to === null);
  if (running)
    return refused(
      problem("charter-suspended-already", place, `it is suspended already, from ${dateInWords(running.from)}`),
    );
  if (why === "") return refused(problem("audit-words-missing", place, "a suspension has no reason"));
  if (from < today)
    return refused(
      problem(
        "officer-day-impossible",
        place,
        `a suspension from ${dateInWords(from)} would reach back behind today: what was signed since would be signed by nobody`,
      ),
    );
  return ok({ ...officer, suspensions: [...officer.suspensions, { from, to: null, why }] });
}

function restored<T extends Officer>(officer: T, on: CivilDate, why: string, today: CivilDate): Changed<T> {
  const place = `charter ${officer.charter}`;
  const running = officer.suspensions.find(({ to }) => to === null);
  if (!running) return refused(problem("charter-not-suspended", place, "no suspension is without an end"));
  if (why === "") return refused(problem("audit-words-missing", place, "the end of a suspension has no reason"));
  if (on < today || on < running.from)
    return refused(
      problem(
        "officer-day-impossible",
        place,
        `a suspension from ${dateInWords(running.from)} can't end on ${dateInWords(on)}`,
      ),
    );
  const ended = { ...running, to: on, endedBecause: why };
  return ok({ ...officer, suspensions: officer.suspensions.map((one) => (one === running ? ended : one)) });
}

function endedInterest<T extends Officer>(officer: T, at: number, on: CivilDate, today: CivilDate): Changed<T> {
  const place = `charter ${officer.charter}, interest ${at + 1}`;
  const interest = officer.interests[at];
  if (!interest) return refused(problem("interest-unknown", place, "there is no such interest"));
  if (interest.to !== null)
    return refused(problem("interest-ended", place, `it ended on ${dateInWords(interest.to)} already`));
  if (on < interest.from || on > today)
    return refused(
      problem(
        "officer-day-impossible",
        place,
        `it began on ${dateInWords(interest.from)} and can't have ended on ${dateInWords(on)}`,
      ),
    );
  return ok({ ...officer, interests: officer.interests.map((one, i) => (i === at ? { ...one, to: on } : one)) });
}

/**
 * The officer after a change, or why it can't be made. A suspension and its end count from today on, so that no signature that
 * stands is undone; an interest ends when the tie has ended, which is for the officer to say, at the latest today. A renewed charter
 * goes on from the day on which it would lapse; one that has lapsed begins anew today, so that the days between stay without one.
 *
 * @param charterYears the longest term of a charter
 */
export function changeOfficerAs<T extends Officer>(
  officer: T,
  change: OfficerChange,
  today: CivilDate,
  charterYears: number,
): Changed<T> {
  switch (change.kind) {
    case "renewed":
      return renewed(officer, change.until, today, charterYears);
    case "suspended":
      return suspended(officer, change.from, change.why, today);
    case "suspension-ended":
      return restored(officer, change.on, change.why, today);
    case "interest-declared":
      return ok({ ...officer, interests: [...officer.interests, change.interest] });
    case "interest-ended":
      return endedInterest(officer, change.at, change.on, today);
  }
}
