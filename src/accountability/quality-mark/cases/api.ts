import Type, { type Static } from "typebox";
import { formatSheet } from "../../../ingest/index.js";
import {
  type CivilDate,
  dateInWords,
  err,
  ok,
  type Problem,
  parseCivilDate,
  type Result,
} from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { type Api, type ApiOptions, apiOn, HttpError, type RouteGroup } from "../../../platform/http/index.js";
import { actingAs } from "../../../platform/identity/index.js";
import { markSentence } from "../marks/mark.js";
import { markOf, marksOfSchool } from "../marks/store-marks.js";
import { readAcademicYear } from "./academic-years.js";
import { CaseLineSchema, CaseSchema, ListQuery, MarkSchema, StepSchema } from "./api-schemas.js";
import type { CaseCommand } from "./case.js";
import { problem } from "./problem.js";
import { drawSecondReadings, officers, publishBatch, readCase, schoolSide, takeStep } from "./service.js";
import { type CaseLine, nextCases } from "./store-list.js";

const refusals: Readonly<Record<string, number>> = {
  ...{ "case-unknown": 404, "case-not-allowed": 403, "case-step-unreadable": 422, "case-not-in-state": 409 },
  ...{ "case-decided-twice": 409, "cases-undecided": 409, "nothing-to-publish": 409, "year-not-open": 404 },
};
const worksOnCases = { roles: officers };
const readsCases = { roles: [...officers, ...schoolSide] };

/** A year as addresses write it. */
function yearOf(text: string): string {
  const year = readAcademicYear(text);
  if (year === null) throw new HttpError(404, "case-unknown", `"${text}" is no academic year, as 2025-26.`);
  return year;
}

/** The command that a body asks for; a day or a reason that is missing is said by the rules. */
function commandOf(body: Static<typeof StepSchema>): Result<CaseCommand, readonly Problem[]> {
  const { step, decision, answerBy, number, accepted } = body;
  const words = body.words ?? "";
  const unreadable = (message: string) => err([problem("case-step-unreadable", step, message)]);
  switch (step) {
    case "send-to-school": {
      const day = parseCivilDate(answerBy ?? "");
      return day.ok ? ok({ kind: step, answerBy: day.value }) : unreadable("answerBy must be the last day to answer");
    }
    case "decide":
      return decision ? ok({ kind: step, decision, words: words || null }) : unreadable("decision is missing");
    case "decide-appeal":
      return decision ? ok({ kind: step, decision, words }) : unreadable("decision is missing");
    case "settle-correction":
      return number !== undefined && accepted !== undefined
        ? ok({ kind: step, number, accepted, words })
        : unreadable("number and accepted are needed");
    case "agree":
    case "finish-answer":
      return ok({ kind: step });
    default:
      return ok({ kind: step, words });
  }
}

/** A list of cases as a table. */
const csvOf = (lines: readonly Pick<CaseLine, "urn" | "name">[]): string => {
  const columns = [
    "urn",
    "academicYear",
    "name",
    "phase",
    "authorityCode",
    "regionCode",
    "state",
    "proposed",
    "decision",
    "answerBy",
  ];
  const rows = lines.map((line) => {
    const entries = new Map<string, unknown>(Object.entries(line));
    return columns.map((name) => String(entries.get(name) ?? ""));
  });
  return formatSheet(columns, rows);
};

/** The cases and the public record of marks for programs. */
export function casesApi(options: Omit<ApiOptions, "tag"> & { readonly database: Database }): RouteGroup {
  const { database } = options;
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Quality Mark: cases and marks (A2)" });
    api.get(
      "/cases/:year",
      {
        ...{
          access: worksOnCases,
          operationId: "listCases",
          summary: "The cases of a year that you may reach, in order of URN",
        },
        ...{ query: ListQuery, response: Type.Array(CaseLineSchema), csv: csvOf, refusals },
      },
      async ({ actor, params, query, next }) => {
        const { cursor = "", limit, ...narrowed } = query;
        const filter = { academicYear: yearOf(params.year), ...narrowed };
        const lines = await actingAs(database, actor, (queries) => nextCases(queries, filter, cursor, limit));
        next(lines.length === limit ? lines.at(-1)!.urn : null);
        return lines;
      },
    );
    api.get(
      "/cases/:year/:urn",
      {
        ...{
          access: readsCases,
          operationId: "readCase",
          summary: "A case with its evidence, proposal, decision and history",
        },
        ...{ response: CaseSchema, version: ({ version }) => version, refusals },
      },
      async ({ actor, params, orRefuse }) => {
        const key = { urn: params.urn, academicYear: yearOf(params.year) };
        const { found, events } = orRefuse(await readCase(database, actor, key));
        const history = events.map(({ version, kind, at, actor: who }) => ({
          version,
          kind,
          at,
          by: "name" in who ? who.name : who.kind,
        }));
        return { ...found, history };
      },
    );
    api.post(
      "/cases/:year/:urn/steps",
      {
        ...{
          access: readsCases,
          operationId: "takeCaseStep",
          summary: "Takes a step with a case, as its version in If-Match stands",
        },
        ...{ body: StepSchema, response: CaseSchema, version: ({ version }) => version, ifMatch: true, refusals },
      },
      async ({ actor, params, body, version, now, orRefuse }) => {
        const key = { urn: params.urn, academicYear: yearOf(params.year) };
        const command = orRefuse(commandOf(body));
        const found = orRefuse(await takeStep(database, actor, { ...key, expected: version, command }, now));
        return { ...found, history: [] };
      },
    );
    api.post(
      "/cases/:year/second-readings",
      {
        ...{
          access: worksOnCases,
          operationId: "drawSecondReadings",
          summary: "Draws the decisions of a region that a second person reads, once all are taken",
        },
        body: Type.Object({ region: Type.String({ pattern: "^E12\\d{6}$" }) }),
        response: Type.Object({ drawn: Type.Integer({ description: "How many wait for a second person by it" }) }),
        refusals,
      },
      async ({ actor, params, body, now, orRefuse }) => {
        const scope = { academicYear: yearOf(params.year), region: body.region };
        return { drawn: orRefuse(await drawSecondReadings(database, actor, scope, now)) };
      },
    );
    api.post(
      "/cases/:year/publications",
      {
        ...{
          access: worksOnCases,
          operationId: "publishCases",
          summary: "Publishes a region's decided cases, as a job",
        },
        body: Type.Object({ region: Type.String({ pattern: "^E12\\d{6}$" }) }),
        response: Type.Object({ job: Type.String({ description: "The address of the job" }) }),
        ...{ status: 202, refusals },
      },
      async ({ actor, params, body, now, orRefuse }) => {
        const scope = { academicYear: yearOf(params.year), region: body.region };
        return { job: `/jobs/${orRefuse(await publishBatch(database, actor, scope, now))}` };
      },
    );
    addMarkOperation(api, database);
  };
}

function addMarkOperation(api: Api, database: Database): void {
  api.get(
    "/schools/:urn/mark",
    {
      ...{
        access: "anyone",
        operationId: "readMark",
        summary: "A school's mark as it stands on a day, and those before it",
      },
      query: Type.Object({ on: Type.Optional(Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" })) }),
      ...{ response: MarkSchema, refusals: { "mark-unknown": 404 } },
    },
    async ({ params, query, today }) => {
      const asked = query.on === undefined ? ok<CivilDate>(today) : parseCivilDate(query.on);
      if (!asked.ok) throw new HttpError(400, "invalid-request", asked.error);
      const mark = await markOf(database.queries, params.urn, asked.value);
      if (!mark)
        throw new HttpError(
          404,
          "mark-unknown",
          `Nothing has been published of the school ${params.urn} by ${dateInWords(asked.value)}.`,
        );
      return {
        ...mark,
        sentence: markSentence(mark),
        all: await marksOfSchool(database.queries, params.urn, asked.value),
      };
    },
  );
}
