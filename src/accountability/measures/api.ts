import Type from "typebox";
import { type CivilDate, err, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type ApiOptions, apiOn, HttpError, type RouteGroup } from "../../platform/http/index.js";
import { proposedFrom } from "./api-proposed.js";
import { JudgementSchema, ProposedMeasureSchema, RegisteredMeasureSchema } from "./api-schemas.js";
import { csvOf } from "./csv.js";
import { judgeMeasure } from "./judge.js";
import { proposeMeasure, withdrawMeasure } from "./service.js";
import { findMeasure, loadMeasures, type RegisteredMeasure } from "./store.js";

const officials = { roles: ["policy-official"] } as const;
const refusals = {
  "measure-incomplete": 422,
  "measure-role": 403,
  "measure-unknown": 404,
  "measure-not-in-force": 422,
  "measure-order": 422,
};

/** The register of measures for programs. */
export function measuresApi(options: Omit<ApiOptions, "tag"> & { readonly database: Database }): RouteGroup {
  const { database } = options;
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Register of measures (A3)" });
    api.get(
      "/measures",
      {
        access: "anyone",
        operationId: "listMeasures",
        summary: "Every measure with all that was ever declared of it, admitted or refused, with the reasons",
        response: Type.Array(RegisteredMeasureSchema),
        csv: csvOf,
      },
      async () => loadMeasures(database.queries),
    );
    api.get(
      "/measures/:measure",
      {
        access: "anyone",
        operationId: "readMeasure",
        summary: "One measure",
        response: RegisteredMeasureSchema,
        version: ({ version }) => version,
        refusals: { "measure-unknown": 404 },
      },
      async ({ params }) => known(database, params.measure),
    );
    api.post(
      "/measures/judge",
      {
        access: "anyone",
        operationId: "judgeMeasure",
        summary: "What the rules would say of a measure; nothing is kept",
        body: ProposedMeasureSchema,
        response: JudgementSchema,
        refusals,
      },
      async ({ body, orRefuse }) => {
        const judged = judgeMeasure(orRefuse(proposedFrom(body)));
        return judged.ok
          ? { outcome: "admitted" as const, reasons: [], notes: judged.value }
          : { outcome: "refused" as const, reasons: judged.error, notes: [] };
      },
    );
    api.put(
      "/measures/:measure",
      {
        access: officials,
        operationId: "proposeMeasure",
        summary: "Proposes a measure: the rules judge it, and the register keeps it with the outcome",
        description: 'If-Match names the version of the measure; "0" for one that the register does not have.',
        body: ProposedMeasureSchema,
        response: RegisteredMeasureSchema,
        version: ({ version }) => version,
        ifMatch: true,
        refusals,
      },
      async ({ actor, params, body, version, now, orRefuse }) => {
        if (body.id !== params.measure)
          throw new HttpError(
            422,
            "measure-incomplete",
            `The address names "${params.measure}", the body "${body.id}". Name one measure.`,
          );
        orRefuse(await proposeMeasure(database, actor, orRefuse(proposedFrom(body)), version, now));
        return known(database, params.measure);
      },
    );
    api.post(
      "/measures/:measure/withdraw",
      {
        access: officials,
        operationId: "withdrawMeasure",
        summary: "Withdraws an admitted measure from a day on",
        body: Type.Object({
          until: Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" }),
          because: Type.String({ minLength: 1, maxLength: 2000 }),
        }),
        response: RegisteredMeasureSchema,
        version: ({ version }) => version,
        ifMatch: true,
        refusals,
      },
      async ({ actor, params, body, version, now, orRefuse }) => {
        const until = orRefuse(dayOf(body.until));
        const order = { id: params.measure, expected: version, until, because: body.because };
        return orRefuse(await withdrawMeasure(database, actor, order, now));
      },
    );
  };
}

function dayOf(text: string): Result<CivilDate, readonly Problem[]> {
  const day = parseCivilDate(text);
  const remedy = "Write the day as 2027-09-01.";
  return day.ok ? day : err([{ code: "measure-incomplete", place: "until", message: day.error, remedy }]);
}

async function known(database: Database, id: string): Promise<RegisteredMeasure> {
  const measure = await findMeasure(database.queries, id);
  if (!measure)
    throw new HttpError(
      404,
      "measure-unknown",
      `The register has no measure called "${id}". Look at the list of measures.`,
    );
  return measure;
}
