import { afterAll, beforeAll, expect, it } from "vitest";
import { type Actor, publicActor } from "../identity/index.js";
import { type Site, siteAssets } from "../pages/index.js";
import { buildServer, KeptPages, pagesOn, type Server } from "./index.js";

const site: Site = {
  product: "Greenpaper",
  assets: siteAssets(),
  navigation: [],
  phase: { tag: "Alpha", text: "A working model." },
  footer: [],
  colophon: [],
  account: (actor) => [{ text: actor.kind === "person" ? actor.name : "Sign in", href: "/sign-in" }],
};

let server: Server;
const actor: Actor = { kind: "person", id: "p", name: "Ada Made-Up", grants: [] };
let [version, made] = [1, 0];

beforeAll(async () => {
  const kept = new KeptPages(async () => String(version));
  server = await buildServer({
    version: "1",
    site,
    band: async () => null,
    identify: async ({ cookies }) => (cookies.session === undefined ? publicActor : actor),
    kept,
    routes: [
      (server) => {
        const pages = pagesOn(server, { site, band: async () => null, kept });
        const shell = { section: null, breadcrumbs: [] };
        const make = async () => ({ ...shell, title: "Mark", content: `made ${++made} times` });
        pages.get("/mark", "anyone", make, "kept");
        pages.get("/form", "anyone", async ({ csrf }) => ({ ...shell, title: "Form", content: csrf }), "kept");
        pages.get("/gone", "anyone", async () => ({ ...(await make()), status: 410 }), "kept");
        server.post("/publish", { config: { access: "anyone" } }, async () => `version ${++version}`);
      },
    ],
  });
});
afterAll(() => server.close());

it("a published page is made once, told apart by its tag, and made anew after a change", async () => {
  const first = await server.inject("/mark");
  const again = await server.inject("/mark");
  expect([again.body, made]).toEqual([first.body, 1]);
  const { date: _, ...headers } = first.headers;
  expect(again.headers).toMatchObject(headers);
  expect(again.headers["content-security-policy"]).toContain("default-src 'none'");
  const known = await server.inject({ url: "/mark", headers: { "if-none-match": `W/${again.headers.etag}` } });
  expect([known.statusCode, known.body]).toEqual([304, ""]);
  await server.inject({ method: "POST", url: "/publish" });
  expect((await server.inject("/mark")).body).toContain("made 2 times");
});

it("whoever has signed in, asks with a query or was told something gets a page of their own", async () => {
  const own = await server.inject({ url: "/mark", headers: { cookie: "session=x" } });
  expect([own.body.includes("Ada Made-Up"), own.headers["cache-control"]]).toEqual([true, "no-store"]);
  const before = made;
  await server.inject("/mark?again");
  await server.inject({ url: "/mark", headers: { cookie: "notice=aGVsbG8" } });
  expect(made).toBe(before + 2);
  expect((await server.inject("/mark")).body).not.toContain("Ada Made-Up");
});

it("a page that is no answer for everybody is not kept", async () => {
  const before = made;
  expect((await server.inject("/gone")).statusCode).toBe(410);
  expect((await server.inject("/gone")).statusCode).toBe(410);
  expect(made).toBeGreaterThan(before + 1);
  expect((await server.inject("/form")).statusCode).toBe(500); // a mistake of its maker: a token is one reader's
});
