import Type from "typebox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { civilDate, type GroupUid, type Urn } from "../../kernel/index.js";
import { type Actor, publicActor, type Role, type Scope } from "../identity/index.js";
import { asset, Govuk, type Site, siteAssets } from "../pages/index.js";
import {
  buildServer,
  dayInEngland,
  Form,
  pagesOn,
  type Refusal,
  RefusedError,
  type Server,
  serveAssets,
  serveScript,
} from "./index.js";

const site: Site = {
  product: "Greenpaper",
  assets: siteAssets(),
  navigation: [],
  phase: { tag: "Alpha", text: "A working model." },
  footer: [],
  colophon: [],
  account: (actor) =>
    actor.kind === "person"
      ? [{ text: `Sign out ${actor.name}`, href: "/sign-out" }]
      : [{ text: "Sign in", href: "/sign-in" }],
};

const person = (role: Role, scope: Scope): Actor => ({
  kind: "person",
  id: "p-1",
  name: "Ada Made-Up",
  grants: [{ role, scope }],
});
const north = person("regional-officer", { kind: "region", code: "E91" });

let server: Server;
let actor: Actor;
const refused: Refusal[] = [];
const submitted: unknown[] = [];

const shell = (title: string) => ({ title, section: null, breadcrumbs: [] });

beforeAll(async () => {
  server = await buildServer({
    version: "1",
    site,
    band: async () => null,
    identify: async () => actor,
    places: {
      school: async (urn) => (urn === "100001" ? { urn, region: "E91", trusts: ["77"] } : null),
      trust: async () => null,
    },
    onRefusal: async (_actor, refusal) => void refused.push(refusal),
    routes: [
      (server) => {
        const pages = pagesOn(server, {
          site,
          band: async () => null,
          clock: () => new Date("2026-06-30T23:30:00Z"),
        });
        const officers = { roles: ["regional-officer", "school", "trust"] } as const;
        pages.get("/note", "anyone", async ({ csrf }) => ({
          ...shell("Note"),
          content: (
            <Form action="/note" csrf={csrf} version={3}>
              <Govuk is="input" options={{ id: "words", name: "words", label: { text: "Words" } }} />
            </Form>
          ),
        }));
        const fields = Type.Object({
          version: Type.Integer({ minimum: 0 }),
          words: Type.String({ maxLength: 20 }),
          reasons: Type.Optional(Type.Array(Type.String())),
        });
        pages.post("/note", "anyone", fields, async (_context, body) => {
          submitted.push(body);
          return body.words === ""
            ? { ...shell("Error: Note"), content: "Write some words" }
            : { redirect: "/plain", notice: `Saved "${body.words}" – <thanks>` };
        });
        pages.get("/plain", "anyone", async ({ actor, today }) => ({
          ...shell("Plain"),
          content: `${actor.kind} on ${today}`,
        }));
        pages.get("/cases/:urn", officers, async ({ params }) => ({ ...shell("Case"), content: params.urn! }));
        pages.get("/regions/:region/cases", officers, async () => ({ ...shell("Cases"), content: "cases" }));
        pages.get("/trusts/:trust", officers, async () => ({ ...shell("Trust"), content: "trust" }));
        pages.file("/letter", "anyone", async () => ({ name: "letter.txt", type: "text/plain", body: "Dear all" }));
        const script = asset("count", "js", "text/javascript; charset=utf-8", "console.log(1)");
        serveAssets(server, [script]);
        serveScript(server, { ...script, path: "/tablet/worker.js" }, "/tablet/");
        pages.get("/tablet", "anyone", async () => ({ ...shell("Tablet"), content: "x", scripts: [script] }));
        pages.post("/late", "anyone", fields, async () => {
          throw Object.assign(new Error("it is at version 4, not 3"), { code: "changed-meanwhile" });
        });
        pages.get("/refused", "anyone", async () => {
          const problem = { code: "changed-meanwhile", place: "case", message: "It moved on", remedy: "Look again." };
          throw new RefusedError([problem]);
        });
        server.get("/api/cases/:urn", { config: { access: officers } }, async () => ({ ok: true }));
      },
    ],
  });
});
afterAll(() => server.close());
beforeEach(() => {
  actor = publicActor;
  refused.length = 0;
  submitted.length = 0;
});

/** Loads the form, and answers with its token and the cookie that belongs to it. */
async function loadForm(): Promise<{ token: string; cookie: string }> {
  const { body, cookies } = await server.inject("/note");
  const token = /name="_csrf" value="([^"]+)"/.exec(body)![1]!;
  return { token, cookie: `_csrf=${cookies.find(({ name }) => name === "_csrf")!.value}` };
}

const typed = { "content-type": "application/x-www-form-urlencoded" };
const post = (fields: Record<string, string> | string, cookie = "", more: Record<string, string> = {}) =>
  server.inject({
    method: "POST",
    url: "/note",
    headers: { ...typed, cookie, ...more },
    payload: new URLSearchParams(fields).toString(),
  });

describe("a route", () => {
  it("that does not say who may use it keeps the server from starting", async () => {
    const build = buildServer({
      version: "1",
      site,
      band: async () => null,
      routes: [(server) => void server.get("/secret", async () => "open to all by oversight")],
    });
    await expect(build).rejects.toThrow('the route GET /secret must say who may use it: config: { access: "anyone" }');
  });

  it("of a role sends people to the sign-in with the way back, and tells programs", async () => {
    const page = await server.inject("/cases/100001?tab=2");
    expect([page.statusCode, page.headers.location]).toEqual([303, "/sign-in?next=%2Fcases%2F100001%3Ftab%3D2"]);
    const api = await server.inject("/api/cases/100001");
    expect([api.statusCode, api.json().code, api.headers["www-authenticate"]]).toEqual([
      401,
      "not-signed-in",
      "Bearer",
    ]);
    expect(refused).toMatchObject([
      { route: "/cases/:urn", why: "not-signed-in", place: { urn: "100001" } },
      { route: "/api/cases/:urn", why: "not-signed-in" },
    ]);
  });

  it.each([
    ["role-missing", person("agency", { kind: "country" }), "/cases/100001"],
    ["out-of-scope", person("regional-officer", { kind: "region", code: "E92" }), "/cases/100001"],
    ["out-of-scope", north, "/cases/100002"], // of which nobody knows where it lies
    ["out-of-scope", person("school", { kind: "school", urn: "100003" as Urn }), "/cases/100001"],
    ["out-of-scope", person("trust", { kind: "trust", uid: "78" as GroupUid }), "/cases/100001"],
    ["out-of-scope", north, "/regions/E92/cases"],
    ["out-of-scope", north, "/trusts/77"],
  ] as const)("is closed (%s) to whom it does not reach, and records it", async (why, who, url) => {
    actor = who;
    const answer = await server.inject(url);
    expect(answer.statusCode).toBe(403);
    expect(refused).toMatchObject([{ why }]);
  });

  it.each([
    [north, "/cases/100001"],
    [north, "/regions/E91/cases"],
    [person("school", { kind: "school", urn: "100001" as Urn }), "/cases/100001"],
    [person("trust", { kind: "trust", uid: "77" as GroupUid }), "/cases/100001"],
    [person("trust", { kind: "trust", uid: "77" as GroupUid }), "/trusts/77"],
    [person("regional-officer", { kind: "country" }), "/cases/100002"],
  ] as const)("is open to whom it reaches", async (who, url) => {
    actor = who;
    const answer = await server.inject(url);
    expect([answer.statusCode, answer.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(refused).toEqual([]);
  });
});

describe("a page", () => {
  it("knows who looks, on which day in England, and offers the way in or out", async () => {
    expect((await server.inject("/plain")).body).toContain("public on 2026-07-01");
    expect((await server.inject("/plain")).body).toContain('href="/sign-in"');
    actor = north;
    expect((await server.inject("/plain")).body).toContain("Sign out Ada Made-Up");
  });

  it("without a form sets no cookie", async () => {
    expect((await server.inject("/plain")).cookies).toEqual([]);
  });

  it("of a refusal has the status of its code", async () => {
    const answer = await server.inject("/refused");
    expect([answer.statusCode, answer.body.includes("It moved on. Look again.")]).toEqual([409, true]);
  });

  it("that is a file has its name", async () => {
    const { headers, body } = await server.inject("/letter");
    expect([headers["content-disposition"], body]).toEqual(['attachment; filename="letter.txt"', "Dear all"]);
  });
});

describe("a page with a script", () => {
  it("may run its own files and nothing else, and every other page none", async () => {
    const { body, headers } = await server.inject("/tablet");
    expect(headers["content-security-policy"]).toContain("script-src 'self';worker-src 'self';connect-src 'self'");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    const path = /<script type="module" src="([^"]+)"><\/script>/.exec(body)![1]!;
    const script = await server.inject(path);
    expect([script.body, script.headers["cache-control"]]).toEqual([
      "console.log(1)",
      "public, max-age=31536000, immutable",
    ]);
    expect((await server.inject("/plain")).headers["content-security-policy"]).not.toContain("script-src");
  });

  it("may have a worker whose address stays", async () => {
    const { headers } = await server.inject("/tablet/worker.js");
    expect(headers).toMatchObject({ "service-worker-allowed": "/tablet/", "cache-control": "no-cache" });
  });
});

describe("a form", () => {
  it("that came too late shows what was typed, to copy from", async () => {
    const { token, cookie } = await loadForm();
    const late = await server.inject({
      ...{ method: "POST", url: "/late", headers: { ...typed, cookie } },
      payload: new URLSearchParams({ _csrf: token, version: "3", words: "my <words>" }).toString(),
    });
    expect([late.statusCode, late.body.includes("my &lt;words&gt;")]).toEqual([409, true]);
  });

  it("with its token reaches the rule with tidy texts, and the next page says once what was done", async () => {
    const { token, cookie } = await loadForm();
    const answer = await post({ _csrf: token, version: "3", words: "  one\r\ntwo ", reasons: "late" }, cookie);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/plain"]);
    expect(submitted).toEqual([{ version: 3, words: "one\ntwo", reasons: ["late"] }]);
    const notice = answer.cookies.find(({ name }) => name === "notice")!;
    const next = await server.inject({ url: "/plain", headers: { cookie: `notice=${notice.value}` } });
    expect(next.body).toContain("– &lt;thanks&gt;");
    expect(next.cookies).toMatchObject([{ name: "notice", value: "" }]);
  });

  it("is shown again with 400 where the rule says so", async () => {
    const { token, cookie } = await loadForm();
    const answer = await post({ _csrf: token, version: "3", words: "" }, cookie);
    expect([answer.statusCode, answer.body.includes("Write some words")]).toEqual([400, true]);
  });

  it("without its token or with another's is not taken", async () => {
    const { token, cookie } = await loadForm();
    const good = { _csrf: token, version: "3", words: "a" };
    for (const answer of [
      await post({ version: "3", words: "a" }, cookie),
      await post(good),
      await post({ ...good, _csrf: `${token}x` }, cookie),
      await post(good, "_csrf=AAAAAAAAAAAAAAAAAAAAAAAA"),
      await post(good, cookie, { "sec-fetch-site": "cross-site" }),
    ])
      expect([answer.statusCode, answer.headers["content-type"]]).toEqual([403, "text/html; charset=utf-8"]);
    expect(submitted).toEqual([]);
  });

  it.each([
    ["a field too many", { version: "3", words: "a", colour: "red" }],
    ["a field missing", { words: "a" }],
    ["an empty number", { version: "", words: "a" }],
    ["a text too long", { version: "3", words: "a".repeat(21) }],
    ["a character that can't be stored", { version: "3", words: "a\0b" }],
  ])("with %s is refused before the rule", async (_name, fields) => {
    const { token, cookie } = await loadForm();
    expect((await post({ _csrf: token, ...fields }, cookie)).statusCode).toBe(400);
    expect(submitted).toEqual([]);
  });
});

it("the day in England is a day ahead of the clock's on a summer night", () => {
  expect(dayInEngland(new Date("2026-06-30T22:59:00Z"))).toBe(civilDate("2026-06-30"));
  expect(dayInEngland(new Date("2026-12-31T23:30:00Z"))).toBe(civilDate("2026-12-31"));
});
