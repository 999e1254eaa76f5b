import { describe, expect, it } from "vitest";
import { csrfOf } from "../../../test/cookie-jar.js";
import { describeStores } from "../../../test/databases.js";
import { signedIn } from "../../../test/signed-in.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import type { Urn } from "../../kernel/index.js";
import { type Database, migrate } from "../database/index.js";
import { answersIn, apiBase, buildServer, httpMigrations, type Server } from "../http/index.js";
import { logMigrations, readStream } from "../log/index.js";
import { type Site, siteAssets } from "../pages/index.js";
import { type Grant, identityMigrations, systemActor } from "./index.js";
import { identityParts } from "./parts.js";
import {
  addProgram,
  endHeldRole,
  findPeople,
  grantRole,
  grantWords,
  type KnowsScope,
  parseGrant,
  personAndHistory,
} from "./people.js";
import { personOfToken } from "./sessions.js";
import * as tables from "./tables.js";
import { endToken, makeToken } from "./tokens.js";

const now = new Date("2026-11-26T09:00:00Z");
const administrator: Grant = { role: "administrator", scope: { kind: "country" } };
const officer: Grant = { role: "regional-officer", scope: { kind: "region", code: "E12000001" } };
const knows: KnowsScope = async (scope) => scope.kind !== "school" || scope.urn === "100123";
const machine = { actor: systemActor("tests"), reason: "a test", seen: null, now };

async function migrated(database: Database): Promise<Database> {
  await migrate(database, [identityMigrations, httpMigrations, logMigrations]);
  return database;
}

const codes = (result: { ok: true } | { ok: false; error: readonly { code: string }[] }) =>
  result.ok ? "ok" : result.error.map(({ code }) => code).join(" ");

describe("a role as it is typed", () => {
  it.each([
    ["regional-officer", "E12000001", "region", "Regional officer of region E12000001"],
    ["regional-officer", "E12000001", "", "Regional officer of region E12000001"],
    ["school", " 100123 ", "school", "Head or school office of school 100123"],
    ["trust", "100123", "school", "Trust or school finance of school 100123"],
    ["regional-director", "", "country", "Regional director"],
  ])("%s %s (%s) is read", (role, code, kind, words) => {
    const read = parseGrant(role, code, kind);
    expect(read.ok && grantWords(read.value)).toBe(words);
  });

  it.each([
    ["king", "", "", "role-unknown"],
    ["", "", "country", "role-unknown"],
    ["regional-officer", "", "country", "role-scope-wrong"],
    ["administrator", "100123", "school", "role-scope-wrong"],
    ["school", "12345", "school", "scope-unknown"],
    ["regional-officer", "North", "region", "scope-unknown"],
    ["regional-officer", "", "", "scope-unknown"],
    ["agency", "E12000001", "", "scope-unknown"],
  ])("%s %s (%s) is refused", (role, code, kind, expected) => {
    const read = parseGrant(role, code, kind);
    expect(!read.ok && read.error.code).toBe(expected);
  });
});

describeStores("people and their roles", (fresh) => {
  it("are described to Drizzle as their SQL made them", async () => {
    await expectTablesMatch(await migrated(await fresh()), Object.values(tables));
  });

  it("are given and ended with a reason, as events, by administrators alone", async () => {
    const database = await migrated(await fresh());
    const { id } = await signedIn(database, [], { now });
    const plain = { kind: "person", id: "other", name: "Other", grants: [officer] } as const;
    expect(codes(await grantRole(database, id, officer, { ...machine, actor: plain }, knows))).toBe("role-missing");
    expect(codes(await findPeople(database, plain, ""))).toBe("role-missing");
    expect(codes(await grantRole(database, id, officer, { ...machine, reason: " " }, knows))).toBe("reason-missing");
    const nowhere: Grant = { role: "school", scope: { kind: "school", urn: "100999" as Urn } };
    expect(codes(await grantRole(database, id, nowhere, machine, knows))).toBe("scope-unknown");
    expect(codes(await grantRole(database, "nobody", officer, machine, knows))).toBe("person-unknown");
    expect(codes(await grantRole(database, id, officer, machine, knows))).toBe("ok");
    expect(codes(await grantRole(database, id, officer, machine, knows))).toBe("role-held-already");
    const held = await personAndHistory(database, machine.actor, id);
    const role = held.ok ? held.value.roles[0]!.id : 0;
    expect(codes(await endHeldRole(database, id, role + 1, machine))).toBe("role-not-held");
    expect(codes(await endHeldRole(database, id, role, machine))).toBe("ok");
    expect(codes(await endHeldRole(database, id, role, machine))).toBe("role-not-held");
    expect(codes(await grantRole(database, id, officer, machine, knows))).toBe("ok"); // a second time, later
    const after = await personAndHistory(database, machine.actor, id);
    expect(after).toMatchObject({
      value: { person: { version: 4 }, roles: [{ endedBy: "tests", reason: "a test" }, { endedAt: null }] },
    });
    const events = await readStream(database.queries, `identity/person/${id}`);
    expect(events.map(({ kind, body }) => [kind, body])).toEqual([
      ["person-met", { issuer: "https://tests.invalid", roles: [] }],
      ["role-granted", { role: "Regional officer of region E12000001", reason: "a test" }],
      ["role-ended", { role: "Regional officer of region E12000001", reason: "a test" }],
      ["role-granted", { role: "Regional officer of region E12000001", reason: "a test" }],
    ]);
  });

  it("are not changed by whoever saw an older state", async () => {
    const database = await migrated(await fresh());
    const { id } = await signedIn(database, [], { now });
    expect(codes(await grantRole(database, id, officer, { ...machine, seen: 1 }, knows))).toBe("ok");
    await expect(grantRole(database, id, administrator, { ...machine, seen: 1 }, knows)).rejects.toMatchObject({
      code: "changed-meanwhile",
    });
    const found = await personAndHistory(database, machine.actor, id);
    expect(found.ok && found.value.roles).toHaveLength(1);
  });

  it("are given by nobody to themselves, and the last administrator stays", async () => {
    const database = await migrated(await fresh());
    const { id } = await signedIn(database, [administrator], { now });
    const self = { kind: "person", id, name: "Tess", grants: [administrator] } as const;
    expect(codes(await grantRole(database, id, officer, { ...machine, actor: self }, knows))).toBe("own-role");
    const found = await personAndHistory(database, self, id);
    const role = found.ok ? found.value.roles[0]!.id : 0;
    expect(codes(await endHeldRole(database, id, role, machine))).toBe("last-administrator");
    const second = await signedIn(database, [administrator], { now, subject: "second" });
    expect(codes(await endHeldRole(database, id, role, machine))).toBe("ok");
    const left = await personAndHistory(database, self, second.id);
    const last = left.ok ? left.value.roles[0]!.id : 0;
    expect(codes(await endHeldRole(database, second.id, last, machine))).toBe("last-administrator");
  });

  it("keep one administrator when two would end each other's role at the same moment", async () => {
    const database = await migrated(await fresh());
    const ids = [
      await signedIn(database, [administrator], { now }),
      await signedIn(database, [administrator], { now, subject: "b" }),
    ];
    const found = await Promise.all(ids.map(({ id }) => personAndHistory(database, machine.actor, id)));
    const ended = await Promise.all(
      found.map((one, i) => endHeldRole(database, ids[i]!.id, one.ok ? one.value.roles[0]!.id : 0, machine)),
    );
    expect(ended.map(codes).sort()).toEqual(["last-administrator", "ok"]);
  });

  it("are found by part of the name, whatever signs it holds", async () => {
    const database = await migrated(await fresh());
    await signedIn(database, [officer], { now, subject: "100%" });
    await signedIn(database, [], { now, subject: "other" });
    const found = await findPeople(database, machine.actor, "100%");
    expect(found.ok && found.value.map(({ person, roles }) => [person.name, roles.length])).toEqual([
      ["Tess Invented 100%", 1],
    ]);
    for (const text of ["%", "_", "\\", "'; drop table platform_identity.person; --"])
      expect((await findPeople(database, machine.actor, text)).ok).toBe(true);
  });

  it("go with tokens as far as the owner holds them, until the token or the role ends", async () => {
    const database = await migrated(await fresh());
    const program = await addProgram(database, "Inspection diary", machine);
    const id = program.ok ? program.value.id : "";
    const agency: Grant = { role: "agency", scope: { kind: "country" } };
    for (const grant of [agency, officer]) await grantRole(database, id, grant, machine, knows);
    const made = await makeToken(database, id, { name: "nightly", days: 2, roles: ["agency"] }, machine);
    const token = made.ok ? made.value.token : "";
    const grants = async (at: Date) => {
      const actor = await personOfToken(database, token, false, at);
      return actor?.kind === "person" ? actor.grants : null;
    };
    expect(await grants(now)).toEqual([agency]);
    expect(await grants(new Date("2026-11-28T08:59:59Z"))).toEqual([agency]);
    expect(await grants(new Date("2026-11-28T09:00:00Z"))).toBeNull();
    const found = await personAndHistory(database, machine.actor, id);
    const held = found.ok ? found.value.roles.find(({ role }) => role === "agency")!.id : 0;
    await endHeldRole(database, id, held, machine);
    expect(await grants(now)).toEqual([]);
    expect(codes(await endToken(database, id, "another", machine))).toBe("token-unknown");
    const stranger = { kind: "person", id: "stranger", name: "S", grants: [] } as const;
    expect(
      codes(await makeToken(database, id, { name: "mine", days: 2, roles: ["agency"] }, { actor: stranger, now })),
    ).toBe("role-missing");
  });
});

async function serve(database: Database): Promise<Server> {
  const site: Site = {
    ...{ product: "Greenpaper", assets: siteAssets(), navigation: [], footer: [], colophon: [] },
    phase: { tag: "Alpha", text: "A working model." },
  };
  const context = { database, site, band: async () => null, clock: () => now, answers: answersIn(database) };
  const settings = { kind: "none", missing: [], why: "a test" } as const;
  const localPeople = { list: async () => [], find: async () => null };
  const { routes, ...ports } = identityParts({ ...context, settings, localPeople, work: [], knows });
  return buildServer({ version: "1", site, band: context.band, routes, ...ports });
}

describeStores("people by pages and programs", (fresh) => {
  it("are changed on the pages of an administrator, with what was wrong beside the field", async () => {
    const database = await migrated(await fresh());
    const server = await serve(database);
    const chief = await signedIn(database, [administrator], { now });
    const { id } = await signedIn(database, [], { now, subject: "newcomer" });
    const get = (url: string, cookie = chief.cookie) => server.inject({ url, headers: { cookie } });
    const form = async (page: string, action: string, fields: Record<string, string>) => {
      const shown = await get(page);
      const secret = shown.cookies.find(({ name }) => name === "_csrf")!;
      const [, version = "0"] = /name="version" value="(\d+)"/.exec(shown.body) ?? [];
      return server.inject({
        method: "POST",
        url: action,
        headers: {
          cookie: `${chief.cookie}; _csrf=${secret.value}`,
          "content-type": "application/x-www-form-urlencoded",
        },
        payload: new URLSearchParams({ _csrf: csrfOf(shown.body), version, ...fields }).toString(),
      });
    };
    expect((await get("/people?text=newcomer")).body).toContain(`/people/${id}`);
    const wrong = await form(`/people/${id}`, `/people/${id}`, {
      role: "school",
      kind: "school",
      code: "100999",
      reason: "new head",
    });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain("<title>Error: Tess Invented newcomer");
    expect(wrong.body).toContain("know school 100999");
    expect(wrong.body).toContain('value="100999"');
    const given = await form(`/people/${id}`, `/people/${id}`, {
      role: "school",
      kind: "school",
      code: "100123",
      reason: "new head",
    });
    expect([given.statusCode, given.headers.location]).toEqual([303, `/people/${id}`]);
    const after = (await get(`/people/${id}`)).body;
    expect(after).toContain("Head or school office of school 100123");
    const [, end] = /href="(\/people\/[^"]+\/end)"/.exec(after)!;
    expect((await form(end!, end!, { reason: "" })).statusCode).toBe(400);
    expect((await form(end!, end!, { reason: "moved" })).statusCode).toBe(303);
    expect((await get(`/people/${id}`)).body).toMatch(/by Tess Invented tess/);
    expect((await get("/people/nobody")).statusCode).toBe(404);
    expect((await get(end!)).statusCode).toBe(404);
    const plain = await signedIn(database, [officer], { now, subject: "plain" });
    for (const url of ["/people", `/people/${id}`, end!]) expect((await get(url, plain.cookie)).statusCode).toBe(403);
    await server.close();
  });

  it("are asked for and changed by a program with an administrator's token", async () => {
    const database = await migrated(await fresh());
    const server = await serve(database);
    const { id } = await signedIn(database, [], { now });
    await grantRole(database, id, administrator, machine, knows);
    const made = await makeToken(database, id, { name: "t", days: 1, roles: ["administrator"] }, machine);
    const authorization = `Bearer ${made.ok ? made.value.token : ""}`;
    const ask = (method: "GET" | "POST", path: string, payload?: object, headers = {}) =>
      server.inject({
        method,
        url: apiBase + path,
        headers: { authorization, ...headers },
        ...(payload && { payload }),
      });
    expect((await ask("GET", "/me")).json()).toMatchObject({
      grants: [{ role: "administrator", scope: { kind: "country", code: "" } }],
    });
    const program = await ask("POST", "/people", { name: "Diary" });
    expect([program.statusCode, program.json()]).toMatchObject([201, { kind: "program", version: 1, roles: [] }]);
    const path = `/people/${program.json().id}`;
    const { etag } = (await ask("GET", path)).headers;
    const body = { role: "agency", scope: { kind: "country", code: "" }, reason: "asks about exemptions" };
    expect((await ask("POST", `${path}/roles`, body)).statusCode).toBe(428);
    const given = await ask("POST", `${path}/roles`, body, { "if-match": etag });
    expect([given.statusCode, given.json().roles]).toMatchObject([200, [{ role: "agency", endedAt: null }]]);
    expect((await ask("POST", `${path}/roles`, body, { "if-match": etag })).statusCode).toBe(412);
    const king = await ask("POST", `${path}/roles`, { ...body, role: "king" }, { "if-match": '"2"' });
    expect(king.statusCode).toBe(400);
    const ended = await ask(
      "POST",
      `${path}/roles/${given.json().roles[0].id}/end`,
      { reason: "over" },
      { "if-match": '"2"' },
    );
    expect(ended.json().roles).toMatchObject([{ endedBy: "Tess Invented tess" }]);
    expect((await ask("GET", "/people?text=diary")).json().people).toMatchObject([{ name: "Diary", roles: [] }]);
    expect((await server.inject({ url: `${apiBase}/people` })).statusCode).toBe(401);
    expect((await ask("GET", "/refusals")).json().refusals).toMatchObject([
      { who: "not signed in", route: `GET ${apiBase}/people`, why: "not-signed-in" },
    ]);
    await server.close();
  });
});
