import Type from "typebox";
import { formatSheet } from "../../ingest/index.js";
import { type Api, apiOn, HttpError, type RouteGroup, type Server } from "../../platform/http/index.js";
import {
  CountsSchema,
  RegionSchema,
  ReviewSchema,
  SchoolSchema,
  SchoolsQuerySchema,
  SchoolsSchema,
} from "./api-schemas.js";
import type { PublishedReview, ReviewReader, SchoolLine } from "./published.js";
import { noReviewYet } from "./web-words.js";

async function currentReview(reader: ReviewReader): Promise<PublishedReview> {
  const review = await reader.review();
  if (!review) throw new HttpError(503, "no-review-yet", noReviewYet, 10);
  return review;
}

/** The interface for programs, and the files that people download. Everything is read only. */
export function reviewApi({ reader }: { reader: ReviewReader }): RouteGroup {
  return (server) => {
    const api = apiOn(server, { tag: "Annual review" });
    addReviewRoutes(api, reader);
    addSchoolRoutes(api, reader);
    addDownloads(server, reader);
  };
}

const notYet = { "no-review-yet": 503 };

function addReviewRoutes(api: Api, reader: ReviewReader): void {
  api.get(
    "/review",
    {
      access: "anyone",
      operationId: "readReview",
      summary: "The newest published review: its measures, models, and what other choices would change",
      response: ReviewSchema,
      refusals: notYet,
    },
    async () => {
      const review = await currentReview(reader);
      return {
        ...review,
        measures: review.measures.map((measure) => ({
          ...measure,
          formula: measure.model.formula,
          pupils: measure.model.n,
        })),
      };
    },
  );
  api.get(
    "/regions",
    {
      access: "anyone",
      operationId: "listRegions",
      summary: "Regions with their counts of decisions",
      response: Type.Array(CountsSchema),
      refusals: notYet,
    },
    async () => {
      await currentReview(reader);
      return reader.regions();
    },
  );
  api.get(
    "/regions/:code",
    {
      access: "anyone",
      operationId: "readRegion",
      summary: "A region and its local authorities with their counts of decisions",
      response: RegionSchema,
      refusals: { ...notYet, "no-such-region": 404 },
    },
    async ({ params: { code } }) => {
      await currentReview(reader);
      const found = await reader.region(code);
      if (!found) throw new HttpError(404, "no-such-region", `There is no region with the code "${code}".`);
      return found;
    },
  );
}

function addSchoolRoutes(api: Api, reader: ReviewReader): void {
  api.get(
    "/schools",
    {
      access: "anyone",
      operationId: "listSchools",
      summary: "Schools with their decisions, in order of name",
      query: SchoolsQuerySchema,
      response: SchoolsSchema,
      refusals: notYet,
      csv: ({ schools }) => schoolsCsv(schools),
    },
    async ({ query }) => {
      await currentReview(reader);
      const { total, lines } = await reader.schools(query);
      return { total, offset: query.offset, limit: query.limit, schools: lines };
    },
  );
  api.get(
    "/schools/:urn",
    {
      access: "anyone",
      operationId: "readSchool",
      summary: "A school's decision with its reasons, its measure and how that came about",
      response: SchoolSchema,
      refusals: { ...notYet, "no-such-school": 404 },
    },
    async ({ params: { urn } }) => {
      await currentReview(reader);
      const school = await reader.school(urn);
      if (!school)
        throw new HttpError(404, "no-such-school", `There is no school with the URN "${urn}" in this review.`);
      return school;
    },
  );
}

/** Schools read from the store at a time for the whole list. */
const pageOfDownload = 1000;

function addDownloads(server: Server, reader: ReviewReader): void {
  server.get("/schools.csv", { config: { access: "anyone" } }, async (_request, reply) => {
    await currentReview(reader);
    const lines: SchoolLine[] = [];
    for (;;) {
      const page = await reader.schools({ offset: lines.length, limit: pageOfDownload });
      lines.push(...page.lines);
      if (page.lines.length === 0 || lines.length >= page.total) break;
    }
    reply
      .type("text/csv; charset=utf-8; header=present")
      .header("content-disposition", 'attachment; filename="schools.csv"');
    return schoolsCsv(lines);
  });
  server.get("/model.json", { config: { access: "anyone" } }, async (_request, reply) => {
    const review = await currentReview(reader);
    reply.type("application/json; charset=utf-8").header("content-disposition", 'attachment; filename="model.json"');
    const measures = review.measures.map(({ phase, title, model, diagnostics }) => ({
      phase,
      title,
      ...model,
      diagnostics,
    }));
    return JSON.stringify(
      { title: review.title, academicYear: review.academicYear, synthetic: review.synthetic, measures },
      null,
      2,
    );
  });
}

/** The list of schools as CSV; an empty field is a figure that was not computed. */
export function schoolsCsv(lines: readonly SchoolLine[]): string {
  const head = [
    ...["school", "name", "phase", "authority", "region"],
    ...["value_added", "lower", "upper", "pupil_equivalents", "decision"],
  ];
  const rows = lines.map(({ urn, name, phase, authority, region, valueAdded, lower, upper, ...line }) => [
    ...[urn, name, phase, authority, region, valueAdded, lower, upper],
    ...[line.pupilEquivalents, line.decision],
  ]);
  return formatSheet(head, rows);
}
