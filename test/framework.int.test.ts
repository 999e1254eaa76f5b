import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { measuresApi } from "../src/accountability/measures/api.js";
import { measuresMigrations } from "../src/accountability/measures/index.js";
import { measuresPages } from "../src/accountability/measures/web.js";
import { specialistFrameworkApi } from "../src/accountability/specialist-framework/api.js";
import { specialistFrameworkMigrations } from "../src/accountability/specialist-framework/index.js";
import { specialistFrameworkPages } from "../src/accountability/specialist-framework/web.js";
import type { Urn } from "../src/kernel/index.js";
import { civilDate } from "../src/kernel/index.js";
import { type Database, migrate, openDatabase } from "../src/platform/database/index.js";
import { apiBase, buildServer, listen, type Server } from "../src/platform/http/index.js";
import { type Actor, identityMigrations, publicActor } from "../src/platform/identity/index.js";
import { logMigrations } from "../src/platform/log/index.js";
import { type Site, siteAssets } from "../src/platform/pages/index.js";
import { registerMigrations, schoolWith, updateRegister } from "../src/register/index.js";
import { arrive, startBrowser } from "./browser.js";

// The whole way of A3 and A4 in a browser without JavaScript: a measure is refused and another admitted, a consultation is written,
// answered, rated and reported, a framework is adopted on it, and an officer finds a school under it.

const site: Site = {
  product: "Greenpaper",
  assets: siteAssets(),
  navigation: [{ text: "Proposals", href: "/proposals" }],
  phase: { tag: "Alpha", text: "A working model." },
  footer: [],
  colophon: ["Greenpaper"],
};

const person = (id: string, name: string, grants: Extract<Actor, { kind: "person" }>["grants"]): Actor => ({
  ...{ kind: "person", id, name, grants },
});
const country = { kind: "country" } as const;
const official = person("official", "Olive Example", [{ role: "policy-official", scope: country }]);
const member = (n: number) => person(`member-${n}`, `Member ${n} Example`, [{ role: "working-group", scope: country }]);
const officer = person("officer", "Otto Example", [
  { role: "regional-officer", scope: { kind: "region", code: "E12000001" } },
]);
const school = schoolWith({
  ...{ urn: "100001" as Urn, name: "Larkrise Special School", type: "Community special school", status: "open" },
  authority: "390" as never,
});

let database: Database;
let server: Server;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let address: string;
let actor: Actor = publicActor;
let today = "2026-11-02";

beforeAll(async () => {
  database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
  const sets = [
    identityMigrations,
    logMigrations,
    registerMigrations,
    measuresMigrations,
    specialistFrameworkMigrations,
  ];
  await migrate(database, sets);
  const source = { name: "tests", asOf: civilDate("2026-09-01"), synthetic: true, files: [] };
  await updateRegister(database, { schools: [school], groups: [], memberships: [], links: [] }, source);
  const options = { database, site, band: async () => null, clock: () => new Date(`${today}T10:00:00Z`) };
  server = await buildServer({
    ...{ version: "0.0.0", site, band: async () => null, identify: async () => actor },
    places: { school: async (urn) => ({ urn, region: "E12000001" }), trust: async () => null },
    routes: [
      measuresPages(options),
      measuresApi(options),
      specialistFrameworkPages(options),
      specialistFrameworkApi(options),
    ],
  });
  const listening = await listen(server, { host: "127.0.0.1", port: 0 });
  if (!listening.ok) throw new Error(listening.error.message);
  address = listening.value.replace("localhost", "127.0.0.1").replace(/\/$/, "");
  browser = await startBrowser();
  context = await browser.newContext({ javaScriptEnabled: false });
  page = await context.newPage();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await database?.close();
});

const heading = () => page.locator("h1").textContent();
const press = async (name: string) => {
  await arrive(page, page.getByRole("button", { name }).click());
};
const errors = () => page.locator(".govuk-error-summary__list li").allInnerTexts();
const notice = () => page.locator(".govuk-notification-banner__content").textContent();

async function go(path: string, as: Actor): Promise<void> {
  actor = as;
  await page.goto(`${address}${path}`);
}

/** Fills in a proposal of a measure. */
async function propose(fields: Readonly<Record<string, string>>, choices: readonly string[]): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  for (const choice of choices) await page.locator(choice).check();
}

describe("the register of measures in a browser", () => {
  it("shows what the rules say before anything is kept, and keeps a refusal", async () => {
    await go("/measures/propose", official);
    await press("See what the rules say");
    expect((await errors()).length).toBeGreaterThan(5);
    await propose(
      {
        Title: "Phonics, by school",
        "Short name": "phonics-by-school",
        "What does it read?": "phonics screening check",
        "Which pupils count?": "pupils in Year 1",
        "Outcome 1": "phonics",
        "Key stage of outcome 1, 0 to 5": "1",
        "Aspect of outcome 1": "phonics",
        "How many years are looked at together?": "1",
        "First day": "2027-09-01",
      },
      ["#basis-2", "#kinds", "#prior-2", "#weighted-2", "#consequence-2"],
    );
    await press("See what the rules say");
    expect(await heading()).toBe("The rules refuse it");
    expect(await page.getByRole("main").textContent()).toContain("Key Stage 1 results leave accountability.");
    await press("Change the proposal");
    expect(await page.getByLabel("Title", { exact: true }).inputValue()).toBe("Phonics, by school");
    await press("See what the rules say");
    await press("Keep the refusal");
    expect(await notice()).toContain("refused");
    expect(await page.getByRole("main").textContent()).toContain("Proposed by Olive Example");
  });

  it("admits a judgement for special schools, and withdraws with a reason", async () => {
    for (const id of ["progress-against-plans", "to-be-withdrawn"]) {
      await go("/measures/propose", official);
      await propose(
        {
          Title: "Progress against plans",
          "Short name": id,
          "What does it read?": "plans and reviews of a sample of pupils",
          "Which pupils count?": "pupils with a plan",
          "How many years are looked at together?": "1",
          "First day": "2026-09-01",
        },
        ["#basis-4", "#kinds-2", "#prior-2", "#weighted-2", "#consequence"],
      );
      await press("See what the rules say");
      await press("Admit the measure");
      expect(await notice()).toContain("admitted");
    }
    await press("Withdraw the measure");
    expect(await errors()).toEqual(["Write the day as 2027-09-01"]);
    await page.getByLabel("First day on which it no longer holds").fill("2027-09-01");
    await page.getByLabel("Why it is withdrawn").fill("Another was agreed.");
    await press("Withdraw the measure");
    expect(await notice()).toContain("withdrawn");
  });

  it("lets the public read it all, by page, table and interface, and write nothing", async () => {
    await go("/measures", publicActor);
    expect(await page.getByRole("table").textContent()).toContain("Refused");
    await go("/measures/progress-against-plans", publicActor);
    expect(await page.getByRole("button", { name: "Withdraw the measure" }).count()).toBe(0);
    const csv = await server.inject({ url: "/measures.csv" });
    expect(csv.body.split("\r\n")).toHaveLength(5);
    const json = await server.inject({ url: `${apiBase}/measures/phonics-by-school` });
    expect(json.json()).toMatchObject({ version: 1, declarations: [{ outcome: "refused" }] });
    const judged = await server.inject({
      ...{ method: "POST", url: `${apiBase}/measures/judge` },
      payload: json.json().declarations[0].proposed,
    });
    expect(judged.json()).toMatchObject({ outcome: "refused" });
  });
});

describe("the Expert Working Group in a browser", () => {
  const group = "/specialist-framework/group/specialist-schools";

  it("writes a consultation, and opens it when it stands", async () => {
    await go("/specialist-framework/group/new", member(1));
    await page.getByLabel("Title").fill("How should special schools be judged?");
    await page.getByLabel("Short name").fill("specialist-schools");
    await page.getByLabel("Why it is asked").fill("The group reports to the regional directors.");
    await page
      .getByLabel("Questions, one a line")
      .fill("What shows progress?\nHow often? | every year | every third year");
    await page.getByLabel("First day for responses").fill("2026-11-02");
    await page.getByLabel("Last day for responses").fill("2026-11-30");
    await press("Keep the draft");
    await press("Put it to everybody");
    expect((await errors())[0]).toContain("29 days are fewer than the 84 that people are given");
    await arrive(page, page.getByRole("link", { name: "Change the draft" }).click());
    await page.getByLabel("Last day for responses").fill("2027-01-24");
    await press("Keep the draft");
    await press("Put it to everybody");
    expect(await page.getByRole("main").textContent()).toContain("Open until 24 January 2027");
  });

  it("hears the public", async () => {
    await go("/specialist-framework/consultations/specialist-schools", publicActor);
    await press("Send the response");
    expect(await errors()).toEqual(["Say whom you speak for", "Say whether your response may be published"]);
    await page.getByLabel("Whom do you speak for?").selectOption("parent or carer");
    await page.getByLabel("What shows progress?").fill("She rides the bus alone.");
    await page.getByLabel("How often?").selectOption("every year");
    await page.locator("#publish").check();
    await press("Send the response");
    expect(await notice()).toContain("has the number 1");
    expect(await page.getByRole("main").textContent()).toContain("She rides the bus alone.");
  });

  it("rates what it heard, each alone, and reports", async () => {
    today = "2027-01-25";
    await go(group, member(1));
    await press("Close it to responses");
    await page
      .getByLabel("One sentence that can be in the framework or not")
      .fill("Progress counts from each pupil's own start.");
    await page.getByLabel("Numbers of the responses it comes from").fill("1");
    await press("Add the statement");
    await press("Begin a round of rating");
    for (let n = 1; n <= 9; n++) {
      await go(group, member(n));
      await page.getByLabel("Your rating").selectOption(n < 9 ? "8" : "2");
      if (n === 9) await page.getByLabel("Remark, if you like").fill("Whose start?");
      await press("Save your ratings");
      expect(await page.getByRole("main").textContent()).toContain(`rated by ${n} member`);
    }
    expect(await page.getByRole("main").textContent()).not.toContain("Median");
    await press("End the round");
    expect(await page.getByRole("main").textContent()).toContain("Agreed: in");
    await press("Publish the report");
    await go("/specialist-framework/consultations/specialist-schools", publicActor);
    expect(await page.getByRole("main").textContent()).toContain("9 members rated 1 statement: agreed in 1");
  });

  it("adopts a framework, and an officer finds a school under it", async () => {
    await go("/specialist-framework", publicActor);
    expect(await page.getByRole("main").textContent()).toContain("Awaiting framework");
    await go("/specialist-framework/group/adopt", member(1));
    await page.getByLabel("Title", { exact: true }).fill("Framework for special schools");
    await page.getByLabel("Special schools").check();
    await page.getByLabel("First day").fill("2027-01-01");
    await page.getByLabel("Short name of criterion 1,").fill("progress-made");
    await page.getByLabel("Title of criterion 1", { exact: true }).fill("Progress from each pupil's own start");
    await page
      .getByLabel("What is asked of the school under criterion 1", { exact: true })
      .fill("Do the records show it?");
    await page.getByLabel("What shows criterion 1,").fill("plans of a sample of pupils");
    await page.getByLabel("Measure of the register through which criterion 1 is read").fill("no-such-measure");
    await page.getByLabel("Number of the statement that criterion 1 rests on").fill("1");
    await press("Adopt the framework");
    expect((await errors())[0]).toContain("is not admitted on that day");
    await page.getByLabel("Measure of the register through which criterion 1 is read").fill("progress-against-plans");
    await press("Adopt the framework");
    expect(await heading()).toBe("Framework for special schools");
    await go("/specialist-framework/findings/100001", officer);
    await page.getByLabel("Do the records show it?").selectOption("met");
    await press("Record the findings");
    expect((await errors())[0]).toContain("it has no grounds");
    await page.getByLabel("What was seen").fill("Twelve plans were read with the teachers.");
    await press("Record the findings");
    expect(await notice()).toContain("recorded");
    const read = await server.inject({ url: `${apiBase}/specialist-framework/findings/100001` });
    expect(read.json()).toMatchObject({ framework: 1, reasons: [{ bearing: "for", code: "criterion-met" }] });
  });
});

const looked: readonly (readonly [string, string, Actor])[] = [
  ["measures", "/measures", official],
  ["measure", "/measures/progress-against-plans", official],
  ["propose", "/measures/propose?of=progress-against-plans", official],
  ["framework-start", "/specialist-framework", publicActor],
  ["consultation", "/specialist-framework/consultations/specialist-schools", publicActor],
  ["framework", "/specialist-framework/frameworks/1", publicActor],
  ["group", "/specialist-framework/group", member(1)],
  ["group-consultation", "/specialist-framework/group/specialist-schools", member(1)],
  ["group-adopt", "/specialist-framework/group/adopt", member(1)],
  ["findings", "/specialist-framework/findings/100001", officer],
];

describe.each([1280, 320])("at %i pixels", (width) => {
  it.each(looked)("%s has nothing that axe finds, and fits", async (name, path, as) => {
    actor = as;
    const own = await browser.newContext({ viewport: { width, height: 800 } });
    const opened = await own.newPage();
    await opened.goto(`${address}${path}`);
    const { violations } = await new AxeBuilder({ page: opened }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    const overflow = await opened.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
    expect(overflow).toBeLessThanOrEqual(0);
    if (process.env.SCREENSHOTS)
      await opened.screenshot({ path: `${process.env.SCREENSHOTS}/${name}-${width}.png`, fullPage: true });
    await own.close();
  });
});
