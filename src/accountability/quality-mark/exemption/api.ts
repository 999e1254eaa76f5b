import Type from "typebox";
import { formatCsv } from "../../../ingest/index.js";
import { err, type Problem, type Result } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { type Api, type ApiOptions, apiOn, type RouteGroup } from "../../../platform/http/index.js";
import { holdsRole } from "../../../platform/identity/index.js";
import {
  askExemptions,
  type ExemptionAnswer,
  type ListedAnswer,
  longestList,
  lookUpExemption,
  readEnquiries,
} from "./service.js";

export interface ExemptionApiOptions extends Omit<ApiOptions, "tag"> {
  readonly database: Database;
}

const orNull = <
  T extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer> | ReturnType<typeof Type.Boolean>,
>(
  schema: T,
) => Type.Union([schema, Type.Null()]);

const Answer = Type.Object({
  urn: Type.String(),
  name: Type.String(),
  mayVisit: Type.Boolean({ description: "Whether another external accountability visit may take place" }),
  code: Type.String({ description: "Why, for programs: mark-held, mark-suspended, not-accountability, …" }),
  reason: Type.String({ description: "Why, in a sentence" }),
  until: orNull(Type.String({ description: "The first day on which the exemption no longer holds" })),
  on: Type.String(),
  purpose: Type.String(),
  countedUrn: Type.String({ description: "The URN whose mark counts: the same school under another one, or the same" }),
  sameSchool: Type.Array(Type.String(), { description: "Every URN of the same school, from the first to the newest" }),
  enquiry: orNull(Type.Integer({ description: "The number of the recorded enquiry; null where none was recorded" })),
});

const Listed = Type.Object({
  urn: Type.String(),
  name: orNull(Type.String()),
  mayVisit: orNull(Type.Boolean()),
  code: Type.String(),
  reason: Type.String(),
  until: orNull(Type.String()),
  countedUrn: orNull(Type.String()),
  enquiry: orNull(Type.Integer()),
});

const Enquiry = Type.Object({
  urn: Type.String(),
  number: Type.Integer(),
  agency: Type.String(),
  purpose: Type.String(),
  note: orNull(Type.String()),
  askedAt: Type.String(),
  mayVisit: Type.Boolean(),
  code: Type.String(),
  reason: Type.String(),
  until: orNull(Type.String()),
});

const refusals = {
  "exemption-school-unknown": 404,
  "exemption-purpose-unknown": 400,
  "exemption-not-agency": 403,
} as const;
const purpose = Type.String({
  maxLength: 60,
  description: "What the visit is for: inspection, monitoring, thematic, authority-review, safeguarding-concern, …",
});

const shown = ({ region: _region, purpose: asked, ...answer }: ExemptionAnswer) => ({ ...answer, purpose: asked.code });

const listed = (urn: string, answer: ListedAnswer) =>
  answer.ok
    ? {
        ...{
          urn,
          name: answer.value.name,
          mayVisit: answer.value.mayVisit,
          code: answer.value.code,
          reason: answer.value.reason,
        },
        ...{ until: answer.value.until, countedUrn: answer.value.countedUrn, enquiry: answer.value.enquiry },
      }
    : {
        urn,
        name: null,
        mayVisit: null,
        code: answer.error.code,
        reason: answer.error.message,
        until: null,
        countedUrn: null,
        enquiry: null,
      };

const columns = ["urn", "name", "mayVisit", "code", "reason", "until", "countedUrn", "enquiry"] as const;
const cell = (value: string | number | boolean | null) => (typeof value === "boolean" ? String(value) : value);

function addQuestions(api: Api, database: Database): void {
  api.get(
    "/schools/:urn/exemption",
    {
      access: "anyone",
      operationId: "askExemption",
      summary: "Whether another external accountability visit to a school may take place, why, and until when",
      description:
        "Everybody is answered. An agency's enquiry is recorded with the answer and shown to the school and its region's office.",
      query: Type.Object({ purpose: Type.Optional(purpose) }),
      response: Answer,
      refusals,
    },
    async ({ actor, params: { urn }, query, now, orRefuse }) => {
      const asked = { urns: [urn], purpose: query.purpose ?? "inspection", note: "" };
      const one = (result: Result<ExemptionAnswer, Problem>) => orRefuse(result.ok ? result : err([result.error]));
      if (!holdsRole(actor, ["agency"]))
        return shown(one(await lookUpExemption(database, { urn, purpose: asked.purpose }, now)));
      return shown(one(orRefuse(await askExemptions(database, actor, asked, now))[0]!));
    },
  );
  api.post(
    "/exemptions",
    {
      access: { roles: ["agency"] },
      operationId: "askExemptions",
      summary: "The same for a list of schools; each enquiry is recorded",
      body: Type.Object({
        urns: Type.Array(Type.String({ maxLength: 20 }), { minItems: 1, maxItems: longestList }),
        purpose,
        note: Type.Optional(Type.String({ maxLength: 200 })),
      }),
      response: Type.Array(Listed),
      refusals,
      csv: (answers) =>
        formatCsv(
          columns,
          answers.map((row) => columns.map((column) => cell(row[column]))),
        ),
    },
    async ({ actor, body, now, orRefuse }) =>
      orRefuse(await askExemptions(database, actor, { note: "", ...body }, now)).map((answer, i) =>
        listed(body.urns[i]!, answer),
      ),
  );
  api.get(
    "/schools/:urn/exemption-enquiries",
    {
      access: { roles: ["agency", "school", "regional-officer", "regional-director"] },
      operationId: "listExemptionEnquiries",
      summary: "Who asked whether a school may be visited, and what the answer was; the newest first",
      response: Type.Array(Enquiry),
    },
    async ({ actor, params: { urn } }) =>
      (await readEnquiries(database, actor, urn)).map(({ version, ...enquiry }) => ({
        ...{ urn: enquiry.urn, number: version, agency: enquiry.agency, purpose: enquiry.purpose, note: enquiry.note },
        ...{
          askedAt: enquiry.askedAt,
          mayVisit: enquiry.mayVisit,
          code: enquiry.code,
          reason: enquiry.reason,
          until: enquiry.until,
        },
      })),
  );
}

/** The interface for programs to the exemption register. */
export function exemptionApi({ database, ...options }: ExemptionApiOptions): RouteGroup {
  return (server) => addQuestions(apiOn(server, { ...options, tag: "Exemption register" }), database);
}
