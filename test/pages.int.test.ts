import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reviewApi } from "../src/accountability/quality-mark/api.js";
import { reviewReport } from "../src/accountability/quality-mark/report.js";
import { reviewBand, reviewPages, reviewSite } from "../src/accountability/quality-mark/web.js";
import { buildServer, listen, type Server } from "../src/platform/http/index.js";
import { startBrowser } from "./browser.js";
import { sampleCalibration, sampleProposals, sampleReportInput, sampleReview } from "./sample-review.js";

const pages = {
  country: "/",
  regions: "/regions",
  "region with a long name": "/regions/E92",
  method: "/method",
  "method of a phase": "/method/primary",
  data: "/data",
  proposals: "/proposals",
  accessibility: "/accessibility",
  "page not found": "/nowhere",
} as const;

const widths = { desktop: 1280, phone: 320 } as const;

let server: Server;
let browser: Browser;
let address: string;

beforeAll(async () => {
  const { reader } = sampleReview(90);
  const site = reviewSite("0.0.0");
  server = await buildServer({
    version: "0.0.0",
    site,
    band: () => reviewBand(reader),
    routes: [
      reviewPages({
        reader,
        site,
        proposals: sampleProposals,
        calibration: sampleCalibration,
      }),
      reviewApi({ reader }),
    ],
  });
  const listening = await listen(server, { host: "127.0.0.1", port: 0 });
  if (!listening.ok) throw new Error(listening.error.message);
  address = listening.value.replace("localhost", "127.0.0.1").replace(/\/$/, "");
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens an address and listens to what the browser complains of. */
async function open(context: BrowserContext, url: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // An answer of 400 or 404 is what these pages are for; the browser reports each of them.
    const expected = /the server responded with a status of 40[04]/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !expected) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(`not loaded: ${request.url()}`));
  await page.goto(url);
  return { page, complaints };
}

/** What axe finds. Colours are the same on every screen, and checking them takes most of the time: once is enough. */
async function violations(page: Page, colours: boolean): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags([
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
  ]);
  if (!colours) axe.disableRules("color-contrast");
  const { violations } = await axe.analyze();
  return violations.map(
    (v) =>
      `${v.id}: ${v.help} (${v.nodes
        .map((n) => n.html)
        .join("; ")
        .slice(0, 300)})`,
  );
}

/** Elements that stick out to the right, other than what scrolls within itself. Runs in the page. */
function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`document.documentElement.scrollWidth <= window.innerWidth ? [] :
    [...document.querySelectorAll("body *")]
      .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest("section[tabindex]"))
      .map((e) => e.tagName + "." + e.getAttribute("class"))`);
}

describe.each(Object.entries(widths))("on a %s of %i pixels", (_device, width) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await browser.newContext({ viewport: { width, height: 900 } });
  });
  afterAll(() => context.close());

  it.each(Object.entries(pages))(
    "%s passes axe, fits, and makes the browser complain of nothing",
    async (_name, path) => {
      const { page, complaints } = await open(context, address + path);
      for (const fold of await page.locator("details").all()) await fold.evaluate((e) => e.setAttribute("open", ""));
      expect(await violations(page, width === widths.desktop)).toEqual([]);
      expect(await stickingOut(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );
});

describe("on paper", () => {
  it("folds are open, and the navigation stays away", async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const { page } = await open(context, `${address}/regions`);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".govuk-service-navigation").isVisible()).toBe(false);
    expect(await page.locator("details table").first().isVisible()).toBe(true);
    expect(await page.locator(".site-band").isVisible()).toBe(true);
    await context.close();
  });
});

describe("the report as a file", () => {
  let folder: string;
  let context: BrowserContext;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "report-"));
    writeFileSync(join(folder, "report.html"), reviewReport(sampleReportInput(20)));
    context = await browser.newContext({ javaScriptEnabled: true });
  });
  afterAll(async () => {
    await context?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(Object.entries(widths))(
    "opens on a %s, passes axe, fits, and asks the network for nothing",
    async (_device, width) => {
      const { page, complaints } = await open(context, "about:blank");
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.setViewportSize({ width, height: 900 });
      const url = pathToFileURL(join(folder, "report.html")).href;
      await page.goto(url);
      for (const fold of await page.locator("details").all()) await fold.evaluate((e) => e.setAttribute("open", ""));
      expect(await violations(page, width === widths.desktop)).toEqual([]);
      expect(await stickingOut(page)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(asked.filter((asked) => asked !== url && !asked.startsWith("data:"))).toEqual([]);
      await page.close();
    },
  );
});
