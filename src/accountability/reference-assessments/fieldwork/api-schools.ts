import Type from "typebox";
import { err } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import type { Api } from "../../../platform/http/index.js";
import { PupilFactsSchema, PupilSchema, ReminderSchema, SchoolSchema } from "./api-schemas.js";
import { bodyBytes, FileBody, inSchool, largest, refusals, sentCsv, version } from "./api-shared.js";
import { problem } from "./problem.js";
import { pupilColumns } from "./pupil.js";
import { remindersOf } from "./reminders.js";
import { askers, erasePupil } from "./service-erase-pupil.js";
import { answerForSchool, describePupils, importPupils, schoolSamples, viewSchool } from "./service-schools.js";

/** Schools' parts: answers and drawn pupils. */
export function addSchoolOperations(api: Api, database: Database): void {
  const path = "/assessment-fieldwork/schools/:urn/studies/:study";
  const school = Type.Object({
    ...{ school: SchoolSchema, pupils: Type.Array(PupilSchema), version: Type.Integer() },
    reminders: Type.Array(ReminderSchema, { description: "What the school has still to do today" }),
  });
  api.get(
    "/assessment-fieldwork/schools/:urn",
    {
      ...{ access: inSchool, operationId: "listFieldParts", refusals },
      summary: "The assessments that a school has been asked to take part in",
      response: Type.Array(
        Type.Object({
          ...{ study: Type.String(), title: Type.String(), state: Type.String() },
          ...{ answerBy: Type.String(), opens: Type.String(), closes: Type.String() },
        }),
      ),
    },
    async ({ actor, params, orRefuse }) =>
      orRefuse(await schoolSamples(database, actor, params.urn)).map(({ study, school: { state } }) => ({
        ...{ study: study.id, title: study.title, state },
        ...{ answerBy: study.answerBy, opens: study.opens, closes: study.closes },
      })),
  );
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
    async ({ actor, params, today, orRefuse }) => {
      const view = orRefuse(await viewSchool(database, actor, params.study, params.urn));
      const { study, school: part, pupils } = view;
      return { ...view, version: part.version, reminders: remindersOf(study, part, pupils, today) };
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
  addPupilOperations(api, database);
}

/** Drawn pupils, by the line of the school's own list. */
function addPupilOperations(api: Api, database: Database): void {
  const path = "/assessment-fieldwork/schools/:urn/studies/:study/pupils";
  api.post(
    path,
    {
      ...{ access: inSchool, operationId: "importPupils", refusals },
      summary: "Takes a file of what a school says of its drawn pupils in, all or nothing: every bad line is named",
      description: `CSV with the columns ${pupilColumns.join(", ")}; arrangements with blanks between. A line overwrites what stood there.`,
      ...{ body: FileBody, bodyBytes: bodyBytes(largest.pupils) },
      response: Type.Object({ saved: Type.Integer() }),
    },
    async ({ actor, params: { urn, study }, body, orRefuse }) => {
      const { bytes, name } = orRefuse(sentCsv(body, largest.pupils));
      return { saved: orRefuse(await importPupils(database, actor, { study, urn }, bytes, name)).length };
    },
  );
  api.get(
    `${path}/:line`,
    {
      ...{ access: inSchool, operationId: "readFieldPupil", refusals, response: PupilSchema, version },
      summary: "A drawn pupil: attendance, access arrangements, how the session stands; nothing of what was answered",
    },
    async ({ actor, params, orRefuse }) => {
      const { pupils } = orRefuse(await viewSchool(database, actor, params.study, params.urn));
      const pupil = pupils.find(({ line }) => String(line) === params.line);
      return pupil ?? orRefuse(err([problem("fieldwork-pupil-unknown", "line", "no pupil of this line was drawn")]));
    },
  );
  api.put(
    `${path}/:line`,
    {
      ...{ access: inSchool, operationId: "describePupil", refusals, version, ifMatch: true },
      summary: "What the school says of a drawn pupil: facts, access arrangements, attendance with its reason",
      ...{ body: PupilFactsSchema, response: PupilSchema },
    },
    async ({ actor, params, body, version: expected, orRefuse }) => {
      const change = { line: Number(params.line), fields: body, place: "pupil", expected };
      const where = { study: params.study, urn: params.urn };
      const [pupil] = orRefuse(await describePupils(database, actor, where, [change]));
      return pupil!;
    },
  );
  api.post(
    `${path}/:line/erasure`,
    {
      access: { roles: ["school", "statistician"] },
      ...{ operationId: "erasePupil", refusals, ifMatch: true },
      summary: "Erases a drawn pupil at the request of a parent or the pupil, with every answer",
      description:
        "What was published stays. Files that hold the pupil are taken away and have to be written again; copies of them have to be destroyed.",
      body: Type.Object({ asked: Type.Enum(Object.keys(askers) as (keyof typeof askers)[]) }),
      response: Type.Object({
        erased: Type.Integer({ description: "Drawn pupils of the school who were erased on request" }),
        files: Type.Array(Type.String(), { description: "Assessments whose files held the pupil" }),
      }),
    },
    async ({ actor, params: { urn, study, line }, body: { asked }, version: expected, now, orRefuse }) =>
      orRefuse(await erasePupil(database, actor, { study, urn, line: Number(line), asked, expected }, now)),
  );
}
