import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CookieJar, csrfOf } from "./cookie-jar.js";
import { postgresqlPlaces } from "./databases.js";
import { build, clearAway, greenpaper, type Running, startProgram, temporaryFolder } from "./programs.js";

const postgresql = postgresqlPlaces();
beforeAll(build);
afterAll(clearAway);

const serve = (env: Record<string, string>, host = "127.0.0.1"): Running =>
  startProgram(process.execPath, ["dist/main/cli.js", "serve", "--port", "0", "--host", host], {
    env: { GREENPAPER_HOME: temporaryFolder(), ...env },
  });
const addressOf = async (run: Running) => (await run.said(/Greenpaper is at (http:\S+:\d+)\//))[1]!;

async function signIn(jar: CookieJar, at: string, name: RegExp) {
  const choice = await jar.follow(`${at}/sign-in?next=/people`);
  const [, subject] = choice.text.match(
    new RegExp(`name="subject" value="([^"]+)"[^>]*>\\s*Sign in<span[^>]*> as [^<]*${name.source}`),
  )!;
  return jar.follow(choice.url, { _csrf: csrfOf(choice.text), subject: subject! });
}

describe.skipIf(postgresql.skipped)(`servers of their own processes, on ${postgresql.name}`, () => {
  let url: string;
  beforeAll(async () => {
    const place = await postgresql.lasting();
    if (place.kind !== "postgresql") throw new Error(`a place on a server was asked for, not ${place.kind}`);
    url = place.url;
  });
  afterAll(() => postgresql.clear());

  it("share sessions, also with the command line, and in production know no invented person", async () => {
    // All begin on an empty database at once: one makes the tables and the role, the others wait.
    const runs = [
      serve({ DATABASE_URL: url }),
      serve({ DATABASE_URL: url }),
      serve({ DATABASE_URL: url, NODE_ENV: "production" }),
    ];
    const [one, two, production] = (await Promise.all(runs.map(addressOf))) as [string, string, string];
    const jar = new CookieJar();
    const people = await signIn(jar, one, /Administrator/);
    expect([people.status, people.url]).toEqual([200, `${one}/people`]);
    expect((await jar.fetch(`${two}/people`)).status).toBe(200);

    expect((await jar.fetch(`${production}/people`)).status).toBe(303);
    const way = await jar.follow(`${production}/sign-in`);
    expect(way.status).toBe(503);
    for (const name of ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "PUBLIC_URL"])
      expect(way.text).toContain(name);
    for (const path of ["/local-provider/auth", "/local-people/x"])
      expect((await fetch(production + path)).status).toBe(404);

    const cli = (...words: string[]) => greenpaper(["people", ...words], { env: { DATABASE_URL: url } });
    const added = await cli("add-program", "Inspection diary");
    expect(added).toMatchObject({ code: 0, stderr: "" });
    const wrong = await cli("grant", "Inspection diary", "agency", "--region", "E12000001", "--reason", "a test");
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("is held for a country, not a region")]);
    expect(await cli("grant", "Inspection diary", "agency", "--reason", "a test")).toMatchObject({
      code: 0,
      stdout: "Inspection diary is now Accountability agency.\n",
    });
    expect((await cli("grant", "Nobody Atall", "agency", "--reason", "a test")).stderr).toContain(
      'nobody is called "Nobody Atall"',
    );
    const token = (await cli("token", "Inspection diary", "--name", "nightly")).stdout.trim();
    const me = (at: string) => fetch(`${at}/api/2026-11-01/me`, { headers: { authorization: `Bearer ${token}` } });
    for (const at of [one, two, production])
      expect(await (await me(at)).json()).toMatchObject({ name: "Inspection diary" });
    expect((await cli("list", "diary")).stdout).toMatch(/Inspection diary \(program\): Accountability agency\n$/);
    expect((await cli("refusals")).stdout).toContain("GET /people");
    await cli("end", "Inspection diary", "agency", "--reason", "over");
    expect((await me(two)).status).toBe(403); // still known, and without any role

    const out = await jar.follow(`${two}/sign-out`);
    await jar.follow(`${two}/sign-out`, { _csrf: csrfOf(out.text) });
    expect((await jar.fetch(`${one}/people`)).status).toBe(303);
    for (const run of runs) {
      run.child.kill("SIGTERM");
      await run.ended;
    }
  });

  it("that other machines reach invent nobody, and settings that don't fit stop the start", async () => {
    const open = serve({ DATABASE_URL: url }, "0.0.0.0");
    const at = (await addressOf(open)).replace("localhost", "127.0.0.1");
    expect((await new CookieJar().follow(`${at}/sign-in`)).text).toContain("other machines reach 0.0.0.0");
    open.child.kill("SIGTERM");
    await open.ended;
    const { code, stderr } = await serve({ DATABASE_URL: url, OIDC_ISSUER: "https://login.example" }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain("OIDC_CLIENT_ID: it is not set, while others of the sign-in are");
  });
});
