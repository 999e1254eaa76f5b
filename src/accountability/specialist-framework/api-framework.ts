import Type from "typebox";
import type { CivilDate, Urn } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type Api, HttpError } from "../../platform/http/index.js";
import { type Actor, actingAs } from "../../platform/identity/index.js";
import { dayOf } from "./api-day.js";
import { FindingsSchema, FrameworkSchema, ProposedFrameworkSchema, SchoolFindingsSchema } from "./api-schemas.js";
import { judgeByFramework } from "./framework.js";
import { adoptFramework, recordFindings } from "./service-framework.js";
import { adoptedFramework, loadFindings, loadFrameworks } from "./store.js";
import { findSpecialistSchool } from "./store-schools.js";

/** What the operations need beside the usual. */
export interface FrameworkApiOptions {
  readonly database: Database;
}

/** The frameworks and what was found under them. */
export function addFrameworkOperations(api: Api, { database }: FrameworkApiOptions): void {
  api.get(
    "/specialist-framework/frameworks",
    {
      access: "anyone",
      operationId: "listFrameworks",
      summary: "Every framework that was adopted, the newest first",
      response: Type.Array(FrameworkSchema),
    },
    async () => loadFrameworks(database.queries),
  );
  api.post(
    "/specialist-framework/frameworks",
    {
      access: { roles: ["working-group"] },
      operationId: "adoptFramework",
      summary: "Adopts a framework as the next version",
      description: 'If-Match names the newest version there is; "0" before the first.',
      body: ProposedFrameworkSchema,
      response: FrameworkSchema,
      status: 201,
      version: ({ version }) => version,
      ifMatch: true,
      refusals: { "framework-role": 403 },
    },
    async ({ actor, body, version, now, orRefuse }) =>
      orRefuse(
        await adoptFramework(database, actor, { ...body, from: orRefuse(dayOf("from", body.from)) }, version, now),
      ),
  );
  api.get(
    "/specialist-framework/findings/:urn",
    {
      access: { roles: ["regional-officer", "school"] },
      operationId: "readFindings",
      summary: "What was found in a specialist school, with the reasons that follow for its mark",
      response: SchoolFindingsSchema,
      version: ({ version }) => version,
    },
    async ({ actor, params, today }) => schoolFindings(database, actor, params.urn, today),
  );
  api.put(
    "/specialist-framework/findings/:urn",
    {
      access: { roles: ["regional-officer"] },
      operationId: "recordFindings",
      summary: "Records what was found in a specialist school",
      description: 'If-Match names the version of the school\'s findings; "0" before the first.',
      body: FindingsSchema,
      response: SchoolFindingsSchema,
      version: ({ version }) => version,
      ifMatch: true,
      refusals: { "framework-role": 403 },
    },
    async ({ actor, params, body, version: expected, today, now, orRefuse }) => {
      const { school } = await facts(database, params.urn, today);
      const findings = body.findings.map((finding) => ({ ...finding, on: orRefuse(dayOf("on", finding.on)) }));
      const order = { school, framework: body.framework, findings, expected };
      orRefuse(await recordFindings(database, actor, order, today, now));
      return schoolFindings(database, actor, params.urn, today);
    },
  );
}

async function facts(database: Database, urn: string, today: CivilDate) {
  const school = await findSpecialistSchool(database.queries, urn as Urn);
  if (!school)
    throw new HttpError(
      404,
      "school-unknown",
      `No special school, pupil referral unit or alternative provider has the URN "${urn}".`,
    );
  const framework = await adoptedFramework(database.queries, school.kind, today);
  if (!framework)
    throw new HttpError(
      409,
      "framework-incomplete",
      "No framework holds for this kind of school yet: it is awaiting one.",
    );
  return { school, framework };
}

async function schoolFindings(database: Database, actor: Actor, urn: string, today: CivilDate) {
  const { school, framework } = await facts(database, urn, today);
  const kept = await actingAs(database, actor, (queries) => loadFindings(queries, urn, framework.version));
  return {
    ...{ urn, kind: school.kind, framework: framework.version, version: kept.version },
    findings: [...kept.findings.values()],
    reasons: judgeByFramework(framework, kept.findings),
  };
}
