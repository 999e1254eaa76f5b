import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { arrive } from "../../../test/browser.js";
import { expectGoodPage, type ServedPages, servePages } from "../../../test/served-pages.js";
import type { GroupUid, Urn } from "../../kernel/index.js";
import { type Database, openDatabase } from "../../platform/database/index.js";
import type { Actor, Role, Scope } from "../../platform/identity/index.js";
import { accountsApi } from "./api.js";
import { sampleAccounts } from "./sample-register.js";
import { sha256Of } from "./service.js";
import { accountsPages } from "./web.js";

const person = (role: Role, scope: Scope): Actor => ({
  ...{ kind: "person", id: `${role}-1`, name: `Made-up ${role}` },
  grants: [{ role, scope }],
});
const finance = person("trust", { kind: "trust", uid: "90001" as GroupUid });
const lone = person("school", { kind: "school", urn: "900003" as Urn });
const officer = person("regional-officer", { kind: "region", code: "E12000009" });

let served: ServedPages;
let database: Database;
const folder = mkdtempSync(join(tmpdir(), "greenpaper-accounts-"));
const pdf = join(folder, "accounts.pdf");
const pdfBytes = Buffer.from("%PDF-1.7\nmade up\n%%EOF\n");
const clock = () => new Date("2025-12-20T12:00:00Z");

beforeAll(async () => {
  writeFileSync(pdf, pdfBytes);
  database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
  await sampleAccounts(database);
  served = await servePages((site, band) => [
    accountsPages({ database, site, band, clock }),
    accountsApi({ database, clock }),
  ]);
});
afterAll(async () => {
  await served?.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const fill = async (page: Awaited<ReturnType<ServedPages["open"]>>, year: string) => {
  await page.locator("#yearEnd").fill("31");
  await page.locator("#yearEnd-month").fill("8");
  await page.locator("#yearEnd-year").fill(year);
  await page.getByLabel("Qualified", { exact: true }).check();
  await page.getByLabel("Clean", { exact: true }).check();
  await page.locator("#signedOn").fill("11");
  await page.locator("#signedOn-month").fill("12");
  await page.locator("#signedOn-year").fill("2025");
  await page.getByLabel("The auditor", { exact: true }).fill("Heron & Sons");
};

describe("a trust's finance", () => {
  it("files the opinion with the document, from the task list to the record, without JavaScript", async () => {
    served.signIn(finance);
    const page = await served.open();
    await page.goto(`${served.address}/accounts`);
    await arrive(page, page.getByRole("link", { name: "The Heron Trust" }).click());
    await arrive(page, page.getByRole("button", { name: "File the opinion" }).click());
    await fill(page, "2024");
    await page.locator("#document").setInputFiles(pdf);
    await arrive(page, page.getByRole("button", { name: "Continue" }).click());
    expect(await page.title()).toMatch(/^Error: /);
    const summary = page.locator(".govuk-error-summary");
    expect(await summary.textContent()).toContain("31 August 2024");
    expect(await summary.getByRole("link").evaluateAll((links) => links.map((a) => a.getAttribute("href")))).toEqual([
      "#yearEnd",
      "#grounds",
    ]);
    await fill(page, "2025");
    await page.getByLabel("The auditor’s basis for it").fill("Stock could not be counted.");
    await page.locator("#document").setInputFiles(pdf);
    await arrive(page, page.getByRole("button", { name: "Continue" }).click());
    expect(await page.locator("h1").textContent()).toBe("Check your answers");
    await arrive(page, page.getByRole("link", { name: "Change basis" }).click());
    expect(await page.getByLabel("The auditor’s basis for it").inputValue()).toBe("Stock could not be counted.");
    await arrive(page, page.getByRole("button", { name: "Continue" }).click());
    await arrive(page, page.getByRole("button", { name: "File the opinion" }).click());
    expect(page.url()).toBe(`${served.address}/accounts/trust-90001/2025`);
    expect(await page.locator("main").textContent()).toContain("Stock could not be counted.");
    const document = await served.server.inject("/accounts/trust-90001/2025/document/1");
    expect(document.headers["content-type"]).toBe("application/pdf");
    expect(Buffer.compare(document.rawPayload, pdfBytes)).toBe(0);
  });

  it("is told that somebody else has corrected it meanwhile", async () => {
    served.signIn(finance);
    const page = await served.open();
    await page.goto(`${served.address}/accounts/trust-90001/2025/file`);
    await page.locator("#document").setInputFiles(pdf);
    await arrive(page, page.getByRole("button", { name: "Continue" }).click());
    const stale = page.locator('input[name="version"]');
    expect(await stale.getAttribute("value")).toBe("1");
    const corrected = await served.server.inject({
      ...{ method: "PUT", url: "/api/2026-11-01/accounts/trust-90001/2025-08-31" },
      headers: { "content-type": "application/json", "if-match": '"1"' },
      payload: {
        ...{ yearEnd: "2025-08-31", opinion: "unqualified", regularity: "clean", signedOn: "2025-12-11" },
        ...{ auditor: "Heron & Sons", documentSha256: sha256Of(pdfBytes) },
      },
    });
    expect([corrected.statusCode, corrected.headers.etag]).toEqual([200, '"2"']);
    await arrive(page, page.getByRole("button", { name: "File the correction" }).click());
    expect(await page.locator("main").textContent()).toContain("changed");
    const read = await served.server.inject("/api/2026-11-01/accounts/trust-90001/2025-08-31");
    expect(read.json()).toMatchObject({ version: 2, filings: [{ opinion: "unqualified" }, { opinion: "qualified" }] });
  });

  it("files with the keyboard alone", async () => {
    served.signIn(lone);
    const page = await served.open();
    await page.goto(`${served.address}/accounts`);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focusOn = async (text: string) => {
      for (let i = 0; i < 40; i++) {
        await press("Tab");
        if ((await page.evaluate<string>("document.activeElement.textContent.trim()")) === text) return;
      }
      throw new Error(`"${text}" can't be reached`);
    };
    await focusOn("Made-up School 900003");
    await press("Enter");
    await page.waitForURL(/school-900003/);
    await focusOn("File the opinion");
    await press("Enter");
    await page.waitForURL(/file$/);
    await focusOn("Continue");
    await press("Enter");
    await page.locator(".govuk-error-summary").waitFor();
    expect(await page.title()).toMatch(/^Error: /);
  });
});

describe("a table of opinions", () => {
  const hash = sha256Of(pdfBytes);
  const header =
    "trust_uid,urn,year_end,opinion,grounds,regularity,regularity_grounds,signed_on,auditor,document_sha256";
  const send = async (text: string) => {
    served.signIn({
      ...finance,
      grants: [{ role: "trust", scope: { kind: "trust", uid: "90002" as GroupUid } }],
    } as Actor);
    const page = await served.open();
    await page.goto(`${served.address}/accounts/table/2025`);
    await page
      .locator("#table")
      .setInputFiles({ name: "opinions.csv", mimeType: "text/csv", buffer: Buffer.from(text, "latin1") });
    await arrive(page, page.getByRole("button", { name: "File them" }).click());
    return page;
  };

  it("is refused with its lines, or filed whole", async () => {
    const line = (uid: string) => `${uid},,2025-08-31,unqualified,,clean,,2025-12-11,Caf\u00e9 & Co,${hash}`;
    const refused = await send([header, line("90002"), line("90001"), ""].join("\n"));
    expect(await refused.locator(".govuk-error-summary").textContent()).toContain("opinions.csv, line 3");
    const cut = await send([header, line("90002")].join("\n").slice(0, -20));
    expect(await cut.locator(".govuk-error-summary").count()).toBe(1);
    const filed = await send([header, line("90002"), ""].join("\n"));
    expect(await filed.locator("main").textContent()).toContain("Filed");
  });
});

describe("the region's office", () => {
  it("sees who is missing, and reads the interface's table of it", async () => {
    served.signIn(officer);
    const page = await served.open();
    await page.goto(`${served.address}/accounts/region/E12000009`);
    expect(await page.locator("main").textContent()).toContain("Made-up School 900003");
    const csv = await served.server.inject({
      url: "/api/2026-11-01/accounts/regions/E12000009?yearEnd=2025-08-31",
      headers: { accept: "text/csv" },
    });
    expect(csv.body.split("\r\n")[0]).toBe("body,name,schools,region,state,opinion,signedOn,filedOn");
    expect(csv.body).toContain("school-900003,Made-up School 900003,1,E12000009,due,,,");
  });

  it("can't file, and nobody can look elsewhere", async () => {
    served.signIn(officer);
    expect((await served.server.inject("/accounts/trust-90001/2025/file")).statusCode).toBe(403);
    served.signIn({
      ...officer,
      grants: [{ role: "regional-officer", scope: { kind: "region", code: "E12000001" } }],
    } as Actor);
    expect((await served.server.inject("/accounts/region/E12000009")).statusCode).toBe(403);
    expect((await served.server.inject("/accounts/trust-90001/2025/document/1")).statusCode).toBe(404);
  });
});

it("shows pages that everybody can use", async () => {
  served.signIn(finance);
  for (const path of [
    "/accounts",
    "/accounts/method",
    "/accounts/trust-90001/2025",
    "/accounts/trust-90001/2025/file",
    "/accounts/table/2025",
  ])
    await expectGoodPage(served, path);
  served.signIn(officer);
  await expectGoodPage(served, "/accounts/region/E12000009");
});
