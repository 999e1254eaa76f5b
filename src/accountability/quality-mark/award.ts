import { normalCdf } from "../../statistics/distributions/index.js";
import type { FrameworkReason } from "../specialist-framework/index.js";
import type { Decision, DecisionParameters, Reason, SchoolDecision, SchoolKind } from "./decision.js";
import {
  type AccountsEvidence,
  accountsFinding,
  type Finding,
  frameworkReason,
  type MeasuredValueAdded,
  type SafeguardingEvidence,
  safeguardingFinding,
  valueAddedFinding,
} from "./reasons.js";

/** All that the rule reads of a school. */
export interface QualityMarkInput {
  readonly school: string;
  readonly kind: SchoolKind;
  /** Null where no pupil's result counts for the school, or the fit found no variance between schools. */
  readonly measure: MeasuredValueAdded | null;
  /** Null where the audit has not come. */
  readonly safeguarding: SafeguardingEvidence | null;
  /** Null where the accounts have not come. */
  readonly accounts: AccountsEvidence | null;
}

/**
 * Decides a school's Quality Mark (proposal A2): value added, secure safeguarding and unqualified accounts.
 *
 * - Special schools, pupil referral units and alternative provision await the Expert Working Group's framework.
 * - Refused where value added is below the line with at least the refusal probability, or safeguarding is not secure, or
 *   the accounts are not unqualified. A value added that is not a number never passes.
 * - Otherwise, too few pupils are not enough evidence; otherwise, missing papers are awaited; otherwise awarded.
 *
 * The probability takes the value added as normal with its prediction error. The reasons are all of them: a refusal's are
 * what refuses and what is missing; any other decision's are what is missing, then what is met.
 *
 * @throws {RangeError} when a measure has no positive prediction error or its pupils are no count, or a parameter is out of
 *   range: a figure without uncertainty can't be judged by a rule about uncertainty.
 */
export function decideQualityMark(input: QualityMarkInput, parameters: DecisionParameters): SchoolDecision {
  checkParameters(parameters);
  const { school, kind } = input;
  const evidence = [safeguardingFinding(input.safeguarding), accountsFinding(input.accounts)];
  if (kind !== "mainstream") {
    const reasons = [frameworkReason(kind), ...evidence.map((found) => found.reason)];
    return { school, decision: "awaiting-framework", reasons, probabilityBelow: null };
  }
  const probability = probabilityBelow(input.measure, parameters);
  const findings = [valueAddedFinding(input.measure, probability, parameters), ...evidence];
  const decision = decisionOf(findings);
  return { school, decision, reasons: reasonsOf(findings, decision), probabilityBelow: probability };
}

/**
 * Decides a specialist school's Quality Mark by the framework of the Expert Working Group (A4), secure safeguarding and unqualified accounts:
 * refused where a required criterion is not met, or safeguarding or accounts are against it; awaiting evidence where something required has
 * not been looked at or has not come; otherwise awarded. What the framework says without weight is said last.
 */
export function decideByFramework(
  school: string,
  criteria: readonly FrameworkReason[],
  safeguarding: SafeguardingEvidence | null,
  accounts: AccountsEvidence | null,
): SchoolDecision {
  const weighing = criteria.flatMap(({ bearing, code, text }): Finding[] =>
    bearing === "aside" ? [] : [{ bearing, reason: { code, text } }],
  );
  const aside = criteria.filter(({ bearing }) => bearing === "aside").map(({ code, text }) => ({ code, text }));
  const findings = [...weighing, safeguardingFinding(safeguarding), accountsFinding(accounts)];
  const decision = decisionOf(findings);
  return { school, decision, reasons: [...reasonsOf(findings, decision), ...aside], probabilityBelow: null };
}

/** What refuses and what is missing of a refusal; everything of any other decision, what is missing first. */
function reasonsOf(findings: readonly Finding[], decision: Decision): Reason[] {
  const listed = findings.filter((found) => decision !== "refused" || found.bearing !== "for");
  return order.flatMap((bearing) => listed.filter((found) => found.bearing === bearing).map((found) => found.reason));
}

const order: readonly Finding["bearing"][] = ["against", "too-few", "missing", "for"];

function decisionOf(findings: readonly Finding[]): Decision {
  const has = (bearing: Finding["bearing"]) => findings.some((found) => found.bearing === bearing);
  if (has("against")) return "refused";
  if (has("too-few")) return "not-enough-evidence";
  return has("missing") ? "awaiting-evidence" : "awarded";
}

/** Probability that the value added is below the line; null where pupils are too few or it is not a number. */
function probabilityBelow(measure: MeasuredValueAdded | null, parameters: DecisionParameters): number | null {
  if (measure === null) return null;
  const { valueAdded, predictionError, pupilEquivalents } = measure;
  if (!(predictionError > 0) || predictionError === Number.POSITIVE_INFINITY)
    throw new RangeError(`a value added is judged with its prediction error, above 0; got ${predictionError}`);
  if (!(pupilEquivalents >= 0)) throw new RangeError(`pupil-equivalents must be 0 or more, got ${pupilEquivalents}`);
  if (pupilEquivalents < parameters.fewestPupilEquivalents || !Number.isFinite(valueAdded)) return null;
  return normalCdf((parameters.line - valueAdded) / predictionError);
}

function checkParameters({ line, refusalProbability, fewestPupilEquivalents }: DecisionParameters): void {
  if (!Number.isFinite(line)) throw new RangeError(`the line must be a number, got ${line}`);
  if (!(refusalProbability > 0 && refusalProbability < 1))
    throw new RangeError(`the refusal probability must be between 0 and 1, got ${refusalProbability}`);
  if (!(fewestPupilEquivalents >= 0))
    throw new RangeError(`the fewest pupils must be 0 or more, got ${fewestPupilEquivalents}`);
}
