import { readFileSync } from "node:fs";
import Type, { type TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { Compile as CompileSchema } from "typebox/schema";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { civilDate, err, ok } from "../../kernel/index.js";
import { DatabaseError, migrate } from "../database/index.js";
import { type Actor, publicActor } from "../identity/index.js";
import { type Site, siteAssets } from "../pages/index.js";
import type { AnswerStore } from "./idempotency.js";
import { answersIn, apiBase, apiOn, buildServer, httpMigrations, type Server } from "./index.js";
import { ProblemSchema } from "./openapi.js";

const site: Site = {
  product: "Greenpaper",
  assets: siteAssets(),
  navigation: [],
  phase: { tag: "Alpha", text: "A working model." },
  footer: [],
  colophon: [],
};
const officer: Actor = {
  kind: "person",
  id: "p-1",
  name: "Ada Made-Up",
  grants: [{ role: "regional-officer", scope: { kind: "country" } }],
};

const Note = Type.Object({ version: Type.Integer({ minimum: 0 }), words: Type.String() });
const officers = { roles: ["regional-officer"] } as const;

let actor: Actor = publicActor;
let note = { version: 1, words: "first" };
let made = 0;

class Stale extends Error {
  readonly code = "changed-meanwhile";
}

function makeServer(answers?: AnswerStore): Promise<Server> {
  const words = Type.Object({ words: Type.String({ minLength: 1, maxLength: 50 }) });
  return buildServer({
    version: "1",
    site,
    band: async () => null,
    identify: async () => actor,
    onFailure: () => {},
    routes: [
      (server) => {
        const api = apiOn(server, { tag: "Notes", ...(answers && { answers }) });
        api.get(
          "/notes",
          {
            ...{ access: "anyone", operationId: "listNotes", summary: "Notes" },
            query: Type.Object({
              cursor: Type.Optional(Type.String()),
              limit: Type.Integer({ minimum: 1, default: 2 }),
            }),
            response: Type.Object({ items: Type.Array(Note) }),
            csv: ({ items }) => items.map(({ words }) => words).join("\r\n"),
            deprecated: { since: civilDate("2026-11-01"), until: civilDate("2027-11-01"), instead: "/notes/all" },
          },
          async ({ query, next }) => {
            next(query.cursor === "b" ? null : "b");
            return { items: [note].slice(0, query.limit) };
          },
        );
        api.get(
          "/notes/:name",
          {
            ...{ access: officers, operationId: "readNote", summary: "A note", response: Note },
            refusals: { "no-such-note": 404 },
            version: ({ version }) => version,
          },
          async ({ params: { name }, orRefuse }) =>
            orRefuse(
              name === "one"
                ? ok(note)
                : err([{ code: "no-such-note", place: name, message: "no such note", remedy: "Look at the list." }]),
            ),
        );
        api.put(
          "/notes/:name",
          {
            ...{ access: officers, operationId: "changeNote", summary: "Change a note", response: Note },
            body: words,
            ifMatch: true,
            version: ({ version }) => version,
          },
          async ({ version, body }) => {
            if (version !== note.version) throw new Stale("note is at another version");
            note = { version: version + 1, words: body.words };
            return note;
          },
        );
        api.post(
          "/notes",
          {
            ...{ access: officers, operationId: "makeNote", summary: "Make a note", response: Note, status: 201 },
            body: words,
            refusals: { "note-too-rude": 422 },
          },
          async ({ body, orRefuse }) => {
            made++;
            if (body.words === "lost")
              throw new DatabaseError("database-unreachable", "the connection broke at the commit");
            const rude = { code: "note-too-rude", place: "words", message: "rude", remedy: "Be kind." };
            return orRefuse(body.words === "bother" ? err([rude]) : ok({ version: made, words: body.words }));
          },
        );
      },
    ],
  });
}

beforeEach(() => {
  actor = officer;
  note = { version: 1, words: "first" };
  made = 0;
});

describe("the interface for programs", () => {
  let server: Server;
  beforeAll(async () => {
    server = await makeServer();
  });
  afterAll(() => server.close());
  const ask = (url: string, headers: Record<string, string> = {}) => server.inject({ url: apiBase + url, headers });
  const put = (headers: Record<string, string>, payload: object = { words: "second" }) =>
    server.inject({ method: "PUT", url: `${apiBase}/notes/one`, headers, payload });

  it("publishes a valid OpenAPI 3.1 document with every operation, its schemas and its errors", async () => {
    const document = (await ask("/openapi.json")).json();
    const official = JSON.parse(
      readFileSync(new URL("../../../test/openapi-3.1.schema.json", import.meta.url), "utf8"),
    );
    expect(CompileSchema(official).Errors(document)).toEqual([true, []]);
    expect(Object.keys(document.paths)).toEqual(["/notes", "/notes.csv", "/notes/{name}"]);
    expect(document.paths["/notes/{name}"].put).toMatchObject({
      operationId: "changeNote",
      tags: ["Notes"],
      security: [{ bearer: [] }, { session: [] }],
      parameters: [
        { name: "name", in: "path", required: true },
        { name: "If-Match", in: "header", required: true },
      ],
    });
    const { responses } = document.paths["/notes/{name}"].put;
    expect(Object.keys(responses).map(Number)).toEqual([
      200, 400, 401, 403, 404, 406, 412, 413, 415, 422, 428, 429, 500, 503,
    ]);
    expect(document.paths["/notes"].get.security).toEqual([]);
  });

  it("has a page that names every operation", async () => {
    const { body, statusCode } = await server.inject("/api");
    expect(statusCode).toBe(200);
    for (const { operationId, path } of server.operations) {
      expect(body).toContain(`id="${operationId}"`);
      expect(body).toContain(path);
    }
  });

  it("answers problem+json with a pointer to each fault of a body", async () => {
    const answer = await put({ "if-match": '"1"' }, { words: 7, more: true });
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({
      status: 400,
      code: "invalid-request",
      errors: [
        { pointer: "/more", detail: "is not known" },
        { pointer: "/words", detail: "must be string" },
      ],
    });
    expect(Compile(ProblemSchema as TSchema).Check(answer.json())).toBe(true);
    const query = await ask("/notes?limit=0&colour=red");
    expect(query.json().errors.map((one: { parameter: string }) => one.parameter)).toEqual(["colour", "limit"]);
  });

  it("answers a rule's refusal with its code and status", async () => {
    const answer = await ask("/notes/two");
    expect(answer.json()).toMatchObject({ status: 404, code: "no-such-note", errors: [{ place: "two" }] });
  });

  it("takes a change only of the version that is there", async () => {
    const read = await ask("/notes/one");
    const etag = read.headers.etag!;
    expect(etag).toMatch(/^"1-/);
    expect((await ask("/notes/one", { "if-none-match": etag })).statusCode).toBe(304);
    expect((await put({})).json()).toMatchObject({ status: 428, code: "version-missing" });
    expect((await put({ "if-match": "*" })).json()).toMatchObject({ status: 400, code: "if-match-unreadable" });
    const changed = await put({ "if-match": etag });
    expect([changed.statusCode, changed.headers.etag]).toEqual([200, '"2"']);
    expect((await put({ "if-match": etag })).json()).toMatchObject({ status: 412, code: "changed-meanwhile" });
    expect(note.words).toBe("second");
  });

  it("answers a table to whoever asks for one", async () => {
    for (const [url, accept] of [
      ["/notes", "text/csv"],
      ["/notes", "application/json;q=0.5, text/csv"],
      ["/notes.csv", "*/*"],
    ] as const) {
      const answer = await ask(url, { accept });
      expect([answer.body, answer.headers["content-type"]]).toEqual([
        "first",
        "text/csv; charset=utf-8; header=present",
      ]);
    }
    expect((await ask("/notes", { accept: "application/json" })).json()).toEqual({ items: [note] });
    expect((await ask("/notes", { accept: "image/png" })).json()).toMatchObject({ code: "form-not-offered" });
    expect((await ask("/notes/one", { accept: "text/csv" })).statusCode).toBe(406);
  });

  it("says where a list goes on, and that an operation is going away", async () => {
    const { headers } = await ask("/notes?limit=1");
    expect(headers.link).toBe(`</notes/all>; rel="successor-version", <${apiBase}/notes?limit=1&cursor=b>; rel="next"`);
    expect([headers.deprecation, headers.sunset]).toEqual(["@1793491200", "Mon, 01 Nov 2027 00:00:00 GMT"]);
    expect((await ask("/notes?cursor=b")).headers.link).not.toContain("next");
  });

  it("takes no body but JSON, so that a form of another site can't send one", async () => {
    const answer = await server.inject({
      method: "POST",
      url: `${apiBase}/notes`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: "words=a",
    });
    expect(answer.json()).toMatchObject({ status: 415, code: "content-type-not-accepted" });
    expect(made).toBe(0);
  });
});

it("two operations can't have one name", async () => {
  const operation = { access: "anyone", operationId: "twice", summary: "Twice", response: Note } as const;
  const build = buildServer({
    version: "1",
    site,
    band: async () => null,
    routes: [
      (server) => {
        const api = apiOn(server, { tag: "T" });
        api.get("/a", operation, async () => note);
        api.get("/b", operation, async () => note);
      },
    ],
  });
  await expect(build).rejects.toThrow("two operations are called twice");
});

describeStores("a request sent twice with its Idempotency-Key", (fresh) => {
  it("is done once, and both get the same answer", async () => {
    const database = await fresh();
    await migrate(database, [httpMigrations]);
    const server = await makeServer(answersIn(database));
    const post = (key: string, words: string) =>
      server.inject({
        ...{ method: "POST", url: `${apiBase}/notes` },
        ...{ headers: { "idempotency-key": key }, payload: { words } },
      });
    const first = await post("k1", "hello");
    const again = await post("k1", "hello");
    expect([first.statusCode, first.json()]).toEqual([201, { version: 1, words: "hello" }]);
    expect([again.statusCode, again.json()]).toEqual([201, { version: 1, words: "hello" }]);
    expect([first.headers["idempotency-replayed"], again.headers["idempotency-replayed"]]).toEqual([undefined, "true"]);
    expect(made).toBe(1);

    expect((await post("k1", "other")).json()).toMatchObject({ status: 422, code: "idempotency-key-reused" });
    actor = { ...officer, id: "p-2" }; // another person's key is another key
    expect((await post("k1", "hello")).json()).toMatchObject({ version: 2 });
    actor = officer;

    expect((await post("k2", "bother")).json()).toMatchObject({ code: "note-too-rude" });
    expect((await post("k2", "bother")).json()).toMatchObject({ code: "note-too-rude" }); // nothing was done: asked again

    expect((await post("k3", "lost")).statusCode).toBe(503);
    expect((await post("k3", "lost")).json()).toMatchObject({ status: 409, code: "request-under-way" });
    expect((await post("a key", "hello")).json()).toMatchObject({ code: "idempotency-key-unreadable" });
    await server.close();
  });

  it("by two at once is done by one of them", async () => {
    const database = await fresh();
    await migrate(database, [httpMigrations]);
    const server = await makeServer(answersIn(database));
    const post = () =>
      server.inject({
        ...{ method: "POST", url: `${apiBase}/notes` },
        ...{ headers: { "idempotency-key": "k" }, payload: { words: "hello" } },
      } as const);
    const statuses = (await Promise.all([post(), post(), post()])).map(({ statusCode }) => statusCode);
    expect(made).toBe(1);
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
    await server.close();
  });
});
