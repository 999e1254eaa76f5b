import { type CivilDate, err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { CharterNumber } from "./officer.js";
import {
  type Answer,
  answerFault,
  decideAudit,
  type Outcome,
  type OutcomeDecision,
  type OutcomeReason,
} from "./outcome.js";
import { problem } from "./problems.js";
import type { SampleDraw, SecondReading } from "./second-reading.js";
import type { Section } from "./standard.js";

/** The year's audit, or one that follows an outcome that was not secure. */
export type AuditKind = "annual" | "re-audit";

/** Planned, begun on the day in the school, being read by a second officer, signed. */
export type AuditState = "planned" | "begun" | "reading" | "signed";

/** An audit as it is kept. */
export interface Audit {
  /** As `2026-27-900123-1`. */
  readonly id: string;
  readonly urn: string;
  readonly year: number;
  readonly kind: AuditKind;
  readonly region: string;
  readonly trust: string | null;
  readonly officer: CharterNumber;
  /** The version of the standard; null until it is begun. */
  readonly standard: string | null;
  readonly state: AuditState;
  readonly plannedOn: CivilDate | null;
  readonly begunOn: CivilDate | null;
  readonly submittedOn: CivilDate | null;
  readonly secondReader: CharterNumber | null;
  readonly readingWhy: SecondReading | null;
  readonly draw: SampleDraw | null;
  readonly readerWords: string;
  readonly outcome: Outcome | null;
  readonly reasons: readonly OutcomeReason[] | null;
  readonly signedOn: CivilDate | null;
  readonly version: number;
}

/** An answer with the version that it has reached. */
export interface SavedAnswer extends Answer {
  readonly version: number;
}

/** The id of the n-th audit of a school in the academic year that begins in `year`. */
export function auditId(year: number, urn: string, number: number): string {
  return `${year}-${String((year + 1) % 100).padStart(2, "0")}-${urn}-${number}`;
}

/** The part of an id that an address shows behind its school's: `2026-27-1`. */
export function auditNumber(id: string): string {
  return id.replace(/-\d{6}-/, "-");
}

/** The id of a school's audit from its address, or null where the address is no such thing. */
export function auditOfAddress(urn: string, number: string): string | null {
  const match = /^(\d{4}-\d{2})-(\d{1,3})$/.exec(number);
  return match ? `${match[1]}-${urn}-${match[2]}` : null;
}

/** The states in which something may be done, for the refusal. */
export function inState(audit: Audit, states: readonly AuditState[], what: string): Result<Audit, Problem> {
  return states.includes(audit.state)
    ? ok(audit)
    : err(
        problem(
          "audit-in-another-state",
          `audit ${audit.id}`,
          `${what} is for an audit that is ${states.join(" or ")}; this one is ${audit.state}`,
        ),
      );
}

/** How far a section has come. */
export function sectionProgress(
  section: Section,
  answers: ReadonlyMap<string, Answer>,
): { readonly done: number; readonly of: number; readonly state: "not-started" | "started" | "done" } {
  const sound = section.requirements.filter((one) => {
    const answer = answers.get(one.id);
    return answer !== undefined && answerFault(answer, one) === null;
  }).length;
  const begun = section.requirements.some((one) => answers.has(one.id));
  const of = section.requirements.length;
  return { done: sound, of, state: sound === of ? "done" : begun ? "started" : "not-started" };
}

/** What an audit comes to, or every answer that is missing or can't stand. */
export function completeAudit(
  sections: readonly Section[],
  answers: ReadonlyMap<string, Answer>,
  openSeriousActions: number,
): Result<OutcomeDecision, readonly Problem[]> {
  const problems = sections.flatMap((section) =>
    section.requirements.flatMap((requirement): Problem[] => {
      const answer = answers.get(requirement.id);
      const place = `${section.title}: ${requirement.id}`;
      if (!answer) return [problem("answer-missing", place, "there is no answer yet")];
      const fault = answerFault(answer, requirement);
      return fault === null ? [] : [problem("answer-incomplete", place, `the answer ${fault}`)];
    }),
  );
  return problems.length > 0 ? err(problems) : ok(decideAudit(sections, [...answers.values()], openSeriousActions));
}
