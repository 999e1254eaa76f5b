import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { runSampleStudy } from "../../../test/sample-assessment.js";
import { personWith } from "../../../test/signed-in.js";
import { type Database, migrate, openDatabase } from "../../platform/database/index.js";
import { answersIn, apiBase, buildServer, httpMigrations, type Server } from "../../platform/http/index.js";
import { identityMigrations, publicActor } from "../../platform/identity/index.js";
import { logMigrations } from "../../platform/log/index.js";
import { siteAssets } from "../../platform/pages/index.js";
import { referenceAssessmentsApi } from "./api.js";
import { addPublishCommand, addWithdrawCommand } from "./cli-publish.js";
import { referenceAssessmentsMigrations } from "./index.js";
import { findPublication, listPublications } from "./store.js";
import { referenceAssessmentsPages } from "./web.js";

const statistician = personWith({ role: "statistician", scope: { kind: "country" } });
const school = personWith({ role: "teacher", scope: { kind: "country" } });
let folder = "";
let database: Database;
let server: Server;
let files: Readonly<Record<"results.json" | "record.json", string>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "greenpaper-publications-"));
  const answer = await runSampleStudy(folder, folder);
  if (!answer.ok) throw new Error(answer.error[0]!.message);
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  files = { "results.json": read("results.json"), "record.json": read("record.json") };
  database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
  await migrate(database, [identityMigrations, httpMigrations, logMigrations, referenceAssessmentsMigrations]);
  const site = {
    ...{ product: "Greenpaper", assets: siteAssets(), navigation: [], footer: [], colophon: [] },
    phase: { tag: "Alpha", text: "A test." },
  };
  const band = async () => null;
  server = await buildServer({
    ...{ version: "next", site, band },
    routes: [
      referenceAssessmentsPages({ site, band, database, version: "next" }),
      referenceAssessmentsApi({ database, version: "next", answers: answersIn(database) }),
    ],
    identify: async ({ cookies: { who } }) =>
      who === "statistician" ? statistician : who === "school" ? school : publicActor,
    places: { school: async () => null, trust: async () => null },
  });
});
afterAll(async () => {
  await server?.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const href = "/assessment-publications";
const get = (url: string, who = "statistician") => server.inject({ url, headers: { cookie: `who=${who}` } });

/** Sends the form with its two files, as a browser does. */
async function send(fields: Readonly<Record<string, string>>, sent: Readonly<Record<string, string>> = files) {
  const form = await get(href);
  const csrf = /name="_csrf" value="([^"]+)"/.exec(form.body)![1]!;
  const head = (name: string, rest = "") => `--edge\r\ncontent-disposition: form-data; name="${name}"${rest}\r\n`;
  const payload = [
    ...Object.entries({ _csrf: csrf, ...fields }).map(([name, value]) => `${head(name)}\r\n${value}\r\n`),
    ...Object.entries(sent).map(
      ([name, text]) => `${head("files", `; filename="${name}"`)}content-type: application/json\r\n\r\n${text}\r\n`,
    ),
    "--edge--\r\n",
  ].join("");
  return server.inject({
    ...{ method: "POST", url: href, payload },
    headers: {
      "content-type": "multipart/form-data; boundary=edge",
      "content-length": String(Buffer.byteLength(payload)),
      cookie: `who=statistician; _csrf=${form.cookies.find(({ name }) => name === "_csrf")!.value}`,
    },
  });
}

/** The files with other results, and a record that fits them. */
function changed(from: string | RegExp, to: string): Readonly<Record<string, string>> {
  const results = files["results.json"].replace(from, to);
  expect(results).not.toBe(files["results.json"]);
  const resultsSha256 = createHash("sha256").update(results).digest("hex");
  return {
    "results.json": results,
    "record.json": JSON.stringify({ ...JSON.parse(files["record.json"]), resultsSha256 }),
  };
}

const said = { phase: "Year 4", pupils: "made-up" };
const name = "year-4-mathematics";

describe("publishing by a statistician", () => {
  it("is nobody else's", async () => {
    expect((await get(href, "school")).statusCode).toBe(403);
    expect((await get(href, "nobody")).statusCode).not.toBe(200);
    expect((await get("/reference-assessments", "nobody")).body).not.toContain(href);
    expect((await get("/reference-assessments")).body).toContain(href);
  });

  it.each([
    ["phase", "No phase is said", { pupils: "made-up" }, () => files],
    ["pupils", "Nothing says whether the pupils are real", { phase: "Year 4" }, () => files],
    ["files", "results.json and record.json are needed", said, () => ({ "results.json": files["results.json"] })],
    ["files", "Its fingerprint is not", said, () => ({ ...files, "results.json": `${files["results.json"]} ` })],
    ["files", "did not converge", said, () => changed('"converged": true', '"converged": false')],
    ["files", "a figure of 29 pupils", said, () => changed(/"n": 450/, '"n": 29')],
    ["files", "has no figures", said, () => changed(/"figures": \[[\s\S]*?\n {4}\],/, '"figures": [],')],
  ])("refuses at %s: %s", async (_, words, fields, sent) => {
    const answer = await send(fields as Readonly<Record<string, string>>, sent());
    expect(answer.statusCode).toBe(400);
    expect(answer.body.toLowerCase()).toContain(words.toLowerCase());
    expect(answer.body).toContain("There is a problem");
    expect(await listPublications(database.queries)).toEqual([]);
  });

  it("puts the figures on the pages with an event; another publication needs a reason, and the first stays", async () => {
    expect(await send(said)).toMatchObject({
      statusCode: 303,
      headers: { location: `/reference-assessments/${name}` },
    });
    const first = (await findPublication(database.queries, name))!;
    expect(first).toMatchObject({ number: 1, phase: "Year 4", place: 1, subject: "mathematics", synthetic: true });
    expect(first).toMatchObject({ publishedBy: statistician.name, reason: null });
    // The same record again changes nothing; another seed is another record.
    expect((await send(said)).statusCode).toBe(303);
    const record = files["record.json"].replace(/"seed": \d+/, '"seed": 7');
    const other = { ...files, "record.json": record };
    expect((await send(said, other)).body).toContain("no reason was given");
    expect((await send({ ...said, pupils: "real", reason: "x" }, other)).body).toContain("these are real");
    expect((await send({ ...said, reason: "A question was marked wrongly." }, other)).statusCode).toBe(303);
    expect((await listPublications(database.queries, name)).map(({ number, reason }) => [number, reason])).toEqual([
      [2, "A question was marked wrongly."],
      [1, null],
    ]);
    const page = (await get(`/reference-assessments/${name}`, "nobody")).body;
    expect(page).toContain("It follows an earlier one: A question was marked wrongly.");
    expect(page).toContain("followed by a newer one");
    const events = await database.queries.execute(
      `select kind, body from log.event where stream = 'reference-assessments/assessment/${name}' order by version`,
    );
    expect(events).toMatchObject([
      { kind: "assessment-published", body: { number: 1, reason: null } },
      { kind: "assessment-published", body: { number: 2, reason: "A question was marked wrongly." } },
    ]);
  });
});

describe("publishing by a program", () => {
  const own = `${apiBase}/reference-assessments/year-12-mathematics`;
  const file = (fileName: "results.json" | "record.json", from = files) => ({
    ...{ name: fileName, base64: Buffer.from(from[fileName]!).toString("base64") },
  });
  const body = (from = files) => ({
    ...{ results: file("results.json", from), record: file("record.json", from), phase: "Year 12", synthetic: true },
  });
  const post = (url: string, payload: object, headers: Readonly<Record<string, string>> = {}, who = "statistician") =>
    server.inject({ method: "POST", url, payload, headers: { cookie: `who=${who}`, ...headers } });

  it("is a statistician's, says what is wrong with the files, is done once for a key, and needs a reason to follow", async () => {
    const send = (payload: object, headers = {}, who = "statistician") =>
      post(`${own}/publications`, payload, headers, who);
    expect((await send(body(), {}, "school")).statusCode).toBe(403);
    const refused = await send(body({ ...files, "results.json": `${files["results.json"]} ` }));
    expect(refused).toMatchObject({ statusCode: 422 });
    expect(refused.json()).toMatchObject({ code: "study-results-changed" });
    const first = await send(body(), { "idempotency-key": "one" });
    expect(first.statusCode).toBe(201);
    expect(first.json()).toMatchObject({ assessment: "year-12-mathematics", publication: 1, reason: null });
    expect((await send(body(), { "idempotency-key": "one" })).json()).toEqual(first.json());
    const other = { ...files, "record.json": files["record.json"].replace(/"seed": \d+/, '"seed": 8') };
    const silent = await send(body(other));
    expect([silent.statusCode, silent.json().code]).toEqual([409, "publication-reason"]);
    const second = await send({ ...body(other), reason: "A question was marked wrongly." });
    expect(second.json()).toMatchObject({ publication: 2, reason: "A question was marked wrongly." });
    const all = await get(`${own}/publications`, "nobody");
    expect(all.json()).toMatchObject([{ publication: 2 }, { publication: 1 }]);
  });

  it("is taken back by who saw what stands, with a reason that stands in the place of the figures, and can be followed", async () => {
    const read = await get(own, "nobody");
    const etag = String(read.headers.etag);
    const withdraw = (headers: Readonly<Record<string, string>>, reason = "The weights were wrong.", who?: string) =>
      post(`${own}/withdrawal`, { reason }, headers, who);
    expect((await withdraw({})).statusCode).toBe(428);
    expect((await withdraw({ "if-match": etag }, "x", "school")).statusCode).toBe(403);
    expect((await withdraw({ "if-match": '"1-x"' })).statusCode).toBe(412);
    expect((await withdraw({ "if-match": etag }, " ")).json()).toMatchObject({ code: "withdrawal-reason" });
    const done = await withdraw({ "if-match": etag });
    expect(done.json()).toMatchObject({ publication: 2, withdrawal: "The weights were wrong." });
    expect((await get(own, "nobody")).json()).toMatchObject({ status: 410, code: "publication-withdrawn" });
    const listed = (await get(`${apiBase}/reference-assessments`, "nobody")).json() as readonly {
      assessment: string;
    }[];
    expect(listed.map(({ assessment }) => assessment)).not.toContain("year-12-mathematics");
    const page = await get("/reference-assessments/year-12-mathematics", "nobody");
    expect(page.statusCode).toBe(410);
    expect(page.body).toContain("The weights were wrong.");
    expect((await get("/reference-assessments/year-12-mathematics/figures.csv", "nobody")).statusCode).toBe(410);
    // The same figures come back only with a reason.
    const again = await post(`${own}/publications`, body());
    expect(again.json()).toMatchObject({ code: "publication-reason" });
    const third = await post(`${own}/publications`, { ...body(), reason: "The weights were right after all." });
    expect(third.json()).toMatchObject({ publication: 3, withdrawnAt: null });
    expect((await get("/reference-assessments/year-12-mathematics", "nobody")).statusCode).toBe(200);
  });

  it("is taken back by page too, which says who can't", async () => {
    const path = `${href}/year-12-mathematics/withdrawal`;
    expect((await get(path, "school")).statusCode).toBe(403);
    const form = await get(path);
    const [csrf, version] = ["_csrf", "version"].map(
      (field) => new RegExp(`name="${field}" value="([^"]+)"`).exec(form.body)![1]!,
    );
    const sent = (reason: string) =>
      server.inject({
        ...{
          method: "POST",
          url: path,
          payload: new URLSearchParams({ _csrf: csrf!, version: version!, reason }).toString(),
        },
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          cookie: `who=statistician; _csrf=${form.cookies.find((cookie) => cookie.name === "_csrf")!.value}`,
        },
      });
    expect((await sent("")).body).toContain("No reason was given");
    expect(await sent("It was a test.")).toMatchObject({ statusCode: 303 });
    expect((await get(href)).body).toContain("withdrawn: It was a test.");
  });
});

describe("greenpaper reference-assessments publish", () => {
  async function run(...args: string[]) {
    const said: string[] = [];
    const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
    const bad = vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
    const command = new Command();
    const context: Parameters<typeof addPublishCommand>[1] = {
      ...{ version: "next", today: "2026-11-26", projectFolder: folder, home: folder, build: "test" },
      withRegister: (work) => work(database),
    };
    addPublishCommand(command, context);
    addWithdrawCommand(command, context);
    try {
      await command.parseAsync(args, { from: "user" });
      return { code: process.exitCode, said: said.join("") };
    } finally {
      process.exitCode = undefined;
      out.mockRestore();
      bad.mockRestore();
    }
  }

  const publish = (...args: string[]) => run("publish", ...args);

  it("publishes a folder, and a study that it runs first; refuses what follows without a reason", async () => {
    const args = ["--phase", "Year 8", "--synthetic"];
    const folderFirst = await publish(folder, ...args);
    expect(folderFirst).toMatchObject({
      code: 0,
      said: expect.stringContaining("publication 1 of year-8-mathematics"),
    });
    const again = await publish(join(folder, "study.yaml"), ...args, "--reason", "Run by another version.", "--json");
    expect(again.code).toBe(0);
    expect(again.said).toContain('"number":2');
    expect(await publish(folder, ...args)).toMatchObject({
      code: 1,
      said: expect.stringContaining("no reason was given"),
    });
    const withdrawn = await run("withdraw", "year-8-mathematics", "--reason", "It was a test.");
    expect(withdrawn).toMatchObject({ code: 0, said: expect.stringContaining("Publication 2 of year-8-mathematics") });
    expect((await run("withdraw", "year-9-nothing", "--reason", "x", "--json")).said).toContain("assessment-unknown");
  });
});
