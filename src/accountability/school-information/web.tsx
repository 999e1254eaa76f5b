import { readFileSync } from "node:fs";
import Type from "typebox";
import type { Urn } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import {
  HttpError,
  type KeptPages,
  type PageContext,
  type PageParts,
  pagesOn,
  type RouteGroup,
  type Server,
  serveAssets,
} from "../../platform/http/index.js";
import { holdsRole } from "../../platform/identity/index.js";
import { StaleStream } from "../../platform/log/index.js";
import { type Asset, asset, type Link, type Site } from "../../platform/pages/index.js";
import { findSchool } from "../../register/index.js";
import type { ReviewReader } from "../quality-mark/index.js";
import { comparisonCsv } from "./csv.js";
import { keptDuties, type TypedEntry } from "./entries.js";
import { findSchools, readSearch } from "./search.js";
import { changeOwnPage } from "./service.js";
import { loadOwnPage } from "./store.js";
import { downloads } from "./store-downloads.js";
import { loadFacts } from "./store-facts.js";
import { RepealContent } from "./web-about.js";
import { CompareContent } from "./web-compare.js";
import { EditContent } from "./web-edit.js";
import type { KnownSchools } from "./web-known.js";
import type { ReviewParts } from "./web-ports.js";
import { SchoolContent } from "./web-school.js";
import { SearchContent, searchErrors } from "./web-search.js";

export interface SchoolPagesOptions {
  readonly database: Database;
  readonly site: Site;
  readonly band: () => Promise<string | null>;
  readonly clock: () => Date;
  readonly reader: ReviewReader;
  readonly parts: ReviewParts;
  readonly known: KnownSchools;
  /** Links to what other proposals show of a school. */
  readonly further?: (urn: string) => readonly Link[];
  /** Where pages are kept from one publication to the next; none is unless given. */
  readonly kept?: KeptPages;
}

const home: Link = { text: "Country", href: "/" };
const all: Link = { text: "Schools", href: "/schools" };

/** The public pages of schools: search, the school's one page, comparisons, downloads, and the school's own additions. */
export function schoolPages(options: SchoolPagesOptions): RouteGroup {
  return (server) => {
    const { known } = options;
    const script = asset(
      "suggest",
      "js",
      "text/javascript; charset=utf-8",
      readFileSync(new URL("./suggest.js", import.meta.url), "utf8"),
    );
    serveAssets(server, [script]);
    server.addHook("onListen", () => warmUp(options));
    const pages = pagesOn(server, options);
    pages.get("/schools", "anyone", ({ query }) => searchPage(options, known, query, script));
    pages.get("/schools/compare", "anyone", ({ query }) => comparePage(options, known, query), "kept");
    pages.file("/schools/compare.csv", "anyone", async ({ query }) => {
      const { sides } = await known.comparison(query);
      return {
        name: "schools-compared.csv",
        type: "text/csv; charset=utf-8; header=present",
        body: comparisonCsv(sides),
      };
    });
    pages.get("/schools/:urn", "anyone", (context) => schoolPage(options, known, context), "kept");
    const repealPage = async ({ today }: PageContext): Promise<PageParts> => ({
      title: "School information without the regulations",
      section: "/schools",
      breadcrumbs: [home, all],
      content: <RepealContent directory={await known.directory()} today={today} />,
    });
    pages.get("/school-information", "anyone", repealPage, "kept");
    addEditing(server, options);
    for (const [name, load] of Object.entries(downloads))
      pages.file(`/register/${name}.csv`, "anyone", async () => ({
        name: `${name}.csv`,
        type: "text/csv; charset=utf-8; header=present",
        body: await load(options.database.queries),
      }));
    addForCrawlers(server, known);
  };
}

/** Makes ready what the first search needs, while others are answered; after a failure the first search tries again. */
async function warmUp({ known, reader }: SchoolPagesOptions): Promise<void> {
  await Promise.all([known.directory(), reader.lines()]).catch(() => {});
}

async function searchPage(
  { reader, parts }: SchoolPagesOptions,
  known: KnownSchools,
  query: PageContext["query"],
  script: Asset,
): Promise<PageParts> {
  const search = readSearch(query);
  const directory = await known.directory();
  const review = await reader.review();
  const lines = await reader.lines();
  const phases = await known.phases(review?.measures.map(({ phase }) => phase) ?? []);
  const group = directory.group(search.group);
  const errors = searchErrors(search, { phases, decisions: parts.decisions.map(({ code }) => code), group });
  const found = errors.length === 0 ? findSchools(directory, lines, search) : { total: 0, found: [] };
  const title = group ? `Schools of ${group.name}` : "Schools";
  return {
    title: errors.length === 0 ? title : `Error: ${title}`,
    section: "/schools",
    breadcrumbs: [home],
    status: errors.length === 0 ? 200 : 400,
    scripts: [script],
    content: (
      <SearchContent
        search={search}
        errors={errors}
        phases={phases}
        review={review}
        parts={parts}
        group={group}
        found={found}
      />
    ),
  };
}

async function schoolPage(options: SchoolPagesOptions, known: KnownSchools, context: PageContext): Promise<PageParts> {
  const urn = context.params.urn!;
  const { reader, parts } = options;
  const facts = await loadFacts(options.database, urn, context.today);
  if (!facts) throw new HttpError(404, "no-such-school", `There is no school with the URN "${urn}" in the register.`);
  const review = await reader.review();
  const page = review && (await reader.school(urn));
  const directory = await known.directory();
  const place = directory.school(urn);
  return {
    title: facts.school.name,
    section: "/schools",
    breadcrumbs: [
      home,
      all,
      ...(place?.region && review
        ? [{ text: place.region, href: `/regions/${encodeURIComponent(place.regionCode)}` }]
        : []),
    ],
    content: (
      <SchoolContent
        facts={facts}
        directory={directory}
        mark={review && page ? await parts.school(review, page) : null}
        elsewhere={page?.mark ? null : await parts.elsewhere(facts.school.urn, context.today)}
        reviewed={review !== null}
        mayEdit={holdsRole(context.actor, ["school"], { urn }) && context.actor.kind === "person"}
        further={options.further?.(urn) ?? []}
      />
    ),
  };
}

async function comparePage(
  options: SchoolPagesOptions,
  known: KnownSchools,
  query: PageContext["query"],
): Promise<PageParts> {
  const { asked, sides, notes } = await known.comparison(query);
  const review = await options.reader.review();
  const address = new URLSearchParams(asked.urns.map((urn): [string, string] => ["urn", urn]));
  if (asked.others !== "") address.set("with", asked.others);
  return {
    title: "Compare schools",
    section: "/schools",
    breadcrumbs: [home, all],
    content: (
      <CompareContent
        sides={sides}
        notes={notes}
        wordsOf={(phase) => review && options.parts.wordsOf(review, phase)}
        csv={`/schools/compare.csv?${address}`}
        chosen={{ urn: asked.urns, with: asked.others }}
      />
    ),
  };
}

const entryFields = Object.fromEntries(
  keptDuties.flatMap(({ id }) => [
    [`${id}-link`, Type.String({ maxLength: 2000 })],
    [`${id}-statement`, Type.String({ maxLength: 20_000 })],
  ]),
);

const editBody = Type.Object({ version: Type.Integer({ minimum: 0, maximum: 1_000_000 }), ...entryFields });

function typedFrom(body: Readonly<Record<string, unknown>>): Record<string, TypedEntry> {
  const text = (name: string) => (typeof body[name] === "string" ? body[name] : "");
  return Object.fromEntries(
    keptDuties.map(({ id }) => [id, { link: text(`${id}-link`), statement: text(`${id}-statement`) }]),
  );
}

async function ownSchool(database: Database, urn: string) {
  const school = /^\d{6}$/.test(urn) ? await findSchool(database.queries, urn as Urn) : null;
  if (!school) throw new HttpError(404, "no-such-school", `There is no school with the URN "${urn}" in the register.`);
  return school;
}

function addEditing(server: Server, options: SchoolPagesOptions): void {
  const { database } = options;
  const pages = pagesOn(server, options);
  const path = "/schools/:urn/information";
  const access = { roles: ["school"] } as const;
  const frame = (urn: string, name: string, failed: boolean) => ({
    title: `${failed ? "Error: " : ""}What ${name} says on its page`,
    section: "/schools",
    breadcrumbs: [home, all, { text: name, href: `/schools/${urn}` }],
  });
  pages.get(path, access, async ({ params, csrf }) => {
    const school = await ownSchool(database, params.urn!);
    const { version, entries } = await loadOwnPage(database.queries, school.urn);
    const typed = Object.fromEntries(
      Object.entries(entries).map(([id, { link, statement }]) => [
        id,
        { link: link ?? "", statement: statement ?? "" },
      ]),
    );
    return {
      ...frame(school.urn, school.name, false),
      content: <EditContent {...{ school, csrf, version, typed, problems: [], meanwhile: null }} />,
    };
  });
  pages.post(path, access, editBody, async (context, body) => {
    const school = await ownSchool(database, context.params.urn!);
    const typed = typedFrom(body);
    const expected = Number(body.version);
    const again = (
      problems: Parameters<typeof EditContent>[0]["problems"],
      version: number,
      meanwhile: string | null,
    ) => ({
      ...frame(school.urn, school.name, true),
      status: meanwhile === null ? 400 : 409,
      content: <EditContent {...{ school, csrf: context.csrf, version, typed, problems, meanwhile }} />,
    });
    try {
      const change = { urn: school.urn, expected, typed };
      const saved = await changeOwnPage(database, context.actor, change, context.now);
      if (!saved.ok) return again(saved.error, expected, null);
      return { redirect: `/schools/${school.urn}#from-the-school`, notice: "The school's page was changed." };
    } catch (error) {
      if (!(error instanceof StaleStream)) throw error;
      const text =
        "Somebody else changed this page while you were writing. What you typed is below; saving again replaces theirs.";
      return again([], error.actual, text);
    }
  });
}

/** How often a crawler should come back is not told: pages change with a publication. */
function addForCrawlers(server: Server, known: KnownSchools): void {
  const access = { config: { access: "anyone" } } as const;
  server.get("/robots.txt", access, async (request, reply) => {
    const site = `${request.protocol}://${request.host}`;
    return reply
      .type("text/plain; charset=utf-8")
      .send(`User-agent: *\nDisallow: /sign-in\nDisallow: /schools/compare\nSitemap: ${site}/sitemap.xml\n`);
  });
  server.get("/sitemap.xml", access, async (request, reply) => {
    const site = `${request.protocol}://${request.host}`;
    const { schools } = await known.directory();
    const open = schools.filter(({ status }) => status !== "closed").map(({ urn }) => `/schools/${urn}`);
    const urls = ["/", "/regions", "/schools", "/method", "/data", ...open].slice(0, 50_000);
    const lines = urls.map((path) => `<url><loc>${site}${path}</loc></url>`);
    return reply
      .type("application/xml; charset=utf-8")
      .send(
        `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join("\n")}\n</urlset>\n`,
      );
  });
}
