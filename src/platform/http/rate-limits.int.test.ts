import { afterEach, expect, it } from "vitest";
import { type Site, siteAssets } from "../pages/index.js";
import { buildServer, type Server } from "./index.js";

const site: Site = {
  ...{ product: "Greenpaper", assets: siteAssets(), navigation: [], footer: [], colophon: [] },
  phase: { tag: "Alpha", text: "A working model." },
};
let server: Server;
let identified = 0;
afterEach(() => server.close());

async function serve(limited: boolean, trustProxy?: string): Promise<Server> {
  identified = 0;
  server = await buildServer({
    ...{ version: "1", site, band: async () => null },
    ...(limited && { rateLimits: { perMinute: 5, signInsPerMinute: 2 } }),
    ...(trustProxy && { trustProxy }),
    identify: async () => {
      identified++;
      return { kind: "public" };
    },
    routes: [
      (routes) => {
        routes.get("/page", { config: { access: "anyone" } }, async () => "page");
        routes.get("/api/thing", { config: { access: "anyone" } }, async () => ({}));
        routes.get("/sign-in", { config: { access: "anyone", tightlyLimited: true } }, async () => "in");
      },
    ],
  });
  return server;
}

const ask = async (url: string, remoteAddress = "192.0.2.1", headers: Record<string, string> = {}) =>
  server.inject({ url, remoteAddress, headers });

it("answers whoever asks too often with 429 and when to come back, before looking who it is", async () => {
  await serve(true);
  for (let i = 0; i < 5; i++) expect((await ask("/page")).statusCode).toBe(200);
  const page = await ask("/page");
  expect(page.statusCode).toBe(429);
  expect(Number(page.headers["retry-after"])).toBeGreaterThan(0);
  expect(page.headers["content-type"]).toMatch(/^text\/html/);
  const api = await ask("/api/thing");
  expect(api.json()).toMatchObject({ status: 429, code: "too-many-requests" });
  expect((await ask("/nowhere")).statusCode).toBe(429);
  expect(identified).toBe(5);
  expect((await ask("/page", "192.0.2.2")).statusCode).toBe(200); // another address
  expect((await ask("/health")).statusCode).toBe(200); // whoever watches the server is never shut out
  expect((await ask(site.assets.site.path)).statusCode).toBe(200);
});

it("is tighter where people sign in", async () => {
  await serve(true);
  expect((await ask("/sign-in")).statusCode).toBe(200);
  expect((await ask("/sign-in")).statusCode).toBe(200);
  expect((await ask("/sign-in")).statusCode).toBe(429);
  expect((await ask("/page")).statusCode).toBe(200);
});

it("counts nobody unless it is told to", async () => {
  await serve(false);
  for (let i = 0; i < 20; i++) expect((await ask("/sign-in")).statusCode).toBe(200);
});

it("believes what a proxy says of an address only where the proxy is known", async () => {
  await serve(true);
  for (let i = 0; i < 8; i++) await ask("/page", "192.0.2.1", { "x-forwarded-for": `198.51.100.${i}` });
  expect((await ask("/page", "192.0.2.1", { "x-forwarded-for": "198.51.100.9" })).statusCode).toBe(429);
  await server.close();
  await serve(true, "192.0.2.0/24");
  for (let i = 0; i < 8; i++)
    expect((await ask("/page", "192.0.2.1", { "x-forwarded-for": `198.51.100.${i}` })).statusCode).toBe(200);
});
