import { type CivilDate, err, ok, type Problem, type Result, valueOn } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/http/index.js";
import { type Actor, holdsRole } from "../../platform/identity/index.js";
import { actionsOf } from "./actions.js";
import { type Audit, auditId, completeAudit, inState } from "./audit.js";
import type { CharterNumber } from "./officer.js";
import type { Outcome } from "./outcome.js";
import { actionDays, openSeriousActions, secondReadingRate } from "./parameters.js";
import { notAllowed, problem } from "./problems.js";
import { drawSample, secondReadingOf } from "./second-reading.js";
import { acting, actingOfficer, mayAudit, ownAuditIn, recordAudit, schoolOfAudit } from "./service-audits.js";
import { sectionsFor } from "./standard.js";
import { standardOf } from "./standards.js";
import {
  addAudits,
  addOutcome,
  answersOf,
  countOfYear,
  findAudit,
  putActions,
  readersOfRegion,
  stepBack,
} from "./store-audits.js";
import { findOfficer } from "./store-officers.js";

/** What others are told when an outcome is signed or corrected, in the same transaction. */
export interface SafeguardingPorts {
  outcomeSigned(queries: Queries, urn: string, outcome: Outcome, on: CivilDate, now: Date): Promise<void>;
}

/** Nobody is told. */
export const noPorts: SafeguardingPorts = { outcomeSigned: async () => {} };

/** The seed of a year's sample; published when the year's audits are over. */
export const seedOfYear = (year: number) => (year * 2_654_435_761) % 4_294_967_296;

/** Another officer of the region whose charter holds and whom nothing bars, with the fewest readings. */
async function chooseReader(queries: Queries, audit: Audit, on: CivilDate): Promise<CharterNumber | null> {
  for (const charter of await readersOfRegion(queries, audit.region, audit.officer)) {
    const officer = await findOfficer(queries, charter);
    if (officer && (await mayAudit(queries, officer, audit, on)).length === 0) return charter;
  }
  return null;
}

/** Signs: the outcome and its actions stand from this day, and the Quality Mark is told. */
async function takeEffect(
  queries: Queries,
  audit: Audit,
  event: { readonly actor: Actor; readonly at: Date; readonly kind: string },
  ports: SafeguardingPorts,
): Promise<Audit> {
  const on = dayInEngland(event.at);
  const { asked } = await schoolOfAudit(queries, audit.urn, on);
  const answers = await answersOf(queries, audit.id);
  const days = {
    immediate: valueOn(actionDays.immediate, on).value,
    serious: valueOn(actionDays.serious, on).value,
    ordinary: valueOn(actionDays.ordinary, on).value,
  };
  const actions = actionsOf(sectionsFor(standardOf(audit.standard!), asked), [...answers.values()], on, days);
  const outcome = audit.outcome!;
  const empty = { doneWords: "", doneOn: null, closedOn: null, closedWords: "" };
  await putActions(
    queries,
    actions.map((action) => ({ ...empty, ...action, audit: audit.id, state: "open" as const })),
  );
  await stepBack(queries);
  await addOutcome(queries, { audit: audit.id, urn: audit.urn, outcome, signedOn: on, words: "signed" }, event.at);
  await ports.outcomeSigned(queries, audit.urn, outcome, on, event.at);
  const body = {
    outcome,
    on,
    reasons: (audit.reasons ?? []).map(({ code, requirement }) => ({ code, requirement })),
    actions: actions.length,
  };
  return recordAudit(queries, audit, { state: "signed", signedOn: on }, { ...event, body });
}

/**
 * The officer's signature under an audit: complete, charter valid today, nothing that bars. It takes effect at once, or when a
 * second officer has read it.
 * @param asked whether the officer asks for a second reader
 */
export function submitAudit(
  database: Database,
  actor: Actor,
  id: string,
  given: { readonly declared: boolean; readonly asked: boolean },
  now: Date,
  ports: SafeguardingPorts,
): Promise<Result<Audit, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const own = await ownAuditIn(queries, actor, id, "begun", "signing");
    if (!own.ok) return own;
    const { audit, officer } = own.value;
    const on = dayInEngland(now);
    const { asked } = await schoolOfAudit(queries, audit.urn, on);
    const sections = sectionsFor(standardOf(audit.standard!), asked);
    const decided = completeAudit(sections, await answersOf(queries, id), valueOn(openSeriousActions, on).value);
    const problems = [
      ...(await mayAudit(queries, officer, audit, on)),
      ...(decided.ok ? [] : decided.error),
      ...(given.declared ? [] : [problem("declaration-missing", `audit ${id}`, "the declaration was not made")]),
    ];
    if (problems.length > 0 || !decided.ok) return err(problems);
    const { outcome, reasons } = decided.value;
    const draw = drawSample(id, seedOfYear(audit.year), valueOn(secondReadingRate, on).value);
    const readingWhy = secondReadingOf(outcome, draw, given.asked);
    // Who has read how often is not the officer's to see.
    if (readingWhy !== null) await stepBack(queries);
    const reader = readingWhy === null ? null : await chooseReader(queries, audit, on);
    if (readingWhy !== null && reader === null)
      return err([problem("reader-missing", `audit ${id}`, "no other officer of the region may read it")]);
    const submitted = { ...audit, outcome, reasons, draw, readingWhy, secondReader: reader, submittedOn: on };
    if (readingWhy === null)
      return ok(await takeEffect(queries, submitted, { actor, at: now, kind: "audit-signed" }, ports));
    const { seed, drawn, rate } = draw;
    const body = { outcome, why: readingWhy, reader, draw: { seed, drawn, rate } };
    return ok(
      await recordAudit(
        queries,
        audit,
        { ...submitted, state: "reading" },
        { actor, at: now, kind: "audit-submitted", body },
      ),
    );
  });
}

/** The second reader's word: agrees, and the outcome takes effect; or sends it back with what has to be looked at again. */
export function readAudit(
  database: Database,
  actor: Actor,
  id: string,
  word: { readonly agrees: boolean; readonly words: string },
  now: Date,
  ports: SafeguardingPorts,
): Promise<Result<Audit, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const audit = await findAudit(queries, id, "lock");
    if (!audit) return err([problem("audit-unknown", `audit ${id}`, "there is no such audit within your reach")]);
    const right = inState(audit, ["reading"], "a second reading");
    if (!right.ok) return err([right.error]);
    const reader = await actingOfficer(queries, actor, audit.secondReader!);
    if (reader?.charter !== audit.secondReader)
      return err([notAllowed("this reading", "the second officer who was drawn for it")]);
    const on = dayInEngland(now);
    if (!word.agrees && word.words === "")
      return err([
        problem("audit-words-missing", `audit ${id}`, "it is sent back without a word on what to look at again"),
      ]);
    const officer = await findOfficer(queries, audit.officer);
    const problems = [
      ...(await mayAudit(queries, reader, audit, on)),
      // The first signature takes effect today too: it must still be an officer's.
      ...(word.agrees && officer ? await mayAudit(queries, officer, audit, on) : []),
    ];
    if (problems.length > 0) return err(problems);
    const read = { ...audit, readerWords: word.words };
    if (word.agrees)
      return ok(await takeEffect(queries, read, { actor, at: now, kind: "audit-read-and-signed" }, ports));
    const back = {
      state: "begun",
      readerWords: word.words,
      outcome: null,
      reasons: null,
      submittedOn: null,
      secondReader: null,
      readingWhy: null,
    } as const;
    return ok(
      await recordAudit(queries, audit, back, {
        actor,
        at: now,
        kind: "audit-sent-back",
        body: { reader: reader.charter },
      }),
    );
  });
}

/** Corrects a signed outcome with a reason; the first one stays in the record. */
export function correctOutcome(
  database: Database,
  actor: Actor,
  id: string,
  correction: { readonly outcome: Outcome; readonly words: string },
  now: Date,
  ports: SafeguardingPorts,
): Promise<Result<Audit, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const audit = await findAudit(queries, id, "lock");
    if (!audit) return err([problem("audit-unknown", `audit ${id}`, "there is no such audit within your reach")]);
    if (!holdsRole(actor, ["regional-director"], { region: audit.region }))
      return err([notAllowed("correcting a signed outcome", "the regional director")]);
    const right = inState(audit, ["signed"], "correcting");
    if (!right.ok) return err([right.error]);
    if (correction.words === "")
      return err([problem("audit-words-missing", `audit ${id}`, "a correction has no reason")]);
    if (correction.outcome === audit.outcome)
      return err([problem("outcome-the-same", `audit ${id}`, `the outcome is ${audit.outcome} already`)]);
    const signedOn = audit.signedOn!;
    await stepBack(queries);
    await addOutcome(
      queries,
      { audit: id, urn: audit.urn, outcome: correction.outcome, signedOn, words: correction.words },
      now,
    );
    await ports.outcomeSigned(queries, audit.urn, correction.outcome, dayInEngland(now), now);
    const body = { from: audit.outcome, to: correction.outcome, words: correction.words };
    return ok(
      await recordAudit(
        queries,
        audit,
        { outcome: correction.outcome },
        { actor, at: now, kind: "outcome-corrected", body },
      ),
    );
  });
}

/** Opens the re-audit of a school that was not secure and says that it is ready, or whose actions lie too long. */
export function openReAudit(
  database: Database,
  actor: Actor,
  id: string,
  plannedOn: CivilDate,
  now: Date,
): Promise<Result<Audit, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const before = await findAudit(queries, id, "lock");
    if (!before) return err([problem("audit-unknown", `audit ${id}`, "there is no such audit within your reach")]);
    const officer = await actingOfficer(queries, actor, before.officer);
    const isOfficer = officer?.charter === before.officer;
    if (!isOfficer && !holdsRole(actor, ["regional-officer", "regional-director"], { region: before.region }))
      return err([notAllowed("a re-audit", "the officer of the audit or the regional officer")]);
    const right = inState(before, ["signed"], "a re-audit");
    if (!right.ok) return err([right.error]);
    const count = await countOfYear(queries, before.urn, before.year);
    const again: Audit = {
      ...before,
      id: auditId(before.year, before.urn, count + 1),
      kind: "re-audit",
      ...{ standard: null, state: "planned", plannedOn, begunOn: null, submittedOn: null },
      ...{
        secondReader: null,
        readingWhy: null,
        draw: null,
        readerWords: "",
        outcome: null,
        reasons: null,
        signedOn: null,
      },
      version: 0,
    };
    await addAudits(queries, [{ ...again, version: 1 }]);
    await recordAudit(
      queries,
      { ...again, version: 0 },
      {},
      { actor, at: now, kind: "audit-planned", body: { after: id, on: plannedOn } },
    );
    return ok({ ...again, version: 1 });
  });
}
