import { formatCsv } from "../../ingest/index.js";
import type { Database } from "../../platform/database/index.js";
import type { PageParts } from "../../platform/http/index.js";
import { HttpError, type PageContext, type PagesOptions, pagesOn, type RouteGroup } from "../../platform/http/index.js";
import { holdsRole } from "../../platform/identity/index.js";
import { figuresTable, type ResultTable, trendsTable } from "./published/tables.js";
import { reportFile } from "./report.js";
import { findPublication, listPublications, loadPublications, type Publication } from "./store.js";
import { AssessmentContent } from "./web-assessment.js";
import { ListContent } from "./web-list.js";
import { addPublicationPages } from "./web-publications.js";
import { ReportContent, reportOf } from "./web-report.js";
import { addWithdrawalPages, WithdrawnContent } from "./web-withdrawal.js";
import { nameOf } from "./web-words.js";

const list = { text: "Reference assessments", href: "/reference-assessments" };
const table = "text/csv; charset=utf-8; header=present";
const section = "/proposals";

const csv = ({ header, rows }: ResultTable) => formatCsv(header, rows);

/** Every figure of every assessment, one table. */
export function allFiguresCsv(publications: readonly Publication[]): string {
  const tables = publications.map(({ assessment, results }) => ({
    assessment,
    ...figuresTable(results.disclosed.figures),
  }));
  return formatCsv(
    ["assessment", ...figuresTable([]).header],
    tables.flatMap(({ assessment, rows }) => rows.map((row) => [assessment, ...row])),
  );
}

/** The public pages of the reference assessments (A1). */
export function referenceAssessmentsPages(
  options: PagesOptions & { readonly database: Database; readonly version: string },
): RouteGroup {
  const { queries } = options.database;
  const newest = async ({ params }: PageContext): Promise<Publication> => {
    const publication = await findPublication(queries, params.assessment!);
    if (publication) return publication;
    throw new HttpError(
      404,
      "assessment-unknown",
      `No assessment called "${params.assessment}" was published. Look at the list of reference assessments.`,
    );
  };
  const known = async (context: PageContext): Promise<Publication> => {
    const publication = await newest(context);
    if (publication.withdrawal === null) return publication;
    throw new HttpError(410, "publication-withdrawn", `It was withdrawn: ${publication.withdrawal}`);
  };
  return (server) => {
    const pages = pagesOn(server, options);
    addPublicationPages(pages, options);
    addWithdrawalPages(pages, options.database);
    pages.get(
      "/reference-assessments",
      "anyone",
      async ({ actor }): Promise<PageParts> => ({
        ...{ title: "National Reference Assessments", section, breadcrumbs: [] },
        content: (
          <ListContent publications={await loadPublications(queries)} publishes={holdsRole(actor, ["statistician"])} />
        ),
      }),
    );
    pages.file("/reference-assessments.csv", "anyone", async () => ({
      ...{ name: "reference-assessments.csv", type: table },
      body: allFiguresCsv(await loadPublications(queries)),
    }));
    pages.get("/reference-assessments/:assessment", "anyone", async (context) => {
      const publication = await newest(context);
      const all = await listPublications(queries, publication.assessment);
      const parts = { title: nameOf(publication), section, breadcrumbs: [list] };
      return publication.withdrawal === null
        ? { ...parts, content: <AssessmentContent publication={publication} all={all} /> }
        : { ...parts, content: <WithdrawnContent publication={publication} all={all} />, status: 410 };
    });
    pages.get("/reference-assessments/:assessment/report", "anyone", async (context) => {
      const publication = await known(context);
      const own = { text: nameOf(publication), href: `/reference-assessments/${publication.assessment}` };
      return {
        ...{ title: `Technical report: ${nameOf(publication)}`, section, breadcrumbs: [list, own] },
        content: <ReportContent report={reportOf(publication)} />,
      };
    });
    pages.file("/reference-assessments/:assessment/figures.csv", "anyone", async (context) => ({
      ...{ name: "figures.csv", type: table },
      body: csv(figuresTable((await known(context)).results.disclosed.figures)),
    }));
    pages.file("/reference-assessments/:assessment/trends.csv", "anyone", async (context) => ({
      ...{ name: "trends.csv", type: table },
      body: csv(trendsTable((await known(context)).results.disclosed.trends)),
    }));
    pages.file("/reference-assessments/:assessment/report.html", "anyone", async (context) => ({
      ...{ name: "report.html", type: "text/html; charset=utf-8" },
      body: reportFile(reportOf(await known(context))),
    }));
  };
}
