import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { CookieJar, csrfOf } from "../../../test/cookie-jar.js";
import { describeStores } from "../../../test/databases.js";
import { later, migrated, moment, officer, serve, signIn, signOut, tidyServers } from "../../../test/sign-in-server.js";
import { signedIn } from "../../../test/signed-in.js";
import { readStream } from "../log/index.js";
import { listRefusals, systemActor } from "./index.js";
import { endHeldRole, grantRole } from "./people.js";

tidyServers();

describeStores("signing in", (fresh) => {
  it("leads from a page to the provider's people and back to the page", async () => {
    const at = await serve(await migrated(await fresh()));
    const jar = new CookieJar();
    const asked = await jar.fetch(`${at}/officers?region=E12000001`);
    expect(asked.headers.get("location")).toBe("/sign-in?next=%2Fofficers%3Fregion%3DE12000001");
    const page = await signIn(jar, at, "officer", asked.headers.get("location")!);
    expect([page.status, page.url]).toEqual([200, `${at}/officers?region=E12000001`]);
    expect(page.text).toContain("for Orla Invented");
    expect(page.text).toMatch(/href="\/account">\s*Orla Invented/);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect((await jar.follow(`${at}/work`)).text).toMatch(/href="\/officers"[^>]*>Review your schools[\s\S]*3 waiting/);
    const account = (await jar.follow(`${at}/account`)).text;
    expect(account).toContain("Regional officer of region E12000001");
    expect(account).toContain("Chrome on Linux (this one)");
  });

  it("gives a cookie that scripts don't see, new at every sign-in, and keeps only its hash", async () => {
    const database = await migrated(await fresh());
    const at = await serve(database);
    const jar = new CookieJar();
    jar.set("greenpaper-session", "chosen-by-an-attacker");
    await signIn(jar, at, "officer");
    const first = jar.get("greenpaper-session")!;
    expect(first).toMatch(/^[\w-]{43}$/);
    await signIn(jar, at, "newcomer");
    const second = jar.get("greenpaper-session")!;
    expect(second).not.toBe(first);
    const kept = JSON.stringify(await database.queries.execute(sql`select * from platform_identity.session`));
    expect(kept).not.toContain(first);
    expect(kept).not.toContain(second);
    const old = await fetch(`${at}/officers`, {
      headers: { cookie: `greenpaper-session=${first}` },
      redirect: "manual",
    });
    expect(old.status).toBe(303); // the one before has ended
    const begun = await fetch(`${at}/sign-in`, { redirect: "manual" });
    expect(begun.headers.getSetCookie().join()).toMatch(/greenpaper-sign-in=[^;]+; .*HttpOnly; SameSite=Lax/);
  });

  it("takes a newcomer in without a role and says whom to ask; a role given then holds at once", async () => {
    const database = await migrated(await fresh());
    const at = await serve(database);
    const jar = new CookieJar();
    const page = await signIn(jar, at, "newcomer");
    expect(page.url).toBe(`${at}/work`);
    expect(page.text).toContain("You have no role yet");
    expect(page.text).toContain("Ask an administrator");
    expect((await jar.fetch(`${at}/officers`)).status).toBe(403);
    const [{ id }] = (await database.queries.execute<{ id: string }>(sql`select id from platform_identity.person`)) as [
      { id: string },
    ];
    const change = { actor: systemActor("tests"), reason: "a test", seen: null, now: moment() };
    const given = await grantRole(database, id, officer.grants[0], change, async () => true);
    expect(given.ok).toBe(true);
    expect((await jar.fetch(`${at}/officers`)).status).toBe(200);
    const events = await readStream(database.queries, `identity/person/${id}`);
    expect(events.map(({ version, kind }) => [version, kind])).toEqual([
      [1, "person-met"],
      [2, "role-granted"],
    ]);
  });

  it("finds the same person again, and gives nothing back that was ended meanwhile", async () => {
    const database = await migrated(await fresh());
    const at = await serve(database);
    const jar = new CookieJar();
    await signIn(jar, at, "officer");
    const [row] = await database.queries.execute<{ id: number; person_id: string }>(
      sql`select id, person_id from platform_identity.held_role`,
    );
    const change = { actor: systemActor("tests"), reason: "left the region", seen: null, now: moment() };
    expect(await endHeldRole(database, row!.person_id, row!.id, change)).toMatchObject({ ok: true });
    // In mid-session: the session is over, and signing in anew brings no role back.
    expect((await jar.fetch(`${at}/officers`)).headers.get("location")).toBe("/sign-in?next=%2Fofficers");
    await signIn(jar, at, "officer");
    expect((await jar.fetch(`${at}/officers`)).status).toBe(403);
    const count = await database.queries.execute(sql`select count(*) from platform_identity.person`);
    expect(count).toEqual([{ count: 1 }]);
  });

  it("refuses an answer with another state, another browser's, a second time, and one that comes too late", async () => {
    const database = await migrated(await fresh());
    const at = await serve(database);
    const refused = async (jar: CookieJar, url: string) => {
      const { status, text } = await jar.follow(url);
      expect(status).toBe(400);
      expect(text).toContain(
        "This sign-in was not begun in this browser, took too long, or its answer was used already",
      );
      expect(jar.get("greenpaper-session")).toBeNull();
    };
    const jar = new CookieJar();
    const done = await signIn(jar, at, "officer");
    const answer = done.way.find((address) => address.includes("/sign-in/return?"))!;
    expect(answer).toMatch(/code=.*state=|state=.*code=/);
    await refused(new CookieJar(), answer); // another browser
    jar.set("greenpaper-session", "");
    const again = await jar.follow(answer); // the same browser, the same code
    expect(again.status).toBe(400);

    const other = new CookieJar();
    await other.follow(`${at}/sign-in`);
    await refused(other, answer.replace(/state=[^&]+/, "state=another"));
    await refused(other, `${at}/sign-in/return`);

    const slow = new CookieJar();
    const choice = await slow.follow(`${at}/sign-in`);
    later(16);
    await refusedAfter(slow, choice);
    async function refusedAfter(browser: CookieJar, page: Awaited<ReturnType<CookieJar["follow"]>>) {
      const { status } = await browser.follow(page.url, { _csrf: csrfOf(page.text), subject: "officer" });
      expect(status).toBe(400);
      expect(browser.get("greenpaper-session")).toBeNull();
    }
  });

  it("refuses a right state with a code that the provider did not give", async () => {
    const at = await serve(await migrated(await fresh()));
    const jar = new CookieJar();
    const begun = await jar.fetch(`${at}/sign-in`);
    const state = new URL(begun.headers.get("location")!).searchParams.get("state")!;
    const iss = encodeURIComponent(`${at}/local-provider`);
    const { status, text } = await jar.follow(`${at}/sign-in/return?code=made-up&state=${state}&iss=${iss}`);
    expect(status).toBe(400);
    expect(text).toContain("You are not signed in");
    expect(jar.get("greenpaper-session")).toBeNull();
  });

  it("ends a session that is idle, old, signed out or of a stolen cookie after that", async () => {
    const at = await serve(await migrated(await fresh()));
    const jar = new CookieJar();
    const status = async () => (await jar.fetch(`${at}/officers`)).status;
    await signIn(jar, at, "officer");
    later(59);
    expect(await status()).toBe(200);
    later(59);
    expect(await status()).toBe(200); // used meanwhile
    later(61);
    expect(await status()).toBe(303);
    await signIn(jar, at, "officer");
    for (let i = 0; i < 23; i++) {
      later(30);
      expect(await status()).toBe(200);
    }
    later(30);
    expect(await status()).toBe(303); // twelve hours, however busy

    await signIn(jar, at, "officer");
    const stolen = new CookieJar();
    stolen.set("greenpaper-session", jar.get("greenpaper-session")!);
    expect((await stolen.fetch(`${at}/officers`)).status).toBe(200);
    const out = await signOut(jar, at);
    expect(out.text).toContain("You have signed out");
    expect(jar.get("greenpaper-session")).toBeNull();
    expect((await stolen.fetch(`${at}/officers`)).status).toBe(303);
  });

  it("does not sign out by a link or a form of another site", async () => {
    const at = await serve(await migrated(await fresh()));
    const jar = new CookieJar();
    await signIn(jar, at, "officer");
    await jar.fetch(`${at}/sign-out`);
    expect((await jar.fetch(`${at}/sign-out`, {})).status).toBe(403);
    expect((await jar.fetch(`${at}/officers`)).status).toBe(200);
  });

  it("lets people see and end their other sessions", async () => {
    const at = await serve(await migrated(await fresh()));
    const [here, there] = [new CookieJar(), new CookieJar()];
    await signIn(here, at, "officer");
    await signIn(there, at, "officer");
    const { text } = await here.follow(`${at}/account`);
    const ended = await here.follow(`${at}/account/sessions`, { _csrf: csrfOf(text) });
    expect(ended.text).toContain("One session has ended");
    expect((await here.fetch(`${at}/officers`)).status).toBe(200);
    expect((await there.fetch(`${at}/officers`)).status).toBe(303);
  });

  it("makes access tokens that programs call with, shown once, ended at once", async () => {
    const database = await migrated(await fresh());
    const at = await serve(database);
    const jar = new CookieJar();
    await signIn(jar, at, "officer");
    const { text } = await jar.follow(`${at}/account`);
    const wrong = await jar.follow(`${at}/account/tokens`, {
      _csrf: csrfOf(text),
      name: "",
      days: "many",
      roles: "school",
    });
    expect(wrong.status).toBe(400);
    for (const words of [
      "Error: Your account",
      "the token has no name",
      "a token lasts from 1 to 366 days",
      "does not hold school",
    ])
      expect(wrong.text).toContain(words);
    const made = await jar.follow(`${at}/account/tokens`, {
      _csrf: csrfOf(text),
      name: "nightly",
      days: "30",
      roles: "regional-officer",
    });
    expect(made.status).toBe(200);
    const [token] = /greenpaper_[\w-]{43}/.exec(made.text)!;
    expect((await jar.follow(`${at}/account`)).text).not.toContain(token);
    const call = async (bearer: string) =>
      fetch(`${at}/api/officers`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(await (await call(token)).json()).toMatchObject({
      actor: { name: "Orla Invented", grants: officer.grants },
    });
    expect((await call(`${token}x`)).status).toBe(401);
    expect(await (await call("guessed")).json()).toMatchObject({ code: "token-not-accepted" });
    const [, id] = /name="token" value="([^"]+)"/.exec(made.text)!;
    await jar.follow(`${at}/account/tokens/end`, { _csrf: csrfOf(made.text), token: id! });
    expect((await call(token)).status).toBe(401);
    const refusals = await listRefusals(database, new Date(0));
    expect(refusals.filter(({ why }) => why === "token-not-accepted")).toHaveLength(3);
    const [{ person_id }] = (await database.queries.execute<{ person_id: string }>(
      sql`select person_id from platform_identity.access_token`,
    )) as [{ person_id: string }];
    expect((await readStream(database.queries, `identity/person/${person_id}`)).map(({ kind }) => kind)).toEqual([
      "person-met",
      "token-made",
      "token-ended",
    ]);
  });

  it("records who was refused what", async () => {
    const database = await migrated(await fresh());
    const at = await serve(database);
    const jar = new CookieJar();
    await jar.fetch(`${at}/officers`);
    await signIn(jar, at, "newcomer");
    await jar.fetch(`${at}/officers`);
    const refusals = await listRefusals(database, new Date(0));
    expect(refusals.map(({ actorName, route, why }) => [actorName, route, why])).toEqual([
      ["Nils Invented", "GET /officers", "role-missing"],
      ["not signed in", "GET /officers", "not-signed-in"],
    ]);
  });

  it("is no door to other sites", async () => {
    const at = await serve(await migrated(await fresh()));
    for (const next of ["//evil.example", "/\\evil.example", "https://evil.example/", "/sign-out"]) {
      const page = await signIn(new CookieJar(), at, "officer", `/sign-in?next=${encodeURIComponent(next)}`);
      expect(page.url).toBe(`${at}/work`);
    }
  });

  it("goes on under one name of the machine, where cookies and the provider's way back belong to it", async () => {
    const at = await serve(await migrated(await fresh()));
    const jar = new CookieJar();
    const other = at.replace("localhost", "127.0.0.1");
    const moved = await jar.fetch(`${other}/sign-in?next=/officers`);
    expect(moved.headers.get("location")).toBe(`${at}/sign-in?next=%2Fofficers`);
  });

  it("knows no invented person, neither by session nor by token, where the local provider does not run", async () => {
    const database = await migrated(await fresh());
    const at = await serve(database);
    const jar = new CookieJar();
    await signIn(jar, at, "officer");
    const production = await serve(database, { kind: "none", missing: ["OIDC_ISSUER"], why: "a test" });
    const elsewhere = new CookieJar();
    elsewhere.set("greenpaper-session", jar.get("greenpaper-session")!);
    expect((await elsewhere.fetch(`${production}/officers`)).status).toBe(303);
    for (const path of ["/local-provider/.well-known/openid-configuration", "/local-people/x"])
      expect((await fetch(production + path)).status).toBe(404);
    const { status, text } = await elsewhere.follow(`${production}/sign-in`);
    expect(status).toBe(503);
    expect(text).toContain("Nobody can sign in here yet");
    expect(text).toContain("OIDC_ISSUER");
    const real = await signedIn(database, officer.grants, { now: moment() });
    expect((await fetch(`${production}/officers`, { headers: { cookie: real.cookie } })).status).toBe(200);
  });

  it("says so where the provider does not answer, and works again when it does", async () => {
    const database = await migrated(await fresh());
    const at = await serve(database, {
      kind: "provider",
      issuer: new URL("http://127.0.0.1:1/"),
      clientId: "greenpaper",
      clientSecret: "secret",
      publicUrl: new URL("http://localhost:1"),
    });
    const { status, text } = await new CookieJar().follow(`${at}/sign-in`);
    expect(status).toBe(503);
    expect(text).toContain("The identity provider does not answer.");
  });
});

describe("several servers", () => {
  describeStores("on one database", (fresh) => {
    it("share sessions, and ends of sessions", async () => {
      const database = await migrated(await fresh());
      const [one, two] = [await serve(database), await serve(database)];
      const jar = new CookieJar();
      await signIn(jar, one, "officer");
      expect((await jar.fetch(`${two}/officers`)).status).toBe(200);
      await signOut(jar, two);
      expect((await jar.fetch(`${one}/officers`)).status).toBe(303);
    });
  });
});
