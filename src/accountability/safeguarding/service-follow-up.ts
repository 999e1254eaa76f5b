import { err, ok, type Problem, type Result, valueOn } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/http/index.js";
import { type Actor, holdsRole } from "../../platform/identity/index.js";
import { type Consequence, consequenceOf } from "./actions.js";
import { inState } from "./audit.js";
import { overdueDays } from "./parameters.js";
import { notAllowed, problem } from "./problems.js";
import { acting, ownAudit, recordAudit } from "./service-audits.js";
import {
  type AuditFilter,
  actionsOfAudits,
  findAudit,
  type KeptAction,
  openActions,
  preparationsOf,
  putActions,
  putPreparations,
} from "./store-audits.js";

async function oneAction(queries: Queries, id: string, requirement: string): Promise<Result<KeptAction, Problem>> {
  const found = (await actionsOfAudits(queries, [id])).find((action) => action.requirement === requirement);
  return found ? ok(found) : err(problem("action-unknown", `audit ${id}`, `there is no action for ${requirement}`));
}

/** The designated lead's word on what the officer asked to have ready; before the audit is signed. */
export function answerRequests(
  database: Database,
  actor: Actor,
  id: string,
  words: readonly { readonly requirement: string; readonly ready: boolean; readonly words: string }[],
  now: Date,
): Promise<Result<"saved", readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const audit = await findAudit(queries, id, "lock");
    if (!audit) return err([problem("audit-unknown", `audit ${id}`, "there is no such audit within your reach")]);
    if (!holdsRole(actor, ["school", "trust"], { urn: audit.urn, ...(audit.trust ? { trusts: [audit.trust] } : {}) }))
      return err([notAllowed("answering the officer's requests", "the school's designated lead")]);
    const right = inState(audit, ["planned", "begun"], "answering requests");
    if (!right.ok) return err([right.error]);
    const before = await preparationsOf(queries, id);
    await putPreparations(
      queries,
      words.map((word) => ({ ...word, audit: id, version: (before.get(word.requirement)?.version ?? 0) + 1 })),
    );
    await recordAudit(
      queries,
      audit,
      {},
      {
        actor,
        at: now,
        kind: "requests-answered",
        body: { ready: words.filter(({ ready }) => ready).length, of: words.length },
      },
    );
    return ok("saved");
  });
}

/** The school's word that an action is done; the officer closes it. */
export function reportDone(
  database: Database,
  actor: Actor,
  id: string,
  requirement: string,
  words: string,
  now: Date,
): Promise<Result<"saved", readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const audit = await findAudit(queries, id, "lock");
    if (!audit) return err([problem("audit-unknown", `audit ${id}`, "there is no such audit within your reach")]);
    if (!holdsRole(actor, ["school", "trust"], { urn: audit.urn, ...(audit.trust ? { trusts: [audit.trust] } : {}) }))
      return err([notAllowed("reporting an action as done", "the school's designated lead")]);
    const action = await oneAction(queries, id, requirement);
    if (!action.ok) return err([action.error]);
    if (action.value.state === "closed")
      return err([problem("action-closed", `audit ${id}`, `the action for ${requirement} is closed`)]);
    if (words === "")
      return err([problem("audit-words-missing", `action ${requirement}`, "nothing is said about what was done")]);
    await putActions(queries, [{ ...action.value, state: "done", doneWords: words, doneOn: dayInEngland(now) }]);
    await recordAudit(queries, audit, {}, { actor, at: now, kind: "action-reported-done", body: { requirement } });
    return ok("saved");
  });
}

/** The officer closes an action, having seen that it is done, or opens it again with words. */
export function judgeAction(
  database: Database,
  actor: Actor,
  id: string,
  requirement: string,
  judgement: { readonly closes: boolean; readonly words: string },
  now: Date,
): Promise<Result<"saved", readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const own = await ownAudit(queries, actor, id);
    if (!own.ok) return err([own.error]);
    const action = await oneAction(queries, id, requirement);
    if (!action.ok) return err([action.error]);
    if (judgement.words === "")
      return err([problem("audit-words-missing", `action ${requirement}`, "nothing is said about what was seen")]);
    const { closes, words } = judgement;
    const closedOn = closes ? dayInEngland(now) : null;
    await putActions(queries, [{ ...action.value, state: closes ? "closed" : "open", closedOn, closedWords: words }]);
    await recordAudit(
      queries,
      own.value.audit,
      {},
      { actor, at: now, kind: closes ? "action-closed" : "action-opened-again", body: { requirement } },
    );
    return ok("saved");
  });
}

/** An action that isn't closed, with what follows from it today. */
export type PendingAction = KeptAction & {
  readonly urn: string;
  readonly school: string;
  readonly consequence: Consequence;
};

/** Actions within reach that aren't closed, the most overdue first. */
export function pendingActions(
  database: Database,
  actor: Actor,
  filter: AuditFilter,
  now: Date,
): Promise<readonly PendingAction[]> {
  return acting(database, actor, async (queries) => {
    const on = dayInEngland(now);
    const overdue = { region: valueOn(overdueDays.region, on).value, reAudit: valueOn(overdueDays.reAudit, on).value };
    return (await openActions(queries, filter)).map((action) => ({
      ...action,
      consequence: consequenceOf(action, on, overdue),
    }));
  });
}
