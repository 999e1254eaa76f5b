import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import {
  acceptedSchools,
  draft,
  during,
  headOf,
  statistician,
  studyIn,
} from "../../../../test/assessment-fieldwork.js";
import { arrive, startBrowser } from "../../../../test/browser.js";
import { type Database, openDatabase } from "../../../platform/database/index.js";
import { answersIn, buildServer, type Server } from "../../../platform/http/index.js";
import { publicActor } from "../../../platform/identity/index.js";
import { siteAssets } from "../../../platform/pages/index.js";
import { fieldworkApi } from "./api.js";
import { loadPupils, loadResponses } from "./store.js";
import { fieldworkPages } from "./web.js";

let database: Database;
let server: Server;
let browser: Browser;
let address = "";
let urns: readonly string[] = [];
let codes: readonly string[] = [];

async function serve(port: number): Promise<void> {
  const site = {
    product: "Greenpaper",
    assets: siteAssets(),
    navigation: [],
    phase: { tag: "Alpha", text: "A test." },
    footer: [],
    colophon: [],
  };
  const context = {
    database,
    site,
    band: async () => "All schools are made up.",
    clock: () => during,
    answers: answersIn(database),
  };
  server = await buildServer({
    ...{ version: "1", site, band: context.band, routes: [fieldworkPages(context), fieldworkApi(context)] },
    identify: async ({ cookies: { who } }) =>
      who === undefined ? publicActor : who === "statistician" ? statistician : headOf(who),
    places: { school: async (urn) => ({ urn, region: "E12000001" }), trust: async () => null },
  });
  address = await server.listen({ port, host: "127.0.0.1" });
}

async function contextOf(who: string | null, width = 1200, javaScriptEnabled = true): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled });
  if (who !== null) await context.addCookies([{ name: "who", value: who, url: address }]);
  return context;
}

const sessionHref = (n: number) => `/assessment-fieldwork/sessions/${codes[n]}`;
const answersOf = async (n: number) => {
  const pupil = (await loadPupils(database.queries, draft.id)).find(({ code }) => code === codes[n])!;
  return (await loadResponses(database.queries, draft.id)).filter(({ pupil: id }) => id === pupil.id);
};

beforeAll(async () => {
  database = await studyIn(await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") }));
  urns = await acceptedSchools(database);
  codes = (await loadPupils(database.queries, draft.id)).map(({ code }) => code!);
  await serve(0);
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await database?.close();
});

describe("the pages of running assessments", () => {
  it("have nothing that axe objects to, fit a phone, and complain of nothing", async () => {
    const part = `/assessment-fieldwork/schools/${urns[0]}/studies/${draft.id}`;
    const [pupil] = await loadPupils(database.queries, draft.id, urns[0]);
    const shown: readonly (readonly [string | null, string])[] = [
      [null, "/assessment-fieldwork"],
      [null, "/assessment-fieldwork/sessions"],
      [null, sessionHref(0)],
      ["statistician", "/assessment-fieldwork"],
      ["statistician", "/assessment-fieldwork/plan?schools=30"],
      ["statistician", "/assessment-fieldwork/new"],
      ["statistician", `/assessment-fieldwork/studies/${draft.id}`],
      ["statistician", `/assessment-fieldwork/studies/${draft.id}/sample`],
      ["statistician", `/assessment-fieldwork/studies/${draft.id}/draw-check`],
      ["statistician", `/assessment-fieldwork/studies/${draft.id}/items`],
      ["statistician", "/assessment-fieldwork/items"],
      ["statistician", "/assessment-fieldwork/items/Q1"],
      [urns[0]!, `/assessment-fieldwork/schools/${urns[0]}`],
      [urns[0]!, part],
      [urns[0]!, `${part}/tickets`],
      [urns[0]!, `${part}/pupils/${pupil!.line}`],
    ];
    const contexts = new Map<string | null, BrowserContext>();
    for (const [who, path] of shown) {
      const context = contexts.get(who) ?? (await contextOf(who, 320));
      contexts.set(who, context);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      const answer = await page.goto(`${address}${path}`);
      expect([answer?.status(), await page.locator("h1").count()], path).toEqual([200, 1]);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        path,
      ).toEqual([]);
      const overflow = await page.evaluate<number>(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(overflow, path).toBeLessThanOrEqual(0);
      expect(complaints, path).toEqual([]);
      await page.close();
    }
    for (const context of contexts.values()) await context.close();
  });

  it("keep schools from each other’s pages, and from the statistician’s", async () => {
    const get = async (path: string, who: string) => (await server.inject({ url: path, cookies: { who } })).statusCode;
    expect(await get(`/assessment-fieldwork/schools/${urns[1]}/studies/${draft.id}`, urns[0]!)).toBe(403);
    expect(await get(`/assessment-fieldwork/studies/${draft.id}`, urns[0]!)).toBe(403);
    expect(await get("/assessment-fieldwork/items", urns[0]!)).toBe(403);
  });
});

/** Answers every question of the page. */
async function answerPart(page: Page): Promise<number> {
  const questions = await page.locator("[data-item]").all();
  for (const question of questions) {
    if ((await question.locator('[type="radio"]').count()) > 0) await question.locator('[type="radio"]').nth(1).check();
    else await question.locator('input[type="text"]').fill("8");
  }
  return questions.length;
}

describe("a session", () => {
  it("works without JavaScript", async () => {
    const context = await contextOf(null, 800, false);
    const page = await context.newPage();
    await page.goto(`${address}/assessment-fieldwork/sessions`);
    await page.fill("#code", codes[0]!.toLowerCase().replace(/(.{4})/g, "$1 "));
    await arrive(page, page.click("text=Go on"));
    await arrive(page, page.click("text=Begin"));
    let questions = await answerPart(page);
    await arrive(page, page.click("text=Next part"));
    questions += await answerPart(page);
    await arrive(page, page.click("text=To the end"));
    await arrive(page, page.click("text=Finish"));
    expect(await page.textContent("body")).toContain("The session is finished");
    expect(await answersOf(0)).toHaveLength(questions);
    await context.close();
  });

  it("goes on through a lost connection, a reload and a restart of the server, and sends every answer once", async () => {
    const context = await contextOf(null);
    const page = await context.newPage();
    const ready = async (heading: string) => {
      await page.locator("h1", { hasText: heading }).waitFor(); // the page that was left is ready too
      await page.waitForSelector("html[data-offline-ready]");
    };
    await page.goto(`${address}${sessionHref(1)}`);
    await page.click("text=Begin");
    await ready("Part 1 of 2");
    await page.waitForSelector("#offline[data-kept]", { state: "attached", timeout: 60_000 });
    await context.setOffline(true);
    let questions = await answerPart(page);
    await page.waitForSelector('#offline[data-state="waiting"]');
    await page.reload();
    await ready("Part 1 of 2");
    expect(await page.locator('[type="radio"]:checked').count()).toBeGreaterThan(0);
    await page.click("text=Next part"); // was never opened, and is kept all the same
    await ready("Part 2 of 2");
    questions += await answerPart(page);
    await page.click("text=To the end");
    await ready("The end");
    expect(await answersOf(1)).toEqual([]);
    await page.click("text=Finish");
    await page.locator("#offline", { hasText: "You have finished" }).waitFor();
    const port = Number(new URL(address).port);
    await server.close();
    await serve(port);
    await context.setOffline(false);
    await page.waitForURL(`${address}/assessment-fieldwork/sessions`, { timeout: 60_000 });
    const answers = await answersOf(1);
    expect(answers).toHaveLength(questions);
    expect(new Set(answers.map(({ device }) => device)).size).toBe(1);
    const pupil = (await loadPupils(database.queries, draft.id)).find(({ code }) => code === codes[1])!;
    expect([pupil.state, pupil.attendance]).toEqual(["finished", "present"]);
    await expect.poll(() => page.evaluate<boolean>('caches.has("session-pages")')).toBe(false);
    await context.close();
  });
});
