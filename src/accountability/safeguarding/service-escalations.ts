import { err, ok, type Problem, type Result, valueOn } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/http/index.js";
import { type Actor, actorName, holdsRole } from "../../platform/identity/index.js";
import { appendEvents } from "../../platform/log/index.js";
import { findAuthority } from "../../register/index.js";
import { acknowledgementDue, authorityContacts, type DutyContact, emergencyContacts } from "./escalation.js";
import { acknowledgementMinutes } from "./parameters.js";
import { notAllowed, problem } from "./problems.js";
import { acting, actingOfficer, schoolOfAudit } from "./service-audits.js";
import {
  addEscalation,
  changeEscalation,
  deskOf,
  findEscalation,
  type KeptEscalation,
  listEscalations,
} from "./store-escalations.js";

/** Whom to telephone about a child of a school, as the numbers stand now. */
export function contactsFor(database: Database, actor: Actor, urn: string, now: Date): Promise<readonly DutyContact[]> {
  return acting(database, actor, async (queries) => {
    const { school } = await schoolOfAudit(queries, urn, dayInEngland(now));
    const desk = await deskOf(queries, school.authority);
    return [
      ...emergencyContacts,
      ...authorityContacts(findAuthority(school.authority)?.name ?? school.authority, desk),
    ];
  });
}

/**
 * Raises that a child may be at risk. It belongs to no audit and waits for none: it stands in the region's list at once, with a clock.
 * @param raised `id` is made by whoever raises it, so that a device that sends it twice raises it once
 */
export function raiseEscalation(
  database: Database,
  actor: Actor,
  raised: { readonly id: string; readonly urn: string; readonly words: string },
  now: Date,
): Promise<Result<KeptEscalation, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const about = await schoolOfAudit(queries, raised.urn, dayInEngland(now));
    const region = about.region;
    if (region === null)
      return err([problem("school-without-region", `school ${raised.urn}`, "it lies in no region of England")]);
    if (
      !holdsRole(actor, ["safeguarding-officer", "regional-officer", "regional-director"], { urn: raised.urn, region })
    )
      return err([notAllowed("raising that a child may be at risk", "an officer of the school's region")]);
    if (raised.words === "")
      return err([
        problem("audit-words-missing", `school ${raised.urn}`, "nothing is said about what was seen or heard"),
      ]);
    const desk = await deskOf(queries, about.school.authority);
    const contacts = [
      ...emergencyContacts,
      ...authorityContacts(findAuthority(about.school.authority)?.name ?? about.school.authority, desk),
    ];
    const minutes = valueOn(acknowledgementMinutes, dayInEngland(now)).value;
    const officer = await actingOfficer(queries, actor, "");
    const escalation: KeptEscalation = {
      ...raised,
      region,
      trust: about.ties.trusts[0] ?? null,
      raisedAt: now.toISOString(),
      raisedBy: actorName(actor),
      officer: officer?.charter ?? null,
      contacts,
      dueAt: acknowledgementDue(now, minutes).toISOString(),
      ...{ acknowledgedAt: null, acknowledgedBy: null, closedAt: null, closedBy: null, closedWords: "" },
      version: 1,
    };
    if (await addEscalation(queries, escalation))
      // What was seen stays out of the log, which nobody may ever erase.
      await appendEvents(queries, {
        stream: `safeguarding/escalation/${raised.id}`,
        expected: 0,
        actor,
        at: now,
        events: [{ kind: "escalation-raised", body: { urn: raised.urn, due: escalation.dueAt } }],
      });
    return ok(escalation);
  });
}

/** Acknowledges an escalation (somebody has it in hand), or closes it with what was done. */
export function answerEscalation(
  database: Database,
  actor: Actor,
  id: string,
  answer: { readonly closes: boolean; readonly words: string },
  now: Date,
): Promise<Result<KeptEscalation, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const escalation = await findEscalation(queries, id);
    if (!escalation) return err([problem("escalation-unknown", `escalation ${id}`, "there is none within your reach")]);
    if (
      !holdsRole(actor, ["regional-officer", "regional-director"], { urn: escalation.urn, region: escalation.region })
    )
      return err([notAllowed("taking up an escalation", "the region's duty officer")]);
    if (escalation.closedAt !== null)
      return err([problem("escalation-closed", `escalation ${id}`, "it is closed already")]);
    if (answer.closes && answer.words === "")
      return err([problem("audit-words-missing", `escalation ${id}`, "nothing is said about what was done")]);
    const who = actorName(actor);
    const at = now.toISOString();
    const acknowledged = {
      acknowledgedAt: escalation.acknowledgedAt ?? at,
      acknowledgedBy: escalation.acknowledgedBy ?? who,
    };
    const closed = answer.closes ? { closedAt: at, closedBy: who, closedWords: answer.words } : {};
    const next = { ...escalation, ...acknowledged, ...closed, version: escalation.version + 1 };
    await changeEscalation(queries, next);
    await appendEvents(queries, {
      stream: `safeguarding/escalation/${id}`,
      expected: escalation.version,
      actor,
      at: now,
      events: [{ kind: answer.closes ? "escalation-closed" : "escalation-acknowledged", body: {} }],
    });
    return ok(next);
  });
}

/** Escalations within reach. */
export function escalationsFor(
  database: Database,
  actor: Actor,
  filter: { readonly region?: string; readonly open: boolean },
): Promise<readonly (KeptEscalation & { readonly school: string })[]> {
  return acting(database, actor, (queries) => listEscalations(queries, filter));
}
