import Type from "typebox";
import { academicYear, academicYearOf, formatAcademicYear, type Problem, type Result } from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import {
  HttpError,
  type PageAnswer,
  type PageContext,
  type PageParts,
  type Pages,
} from "../../../platform/http/index.js";
import { actingAs } from "../../../platform/identity/index.js";
import type { JobId } from "../../../platform/jobs/index.js";
import type { Link } from "../../../platform/pages/index.js";
import { isDecision } from "../web-words.js";
import { readAcademicYear } from "./academic-years.js";
import { caseStates } from "./case.js";
import { caseParametersOn } from "./parameters.js";
import {
  drawSecondReadings,
  officers,
  openYear,
  previewBatch,
  publishBatch,
  readYears,
  refreshYear,
  regionsOf,
  takeSteps,
  yearToWorkOn,
} from "./service.js";
import { type CaseFilter, type CaseOrder, countStates, linesOf, listCases, phasesOf } from "./store-list.js";
import { loadYearReviews, type YearReview } from "./store-open.js";
import { loadPublications } from "./store-publish.js";
import { ManyContent, PublishContent, ReviewsContent } from "./web-batch.js";
import { CaseListContent } from "./web-list.js";
import { errorsOf, readDate, suggestedAnswer } from "./web-steps.js";

const access = { roles: officers };
const perPage = 50;
const most = 300;

const text = Type.String({ maxLength: 60, default: "" });
const several = Type.Array(Type.String({ maxLength: 9 }), { maxItems: most, default: [] });
const many = Type.Object({ year: text, step: text, urns: several });
const manyConfirmed = Type.Object({
  ...{ year: text, step: text, urns: several, versions: several },
  ...{ day: text, month: text, year_: Type.Optional(text) },
});
const yearField = Type.Object({ year: text });
const publishFields = Type.Object({ year: text, region: text });

const orders: readonly CaseOrder[] = ["name", "state", "waiting", "answer-by"];
const one = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" && value.length <= 60 ? value : undefined;

/** What the address of the list asks for. */
function filterOf({ query, actor, today }: PageContext, academicYear: string): CaseFilter {
  const view = one(query.view);
  const [state, proposed] = [caseStates.find((known) => known === query.state), one(query.proposed)];
  return {
    academicYear,
    region: one(query.region),
    regions: regionsOf(actor).map(({ code }) => code),
    authority: one(query.authority),
    state,
    phase: one(query.phase),
    proposed: proposed !== undefined && isDecision(proposed) ? proposed : undefined,
    missing: one(query.missing),
    text: one(query.q),
    secondReader: view === "second" && actor.kind === "person" ? actor.id : undefined,
    answerOverBy: view === "over" ? today : undefined,
  };
}

const breadcrumbs = (year: string): Link[] => [
  { text: `Cases of ${year}`, href: `/cases?year=${encodeURIComponent(year)}` },
];
const shell = (title: string, errors: readonly Link[], above: readonly Link[]): Omit<PageParts, "content"> => ({
  title: `${errors.length > 0 ? "Error: " : ""}${title}`,
  ...{ section: "/cases", breadcrumbs: above },
  status: errors.length > 0 ? 400 : 200,
});

/** The pages of many cases: the list, steps with many, publication, the years' reviews. */
export function addListPages(pages: Pages, database: Database, codeVersion: string): void {
  const yearOf = async (queries: Queries, asked: unknown): Promise<[YearReview | null, YearReview[]]> => {
    const years = await loadYearReviews(queries);
    const wanted = typeof asked === "string" ? readAcademicYear(asked) : null;
    return [years.find(({ academicYear }) => academicYear === wanted) ?? years[0] ?? null, years];
  };
  const listPage = (context: PageContext, errors: readonly Link[], asked: unknown = context.query.year) =>
    actingAs(database, context.actor, async (queries): Promise<PageAnswer> => {
      const [newest, years] = await yearOf(queries, asked);
      if (newest === null) return { redirect: "/cases/reviews" };
      // An address without a year, as those of the page of work, means the newest year that has what it asks for.
      const year = asked === undefined ? ((await yearToWorkOn(queries, filterOf(context, ""))) ?? newest) : newest;
      const mine = regionsOf(context.actor);
      const filter = filterOf(context, year.academicYear);
      const order = orders.find((known) => known === context.query.order) ?? "name";
      const page = Math.min(10_000, Math.max(1, Math.floor(Number(context.query.page)) || 1));
      const place = { order, offset: (page - 1) * perPage, limit: perPage };
      const { total, lines } = await listCases(queries, filter, place);
      const { academicYear, region, regions: reached } = filter;
      const counts = await countStates(queries, { academicYear, region, regions: reached });
      const phases = await phasesOf(queries, { academicYear, regions: reached });
      const content = (
        <CaseListContent
          {...{ year, years, filter, order, phases, counts, total, lines, page, errors, csrf: context.csrf }}
          regions={mine}
          pages={Math.ceil(total / perPage)}
        />
      );
      return { ...shell(`Cases of the review ${year.academicYear}`, errors, []), content };
    });
  pages.get("/cases", access, (context) => listPage(context, []));

  const manyPage = (
    context: PageContext,
    typed: { readonly year: string; readonly step: string; readonly urns: readonly string[] },
    date: ReturnType<typeof suggestedAnswer>,
    errors: readonly Link[],
  ) =>
    actingAs(database, context.actor, async (queries): Promise<PageAnswer> => {
      const step = typed.step === "send" ? "send" : "decide";
      const lines = await linesOf(queries, typed.year, typed.urns);
      const days = caseParametersOn(context.today).answerDays;
      const content = <ManyContent {...{ step, year: typed.year, lines, date, days, errors, csrf: context.csrf }} />;
      return { ...shell(step === "send" ? "Send cases" : "Decide cases", errors, breadcrumbs(typed.year)), content };
    });
  pages.post("/cases/steps", access, many, (context, typed) =>
    typed.urns.length === 0
      ? listPage(context, [{ href: "#main-content", text: "Choose at least one case" }], typed.year)
      : manyPage(context, typed, suggestedAnswer(context.today), []),
  );
  pages.post("/cases/steps/confirm", access, manyConfirmed, async (context, typed) => {
    const date = { day: typed.day, month: typed.month, year: typed.year_ ?? "" };
    const answerBy = readDate(date);
    if (typed.step === "send" && answerBy === null)
      return manyPage(context, typed, date, [{ href: "#answer-by", text: "Enter a real day, as 17 12 2026" }]);
    const step =
      typed.step === "send" && answerBy !== null
        ? ({ kind: "send-to-school", answerBy } as const)
        : ({ kind: "decide-as-proposed" } as const);
    const expected = new Map(typed.urns.map((urn, i) => [urn, Number(typed.versions[i])]));
    const asked = { academicYear: typed.year, urns: typed.urns, step, expected };
    const answer = await takeSteps(database, context.actor, asked, context.now);
    if (!answer.ok) return manyPage(context, typed, date, errorsOf(answer.error).slice(0, 20));
    const done = typed.step === "send" ? "sent to their schools" : "decided";
    return { redirect: `/cases?year=${encodeURIComponent(typed.year)}`, notice: `${answer.value} cases ${done}.` };
  });

  addPublishPages(pages, database, yearOf);
  addReviewPages(pages, database, codeVersion);
}

function addPublishPages(
  pages: Pages,
  database: Database,
  yearOf: (queries: Queries, asked: unknown) => Promise<[YearReview | null, YearReview[]]>,
): void {
  const publishPage = (context: PageContext, asked: unknown, errors: readonly Link[]) =>
    actingAs(database, context.actor, async (queries): Promise<PageAnswer> => {
      const [year] = await yearOf(queries, asked);
      if (year === null) return { redirect: "/cases/reviews" };
      const { academicYear } = year;
      const batches = [];
      for (const region of regionsOf(context.actor))
        batches.push({ region, preview: await previewBatch(queries, { academicYear, region: region.code }) });
      const publications = await loadPublications(queries, academicYear);
      const content = <PublishContent {...{ year, batches, publications, errors, csrf: context.csrf }} />;
      return { ...shell(`Publish the decisions of ${academicYear}`, errors, breadcrumbs(academicYear)), content };
    });
  pages.get("/cases/publish", access, (context) => publishPage(context, context.query.year, []));
  pages.post("/cases/draw", access, publishFields, async (context, { year, region }) => {
    const drawn = await drawSecondReadings(database, context.actor, { academicYear: year, region }, context.now);
    if (!drawn.ok) return publishPage(context, year, errorsOf(drawn.error));
    const notice = `${drawn.value} ${drawn.value === 1 ? "decision waits" : "decisions wait"} for a second person.`;
    return { redirect: `/cases?year=${encodeURIComponent(year)}&state=second-reader`, notice };
  });
  pages.post("/cases/publish", access, publishFields, async (context, { year, region }) => {
    const scope = { academicYear: year, region };
    const answer = await publishBatch(database, context.actor, scope, context.now);
    return jobOr(answer, (errors) => publishPage(context, year, errors));
  });
}

const jobOr = (
  answer: Result<JobId, readonly Problem[]>,
  again: (errors: readonly Link[]) => Promise<PageAnswer> | PageAnswer,
): Promise<PageAnswer> | PageAnswer =>
  answer.ok ? { redirect: `/jobs/${answer.value}` } : again(errorsOf(answer.error));

function addReviewPages(pages: Pages, database: Database, codeVersion: string): void {
  const reviewsPage = async (context: PageContext, errors: readonly Link[], typed?: string): Promise<PageParts> => {
    const years = await readYears(database, context.actor);
    const newest = years[0] ? Number(years[0].academicYear.slice(0, 4)) + 1 : academicYearOf(context.today);
    const next = typed ?? formatAcademicYear(academicYear(newest));
    const content = <ReviewsContent {...{ years, next, errors, csrf: context.csrf }} />;
    return { ...shell("The years’ reviews", errors, [{ text: "Cases", href: "/cases" }]), content };
  };
  pages.get("/cases/reviews", access, (context) => reviewsPage(context, []));
  pages.post("/cases/reviews", access, yearField, async (context, typed) => {
    const year = readAcademicYear(typed.year);
    if (year === null) return reviewsPage(context, [{ href: "#year", text: "Write the year as 2026/27" }], typed.year);
    const answer = await openYear(database, context.actor, { academicYear: year, codeVersion }, context.now);
    return jobOr(answer, (errors) =>
      reviewsPage(
        context,
        errors.map((e) => ({ ...e, href: "#year" })),
        typed.year,
      ),
    );
  });
  pages.post("/cases/refresh", access, yearField, async (context, typed) => {
    const year = readAcademicYear(typed.year);
    if (year === null) throw new HttpError(404, "case-unknown", `"${typed.year}" is no academic year.`);
    return jobOr(await refreshYear(database, context.actor, year), (errors) => reviewsPage(context, errors));
  });
}
