import { randomUUID } from "node:crypto";
import Type from "typebox";
import { academicYearOf } from "../../kernel/index.js";
import { apiOn, HttpError, type RouteGroup } from "../../platform/http/index.js";
import { addAudit, addSigning } from "./api-audits.js";
import { addEvidenceFiles } from "./api-evidence.js";
import { addOfficers } from "./api-officers.js";
import {
  AuditSchema,
  CharterSchema,
  EscalationSchema,
  PlanSchema,
  SignedOutcomeSchema,
  StandardSchema,
  VisitSchema,
} from "./api-schemas.js";
import {
  type Api,
  dayOf,
  everybody,
  listed,
  office,
  officers,
  refusals,
  type SafeguardingApi,
  words,
} from "./api-shared.js";
import { formatCsv } from "./csv.js";
import { orderPlan } from "./jobs.js";
import { acting, type viewAudit } from "./service-audits.js";
import { answerEscalation, escalationsFor, raiseEscalation } from "./service-escalations.js";
import { regionPlan } from "./service-lists.js";
import { checkCharter, ownOfficer } from "./service-officers.js";
import { auditOutcomes } from "./service-outcomes.js";
import { adoptPlan } from "./service-plan.js";
import { standardOn, standards } from "./standards.js";
import { listAudits } from "./store-audits.js";
import { listPlans } from "./store-plans.js";

/** The safeguarding audit for programs, and for the page that works without a connection. */
export function safeguardingApi(options: SafeguardingApi): RouteGroup {
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Safeguarding audits (A5)" });
    addPublic(api, options);
    addLists(api, options);
    addAudit(api, options);
    addEvidenceFiles(api, options);
    addSigning(api, options);
    addOfficers(api, options);
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
