import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { createServer } from "node:net";
import { AxeBuilder } from "@axe-core/playwright";
import { sql } from "drizzle-orm";
import { Provider } from "oidc-provider";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Database, migrate, openDatabase } from "../src/platform/database/index.js";
import { buildServer, listen, type Server } from "../src/platform/http/index.js";
import { identityMigrations, type SignInSettings } from "../src/platform/identity/index.js";
import type { LocalPeople } from "../src/platform/identity/local-people.js";
import { accountLinks, identityParts } from "../src/platform/identity/parts.js";
import { logMigrations } from "../src/platform/log/index.js";
import { type Site, siteAssets } from "../src/platform/pages/index.js";
import { arrive, startBrowser } from "./browser.js";
import { CookieJar } from "./cookie-jar.js";
import { describeStores } from "./databases.js";

const site: Site = {
  ...{ product: "Greenpaper", assets: siteAssets(), navigation: [], footer: [], colophon: [] },
  phase: { tag: "Alpha", text: "A working model." },
  account: accountLinks,
};
const administrator = {
  subject: "administrator",
  name: "Ada Invented",
  about: "Administrator, whole service",
  grants: [{ role: "administrator", scope: { kind: "country" } }],
} as const;
const newcomer = { subject: "newcomer", name: "Nils Invented", about: "Somebody who has no role yet", grants: [] };
const localPeople: LocalPeople = {
  list: async () => [{ heading: "People", people: [administrator, newcomer] }],
  find: async (subject) => [administrator, newcomer].find((person) => person.subject === subject) ?? null,
};

let browser: Browser;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  for (const close of closing) await close();
  await browser?.close();
});

async function serve(database: Database, settings: SignInSettings, port = 0): Promise<string> {
  await migrate(database, [identityMigrations, logMigrations]);
  const context = { database, site, band: async () => null, clock: () => new Date() };
  const { routes, ...ports } = identityParts({ ...context, settings, localPeople, work: [], knows: async () => true });
  const server: Server = await buildServer({ version: "1", site, band: context.band, routes, ...ports });
  closing.push(() => server.close());
  const listening = await listen(server, { host: "127.0.0.1", port });
  if (!listening.ok) throw new Error(listening.error.message);
  return listening.value.replace(/\/$/, "");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Another organisation's provider, with a login and a consent page of its own, on an origin of its own. */
async function otherProvider(back: string): Promise<URL> {
  const port = await freePort();
  const issuer = new URL(`http://127.0.0.1:${port}`);
  const provider = new Provider(issuer.href.replace(/\/$/, ""), {
    clients: [
      {
        client_id: "greenpaper",
        client_secret: "a secret of both",
        redirect_uris: [`${back}/sign-in/return`],
        post_logout_redirect_uris: [`${back}/signed-out`],
      },
    ],
    claims: { openid: ["sub"], profile: ["given_name", "family_name"], email: ["email"] },
    cookies: { keys: ["tests"] },
    ttl: Object.fromEntries(
      ["AccessToken", "AuthorizationCode", "IdToken", "Interaction", "Session", "Grant"].map((name) => [
        name,
        () => 600,
      ]),
    ),
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, given_name: "Ada", family_name: "Elsewhere", email: `${id}@region.example` }),
    }),
  });
  const http: HttpServer = createHttpServer(provider.callback());
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => http.close(resolve)));
  return issuer;
}

/** What axe finds, and whether the page is wider than the window of a phone. */
async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    faults.push(...violations.map(({ id, nodes }) => `${width}: ${id} ${nodes[0]?.html}`));
    if (Number(await page.evaluate("document.documentElement.scrollWidth")) > width) faults.push(`${width}: too wide`);
  }
  return faults;
}

async function withPage(javaScriptEnabled: boolean, work: (page: Page, complaints: string[]) => Promise<void>) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 400/.test(message.text())) complaints.push(message.text());
  });
  await work(page, complaints);
  await context.close();
}

describeStores("in a browser", (fresh) => {
  it("signing in, giving a role and signing out need only the keyboard and no script", async () => {
    const at = await serve(await fresh(), { kind: "local" });
    await withPage(false, async (page) => {
      await page.goto(`${at}/people`); // not signed in
      expect(await page.title()).toContain("Choose who you are");
      const button = page.getByRole("button", { name: /Ada Invented/ });
      for (let i = 0; i < 20 && !(await button.evaluate((e) => e === e.ownerDocument.activeElement)); i++)
        await page.keyboard.press("Tab");
      await arrive(page, page.keyboard.press("Enter"));
      await page.waitForURL(`${at}/people`);
      await page.getByLabel("Name of the program").fill("Inspection diary");
      await arrive(page, page.keyboard.press("Enter"));
      await page.waitForURL(/\/people\/[\w-]{36}$/);
      expect(await page.textContent("main")).toContain("The program was added");
      await page.getByLabel("Role", { exact: true }).selectOption("agency");
      await page.getByLabel("The whole country").check();
      await page.getByLabel("Why").fill("asks about exemptions");
      await arrive(page, page.getByRole("button", { name: "Give the role" }).press("Enter"));
      expect(await page.textContent("main")).toContain("The role was given");
      await arrive(page, page.getByRole("link", { name: "Sign out" }).click());
      await arrive(page, page.getByRole("button", { name: "Sign out" }).press("Enter"));
      expect(await page.textContent("h1")).toBe("You have signed out");
      await page.goBack();
      await page.goto(`${at}/people`);
      expect(await page.title()).toContain("Choose who you are");
    });
  });
});

describe("its pages", () => {
  it("pass axe and fit a phone, with errors on them too", async () => {
    const database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
    closing.push(() => database.close());
    const at = await serve(database, { kind: "local" });
    await withPage(true, async (page, complaints) => {
      await page.goto(`${at}/sign-in`);
      expect(await faultsOf(page)).toEqual([]);
      await page.getByLabel("The school\u2019s URN").fill("1");
      await arrive(page, page.getByRole("button", { name: "Sign in as its head" }).click());
      expect(await page.title()).toMatch(/^Error: /);
      expect(await faultsOf(page)).toEqual([]);
      await arrive(page, page.getByRole("button", { name: /Ada Invented/ }).click());
      await page.waitForURL(`${at}/work`);
      for (const path of ["/work", "/account", "/people", "/sign-out", "/signed-out", "/sign-in/return"]) {
        await page.goto(at + path);
        expect(await faultsOf(page), path).toEqual([]);
      }
      await page.goto(`${at}/account`);
      await arrive(page, page.getByRole("button", { name: "Make the token" }).click());
      expect(await faultsOf(page)).toEqual([]);
      await page.goto(`${at}/people`);
      await arrive(page, page.getByRole("link", { name: "Ada Invented" }).last().click());
      await arrive(page, page.getByRole("button", { name: "Give the role" }).click());
      expect(await page.title()).toMatch(/^Error: /);
      expect(await faultsOf(page)).toEqual([]);
      await arrive(page, page.getByRole("link", { name: /^End/ }).click());
      expect(await faultsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  });
});

describe("another organisation's provider", () => {
  describeStores("on its own origin", (fresh) => {
    async function both(): Promise<{ at: string; issuer: URL; database: Database }> {
      const [database, port] = [await fresh(), await freePort()];
      const publicUrl = new URL(`http://localhost:${port}`);
      const issuer = await otherProvider(publicUrl.origin);
      const client = { clientId: "greenpaper", clientSecret: "a secret of both" };
      const at = await serve(database, { kind: "provider", issuer, publicUrl, ...client }, port);
      return { at, issuer, database };
    }

    it("lets people in by its own forms, and out again there too", async () => {
      const { at, issuer, database } = await both();
      await withPage(true, async (page, complaints) => {
        await page.goto(`${at}/account`);
        await page.locator("input[name=login]").fill("ada");
        await page.locator("input[name=password]").fill("anything");
        await arrive(page, page.locator("button[type=submit]").click());
        await arrive(page, page.locator("button[type=submit]").click()); // consent
        await page.waitForURL(`${at}/account`);
        expect(await page.textContent("h1")).toBe("Ada Elsewhere"); // told by the provider when asked with its token
        expect(await page.textContent("main")).toContain("You have no role yet");
        await page.goto(`${at}/sign-out`);
        await page.getByRole("button", { name: "Sign out" }).click(); // leads to the other origin, which the policy allows here alone
        await page.waitForURL(new RegExp(`^${issuer.origin}/session/end`));
        expect(complaints.filter((words) => /Content Security Policy/.test(words))).toEqual([]);
        await page.locator("button[name=logout]").first().click();
        await page.waitForURL((url) => url.href.startsWith(`${at}/signed-out`));
        await page.goto(`${at}/account`); // and nobody is let in again in silence
        expect(page.url().startsWith(issuer.origin)).toBe(true);
      });
      const people = await database.queries.execute(sql`select issuer, subject, email from platform_identity.person`);
      expect(people).toEqual([{ issuer: issuer.origin, subject: "ada", email: "ada@region.example" }]);
    });

    it.each([
      ["for another sign-in's nonce", sql`update platform_identity.sign_in set nonce = 'of another'`],
      [
        "without the verifier of its challenge",
        sql`update platform_identity.sign_in set code_verifier = ${"x".repeat(43)}`,
      ],
    ])("is not believed %s", async (_, change) => {
      const { at, database } = await both();
      await withPage(true, async (page) => {
        await page.goto(`${at}/sign-in`);
        await database.queries.execute(change);
        await page.locator("input[name=login]").fill("ada");
        await page.locator("input[name=password]").fill("anything");
        await arrive(page, page.locator("button[type=submit]").click());
        await arrive(page, page.locator("button[type=submit]").click());
        await page.waitForURL(/\/sign-in\/return/);
        expect(await page.textContent("h1")).toBe("You are not signed in");
      });
      expect(await database.queries.execute(sql`select 1 from platform_identity.session`)).toEqual([]);
    });

    it("sends nobody back without being asked: a refusal there is told here", async () => {
      const { at, issuer } = await both();
      const jar = new CookieJar();
      const begun = new URL((await jar.fetch(`${at}/sign-in`)).headers.get("location")!);
      expect(begun.origin).toBe(issuer.origin);
      expect(begun.searchParams.get("code_challenge_method")).toBe("S256");
      const state = begun.searchParams.get("state")!;
      const iss = encodeURIComponent(issuer.origin);
      const back = await jar.follow(`${at}/sign-in/return?error=access_denied&state=${state}&iss=${iss}`);
      expect([back.status, back.text.includes("The sign-in was given up.")]).toEqual([400, true]);
    });
  });
});
