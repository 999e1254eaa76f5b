import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { arrive, startBrowser } from "../../../test/browser.js";
import {
  director,
  leadOf,
  madeUpOfficer,
  officerActor,
  personWith,
  region,
  regionalOfficer,
  regionIn,
} from "../../../test/safeguarding-region.js";
import { safeguardingServer } from "../../../test/safeguarding-server.js";
import { type Database, openDatabase } from "../../platform/database/index.js";
import type { Server } from "../../platform/http/index.js";
import { runToEnd } from "../../platform/jobs/index.js";
import { orderPlan, planJob } from "./jobs.js";
import { beginAudit } from "./service-audits.js";
import { adoptPlan } from "./service-plan.js";
import { listAudits } from "./store-audits.js";
import { answerTable } from "./tables.js";

const now = new Date("2026-10-05T08:00:00Z");
const people = new Map([
  ["officer", officerActor(1)],
  ["other", officerActor(2)],
  ["regional", regionalOfficer],
  ["director", director],
  ["admin", personWith("admin", "administrator", { kind: "country" })],
]);
const actorOf = (name: string) => people.get(name) ?? leadOf(name);

let database: Database;
let server: Server;
let browser: Browser;
let address = "";
let own: { href: string; id: string; urn: string }[] = [];

async function serve(port: number): Promise<void> {
  server = await safeguardingServer(database, actorOf, { outcomeSigned: async () => {} }, () => now);
  address = await server.listen({ port, host: "127.0.0.1" });
}

async function contextOf(who: string | null, width = 1200): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  if (who !== null) await context.addCookies([{ name: "who", value: who, url: address }]);
  return context;
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${address}${path}`);
  return page;
}

beforeAll(async () => {
  database = await regionIn(
    await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") }),
    24,
    [1, 2, 3].map((n) => madeUpOfficer(n)),
  );
  const job = await orderPlan(database, regionalOfficer, { region, year: 2026, away: [], from: null }, now);
  if (!job.ok) throw new Error("no job");
  await runToEnd(database, job.value, [planJob]);
  await adoptPlan(database, regionalOfficer, 1, now);
  const audits = await listAudits(database.queries, { officer: madeUpOfficer(1).charter });
  own = audits.map(({ id, urn }) => ({ id, urn, href: `/safeguarding/schools/${urn}/audits/2026-27-1` }));
  await beginAudit(database, officerActor(1), own[0]!.id, now);
  await serve(0);
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await database?.close();
});

describe("the pages of the safeguarding audit", () => {
  const shown = (): readonly (readonly [who: string | null, path: string])[] => [
    [null, "/safeguarding"],
    [null, "/safeguarding/standard"],
    [null, "/safeguarding/charters?number=CSO000001"],
    [null, `/safeguarding/charters?number=${madeUpOfficer(1).charter}`],
    ["officer", "/safeguarding/audits"],
    ["officer", "/safeguarding/interests"],
    ["officer", own[0]!.href],
    ["officer", `${own[0]!.href}/sections/recruitment`],
    ["officer", `${own[0]!.href}/files/recruitment.record`],
    ["officer", `${own[0]!.href}/check`],
    ["officer", own[1]!.href],
    ["officer", `/safeguarding/schools/${own[0]!.urn}/escalate`],
    [own[1]!.urn, `/safeguarding/schools/${own[1]!.urn}`],
    [own[1]!.urn, own[1]!.href],
    [own[1]!.urn, `${own[1]!.href}/requests`],
    ["regional", `/safeguarding/regions/${region}`],
    ["regional", `/safeguarding/regions/${region}/plans/1`],
    ["regional", `/safeguarding/regions/${region}/escalations`],
    ["regional", `/safeguarding/officers/${madeUpOfficer(1).charter}`],
    ["admin", "/safeguarding/officers"],
    ["admin", `/safeguarding/officers/${madeUpOfficer(1).charter}`],
  ];

  it("have nothing that axe objects to, fit a phone, and complain of nothing", async () => {
    for (const [who, path] of shown()) {
      const context = await contextOf(who, 320);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      const answer = await page.goto(`${address}${path}`);
      expect([answer?.status(), await page.locator("h1").count()], path).toEqual([200, 1]);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        path,
      ).toEqual([]);
      const width = await page.evaluate("document.documentElement.scrollWidth");
      expect(width, path).toBeLessThanOrEqual(320);
      expect(complaints, path).toEqual([]);
      if (process.env.PICTURES) {
        const name = path.replace(/[^a-z0-9]+/gi, "-");
        await page.screenshot({ path: `${process.env.PICTURES}/${name}-320.png`, fullPage: true });
        await page.setViewportSize({ width: 1200, height: 900 });
        await page.screenshot({ path: `${process.env.PICTURES}/${name}-1200.png`, fullPage: true });
      }
      await context.close();
    }
  });

  it("aren't for others: another officer, another school, the public", async () => {
    for (const who of ["other", "900099", null]) {
      const cookie = who === null ? {} : { cookies: { who } };
      const answer = await server.inject({ url: own[0]!.href, ...cookie });
      expect([303, 403, 404], String(who)).toContain(answer.statusCode);
      expect(answer.body).not.toContain("Otterwick Primary");
    }
  });

  it("do an audit from the first section to the signature without a script", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    await context.addCookies([{ name: "who", value: "officer", url: address }]);
    const page = await context.newPage();
    await page.goto(`${address}${own[1]!.href}`);
    await arrive(page, page.click("#begin"));
    await arrive(page, page.click(".govuk-task-list a"));
    await page.locator('textarea[name^="note-"]').first().fill("Three entries lack a date.");
    await arrive(page, page.click("#save"));
    await page.locator(".govuk-error-summary", { hasText: "Choose what you found" }).waitFor();
    const [note] = await page.locator('textarea[name^="note-"]').all();
    expect(await note!.inputValue()).toBe("Three entries lack a date.");
    await page.locator('input[type="radio"][value="met"]').first().check();
    await arrive(page, page.locator('button[name="files"]').first().click());
    await page.locator("h1", { hasText: "Files of evidence" }).waitFor();
    await page.setInputFiles("#files", {
      name: "record.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from("GIF89a"),
    });
    await arrive(page, page.click("main .govuk-button-group button"));
    await page.locator(".govuk-error-summary", { hasText: '"record.pdf" is not' }).waitFor();
    const buffer = Buffer.from("%PDF-1.7 made up");
    await page.setInputFiles("#files", { name: "record.pdf", mimeType: "application/pdf", buffer });
    await arrive(page, page.click("main .govuk-button-group button"));
    await page.locator(".safeguarding-files", { hasText: "record.pdf" }).waitFor();
    const downloading = page.waitForEvent("download");
    await page.click(".safeguarding-files a");
    expect((await downloading).suggestedFilename()).toBe("record.pdf");
    await arrive(page, page.click("text=Back to the section"));
    await page.locator("#save").waitFor();
    expect(await note!.inputValue()).toBe("Three entries lack a date.");
    for (;;) {
      for (const choice of await page.locator('input[type="radio"][value="met"]').all()) await choice.check();
      for (const text of await page.locator('textarea[name^="evidence-"]').all()) await text.fill("Seen in the office");
      const path = new URL(page.url()).pathname;
      await arrive(page, page.click("#save"));
      if (!page.url().includes("/sections/")) break;
      expect(new URL(page.url()).pathname).not.toBe(path);
    }
    await arrive(page, page.click("text=Check your answers and sign"));
    await arrive(page, page.click("#sign"));
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.locator(".govuk-error-summary").textContent()).toContain("declaration");
    await page.check("#declared");
    await arrive(page, page.click("#sign"));
    expect(await page.locator("body").textContent()).toMatch(/signed on 5 October 2026|With the second reader/);
    await context.close();
  });
});

describe("the pages of an officer", () => {
  const { charter } = madeUpOfficer(3);

  it("suspend a charter and restore it, each with a day and a reason", async () => {
    const context = await contextOf("admin");
    const page = await open(context, "/safeguarding/officers");
    await arrive(page, page.click(`a[href$="${charter}"]`));
    await page.fill("#on", "next week");
    await arrive(page, page.click("text=Suspend it"));
    expect(await page.locator(".govuk-error-summary").textContent()).toContain("2026-09-01");
    await page.fill("#on", "");
    await arrive(page, page.click("text=Suspend it"));
    expect(await page.locator(".govuk-error-summary").textContent()).toContain("a suspension has no reason");
    await page.fill("#why", "A complaint is looked into.");
    await arrive(page, page.click("text=Suspend it"));
    expect(await page.locator("main").textContent()).toMatch(/Suspended.*5 October 2026/s);
    const check = await server.inject(`/safeguarding/charters?number=${charter}`);
    expect(check.body).toContain("Suspended");
    expect(check.body).not.toContain("complaint");
    await page.fill("#why", "Nothing was found.");
    await arrive(page, page.click("text=Restore it"));
    expect(await page.locator("main").textContent()).toContain("Restored: Nothing was found.");
    expect(await page.locator("text=Suspend it").count()).toBe(1);
    await page.fill("#until", "2040-01-01");
    await arrive(page, page.click("text=Renew it"));
    await page.locator(".govuk-error-summary", { hasText: "at the latest on 1 September 2031" }).waitFor();
    await page.fill("#until", "");
    await arrive(page, page.click("text=Renew it"));
    await page.locator(".govuk-summary-list", { hasText: "1 September 2031" }).waitFor();
    await context.close();
  });

  it("end an interest that was declared, and offer no charter to the region's office", async () => {
    const context = await contextOf("other");
    const page = await open(context, "/safeguarding/interests");
    await page.selectOption("#kind", "works");
    await page.check('input[name="where"][value="school"]');
    await page.fill("#number", "900003");
    await page.fill("#from", "2026-09-01");
    await arrive(page, page.click("text=Declare it"));
    await arrive(page, page.click("text=End it"));
    expect(await page.locator(".govuk-error-summary").textContent()).toContain("Choose the interest that ended");
    await page.selectOption("#interest", "1");
    await page.fill("#ended", "2026-08-31");
    await arrive(page, page.click("text=End it"));
    expect(await page.locator(".govuk-error-summary").textContent()).toContain("can't have ended on 31 August 2026");
    const office = await contextOf("regional");
    const other = await open(office, `/safeguarding/officers/${madeUpOfficer(2).charter}`);
    expect(await other.locator("text=Suspend").count()).toBe(0);
    await other.selectOption("#interest", "1");
    await arrive(other, other.click("text=End it"));
    expect(await other.locator("main").textContent()).toContain("5 October 2026");
    // The officer's own page is of before: nothing is overwritten.
    await page.fill("#ended", "2026-10-01");
    await arrive(page, page.click("text=End it"));
    expect(await page.locator("h1").textContent()).not.toBe("Your interests");
    await context.close();
    await office.close();
  });
});

describe("an audit without a connection", () => {
  const section = () => `${own[0]!.href}/sections/training`;
  /** @param kept whether there is a connection, so that the device keeps the pages anew */
  const ready = async (page: Page, kept = true) => {
    await page.waitForSelector("html[data-offline-ready]");
    if (kept) await page.waitForSelector("#offline[data-kept]", { state: "attached", timeout: 60_000 });
  };
  const says = (page: Page, words: string) => page.locator("#offline", { hasText: words }).waitFor();
  const fill = async (page: Page, requirement: string, words: string) => {
    const key = requirement.replace(".", "-");
    await page.check(`#judgement-${key}-2`);
    await page.fill(`#note-${key}`, words);
    await page.fill(`#evidence-${key}`, "The rota");
    await page.fill(`#action-${key}`, "Name a deputy");
    await page.locator(`#action-${key}`).blur();
  };
  const notes = async () =>
    (await database.queries.select().from(answerTable))
      .filter(({ audit, requirement }) => audit === own[0]!.id && requirement.startsWith("training."))
      .map(({ requirement, note, version }) => [requirement, note, version])
      .sort();

  it("keeps what is typed through a reload and a restart, and sends it once, in order, when there is one", async () => {
    const context = await contextOf("officer");
    const page = await open(context, section());
    await ready(page);
    await context.setOffline(true);
    await fill(page, "training.lead", "Typed in the cellar");
    await says(page, "not sent");
    await page.reload();
    await ready(page, false);
    expect(await page.inputValue("#note-training-lead")).toBe("Typed in the cellar");
    await fill(page, "training.staff", "Also in the cellar");
    await page.goto(`${address}${own[0]!.href}/sections/policies`); // was never opened, and is kept all the same
    expect(await page.locator("h1").textContent()).toBe("Policies");
    expect(await notes()).toEqual([]);
    const port = Number(new URL(address).port);
    await server.close();
    await context.setOffline(false);
    await page.goto(`${address}${section()}`); // the server is down, not only the connection
    await ready(page, false);
    expect(await page.inputValue("#note-training-staff")).toBe("Also in the cellar");
    expect(await notes()).toEqual([]);
    await serve(port);
    await page.reload();
    await page.waitForSelector('#offline[data-state="saved"]');
    expect(await notes()).toEqual([
      ["training.lead", "Typed in the cellar", 1],
      ["training.staff", "Also in the cellar", 1],
    ]);
    await page.reload();
    await ready(page);
    expect(await notes()).toHaveLength(2);
    await context.close();
  });

  it("keeps words without a judgement, and says that files need a connection", async () => {
    const context = await contextOf("officer");
    const page = await open(context, section());
    await ready(page);
    await context.setOffline(true);
    await page.fill("#note-training-lead-trained", "Two of nine");
    await page.locator("#note-training-lead-trained").blur();
    await says(page, "choose what you found");
    await page.reload();
    await ready(page, false);
    expect(await page.inputValue("#note-training-lead-trained")).toBe("Two of nine");
    await page.check("#judgement-training-lead-trained-2");
    await says(page, "not sent");
    await page.click("#training-lead-trained button[name=files]");
    await says(page, "Files need a connection");
    expect(new URL(page.url()).pathname).toBe(section());
    await context.setOffline(false);
    await page.waitForSelector('#offline[data-state="saved"]');
    await page.click("#training-lead-trained button[name=files]");
    await page.locator("h1", { hasText: "Files of evidence" }).waitFor();
    await context.close();
  });

  it("shows what another device saved meanwhile, and overwrites nothing until somebody chooses", async () => {
    const tablet = await contextOf("officer");
    const page = await open(tablet, section());
    await ready(page);
    await tablet.setOffline(true);
    await page.fill("#note-training-lead", "From the tablet");
    await page.locator("#note-training-lead").blur();
    await says(page, "not sent");
    const laptop = await contextOf("officer");
    const other = await open(laptop, section());
    await ready(other);
    await other.fill("#note-training-lead", "From the laptop");
    await other.locator("#note-training-lead").blur();
    // The page said "saved" before too: the server is asked, so that the laptop really was first.
    await expect.poll(async () => (await notes())[0]).toEqual(["training.lead", "From the laptop", 2]);
    await tablet.setOffline(false);
    await page.waitForSelector(".safeguarding-conflict");
    await says(page, "Nothing was overwritten");
    expect(await page.locator(".safeguarding-conflict").textContent()).toContain("From the laptop");
    expect((await notes())[0]).toEqual(["training.lead", "From the laptop", 2]);
    await page.click("text=Keep what I typed here");
    await page.waitForSelector('#offline[data-state="saved"]');
    expect((await notes())[0]).toEqual(["training.lead", "From the tablet", 3]);
    await tablet.close();
    await laptop.close();
  });

  it("clears the device on signing out, and warns first where something wasn't sent", async () => {
    const context = await contextOf("officer");
    const page = await open(context, section());
    await ready(page);
    const kept = () => page.evaluate<number>("caches.keys().then((all) => all.length)");
    expect(await kept()).toBeGreaterThan(0);
    await context.setOffline(true);
    await page.fill("#note-training-knows", "Not sent");
    await page.check("#judgement-training-knows-2");
    await says(page, "not sent");
    await page.click("text=Sign out");
    await says(page, "press again");
    expect(new URL(page.url()).pathname).toBe(section());
    await context.setOffline(false);
    await page.waitForSelector('#offline[data-state="saved"]');
    await page.click("text=Sign out");
    await page.waitForURL(/sign-out/);
    await page.goto(`${address}/safeguarding`);
    await expect.poll(kept).toBe(0);
    await context.close();
  });
});
