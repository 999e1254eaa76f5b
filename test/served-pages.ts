import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { reviewSite } from "../src/accountability/quality-mark/web.js";
import { buildServer, listen, type RouteGroup, type Server } from "../src/platform/http/index.js";
import { type Actor, publicActor } from "../src/platform/identity/index.js";
import type { Site } from "../src/platform/pages/index.js";
import { startBrowser } from "./browser.js";

/** Pages served to a browser without JavaScript, to whoever is signed in at the moment. */
export interface ServedPages {
  readonly address: string;
  readonly server: Server;
  signIn(actor: Actor): void;
  /** A new page of a width in pixels; without JavaScript unless given. */
  open(width?: number, scripts?: boolean): Promise<Page>;
  close(): Promise<void>;
}

/**
 * Serves route groups and opens a browser.
 * @param region of every school; without it scopes are held by number alone
 */
export async function servePages(
  routes: (site: Site, band: () => Promise<null>) => readonly RouteGroup[],
  region?: string,
): Promise<ServedPages> {
  const site = reviewSite("0.0.0");
  const band = async () => null;
  let actor: Actor = publicActor;
  const failures: unknown[] = [];
  const server = await buildServer({
    ...{ version: "0.0.0", site, band, routes: routes(site, band) },
    identify: async () => actor,
    ...(region !== undefined && { places: { school: async (urn) => ({ urn, region }), trust: async () => null } }),
    onFailure: (error) => void failures.push(error),
  });
  const listening = await listen(server, { host: "127.0.0.1", port: 0 });
  if (!listening.ok) throw new Error(listening.error.message);
  const browser: Browser = await startBrowser();
  const contexts: BrowserContext[] = [];
  return {
    address: listening.value.replace("localhost", "127.0.0.1").replace(/\/$/, ""),
    server,
    signIn: (next) => {
      actor = next;
    },
    async open(width = 1200, scripts = false) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: scripts });
      contexts.push(context);
      return context.newPage();
    },
    async close() {
      for (const context of contexts) await context.close();
      await browser.close();
      await server.close();
      expect(failures).toEqual([]);
    },
  };
}

/** Opens an address at both widths and holds the page to what every page is held to: one main heading, axe, the window's width. */
export async function expectGoodPage({ open, address }: ServedPages, path: string): Promise<void> {
  for (const width of [1200, 320]) {
    const page = await open(width, true);
    await page.goto(`${address}${path}`);
    expect(await page.locator("h1").count(), path).toBe(1);
    const over = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
    expect(over, `${path} at ${width} pixels`).toBeLessThanOrEqual(0);
    if (width === 1200) {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
    await page.close();
  }
}
