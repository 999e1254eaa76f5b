import { gzipSync } from "node:zlib";
import { expect, inject, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { personOf } from "../../../test/sample-cases.js";
import { expectGoodPage, servePages } from "../../../test/served-pages.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { type Database, migrate, openDatabase } from "../../platform/database/index.js";
import { identityMigrations } from "../../platform/identity/index.js";
import { jobsMigrations, runToEnd } from "../../platform/jobs/index.js";
import { logMigrations, readStream } from "../../platform/log/index.js";
import { registerMigrations } from "../index.js";
import { loadRegister } from "../store.js";
import { importJob, orderStream } from "./job.js";
import { orderFor, orderImport, ordersFor } from "./service.js";
import { bytesOf } from "./store.js";
import { orderFileTable, orderTable } from "./tables.js";
import { orderPages } from "./web.js";

const now = new Date("2026-11-26T10:00:00Z");
const admin = personOf("ada", "administrator", null);
const officer = personOf("otto", "regional-officer", "E12000009");
const after: string[] = [];
const kind = importJob(async () => {
  after.push("asked");
  return "2 cases ended with their schools";
});

const header =
  "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),OpenDate";
/** Invented schools, in the department's encoding: a curly apostrophe and an é. */
const schools = Buffer.from(
  `${header}\r\n900001,878,Devon,2001,Otter\x92s Caf\xe9 Primary School,Community school,Open,\r\n900002,878,Devon,4002,Hollowell High School,Academy converter,Open,01-09-2021\r\n`,
  "latin1",
);
const groups = Buffer.from(
  "Group UID,Group ID,Group Name,Group Type,Group Status,Open date\n90001,TR90001,THE SANDPIPER TRUST,Multi-academy trust,Open,01/09/2015\n",
);
const links = Buffer.from(
  "URN,Linked UID,Group Name,Group Type,Joined date\n900002,90001,THE SANDPIPER TRUST,Multi-academy trust,01-09-2021\n",
);

const file = (name: string, bytes: Uint8Array) => ({ name, bytes });
const good = [file("schools.csv", schools), file("groups.csv.gz", gzipSync(groups)), file("links.csv", links)];

async function empty(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await migrate(database, [identityMigrations, logMigrations, jobsMigrations, registerMigrations]);
  return database;
}

/** Orders an import and works on it to its end. */
async function imported(database: Database, files: typeof good, synthetic = true) {
  const ordered = await orderImport(database, admin, { asOf: "2026-11-25", synthetic, files }, kind, now);
  if (!ordered.ok) throw new Error(ordered.error[0]?.message);
  const waiting = await orderFor(database, admin, String(ordered.value));
  if (!waiting.ok || waiting.value.order.job === null) throw new Error("the order has no job");
  const steps: number[] = [];
  const end = await runToEnd(database, waiting.value.order.job as Parameters<typeof runToEnd>[1], [kind], {
    onStep: ({ done }) => void steps.push(done),
  });
  const view = await orderFor(database, admin, String(ordered.value));
  if (!view.ok) throw new Error("the order has gone");
  return { ...view.value, end, steps };
}

const found = (problems: readonly { code: string; place: string }[]) =>
  problems.map(({ code, place }) => `${code} ${place}`);

const notOk = [
  [
    "another encoding", // as DOS wrote ü
    [file("schools.csv", Buffer.from(schools.toString("latin1").replace("Hollowell", "H\x81llowell"), "latin1"))],
    /neither UTF-8 nor Windows-1252/,
  ],
  [
    "cut in half",
    [...good.slice(1), file("schools.csv", schools.subarray(0, schools.length - 60))],
    /line 3|schools\.csv/,
  ],
  ["a damaged archive", [file("groups.csv.gz", gzipSync(groups).subarray(0, 40))], /damaged|cut off/],
  [
    "an authority that never was",
    [file("schools.csv", Buffer.from(schools.toString("latin1").replace("900002,878", "900002,999"), "latin1"))],
    /line 3.*999/s,
  ],
] as const;

describeStores("an import that an administrator orders", (fresh) => {
  it("keeps tables as they are described", async () => {
    await expectTablesMatch(await empty(fresh), [orderTable, orderFileTable]);
  });

  it("is read file by file, saved at once, and told; the bytes go, their hashes stay", async () => {
    const database = await empty(fresh);
    after.length = 0;
    const { order, files, problems, end, steps } = await imported(database, good);
    expect(problems).toEqual([]);
    expect(order).toMatchObject({ state: "imported", orderedBy: "ada (made up)" });
    expect(order.report).toMatchObject({
      ...{ schools: { added: 2 }, groups: { added: 1 }, memberships: { added: 1 } },
      notes: ["2 cases ended with their schools"],
    });
    expect(after).toEqual(["asked"]);
    expect([steps, end.done, end.of]).toEqual([[0, 1, 2, 3], 4, 4]);
    const { schools: kept } = await loadRegister(database.queries);
    expect(kept.map(({ name }) => name)).toEqual(["Otter\u2019s Café Primary School", "Hollowell High School"]);
    expect(await bytesOf(database.queries, order.id, 1)).toBeNull();
    expect(files.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
    const events = await readStream(database.queries, orderStream(order.id));
    expect(events.map(({ kind: what }) => what)).toEqual(["register-import-ordered", "register-imported"]);
    expect((await imported(database, good)).order.report).toMatchObject({
      schools: { added: 0, changed: 0, unchanged: 2 },
    });
  });

  it("goes on where it stood when its process ends between two files", async () => {
    const database = await empty(fresh);
    const ordered = await orderImport(database, admin, { asOf: "2026-11-25", synthetic: true, files: good }, kind, now);
    const view = ordered.ok ? await orderFor(database, admin, String(ordered.value)) : null;
    if (!view?.ok) throw new Error("there is no order");
    let read = 0;
    const dying = {
      ...kind,
      step: (context: Parameters<typeof kind.step>[0]) => {
        if (read++ === 1) throw new Error("the process ends");
        return kind.step(context);
      },
    };
    const job = view.value.order.job as Parameters<typeof runToEnd>[1];
    expect(await runToEnd(database, job, [dying])).toMatchObject({ state: "succeeded" });
    expect((await loadRegister(database.queries)).schools).toHaveLength(2);
  });

  it("saves nothing of files that can't be read whole, and says what is wrong where", async () => {
    const database = await empty(fresh);
    const before = await loadRegister(database.queries);
    for (const [what, files, words] of notOk) {
      const { order, problems, end } = await imported(database, [...files]);
      expect(order, what).toMatchObject({ state: "refused", report: null });
      expect(end, what).toMatchObject({ state: "succeeded", result: { href: `/register/imports/${order.id}` } });
      expect(problems.map(({ place, message }) => `${place}: ${message}`).join("\n"), what).toMatch(words);
      expect(await loadRegister(database.queries), what).toEqual(before);
    }
  });

  it("names every bad line of every file, and two files that would overwrite each other", async () => {
    const database = await empty(fresh);
    const bad = Buffer.from(
      schools.toString("latin1").replace("900002,", "9000,").replace("Open,\r", "Ajar,\r"),
      "latin1",
    );
    const worse = Buffer.from(groups.toString().replace("90001,", "x,"));
    const first = await imported(database, [file("schools.csv", bad), file("groups.csv", worse)]);
    expect(found(first.problems)).toEqual([
      'word-unknown schools.csv, line 2, column "EstablishmentStatus (name)"',
      'id-invalid schools.csv, line 3, column "URN"',
      'id-invalid groups.csv, line 2, column "Group UID"',
    ]);
    const twice = await imported(database, [file("groups.csv", groups), file("more.csv", groups)]);
    expect(found(twice.problems)).toEqual(["file-twice more.csv"]);
    await imported(database, good);
    expect(found((await imported(database, good, false)).problems)).toEqual(["register-mixed the register"]);
  });

  it("is for administrators, in the service and in the rows", async () => {
    const database = await empty(fresh);
    const { order } = await imported(database, good);
    const refused = { ok: false, error: [{ code: "import-not-yours" }] };
    expect(await orderImport(database, officer, { asOf: "2026-11-25", files: good }, kind, now)).toMatchObject(refused);
    expect(await ordersFor(database, officer)).toMatchObject(refused);
    expect(await orderFor(database, officer, String(order.id))).toMatchObject(refused);
    expect(await orderFor(database, admin, "77")).toMatchObject({ error: [{ code: "import-unknown" }] });
  });
});

it("is brought and read about in a browser", async () => {
  const database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
  await empty(async () => database);
  const served = await servePages((site, band) => [
    orderPages({ database, site, band, clock: () => now, importJob: kind }),
  ]);
  served.signIn(admin);
  const page = await served.open();
  const bring = async (name: string, bytes: Buffer) => {
    await page.goto(`${served.address}/register/imports`);
    await page.getByLabel("Files").setInputFiles({ name, mimeType: "text/csv", buffer: bytes });
    const madeUp = page.getByLabel("Made-up schools");
    if (await madeUp.count()) await madeUp.check();
    await page.getByRole("button", { name: "Import the files" }).click();
  };
  await page.goto(`${served.address}/register/imports`);
  await page.getByRole("button", { name: "Import the files" }).click();
  expect(await page.locator(".govuk-error-summary__list li").allInnerTexts()).toHaveLength(2);
  await bring("schools.csv", Buffer.from(schools.toString("latin1").replace("900002,", "9000,"), "latin1"));
  expect(await page.getByRole("main").textContent()).toContain("0 of 1 files are read");
  await runToEnd(database, 1 as Parameters<typeof runToEnd>[1], [kind]);
  await page.reload();
  expect(await page.getByRole("table").first().textContent()).toContain('schools.csv, line 3, column "URN"');
  const download = await served.server.inject("/register/imports/1/problems");
  expect(download.body).toContain("id-invalid");
  await bring("schools.csv", schools);
  await runToEnd(database, 2 as Parameters<typeof runToEnd>[1], [kind]);
  await page.reload();
  expect(await page.getByRole("main").textContent()).toContain("What the import did");
  for (const path of ["/register/imports", "/register/imports/1", "/register/imports/2"])
    await expectGoodPage(served, path);
  if (process.env.SCREENSHOTS)
    for (const [path, width] of [
      ["", 1200],
      ["", 320],
      ["/1", 1200],
      ["/2", 320],
    ] as const) {
      const shot = await served.open(width);
      await shot.goto(`${served.address}/register/imports${path}`);
      await shot.screenshot({
        path: `${process.env.SCREENSHOTS}/imports${path.replace("/", "-")}-${width}.png`,
        fullPage: true,
      });
    }
  await served.close();
  await database.close();
});
