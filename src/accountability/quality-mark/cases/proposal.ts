import { type CivilDate, dateInWords } from "../../../kernel/index.js";
import { decideByFramework, decideQualityMark } from "../award.js";
import type {
  AccountsOpinion,
  Decision,
  DecisionParameters,
  Reason,
  SafeguardingOutcome,
  SchoolKind,
} from "../decision.js";
import type { FrameworkFound } from "./sources.js";

/** What the newest measured review says of a school. */
export type MeasureEvidence =
  | {
      readonly kind: "measured";
      readonly valueAdded: number;
      readonly lower: number;
      readonly upper: number;
      readonly predictionError: number;
      readonly pupilEquivalents: number;
      /** Chance of another decision on another draw of pupils; null where it was not computed. */
      readonly probabilityOtherwise: number | null;
      /** The accepted corrections that the figure rests on, by number; left out where it is the review's own. */
      readonly corrections?: readonly number[];
    }
  /** No pupil counts, or too few; with the words of the review. */
  | { readonly kind: "not-measured"; readonly reason: Reason };

/** All that a case's decision rests on. */
export interface CaseEvidence {
  readonly kind: SchoolKind;
  /** The measured review that the figure is taken from. */
  readonly review: number;
  /** The measure of that review, by its phase. */
  readonly phase: string;
  /** Null where the school stands in no measured review, or its kind is not measured. */
  readonly measure: MeasureEvidence | null;
  /** Why the measure may not decide (proposal A3); null where it may. */
  readonly measureRefused: string | null;
  readonly safeguarding: {
    readonly outcome: SafeguardingOutcome;
    readonly on: CivilDate;
    /** The audit it is taken from. */
    readonly audit: string;
  } | null;
  readonly accounts: {
    readonly opinion: AccountsOpinion;
    readonly on: CivilDate;
    /** The filing it is taken from. */
    readonly filing: string;
  } | null;
  /** The last day of the financial year whose accounts are asked for. */
  readonly accountsYearEnd: CivilDate;
  /** The adopted framework for special schools, PRUs and alternative provision; null before there is one. */
  readonly framework: FrameworkFound | null;
}

/** What the rule proposes. */
export interface Proposal {
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
  readonly probabilityBelow: number | null;
}

/** Something that has not come. */
export interface Missing {
  readonly code: string;
  readonly text: string;
  /** From this day it is late; in the future while it is not due yet. */
  readonly since: CivilDate;
}

/**
 * What the rule of the mark proposes on a case's evidence. A measure that may not decide (A3) counts as none.
 *
 * @throws {RangeError} as `decideQualityMark` does.
 */
export function proposeDecision(urn: string, evidence: CaseEvidence, parameters: DecisionParameters): Proposal {
  const { kind, safeguarding, accounts, framework } = evidence;
  if (kind !== "mainstream" && framework !== null) {
    const { decision, reasons, probabilityBelow } = decideByFramework(urn, framework.reasons, safeguarding, accounts);
    return { decision, reasons, probabilityBelow };
  }
  const measure = evidence.measureRefused === null ? evidence.measure : null;
  const measured = measure?.kind === "measured" ? measure : null;
  const decided = decideQualityMark({ school: urn, kind, measure: measured, safeguarding, accounts }, parameters);
  const without = withoutMeasure(evidence);
  const reasons = decided.reasons.map((reason) => (reason.code === "no-value-added" && without ? without : reason));
  return { decision: decided.decision, reasons, probabilityBelow: decided.probabilityBelow };
}

/** The reason why there is no figure, where it is known better than "there is none". */
function withoutMeasure({ measure, measureRefused }: CaseEvidence): Reason | null {
  if (measureRefused !== null) return { code: "measure-not-admitted", text: measureRefused };
  return measure?.kind === "not-measured" ? measure.reason : null;
}

/** What has not come, and since when: the audit since the last one ran out or the review began, the accounts since they were due. */
export function missingEvidence(
  evidence: CaseEvidence,
  since: { readonly safeguarding: CivilDate; readonly accounts: CivilDate; readonly measure: CivilDate },
): Missing[] {
  const missing: Missing[] = [];
  const add = (code: string, what: string, day: CivilDate) =>
    missing.push({ code, text: `${what} since ${dateInWords(day)}.`, since: day });
  if (evidence.kind !== "mainstream" && evidence.framework === null)
    add("framework-missing", "No framework for schools of this kind", since.measure);
  else if (evidence.framework !== null)
    for (const { text } of evidence.framework.reasons.filter(({ bearing }) => bearing === "missing"))
      missing.push({ code: "criterion-missing", text, since: since.measure });
  else if (evidence.measure === null) add("measure-missing", "No measured value added", since.measure);
  if (evidence.safeguarding === null)
    add("safeguarding-missing", "No safeguarding audit of the last year", since.safeguarding);
  if (evidence.accounts === null) add("accounts-missing", "No opinion on the accounts", since.accounts);
  return missing;
}

/** What keeps a school from being awarded the mark whatever its value added: missing is never passed. */
export function whatForbidsAward(evidence: CaseEvidence): string[] {
  const { kind, framework, measure, measureRefused, safeguarding, accounts } = evidence;
  const against: string[] = [];
  if (kind !== "mainstream" && framework === null) against.push("there is no framework for schools of its kind");
  if (framework?.reasons.some(({ bearing }) => bearing === "against")) against.push("a required criterion is not met");
  if (framework?.reasons.some(({ bearing }) => bearing === "missing"))
    against.push("a required criterion has not been looked at");
  if (kind === "mainstream" && (measure?.kind !== "measured" || measureRefused !== null))
    against.push("it has no value added that may decide");
  if (safeguarding === null) against.push("the year's safeguarding audit has not come");
  else if (safeguarding.outcome !== "secure") against.push("its safeguarding is not secure");
  if (accounts === null) against.push("the opinion on its accounts has not come");
  else if (accounts.opinion !== "unqualified") against.push("the opinion on its accounts is not unqualified");
  return against;
}
