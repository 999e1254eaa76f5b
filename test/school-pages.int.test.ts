import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { reviewReader, saveReview } from "../src/accountability/quality-mark/index.js";
import { markParts } from "../src/accountability/quality-mark/web-marks.js";
import { schoolApi } from "../src/accountability/school-information/api.js";
import { schoolPages } from "../src/accountability/school-information/web.js";
import { knownSchools } from "../src/accountability/school-information/web-known.js";
import { civilDate, type Urn } from "../src/kernel/index.js";
import { migrationSets } from "../src/main/parts.js";
import { type Database, migrate, openDatabase } from "../src/platform/database/index.js";
import { answersIn } from "../src/platform/http/index.js";
import { publicActor } from "../src/platform/identity/index.js";
import { type PupilCount, updateRegister } from "../src/register/index.js";
import { arrive } from "./browser.js";
import { awkward } from "./sample-review.js";
import { registerOfReview, reviewForStore } from "./saved-review.js";
import { expectGoodPage, type ServedPages, servePages } from "./served-pages.js";

let database: Database;
let served: ServedPages;

const count = (academicYear: string, pupils: number): PupilCount => ({
  ...{
    urn: "800001" as Urn,
    academicYear,
    authority: "201" as PupilCount["authority"],
    laestab: null,
    kind: "Invented",
  },
  ...{ pupils, girls: 100, boys: pupils - 100, plans: 2, support: 9, otherLanguage: null, mealsNow: 5 },
  ...{ mealsSixYears: 60, mealsOf: pupils, missing: { otherLanguage: "suppressed" as const } },
});

beforeAll(async () => {
  database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
  await migrate(database, migrationSets);
  const { heading, schools } = reviewForStore(90);
  const source = { name: "a test", asOf: civilDate("2026-08-31"), synthetic: heading.synthetic, files: [] };
  const contents = { ...registerOfReview(schools), pupilCounts: [count("2023/24", 210), count("2024/25", 204)] };
  const updated = await updateRegister(database, contents, source);
  if (!updated.ok) throw new Error(updated.error[0]?.message);
  await saveReview(database.queries, heading, schools);
  const reader = reviewReader(database.queries);
  const clock = () => new Date("2026-11-26T09:00:00Z");
  const known = knownSchools({ database, clock, reader });
  served = await servePages((site, band) => [
    schoolPages({ database, site, band, clock, reader, known, parts: markParts(reader, database.queries) }),
    schoolApi({ database, clock, answers: answersIn(database), known }),
  ]);
});

afterAll(async () => {
  await served?.close();
  await database?.close();
});

describe("every public page of schools", () => {
  it.each([
    "/schools",
    "/schools?text=school&page=2",
    "/schools?decision=grand",
    "/schools?text=zzzz",
    "/schools/800001",
    ...Object.values(awkward).map(({ urn }) => `/schools/${urn}`),
    "/schools/compare",
    `/schools/compare?urn=800001,${awkward.refused.urn},${awkward.long.urn},${awkward.special.urn}`,
    "/schools/compare?urn=800001&with=authority",
    "/school-information",
  ])("%s passes axe and fits a phone", async (path) => {
    await expectGoodPage(served, path);
  });

  it("of the school's office passes axe and fits a phone", async () => {
    const scope = { kind: "school", urn: "800001" as Urn } as const;
    served.signIn({ kind: "person", id: "p1", name: "Ottilie Made-Up", grants: [{ role: "school", scope }] });
    await expectGoodPage(served, "/schools/800001/information");
    served.signIn(publicActor);
  });
});

describe("without JavaScript", () => {
  it("a reader searches, narrows, turns the page, opens a school and unfolds its table", async () => {
    const page = await served.open(1280);
    await page.goto(`${served.address}/schools`);
    await page.getByLabel("Phase").selectOption("primary");
    await arrive(page, page.getByRole("button", { name: "Search" }).click());
    expect(page.url()).toContain("phase=primary");
    await page.getByLabel("Name, place or number").fill("800001");
    await page.getByLabel("Phase").selectOption("");
    await arrive(page, page.getByRole("button", { name: "Search" }).click());
    await arrive(page, page.locator("main table a").first().click());
    expect(page.url()).toBe(`${served.address}/schools/800001`);
    const fold = page.locator("details").first();
    await fold.locator("summary").click();
    expect(await fold.locator("table").isVisible()).toBe(true);
  });
});

describe("with the keyboard alone", () => {
  it("suggestions come while one types, are walked with the arrows, closed with Escape and opened with Enter", async () => {
    const page = await served.open(1280, true);
    const complaints: string[] = [];
    page.on("console", (message) => void complaints.push(message.text()));
    await page.goto(`${served.address}/schools`);
    const field = page.getByRole("combobox", { name: "Name, place or number" });
    await field.focus();
    await page.keyboard.type("dovecot");
    const options = page.getByRole("option");
    await options.first().waitFor();
    expect(await field.getAttribute("aria-expanded")).toBe("true");
    expect(await options.first().textContent()).toContain("Dovecote Academy");
    await page.keyboard.press("ArrowDown");
    expect(await options.first().getAttribute("aria-selected")).toBe("true");
    expect(await field.getAttribute("aria-activedescendant")).toBe(await options.first().getAttribute("id"));
    await page.keyboard.press("Escape");
    expect(await field.getAttribute("aria-expanded")).toBe("false");
    expect(await field.inputValue()).toBe("dovecot");
    await page.keyboard.press("ArrowDown");
    await arrive(page, page.keyboard.press("Enter"));
    await page.waitForURL(`**/schools/${awkward.refused.urn}`);
    expect(complaints).toEqual([]);
  });

  it("the list of suggestions passes axe while it is open", async () => {
    const page = await served.open(1280, true);
    await page.goto(`${served.address}/schools`);
    await page.getByRole("combobox", { name: "Name, place or number" }).pressSequentially("ash");
    await page.getByRole("option").first().waitFor();
    const { AxeBuilder } = await import("@axe-core/playwright");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });

  it("the search is reached in the order of the page", async () => {
    const page = await served.open(1280, true);
    await page.goto(`${served.address}/schools`);
    const stops: string[] = [];
    for (let k = 0; k < 24; k++) {
      await page.keyboard.press("Tab");
      stops.push(await page.evaluate<string>("document.activeElement.id || document.activeElement.textContent.trim()"));
    }
    const [text, phase, region, decision, button] = ["text", "phase", "region", "decision", "Search"].map((stop) =>
      stops.indexOf(stop),
    );
    expect(text).toBeGreaterThan(0);
    expect([phase, region, decision, button]).toEqual([text! + 1, text! + 2, text! + 3, text! + 4]);
  });
});

describe("on paper", () => {
  it("folds are open, and the search form stays away", async () => {
    const page = await served.open(1280);
    await page.goto(`${served.address}/schools/800001`);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("details table").first().isVisible()).toBe(true);
    expect(await page.locator(".govuk-service-navigation").isVisible()).toBe(false);
  });
});

it.skipIf(!process.env.PICTURES)("pictures for a person to look at", async () => {
  for (const width of [1200, 320])
    for (const [name, path] of [
      ["school", "/schools/800001"],
      ["search", "/schools?text=school"],
      ["compare", `/schools/compare?urn=800001,${awkward.refused.urn},${awkward.long.urn}`],
      ["repeal", "/school-information"],
    ] as const) {
      const page = await served.open(width, true);
      await page.goto(served.address + path);
      await page.screenshot({ path: `${process.env.PICTURES}/${name}-${width}.png`, fullPage: true });
    }
});
