import Type from "typebox";
import { err } from "../../kernel/index.js";
import { SentFileSchema, sentFiles } from "../../platform/http/index.js";
import { AuditViewSchema } from "./api-schemas.js";
import { type Api, audit, everybody, idOf, officers, refusals, type SafeguardingApi, viewed } from "./api-shared.js";
import { evidenceUploads } from "./evidence-files.js";
import { viewAudit } from "./service-audits.js";
import { addEvidence, readEvidence, removeEvidence } from "./service-evidence.js";

/** Five files of five megabytes in base64. */
const bodyBytes = 36 * 1024 * 1024;

/** Routes of an audit's files of evidence. */
export function addEvidenceFiles(api: Api, { database }: SafeguardingApi): void {
  api.post(
    `${audit}/evidence-files`,
    {
      ...{
        access: officers,
        operationId: "addAuditEvidence",
        summary: "Adds files of evidence to a requirement of a begun audit: PDF, PNG or JPEG of at most 5 MB",
      },
      body: Type.Object({
        requirement: Type.String({ maxLength: 60 }),
        files: Type.Array(SentFileSchema, { minItems: 1, maxItems: 5 }),
      }),
      ...{ response: AuditViewSchema, status: 201, bodyBytes, refusals },
    },
    async ({ actor, params, body, now, orRefuse }) => {
      const { files, problems } = sentFiles(body.files, evidenceUploads);
      if (problems.length > 0) orRefuse(err(problems));
      orRefuse(await addEvidence(database, actor, idOf(params), { requirement: body.requirement, files }, now));
      return viewed(orRefuse(await viewAudit(database, actor, idOf(params), now)));
    },
  );
  api.post(
    `${audit}/evidence-files/:file/removal`,
    {
      ...{ access: officers, operationId: "removeAuditEvidence", summary: "Takes a file out of a begun audit" },
      ...{ response: AuditViewSchema, refusals },
    },
    async ({ actor, params, now, orRefuse }) => {
      orRefuse(await removeEvidence(database, actor, idOf(params), params.file, now));
      return viewed(orRefuse(await viewAudit(database, actor, idOf(params), now)));
    },
  );
  api.get(
    "/safeguarding/evidence-files/:file",
    {
      ...{ access: everybody, operationId: "readAuditEvidence" },
      summary: "A file of evidence, for whoever may read its audit's answers",
      response: Type.Object({
        ...{ id: Type.String(), name: Type.String(), type: Type.String(), sha256: Type.String() },
        base64: Type.String({ description: "The bytes" }),
      }),
      refusals,
    },
    async ({ actor, params, orRefuse }) => {
      const { id, name, type, sha256, bytes } = orRefuse(await readEvidence(database, actor, params.file));
      return { id, name, type, sha256, base64: bytes.toString("base64") };
    },
  );
}
