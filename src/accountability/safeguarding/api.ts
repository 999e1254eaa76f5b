import { randomUUID } from "node:crypto";
import Type from "typebox";
import { academicYearOf, type CivilDate, parseCivilDate } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type ApiOptions, apiOn, HttpError, type RouteGroup } from "../../platform/http/index.js";
import {
  AuditSchema,
  AuditViewSchema,
  CharterSchema,
  EscalationSchema,
  OutcomeSchema,
  PlanSchema,
  ReceiptSchema,
  SentAnswerSchema,
  SignedOutcomeSchema,
  StandardSchema,
  VisitSchema,
} from "./api-schemas.js";
import { type Audit, auditOfAddress } from "./audit.js";
import { formatCsv } from "./csv.js";
import { orderPlan } from "./jobs.js";
import { type AuditView, acting, beginAudit, saveAnswer, viewAudit } from "./service-audits.js";
import { answerEscalation, escalationsFor, raiseEscalation } from "./service-escalations.js";
import { answerRequests, judgeAction, reportDone } from "./service-follow-up.js";
import { regionPlan } from "./service-lists.js";
import { checkCharter, ownOfficer } from "./service-officers.js";
import { auditOutcomes } from "./service-outcomes.js";
import { adoptPlan } from "./service-plan.js";
import { correctOutcome, openReAudit, readAudit, type SafeguardingPorts, submitAudit } from "./service-sign.js";
import { standardOn, standards } from "./standards.js";
import { type ListedAudit, listAudits } from "./store-audits.js";
import { listPlans } from "./store-plans.js";

const officers = { roles: ["safeguarding-officer"] } as const;
const office = { roles: ["regional-officer", "regional-director"] } as const;
const everybody = {
  roles: ["safeguarding-officer", "school", "trust", "regional-officer", "regional-director"],
} as const;

/** Refusals that aren't 422. */
const refusals = {
  "audit-unknown": 404,
  "plan-unknown": 404,
  "escalation-unknown": 404,
  "officer-unknown": 404,
  "action-unknown": 404,
  "safeguarding-not-allowed": 403,
  "audit-in-another-state": 409,
  "plan-adopted": 409,
  "escalation-closed": 409,
  "action-closed": 409,
};

interface SafeguardingApi extends Omit<ApiOptions, "tag"> {
  readonly database: Database;
  readonly ports: SafeguardingPorts;
}

type Api = ReturnType<typeof apiOn>;

const audit = "/safeguarding/schools/:urn/audits/:audit";
const words = Type.String({ maxLength: 5000 });
const done = Type.Object({ saved: Type.Boolean() });

function idOf({ urn, audit: number }: { readonly urn: string; readonly audit: string }): string {
  const id = auditOfAddress(urn, number);
  if (id === null) throw new HttpError(404, "audit-unknown", `No audit has the number "${number}".`);
  return id;
}

function dayOf(text: string): CivilDate {
  const day = parseCivilDate(text);
  if (!day.ok) throw new HttpError(422, "audit-day-unreadable", `${day.error}.`);
  return day.value;
}

const listed = ({
  id,
  urn,
  school,
  year,
  kind,
  officer,
  standard,
  state,
  plannedOn,
  signedOn,
  outcome,
  version,
}: ListedAudit) => ({
  ...{ id, urn, school, year, kind, officer, standard, state, plannedOn, signedOn, outcome, version },
});

const shown = (audit: Audit, school: string) => listed({ ...audit, school, town: null, officerName: null });

const viewed = ({ audit: own, about, answers, actions }: AuditView) => ({
  audit: shown(own, about.school.name),
  reasons: [...(own.reasons ?? [])],
  answers: [...answers.values()].map((answer) => ({ ...answer, evidence: [...answer.evidence] })),
  actions: actions.map(({ requirement, text, seriousness, due, state }) => ({
    requirement,
    text,
    seriousness,
    due,
    state,
  })),
});

/** The safeguarding audit for programs, and for the page that works without a connection. */
export function safeguardingApi(options: SafeguardingApi): RouteGroup {
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Safeguarding audits (A5)" });
    addPublic(api, options);
    addLists(api, options);
    addAudit(api, options);
    addSigning(api, options);
    addPlans(api, options);
    addEscalations(api, options);
  };
}

function addPublic(api: Api, { database }: SafeguardingApi): void {
  api.get(
    "/safeguarding/outcomes",
    {
      ...{
        access: "anyone",
        operationId: "listSafeguardingOutcomes",
        summary: "The outcome that counts on a day, of some schools or of all",
      },
      query: Type.Object({
        on: Type.Optional(Type.String()),
        urn: Type.Optional(Type.Array(Type.String({ pattern: "^[0-9]{6}$" }), { minItems: 1, maxItems: 500 })),
      }),
      response: Type.Array(SignedOutcomeSchema),
      csv: (rows) =>
        formatCsv([
          ["URN", "Outcome", "Signed on", "Audit"],
          ...rows.map(({ urn, outcome, on, audit: id }) => [urn, outcome, on, id]),
        ]),
    },
    async ({ query, today }) => {
      const on = query.on === undefined ? today : dayOf(query.on);
      return [...(await auditOutcomes(database.queries, on, query.urn))].map(([urn, signed]) => ({ urn, ...signed }));
    },
  );
  api.get(
    "/safeguarding/standard",
    {
      ...{
        access: "anyone",
        operationId: "readAuditStandard",
        summary: "The audit standard of a day, or of a version",
      },
      query: Type.Object({ version: Type.Optional(Type.String({ maxLength: 20 })) }),
      response: StandardSchema,
    },
    async ({ query, today }) => {
      const standard =
        query.version === undefined ? standardOn(today) : standards.find(({ version }) => version === query.version);
      if (!standard) throw new HttpError(404, "not-found", `There is no audit standard "${query.version}".`);
      return JSON.parse(JSON.stringify(standard));
    },
  );
  api.get(
    "/safeguarding/charters/:charter",
    {
      ...{
        access: "anyone",
        operationId: "checkCharter",
        summary: "Whose a charter number is and whether it holds today",
      },
      response: CharterSchema,
      refusals,
    },
    async ({ params, today, orRefuse }) => orRefuse(await checkCharter(database.queries, params.charter, today)),
  );
}

function addLists(api: Api, { database }: SafeguardingApi): void {
  api.get(
    "/safeguarding/audits",
    {
      ...{
        access: officers,
        operationId: "listMyAudits",
        summary: "The officer's audits of the year, and those to be read a second time",
      },
      response: Type.Array(AuditSchema),
    },
    async ({ actor, today }) => {
      const officer = await ownOfficer(database, actor);
      if (!officer) return [];
      const year = academicYearOf(today);
      return acting(database, actor, async (queries) => [
        ...(await listAudits(queries, { officer: officer.charter, year, limit: 1000 })).map(listed),
        ...(await listAudits(queries, { secondReader: officer.charter, state: "reading" })).map(listed),
      ]);
    },
  );
  api.get(
    "/safeguarding/schools/:urn/audits",
    {
      ...{ access: everybody, operationId: "listAuditsOfSchool", summary: "A school's audits, without what was found" },
      response: Type.Array(AuditSchema),
    },
    async ({ actor, params }) =>
      acting(database, actor, async (queries) => (await listAudits(queries, { urn: params.urn })).map(listed)),
  );
  api.get(
    "/safeguarding/regions/:region/audits",
    {
      ...{ access: office, operationId: "listAuditsOfRegion", summary: "A region's audits of the year" },
      query: Type.Object({
        offset: Type.Integer({ minimum: 0, maximum: 100_000, default: 0 }),
        limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200 }),
      }),
      response: Type.Array(AuditSchema),
      csv: (rows) =>
        formatCsv([
          ["Audit", "URN", "School", "Officer", "State", "Planned for", "Signed on", "Outcome"],
          ...rows.map((row) => [
            row.id,
            row.urn,
            row.school,
            row.officer,
            row.state,
            row.plannedOn ?? "",
            row.signedOn ?? "",
            row.outcome ?? "",
          ]),
        ]),
    },
    async ({ actor, params, query, today }) =>
      acting(database, actor, async (queries) =>
        (await listAudits(queries, { region: params.region, year: academicYearOf(today), ...query })).map(listed),
      ),
  );
}

function addAudit(api: Api, { database }: SafeguardingApi): void {
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

function addSigning(api: Api, { database, ports }: SafeguardingApi): void {
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
        : { audit: shown(read, ""), reasons: [], answers: [], actions: [] };
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

function addPlans(api: Api, { database }: SafeguardingApi): void {
  const planOf = async (actor: Parameters<typeof viewAudit>[1], region: string, plan: string) => {
    const found = /^\d{1,9}$/.test(plan) ? await regionPlan(database, actor, region, Number(plan)) : null;
    if (!found) throw new HttpError(404, "plan-unknown", `The region has no plan "${plan}".`);
    return found;
  };
  api.get(
    "/safeguarding/regions/:region/plans",
    {
      ...{
        access: office,
        operationId: "listAuditPlans",
        summary: "A region's plans with their figures, the newest first",
      },
      response: Type.Array(PlanSchema),
    },
    async ({ actor, params }) =>
      acting(database, actor, async (queries) => [...(await listPlans(queries, params.region))]),
  );
  api.post(
    "/safeguarding/regions/:region/plans",
    {
      ...{ access: office, operationId: "orderAuditPlan", summary: "Has a plan made, as a job", status: 201 },
      body: Type.Object({
        away: Type.Array(Type.String({ maxLength: 12 }), { default: [], maxItems: 200 }),
        from: Type.Union([Type.Integer({ minimum: 1, maximum: 2_000_000_000 }), Type.Null()], { default: null }),
      }),
      response: Type.Object({ job: Type.Integer() }),
      refusals,
    },
    async ({ actor, params, body, now, today, orRefuse }) => {
      const away = body.away.map((charter) => ({ charter, from: today }));
      return {
        job: orRefuse(
          await orderPlan(
            database,
            actor,
            { region: params.region, year: academicYearOf(today), away, from: body.from },
            now,
          ),
        ),
      };
    },
  );
  api.get(
    "/safeguarding/regions/:region/plans/:plan/visits",
    {
      ...{ access: office, operationId: "listAuditVisits", summary: "The visits of a plan" },
      response: Type.Array(VisitSchema),
      csv: (rows) =>
        formatCsv([
          ["URN", "School", "Charter", "Officer", "Planned for", "Days", "Same day as", "Kilometres"],
          ...rows.map((row) => [
            row.urn,
            row.school,
            row.officer,
            row.officerName,
            row.plannedOn,
            String(row.days),
            row.pairedWith ?? "",
            row.kilometres.toFixed(1),
          ]),
        ]),
    },
    async ({ actor, params }) =>
      (await planOf(actor, params.region, params.plan)).visits.map((visit) => ({ ...visit })),
  );
  api.post(
    "/safeguarding/regions/:region/plans/:plan/adoption",
    {
      ...{ access: office, operationId: "adoptAuditPlan", summary: "Puts a plan in force" },
      response: Type.Object({ planned: Type.Integer(), reassigned: Type.Integer() }),
      refusals,
    },
    async ({ actor, params, now, orRefuse }) => {
      const { plan } = await planOf(actor, params.region, params.plan);
      return orRefuse(await adoptPlan(database, actor, plan.id, now));
    },
  );
}

function addEscalations(api: Api, { database }: SafeguardingApi): void {
  const raisers = { roles: ["safeguarding-officer", "regional-officer", "regional-director"] } as const;
  api.post(
    "/safeguarding/schools/:urn/escalations",
    {
      ...{
        access: raisers,
        operationId: "raiseEscalation",
        summary: "Tells the region that a child may be at risk, now; ring first",
        status: 201,
      },
      body: Type.Object({
        id: Type.Optional(Type.String({ pattern: "^[0-9a-f-]{36}$" })),
        words: Type.String({ minLength: 1, maxLength: 5000 }),
      }),
      response: EscalationSchema,
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) =>
      orRefuse(
        await raiseEscalation(
          database,
          actor,
          { id: body.id ?? randomUUID(), urn: params.urn, words: body.words },
          now,
        ),
      ),
  );
  api.get(
    "/safeguarding/regions/:region/escalations",
    {
      ...{
        access: office,
        operationId: "listEscalations",
        summary: "A region's open escalations, those nobody has acknowledged first",
      },
      response: Type.Array(EscalationSchema),
    },
    async ({ actor, params }) =>
      (await escalationsFor(database, actor, { region: params.region, open: true })).map((one) => ({ ...one })),
  );
  api.post(
    "/safeguarding/regions/:region/escalations/:escalation",
    {
      ...{
        access: office,
        operationId: "answerEscalation",
        summary: "Acknowledges an escalation, or closes it with what was done",
      },
      body: Type.Object({ closes: Type.Boolean(), words }),
      response: EscalationSchema,
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) =>
      orRefuse(await answerEscalation(database, actor, params.escalation, body, now)),
  );
}
