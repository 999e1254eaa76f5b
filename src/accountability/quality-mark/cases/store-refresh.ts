import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { type CivilDate, dateInWords } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { type Actor, systemActor } from "../../../platform/identity/index.js";
import type { SafeguardingOutcome } from "../decision.js";
import { urnsOfSameSchools } from "../exemption/same-school.js";
import type { CaseCommand, CaseState } from "./case.js";
import type { Assessment } from "./evidence.js";
import { proposeDecision } from "./proposal.js";
import type { AuditFound, EvidenceSources } from "./sources.js";
import { sourcesOfRecord } from "./sources-of-record.js";
import { caseOfRow, type PreparedChange, prepareChange, type StoredCase, writeChanges } from "./store-case.js";
import { assessSchools, inputsHashOf, measuredOf, type RulesOfReview, rulesOf } from "./store-open.js";
import { caseTable } from "./tables.js";

/** Where a case still takes newer evidence. */
const takesEvidence: readonly CaseState[] = ["open", "with-school", "ready", "second-reader"];

/** What a new outcome of safeguarding asks of a case, beside its evidence; null where it asks nothing. */
export function asksOf(found: StoredCase, audit: AuditFound, on: CivilDate): CaseCommand | null {
  const { mark, state, decision } = found;
  const said = `The safeguarding audit of ${dateInWords(audit.on)} found safeguarding`;
  const holds = mark !== null && mark.until !== null && on < mark.until;
  if (audit.outcome === "not-secure") {
    if (holds && mark.state === "awarded" && audit.on >= mark.from)
      return { kind: "suspend", words: `${said} not secure.` };
    if (state === "decided" && decision?.decision === "awarded")
      return { kind: "recall", words: `${said} not secure before the decision was published.` };
  } else if (holds && mark.state === "suspended" && mark.suspendedOn !== null && audit.on >= mark.suspendedOn)
    return { kind: "restore", words: `${said} secure.` };
  return null;
}

/** The commands on a case one after the other; a refused one is passed over, since the program asks again. */
function prepared(found: StoredCase, commands: readonly CaseCommand[], actor: Actor, at: Date): PreparedChange | null {
  let [after, events]: [StoredCase, PreparedChange["events"]] = [found, []];
  for (const command of commands) {
    const made = prepareChange(after, { command, actor, at });
    if (made.ok) [after, events] = [made.value.after, [...events, ...made.value.events]];
  }
  return events.length === 0 ? null : { before: found, after, events };
}

/** What was assessed, with the corrected figure of a case whose corrections were accepted: the review doesn't know of them. */
function keptCorrections(
  found: StoredCase,
  assessed: Assessment & { readonly inputsHash: string },
  rules: RulesOfReview,
): Assessment & { readonly inputsHash: string } {
  const { measure, review } = found.evidence;
  if (measure?.kind !== "measured" || measure.corrections === undefined || review !== assessed.evidence.review)
    return assessed;
  const evidence = { ...assessed.evidence, measure };
  const proposal = proposeDecision(found.urn, evidence, rules(evidence.phase));
  return { ...assessed, evidence, proposal, inputsHash: inputsHashOf({ evidence }, rules) };
}

/**
 * Brings cases up to the newest evidence: undecided ones take it, with the rule's new proposal; a mark is suspended or restored
 * by a newer audit, and an award that is not public yet is taken back. A decision is never changed.
 *
 * @param cases of one year's review, locked
 * @returns how many were changed
 */
export async function refreshCases(
  queries: Queries,
  cases: readonly StoredCase[],
  review: number,
  sources: EvidenceSources,
  actor: Actor,
  at: Date,
): Promise<number> {
  const on = dayInEngland(at);
  const urns = cases.map(({ urn }) => urn);
  const schools = await measuredOf(queries, review, urns);
  const rules = await rulesOf(queries, review);
  const assessed = await assessSchools(queries, schools, { reviewId: review }, on, sources, rules);
  const changes = cases.flatMap((found) => {
    const assessment = assessed.get(found.urn);
    if (!assessment) return [];
    const { evidence, proposal, inputsHash } = keptCorrections(found, assessment, rules);
    const audit = evidence.safeguarding;
    const asked = audit === null ? null : asksOf(found, audit, on);
    // A day of "since" that was written down stays: only what is newly missing begins to be late.
    const missing = assessment.missing.map((one) => found.missing.find(({ code }) => code === one.code) ?? one);
    const update: CaseCommand = { kind: "update-evidence", evidence, proposal, missing, inputsHash };
    const takes = takesEvidence.includes(found.state) || asked?.kind === "recall";
    const change = prepared(found, [...(asked ? [asked] : []), ...(takes ? [update] : [])], actor, at);
    return change ? [change] : [];
  });
  await writeChanges(queries, changes, actor, at);
  return changes.length;
}

/** The next cases of a year in order of URN, locked until the transaction ends. */
export async function lockNextCases(
  queries: Queries,
  academicYear: string,
  after: string,
  limit: number,
): Promise<StoredCase[]> {
  const rows = await queries
    .select()
    .from(caseTable)
    .where(and(eq(caseTable.academicYear, academicYear), gt(caseTable.urn, after)))
    .orderBy(asc(caseTable.urn))
    .limit(limit)
    .for("update");
  return rows.map(caseOfRow);
}

/**
 * Told when the outcomes of schools' safeguarding audits are signed or corrected, in the same transaction: marks are suspended or
 * restored at once, and open cases take the outcomes. A mark under another URN of the same school is meant as well.
 */
export async function outcomesSigned(
  queries: Queries,
  urns: readonly string[],
  now: Date,
  sources: EvidenceSources = sourcesOfRecord,
): Promise<void> {
  const others = await urnsOfSameSchools(queries, urns, dayInEngland(now));
  const all = new Set([...urns, ...[...others.values()].flat()]);
  const rows = await queries
    .select()
    .from(caseTable)
    .where(inArray(caseTable.urn, [...all]))
    .orderBy(asc(caseTable.academicYear), asc(caseTable.urn))
    .for("update");
  const groups = new Map<string, StoredCase[]>();
  for (const found of rows.map(caseOfRow)) {
    const key = `${found.academicYear} ${found.evidence.review}`;
    groups.set(key, [...(groups.get(key) ?? []), found]);
  }
  for (const cases of groups.values())
    await refreshCases(queries, cases, cases[0]!.evidence.review, sources, systemActor("safeguarding-audits"), now);
}

/** Told when the outcome of one school's audit is signed or corrected. */
export async function outcomeSigned(
  queries: Queries,
  urn: string,
  _outcome: SafeguardingOutcome,
  _on: CivilDate,
  now: Date,
  sources: EvidenceSources = sourcesOfRecord,
): Promise<void> {
  await outcomesSigned(queries, [urn], now, sources);
}
