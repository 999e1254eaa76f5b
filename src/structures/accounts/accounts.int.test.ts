import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { civilDate, type GroupUid, type Problem, type Result, type Urn } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type Actor, type Role, type Scope, systemActor } from "../../platform/identity/index.js";
import { readStream, StaleStream } from "../../platform/log/index.js";
import type { AccountsBody } from "./body.js";
import { accountsExamples } from "./examples.js";
import { accountsOpinions } from "./index.js";
import { sampleAccounts } from "./sample-register.js";
import {
  bringDocument,
  fileOpinion,
  ownTasks,
  readAccounts,
  readDocumentOf,
  regionAccounts,
  sha256Of,
} from "./service.js";
import { importOpinions } from "./service-import.js";
import { documentTable, draftTable, filingTable } from "./tables.js";

const yearEnd = civilDate("2025-08-31");
const now = new Date("2025-12-20T12:00:00Z");
const heron: AccountsBody = { kind: "trust", uid: "90001" as GroupUid };
const lone: AccountsBody = { kind: "school", urn: "900003" as Urn };
const typed = { ...accountsExamples[0]!.typed, documentSha256: "" };
const pdf = (words: string) => ({
  name: "accounts.pdf",
  bytes: new TextEncoder().encode(`%PDF-1.7\n${words}\n%%EOF\n`),
});

const person = (role: Role, scope: Scope): Actor => ({
  kind: "person",
  id: role,
  name: `Made-up ${role}`,
  grants: [{ role, scope }],
});
const finance = person("trust", { kind: "trust", uid: "90001" as GroupUid });
const otherFinance = person("trust", { kind: "trust", uid: "90002" as GroupUid });
const head = person("school", { kind: "school", urn: "900001" as Urn });
const officer = person("regional-officer", { kind: "region", code: "E12000009" });
const officerElsewhere = person("regional-officer", { kind: "region", code: "E12000007" });

async function withSchools(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await sampleAccounts(database);
  return database;
}

const codes = (answer: Result<unknown, readonly Problem[]>) => (answer.ok ? [] : answer.error.map(({ code }) => code));
const file = (database: Database, change: Partial<Parameters<typeof fileOpinion>[2]> = {}, actor = finance) =>
  fileOpinion(database, actor, { body: heron, yearEnd, typed, document: pdf("2025"), expected: 0, ...change }, now);

describeStores("accounts", (fresh) => {
  it("keeps tables as they are described", async () => {
    await expectTablesMatch(await withSchools(fresh), [filingTable, documentTable, draftTable]);
  });

  it("lets a trust's opinion reach the schools that were in it when the year ended, and no others", async () => {
    const database = await withSchools(fresh);
    const filed = await file(database);
    expect(filed).toMatchObject({
      ok: true,
      value: { id: "trust-90001/2025-08-31/1", version: 1, filedOn: "2025-12-20" },
    });
    const reached = await accountsOpinions(database.queries, yearEnd);
    expect([...reached.keys()].sort()).toEqual(["900001", "900004"]);
    expect(reached.get("900001")).toEqual({
      opinion: "unqualified",
      on: "2025-12-11",
      filing: "trust-90001/2025-08-31/1",
    });
    expect(await accountsOpinions(database.queries, yearEnd, ["900002"])).toEqual(new Map());
    expect(await accountsOpinions(database.queries, civilDate("2024-08-31"))).toEqual(new Map());
  });

  it("keeps the document as bytes for those who may see it", async () => {
    const database = await withSchools(fresh);
    const filed = await file(database);
    const { id, documentSha256 } = filed.ok ? filed.value : { id: "", documentSha256: "" };
    for (const actor of [finance, officer, head]) {
      const read = await readDocumentOf(database, actor, id);
      expect(read.ok && sha256Of(read.value.bytes)).toBe(documentSha256);
    }
    for (const actor of [otherFinance, { kind: "public" } as const])
      expect(await readDocumentOf(database, actor, id)).toMatchObject({ ok: false });
  });

  it("corrects by a further version, and the earlier one stays", async () => {
    const database = await withSchools(fresh);
    await file(database);
    const qualified = { ...typed, opinion: "qualified", grounds: "Stock could not be counted." };
    expect(codes(await file(database, { typed: qualified }))).toEqual(["accounts-filed-already"]);
    const corrected = await file(database, { typed: qualified, document: pdf("corrected"), expected: 1 });
    expect(corrected).toMatchObject({ ok: true, value: { version: 2 } });
    const read = await readAccounts(database, finance, { body: heron, yearEnd }, now);
    expect(read.ok && read.value.filings.map(({ opinion, supersededAt }) => [opinion, supersededAt !== null])).toEqual([
      ["qualified", false],
      ["unqualified", true],
    ]);
    expect((await accountsOpinions(database.queries, yearEnd)).get("900004")).toMatchObject({ opinion: "qualified" });
    const events = await readStream(database.queries, "accounts/filing/trust-90001/2025-08-31");
    expect(events.map(({ kind }) => kind)).toEqual(["opinion-filed", "opinion-corrected"]);
    await expect(file(database, { typed: qualified, expected: 1 })).rejects.toBeInstanceOf(StaleStream);
  });

  it.each([
    ["another year's accounts", { typed: { ...typed, yearEnd: "2024-08-31" } }, ["accounts-year-wrong"]],
    ["no year end", { yearEnd: civilDate("2025-03-31") }, ["accounts-year-wrong"]],
    ["a day before the year end", { typed: { ...typed, signedOn: "2025-08-20" } }, ["accounts-signed-before-year-end"]],
    [
      "a picture for a document",
      { document: { name: "a.png", bytes: new Uint8Array([1]) } },
      ["accounts-document-not-pdf"],
    ],
    ["no document", { document: null }, ["accounts-document-missing"]],
    ["a correction of nothing", { expected: 1 }, ["accounts-not-filed"]],
  ])("refuses %s and saves nothing", async (_what, change, expected) => {
    const database = await withSchools(fresh);
    expect(codes(await file(database, change))).toEqual(expected);
    expect(await database.queries.$count(filingTable)).toBe(0);
    expect(await readStream(database.queries, "accounts/filing/trust-90001/2025-08-31")).toEqual([]);
  });

  it.each([
    ["a trust that the register doesn't know", "777", "accounts-body-unknown"],
    ["a trust without schools", "90003", "accounts-body-absent"],
  ])("refuses %s", async (_what, uid, code) => {
    const database = await withSchools(fresh);
    const answer = await file(database, { body: { kind: "trust", uid: uid as GroupUid } }, systemActor("a test"));
    expect(codes(answer)).toEqual([code]);
  });

  it("lets a school file where it was in no trust at the year end, and nobody for others", async () => {
    const database = await withSchools(fresh);
    const own = person("school", { kind: "school", urn: "900003" as Urn });
    expect(codes(await file(database, { body: lone, typed: { ...typed, regularity: "" } }, own))).toEqual([]);
    const inTrust: AccountsBody = { kind: "school", urn: "900001" as Urn };
    expect(codes(await file(database, { body: inTrust }, head))).toEqual(["accounts-school-in-trust"]);
    for (const actor of [otherFinance, head, officer])
      expect(codes(await file(database, {}, actor))).toEqual(["accounts-not-yours"]);
  });

  it("says who is missing since when, to the own region", async () => {
    const database = await withSchools(fresh);
    await file(database);
    const on = (day: string) =>
      regionAccounts(database, officer, { yearEnd, region: "E12000009" }, new Date(`${day}T09:00:00Z`));
    const states = async (day: string) => {
      const answer = await on(day);
      return answer.ok ? answer.value.map(({ body, state, schools }) => [body, state, schools]) : [];
    };
    expect(await states("2025-12-31")).toEqual([
      ["school-900003", "due", 1],
      ["trust-90001", "filed", 2],
      ["trust-90002", "due", 1],
    ]);
    expect((await states("2026-01-01")).at(0)).toEqual(["school-900003", "missing", 1]);
    expect(await regionAccounts(database, officerElsewhere, { yearEnd, region: "E12000009" }, now)).toMatchObject({
      ok: false,
    });
    expect((await ownTasks(database, finance, yearEnd, now)).map(({ body }) => body)).toEqual(["trust-90001"]);
    const elsewhere = await readAccounts(database, otherFinance, { body: heron, yearEnd }, now);
    expect(elsewhere.ok && elsewhere.value.filings).toEqual([]);
  });

  const header =
    "trust_uid,urn,year_end,opinion,grounds,regularity,regularity_grounds,signed_on,auditor,document_sha256";
  const hash = sha256Of(pdf("bulk").bytes);
  const line = (uid: string, urn: string, rest = `2025-08-31,unqualified,,${urn ? "" : "clean"},,11/12/2025`) =>
    `${uid},${urn},${rest},Heron & Sons,${hash}`;
  const table = (...lines: string[]) => ({
    name: "accounts.csv",
    bytes: new TextEncoder().encode(`${[header, ...lines].join("\n")}\n`),
  });
  const bulk = (database: Database, given: { name: string; bytes: Uint8Array }, actor: Actor = systemActor("a test")) =>
    importOpinions(database, actor, given, yearEnd, now);

  it("files a table of opinions, whose documents may follow", async () => {
    const database = await withSchools(fresh);
    const filed = await bulk(database, table(line("90001", ""), line("90002", ""), line("", "900003")));
    expect(filed).toEqual({ ok: true, value: { filed: 3, trusts: 2, schools: 1, notUnqualified: 0 } });
    expect((await accountsOpinions(database.queries, yearEnd)).size).toBe(4);
    const place = { body: heron, yearEnd };
    expect(codes(await bringDocument(database, finance, place, pdf("another"), now))).toEqual([
      "accounts-document-differs",
    ]);
    expect(codes(await bringDocument(database, finance, place, pdf("bulk"), now))).toEqual([]);
    const read = await readAccounts(database, officer, place, now);
    expect(read.ok && read.value.filings[0]?.documentKept).toBe(true);
    expect(codes(await bulk(database, table(line("90001", ""))))).toEqual(["accounts-filed-already"]);
  });

  it("reads a table in Windows-1252", async () => {
    const database = await withSchools(fresh);
    const text = `${header}\n90001,,2025-08-31,unqualified,,clean,,2025-12-11,Caf\u00e9 & Co,${hash}\n`;
    expect(await bulk(database, { name: "accounts.csv", bytes: Buffer.from(text, "latin1") })).toMatchObject({
      ok: true,
    });
    const read = await readAccounts(database, finance, { body: heron, yearEnd }, now);
    expect(read.ok && read.value.filings[0]?.auditor).toBe("Café & Co");
  });

  it.each([
    [
      "a line of the wrong year",
      [line("90001", ""), line("90002", "", "2024-08-31,unqualified,,clean,,2024-12-11")],
      [
        'accounts.csv, line 3, column "year_end" accounts-year-wrong',
        'accounts.csv, line 3, column "signed_on" accounts-signed-before-year-end',
      ],
    ],
    ["two filings of one year", [line("90001", ""), line("90001", "")], ["accounts.csv, line 3 id-twice"]],
    [
      "a trust that isn't in the register",
      [line("90001", ""), line("777", "")],
      ["accounts.csv, line 3 accounts-body-unknown"],
    ],
    ["a school whose trust files", [line("", "900001")], ["accounts.csv, line 2 accounts-school-in-trust"]],
    ["neither trust nor school", [line("", "")], ["accounts.csv, line 2 accounts-body-unknown"]],
    [
      "no date",
      [line("90001", "", "2025-08-31,unqualified,,clean,,soon")],
      ['accounts.csv, line 2, column "signed_on" date-expected'],
    ],
  ])("refuses a table with %s, all of it, by its lines", async (_what, lines, expected) => {
    const database = await withSchools(fresh);
    const answer = await bulk(database, table(...lines));
    expect(answer.ok ? [] : answer.error.map(({ place, code }) => `${place} ${code}`)).toEqual(expected);
    expect(await database.queries.$count(filingTable)).toBe(0);
  });

  it("refuses a table that was cut in half, wherever it was cut", async () => {
    const database = await withSchools(fresh);
    const whole = table(line("90001", ""), line("90002", "")).bytes;
    const begin = whole.length - line("90002", "").length;
    for (const cut of [begin + 3, begin + 20, whole.length - 30, whole.length - 2])
      expect(await bulk(database, { name: "accounts.csv", bytes: whole.subarray(0, cut) })).toMatchObject({
        ok: false,
      });
    expect(await database.queries.$count(filingTable)).toBe(0);
  });

  it("refuses a table with a line of somebody else", async () => {
    const database = await withSchools(fresh);
    const answer = await bulk(database, table(line("90001", ""), line("90002", "")), finance);
    expect(codes(answer)).toEqual(["accounts-not-yours"]);
  });
});
