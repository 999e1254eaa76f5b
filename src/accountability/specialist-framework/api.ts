import Type from "typebox";
import { type Api, type ApiOptions, apiOn, HttpError, type RouteGroup } from "../../platform/http/index.js";
import { type Actor, actingAs } from "../../platform/identity/index.js";
import { dayOf } from "./api-day.js";
import { addFrameworkOperations, type FrameworkApiOptions } from "./api-framework.js";
import {
  ConsultationSchema,
  DraftSchema,
  GroupViewSchema,
  ReceivedResponseSchema,
  ResponseSchema,
} from "./api-schemas.js";
import {
  changeDraft,
  createConsultation,
  groupView,
  moderate,
  rate,
  respond,
  stepConsultation,
  writeStatement,
} from "./service.js";
import { findConsultation, loadConsultations, loadResponses, type StoredConsultation } from "./store.js";

const group = { roles: ["working-group"] } as const;
const refusals = {
  "consultation-unknown": 404,
  "consultation-exists": 409,
  "consultation-step": 409,
  "consultation-not-open": 409,
  "response-unknown": 404,
  "framework-role": 403,
};

/** The work on the specialist framework, for programs. */
export function specialistFrameworkApi(options: Omit<ApiOptions, "tag"> & FrameworkApiOptions): RouteGroup {
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Specialist framework (A4)" });
    addConsultations(api, options);
    addGroupWork(api, options);
    addFrameworkOperations(api, options);
  };
}

async function seen({ database }: FrameworkApiOptions, actor: Actor, id: string): Promise<StoredConsultation> {
  const found = await actingAs(database, actor, (queries) => findConsultation(queries, id));
  if (!found)
    throw new HttpError(
      404,
      "consultation-unknown",
      `There is no consultation called "${id}", or it isn't published yet.`,
    );
  return found;
}

const base = "/specialist-framework/consultations/:consultation";

function addConsultations(api: Api, options: FrameworkApiOptions): void {
  const { database } = options;
  api.get(
    "/specialist-framework/consultations",
    {
      access: "anyone",
      operationId: "listConsultations",
      summary: "The group's consultations, the newest first; its own drafts for members",
      response: Type.Array(ConsultationSchema),
    },
    async ({ actor }) => actingAs(database, actor, loadConsultations),
  );
  api.get(
    "/specialist-framework/consultations/:consultation",
    {
      access: "anyone",
      operationId: "readConsultation",
      summary: "What is asked, where it stands, and the report when it is out",
      response: ConsultationSchema,
      version: ({ version }) => version,
      refusals,
    },
    async ({ actor, params }) => seen(options, actor, params.consultation),
  );
  api.get(
    "/specialist-framework/consultations/:consultation/responses",
    {
      access: "anyone",
      operationId: "listResponses",
      summary: "The responses that may be published; all of them for members",
      response: Type.Array(ReceivedResponseSchema),
      refusals,
    },
    async ({ actor, params }) => {
      const { id } = await seen(options, actor, params.consultation);
      return actingAs(database, actor, (queries) => loadResponses(queries, id));
    },
  );
  api.post(
    "/specialist-framework/consultations/:consultation/responses",
    {
      access: "anyone",
      operationId: "respondToConsultation",
      summary: "Responds to an open consultation",
      body: ResponseSchema,
      response: Type.Object({ number: Type.Integer() }),
      status: 201,
      refusals,
    },
    async ({ actor, params, body, today, now, orRefuse }) => ({
      number: orRefuse(await respond(database, actor, params.consultation, body, today, now)),
    }),
  );
}

function addGroupWork(api: Api, options: FrameworkApiOptions): void {
  const { database } = options;
  const change = { access: group, response: ConsultationSchema, ifMatch: true, refusals } as const;
  const version = (answer: { readonly version: number }) => answer.version;
  api.put(
    base,
    {
      ...change,
      version,
      operationId: "writeConsultation",
      summary: "Writes a draft, or changes it",
      description: 'If-Match names the version of the draft; "0" begins one.',
      body: DraftSchema,
    },
    async ({ actor, params, body, version: expected, now, orRefuse }) => {
      const [opens, closes] = [orRefuse(dayOf("opens", body.opens)), orRefuse(dayOf("closes", body.closes))];
      const draft = { ...body, id: params.consultation, opens, closes };
      if (expected === 0) return orRefuse(await createConsultation(database, actor, draft, now));
      return orRefuse(await changeDraft(database, actor, draft, expected, now));
    },
  );
  api.post(
    `${base}/steps`,
    {
      ...change,
      version,
      operationId: "stepConsultation",
      summary: "Opens, closes, begins or ends a round of rating, or publishes the report",
      body: Type.Object({ step: Type.Enum(["open", "close", "begin-round", "end-round", "report"]) }),
    },
    async ({ actor, params, body, version: expected, today, now, orRefuse }) =>
      orRefuse(
        await stepConsultation(database, actor, { id: params.consultation, step: body.step, expected }, today, now),
      ),
  );
  api.post(
    `${base}/statements`,
    {
      ...change,
      version,
      operationId: "writeStatement",
      summary: "Writes a statement for the group to rate",
      body: Type.Object({
        words: Type.String({ minLength: 1, maxLength: 2000 }),
        restsOn: Type.Array(Type.Integer({ minimum: 1, maximum: 1_000_000_000 }), { maxItems: 500 }),
      }),
    },
    async ({ actor, params, body, version: expected, now, orRefuse }) =>
      orRefuse(await writeStatement(database, actor, { ...body, id: params.consultation, expected }, now)),
  );
  addRating(api, options);
}

function addRating(api: Api, options: FrameworkApiOptions): void {
  const { database } = options;
  api.get(
    `${base}/group`,
    {
      access: group,
      operationId: "readGroupView",
      summary: "The statements with the spread of every round that has ended",
      response: GroupViewSchema,
      refusals,
    },
    async ({ actor, params, today }) => {
      const view = await groupView(database, actor, await seen(options, actor, params.consultation), today);
      if (!view) throw new HttpError(403, "framework-role", "Only the Expert Working Group sees this.");
      return view;
    },
  );
  api.put(
    `${base}/ratings`,
    {
      access: group,
      operationId: "rateStatements",
      summary: "A member's own ratings in the round under way",
      body: Type.Object({
        ratings: Type.Array(
          Type.Object({
            statement: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
            rating: Type.Integer({ minimum: 1, maximum: 9 }),
            remark: Type.String({ maxLength: 1000, default: "" }),
          }),
          { minItems: 1, maxItems: 400 },
        ),
      }),
      response: Type.Object({ rated: Type.Integer() }),
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) => ({
      rated: orRefuse(await rate(database, actor, params.consultation, body.ratings, now)),
    }),
  );
  api.put(
    `${base}/responses/:number/shown`,
    {
      access: group,
      operationId: "moderateResponse",
      summary: "Hides a response from the public with a reason, or shows it again",
      params: Type.Object({ number: Type.String({ pattern: "^[1-9]\\d{0,8}$" }) }),
      body: Type.Object({ hiddenBecause: Type.Union([Type.String({ minLength: 1, maxLength: 1000 }), Type.Null()]) }),
      response: Type.Object({ hiddenBecause: Type.Union([Type.String(), Type.Null()]) }),
      refusals,
    },
    async ({ actor, params, body, now, orRefuse }) => {
      const order = { id: params.consultation, response: Number(params.number), because: body.hiddenBecause };
      orRefuse(await moderate(database, actor, order, now));
      return { hiddenBecause: body.hiddenBecause };
    },
  );
}
