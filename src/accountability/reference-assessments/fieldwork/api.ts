import Type from "typebox";
import { parseCivilDate } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { type Api, type ApiOptions, apiOn, type RouteGroup } from "../../../platform/http/index.js";
import { actingAs } from "../../../platform/identity/index.js";
import {
  BookletOrderSchema,
  ItemChangeSchema,
  ItemSchema,
  PupilSchema,
  SampleOrderSchema,
  SampleSchoolSchema,
  SchoolSchema,
  StudyDraftSchema,
  StudySchema,
} from "./api-schemas.js";
import { orderExport, orderSample } from "./jobs.js";
import { problem } from "./problem.js";
import { sampleCsv } from "./sample-file.js";
import { createStudy, listStudies, makeBooklets, notAllowed, runsAssessments, viewStudy } from "./service.js";
import { listItems, recordItem } from "./service-items.js";
import { answerForSchool, describePupils, viewSchool } from "./service-schools.js";
import { finishSession, readCode, saveAnswers } from "./service-sessions.js";
import { findExport } from "./store.js";
import type { StudyDraft } from "./study.js";

const statisticians = { roles: ["statistician"] } as const;
const inSchool = { roles: ["school", "teacher", "statistician"] } as const;
/** Refusals that aren't 422. */
const refusals = {
  ...{
    "fieldwork-role": 403,
    "fieldwork-study-unknown": 404,
    "fieldwork-item-unknown": 404,
    "fieldwork-pupil-unknown": 404,
  },
  ...{
    "fieldwork-session-closed": 404,
    "fieldwork-school-state": 409,
    "fieldwork-sample-drawn": 409,
    "fieldwork-study-exists": 409,
  },
};
const version = (answer: { readonly version: number }) => answer.version;
const job = Type.Object({ job: Type.Integer({ description: "See /jobs." }) });

interface FieldworkApi extends Omit<ApiOptions, "tag"> {
  readonly database: Database;
}

/** The interface for programs: studies, items, samples, schools' answers, sessions and files. */
export function fieldworkApi(options: FieldworkApi): RouteGroup {
  return (server) => {
    const api = apiOn(server, { tag: "assessment fieldwork", ...options });
    addStudies(api, options.database);
    addItems(api, options.database);
    addSchools(api, options.database);
    addSessions(api, options.database);
  };
}

function addStudies(api: Api, database: Database): void {
  const path = "/assessment-fieldwork/studies";
  api.get(
    path,
    {
      access: statisticians,
      operationId: "listFieldStudies",
      summary: "Every assessment that is run, the newest cycle first",
      response: Type.Array(StudySchema),
    },
    async ({ actor }) => listStudies(database, actor),
  );
  api.post(
    path,
    {
      ...{ access: statisticians, operationId: "beginFieldStudy", summary: "Begins an assessment", refusals, version },
      ...{ body: StudyDraftSchema, response: StudySchema, status: 201 },
    },
    async ({ actor, body, today, now, orRefuse }) => {
      for (const day of [body.answerBy, body.opens, body.closes, body.eraseOn])
        if (!parseCivilDate(day).ok)
          orRefuse({ ok: false, error: [problem("fieldwork-study-invalid", "days", `"${day}" is no day`)] });
      return orRefuse(await createStudy(database, actor, body as StudyDraft, today, now));
    },
  );
  api.get(
    `${path}/:study`,
    {
      access: statisticians,
      operationId: "readFieldStudy",
      summary: "An assessment with its booklets",
      response: StudySchema,
      refusals,
      version,
    },
    async ({ actor, params, orRefuse }) => orRefuse(await viewStudy(database, actor, params.study)).study,
  );
  addOrders(api, database);
}

/** Booklets, sample and files of a study. */
function addOrders(api: Api, database: Database): void {
  const path = "/assessment-fieldwork/studies";
  api.put(
    `${path}/:study/booklets`,
    {
      ...{
        access: statisticians,
        operationId: "assembleBooklets",
        summary: "Assembles booklets from the items that are ready",
        refusals,
        version,
      },
      ...{ body: BookletOrderSchema, response: StudySchema, ifMatch: true },
    },
    async ({ actor, params, body, version: expected, now, orRefuse }) =>
      orRefuse(await makeBooklets(database, actor, params.study, body, expected, now)),
  );
  api.post(
    `${path}/:study/sample`,
    {
      ...{
        access: statisticians,
        operationId: "drawFieldSample",
        summary: "Draws the schools from the register, as a job",
        refusals,
      },
      ...{ body: SampleOrderSchema, response: job, status: 202, ifMatch: true },
    },
    async ({ actor, params, body, version: expected, now, orRefuse }) => ({
      job: orRefuse(await orderSample(database, actor, params.study, body, expected, now)),
    }),
  );
  api.get(
    `${path}/:study/sample`,
    {
      ...{
        access: statisticians,
        operationId: "readFieldSample",
        summary: "The schools of a sample in order of selection",
        refusals,
      },
      response: Type.Array(SampleSchoolSchema),
      csv: (schools) => sampleCsv(schools),
    },
    async ({ actor, params, orRefuse }) => orRefuse(await viewStudy(database, actor, params.study)).schools,
  );
  api.post(
    `${path}/:study/files`,
    {
      access: statisticians,
      operationId: "writeFieldFiles",
      summary: "Writes the files for calibration, as a job",
      refusals,
      response: job,
      status: 202,
    },
    async ({ actor, params, orRefuse }) => ({ job: orRefuse(await orderExport(database, actor, params.study)) }),
  );
  api.get(
    `${path}/:study/files/:file`,
    {
      access: statisticians,
      operationId: "readFieldFile",
      summary: "One of the files that were written last",
      refusals,
      response: Type.Object({ name: Type.String(), content: Type.String() }),
    },
    async ({ actor, params, orRefuse }) => {
      if (!runsAssessments(actor)) orRefuse(notAllowed(params.study));
      const content = await actingAs(database, actor, (queries) => findExport(queries, params.study, params.file));
      if (content === null)
        return orRefuse({
          ok: false,
          error: [problem("fieldwork-study-unknown", params.file, "there is no such file")],
        });
      return { name: params.file, content };
    },
  );
}

function addItems(api: Api, database: Database): void {
  api.get(
    "/assessment-fieldwork/items",
    {
      access: statisticians,
      operationId: "listItems",
      summary: "The bank of items",
      refusals,
      response: Type.Array(ItemSchema),
    },
    async ({ actor, orRefuse }) => orRefuse(await listItems(database, actor)),
  );
  api.put(
    "/assessment-fieldwork/items/:item",
    {
      ...{
        access: statisticians,
        operationId: "recordItem",
        summary: "Changes an item's status, or records its drift in a cycle",
        refusals,
        version,
      },
      ...{ body: ItemChangeSchema, response: ItemSchema, ifMatch: true },
    },
    async ({ actor, params, body, version: expected, now, orRefuse }) =>
      orRefuse(await recordItem(database, actor, params.item, body, expected, now)),
  );
}

function addSchools(api: Api, database: Database): void {
  const path = "/assessment-fieldwork/schools/:urn/studies/:study";
  const school = Type.Object({ school: SchoolSchema, pupils: Type.Array(PupilSchema), version: Type.Integer() });
  api.get(
    path,
    {
      access: inSchool,
      operationId: "readFieldSchool",
      summary: "A school's part in an assessment: its answer and its drawn pupils",
      refusals,
      response: school,
      version,
    },
    async ({ actor, params, orRefuse }) => {
      const view = orRefuse(await viewSchool(database, actor, params.study, params.urn));
      return { ...view, version: view.school.version };
    },
  );
  api.put(
    `${path}/answer`,
    {
      ...{
        access: { roles: ["school", "statistician"] },
        operationId: "answerForSchool",
        summary: "Whether the school takes part",
        refusals,
        version,
      },
      body: Type.Object({
        takesPart: Type.Boolean(),
        reason: Type.String({ maxLength: 500 }),
        roll: Type.Union([Type.Integer(), Type.Null()]),
        sessionOn: Type.String({ maxLength: 10 }),
      }),
      ...{ response: SchoolSchema, ifMatch: true },
    },
    async ({ actor, params, body, version: expected, today, now, orRefuse }) =>
      orRefuse(
        await answerForSchool(database, actor, { ...body, study: params.study, urn: params.urn, expected }, today, now),
      ),
  );
  api.put(
    `${path}/pupils/:line`,
    {
      ...{
        access: inSchool,
        operationId: "describePupil",
        summary: "What the school says of a drawn pupil",
        refusals,
        ifMatch: true,
      },
      body: Type.Object({
        ...{
          sex: Type.String({ maxLength: 10 }),
          disadvantaged: Type.String({ maxLength: 10 }),
          born: Type.String({ maxLength: 7 }),
        },
        ...{
          attendance: Type.String({ maxLength: 20 }),
          arrangements: Type.Array(Type.String({ maxLength: 30 }), { maxItems: 20 }),
        },
      }),
      response: Type.Object({ saved: Type.Integer() }),
    },
    async ({ actor, params, body, version: expected, orRefuse }) => {
      const change = { line: Number(params.line), fields: body, place: "pupil", expected };
      return {
        saved: orRefuse(await describePupils(database, actor, { study: params.study, urn: params.urn }, [change])),
      };
    },
  );
}

function addSessions(api: Api, database: Database): void {
  const path = "/assessment-fieldwork/sessions/:code";
  api.put(
    `${path}/answers/:item`,
    {
      ...{
        access: "anyone",
        operationId: "saveSessionAnswer",
        summary: "Takes an answer of a session; the code of the ticket is the key",
        refusals,
      },
      description: "The same tablet and number again, or a smaller number, changes nothing.",
      body: Type.Object({
        answer: Type.String({ maxLength: 500 }),
        device: Type.String({ minLength: 1, maxLength: 40 }),
        sequence: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }),
      }),
      response: Type.Object({ receipt: Type.Enum(["kept", "ignored"]) }),
    },
    async ({ params, body, today, now, orRefuse }) => {
      const [receipt] = orRefuse(
        await saveAnswers(database, readCode(params.code), [{ ...body, item: params.item }], today, now),
      );
      return { receipt: receipt! };
    },
  );
  api.post(
    `${path}/finish`,
    {
      access: "anyone",
      operationId: "finishSession",
      summary: "Ends a session; doing it twice is the same",
      refusals,
      body: Type.Object({}),
      response: Type.Object({ state: Type.String() }),
    },
    async ({ params, today, now, orRefuse }) => ({
      state: orRefuse(await finishSession(database, readCode(params.code), today, now)).state,
    }),
  );
}
