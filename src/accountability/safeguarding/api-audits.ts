import Type from "typebox";
import { HttpError } from "../../platform/http/index.js";
import { AuditSchema, AuditViewSchema, OutcomeSchema, ReceiptSchema, SentAnswerSchema } from "./api-schemas.js";
import {
  type Api,
  audit,
  dayOf,
  done,
  everybody,
  idOf,
  officers,
  refusals,
  type SafeguardingApi,
  shown,
  viewed,
  words,
} from "./api-shared.js";
import { beginAudit, saveAnswer, viewAudit } from "./service-audits.js";
import { answerRequests, judgeAction, reportDone } from "./service-follow-up.js";
import { correctOutcome, openReAudit, readAudit, submitAudit } from "./service-sign.js";

/** Routes of an audit under way. */
export function addAudit(api: Api, { database }: SafeguardingApi): void {
  api.get(
    audit,
    {
      ...{ access: everybody, operationId: "readAudit", summary: "An audit, as far as the caller may read it" },
      response: AuditViewSchema,
      version: ({ audit: { version } }) => version,
      refusals,
    },
    async ({ actor, params, now, orRefuse }) => viewed(orRefuse(await viewAudit(database, actor, idOf(params), now))),
  );
  api.post(
    `${audit}/begin`,
    {
      ...{ access: officers, operationId: "beginAudit", summary: "Begins an audit: it keeps the standard of the day" },
      response: AuditViewSchema,
      refusals,
    },
    async ({ actor, params, now, orRefuse }) => {
      orRefuse(await beginAudit(database, actor, idOf(params), now));
      return viewed(orRefuse(await viewAudit(database, actor, idOf(params), now)));
    },
  );
  api.put(
    `${audit}/answers/:requirement`,
    {
      ...{
        access: officers,
        operationId: "saveAuditAnswer",
        summary: "Saves the answer on one requirement, once for each client id",
      },
      description:
        "An answer that was changed meanwhile is not overwritten: the receipt is then a conflict and holds what stands there.",
      body: SentAnswerSchema,
      response: ReceiptSchema,
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) => {
      const { mended, evidence, ...rest } = body;
      const sent = {
        ...rest,
        requirement: params.requirement,
        mended: mended === null ? null : dayOf(mended),
        evidence: evidence.map(({ what, seen }) => ({ what, seen: dayOf(seen) })),
      };
      const receipt = orRefuse(await saveAnswer(database, actor, idOf(params), sent, now));
      return receipt.kind === "saved"
        ? receipt
        : { kind: "conflict" as const, current: { ...receipt.current, evidence: [...receipt.current.evidence] } };
    },
  );
  api.put(
    `${audit}/requests`,
    {
      ...{
        access: { roles: ["school", "trust"] },
        operationId: "answerAuditRequests",
        summary: "The designated lead's word on what is to be ready",
      },
      body: Type.Object({
        requests: Type.Array(
          Type.Object({ requirement: Type.String({ maxLength: 60 }), ready: Type.Boolean(), words }),
          { maxItems: 200 },
        ),
      }),
      response: done,
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) => {
      orRefuse(await answerRequests(database, actor, idOf(params), body.requests, now));
      return { saved: true };
    },
  );
  api.post(
    `${audit}/actions/:requirement/done`,
    {
      ...{
        access: { roles: ["school", "trust"] },
        operationId: "reportActionDone",
        summary: "The school's word that an action is done",
      },
      body: Type.Object({ words }),
      response: done,
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) => {
      orRefuse(await reportDone(database, actor, idOf(params), params.requirement, body.words, now));
      return { saved: true };
    },
  );
  api.post(
    `${audit}/actions/:requirement/judgement`,
    {
      ...{ access: officers, operationId: "judgeAction", summary: "The officer closes an action, or opens it again" },
      body: Type.Object({ closes: Type.Boolean(), words }),
      response: done,
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) => {
      orRefuse(await judgeAction(database, actor, idOf(params), params.requirement, body, now));
      return { saved: true };
    },
  );
}

/** Routes of a signed audit and its actions. */
export function addSigning(api: Api, { database, ports }: SafeguardingApi): void {
  const again = async (
    context: { readonly actor: Parameters<typeof viewAudit>[1]; readonly now: Date },
    id: string,
  ) => {
    const view = await viewAudit(database, context.actor, id, context.now);
    if (!view.ok) throw new HttpError(404, "audit-unknown", "There is no such audit within your reach.");
    return viewed(view.value);
  };
  api.post(
    `${audit}/signature`,
    {
      ...{
        access: officers,
        operationId: "signAudit",
        summary: "The officer's signature: at once, or once a second officer has read it",
      },
      body: Type.Object({
        declared: Type.Boolean(),
        asked: Type.Boolean({ default: false, description: "Asks for a second reader." }),
      }),
      response: AuditViewSchema,
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) => {
      orRefuse(await submitAudit(database, actor, idOf(params), body, now, ports));
      return again({ actor, now }, idOf(params));
    },
  );
  api.post(
    `${audit}/reading`,
    {
      ...{
        access: officers,
        operationId: "readAuditAgain",
        summary: "The second reader agrees, or sends it back with words",
      },
      body: Type.Object({ agrees: Type.Boolean(), words }),
      response: AuditViewSchema,
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) => {
      const read = orRefuse(await readAudit(database, actor, idOf(params), body, now, ports));
      // An audit that was sent back is no longer the reader's to see.
      return body.agrees
        ? again({ actor, now }, idOf(params))
        : { audit: shown(read, ""), reasons: [], answers: [], actions: [], files: [] };
    },
  );
  api.post(
    `${audit}/correction`,
    {
      ...{
        access: { roles: ["regional-director"] },
        operationId: "correctAuditOutcome",
        summary: "Corrects a signed outcome; the first one stays in the record",
      },
      body: Type.Object({ outcome: OutcomeSchema, words }),
      response: AuditViewSchema,
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) => {
      orRefuse(await correctOutcome(database, actor, idOf(params), body, now, ports));
      return again({ actor, now }, idOf(params));
    },
  );
  api.post(
    `${audit}/re-audit`,
    {
      ...{
        access: { roles: ["safeguarding-officer", "regional-officer", "regional-director"] },
        operationId: "openReAudit",
        summary: "Opens a re-audit",
      },
      body: Type.Object({ on: Type.String({ maxLength: 10 }) }),
      response: AuditSchema,
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) =>
      shown(orRefuse(await openReAudit(database, actor, idOf(params), dayOf(body.on), now)), ""),
  );
}
