import Type from "typebox";
import { err } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type Api, SentFileSchema, sentFiles } from "../../platform/http/index.js";
import { nullable } from "./published/schemas.js";
import { assessedPhases } from "./service-publish.js";
import { publishSent } from "./service-send.js";
import { withdrawPublication } from "./service-withdraw.js";
import { listPublications, type PublicationEntry, versionOf } from "./store.js";
import { studyProblem } from "./study/problem.js";

const statisticians = { roles: ["statistician"] } as const;
const text = Type.String();

/** Of each of the two files, in bytes. */
const largest = 30 * 1024 * 1024;

const EntrySchema = Type.Object({
  assessment: text,
  publication: Type.Integer({ description: "From 1, in order; the last stands unless it was withdrawn" }),
  ...{ phase: text, subject: text, synthetic: Type.Boolean(), publishedAt: text },
  reason: nullable(Type.String({ description: "Why it followed the one before" })),
  withdrawnAt: nullable(text),
  withdrawal: nullable(Type.String({ description: "Why it was withdrawn" })),
});

/** An entry with the version of its assessment, which a withdrawal names. */
const VersionedEntrySchema = Type.Object({ ...EntrySchema.properties, version: Type.Integer() });

const entryOf = ({ number, publishedAt, withdrawnAt, ...entry }: PublicationEntry) => ({
  ...entry,
  ...{ publication: number, publishedAt: iso(publishedAt), withdrawnAt: withdrawnAt && iso(withdrawnAt) },
});

const iso = (at: string) => new Date(at).toISOString();

/** Publishing by programs: the list of an assessment's publications, a new one, and taking the newest back. */
export function addPublicationOperations(api: Api, database: Database, version: string): void {
  const path = "/reference-assessments/:assessment";
  api.get(
    `${path}/publications`,
    {
      ...{ access: "anyone", operationId: "listPublications", response: Type.Array(EntrySchema) },
      summary:
        "Every publication of an assessment, the newest first, with the reasons why one followed or was withdrawn",
      refusals: { "assessment-unknown": 404 },
    },
    async ({ params, orRefuse }) => {
      const all = await listPublications(database.queries, params.assessment);
      if (all.length === 0)
        return orRefuse(
          err([studyProblem("assessment-unknown", params.assessment, "no assessment of this name was published")]),
        );
      return all.map(entryOf);
    },
  );
  api.post(
    `${path}/publications`,
    {
      ...{ access: statisticians, operationId: "publishAssessment", status: 201, bodyBytes: 3 * largest },
      summary: "Publishes the two files of results that a run wrote; pupils' files are never sent",
      description:
        "The same results again change nothing and answer what stands. Others follow the newest publication and say why; the earlier ones stay in the list.",
      refusals: { "publication-role": 403, "publication-reason": 409, "assessment-made-up": 409 },
      body: Type.Object({
        ...{ results: SentFileSchema, record: SentFileSchema },
        phase: Type.Enum([...assessedPhases]),
        subject: Type.Optional(Type.String({ maxLength: 80, description: "The study's own, unless given" })),
        synthetic: Type.Boolean({ description: "Whether the pupils are made up: every page says so" }),
        reason: Type.Optional(
          Type.String({ maxLength: 1000, description: "Why it follows an earlier publication; shown to everybody" }),
        ),
      }),
      response: VersionedEntrySchema,
      version: (answer) => answer.version,
    },
    async ({ actor, params: { assessment }, body, now, orRefuse }) => {
      const { files, problems } = sentFiles([body.results, body.record], { types: ["json"], bytes: largest, files: 2 });
      const [results, record] = files;
      if (!results || !record || problems.length > 0) return orRefuse(err(problems));
      const order = { assessment, phase: body.phase, subject: body.subject ?? "", reason: body.reason ?? "" };
      const sent = {
        results: { place: results.name, bytes: results.bytes },
        record: { place: record.name, bytes: record.bytes },
      };
      const published = orRefuse(
        await publishSent(database, actor, { ...order, ...sent, synthetic: body.synthetic }, version, now),
      );
      return { ...entryOf(published), version: await versionOf(database.queries, assessment) };
    },
  );
  api.post(
    `${path}/withdrawal`,
    {
      ...{ access: statisticians, operationId: "withdrawPublication", ifMatch: true },
      summary: "Takes the newest publication back: its figures are shown no more, and the reason stands in their place",
      description: "It stays in the list, and no earlier one takes its place. Doing it twice is the same.",
      refusals: { "publication-role": 403, "assessment-unknown": 404 },
      body: Type.Object({ reason: Type.String({ maxLength: 1000 }) }),
      response: VersionedEntrySchema,
      version: (answer) => answer.version,
    },
    async ({ actor, params: { assessment }, body: { reason }, version: expected, now, orRefuse }) => {
      const withdrawn = orRefuse(await withdrawPublication(database, actor, { assessment, reason, expected }, now));
      return { ...entryOf(withdrawn), version: await versionOf(database.queries, assessment) };
    },
  );
}
