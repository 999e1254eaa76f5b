import Type from "typebox";
import type { Problem, Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { HttpError, type PageContext, type PageParts, type Pages, statusOf } from "../../platform/http/index.js";
import { actingAs } from "../../platform/identity/index.js";
import { StaleStream } from "../../platform/log/index.js";
import type { Link } from "../../platform/pages/index.js";
import { regionsCsv } from "./csv.js";
import { adjustByHand, askForDrawing, type MeasuredScenario, readScenario, tryMoves } from "./service.js";
import { adoptGiven, adoptScenario } from "./service-adopt.js";
import { importBoundaries } from "./service-boundaries.js";
import { geojsonOfScenario, mapOfScenario } from "./service-maps.js";
import { listScenarios } from "./store-scenarios.js";
import { CompareContent, DrawingContent, type Tried } from "./web-drawing.js";
import { DrawingsContent } from "./web-drawings.js";
import { linksOf, readSettings, type SettingFields, settingFields, usualFields } from "./web-form.js";

const list = { text: "Draw regions", href: "/drawings" };
const directors = { roles: ["regional-director"] } as const;
const changed = "Somebody else has changed this drawing meanwhile. Look at it again, and then adopt it.";
const text = (maxLength: number) => Type.String({ maxLength, default: "" });
const wishFields = Type.Object({ title: text(120), startsOn: text(10), reasons: text(2000) });
const moveFields = Type.Object({ authority: text(3), slot: text(3), action: text(4) });
const noWish = { title: "", startsOn: "", reasons: "" };

/** What a service answered; its refusal becomes an error page. */
function orError<T>(result: Result<T, readonly Problem[]>): T {
  if (result.ok) return result.value;
  const [first] = result.error;
  const status = { "scenario-unknown": 404, "drawing-not-yours": 403 }[first!.code] ?? statusOf(first!.code);
  throw new HttpError(status, first!.code, `${first!.place}: ${first!.message}. ${first!.remedy}`);
}

async function drawingAsked(database: Database, { actor }: PageContext, id: unknown): Promise<MeasuredScenario> {
  return orError(await readScenario(database, actor, /^\d{1,9}$/.test(String(id)) ? Number(id) : 0));
}

/** Adds the pages on which regions are drawn and adopted. */
export function addDrawingPages(pages: Pages, database: Database): void {
  addListPages(pages, database);
  addOneDrawingPages(pages, database);
}

function addListPages(pages: Pages, database: Database): void {
  pages.get("/drawings", directors, (context) => listPage(database, context));
  pages.post("/drawings", directors, settingFields, async (context, fields) => {
    const typed = readSettings(fields);
    if (typed.errors.length > 0) return listPage(database, context, typed.errors, fields);
    const asked = { title: fields.title, settings: typed.settings };
    const made = await askForDrawing(database, context.actor, asked, context.now);
    if (!made.ok) return listPage(database, context, linksOf(made.error, "title"), fields);
    return { redirect: `/drawings/${made.value.id}`, notice: "It is being drawn." };
  });
  pages.upload(
    "/drawings/given",
    directors,
    { types: ["csv"], bytes: 1_000_000, files: 1 },
    wishFields,
    async (context, wish, files, problems) => {
      const [file] = files;
      const made = file
        ? await adoptGiven(database, context.actor, { bytes: file.bytes, shown: file.name, wish }, context.now)
        : null;
      const wrong = made === null || !made.ok ? [...problems, ...(made?.ok === false ? made.error : [])] : [];
      if (wrong.length > 0 || made === null) return listPage(database, context, linksOf(wrong, "file"));
      return { redirect: "/who-is-responsible/regions", notice: "The regions are adopted." };
    },
  );
  pages.upload(
    "/drawings/boundaries",
    directors,
    { types: ["geojson", "gz"], bytes: 60_000_000, files: 1 },
    Type.Object({}),
    async (context, _body, files, problems) => {
      const [file] = files;
      const made = file ? await importBoundaries(database, context.actor, file, context.now) : null;
      const wrong = made === null || !made.ok ? [...problems, ...(made?.ok === false ? made.error : [])] : [];
      if (wrong.length > 0 || made === null)
        return listPage(database, context, linksOf(wrong.slice(0, 20), "boundaries"));
      return { redirect: "/drawings", notice: "The boundaries are in use." };
    },
  );
  pages.get("/drawings/compare", directors, async (context) => {
    const drawings = [
      await drawingAsked(database, context, context.query.a),
      await drawingAsked(database, context, context.query.b),
    ] as const;
    return {
      title: "Two drawings compared",
      section: null,
      breadcrumbs: [list],
      content: <CompareContent drawings={drawings} />,
    };
  });
}

function addOneDrawingPages(pages: Pages, database: Database): void {
  pages.get("/drawings/:id", directors, async (context) =>
    drawingPage(database, context, await drawingAsked(database, context, context.params.id)),
  );
  pages.file("/drawings/:id/regions.csv", directors, async (context) => {
    const drawing = await drawingAsked(database, context, context.params.id);
    return {
      name: `regions-${drawing.scenario.id}.csv`,
      type: "text/csv; charset=utf-8; header=present",
      body: regionsCsv(drawing),
    };
  });
  pages.file("/drawings/:id/regions.geojson", directors, async (context) => {
    const drawing = await drawingAsked(database, context, context.params.id);
    return {
      name: `regions-${drawing.scenario.id}.geojson`,
      type: "application/geo+json",
      body: await geojsonOfScenario(database.queries, drawing),
    };
  });
  pages.post("/drawings/:id/move", directors, moveFields, async (context, { authority, slot, action }) => {
    const drawing = await drawingAsked(database, context, context.params.id);
    const moves = [{ authority, slot: /^\d{1,3}$/.test(slot) ? Number(slot) : -1 }];
    const made = tryMoves(drawing, moves);
    const tried: Tried = { authority, slot, measure: made.ok ? made.value.measure : null };
    if (!made.ok) {
      const errors = made.error.map(({ place, message }) => ({
        text: message,
        href: place === "region" ? "#slot" : "#authority",
      }));
      return drawingPage(database, context, drawing, { errors, tried });
    }
    if (action !== "keep") return { ...(await drawingPage(database, context, drawing, { tried })), status: 200 };
    const title = `${drawing.scenario.title}, by hand`.slice(0, 120);
    const id = orError(
      await adjustByHand(database, context.actor, { from: drawing.scenario.id, title, moves }, context.now),
    );
    return { redirect: `/drawings/${id}`, notice: "The move is kept as a drawing of its own." };
  });
  pages.post(
    "/drawings/:id/adopt",
    directors,
    Type.Object({ ...wishFields.properties, version: text(10) }),
    async (context, { version, ...wish }) => {
      const drawing = await drawingAsked(database, context, context.params.id);
      const errors = (problems: readonly Problem[]) =>
        drawingPage(database, context, drawing, { errors: linksOf(problems, "startsOn"), wish });
      try {
        const asked = { id: drawing.scenario.id, version: Number(version) || 0, wish };
        const made = await adoptScenario(database, context.actor, asked, context.now);
        if (!made.ok) return errors(made.error);
      } catch (error) {
        if (!(error instanceof StaleStream)) throw error;
        return {
          ...(await drawingPage(database, context, drawing, { errors: [{ text: changed, href: "#title" }], wish })),
          status: 409,
        };
      }
      return { redirect: "/who-is-responsible/regions", notice: "The drawing is adopted." };
    },
  );
}

async function listPage(
  database: Database,
  context: PageContext,
  errors: readonly Link[] = [],
  fields: SettingFields = usualFields,
): Promise<PageParts> {
  const scenarios = await actingAs(database, context.actor, listScenarios);
  return {
    title: errors.length > 0 ? "Error: Draw regions" : "Draw regions",
    ...{
      section: null,
      breadcrumbs: [{ text: "Who is responsible", href: "/who-is-responsible" }],
      status: errors.length > 0 ? 400 : 200,
    },
    content: <DrawingsContent fields={fields} errors={errors} csrf={context.csrf} scenarios={scenarios} />,
  };
}

interface Shown {
  readonly errors?: readonly Link[];
  readonly tried?: Tried;
  readonly wish?: typeof noWish;
}

async function drawingPage(
  database: Database,
  context: PageContext,
  drawing: MeasuredScenario,
  { errors = [], tried, wish = noWish }: Shown = {},
): Promise<PageParts> {
  const { title } = drawing.scenario;
  return {
    title: errors.length > 0 ? `Error: ${title}` : title,
    ...{ section: null, breadcrumbs: [list], status: errors.length > 0 ? 400 : 200 },
    content: (
      <DrawingContent
        drawing={drawing}
        map={await mapOfScenario(database.queries, drawing)}
        csrf={context.csrf}
        errors={errors}
        tried={tried ?? null}
        wish={wish}
      />
    ),
  };
}
