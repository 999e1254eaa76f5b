import Type from "typebox";
import { readHandedUrns } from "../../../ingest/index.js";
import type { Problem, Result } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import {
  type Access,
  HttpError,
  type PageContext,
  type PageParts,
  type Pages,
  type PagesOptions,
  pagesOn,
  type RouteGroup,
} from "../../../platform/http/index.js";
import { holdsRole } from "../../../platform/identity/index.js";
import type { Link } from "../../../platform/pages/index.js";
import { findRegion } from "../../../register/index.js";
import { askExemptions, lookUpExemption, readEnquiriesOfRegion, readEnquiry, readOwnEnquiries } from "./service.js";
import { type Asked, EnquiryPage, EnquiryTable, ExemptionPage, ListPage } from "./web-parts.js";

export interface ExemptionPagesOptions extends PagesOptions {
  readonly database: Database;
}

const agencies: Access = { roles: ["agency"] };
const mayRead: Access = { roles: ["agency", "school", "regional-officer", "regional-director"] };
const register: Link = { text: "May this school be visited?", href: "/exemption" };

const page = (title: string, breadcrumbs: readonly Link[], content: PageParts["content"], status = 200): PageParts => ({
  ...{ title, section: null, breadcrumbs, content, status },
});

const text = (value: unknown) => (typeof value === "string" ? value.trim() : "");

/** The field of the form that a problem is of. */
const withField = (problem: Problem) => ({
  ...problem,
  field: problem.code === "exemption-purpose-unknown" ? "purpose" : "urn",
});

async function shown(database: Database, { actor, query, today, now, csrf }: Parts): Promise<PageParts> {
  const [urn, purpose] = [text(query.urn), text(query.purpose)];
  const isAgency = holdsRole(actor, ["agency"]);
  const looked: Result<unknown, Problem> | null =
    urn === "" && purpose === "" ? null : await lookUpExemption(database, { urn, purpose }, now);
  const found = looked?.ok
    ? (looked as Extract<Awaited<ReturnType<typeof lookUpExemption>>, { ok: true }>).value
    : null;
  const problems = looked && !looked.ok ? [withField(looked.error)] : [];
  const asked: Asked = { urn, purpose, note: "", problems };
  const own = isAgency ? await readOwnEnquiries(database, actor) : [];
  const title = `${problems.length > 0 ? "Error: " : ""}May this school be visited?`;
  const content = <ExemptionPage on={today} asked={asked} csrf={isAgency ? csrf() : null} answer={found} own={own} />;
  return page(title, [], content, problems.length > 0 ? 400 : 200);
}

type Parts = Omit<PageContext, "csrf"> & { readonly csrf: () => string };

async function ask(database: Database, context: PageContext, body: { urn: string; purpose: string; note: string }) {
  const { actor, today, now, csrf } = context;
  const asked = await askExemptions(database, actor, { urns: [body.urn], purpose: body.purpose, note: body.note }, now);
  const first = asked.ok ? asked.value[0]! : null;
  if (first?.ok) return { redirect: `/exemption/asked/${first.value.urn}/${first.value.enquiry}` };
  const problems = (asked.ok ? (first && !first.ok ? [first.error] : []) : asked.error).map(withField);
  const own = await readOwnEnquiries(database, actor);
  const content = <ExemptionPage on={today} asked={{ ...body, problems }} csrf={csrf} answer={null} own={own} />;
  return page("Error: May this school be visited?", [], content, 400);
}

async function askList(
  database: Database,
  { actor, today, now, csrf }: PageContext,
  purpose: string,
  [file]: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  wrong: readonly Problem[],
): Promise<PageParts> {
  const again = (problems: Asked["problems"]) =>
    page(
      "Error: Ask about a list of schools",
      [register],
      <ListPage on={today} csrf={csrf} purpose={purpose} problems={problems} answers={null} />,
      400,
    );
  if (!file || wrong.length > 0) return again(wrong.map((problem) => ({ ...problem, field: "list" })));
  const read = await readHandedUrns(file.bytes, file.name);
  if (!read.ok)
    return again(
      read.error
        .slice(0, 50)
        .map((problem) => ({ ...problem, message: `${problem.place}: ${problem.message}`, field: "list" })),
    );
  const asked = await askExemptions(database, actor, { urns: read.value, purpose, note: file.name.slice(0, 100) }, now);
  if (!asked.ok)
    return again(
      asked.error.map((problem) => ({
        ...problem,
        field: problem.code === "exemption-purpose-unknown" ? "purpose" : "list",
      })),
    );
  const answers = asked.value.map((answer, i) => ({ urn: read.value[i]!, answer }));
  return page(
    "Answers to your list",
    [register],
    <ListPage on={today} csrf={csrf} purpose={purpose} problems={[]} answers={answers} />,
  );
}

function addPages(pages: Pages, database: Database): void {
  pages.get("/exemption", "anyone", (context) =>
    // The token is asked for only where there is a form that needs it: asking sets a cookie.
    shown(database, { ...context, csrf: () => context.csrf }),
  );
  pages.post(
    "/exemption",
    agencies,
    Type.Object({
      urn: Type.String({ maxLength: 40 }),
      purpose: Type.Optional(Type.String({ maxLength: 60 })),
      note: Type.String({ maxLength: 200 }),
    }),
    (context, { urn, purpose = "", note }) => ask(database, context, { urn, purpose, note }),
  );
  pages.get("/exemption/list", agencies, async ({ today, csrf }) =>
    page(
      "Ask about a list of schools",
      [register],
      <ListPage on={today} csrf={csrf} purpose="" problems={[]} answers={null} />,
    ),
  );
  pages.upload(
    "/exemption/list",
    agencies,
    { types: ["csv"], bytes: 5_000_000, files: 1, field: "list" },
    Type.Object({ purpose: Type.Optional(Type.String({ maxLength: 60 })) }),
    (context, { purpose = "" }, files, problems) => askList(database, context, purpose, files, problems),
  );
  pages.get("/exemption/asked/:urn/:number", mayRead, async ({ actor, params }) => {
    const number = Number(params.number);
    const enquiry = Number.isSafeInteger(number) ? await readEnquiry(database, actor, params.urn ?? "", number) : null;
    if (!enquiry) throw new HttpError(404, "not-found", "There is no such enquiry that you may see.");
    return page("An enquiry and its answer", [register], <EnquiryPage enquiry={enquiry} />);
  });
  pages.get(
    "/exemption/region/:region",
    { roles: ["regional-officer", "regional-director"] },
    async ({ actor, params }) => {
      const region = findRegion(params.region ?? "");
      if (!region) throw new HttpError(404, "not-found", `There is no region ${params.region}.`);
      const enquiries = await readEnquiriesOfRegion(database, actor, region.code);
      const content = (
        <>
          <span class="govuk-caption-xl">{region.name}</span>
          <h1 class="govuk-heading-xl">Who asked to visit schools</h1>
          <EnquiryTable
            enquiries={enquiries}
            caption={`Enquiries about schools of ${region.name}, the newest first`}
            links
          />
        </>
      );
      return page(`Enquiries, ${region.name}`, [register], content);
    },
  );
}

/** The pages of the exemption register. */
export function exemptionPages({ database, ...options }: ExemptionPagesOptions): RouteGroup {
  return (server) => addPages(pagesOn(server, options), database);
}
