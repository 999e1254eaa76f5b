import Type from "typebox";
import { parseCivilDate } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { type Api, type ApiOptions, apiOn, type RouteGroup } from "../../../platform/http/index.js";
import { actingAs } from "../../../platform/identity/index.js";
import { addDrawOperations, addPlanOperation } from "./api-draw.js";
import { addItemOperations } from "./api-items.js";
import {
  BookletOrderSchema,
  ExportOrderSchema,
  ProgressSchema,
  SampleOrderSchema,
  SampleSchoolSchema,
  StudyDraftSchema,
  StudyItemsSchema,
  StudySchema,
} from "./api-schemas.js";
import { addSchoolOperations } from "./api-schools.js";
import { addSessionOperations } from "./api-sessions.js";
import { bodyBytes, FileBody, largest, refusals, sentCsv, statisticians, version } from "./api-shared.js";
import { aloneOrder, orderExport } from "./export-job.js";
import { orderSample } from "./jobs.js";
import { problem } from "./problem.js";
import { sampleCsv } from "./sample-file.js";
import { createStudy, listStudies, notAllowed, runsAssessments, viewStudy } from "./service.js";
import { makeBooklets } from "./service-booklets.js";
import { eraseStudy } from "./service-erase.js";
import { viewStudyItems } from "./service-history.js";
import { readProgress } from "./service-progress.js";
import { importPaper, paperColumns } from "./service-sessions.js";
import { findExport, listExport } from "./store.js";
import type { StudyDraft } from "./study.js";

const job = Type.Object({ job: Type.Integer({ description: "See /jobs." }) });

interface FieldworkApi extends Omit<ApiOptions, "tag"> {
  readonly database: Database;
}

/** The interface for programs: studies, items, samples, schools' answers, sessions and files. */
export function fieldworkApi(options: FieldworkApi): RouteGroup {
  return (server) => {
    const api = apiOn(server, { tag: "assessment fieldwork", ...options });
    addStudies(api, options.database);
    addDrawOperations(api, options.database);
    addPlanOperation(api, options.database);
    addItemOperations(api, options.database);
    addSchoolOperations(api, options.database);
    addSessionOperations(api, options.database);
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
  api.get(
    `${path}/:study/progress`,
    {
      ...{ access: statisticians, operationId: "readFieldProgress", refusals, response: ProgressSchema },
      summary: "How an assessment goes: schools' answers, sessions, attendance with reasons, access arrangements",
    },
    async ({ actor, params, today, orRefuse }) => orRefuse(await readProgress(database, actor, params.study, today)),
  );
  api.get(
    `${path}/:study/items`,
    {
      ...{ access: statisticians, operationId: "readStudyItems", refusals, response: StudyItemsSchema },
      summary: "The items of its booklets: how far each is exposed, and which version of which curriculum covers it",
    },
    async ({ actor, params, orRefuse }) => orRefuse(await viewStudyItems(database, actor, params.study)),
  );
  addOrders(api, database);
  addHandling(api, database);
}

/** What comes in on paper, and what goes at the end. */
function addHandling(api: Api, database: Database): void {
  const path = "/assessment-fieldwork/studies/:study";
  api.post(
    `${path}/paper`,
    {
      ...{ access: statisticians, operationId: "importPaperAnswers", refusals },
      summary: "Takes a file of answers given on paper in, all or nothing: every bad line is named",
      description: `CSV with the columns ${paperColumns.join(", ")}; a pupil by the code on the ticket or the random id.`,
      ...{ body: FileBody, bodyBytes: bodyBytes(largest.table) },
      response: Type.Object({ pupils: Type.Integer(), responses: Type.Integer() }),
    },
    async ({ actor, params, body, now, orRefuse }) => {
      const { bytes, name } = orRefuse(sentCsv(body, largest.table));
      return orRefuse(await importPaper(database, actor, params.study, bytes, name, now));
    },
  );
  api.post(
    `${path}/erasure`,
    {
      ...{ access: statisticians, operationId: "eraseFieldPupils", refusals, version, ifMatch: true },
      summary: "Erases what tells pupils apart, with a reason; refused while sessions run or results need it",
      description: "On the day of the study's record it is done by itself. Doing it twice is the same.",
      body: Type.Object({ reason: Type.String({ maxLength: 500 }) }),
      response: StudySchema,
    },
    async ({ actor, params: { study }, body: { reason }, version: expected, today, now, orRefuse }) =>
      orRefuse(await eraseStudy(database, actor, { study, reason, expected }, today, now)),
  );
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
      summary: "Writes the files for calibration, with weights and how they came about, as a job",
      refusals,
      body: ExportOrderSchema,
      response: job,
      status: 202,
    },
    async ({ actor, params, body, orRefuse }) => ({
      job: orRefuse(await orderExport(database, actor, params.study, { ...aloneOrder, ...body })),
    }),
  );
  api.get(
    `${path}/:study/files`,
    {
      ...{ access: statisticians, operationId: "listFieldFiles", refusals },
      summary: "The files that were written last",
      response: Type.Array(Type.Object({ name: Type.String(), madeAt: Type.String() })),
    },
    async ({ actor, params, orRefuse }) => {
      if (!runsAssessments(actor)) orRefuse(notAllowed(params.study));
      return actingAs(database, actor, (queries) => listExport(queries, params.study));
    },
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
