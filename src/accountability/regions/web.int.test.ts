import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { arrive } from "../../../test/browser.js";
import { expectGoodPage, type ServedPages, servePages } from "../../../test/served-pages.js";
import { personWith } from "../../../test/signed-in.js";
import { civilDate, type Urn } from "../../kernel/index.js";
import { type Database, migrate, openDatabase } from "../../platform/database/index.js";
import { apiBase } from "../../platform/http/index.js";
import { identityMigrations, publicActor } from "../../platform/identity/index.js";
import { jobsMigrations, runToEnd } from "../../platform/jobs/index.js";
import { logMigrations } from "../../platform/log/index.js";
import { openAuthorities, registerMigrations, schoolWith, updateRegister } from "../../register/index.js";
import { regionsApi } from "./api.js";
import { regionsMigrations } from "./index.js";
import { drawJob } from "./jobs.js";
import { importBoundaries } from "./service-boundaries.js";
import { appoint } from "./service-posts.js";
import { regionsPages } from "./web.js";

// The way of a parent and of a director in a browser without JavaScript.

const director = personWith({ role: "regional-director", scope: { kind: "country" } });
const officer = personWith({ role: "regional-officer", scope: { kind: "region", code: "E12000001" } });
const now = new Date("2026-11-26T10:00:00Z");
const boundaries = new URL(
  "../../../../shared/data/england/la_boundaries_ctyua_2023_england.geojson.gz",
  import.meta.url,
);
const pictures = process.env.GREENPAPER_PICTURES;

let database: Database;
let served: ServedPages;

beforeAll(async () => {
  database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
  await migrate(database, [identityMigrations, logMigrations, jobsMigrations, registerMigrations, regionsMigrations]);
  const schools = openAuthorities.flatMap(({ code }, i) =>
    Array.from({ length: 2 + (Number(code) % 5) }, (_, k) =>
      schoolWith({
        ...{
          urn: String(100_000 + i * 10 + k) as Urn,
          name: `Thimblecombe ${code} ${k}`,
          authority: code,
          pupils: 200 + (i % 7) * 20,
        },
        ...{ type: "Community school", status: "open", town: "Thimblecombe", postcode: `ZZ${(i % 9) + 1} 1AA` },
      }),
    ),
  );
  const source = { name: "made up", asOf: civilDate("2026-11-01"), synthetic: true, files: [] };
  await updateRegister(database, { schools, groups: [], memberships: [], links: [] }, source);
  await appoint(
    database,
    director,
    {
      office: "north-east",
      post: "trusts",
      name: "Thimble Wagstaff (invented)",
      contact: "trusts@north-east.invalid",
      from: "2026-11-01",
    },
    now,
  );
  const clock = () => now;
  served = await servePages((site, band) => [
    regionsPages({ database, site, band, clock }),
    regionsApi({ database, clock }),
  ]);
});

afterAll(async () => {
  await served.close();
  await database.close();
});

async function picture(path: string, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  for (const width of [1200, 320]) {
    const page = await served.open(width);
    await page.goto(served.address + path);
    await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
    await page.close();
  }
}

describe("who is responsible", () => {
  it("is found by name and answered for a school, for anyone", async () => {
    served.signIn(publicActor);
    const page = await served.open();
    await page.goto(`${served.address}/who-is-responsible`);
    await page.getByLabel("School").fill("Thimblecombe 805");
    await arrive(page, page.keyboard.press("Enter"));
    await arrive(page, page.getByRole("link", { name: "Thimblecombe 805 0" }).click());
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Thimblecombe 805 0");
    const text = (await page.locator("main").textContent()) ?? "";
    expect(text).toContain("Trusts and accounts officer: Thimble Wagstaff (invented)");
    expect(text).toContain("Quality Mark officer: vacant");
    expect(text).toContain("Hartlepool");
    await page.goto(`${served.address}/who-is-responsible?school=`);
    expect(await page.title()).toMatch(/^Error: /);
    await page.close();
  });

  it("is good to read at both widths, and refuses what is no day and no school", async () => {
    const hartlepool = 100_000 + openAuthorities.findIndex(({ code }) => code === "805") * 10;
    const paths = ["", "?school=thimblecombe", "/regions", "/duties", `/${hartlepool}`].map(
      (end) => `/who-is-responsible${end}`,
    );
    for (const path of paths) await expectGoodPage(served, path);
    await picture("/who-is-responsible?school=thimblecombe+805", "search");
    await picture(`/who-is-responsible/${hartlepool}`, "school");
    await picture("/who-is-responsible/regions", "regions-circles");
    await picture("/who-is-responsible/duties", "duties");
    const status = async (path: string) => (await served.server.inject(path)).statusCode;
    expect(await status("/who-is-responsible/999999")).toBe(404);
    expect(await status("/who-is-responsible/regions?on=soon")).toBe(400);
    expect(await status("/who-is-responsible/duties.csv")).toBe(200);
    expect(await status("/who-is-responsible/regions.csv?on=2026-01-01")).toBe(200);
  });

  it("is answered to programs, also as CSV, and for a council that is no more", async () => {
    const get = async (path: string) => served.server.inject(`${apiBase}${path}`);
    expect((await get("/schools/100000/responsible")).json()).toHaveLength(15);
    expect((await get("/schools/100000/responsible.csv")).body).toContain("quality-mark-review");
    expect((await get("/authorities/909/office-region")).json()).toEqual({
      authority: "909",
      region: "E12000002",
      drawing: 1,
    });
    expect((await get("/authorities/999/office-region")).statusCode).toBe(404);
    expect((await get("/office-regions?on=2026-11-26")).json()).toHaveLength(9);
    expect((await get("/office-regions?on=2026-13-26")).statusCode).toBe(400);
    expect((await get("/duties")).json()).toHaveLength(15);
  });
});

describe("a director without JavaScript", () => {
  it("asks, waits, sees, moves by hand, compares and adopts", async () => {
    served.signIn(director);
    const page = await served.open();
    await page.goto(`${served.address}/drawings`);
    await page.getByLabel("Title").first().fill("Even regions");
    await page.getByLabel("Tolerance in schools, in percent").fill("1000");
    await arrive(page, page.getByRole("button", { name: "Draw", exact: true }).click());
    expect(await page.title()).toMatch(/^Error: /);
    await page.getByLabel("Tolerance in schools, in percent").fill("50");
    await page.getByLabel("Tolerance in pupils, in percent").fill("60");
    await arrive(page, page.getByRole("button", { name: "Draw", exact: true }).click());
    expect(await page.locator("main").textContent()).toContain("It is being drawn");
    const job = Number(/\/jobs\/(\d+)/.exec(await page.content())![1]);
    await runToEnd(database, job as never, [drawJob]);
    await page.reload();
    expect(await page.locator("main").textContent()).toContain("Schools that change office");
    await page.getByLabel("Authority").selectOption("908");
    await page.getByLabel("To region").selectOption({ label: "London" });
    await arrive(page, page.getByRole("button", { name: "Try it" }).click());
    expect(await page.locator(".govuk-inset-text").first().textContent()).toContain("falls into");
    await arrive(page, page.getByRole("button", { name: "Keep it as a new drawing" }).click());
    expect(await page.locator("main").textContent()).toContain("it breaks what was asked");
    await page.goto(`${served.address}/drawings/compare?a=1&b=2`);
    expect(await page.locator("main").textContent()).toContain("Cornwall");
    for (const path of ["/drawings", "/drawings/1", "/drawings/2", "/drawings/compare?a=1&b=2", "/offices"])
      await expectGoodPage(served, path);
    for (const [path, name] of [
      ["/drawings", "drawings"],
      ["/drawings/1", "drawing"],
      ["/drawings/2", "by-hand"],
      ["/drawings/compare?a=1&b=2", "compare"],
      ["/offices", "offices"],
    ] as const)
      await picture(path, name);
    await page.goto(`${served.address}/drawings/1`);
    await page.getByLabel("Title").fill("Even regions");
    await page.getByLabel("First day").fill("2026-11-26");
    await page.getByLabel("Reasons").fill("Even loads");
    await arrive(page, page.getByRole("button", { name: "Adopt this drawing" }).click());
    expect(await page.locator(".govuk-error-summary").textContent()).toContain("not after today");
    await page.getByLabel("First day").fill("2027-09-01");
    await arrive(page, page.getByRole("button", { name: "Adopt this drawing" }).click());
    expect(await page.locator("main").textContent()).toContain("Even regions");
    const geojson = await served.server.inject("/drawings/1/regions.geojson");
    expect(geojson.json().features).toHaveLength(153);
    expect((await served.server.inject("/drawings/1/regions.csv")).body.split("\r\n")).toHaveLength(155);
    expect((await served.server.inject("/drawings/77")).statusCode).toBe(404);
    await page.close();
  });

  it.skipIf(!existsSync(boundaries))("draws the map with true shapes in about 100 kB", async () => {
    const bytes = readFileSync(boundaries);
    const made = await importBoundaries(database, director, { name: "boundaries.geojson.gz", bytes }, now);
    expect(made.ok).toBe(true);
    const body = (await served.server.inject("/drawings/1")).body;
    const map = /<svg class="regions-map"[\s\S]*?<\/svg>/.exec(body)![0];
    expect(map.length).toBeGreaterThan(40_000);
    expect(map.length).toBeLessThan(150_000);
    await expectGoodPage(served, "/drawings/1");
    await picture("/drawings/1", "drawing-shapes");
    await picture("/who-is-responsible/regions", "regions-shapes");
  });

  it("is nobody else", async () => {
    for (const actor of [publicActor, officer]) {
      served.signIn(actor);
      const status = (await served.server.inject("/drawings")).statusCode;
      expect([302, 303, 403]).toContain(status);
    }
  });
});
