import Type from "typebox";
import type { Problem, Result } from "../../kernel/index.js";
import type { Access, PageContext, PageParts, Pages } from "../../platform/http/index.js";
import { actingAs } from "../../platform/identity/index.js";
import type { Link } from "../../platform/pages/index.js";
import { admittedMeasures } from "../measures/index.js";
import type { ConsultationStep } from "./consultation.js";
import {
  changeDraft,
  createConsultation,
  groupView,
  moderate,
  rate,
  stepConsultation,
  writeStatement,
} from "./service.js";
import { adoptFramework } from "./service-framework.js";
import {
  findConsultation,
  loadConsultations,
  loadFrameworks,
  loadRatings,
  loadResponses,
  loadStatements,
  type StoredConsultation,
} from "./store.js";
import { AdoptContent } from "./web-adopt.js";
import {
  type DraftFields,
  draftAgain,
  draftFields,
  emptyDraft,
  errorsOf,
  type FrameworkFields,
  frameworkFields,
  ratingFields,
  readDraft,
  readFramework,
  readRatings,
} from "./web-form.js";
import { DraftContent, GroupContent, GroupStartContent } from "./web-group.js";
import { changed, type FrameworkPagesOptions, found, start, unlessStale } from "./web-shared.js";

const group: Access = { roles: ["working-group"] };
const groupStart = { text: "Expert Working Group", href: "/specialist-framework/group" };
const crumbs = { section: "/proposals", breadcrumbs: [start, groupStart] };
const text = (maxLength: number) => Type.String({ maxLength, default: "" });

/** The pages of the Expert Working Group. */
export function addGroupPages(pages: Pages, options: FrameworkPagesOptions): void {
  const { database } = options;
  pages.get("/specialist-framework/group", group, async ({ actor, today }) => ({
    ...{ title: "Expert Working Group", section: "/proposals", breadcrumbs: [start] },
    content: (
      <GroupStartContent
        consultations={await actingAs(database, actor, loadConsultations)}
        frameworks={await loadFrameworks(database.queries)}
        today={today}
      />
    ),
  }));
  addDraftPages(pages, options);
  addAdoptPages(pages, options);
  addWorkPages(pages, options);
}

function addDraftPages(pages: Pages, { database }: FrameworkPagesOptions): void {
  const page = (fields: DraftFields, errors: readonly Link[], csrf: string, known: boolean): PageParts => ({
    ...{ title: `${errors.length > 0 ? "Error: " : ""}Write a consultation`, ...crumbs },
    ...(errors.length > 0 && { status: 400 }),
    content: <DraftContent fields={fields} errors={errors} csrf={csrf} known={known} />,
  });
  pages.get("/specialist-framework/group/new", group, async ({ csrf }) => page(emptyDraft, [], csrf, false));
  pages.post("/specialist-framework/group/new", group, draftFields, async ({ actor, now, csrf }, fields) => {
    const read = readDraft(fields);
    if ("errors" in read) return page(fields, read.errors, csrf, false);
    const made = await createConsultation(database, actor, read.value, now);
    if (!made.ok) return page(fields, errorsOf(made.error), csrf, false);
    return { redirect: `/specialist-framework/group/${made.value.id}`, notice: "The draft is kept." };
  });
  pages.get("/specialist-framework/group/:consultation/draft", group, async (context) => {
    const consultation = await known(context, database);
    return page(draftAgain(consultation, consultation.version), [], context.csrf, true);
  });
  pages.post("/specialist-framework/group/:consultation/draft", group, draftFields, async (context, fields) => {
    const { actor, now, csrf, params } = context;
    const read = readDraft({ ...fields, id: params.consultation! });
    if ("errors" in read) return page(fields, read.errors, csrf, true);
    const made = await unlessStale(changeDraft(database, actor, read.value, Number(fields.version) || 0, now));
    if (made === null) return { ...page(fields, [{ href: "#title", text: changed }], csrf, true), status: 409 };
    if (!made.ok) return page(fields, errorsOf(made.error), csrf, true);
    return { redirect: `/specialist-framework/group/${made.value.id}`, notice: "The draft is kept." };
  });
}

function addAdoptPages(pages: Pages, { database }: FrameworkPagesOptions): void {
  async function page(fields: FrameworkFields, errors: readonly Link[], context: PageContext): Promise<PageParts> {
    const consultations = await actingAs(database, context.actor, loadConsultations);
    return {
      ...{ title: `${errors.length > 0 ? "Error: " : ""}Adopt a framework`, ...crumbs },
      ...(errors.length > 0 && { status: 400 }),
      content: (
        <AdoptContent
          consultations={consultations.filter(({ report }) => report !== null)}
          measures={(await admittedMeasures(database.queries, context.today)).map(({ measure }) => measure)}
          fields={fields}
          errors={errors}
          csrf={context.csrf}
        />
      ),
    };
  }
  pages.get("/specialist-framework/group/adopt", group, async (context) => {
    const newest = (await loadFrameworks(database.queries))[0]?.version ?? 0;
    return page({ ...emptyFramework, version: String(newest) }, [], context);
  });
  pages.post("/specialist-framework/group/adopt", group, frameworkFields, async (context, fields) => {
    const read = readFramework(fields);
    if ("errors" in read) return page(fields, read.errors, context);
    const expected = Number(fields.version) || 0;
    const made = await unlessStale(adoptFramework(database, context.actor, read.value, expected, context.now));
    if (made === null) return { ...(await page(fields, [{ href: "#title", text: changed }], context)), status: 409 };
    const fieldOf = (place: string) => {
      const i = read.value.criteria.findIndex(({ id }) => place === `criterion "${id}"`);
      return i >= 0 ? `criterion-${i + 1}` : place === "criteria" ? "criterion-1" : place;
    };
    if (!made.ok) return page(fields, errorsOf(made.error, fieldOf), context);
    return { redirect: `/specialist-framework/frameworks/${made.value.version}`, notice: "The framework is adopted." };
  });
}

const emptyFramework: FrameworkFields = {
  ...{ title: "", from: "", consultation: "", kinds: [], criterion: [], heading: [], question: [], evidence: [] },
  ...{ required: [], measure: [], statement: [], without: [], version: "0" },
};

async function known(
  { actor, params }: PageContext,
  database: FrameworkPagesOptions["database"],
): Promise<StoredConsultation> {
  return found(
    await actingAs(database, actor, (queries) => findConsultation(queries, params.consultation!)),
    `There is no consultation called "${params.consultation}".`,
  );
}

type Typed = Parameters<typeof GroupContent>[0]["statement"];
const nothingTyped: Typed = { words: "", restsOn: "" };

function addWorkPages(pages: Pages, { database }: FrameworkPagesOptions): void {
  const base = "/specialist-framework/group/:consultation";
  async function page(context: PageContext, errors: readonly Link[] = [], typed: Typed = nothingTyped, status = 400) {
    const { actor, today, csrf } = context;
    const consultation = await known(context, database);
    const [responses, own] = await actingAs(database, actor, async (queries) => [
      await loadResponses(queries, consultation.id),
      await loadRatings(queries, consultation.id),
    ]);
    const view = found(await groupView(database, actor, consultation, today), "This page is the group's.");
    const { title } = consultation;
    return {
      ...{ title: errors.length > 0 ? `Error: ${title}` : title, ...crumbs },
      ...(errors.length > 0 && { status }),
      content: <GroupContent {...{ consultation, responses, view, own, today, errors, csrf }} statement={typed} />,
    };
  }
  /** Back to the page with a notice, or the page again with what is wrong. */
  async function answer<T>(
    context: PageContext,
    work: Promise<Result<T, readonly Problem[]>>,
    notice: string,
    typed: Typed = nothingTyped,
  ) {
    const made = await unlessStale(work);
    if (made === null) return page(context, [{ href: "#main-content", text: changed }], typed, 409);
    if (!made.ok) return page(context, errorsOf(made.error, fieldOfPlace), typed);
    return { redirect: `/specialist-framework/group/${context.params.consultation}`, notice };
  }
  pages.get(base, group, async (context) => page(context));
  pages.post(`${base}/step`, group, Type.Object({ step: text(20), version: text(10) }), async (context, fields) => {
    const { actor, now, today, params } = context;
    const step = steps.find((one) => one === fields.step);
    if (!step) return page(context, [{ href: "#main-content", text: `There is no step called "${fields.step}".` }]);
    const order = { id: params.consultation!, step, expected: Number(fields.version) || 0 };
    return answer(context, stepConsultation(database, actor, order, today, now), "Done.");
  });
  const statementFields = Type.Object({ words: text(2000), restsOn: text(500), version: text(10) });
  pages.post(`${base}/statement`, group, statementFields, async (context, fields) => {
    const { actor, now, params } = context;
    const restsOn = fields.restsOn
      .split(/[\s,]+/)
      .filter((part) => part !== "")
      .map(Number);
    const order = { id: params.consultation!, words: fields.words, restsOn, expected: Number(fields.version) || 0 };
    return answer(context, writeStatement(database, actor, order, now), "The statement is added.", fields);
  });
  pages.post(`${base}/rate`, group, ratingFields, async (context, fields) => {
    const { actor, now, params } = context;
    const statements = await actingAs(database, actor, (queries) => loadStatements(queries, params.consultation!));
    const given = readRatings(
      fields,
      statements.map(({ number }) => number),
    );
    return answer(context, rate(database, actor, params.consultation!, given, now), "Your ratings are saved.");
  });
  pages.post(
    `${base}/moderate`,
    group,
    Type.Object({ response: text(10), because: text(1000) }),
    async (context, fields) => {
      const { actor, now, params } = context;
      const because = fields.because === "" ? null : fields.because;
      const order = {
        id: params.consultation!,
        response: /^\d{1,9}$/.test(fields.response) ? Number(fields.response) : 0,
        because,
      };
      return answer(
        context,
        moderate(database, actor, order, now),
        because ? "The response is hidden." : "The response is shown.",
      );
    },
  );
}

const steps: readonly ConsultationStep[] = ["open", "close", "begin-round", "end-round", "report"];

/** The field of the group's page that a problem's place means. */
function fieldOfPlace(place: string): string {
  if (place === "statement") return "statement";
  return /^statement \d+$/.test(place) ? place.replace(" ", "-") : "main-content";
}
