import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { arrive } from "../../../test/browser.js";
import { expectGoodPage, type ServedPages, servePages } from "../../../test/served-pages.js";
import { personWith } from "../../../test/signed-in.js";
import { type Database, migrate, openDatabase } from "../database/index.js";
import { apiBase } from "../http/index.js";
import { identityMigrations, publicActor } from "../identity/index.js";
import { jobsApi } from "./api.js";
import { defineJob, JobFailure, type JobId, jobsMigrations, runToEnd, startJob } from "./index.js";
import { jobsPages } from "./web.js";

const counting = defineJob<{ readonly to: number; readonly fails?: boolean }>({
  kind: "tests/count",
  title: ({ to }) => `Count to ${to}`,
  async step({ input, cursor }) {
    if (input.fails && cursor !== null) throw new JobFailure("the sheep ran away");
    const done = Number(cursor ?? 0) + 1;
    return {
      cursor: done,
      done,
      of: input.to,
      finished: done === input.to,
      result: { href: "/jobs", text: "All sheep" },
    };
  },
});

const officer = personWith({ role: "regional-officer", scope: { kind: "region", code: "E12000001" } });
const stranger = personWith({ role: "teacher", scope: { kind: "country" } });
const administrator = personWith({ role: "administrator", scope: { kind: "country" } });

describe("the pages and the interface of the jobs", () => {
  let database: Database;
  let served: ServedPages;
  const ids: Record<"done" | "failed" | "waiting", JobId> = {
    done: 0 as JobId,
    failed: 0 as JobId,
    waiting: 0 as JobId,
  };

  beforeAll(async () => {
    database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
    await migrate(database, [identityMigrations, jobsMigrations]);
    const start = (to: number, fails = false) => startJob(database.queries, counting, { to, fails }, officer);
    ids.done = await start(2);
    await runToEnd(database, ids.done, [counting]);
    ids.failed = await start(3, true);
    await runToEnd(database, ids.failed, [counting]);
    ids.waiting = await start(4);
    served = await servePages((site, band) => [jobsPages({ site, band, database }), jobsApi({ database })]);
  });
  afterAll(async () => {
    await served.close();
    await database.close();
  });

  const read = async (path: string) => {
    const response = await fetch(`${served.address}${path}`, { redirect: "manual" });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it("show a person the own jobs, an administrator all, and others none", async () => {
    for (const [who, seen] of [
      [officer, true],
      [administrator, true],
      [stranger, false],
    ] as const) {
      served.signIn(who);
      const { status, text } = await read("/jobs");
      expect(status).toBe(200);
      expect(text.includes("Count to 4")).toBe(seen);
      expect((await read(`/jobs/${ids.done}`)).status).toBe(seen ? 200 : 404);
      const listed = JSON.parse((await read(`${apiBase}/jobs`)).text) as { id: number }[];
      expect(listed.map(({ id }) => id)).toEqual(seen ? [ids.waiting, ids.failed, ids.done] : []);
    }
    served.signIn(publicActor);
    expect((await read("/jobs")).status).toBe(303);
    expect((await read(`${apiBase}/jobs/${ids.done}`)).status).toBe(401);
  });

  it("tell how a job ended, with a link to what it made, and why it failed", async () => {
    served.signIn(officer);
    const done = await read(`/jobs/${ids.done}`);
    expect(done.text).toContain("2 of 2 (100%)");
    expect(done.text).toMatch(/<a class="govuk-link" href="\/jobs">\s*All sheep/);
    expect(done.headers.get("refresh")).toBeNull();
    expect((await read(`/jobs/${ids.failed}`)).text).toContain("The last try failed: the sheep ran away.");
    const failed = JSON.parse((await read(`${apiBase}/jobs/${ids.failed}`)).text);
    expect(failed).toMatchObject({
      state: "failed",
      error: "the sheep ran away",
      done: 1,
      of: 3,
      remainingSeconds: null,
    });
    expect(failed).not.toHaveProperty("startedBy");
  });

  it("load the page of a job under way again by themselves, until the reader turns that off", async () => {
    served.signIn(officer);
    expect((await read(`/jobs/${ids.waiting}`)).headers.get("refresh")).toBe("5");
    expect((await read(`/jobs/${ids.waiting}?refresh=off`)).headers.get("refresh")).toBeNull();
  });

  it.each(["0", "x", "1.5", "99999", "99999999999999999999"])("answer 404 for the number %s", async (number) => {
    served.signIn(officer);
    expect((await read(`/jobs/${number}`)).status).toBe(404);
    expect([400, 404]).toContain((await read(`${apiBase}/jobs/${number}`)).status);
  });

  it("stop a job and let it go on, by buttons, without JavaScript", async () => {
    served.signIn(officer);
    const page = await served.open();
    await page.goto(`${served.address}/jobs/${ids.waiting}?refresh=off`);
    await arrive(page, page.getByRole("button", { name: "Stop this job" }).click());
    expect(await page.textContent("main")).toContain("Stopped");
    await arrive(page, page.getByRole("button", { name: "Go on where it stood" }).click());
    expect(await page.textContent("main")).toContain("Waiting");
  });

  it("stop and resume for programs, and refuse what can't be", async () => {
    served.signIn(officer);
    const post = async (path: string) => {
      const response = await fetch(`${served.address}${apiBase}/jobs/${path}`, { method: "POST" });
      return [response.status, (await response.json()) as { state?: string; code?: string }] as const;
    };
    expect(await post(`${ids.waiting}/stop`)).toMatchObject([200, { state: "stopped" }]);
    expect(await post(`${ids.waiting}/stop`)).toMatchObject([409, { code: "job-ended" }]);
    expect(await post(`${ids.waiting}/resume`)).toMatchObject([200, { state: "queued" }]);
    expect(await post(`${ids.waiting}/resume`)).toMatchObject([409, { code: "job-not-ended" }]);
    served.signIn(stranger);
    expect(await post(`${ids.waiting}/stop`)).toMatchObject([404, { code: "job-unknown" }]);
  });

  it("are good pages", async () => {
    served.signIn(officer);
    for (const path of ["/jobs", ...Object.values(ids).map((id) => `/jobs/${id}?refresh=off`)]) {
      await expectGoodPage(served, path);
    }
  });
});
