import { createHash } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import {
  type AuthorityCode,
  canonicalJson,
  err,
  type Json,
  ok,
  type Problem,
  type Result,
} from "../../../kernel/index.js";
import { type Queries, updateMany } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import type { Actor } from "../../../platform/identity/index.js";
import { appendMany, type Entry, StaleStream } from "../../../platform/log/index.js";
import type { SchoolKind } from "../decision.js";
import { plainWords } from "../store-words.js";
import type { CaseCommand, CaseEvent, CaseRefusal, Doer, SchoolCase } from "./case.js";
import { caseParametersOn } from "./parameters.js";
import { problemCodes } from "./problem-codes.js";
import { caseTable, yearReviewTable } from "./tables.js";
import { changeCaseState } from "./transitions.js";

/** What a school was when the year's review opened. */
export interface CaseSchool {
  readonly name: string;
  readonly phase: string;
  readonly kind: SchoolKind;
  readonly authorityCode: AuthorityCode;
  readonly regionCode: string;
  readonly trustUid: string | null;
}

/** A case as it is kept: with its school, and the hash of what its proposal was made from. */
export interface StoredCase extends SchoolCase {
  readonly school: CaseSchool;
  /** SHA-256 of the evidence and the parameters of the proposal: 64 hexadecimal digits. */
  readonly inputsHash: string;
  readonly changedAt: string;
}

/** Which case: a school and an academic year as `2025/26`. */
export interface CaseKey {
  readonly urn: string;
  readonly academicYear: string;
}

/** The stream of a case in the log, as `quality-mark/case/2025-26/100123`. */
export const streamOf = ({ urn, academicYear }: CaseKey): string =>
  `quality-mark/case/${academicYear.replace("/", "-")}/${urn}`;

/** A value as JSON keeps it; what is undefined is left out. */
export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;

/** SHA-256 of the canonical JSON of a value: 64 hexadecimal digits. */
export const hashOfJson = (value: unknown): string =>
  createHash("sha256")
    .update(canonicalJson(asJson(value)))
    .digest("hex");

/** Who an actor is in a case's record. @throws {RangeError} for the public: nobody unknown changes a case. */
export function doerOf(actor: Actor): Doer {
  if (actor.kind === "person") return { id: actor.id, name: actor.name };
  if (actor.kind === "system") return { id: `system:${actor.name}`, name: actor.name };
  throw new RangeError("a case is changed by somebody who is known");
}

type CaseRow = typeof caseTable.$inferSelect;

/** A row as the case it keeps. */
export function caseOfRow(row: CaseRow): StoredCase {
  const { urn, academicYear, version, state, evidence, missing, answerBy, representations, corrections, appeal } = row;
  const { name, phase, kind, authorityCode, regionCode, trustUid, inputsHash, changedAt } = row;
  const mark =
    row.markState === null || row.markFrom === null || row.markDecision === null
      ? null
      : {
          ...{ decision: row.markDecision, reasons: row.markReasons ?? [] },
          ...{ state: row.markState, from: row.markFrom, until: row.markUntil, words: row.markWords },
          ...{ suspendedOn: row.markSuspendedOn, endedOn: row.markEndedOn },
        };
  return {
    ...{ urn, academicYear, version, state, evidence, missing, answerBy, representations, corrections, appeal, mark },
    proposal: { decision: row.proposed, reasons: row.reasons, probabilityBelow: row.probabilityBelow },
    decision: row.decided,
    publication: row.publicationId,
    school: { name, phase, kind, authorityCode, regionCode, trustUid },
    ...{ inputsHash, changedAt },
  };
}

/** A case as its row. */
export function rowOfCase(found: StoredCase): typeof caseTable.$inferInsert {
  const { proposal, decision, mark, publication, school, ...own } = found;
  return {
    ...own,
    ...school,
    sortName: plainWords(school.name),
    ...{ proposed: proposal.decision, reasons: proposal.reasons, probabilityBelow: proposal.probabilityBelow },
    ...{ decided: decision, decision: found.appeal?.outcome?.decision ?? decision?.decision ?? null },
    ...{ markState: mark?.state ?? null, markFrom: mark?.from ?? null, markUntil: mark?.until ?? null },
    ...{ markSuspendedOn: mark?.suspendedOn ?? null, markEndedOn: mark?.endedOn ?? null },
    ...{ markWords: mark?.words ?? null, markDecision: mark?.decision ?? null, markReasons: mark?.reasons ?? null },
    publicationId: publication,
  };
}

const isCase = ({ urn, academicYear }: CaseKey) =>
  and(eq(caseTable.urn, urn), eq(caseTable.academicYear, academicYear));

/** The case of a school in a year; null where there is none, or none that whoever asks may reach. */
export async function loadCase(queries: Queries, key: CaseKey): Promise<StoredCase | null> {
  const [row] = await queries.select().from(caseTable).where(isCase(key));
  return row ? caseOfRow(row) : null;
}

/** The newest case of a school, whatever its year; null as with {@link loadCase}. */
export async function loadNewestCase(queries: Queries, urn: string): Promise<StoredCase | null> {
  const [row] = await queries
    .select()
    .from(caseTable)
    .where(eq(caseTable.urn, urn))
    .orderBy(sql`${caseTable.academicYear} desc`)
    .limit(1);
  return row ? caseOfRow(row) : null;
}

/** A case changed by a command, before it is written. */
export interface PreparedChange {
  readonly before: StoredCase;
  readonly after: StoredCase;
  /** One a version, in order. */
  readonly events: readonly CaseEvent[];
}

/** Where a case lies, for the log: only who reaches it reads its events. */
export const logPlaceOf = ({ urn, school }: Pick<StoredCase, "urn" | "school">) => ({
  ...{ urn, region: school.regionCode },
  ...(school.trustUid === null ? {} : { trust: school.trustUid }),
});

/** The rows of changed cases with their keys and every column that has changed in one of them: the evidence is long, and mostly stays. */
function changedColumns(changes: readonly PreparedChange[]): Partial<typeof caseTable.$inferInsert>[] {
  const rows = changes.map(({ before, after }) => [rowOfCase(before), rowOfCase(after)] as const);
  const names = Object.keys(rows[0]![1]) as (keyof typeof caseTable.$inferInsert)[];
  const kept = new Set(
    names.filter(
      (name) =>
        name === "urn" || name === "academicYear" || rows.some(([before, after]) => before[name] !== after[name]),
    ),
  );
  return rows.map(([, after]) => Object.fromEntries(Object.entries(after).filter(([name]) => kept.has(name as never))));
}

/** Writes changed cases and their events, in the caller's transaction: rows first, the log last. */
export async function writeChanges(
  queries: Queries,
  changes: readonly PreparedChange[],
  actor: Actor,
  at: Date,
): Promise<void> {
  if (changes.length === 0) return;
  await updateMany(queries, caseTable, changedColumns(changes));
  const shown = changes.filter(({ before, after }) => before.publication !== null && before.mark !== after.mark);
  for (const year of new Set(shown.map(({ before }) => before.academicYear))) await marksChanged(queries, year);
  await appendMany(
    queries,
    changes.map(
      ({ before, events }): Entry => ({
        ...{ stream: streamOf(before), expected: before.version, actor, at, place: logPlaceOf(before) },
        events: events.map(({ kind, body }) => ({ kind, body: asJson(body) })),
      }),
    ),
  );
}

/** Says that public marks of a year have changed: what is kept of them no longer holds. */
export async function marksChanged(queries: Queries, academicYear: string): Promise<void> {
  await queries.execute(
    sql`update ${yearReviewTable} set marks_version = marks_version + 1 where academic_year = ${academicYear}`,
  );
}

/** The problems of a case's refusals. */
export function problemsOf(key: CaseKey, refusals: readonly CaseRefusal[]): Problem[] {
  const place = `case ${key.academicYear} of ${key.urn}`;
  return refusals.map(({ code, message }) => ({ code, place, message, remedy: problemCodes[code].remedy }));
}

/** A step to be taken with a case. */
export interface CaseStep extends CaseKey {
  /** The version that was seen when the step was chosen; null takes it as it stands, for steps of the program. */
  readonly expected: number | null;
  readonly command: CaseCommand;
  readonly actor: Actor;
  readonly at: Date;
}

/**
 * Takes one step with a case inside the caller's transaction: the row and the event are written together, or nothing is.
 * Whether the actor may do it is the service's question; what the case allows is answered here.
 *
 * @returns the case after the step, or every reason why not
 * @throws {StaleStream} when somebody else has changed the case since `expected`.
 */
export async function changeCase(queries: Queries, step: CaseStep): Promise<Result<StoredCase, readonly Problem[]>> {
  const [row] = await queries.select().from(caseTable).where(isCase(step)).for("update");
  if (!row) return err([caseUnknown(step)]);
  const before = caseOfRow(row);
  if (step.expected !== null && step.expected !== before.version)
    throw new StaleStream(streamOf(step), step.expected, before.version);
  const prepared = prepareChange(before, step);
  if (!prepared.ok) return prepared;
  await writeChanges(queries, [prepared.value], step.actor, step.at);
  return ok(prepared.value.after);
}

/** What is answered where there is no such case, or none that whoever asks may reach: the two look the same from outside. */
export const caseUnknown = ({ urn, academicYear }: CaseKey): Problem => ({
  code: "case-unknown",
  place: `case ${academicYear} of ${urn}`,
  message: `there is no case of the school ${urn} in the year ${academicYear} that you may reach`,
  remedy: problemCodes["case-unknown"].remedy,
});

/** A case after a command, not yet written. */
export function prepareChange(
  before: StoredCase,
  { command, actor, at }: Pick<CaseStep, "command" | "actor" | "at">,
): Result<PreparedChange, readonly Problem[]> {
  const on = dayInEngland(at);
  const made = changeCaseState(before, command, { by: doerOf(actor), on, parameters: caseParametersOn(on) });
  if (!made.ok) return err(problemsOf(before, made.error));
  const { next, event } = made.value;
  const inputsHash = command.kind === "update-evidence" ? command.inputsHash : before.inputsHash;
  return ok({
    ...{ before, events: [event] },
    after: { ...next, school: before.school, inputsHash, changedAt: at.toISOString() },
  });
}

/** Cases of one year by URN, locked until the transaction ends, in order of URN so that two who lock many never wait for each other. */
export async function lockCases(
  queries: Queries,
  academicYear: string,
  urns: readonly string[],
): Promise<StoredCase[]> {
  const rows = await queries
    .select()
    .from(caseTable)
    .where(and(eq(caseTable.academicYear, academicYear), inArray(caseTable.urn, [...urns])))
    .orderBy(caseTable.urn)
    .for("update");
  return rows.map(caseOfRow);
}
