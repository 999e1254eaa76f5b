import { addDays, type CivilDate } from "../../../kernel/index.js";
import type { Decision, DecisionParameters, Reason, SchoolKind } from "../decision.js";
import { addMonths } from "./mark.js";
import {
  type CaseEvidence,
  type MeasureEvidence,
  type Missing,
  missingEvidence,
  type Proposal,
  proposeDecision,
} from "./proposal.js";
import type { AccountsFound, AuditFound, FrameworkFound } from "./sources.js";

/** What the measured review keeps of a school. */
export interface MeasuredSchool {
  readonly urn: string;
  readonly kind: SchoolKind;
  readonly phase: string;
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
  readonly valueAdded: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly predictionError: number | null;
  readonly pupilEquivalents: number | null;
  readonly probabilityOtherwise: number | null;
}

/** What a case rests on, what the rule proposes on it, and what has not come. */
export interface Assessment {
  readonly evidence: CaseEvidence;
  readonly proposal: Proposal;
  readonly missing: readonly Missing[];
}

/** Codes of the reasons why a school has no figure. */
const withoutFigure = ["no-value-added", "pupils-too-few"];

function measureOf(school: MeasuredSchool): MeasureEvidence | null {
  const { valueAdded, lower, upper, predictionError, pupilEquivalents, probabilityOtherwise } = school;
  if (school.kind !== "mainstream") return null;
  if (valueAdded !== null && lower !== null && upper !== null && predictionError !== null && pupilEquivalents !== null)
    return { kind: "measured", valueAdded, lower, upper, predictionError, pupilEquivalents, probabilityOtherwise };
  const reason = school.reasons.find(({ code }) => withoutFigure.includes(code));
  return reason ? { kind: "not-measured", reason } : null;
}

/** The evidence of a school's case on a day, and what the rule says to it. */
export function assess(
  school: MeasuredSchool,
  beside: {
    readonly review: number;
    readonly measureRefused: string | null;
    readonly audit: AuditFound | null;
    /** The newest audit of the year before that: since it ran out there has been none. */
    readonly auditBefore: AuditFound | null;
    readonly accounts: AccountsFound | null;
    readonly accountsYearEnd: CivilDate;
    readonly accountsDue: CivilDate;
    readonly framework: FrameworkFound | null;
    readonly on: CivilDate;
  },
  parameters: DecisionParameters,
): Assessment {
  const { review, measureRefused, audit, auditBefore, accounts, accountsYearEnd, framework, on } = beside;
  const evidence: CaseEvidence = {
    ...{ kind: school.kind, review, phase: school.phase, measure: measureOf(school), measureRefused },
    ...{ safeguarding: audit, accounts, accountsYearEnd, framework },
  };
  const missing = missingEvidence(evidence, {
    safeguarding: auditBefore === null ? on : addMonths(auditBefore.on, 12),
    accounts: addDays(beside.accountsDue, 1),
    measure: on,
  });
  return { evidence, proposal: proposeDecision(school.urn, evidence, parameters), missing };
}
