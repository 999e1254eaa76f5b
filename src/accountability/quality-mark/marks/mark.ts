import { type CivilDate, dateInWords } from "../../../kernel/index.js";
import type { KeptMark } from "../cases/case.js";
import type { Decision, Reason } from "../decision.js";

/** What a school's mark is on a day. */
export type MarkState =
  | "awarded"
  | "suspended"
  | "expired"
  | "refused"
  | "withdrawn"
  /** The school closed or merged. */
  | "ended"
  | "not-decided"
  | "awaiting-framework";

/** Every state, in the order in which pages list them. */
export const markStates: readonly MarkState[] = [
  "awarded",
  "suspended",
  "expired",
  "refused",
  "withdrawn",
  "ended",
  "not-decided",
  "awaiting-framework",
];

/** A school's mark as it is public, on a day. */
export interface Mark {
  readonly urn: string;
  /** The year whose review decided it, as `2025/26`. */
  readonly academicYear: string;
  readonly state: MarkState;
  /** The decision as it was published. */
  readonly decision: Decision;
  readonly publishedOn: CivilDate;
  /** Null where nothing was awarded. */
  readonly awardedOn: CivilDate | null;
  /** The first day on which an award no longer holds; null where nothing was awarded. */
  readonly until: CivilDate | null;
  readonly suspendedOn: CivilDate | null;
  /** The day it was withdrawn, or ended with its school. */
  readonly endedOn: CivilDate | null;
  /** Why it is suspended, withdrawn or ended. */
  readonly words: string | null;
  readonly reasons: readonly Reason[];
}

/** A published mark as the store keeps it. */
export interface PublishedMark {
  readonly urn: string;
  readonly academicYear: string;
  readonly kept: KeptMark;
}

/** What a kept mark is on a day; what happened later than the day has not happened yet. */
export function markStateOn(
  kept: Pick<KeptMark, "state" | "until" | "suspendedOn" | "endedOn">,
  on: CivilDate,
): MarkState {
  const happened = (day: CivilDate | null) => day !== null && day <= on;
  const { state, until } = kept;
  if (state === "withdrawn" || state === "ended") {
    if (happened(kept.endedOn)) return state;
  } else if (state !== "awarded" && state !== "suspended") return state;
  if (until !== null && until <= on) return "expired";
  return kept.suspendedOn !== null && happened(kept.suspendedOn) ? "suspended" : "awarded";
}

/** A published mark on a day. */
export function markOn({ urn, academicYear, kept }: PublishedMark, on: CivilDate): Mark {
  const { decision, reasons, from, until, suspendedOn, endedOn, words } = kept;
  return {
    ...{ urn, academicYear, decision, reasons, publishedOn: from, awardedOn: until === null ? null : from },
    ...{ state: markStateOn(kept, on), until, suspendedOn, endedOn, words },
  };
}

/**
 * Which of a school's published marks counts on a day. The newest; but a decision that could not be made (missing evidence, no
 * framework) does not cut short a mark that still holds.
 *
 * @param marks in any order
 */
export function standingMark(marks: readonly PublishedMark[], on: CivilDate): Mark | null {
  const known = marks
    .filter(({ kept }) => kept.from <= on)
    .sort((a, b) =>
      a.kept.from < b.kept.from || (a.kept.from === b.kept.from && a.academicYear < b.academicYear) ? 1 : -1,
    )
    .map((mark) => markOn(mark, on));
  const [newest] = known;
  if (newest === undefined) return null;
  if (newest.state !== "not-decided" && newest.state !== "awaiting-framework") return newest;
  return known.find(({ state }) => state === "awarded" || state === "suspended") ?? newest;
}

/** The words for a state. */
export const markWords: Readonly<Record<MarkState, string>> = {
  awarded: "Awarded",
  suspended: "Suspended",
  expired: "Expired",
  refused: "Refused",
  withdrawn: "Withdrawn",
  ended: "Ended with the school",
  "not-decided": "Not decided",
  "awaiting-framework": "Awaiting framework",
};

/** A mark in one sentence, for pages and letters. */
export function markSentence({
  state,
  awardedOn,
  until,
  suspendedOn,
  endedOn,
  academicYear,
  publishedOn,
  words,
}: Omit<Mark, "urn" | "decision" | "reasons">): string {
  const day = (date: CivilDate | null) => (date === null ? "" : dateInWords(date));
  switch (state) {
    case "awarded":
      return `The mark was awarded on ${day(awardedOn)} and holds until ${day(until)}.`;
    case "suspended":
      return `The mark of ${day(awardedOn)} has been suspended since ${day(suspendedOn)}.`;
    case "expired":
      return `The mark of ${day(awardedOn)} expired on ${day(until)}.`;
    case "refused":
      return `The mark was refused in the review of ${academicYear}, on ${day(publishedOn)}.`;
    case "withdrawn":
      return `The mark of ${day(awardedOn)} was withdrawn on ${day(endedOn)}.`;
    case "ended":
      return `The mark of ${day(awardedOn)} ended with the school on ${day(endedOn)}.${words === null ? "" : ` ${words}`}`;
    case "not-decided":
      return `The review of ${academicYear} could not decide, on ${day(publishedOn)}.`;
    case "awaiting-framework":
      return "The school awaits the framework for schools of its kind.";
  }
}
