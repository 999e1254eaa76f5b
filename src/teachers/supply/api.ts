import Type from "typebox";
import { type CivilDate, parseCivilDate } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import {
  type Api,
  type ApiOptions,
  apiOn,
  dayInEngland,
  HttpError,
  type RouteGroup,
} from "../../platform/http/index.js";
import { type Actor, actingAs } from "../../platform/identity/index.js";
import {
  AdoptSchema,
  PublishSchema,
  ShortageListSchema,
  StatementAskedSchema,
  StatementSchema,
  StatementSummarySchema,
} from "./api-schemas.js";
import { adoptShortageList, askForStatement, publishStatement, statementDraws } from "./service.js";
import { findStatement, listStatements, type StoredStatement, shortageListOn, shortageLists } from "./store.js";

const officials = { roles: ["policy-official"] } as const;
const planners = { roles: ["policy-official", "statistician"] } as const;
const refusals = {
  "supply-role": 403,
  "supply-statement-unknown": 404,
  "supply-statement-year": 422,
  "supply-statement-not-ready": 422,
  "supply-answer-missing": 422,
  "supply-list-order": 422,
};

/** Statements of sufficiency and shortage lists for programs. */
export function supplyApi(options: Omit<ApiOptions, "tag"> & { readonly database: Database }): RouteGroup {
  const { database } = options;
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Teacher supply (R1)" });
    api.get(
      "/teacher-supply/statements",
      {
        access: "anyone",
        operationId: "listStatements",
        summary: "The published statements of sufficiency; planners see those that aren't published too",
        response: Type.Array(StatementSummarySchema),
      },
      async ({ actor }) => actingAs(database, actor, listStatements),
    );
    api.get(
      "/teacher-supply/statements/:statement",
      {
        access: "anyone",
        operationId: "readStatement",
        summary: "One statement with posts, teachers, shortfall, trainee need and shortage by subject and region",
        response: StatementSchema,
        version: ({ version }) => version,
        refusals: { "supply-statement-unknown": 404 },
      },
      async ({ actor, params }) => known(database, actor, params.statement),
    );
    api.post(
      "/teacher-supply/statements",
      {
        access: planners,
        operationId: "askForStatement",
        summary: "Asks for a statement; a job makes it",
        body: StatementAskedSchema,
        response: Type.Object({ id: Type.Integer(), job: Type.Integer() }),
        status: 202,
        refusals,
      },
      async ({ actor, body, now, orRefuse }) => {
        const asked = { year: body.year, draws: body.draws ?? statementDraws.usual, seed: body.seed ?? 1 };
        return orRefuse(await askForStatement(database, actor, asked, now));
      },
    );
    api.post(
      "/teacher-supply/statements/:statement/publish",
      {
        access: officials,
        operationId: "publishStatement",
        summary: "Publishes a statement with the answer to what it shows",
        body: PublishSchema,
        response: StatementSchema,
        version: ({ version }) => version,
        ifMatch: true,
        refusals,
      },
      async ({ actor, params, body, version, now, orRefuse }) => {
        const order = { id: numberOf(params.statement), expected: version, answer: body.answer };
        return orRefuse(await publishStatement(database, actor, order, now));
      },
    );
    addLists(api, database);
  };
}

function addLists(api: Api, database: Database): void {
  api.get(
    "/teacher-supply/shortage-lists",
    {
      access: "anyone",
      operationId: "listShortageLists",
      summary: "Every shortage list, the newest first; each holds until the next one's first day",
      response: Type.Array(ShortageListSchema),
    },
    async () => shortageLists(database.queries),
  );
  api.get(
    "/teacher-supply/shortage-list",
    {
      access: "anyone",
      operationId: "readShortageList",
      summary: "The shortage list that holds on a day; null before the first",
      query: Type.Object({
        on: Type.Optional(Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "Today unless given" })),
      }),
      response: Type.Object({ list: Type.Union([ShortageListSchema, Type.Null()]) }),
    },
    async ({ query, now }) => {
      const on = query.on === undefined ? dayInEngland(now) : dayOf(query.on);
      return { list: await shortageListOn(database.queries, on) };
    },
  );
  api.post(
    "/teacher-supply/statements/:statement/adopt",
    {
      access: officials,
      operationId: "adoptShortageList",
      summary: "Adopts the shortage list of a published statement from a day on",
      description: 'If-Match names the number of the newest list; "0" before the first.',
      body: AdoptSchema,
      response: ShortageListSchema,
      version: ({ number }) => number,
      ifMatch: true,
      refusals,
    },
    async ({ actor, params, body, version, now, orRefuse }) => {
      const from = dayOf(body.from);
      const order = { statement: numberOf(params.statement), from, expected: version };
      return orRefuse(await adoptShortageList(database, actor, order, dayInEngland(now), now));
    },
  );
}

/** @throws {HttpError} 400 for what is no day */
function dayOf(text: string): CivilDate {
  const day = parseCivilDate(text);
  if (!day.ok) throw new HttpError(400, "period-unreadable", `${day.error} Write the day as 2027-09-01.`);
  return day.value;
}

/** A statement's number; 0, which none has, for what is none. */
const numberOf = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);

async function known(database: Database, actor: Actor, text: string): Promise<StoredStatement> {
  const found = await actingAs(database, actor, (queries) => findStatement(queries, numberOf(text)));
  if (!found)
    throw new HttpError(
      404,
      "supply-statement-unknown",
      `There is no published statement "${text}". Look at the list of statements.`,
    );
  return found;
}
