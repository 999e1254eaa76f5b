import type { Urn } from "../../kernel/index.js";
import { type CivilDate, err, type Json, ok, type Problem, type Result, valueOn } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { dayInEngland, HttpError } from "../../platform/http/index.js";
import { type Actor, actFor, holdsRole } from "../../platform/identity/index.js";
import { appendEvents } from "../../platform/log/index.js";
import { findAuthority, findSchool, groupsOfSchool, type School } from "../../register/index.js";
import { type Audit, inState, type SavedAnswer } from "./audit.js";
import { type Bar, barOfContinuity, barsBetween, type SchoolTies } from "./interests.js";
import { mayAct, type Officer } from "./officer.js";
import type { Answer } from "./outcome.js";
import { evidenceMonths, yearsAfterGoverning, yearsAfterWorking, yearsRunning } from "./parameters.js";
import { notAllowed, problem } from "./problems.js";
import { type AuditedSchool, findRequirement, type Section, sectionsFor } from "./standard.js";
import { standardOf, standardOn } from "./standards.js";
import {
  actionsOfAudits,
  answersOf,
  changeAudit,
  findAudit,
  findSubmission,
  type KeptAction,
  type Preparation,
  pastAudits,
  preparationsOf,
  putAnswer,
  putSubmission,
} from "./store-audits.js";
import { evidenceOf, type ListedEvidence } from "./store-evidence.js";
import { findOfficer, type KeptOfficer, officerOfPerson, tiePerson } from "./store-officers.js";

/** What a school is to the audit. */
export interface SchoolOfAudit {
  readonly school: School;
  readonly ties: SchoolTies;
  readonly asked: AuditedSchool;
  readonly region: string | null;
}

const kinds: readonly (readonly [RegExp, AuditedSchool["kind"]])[] = [
  [/pupil referral/i, "pupil-referral-unit"],
  [/alternative provision/i, "alternative-provision"],
  [/special/i, "special"],
];

/** What the standard and the interests need to know of a school of the register. */
export function describeForAudit(school: School, trusts: readonly string[]): SchoolOfAudit {
  const kind = kinds.find(([pattern]) => pattern.test(school.type))?.[1] ?? "mainstream";
  const boards = /^(boarding|children's home|yes)/i.test(school.boarders ?? "");
  const maintained = !/academy|free school|city technology/i.test(school.type);
  return {
    school,
    ties: { urn: school.urn, trusts, authority: school.authority, maintained },
    asked: { kind, lowAge: school.lowAge, highAge: school.highAge, boards },
    region: findAuthority(school.authority)?.region ?? null,
  };
}

/** The school of an audit as the register has it on a day. @throws {HttpError} 404 where it has no such school. */
export async function schoolOfAudit(queries: Queries, urn: string, on: CivilDate): Promise<SchoolOfAudit> {
  const school = await findSchool(queries, urn as Urn);
  if (!school) throw new HttpError(404, "school-unknown", `The register has no school "${urn}".`);
  const groups = await groupsOfSchool(queries, school.urn, on);
  return describeForAudit(
    school,
    groups.map(({ uid }) => uid),
  );
}

/** Ties a signed-in officer to the register of officers, where that has not been done; outside of any transaction. */
export async function knowOfficer(database: Database, actor: Actor): Promise<void> {
  if (actor.kind !== "person" || !holdsRole(actor, ["safeguarding-officer"])) return;
  if ((await officerOfPerson(database.queries, actor.id)) === null) await tiePerson(database.queries, actor.id);
}

/** A transaction held to what the actor reaches, with the officer tied. */
export async function acting<T>(database: Database, actor: Actor, work: (queries: Queries) => Promise<T>): Promise<T> {
  await knowOfficer(database, actor);
  return database.queries.transaction(async (queries) => {
    await actFor(queries, actor);
    return work(queries);
  });
}

/** The officer that acts: the person's own, or for the program whoever the audit is with. */
export async function actingOfficer(queries: Queries, actor: Actor, charter: string): Promise<KeptOfficer | null> {
  if (actor.kind === "system") return findOfficer(queries, charter);
  return actor.kind === "person" && holdsRole(actor, ["safeguarding-officer"])
    ? officerOfPerson(queries, actor.id)
    : null;
}

const nothing = (id: string): Problem =>
  problem("audit-unknown", `audit ${id}`, "there is no such audit within your reach");

/** The audit, locked, where the actor is its officer. */
export async function ownAudit(
  queries: Queries,
  actor: Actor,
  id: string,
): Promise<Result<{ audit: Audit; officer: KeptOfficer }, Problem>> {
  const audit = await findAudit(queries, id, "lock");
  if (!audit) return err(nothing(id));
  const officer = await actingOfficer(queries, actor, audit.officer);
  return officer?.charter === audit.officer
    ? ok({ audit, officer })
    : err(notAllowed("working on this audit", "the officer to whom it is assigned"));
}

/** The audit, locked, where the actor is its officer and it stands where something may be done. */
export async function ownAuditIn(
  queries: Queries,
  actor: Actor,
  id: string,
  state: Audit["state"],
  what: string,
): Promise<Result<{ audit: Audit; officer: KeptOfficer }, readonly Problem[]>> {
  const own = await ownAudit(queries, actor, id);
  if (!own.ok) return err([own.error]);
  const right = inState(own.value.audit, [state], what);
  return right.ok ? ok(own.value) : err([right.error]);
}

/** What is wrong with a requirement that is named for a begun audit; null where its standard has it. */
export function requirementFault({ id, standard }: Audit, requirement: string): Problem | null {
  if (findRequirement(standardOf(standard!), requirement)) return null;
  return problem("requirement-unknown", `audit ${id}`, `the standard ${standard} has no requirement ${requirement}`);
}

/** Moves an audit on and writes what happened in the log, last. */
export async function recordAudit(
  queries: Queries,
  audit: Audit,
  change: Partial<Audit>,
  event: { readonly actor: Actor; readonly at: Date; readonly kind: string; readonly body: Json },
): Promise<Audit> {
  const next = await changeAudit(queries, audit, change);
  await appendEvents(queries, {
    stream: `safeguarding/audit/${audit.id}`,
    expected: audit.version,
    actor: event.actor,
    at: event.at,
    events: [{ kind: event.kind, body: event.body }],
  });
  return next;
}

/** Why an officer may not audit a school on a day. */
export async function barsOf(
  queries: Queries,
  officer: Officer,
  ties: SchoolTies,
  year: number,
  on: CivilDate,
): Promise<readonly Bar[]> {
  const waiting = {
    afterWorking: valueOn(yearsAfterWorking, on).value,
    afterGoverning: valueOn(yearsAfterGoverning, on).value,
  };
  const years = (await pastAudits(queries, [ties.urn], year))
    .filter((one) => one.officer === officer.charter)
    .map((one) => one.year);
  const continuity = barOfContinuity(years, year, valueOn(yearsRunning, on).value);
  return [...barsBetween(officer.interests, ties, on, waiting), ...(continuity ? [continuity] : [])];
}

/** Whether an officer may act on an audit on a day: the charter holds and nothing bars. */
export async function mayAudit(
  queries: Queries,
  officer: Officer,
  audit: Audit,
  on: CivilDate,
): Promise<readonly Problem[]> {
  const charter = mayAct(officer, on);
  const { ties } = await schoolOfAudit(queries, audit.urn, on);
  const bars = await barsOf(queries, officer, ties, audit.year, on);
  return [
    ...(charter.ok ? [] : [charter.error]),
    ...bars.map((bar) =>
      problem("officer-barred", `charter ${officer.charter}, school ${audit.urn}`, bar.text.replace(/\.$/, "")),
    ),
  ];
}

/** Begins an audit: from here it keeps the version of the standard of the day. */
export function beginAudit(
  database: Database,
  actor: Actor,
  id: string,
  now: Date,
): Promise<Result<Audit, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const own = await ownAuditIn(queries, actor, id, "planned", "beginning");
    if (!own.ok) return own;
    const { audit, officer } = own.value;
    const on = dayInEngland(now);
    const problems = await mayAudit(queries, officer, audit, on);
    if (problems.length > 0) return err(problems);
    const standard = standardOn(on).version;
    const change = { state: "begun", standard, begunOn: on } as const;
    return ok(
      await recordAudit(queries, audit, change, {
        actor,
        at: now,
        kind: "audit-begun",
        body: { standard, officer: officer.charter },
      }),
    );
  });
}

/** An answer as a form or a device sends it. */
export interface SentAnswer extends Answer {
  /** The version of the answer that it changes; 0 where there was none. */
  readonly base: number;
  /** Made by whoever sends: the same again is not saved twice. */
  readonly client: string;
}

/** What became of a sent answer. */
export type AnswerReceipt =
  | { readonly kind: "saved"; readonly version: number }
  /** Somebody (another device of the officer's) changed it meanwhile; nothing was overwritten. */
  | { readonly kind: "conflict"; readonly current: SavedAnswer };

/** Saves an answer of a begun audit, whole or not: an unfinished one is kept as it is and asked for again at the end. */
export function saveAnswer(
  database: Database,
  actor: Actor,
  id: string,
  sent: SentAnswer,
  now: Date,
): Promise<Result<AnswerReceipt, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const own = await ownAudit(queries, actor, id);
    if (!own.ok) return err([own.error]);
    const { audit, officer } = own.value;
    const before = await findSubmission(queries, sent.client);
    if (before?.audit === id && before.requirement === sent.requirement)
      return ok({ kind: "saved", version: before.version });
    if (before !== null)
      return err([
        problem(
          "submission-elsewhere",
          `audit ${id}`,
          `the id ${sent.client} came with the answer on ${before.requirement} of audit ${before.audit}`,
        ),
      ]);
    const right = inState(audit, ["begun"], "answering");
    if (!right.ok) return err([right.error]);
    const fault = requirementFault(audit, sent.requirement);
    if (fault) return err([fault]);
    const current = (await answersOf(queries, id)).get(sent.requirement);
    if ((current?.version ?? 0) !== sent.base) {
      if (current) return ok({ kind: "conflict", current });
      return err([
        problem("requirement-unknown", `audit ${id}`, `there is no version ${sent.base} of ${sent.requirement}`),
      ]);
    }
    const { base, client, ...answer } = sent;
    const version = base + 1;
    await putAnswer(queries, id, { ...answer, version }, officer.charter, now);
    await putSubmission(queries, { client, audit: id, requirement: sent.requirement, version }, now);
    // What was found about children and adults stays out of the log, which nobody may ever erase.
    const body = { requirement: sent.requirement, version, judgement: sent.judgement };
    await recordAudit(queries, audit, {}, { actor, at: now, kind: "answer-saved", body });
    return ok({ kind: "saved", version });
  });
}

/** Everything of an audit that its reader may see. */
export interface AuditView {
  readonly audit: Audit;
  readonly about: SchoolOfAudit;
  readonly officer: KeptOfficer | null;
  /** Who looks, where that is an officer. */
  readonly viewer: KeptOfficer | null;
  readonly sections: readonly Section[];
  readonly answers: ReadonlyMap<string, SavedAnswer>;
  readonly preparations: ReadonlyMap<string, Preparation>;
  readonly actions: readonly KeptAction[];
  readonly files: readonly ListedEvidence[];
  /** For how many months after its signature an audit's files are kept. */
  readonly fileMonths: number;
}

/** Reads an audit as far as the actor reaches. */
export function viewAudit(
  database: Database,
  actor: Actor,
  id: string,
  now: Date,
): Promise<Result<AuditView, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const audit = await findAudit(queries, id);
    if (!audit) return err([nothing(id)]);
    const on = dayInEngland(now);
    const about = await schoolOfAudit(queries, audit.urn, on);
    const standard = audit.standard === null ? standardOn(on) : standardOf(audit.standard);
    return ok({
      audit,
      about,
      officer: await findOfficer(queries, audit.officer),
      viewer: await actingOfficer(queries, actor, audit.officer),
      sections: sectionsFor(standard, about.asked),
      answers: await answersOf(queries, id),
      preparations: await preparationsOf(queries, id),
      actions: await actionsOfAudits(queries, [id]),
      files: await evidenceOf(queries, id),
      fileMonths: valueOn(evidenceMonths, on).value,
    });
  });
}
