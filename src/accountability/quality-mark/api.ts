import Type from "typebox";
import { HttpError, type RouteGroup, type Server } from "../../platform/http/index.js";
import {
  CountsSchema,
  ProblemSchema,
  RegionSchema,
  ReviewSchema,
  SchoolSchema,
  SchoolsQuerySchema,
  SchoolsSchema,
} from "./api-schemas.js";
import type { Comparison } from "./comparison.js";
import type { PublishedReview, ReviewReader, SchoolLine, SchoolQuery } from "./published.js";
import { apiVersion, noReviewYet } from "./web-words.js";

const base = `/api/${apiVersion}`;

async function currentReview(reader: ReviewReader): Promise<PublishedReview> {
  const review = await reader.review();
  if (!review) throw new HttpError(503, "no-review-yet", noReviewYet, 10);
  return review;
}

/** The interface for programs, and the files that people download. Everything is read only. */
export function reviewApi({ reader }: { reader: ReviewReader }): RouteGroup {
  return (server) => {
    addReviewRoutes(server, reader);
    addSchoolRoutes(server, reader);
    addDownloads(server, reader);
  };
}

/** Lists of its own, as the schema's type wants them; the points of the pictures are left out by the schema. */
function plainComparison({ models, chance, stability }: Comparison) {
  return { models: [...models], chance, stability: stability && { ...stability, pairs: [...stability.pairs] } };
}

const failures = { 404: ProblemSchema, 503: ProblemSchema };

function addReviewRoutes(server: Server, reader: ReviewReader): void {
  server.get(
    `${base}/review`,
    { config: { access: "anyone" }, schema: { response: { 200: ReviewSchema, ...failures } } },
    async () => {
      const review = await currentReview(reader);
      return {
        ...review,
        measures: review.measures.map((measure) => ({
          ...measure,
          formula: measure.model.formula,
          pupils: measure.model.n,
          alternatives: [...measure.alternatives],
          comparison: measure.comparison && plainComparison(measure.comparison),
          notes: [...measure.notes],
        })),
      };
    },
  );
  server.get(
    `${base}/regions`,
    { config: { access: "anyone" }, schema: { response: { 200: Type.Array(CountsSchema), ...failures } } },
    async () => {
      await currentReview(reader);
      return [...(await reader.regions())];
    },
  );
  server.get(
    `${base}/regions/:code`,
    {
      config: { access: "anyone" },
      schema: { params: Type.Object({ code: Type.String() }), response: { 200: RegionSchema, ...failures } },
    },
    async (request) => {
      await currentReview(reader);
      const found = await reader.region(request.params.code);
      if (!found)
        throw new HttpError(404, "no-such-region", `There is no region with the code "${request.params.code}".`);
      return { region: found.region, authorities: [...found.authorities] };
    },
  );
}

function addSchoolRoutes(server: Server, reader: ReviewReader): void {
  server.get(
    `${base}/schools`,
    {
      config: { access: "anyone" },
      schema: { querystring: SchoolsQuerySchema, response: { 200: SchoolsSchema, 400: ProblemSchema, ...failures } },
    },
    async (request) => {
      await currentReview(reader);
      const query: SchoolQuery = request.query;
      const { total, lines } = await reader.schools(query);
      return { total, offset: query.offset, limit: query.limit, schools: [...lines] };
    },
  );
  server.get(
    `${base}/schools/:urn`,
    {
      config: { access: "anyone" },
      schema: { params: Type.Object({ urn: Type.String() }), response: { 200: SchoolSchema, ...failures } },
    },
    async (request) => {
      await currentReview(reader);
      const school = await reader.school(request.params.urn);
      if (!school)
        throw new HttpError(
          404,
          "no-such-school",
          `There is no school with the URN "${request.params.urn}" in this review.`,
        );
      return {
        ...school,
        reasons: [...school.reasons],
        explanation: [...school.explanation],
        years: [...school.years],
        subgroups: [...school.subgroups],
        outcomes: [...school.outcomes],
      };
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

/** A field of a CSV file by RFC 4180: quoted where it has to be. */
function csvField(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The list of schools as CSV; an empty field is a figure that was not computed. */
export function schoolsCsv(lines: readonly SchoolLine[]): string {
  const head = "school,name,phase,authority,region,value_added,lower,upper,pupil_equivalents,decision";
  const rows = lines.map((line) =>
    [
      line.urn,
      line.name,
      line.phase,
      line.authority,
      line.region,
      line.valueAdded,
      line.lower,
      line.upper,
      line.pupilEquivalents,
      line.decision,
    ]
      .map(csvField)
      .join(","),
  );
  return `${[head, ...rows].join("\r\n")}\r\n`;
}
