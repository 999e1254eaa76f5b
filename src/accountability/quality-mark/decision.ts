/** What the annual review says of a school. */
export type Decision =
  | "awarded"
  | "refused"
  /** Safeguarding audit or accounts opinion has not come: missing is missing, never passed and never failed. */
  | "awaiting-evidence"
  /** Too few pupils to say anything. */
  | "not-enough-evidence"
  /** Special schools, PRUs and alternative provision, until the Expert Working Group's framework is adopted. */
  | "awaiting-framework";

/** One reason of a decision: a stable code and the sentence a head reads. */
export interface Reason {
  readonly code: string;
  readonly text: string;
}

export interface SchoolDecision {
  readonly school: string;
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
  /** Probability that the school's value added is below the agreed line, 0–1; null where there is no measure. */
  readonly probabilityBelow: number | null;
}

export type SafeguardingOutcome = "secure" | "not-secure";
export type AccountsOpinion = "unqualified" | "qualified" | "adverse" | "disclaimer";
export type SchoolKind = "mainstream" | "special" | "pupil-referral-unit" | "alternative-provision";

/** The numbers of the rule, looked up by date or set in the review file. */
export interface DecisionParameters {
  /** The agreed line, in the outcome's units. */
  readonly line: number;
  /** A school is refused on value added only where the probability of being below the line is at least this. */
  readonly refusalProbability: number;
  /** Fewer pupil-equivalents than this are not enough evidence. */
  readonly fewestPupilEquivalents: number;
}

/** How many schools' decisions another choice would change. */
export interface Alternative {
  readonly label: string;
  readonly awarded: number;
  readonly refused: number;
  readonly changed: number;
}
