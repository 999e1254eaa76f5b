import { formatCsv } from "../../ingest/index.js";
import type { Database } from "../../platform/database/index.js";
import { type PagesOptions, pagesOn, type RouteGroup } from "../../platform/http/index.js";
import { type DisadvantageGaps, disadvantageGaps } from "./service.js";
import { DisadvantageContent } from "./web-content.js";

const figure = (value: number | null) => (value === null ? null : Number(value.toPrecision(9)));

/** The gaps of both sources, a line a year. */
export function gapsCsv({ assessed, measures }: DisadvantageGaps): string {
  return formatCsv(
    ["source", "measure", "year", "gap", "rank_index", "rank_low", "rank_high", "months", "months_low", "months_high"],
    [
      ...assessed.map(({ assessment, cycle, index, months }) => [
        ...["reference assessment", assessment, cycle, null],
        ...[index?.value ?? null, index?.low ?? null, index?.high ?? null].map(figure),
        ...[months?.value ?? null, months?.low ?? null, months?.high ?? null].map(figure),
      ]),
      ...measures.flatMap(({ measure, years }) =>
        years.map(({ year, gap, rankIndex, rankLow, rankHigh, months }) => [
          ...["published attainment", measure.id, year],
          ...[gap, rankIndex, rankLow, rankHigh, months].map(figure),
          ...[null, null],
        ]),
      ),
    ],
  );
}

/** The page of the disadvantage gap (A9). */
export function disadvantagePages(options: PagesOptions & { readonly database: Database }): RouteGroup {
  const { queries } = options.database;
  return (server) => {
    const pages = pagesOn(server, options);
    pages.get("/disadvantage", "anyone", async ({ today }) => ({
      ...{ title: "The disadvantage gap", section: "/proposals", breadcrumbs: [] },
      content: <DisadvantageContent {...(await disadvantageGaps(queries, today))} />,
    }));
    pages.file("/disadvantage.csv", "anyone", async ({ today }) => ({
      ...{ name: "disadvantage.csv", type: "text/csv; charset=utf-8; header=present" },
      body: gapsCsv(await disadvantageGaps(queries, today)),
    }));
  };
}
