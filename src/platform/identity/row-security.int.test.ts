import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { describeStores, postgresqlPlaces } from "../../../test/databases.js";
import { startPostgresql } from "../../../test/postgresql-server.js";
import type { GroupUid, Urn } from "../../kernel/index.js";
import { type Database, DatabaseError, migrate, openDatabase } from "../database/index.js";
import {
  type Actor,
  actFor,
  actingAs,
  type Grant,
  holdsRole,
  identityMigrations,
  publicActor,
  systemActor,
} from "./index.js";

const person = (...grants: Grant[]): Actor => ({ kind: "person", id: "p1", name: "Pat Example", grants });
const officer = person({ role: "regional-officer", scope: { kind: "region", code: "E12000001" } });
const head = person({ role: "school", scope: { kind: "school", urn: "100002" as Urn } });
const finance = person({ role: "trust", scope: { kind: "trust", uid: "7" as GroupUid } });
const official = person({ role: "policy-official", scope: { kind: "country" } });

const rows = [
  { urn: "100001", region: "E12000001", trust: "7" },
  { urn: "100002", region: "E12000001", trust: null },
  { urn: "100003", region: "E12000002", trust: "7" },
  { urn: "100004", region: null, trust: null },
];

/** A table as a proposal makes it, with its policy. */
async function withCases(database: Database): Promise<Database> {
  await migrate(database, [identityMigrations]);
  await database.source.withConnection((connection) =>
    connection.script(`
      create schema trial;
      create table trial.school_case (urn text primary key, region_code text, trust_uid text, note text not null default '');
      alter table trial.school_case enable row level security;
      create policy reach on trial.school_case using (platform.may_reach(urn, region_code, trust_uid));
      create table trial.officers_only (note text);
      alter table trial.officers_only enable row level security;
      create policy officers on trial.officers_only using (platform.is_signed_in() and platform.holds('regional-officer'));
      create table trial.by_role (urn text, region_code text);
      alter table trial.by_role enable row level security;
      create policy heads on trial.by_role using (platform.may_act('school', urn, region_code, null));
      grant usage on schema trial to greenpaper_person;
      grant select, insert, update on all tables in schema trial to greenpaper_person;
      insert into trial.officers_only values ('for officers');
      insert into trial.school_case (urn, region_code, trust_uid) values
        ${rows.map(({ urn, region, trust }) => `('${urn}', ${region ? `'${region}'` : "null"}, ${trust ? `'${trust}'` : "null"})`).join(", ")};
      insert into trial.by_role select urn, region_code from trial.school_case;`),
  );
  return database;
}

const urnsFor = (database: Database, actor: Actor) =>
  actingAs(database, actor, async (queries) => {
    const found = await queries.execute<{ urn: string }>(sql`select urn from trial.school_case order by urn`);
    return found.map(({ urn }) => urn);
  });

describeStores("row-level security", (fresh) => {
  it("lets everybody see exactly what a scope reaches, as the rule says", async () => {
    const database = await withCases(await fresh());
    for (const actor of [publicActor, officer, head, finance, official, person(), systemActor("tests")]) {
      const wanted = rows.filter(({ urn, region, trust }) =>
        holdsRole(actor, ["regional-officer", "school", "trust", "policy-official"], {
          urn,
          ...(region ? { region } : {}),
          ...(trust ? { trusts: [trust] } : {}),
        }),
      );
      expect(await urnsFor(database, actor)).toEqual(wanted.map(({ urn }) => urn));
    }
    expect(await urnsFor(database, officer)).toEqual(["100001", "100002"]);
    expect(await urnsFor(database, finance)).toEqual(["100001", "100003"]);
  });

  it("lets nobody change or add what they don't reach", async () => {
    const database = await withCases(await fresh());
    await actingAs(database, head, (queries) => queries.execute(sql`update trial.school_case set note = 'changed'`));
    const changed = await database.queries.execute(sql`select urn from trial.school_case where note <> ''`);
    expect(changed).toEqual([{ urn: "100002" }]);
    await expect(
      actingAs(database, head, (queries) =>
        queries.execute(sql`insert into trial.school_case (urn) values ('100009')`),
      ),
    ).rejects.toMatchObject({ sqlState: "42501" });
    await expect(
      actingAs(database, head, (queries) => queries.execute(sql`update trial.school_case set urn = '100008'`)),
    ).rejects.toMatchObject({ sqlState: "42501" });
  });

  it("knows the role, and that a scope of one role is none of another", async () => {
    const database = await withCases(await fresh());
    const notes = (actor: Actor) =>
      actingAs(
        database,
        actor,
        async (queries) => (await queries.execute(sql`select * from trial.officers_only`)).length,
      );
    expect([await notes(officer), await notes(head), await notes(publicActor)]).toEqual([1, 0, 0]);
    const mixed = person(
      { role: "school", scope: { kind: "school", urn: "100002" as Urn } },
      { role: "regional-officer", scope: { kind: "region", code: "E12000002" } },
    );
    const seen = await actingAs(database, mixed, (queries) => queries.execute(sql`select urn from trial.by_role`));
    expect(seen).toEqual([{ urn: "100002" }]);
  });

  it("ends with the transaction, whether it commits, throws or breaks, also on the same connection", async () => {
    const database = await withCases(await fresh());
    const asOwner = async () => {
      const answer = await database.queries.execute(
        sql`select (select count(*) from trial.school_case) as seen, current_user = session_user as own,
          platform.is_signed_in() as signed, coalesce(current_setting('greenpaper.grants', true), '') as grants`,
      );
      return answer;
    };
    const own = [{ seen: 4, own: true, signed: false, grants: "" }];
    for (let round = 0; round < 12; round++) {
      await urnsFor(database, officer);
      await expect(actingAs(database, head, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
      await expect(actingAs(database, head, (q) => q.execute(sql`select 1 / 0`))).rejects.toMatchObject({
        sqlState: "22012",
      });
      expect(await asOwner()).toEqual(own);
    }
    // Every connection of the pool at once.
    await Promise.all(Array.from({ length: 20 }, (_, i) => urnsFor(database, i % 2 ? officer : publicActor)));
    expect(await Promise.all(Array.from({ length: 20 }, asOwner))).toEqual(Array(20).fill(own));
  });

  it("stays within a savepoint that is taken back, and can begin in the middle of a transaction", async () => {
    const database = await withCases(await fresh());
    await database.queries.transaction(async (queries) => {
      const count = async () => (await queries.execute(sql`select urn from trial.school_case`)).length;
      expect(await count()).toBe(4);
      await actFor(queries, officer);
      expect(await count()).toBe(2);
      await queries
        .transaction(async (inner) => {
          await inner.execute(sql`select 1 / 0`);
        })
        .catch(() => {});
      expect(await count()).toBe(2);
    });
  });

  it("lets nobody who is held to it read people, sessions or migrations", async () => {
    const database = await withCases(await fresh());
    for (const table of ["platform_identity.session", "platform_identity.person", "platform.migration"])
      await expect(
        actingAs(database, official, (queries) => queries.execute(sql.raw(`select * from ${table}`))),
      ).rejects.toMatchObject({ sqlState: "42501" });
  });
});

const server = postgresqlPlaces();

describe.skipIf(server.skipped)(`the role of whoever is held to it, on ${server.name}`, () => {
  afterAll(() => server.clear());

  async function place(): Promise<string> {
    const location = await server.lasting();
    if (location.kind !== "postgresql") throw new Error("a place on a server was asked for");
    return location.url;
  }
  async function onOwn(work: (url: string, ask: (statement: string) => Promise<unknown>) => Promise<void>) {
    // A server of its own: other files' tests use the role at this moment.
    const own = await startPostgresql(() => {});
    if ("missing" in own) throw new Error(own.missing);
    const client = new pg.Client({ connectionString: own.url });
    try {
      await client.connect();
      await work(own.url, (statement) => client.query(statement));
    } finally {
      await client.end();
      await own.stop();
    }
  }
  const at = (url: string, database: string, user = "tests") =>
    Object.assign(new URL(url), { pathname: `/${database}`, username: user }).href;
  async function bring(url: string): Promise<string> {
    const database = await openDatabase({ kind: "postgresql", url });
    try {
      await withCases(database);
      return (await urnsFor(database, officer)).join(" ");
    } catch (error) {
      return error instanceof DatabaseError ? `${error.code}: ${error.message}` : String(error);
    } finally {
      await database.close();
    }
  }

  it("is there for two products on one server", async () => {
    for (const url of [await place(), await place()]) expect(await bring(url)).toBe("100001 100002");
  });

  it("is made once when several databases of a server begin at the same moment, also by logins that are no superusers", () =>
    onOwn(async (url, ask) => {
      await ask("create role owner_login login createrole");
      const names = ["one", "two", "three", "four", "five", "six"];
      for (const name of names) await ask(`create database ${name} owner owner_login`);
      const answers = await Promise.all(names.map((name, i) => bring(at(url, name, i < 3 ? "owner_login" : "tests"))));
      expect(answers).toEqual(Array(6).fill("100001 100002"));
    }));

  it("is asked for in words where the login may not make it, and taken where an administrator has made it", () =>
    onOwn(async (url, ask) => {
      await ask("create role plain_login login");
      await ask("create database plain owner plain_login");
      const refused = await bring(at(url, "plain", "plain_login"));
      expect(refused).toContain("database-role-missing: ");
      expect(refused).toContain("the login plain_login may not make the role greenpaper_person");
      expect(refused).toContain("create role greenpaper_person nologin; grant greenpaper_person to LOGIN");
      await ask("create role greenpaper_person nologin");
      expect(await bring(at(url, "plain", "plain_login"))).toContain("may not act as the role greenpaper_person");
      await ask("grant greenpaper_person to plain_login");
      expect(await bring(at(url, "plain", "plain_login"))).toBe("100001 100002");
    }));

  it("is refused where it could pass over the policies", () =>
    onOwn(async (url, ask) => {
      await ask("create role greenpaper_person nologin bypassrls");
      await ask("create database loose");
      expect(await bring(at(url, "loose"))).toContain("may pass over row-level security");
    }));
});
