// A whole small proposal: tables, service, page with a form, interface for programs, tests. README.md explains it step by step.
import { sql } from "drizzle-orm";
import Type from "typebox";
import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { err, ok, type Problem, type Result, type Urn } from "../../kernel/index.js";
import { type Database, migrate } from "../database/index.js";
import { type Actor, actingAs, holdsRole, identityMigrations, publicActor, type Role } from "../identity/index.js";
import { appendEvents, logMigrations } from "../log/index.js";
import { changedMeanwhile, ErrorSummary, Govuk, type Link, type Site, siteAssets } from "../pages/index.js";
import {
  apiBase,
  apiOn,
  buildServer,
  Form,
  type PageContext,
  pagesOn,
  RefusedError,
  type RouteGroup,
} from "./index.js";

// schema.sql

const schema = `
create schema example;
create table example.note (
  urn text primary key,
  words text not null,
  version integer not null check (version > 0)
);
alter table example.note enable row level security;
create policy reach on example.note using (platform.may_reach(urn, null, null));
grant usage on schema example to greenpaper_person;
grant select, insert, update on all tables in schema example to greenpaper_person;`;

// service.ts with its store

interface Note {
  readonly words: string;
  readonly version: number;
}

const writers: readonly Role[] = ["school"];
const mostWords = 200;

const problem = (code: string, place: string, message: string, remedy: string): Problem => ({
  code,
  place,
  message,
  remedy,
});

function loadNote(database: Database, actor: Actor, urn: string): Promise<Note> {
  return actingAs(database, actor, async (queries) => {
    const [row] = await queries.execute<{ words: string; version: number }>(
      sql`select words, version from example.note where urn = ${urn}`,
    );
    return row ?? { words: "", version: 0 };
  });
}

/** Checks who asks, then the rule, then writes row and event in one transaction; a version that has moved on throws `StaleStream`. */
async function writeNote(
  database: Database,
  actor: Actor,
  urn: string,
  expected: number,
  words: string,
  now: Date,
): Promise<Result<Note, readonly Problem[]>> {
  if (!holdsRole(actor, writers, { urn }))
    return err([problem("not-allowed", "urn", `you may not write for ${urn}`, "Ask the school's head.")]);
  if (words === "") return err([problem("note-empty", "words", "The note is empty", "Write some words.")]);
  return actingAs(database, actor, async (queries) => {
    const version = await appendEvents(queries, {
      stream: `example/note/${urn}`,
      expected,
      actor,
      at: now,
      events: [{ kind: "note-written", body: { words } }],
    });
    await queries.execute(sql`
      insert into example.note values (${urn}, ${words}, ${version})
      on conflict (urn) do update set words = excluded.words, version = excluded.version`);
    return ok({ words, version });
  });
}

// web.tsx

function NotePage({ note, errors, csrf, urn }: { note: Note; errors: readonly Link[]; csrf: string; urn: string }) {
  const [error] = errors;
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">Note</h1>
      <Form action={`/notes/${urn}`} csrf={csrf} version={note.version}>
        <Govuk
          is="textarea"
          options={{
            ...{ id: "words", name: "words", value: note.words, label: { text: "Words" } },
            ...(error && { errorMessage: { text: error.text } }),
          }}
        />
        <Govuk is="button" options={{ text: "Save" }} />
      </Form>
    </>
  );
}

interface Context {
  readonly database: Database;
  readonly site: Site;
  readonly band: () => Promise<string | null>;
  readonly clock: () => Date;
}

const onlyWriters = { roles: writers };
// What the form can send, not what the rule wants: an empty text is for the rule to refuse, beside its field.
const fields = Type.Object({
  version: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  words: Type.String({ maxLength: mostWords }),
});

function notePages(context: Context): RouteGroup {
  const { database } = context;
  const page = (note: Note, errors: readonly Link[], { csrf, params }: PageContext) => ({
    title: errors.length > 0 ? "Error: Note" : "Note",
    section: null,
    breadcrumbs: [],
    content: <NotePage note={note} errors={errors} csrf={csrf} urn={params.urn!} />,
  });
  return (server) => {
    const pages = pagesOn(server, context);
    pages.get("/notes/:urn", onlyWriters, async (asked) =>
      page(await loadNote(database, asked.actor, asked.params.urn!), [], asked),
    );
    pages.post("/notes/:urn", onlyWriters, fields, async (asked, { words, version }) => {
      const { actor, now, params } = asked;
      const urn = params.urn!;
      const there = await loadNote(database, actor, urn);
      if (there.version !== version) {
        const again = page({ words, version: there.version }, [], asked);
        return changedMeanwhile(again, { who: "Somebody else", what: `It now says: ${there.words}` });
      }
      const written = await writeNote(database, actor, urn, version, words, now);
      if (written.ok) return { redirect: `/notes/${urn}`, notice: "The note was saved." };
      const [first] = written.error;
      if (first?.code !== "note-empty") throw new RefusedError(written.error);
      const errors = written.error.map(({ place, message }) => ({ text: message, href: `#${place}` }));
      return page({ words, version }, errors, asked);
    });
  };
}

// api.ts

const NoteSchema = Type.Object({ words: Type.String(), version: Type.Integer({ minimum: 0 }) });

function noteApi({ database, clock }: Context): RouteGroup {
  return (server) => {
    const api = apiOn(server, { tag: "Example", clock });
    api.get(
      "/notes/:urn",
      {
        access: onlyWriters,
        operationId: "readNote",
        summary: "A school's note",
        response: NoteSchema,
        version: ({ version }) => version,
      },
      ({ actor, params }) => loadNote(database, actor, params.urn),
    );
    api.put(
      "/notes/:urn",
      {
        access: onlyWriters,
        operationId: "writeNote",
        summary: "Write a school's note",
        body: Type.Object({ words: Type.String({ maxLength: mostWords }) }),
        response: NoteSchema,
        ifMatch: true,
        version: ({ version }) => version,
        refusals: { "note-empty": 422 },
      },
      async ({ actor, params, body, version, now, orRefuse }) =>
        orRefuse(await writeNote(database, actor, params.urn, version, body.words, now)),
    );
  };
}

// web.int.test.tsx

const site: Site = {
  product: "Greenpaper",
  assets: siteAssets(),
  navigation: [],
  phase: { tag: "Alpha", text: "A working model." },
  footer: [],
  colophon: [],
};
const head: Actor = {
  kind: "person",
  id: "p-1",
  name: "Ada Made-Up",
  grants: [{ role: "school", scope: { kind: "school", urn: "100001" as Urn } }],
};

describeStores("a proposal made as the README says", (fresh) => {
  async function started(actor: Actor) {
    const database = await fresh();
    await migrate(database, [identityMigrations, logMigrations]);
    await database.source.withConnection((connection) => connection.script(schema));
    const context = { database, site, band: async () => null, clock: () => new Date("2026-11-26T11:00:00Z") };
    const { band } = context;
    const routes = [notePages(context), noteApi(context)];
    const server = await buildServer({ version: "1", site, band, routes, identify: async () => actor });
    return { database, server };
  }
  /** Fills in the form as a browser would. */
  async function form(server: Awaited<ReturnType<typeof started>>["server"]) {
    const { body, cookies } = await server.inject("/notes/100001");
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)![1]!;
    const cookie = `_csrf=${cookies[0]!.value}`;
    const filled = { _csrf: hidden("_csrf"), version: hidden("version") };
    return (words: string) =>
      server.inject({
        ...{ method: "POST", url: "/notes/100001" },
        headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams({ ...filled, words }).toString(),
      });
  }

  it("saves by page and by program, and says so when somebody was quicker", async () => {
    const { database, server } = await started(head);
    const [mine, theirs] = [await form(server), await form(server)];
    const empty = await mine("");
    expect([empty.statusCode, empty.body.includes('href="#words"')]).toEqual([400, true]);
    expect((await mine("Mine")).statusCode).toBe(303);
    const late = await theirs("Theirs");
    expect(late.statusCode).toBe(409);
    for (const shown of ["It now says: Mine", ">Theirs</textarea>", 'name="version" value="1"'])
      expect(late.body).toContain(shown);

    const read = await server.inject(`${apiBase}/notes/100001`);
    const put = (etag: string) =>
      server.inject({
        ...{ method: "PUT", url: `${apiBase}/notes/100001`, headers: { "if-match": etag } },
        payload: { words: "By program" },
      });
    expect((await put(read.headers.etag!)).json()).toEqual({ words: "By program", version: 2 });
    expect((await put(read.headers.etag!)).statusCode).toBe(412);
    expect(await loadNote(database, head, "100001")).toEqual({ words: "By program", version: 2 });
    await server.close();
  });

  it("is closed to other schools and to the public, by page, program and service", async () => {
    const other = { ...head, grants: [{ role: "school", scope: { kind: "school", urn: "100002" as Urn } }] } as const;
    const { database, server } = await started(other);
    expect((await server.inject("/notes/100001")).statusCode).toBe(403);
    expect((await server.inject(`${apiBase}/notes/100001`)).json()).toMatchObject({ code: "out-of-scope" });
    const written = await writeNote(database, publicActor, "100001", 0, "x", new Date(0));
    expect(written).toMatchObject({ ok: false, error: [{ code: "not-allowed" }] });
    await server.close();
  });
});
