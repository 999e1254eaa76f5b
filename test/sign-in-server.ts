import { afterEach, beforeEach, expect } from "vitest";
import type { Urn } from "../src/kernel/index.js";
import { type Database, migrate } from "../src/platform/database/index.js";
import { buildServer, listen, pagesOn, type Server } from "../src/platform/http/index.js";
import { identityMigrations, type SignInSettings } from "../src/platform/identity/index.js";
import type { LocalPeople } from "../src/platform/identity/local-people.js";
import { accountLinks, identityParts } from "../src/platform/identity/parts.js";
import { logMigrations } from "../src/platform/log/index.js";
import { type Site, siteAssets } from "../src/platform/pages/index.js";
import { type CookieJar, csrfOf } from "./cookie-jar.js";

const site: Site = {
  product: "Greenpaper",
  assets: siteAssets(),
  navigation: [],
  phase: { tag: "Alpha", text: "A working model." },
  footer: [],
  colophon: [],
  account: accountLinks,
};
/** An officer of a region, whom the local provider lets anyone be. */
export const officer = {
  subject: "officer",
  name: "Orla Invented",
  about: "Regional officer, North",
  grants: [{ role: "regional-officer", scope: { kind: "region", code: "E12000001" } }],
} as const;
const newcomer = { subject: "newcomer", name: "Nils Invented", about: "Nobody yet", grants: [] };
const head = {
  subject: "school-100123",
  name: "Hedda Invented",
  about: "Head, Ash Primary",
  grants: [{ role: "school", scope: { kind: "school", urn: "100123" as Urn } }],
} as const;
const people = [officer, newcomer, head];
const localPeople: LocalPeople = {
  list: async () => [{ heading: "People", people: [officer, newcomer] }],
  find: async (subject) => people.find((person) => person.subject === subject) ?? null,
};

const servers: Server[] = [];
/** The servers' clock. */
let now = new Date("2026-11-26T09:00:00Z");
/** Lets minutes pass on the servers' clock. */
export const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
/** The moment on the servers' clock. */
export const moment = () => now;

/** Sets the clock back before each test and closes the servers after it; to be called once in a file. */
export function tidyServers(): void {
  beforeEach(() => {
    now = new Date("2026-11-26T09:00:00Z");
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
}

/** A server over a database, with a page for officers alone. */
export async function serve(database: Database, settings: SignInSettings = { kind: "local" }): Promise<string> {
  const context = { database, site, band: async () => null, clock: () => now };
  const work = [
    { role: "regional-officer", text: "Review your schools", href: "/officers", count: async () => 3 },
  ] as const;
  const { routes, ...ports } = identityParts({ ...context, settings, localPeople, work, knows: async () => true });
  const server = await buildServer({
    ...{ version: "1", site, band: context.band, ...ports },
    routes: [
      ...routes,
      (server) => {
        const pages = pagesOn(server, context);
        const only = { roles: ["regional-officer"] } as const;
        pages.get("/officers", only, async ({ actor }) => ({
          ...{ title: "Officers", section: null, breadcrumbs: [] },
          content: `for ${actor.kind === "person" ? actor.name : "nobody"}`,
        }));
        server.get("/api/officers", { config: { access: only } }, async ({ actor }) => ({ actor }));
      },
    ],
  });
  servers.push(server);
  const listening = await listen(server, { host: "127.0.0.1", port: 0 });
  if (!listening.ok) throw new Error(listening.error.message);
  return listening.value.replace(/\/$/, "");
}

/** A database with what signing in needs. */
export async function migrated(database: Database): Promise<Database> {
  await migrate(database, [identityMigrations, logMigrations]);
  return database;
}

/** Signs in through the provider's forms, as a browser would. */
export async function signIn(jar: CookieJar, at: string, subject: string, path = "/sign-in") {
  const choice = await jar.follow(`${at}${path}`);
  expect(choice.text).toContain("Choose who you are");
  const address = choice.url;
  return jar.follow(address, { _csrf: csrfOf(choice.text), subject });
}

/** Signs out by the page. */
export async function signOut(jar: CookieJar, at: string) {
  const page = await jar.follow(`${at}/sign-out`);
  return jar.follow(`${at}/sign-out`, { _csrf: csrfOf(page.text) });
}
