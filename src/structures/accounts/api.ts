import Type from "typebox";
import { formatCsv } from "../../ingest/index.js";
import { type CivilDate, err, ok, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type Access, type Api, type ApiOptions, apiOn, type RouteGroup } from "../../platform/http/index.js";
import { type AccountsBody, parseBody } from "./body.js";
import { opinions, regularities } from "./opinion.js";
import {
  type AccountsRecord,
  type AccountsTask,
  fileOpinion,
  problemOf,
  readAccounts,
  regionAccounts,
} from "./service.js";
import { accountsStates, lastYearEnd } from "./year.js";

export interface AccountsApiOptions extends Omit<ApiOptions, "tag"> {
  readonly database: Database;
}

const words = <Word extends string>(values: readonly Word[]) => Type.Unsafe<Word>({ type: "string", enum: values });
const orNull = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()]);
const day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "A day, as 2025-08-31" });
const text = (most: number) => Type.String({ maxLength: most });
const hash = Type.String({
  pattern: "^[0-9a-f]{64}$",
  description: "SHA-256 of the signed document, 64 hexadecimal digits",
});

const Task = Type.Object({
  body: Type.String({ description: "trust- with a group's UID, or school- with a URN" }),
  name: Type.String(),
  schools: Type.Integer(),
  region: orNull(Type.String()),
  state: words(accountsStates),
  opinion: Type.Union([words(opinions), Type.Null()]),
  signedOn: orNull(Type.String()),
  filedOn: orNull(Type.String()),
});

const Filing = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  opinion: words(opinions),
  grounds: orNull(Type.String()),
  regularity: words(regularities),
  regularityGrounds: orNull(Type.String()),
  signedOn: day,
  auditor: Type.String(),
  documentSha256: hash,
  documentKept: Type.Boolean(),
  filedOn: day,
  filedBy: Type.String(),
  supersededAt: orNull(Type.String()),
});

const Record = Type.Object({
  body: Type.String(),
  name: Type.String(),
  schools: Type.Integer({ description: "Schools that the accounts reach" }),
  yearEnd: day,
  dueOn: day,
  state: Task.properties.state,
  version: Type.Integer({ description: "0 before anything is filed" }),
  filings: Type.Array(Filing, { description: "Newest first" }),
});

const NewFiling = Type.Object({
  yearEnd: Type.String({ ...day, description: "As printed on the accounts: it has to be the year of the address" }),
  opinion: text(40),
  grounds: Type.Optional(text(20_000)),
  regularity: Type.Optional(text(40)),
  regularityGrounds: Type.Optional(text(20_000)),
  signedOn: text(40),
  auditor: text(2000),
  documentSha256: hash,
});

const params = Type.Object({
  body: Type.String({ maxLength: 20, description: "trust-1234 or school-100000" }),
  yearEnd: day,
});

const readers: Access = {
  roles: ["trust", "school", "regional-officer", "regional-director", "policy-official", "statistician"],
};
const filers: Access = { roles: ["trust", "school"] };
const refusals = {
  "accounts-not-yours": 403,
  "accounts-body-unknown": 404,
  "accounts-filed-already": 409,
} as const;

function placeOf({
  body,
  yearEnd,
}: {
  body: string;
  yearEnd: string;
}): Result<{ body: AccountsBody; yearEnd: CivilDate }, readonly Problem[]> {
  const whose = parseBody(body);
  if (!whose.ok) return err([problemOf("accounts-body-unknown", "body", whose.error)]);
  const date = parseCivilDate(yearEnd);
  return date.ok
    ? ok({ body: whose.value, yearEnd: date.value })
    : err([problemOf("accounts-year-wrong", "yearEnd", date.error)]);
}

const one = <T>(result: Result<T, Problem>): Result<T, readonly Problem[]> =>
  result.ok ? result : err([result.error]);

const shown = ({ due, dueOn, state, filings }: AccountsRecord, yearEnd: CivilDate) => ({
  ...{ body: due.body, name: due.name, schools: due.schools, yearEnd, dueOn, state },
  version: filings[0]?.version ?? 0,
  filings: filings.map((filing) => ({
    ...{ id: filing.id, version: filing.version, opinion: filing.opinion, grounds: filing.grounds },
    ...{ regularity: filing.regularity, regularityGrounds: filing.regularityGrounds, signedOn: filing.signedOn },
    ...{ auditor: filing.auditor, documentSha256: filing.documentSha256, documentKept: filing.documentKept },
    ...{ filedOn: filing.filedOn, filedBy: filing.filedBy, supersededAt: filing.supersededAt },
  })),
});

const task = ({ body, name, schools, region, state, opinion, signedOn, filedOn }: AccountsTask) => ({
  ...{ body, name, schools, region, state, opinion, signedOn, filedOn },
});

const columns = ["body", "name", "schools", "region", "state", "opinion", "signedOn", "filedOn"] as const;

function addReads(api: Api, database: Database): void {
  api.get(
    "/accounts/regions/:region",
    {
      access: { roles: ["regional-officer", "regional-director", "policy-official", "statistician"] },
      operationId: "listAccountsOfRegion",
      summary: "The trusts and schools of a region with where their audited accounts stand",
      query: Type.Object({ yearEnd: Type.Optional(day) }),
      response: Type.Array(Task),
      refusals,
      csv: (tasks) =>
        formatCsv(
          columns,
          tasks.map((row) => columns.map((column) => row[column])),
        ),
    },
    async ({ actor, params: { region }, query, today, now, orRefuse }) => {
      const yearEnd = query.yearEnd === undefined ? ok(lastYearEnd(today)) : parseCivilDate(query.yearEnd);
      const asked = yearEnd.ok ? yearEnd : err([problemOf("accounts-year-wrong", "yearEnd", yearEnd.error)]);
      const tasks = await regionAccounts(database, actor, { yearEnd: orRefuse(asked), region }, now);
      return orRefuse(one(tasks)).map(task);
    },
  );
  api.get(
    "/accounts/:body/:yearEnd",
    {
      access: readers,
      operationId: "readAccounts",
      summary: "The audited accounts of a trust or school of a year, with every version that was filed",
      params,
      response: Record,
      refusals,
      version: ({ version }) => version,
    },
    async ({ actor, params: asked, now, orRefuse }) => {
      const place = orRefuse(placeOf(asked));
      return shown(orRefuse(one(await readAccounts(database, actor, place, now))), place.yearEnd);
    },
  );
}

function addChanges(api: Api, database: Database): void {
  const answer = {
    params,
    body: NewFiling,
    response: Record,
    refusals,
    version: ({ version }: { version: number }) => version,
  };
  const typedFrom = (body: {
    yearEnd: string;
    opinion: string;
    grounds?: string;
    regularity?: string;
    regularityGrounds?: string;
    signedOn: string;
    auditor: string;
    documentSha256: string;
  }) => ({ grounds: "", regularity: "", regularityGrounds: "", ...body });
  api.post(
    "/accounts/:body/:yearEnd",
    {
      ...answer,
      access: filers,
      operationId: "fileAccounts",
      summary: "File the auditor's opinion; the document follows on the page, and must have the hash",
      status: 201,
    },
    async ({ actor, params: asked, body, now, orRefuse }) => {
      const place = orRefuse(placeOf(asked));
      orRefuse(
        await fileOpinion(database, actor, { ...place, typed: typedFrom(body), document: null, expected: 0 }, now),
      );
      return shown(orRefuse(one(await readAccounts(database, actor, place, now))), place.yearEnd);
    },
  );
  api.put(
    "/accounts/:body/:yearEnd",
    {
      ...answer,
      access: filers,
      operationId: "correctAccounts",
      summary: "Correct a filing by a further version; the earlier one stays on record",
      ifMatch: true,
    },
    async ({ actor, params: asked, body, version, now, orRefuse }) => {
      const place = orRefuse(placeOf(asked));
      orRefuse(
        await fileOpinion(
          database,
          actor,
          { ...place, typed: typedFrom(body), document: null, expected: version },
          now,
        ),
      );
      return shown(orRefuse(one(await readAccounts(database, actor, place, now))), place.yearEnd);
    },
  );
}

/** The interface for programs to the accounts. */
export function accountsApi({ database, ...options }: AccountsApiOptions): RouteGroup {
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Accounts" });
    addReads(api, database);
    addChanges(api, database);
  };
}
