import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiVersion } from "../src/platform/http/index.js";
import { postgresqlPlaces } from "./databases.js";
import {
  build,
  clearAway,
  csvRows,
  occupyPort,
  type Running,
  startOnTerminal,
  startProgram,
  temporaryFolder,
  withoutTerminal,
} from "./programs.js";

// The smallest England: one region, one cohort. Every start that reviews takes some ten seconds, so most tests share two.
const smallest = ["--regions", "North East", "--cohorts", "1", "--no-assessments", "--no-statement"];
const order = "synthetic England, seed 1, regions E12000001, 1 cohorts";

/** `npm start` without npm: on a register and a port of the test's own. */
function start(env: Record<string, string>, options: readonly string[] = ["--port", "0"]): Running {
  return startProgram(process.execPath, ["dist/main/start.js", ...smallest, ...options], { env });
}

/** Where it serves, as `http://localhost:40123`. */
const served = async (run: Running) => (await run.said(/Greenpaper is at (http:\S+:\d+)\//))[1]!;

/** Until it has made everything, the cases and marks too. */
const made = (run: Running) => run.said(/everything is there/);

async function stop(run: Running, signal: NodeJS.Signals) {
  run.child.kill(signal);
  return run.ended;
}

beforeAll(build);
afterAll(clearAway);

describe("npm start that can't", () => {
  it.each([
    ["--regions Narnia", ["--regions", "Narnia"], 'There is no region "Narnia". They are: North East'],
    ["--cohorts 0", ["--cohorts", "0"], "A whole number from 1 to 6 is needed"],
    ["--prot 3000", ["--prot", "3000"], "(Did you mean --port?)"],
  ])("refuses %s", async (_, options, words) => {
    const { code, stderr } = await start({ GREENPAPER_HOME: temporaryFolder() }, options).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(words);
  });

  it("refuses a PORT of the environment that is none", async () => {
    const { code, stderr } = await start({ GREENPAPER_HOME: temporaryFolder(), PORT: "many" }, []).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: option '--port <number>' value 'many' from env 'PORT' is invalid\. A whole number /,
    );
  });

  it("says that the port is in use before it begins anything", async () => {
    const [home, { port, server }] = [temporaryFolder(), await occupyPort()];
    const { code, stderr } = await start({ GREENPAPER_HOME: home }, ["--port", String(port)]).ended;
    server.close();
    expect(code).toBe(1);
    expect(stderr.trimEnd()).toBe(
      `port ${port} on 127.0.0.1: another program is using this port already. Stop that program, or choose another port: PORT=${port < 65_000 ? port + 1 : 3001} npm start`,
    );
    expect(readdirSync(home)).toEqual([]);
  });

  it.each([
    [
      "is no address of PostgreSQL",
      "mysql://me:secret@localhost/db",
      /DATABASE_URL is not the address .* Write DATABASE_URL as postgres:/,
    ],
    [
      "answers nobody",
      "postgres://me:secret@127.0.0.1:1/db",
      /127\.0\.0\.1.* Start PostgreSQL or correct DATABASE_URL/,
    ],
  ])("says that DATABASE_URL %s, without its password", async (_, url, words) => {
    const home = temporaryFolder();
    const { code, stderr } = await start({ GREENPAPER_HOME: home, DATABASE_URL: url }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/secret|^\s+at .*:\d+:\d+/m);
    expect(readdirSync(home)).toEqual([]);
  });
});

/** What a page's text and what an API's answer must say, on any register. */
function describePages(where: string, address: () => string): void {
  const get = async (path: string) => {
    const response = await fetch(address() + path);
    return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
  };
  const anySchool = async (query = "") => {
    const { text } = await get(`/api/${apiVersion}/schools?limit=1${query}`);
    return (JSON.parse(text) as { schools: { urn: string; name: string }[] }).schools[0]!;
  };
  const band = "Made-up pupils and schools: a synthetic England";

  describe(`the pages from ${where}`, () => {
    it.each([
      ["/", "North East"],
      ["/regions", "North East"],
      ["/regions/E12000001", "North East"],
      ["/schools?text=school", "School"],
      ["/method", "The rule"],
      ["/method/secondary", "Attainment 8"],
      ["/data", "How close the synthetic England is to the real one"],
      ["/proposals", "Quality Mark"],
    ])("%s is served and marked as synthetic", async (path, words) => {
      const { status, type, text } = await get(path);
      expect({ status, type }).toEqual({ status: 200, type: "text/html; charset=utf-8" });
      expect(text).toContain(words);
      expect(text).toContain(band);
    });

    it("show a school with its decision and reasons, and find it by name", async () => {
      const { urn, name } = await anySchool("&decision=awarded");
      const { status, text } = await get(`/schools/${urn}`);
      expect(status).toBe(200);
      for (const words of [name.replaceAll("'", "&#39;"), band, "Awarded"]) expect(text).toContain(words);
      expect((await get(`/schools?text=${encodeURIComponent(name)}`)).text).toContain(`/schools/${urn}`);
    });

    it("mark a page that isn't there as synthetic too", async () => {
      const { status, text } = await get("/nowhere");
      expect(status).toBe(404);
      expect(text).toContain(band);
    });

    it("answer programs: health, review, regions, a school, and the whole list", async () => {
      expect(JSON.parse((await get("/health")).text)).toMatchObject({ status: "ok" });
      const review = JSON.parse((await get(`/api/${apiVersion}/review`)).text) as {
        synthetic: boolean;
        measures: unknown[];
      };
      expect(review).toMatchObject({ synthetic: true, academicYear: "2024/25" });
      expect(review.measures).toHaveLength(2);
      const regions = JSON.parse((await get(`/api/${apiVersion}/regions`)).text) as { code: string; schools: number }[];
      expect(regions.find(({ schools }) => schools > 0)).toMatchObject({ code: "E12000001" });
      const school = JSON.parse((await get(`/api/${apiVersion}/schools/${(await anySchool()).urn}`)).text) as object;
      expect(school).toMatchObject({ decision: expect.any(String), region: "North East" });
      const listed = csvRows((await get("/schools.csv")).text);
      expect(listed).toHaveLength(regions.reduce((sum, { schools }) => sum + schools, 0));
      const decisions = new Set(listed.map(({ decision }) => decision));
      for (const decision of ["awarded", "refused", "awaiting-framework"]) expect(decisions).toContain(decision);
    });
  });
}

const postgresql = postgresqlPlaces();

describe("npm start on a fresh register", () => {
  const home = temporaryFolder();
  let embedded: Running;
  let onServer: Running | null = null;
  let address = "";
  let serverAddress = "";
  /** The first page of a start that was killed while it made the cases. */
  let early = "";
  let reviewed = "";

  beforeAll(async () => {
    const stopped = start({ GREENPAPER_HOME: home });
    if (!postgresql.skipped) {
      const place = await postgresql.lasting();
      if (place.kind !== "postgresql") throw new Error(`a place on a server was asked for, not ${place.kind}`);
      onServer = start({ GREENPAPER_HOME: temporaryFolder(), DATABASE_URL: place.url });
    }
    await stopped.said(/Reviewing a/);
    await wait(1_500); // in the middle of the thread's work
    const ended = await stop(stopped, "SIGINT");
    expect(ended.code).toBe(130);
    expect(ended.stderr).toMatch(/\nStopped before anything was served\. Run npm start again: .*\n$/);
    const killed = start({ GREENPAPER_HOME: home });
    early = await (await fetch(await served(killed))).text();
    reviewed = (await killed.said(/Reviewing a .*/))[0];
    await wait(500); // in the middle of its cases
    await stop(killed, "SIGKILL");
    embedded = start({ GREENPAPER_HOME: home });
    address = await served(embedded);
    await made(embedded);
    if (onServer) serverAddress = await served(onServer);
    if (onServer) await made(onServer);
  });
  afterAll(() => postgresql.clear());

  it("reviews anew after Ctrl-C in the middle", () => {
    expect(reviewed).toBe(`Reviewing a ${order}. This is done once.`);
  });

  it("shows its pages before the cases are made, says so, and goes on with them after it was killed", async () => {
    expect(early).toContain("a synthetic England. Its cases and marks are still being made (");
    expect(await (await fetch(address)).text()).not.toContain("still being made");
    expect((await embedded.said(/The review of .*|Reviewing a .*/))[0]).toContain(`The review of the ${order} is in `);
  });

  describePages("the embedded register", () => address);
  describe.skipIf(postgresql.skipped)(`npm start with DATABASE_URL, on ${postgresql.name}`, () => {
    describePages("PostgreSQL", () => serverAddress);

    it("lists the same schools with the same figures as the embedded register", async () => {
      const list = async (at: string) => (await fetch(`${at}/schools.csv`)).text();
      expect((await list(serverAddress)) === (await list(address))).toBe(true);
    });

    it("ends well on Ctrl-C", async () => {
      expect(await stop(onServer!, "SIGINT")).toMatchObject({ code: 0 });
    });
  });

  it("refuses a second process on the same register and names the first", async () => {
    const { code, stderr } = await start({ GREENPAPER_HOME: home }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(`is in use by process ${embedded.child.pid} `);
    expect(stderr).toContain("Stop that process, or use another folder with GREENPAPER_HOME");
    expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect((await fetch(`${address}/health`)).status).toBe(200);
  });

  it("ends well when it is told to, gives the register back, and the next start finds the review", async () => {
    const before = await (await fetch(`${address}/schools.csv`)).text();
    expect(await stop(embedded, "SIGTERM")).toMatchObject({ code: 0, stdout: "" });
    expect(existsSync(join(home, "register", "lock"))).toBe(false);
    await expect(fetch(`${address}/health`)).rejects.toThrow();
    const again = start({ GREENPAPER_HOME: home });
    const nextAddress = await served(again);
    expect((await again.said(/The review of .*/))[0]).toContain(
      `The review of the ${order} is in the embedded database in `,
    );
    expect((await (await fetch(`${nextAddress}/schools.csv`)).text()) === before).toBe(true);
    expect(await (await fetch(`${nextAddress}/data`)).text()).toContain("How close the synthetic England is");
    expect(await stop(again, "SIGINT")).toMatchObject({ code: 0 });
  });

  it("refuses to put another England into the same register", async () => {
    const { code, stderr } = await start({ GREENPAPER_HOME: home }, ["--seed", "2", "--port", "0"]).ended;
    expect(code).toBe(1);
    expect(stderr).toContain("the register holds synthetic England, seed 1, not synthetic England, seed 2");
    expect(stderr).toContain("set GREENPAPER_HOME to an empty folder");
  });
});

describe("npm start, stopped early", () => {
  it("by Ctrl-C while the register is made leaves a folder that the next start can use", async () => {
    const home = temporaryFolder();
    const stopped = start({ GREENPAPER_HOME: home });
    await stopped.said(/Opening the embedded register/);
    await wait(300);
    expect((await stop(stopped, "SIGINT")).code).toBe(130);
    expect(existsSync(join(home, "register", "lock"))).toBe(false);
    const next = start({ GREENPAPER_HOME: home });
    await next.said(/Reviewing a/); // the register is there and empty
    expect((await stop(next, "SIGTERM")).code).toBe(143);
  });

  it.skipIf(withoutTerminal !== "")(
    `by Ctrl-C while the review is saved keeps all of it or nothing${withoutTerminal}`,
    async () => {
      const home = temporaryFolder();
      const stopped = startOnTerminal(["dist/main/start.js", ...smallest, "--port", "0"], {
        env: { GREENPAPER_HOME: home },
      });
      await stopped.said(/saving the review in the register/); // the progress on a terminal tells the moment
      stopped.child.stdin!.write("\u0003");
      const { code, stdout } = await stopped.ended;
      expect(code).toBe(130);
      expect(stdout).toContain("Stopped before anything was served.");
      const next = start({ GREENPAPER_HOME: home });
      const [found] = await next.said(/Reviewing a |The review of /);
      // What came first decides; either way the register is whole.
      if (found === "The review of ") expect((await fetch(`${await served(next)}/`)).status).toBe(200);
      expect([0, 143]).toContain((await stop(next, "SIGTERM")).code);
    },
  );
});
