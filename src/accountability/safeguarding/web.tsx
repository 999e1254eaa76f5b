import { readFileSync } from "node:fs";
import { academicYearOf } from "../../kernel/index.js";
import { HttpError, pagesOn, type RouteGroup, serveOfflinePages, serveScript } from "../../platform/http/index.js";
import { type Actor, holdsRole } from "../../platform/identity/index.js";
import type { Link } from "../../platform/pages/index.js";
import { findRegion, regions } from "../../register/index.js";
import { auditLists, schoolAudits } from "./service-lists.js";
import { checkCharter, ownOfficer } from "./service-officers.js";
import { standardOn, standards } from "./standards.js";
import { addAuditPages } from "./web-audit-pages.js";
import { MyAuditsContent } from "./web-audits.js";
import { addInterestPages } from "./web-interests.js";
import { addOfficerPages } from "./web-officer-pages.js";
import { CharterCheckContent } from "./web-officers.js";
import { addRegionPages } from "./web-region-pages.js";
import { SchoolAuditsContent } from "./web-school.js";
import { type SafeguardingWeb, start } from "./web-shared.js";
import { StandardContent, StartContent } from "./web-standard.js";

const script = (name: string) => ({
  path: `/safeguarding/${name}`,
  type: "text/javascript; charset=utf-8",
  body: readFileSync(new URL(`./${name}`, import.meta.url), "utf8"),
});

/** The script of a section's page, and the service worker that keeps an audit's pages on the device. */
const offlinePage = script("offline-page.js");
const offlineWorker = script("offline-worker.js");

/** What somebody can do here. */
function entriesFor(actor: Actor): readonly (Link & { readonly about: string })[] {
  const grants = actor.kind === "person" ? actor.grants : [];
  const ofRegions = grants.flatMap(({ role, scope }) => {
    if (role !== "regional-officer" && role !== "regional-director") return [];
    return scope.kind === "region" ? [scope.code] : scope.kind === "country" ? regions.map(({ code }) => code) : [];
  });
  const schools = grants.flatMap(({ role, scope }) =>
    role === "school" && scope.kind === "school" ? [scope.urn] : [],
  );
  return [
    ...(holdsRole(actor, ["safeguarding-officer"]) && actor.kind === "person"
      ? [
          {
            text: "My audits",
            href: "/safeguarding/audits",
            about: "The schools that are yours this year, what is under way, and what to follow up.",
          },
        ]
      : []),
    ...(holdsRole(actor, ["administrator"])
      ? [
          {
            text: "Chartered Safeguarding Officers",
            href: "/safeguarding/officers",
            about: "The register of officers: charters suspended and restored, interests.",
          },
        ]
      : []),
    ...[...new Set(ofRegions)].map((code) => ({
      text: `The audits of ${findRegion(code)?.name ?? code}`,
      href: `/safeguarding/regions/${code}`,
      about: "Escalations, the year’s plan, overdue actions, and the officers of the region.",
    })),
    ...schools.map((urn) => ({
      text: `The audits of school ${urn}`,
      href: `/safeguarding/schools/${urn}`,
      about: "What the officer asks to have ready, what was found, and what is to be done.",
    })),
    {
      text: "The audit standard",
      href: "/safeguarding/standard",
      about: "What is looked at in every school, what counts as evidence, and where it comes from.",
    },
    {
      text: "Check a charter",
      href: "/safeguarding/charters",
      about: "Whether somebody who comes to audit a school is a Chartered Safeguarding Officer.",
    },
  ];
}

/** The pages of the annual safeguarding audit (A5): the public’s, the officer’s, the school’s, the region’s. */
export function safeguardingPages(options: SafeguardingWeb): RouteGroup {
  const { database } = options;
  return (server) => {
    serveOfflinePages(server, "/safeguarding/");
    serveScript(server, offlinePage, "/safeguarding/");
    serveScript(server, offlineWorker, "/safeguarding/");
    const pages = pagesOn(server, options);
    const shell = { section: "/proposals", breadcrumbs: [start] };
    pages.get("/safeguarding", "anyone", async ({ actor }) => ({
      ...{ title: "Safeguarding audits", section: "/proposals", breadcrumbs: [] },
      content: <StartContent heading="Safeguarding audits" links={entriesFor(actor)} />,
    }));
    pages.get("/safeguarding/standard", "anyone", async ({ query, today }) => {
      const asked = query.version;
      const standard = asked === undefined ? standardOn(today) : standards.find(({ version }) => version === asked);
      if (!standard)
        throw new HttpError(404, "not-found", `There is no audit standard "${String(asked).slice(0, 20)}".`);
      return { title: "The audit standard", ...shell, content: <StandardContent standard={standard} today={today} /> };
    });
    pages.get("/safeguarding/charters", "anyone", async ({ query, today }) => {
      const number = typeof query.number === "string" ? query.number.slice(0, 40) : "";
      const found = number === "" ? null : await checkCharter(database.queries, number, today);
      const problems = found === null || found.ok ? [] : found.error;
      return {
        title: `${problems.length > 0 ? "Error: " : ""}Check a charter`,
        ...shell,
        content: <CharterCheckContent number={number} found={found?.ok ? found.value : null} problems={problems} />,
      };
    });
    pages.get("/safeguarding/audits", { roles: ["safeguarding-officer"] }, async ({ actor, today, now }) => {
      const officer = await ownOfficer(database, actor);
      const lists = await auditLists(database, actor, officer?.charter ?? null, academicYearOf(today), now);
      return { title: "My audits", ...shell, content: <MyAuditsContent officer={officer} {...lists} today={today} /> };
    });
    pages.get(
      "/safeguarding/schools/:urn",
      { roles: ["school", "trust", "regional-officer", "regional-director"] },
      async ({ actor, params, now }) => {
        const { audits, pending, name } = await schoolAudits(database, actor, params.urn!, now);
        return {
          title: `Safeguarding audits of ${name}`,
          ...shell,
          content: <SchoolAuditsContent name={name} audits={audits} pending={pending} />,
        };
      },
    );
    addInterestPages(pages, options);
    addOfficerPages(pages, options);
    addAuditPages(pages, options);
    addRegionPages(pages, options);
  };
}
