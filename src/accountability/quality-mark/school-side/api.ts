import Type, { type Static } from "typebox";
import { err } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import {
  type Api,
  type ApiContext,
  type ApiOptions,
  apiOn,
  HttpError,
  type RouteGroup,
  sentFiles,
} from "../../../platform/http/index.js";
import { readAcademicYear } from "../cases/academic-years.js";
import {
  AnswerSchema,
  DocumentSchema,
  DocumentsSchema,
  DraftSchema,
  type SchoolSideAnswer,
  SchoolSideSchema,
} from "./api-schemas.js";
import type { PupilSide } from "./pupil-side.js";
import {
  addEvidence,
  draftCorrection,
  dropDraft,
  effectOf,
  effectOfAll,
  type OwnCase,
  raiseCorrection,
  readDocument,
  readSchoolSide,
  type SchoolStep,
  type SchoolView,
  takeSchoolStep,
} from "./service.js";
import type { KeptEffect } from "./store.js";
import { evidenceUploads } from "./uploads.js";

export interface SchoolSideApiOptions extends Omit<ApiOptions, "tag"> {
  readonly database: Database;
  readonly side: PupilSide;
}

const heads = { roles: ["school"] } as const;
const YearQuery = Type.Object({
  year: Type.Optional(
    Type.String({
      pattern: "^\\d{4}-\\d{2}$",
      description: "The case of this year, as 2024-25; the newest unless given",
    }),
  ),
});

/** The case that a request is about. @throws {HttpError} 404 where it names no year */
function caseOf({ params, query }: { params: { urn: string }; query: Static<typeof YearQuery> }): OwnCase {
  if (query.year === undefined) return { urn: params.urn };
  const academicYear = readAcademicYear(query.year);
  if (academicYear === null) throw new HttpError(404, "not-found", `No academic year is called "${query.year}".`);
  return { urn: params.urn, academicYear };
}
const refusals = {
  "case-not-there": 404,
  "case-not-yours": 403,
  "correction-not-there": 404,
  "case-not-in-state": 409,
};
/** Five documents of five megabytes in base64. */
const bodyBytes = 36 * 1024 * 1024;
type Sent = Parameters<typeof sentFiles>[0];

const effectShown = (effect: KeptEffect | null): SchoolSideAnswer["together"] => {
  if (effect === null) return null;
  const { result } = effect;
  const figure = (of: "before" | "after") => {
    const found = result?.[of];
    if (!found) return null;
    const { valueAdded, lower, upper, predictionError, pupils } = found;
    return { valueAdded, lower, upper, predictionError, pupils };
  };
  const problems = (result?.problems ?? []).map(({ code, message }) => ({ code, message }));
  return { computed: result !== null, before: figure("before"), after: figure("after"), problems };
};

function shown(view: SchoolView): SchoolSideAnswer {
  const { found, corrections, documents, mayAnswer } = view;
  return {
    ...{ urn: found.urn, academicYear: found.academicYear, version: found.version, state: found.state, mayAnswer },
    corrections: corrections.map((one) => ({
      ...{ id: one.id, pupilEnds: one.hint, reason: one.reason, action: one.action, state: one.state },
      ...{ number: one.number, facts: { ...one.facts } },
      effect: one.state === "draft" || one.state === "raised" ? effectShown(effectOf(view, one.id)) : null,
      officersWords: found.corrections.find(({ number }) => number === one.number)?.outcome?.words ?? null,
    })),
    documents: documents.map(({ id, part, name, type, sha256, correctionId, storedAt }) => ({
      ...{ id, part, name, type, sha256, correction: correctionId, storedAt },
    })),
    together: effectShown(effectOfAll(view)),
  };
}

/** What a head says to the school's own case, for programs: the same rules as the pages'. */
class SchoolSideApi {
  readonly #database: Database;
  readonly #side: PupilSide;

  constructor({ database, side }: SchoolSideApiOptions) {
    this.#database = database;
    this.#side = side;
  }

  async view({ actor, now, orRefuse }: Pick<ApiContext, "actor" | "now" | "orRefuse">, own: OwnCase) {
    const view = await readSchoolSide(this.#database, actor, own, now);
    return shown(orRefuse(view.ok ? view : err([view.error])));
  }

  /** The documents of a body, or its refusal. */
  documents({ orRefuse }: Pick<ApiContext, "orRefuse">, sent: Sent | undefined, optional = true) {
    const { files, problems } = sentFiles(sent ?? [], { ...evidenceUploads, optional });
    if (problems.length > 0) orRefuse(err(problems));
    return files;
  }

  corrections(api: Api): void {
    const database = this.#database;
    const list = "/schools/:urn/case-corrections";
    const same = { access: heads, query: YearQuery, response: SchoolSideSchema, refusals } as const;
    const version = (answer: { readonly version: number }) => answer.version;
    api.get(
      list,
      { ...same, version, operationId: "listCorrections", summary: "What the school has said to its newest case" },
      (context) => this.view(context, caseOf(context)),
    );
    api.post(
      list,
      {
        ...{ ...same, version, body: DraftSchema, status: 201, bodyBytes, operationId: "draftCorrection" },
        summary: "Drafts a correction of one pupil, so that its effect is seen before it is raised",
      },
      async (context) => {
        const { actor, body, now, orRefuse } = context;
        const documents = this.documents(context, body.documents);
        const { reason, action, facts, words = "", shares = [] } = body;
        const typed = { reason, action, facts, words, shares };
        const order = { ...caseOf(context), reference: body.pupil, typed, documents };
        orRefuse(await draftCorrection(database, actor, order, this.#side, now));
        return this.view(context, caseOf(context));
      },
    );
    api.post(
      `${list}/:correction/documents`,
      {
        ...{ ...same, version, bodyBytes, operationId: "addCorrectionDocuments" },
        summary: "Adds documents to a draft",
        body: Type.Object({ documents: DocumentsSchema }),
      },
      async (context) => {
        const { actor, params, body, now, orRefuse } = context;
        const documents = this.documents(context, body.documents, false);
        orRefuse(await addEvidence(database, actor, { ...caseOf(context), id: params.correction }, documents, now));
        return this.view(context, caseOf(context));
      },
    );
    api.post(
      `${list}/:correction/raise`,
      {
        ...{ ...same, version, ifMatch: true, operationId: "raiseCorrection" },
        summary: "Raises a draft; If-Match names the version of the case",
      },
      async (context) => {
        const { actor, params, version: expected, now, orRefuse } = context;
        const place = { ...caseOf(context), id: params.correction, expected };
        orRefuse(await raiseCorrection(database, actor, place, now));
        return this.view(context, caseOf(context));
      },
    );
    api.post(
      `${list}/:correction/withdraw`,
      { ...same, version, operationId: "withdrawCorrection", summary: "Withdraws a draft" },
      async (context) => {
        const { actor, params, now, orRefuse } = context;
        orRefuse(await dropDraft(database, actor, { ...caseOf(context), id: params.correction }, now));
        return this.view(context, caseOf(context));
      },
    );
  }

  answers(api: Api): void {
    const database = this.#database;
    api.post(
      "/schools/:urn/case-answer",
      {
        ...{
          access: heads,
          query: YearQuery,
          body: AnswerSchema,
          response: SchoolSideSchema,
          bodyBytes,
          ifMatch: true,
          refusals,
        },
        operationId: "answerCase",
        summary: "Makes a representation, says that all is said, or appeals; If-Match names the version of the case",
        version: ({ version }) => version,
      },
      async (context) => {
        const { actor, body, version: expected, now, orRefuse } = context;
        const documents = this.documents(context, body.documents);
        const order = { ...caseOf(context), expected, step: stepOf(body), documents };
        orRefuse(await takeSchoolStep(database, actor, order, now));
        return this.view(context, caseOf(context));
      },
    );
    api.get(
      "/case-documents/:document",
      {
        ...{ access: { roles: ["school", "regional-officer", "regional-director"] }, response: DocumentSchema },
        ...{ operationId: "readCaseDocument", summary: "A document of a case, for whoever may see it" },
      },
      async ({ actor, params }) => {
        const found = await readDocument(database, actor, params.document);
        if (!found) throw new HttpError(404, "not-found", "There is no such document that you may see.");
        const { id, name, type, sha256, bytes } = found;
        return { id, name, type, sha256, base64: Buffer.from(bytes).toString("base64") };
      },
    );
  }
}

function stepOf({
  step,
  words = "",
  ground = "",
}: {
  step: SchoolStep["kind"];
  words?: string;
  ground?: string;
}): SchoolStep {
  switch (step) {
    case "represent":
      return { kind: step, words };
    case "appeal":
      return { kind: step, ground, words };
    case "finish-answer":
      return { kind: step };
  }
}

/** What a head may say to the school's own case, for programs. */
export function schoolSideApi(options: SchoolSideApiOptions): RouteGroup {
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Quality Mark: the school's side (A2)" });
    const own = new SchoolSideApi(options);
    own.corrections(api);
    own.answers(api);
  };
}
