import { type CivilDate, civilDate, dateInWords, type Period } from "../../kernel/index.js";

/** What ties an officer to a school. */
export type InterestKind =
  | "works"
  | "governs"
  | "family-attends"
  | "family-works"
  | "lives-in-catchment"
  | "trades-with"
  | "other";

/** What an interest is in: one school, every school of a trust, or every maintained school of an authority. */
export type InterestIn =
  | { readonly kind: "school"; readonly urn: string }
  | { readonly kind: "trust"; readonly uid: string }
  | { readonly kind: "authority"; readonly code: string };

/** A declared interest. `from` is when the tie began, `to` when it ended (null while it lasts). */
export interface Interest extends Period {
  readonly kind: InterestKind;
  readonly in: InterestIn;
  readonly declared: CivilDate;
  /** In the officer's words; needed for "other". */
  readonly words: string;
}

/** What a school is, as far as interests reach it. */
export interface SchoolTies {
  readonly urn: string;
  readonly trusts: readonly string[];
  readonly authority: string;
  /** A school that the local authority maintains: an interest in the authority reaches it. */
  readonly maintained: boolean;
}

/** The years for which a tie bars after it has ended. */
export interface WaitingYears {
  readonly afterWorking: number;
  readonly afterGoverning: number;
}

/** Why an officer may not audit a school. */
export interface Bar {
  readonly code: `interest-${InterestKind}` | "too-many-years-running";
  readonly text: string;
  /** The first day on which it no longer bars, or null while it has no end. */
  readonly until: CivilDate | null;
}

/** What each interest is called on pages. */
export const interestWords: Readonly<Record<InterestKind, string>> = {
  works: "works or worked there",
  governs: "governs or governed it",
  "family-attends": "has a child or close relative at it",
  "family-works": "has a close relative who works there or governs it",
  "lives-in-catchment": "lives in its catchment",
  "trades-with": "sells to it, or is paid by somebody who does",
  other: "has another interest",
};

/** The same day so many years later; 29 February becomes 1 March where there is none. */
export function yearsLater(date: CivilDate, years: number): CivilDate {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, "0");
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  return date.endsWith("-02-29") && !isLeap ? civilDate(`${year}-03-01`) : civilDate(`${year}${date.slice(4)}`);
}

function reaches(interest: InterestIn, school: SchoolTies): boolean {
  switch (interest.kind) {
    case "school":
      return interest.urn === school.urn;
    case "trust":
      return school.trusts.includes(interest.uid);
    case "authority":
      return school.maintained && school.authority === interest.code;
  }
}

/** The first day on which an interest no longer bars: working and governing bar for years after they ended. */
export function barsUntil(interest: Interest, waiting: WaitingYears): CivilDate | null {
  if (interest.to === null) return null;
  if (interest.kind === "works" || interest.kind === "family-works")
    return yearsLater(interest.to, waiting.afterWorking);
  if (interest.kind === "governs") return yearsLater(interest.to, waiting.afterGoverning);
  return interest.to;
}

/**
 * Every declared interest that bars an officer from a school on a day (proposal A5). An interest bars from the day on which it began,
 * also where it was declared late.
 */
export function barsBetween(
  interests: readonly Interest[],
  school: SchoolTies,
  on: CivilDate,
  waiting: WaitingYears,
): readonly Bar[] {
  return interests.flatMap((interest): Bar[] => {
    if (!reaches(interest.in, school)) return [];
    const until = barsUntil(interest, waiting);
    if (on < interest.from || (until !== null && on >= until)) return [];
    const where =
      interest.in.kind === "school" ? "the school" : interest.in.kind === "trust" ? "its trust" : "its local authority";
    const end = until === null ? "" : `, until ${dateInWords(until)}`;
    const text = `The officer ${interestWords[interest.kind]} (declared for ${where} on ${dateInWords(interest.declared)}${end}).`;
    return [{ code: `interest-${interest.kind}`, text, until }];
  });
}

/**
 * The bar of continuity: an officer who audited a school in each of the last years has to leave it to another for one.
 * @param auditedIn the academic years (their first calendar year) in which the officer audited the school
 */
export function barOfContinuity(auditedIn: readonly number[], year: number, yearsRunning: number): Bar | null {
  const audited = new Set(auditedIn);
  for (let before = 1; before <= yearsRunning; before++) if (!audited.has(year - before)) return null;
  return {
    code: "too-many-years-running",
    text: `The officer audited the school in each of the last ${yearsRunning} years; another has to see it.`,
    until: civilDate(`${year + 1}-09-01`),
  };
}
