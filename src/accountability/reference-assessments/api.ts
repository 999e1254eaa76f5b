import Type from "typebox";
import type { Database } from "../../platform/database/index.js";
import { type ApiOptions, apiOn, HttpError, type RouteGroup } from "../../platform/http/index.js";
import { addPublicationOperations } from "./api-publish.js";
import { AssessmentSchema, AssessmentSummarySchema } from "./api-schemas.js";
import { findPublication, loadPublications, type Publication, versionOf } from "./store.js";

const heading = ({ assessment, number, phase, subject, synthetic, publishedAt, results }: Publication) => ({
  ...{ assessment, publication: number, phase, subject, synthetic, publishedAt },
  cycles: results.cycles,
});

/** The published reference assessments for programs. */
export function referenceAssessmentsApi(
  options: Omit<ApiOptions, "tag"> & { readonly database: Database; readonly version: string },
): RouteGroup {
  const { queries } = options.database;
  return (server) => {
    const api = apiOn(server, { ...options, tag: "National Reference Assessments (A1)" });
    api.get(
      "/reference-assessments",
      {
        access: "anyone",
        operationId: "listReferenceAssessments",
        summary: "Every published assessment with its figures and changes",
        response: Type.Array(AssessmentSummarySchema),
      },
      async () =>
        (await loadPublications(queries)).map((publication) => ({
          ...heading(publication),
          figures: publication.results.disclosed.figures,
          trends: publication.results.disclosed.trends,
        })),
    );
    api.get(
      "/reference-assessments/:assessment",
      {
        access: "anyone",
        operationId: "readReferenceAssessment",
        summary:
          "One published assessment: figures, changes, what was held back, questions, links and the record of what it was made from",
        response: AssessmentSchema,
        refusals: { "assessment-unknown": 404, "publication-withdrawn": 410 },
        version: (answer) => answer.version,
      },
      async ({ params }) => {
        const publication = await findPublication(queries, params.assessment);
        if (!publication)
          throw new HttpError(404, "assessment-unknown", `No assessment called "${params.assessment}" was published.`);
        if (publication.withdrawal !== null)
          throw new HttpError(
            410,
            "publication-withdrawn",
            `${params.assessment} was withdrawn: ${publication.withdrawal}`,
          );
        const { results, record } = publication;
        const { figures, trends, heldBack, rule } = results.disclosed;
        return {
          ...heading(publication),
          ...{ figures, trends, heldBack, rule },
          ...{ items: results.items, conditional: results.conditional, dif: results.dif },
          ...{ links: results.links, shared: results.shared, drift: results.drift },
          ...{ calibration: results.calibration, scale: results.scale, confidence: results.confidence },
          ...{ plausibleValues: results.plausibleValues, notes: results.notes },
          withoutFavoured: results.curriculum ? { ...results.curriculum } : null,
          record,
          version: await versionOf(queries, params.assessment),
        };
      },
    );
    addPublicationOperations(api, options.database, options.version);
  };
}
