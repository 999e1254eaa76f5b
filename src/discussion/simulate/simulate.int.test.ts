import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, clearAway, greenpaper } from "../../../test/programs.js";
import { expectGoodPage, type ServedPages, servePages } from "../../../test/served-pages.js";
import { silent } from "../../kernel/index.js";
import { makeEngland } from "../../simulation/index.js";
import type { Override } from "../../simulation/parameters/index.js";
import { modelHorizon, readScenarioLink, type Scenario, scenarioLink } from "../../simulation/scenario/index.js";
import { deflateBytes, inflateBytes } from "../runs/compression.js";
import { emptyScenario, scenarioContext } from "../runs/given-scenario.js";
import { runScenario } from "../runs/run-scenario.js";
import { simulatorPages } from "./web.js";

let served: ServedPages;
const dataHash = makeEngland().hash;

/** A fiftieth of everybody, so that the tests are quick; what is tried is the same. */
const small = (overrides: readonly Override[], more: Partial<Scenario> = {}): Scenario => ({
  ...{ ...emptyScenario(dataHash), overrides, share: 0.02, draws: 6 },
  ...more,
});
const linkOf = (scenario: Scenario) => scenarioLink(scenario, deflateBytes);
/** As of a shortage list that leaves physics out. */
const noPhysics: Override = { path: "shortage.physics", from: 2027, to: null, value: 0 };
const payRise: Override = { path: "pay.uplift", from: 2027, to: null, value: 0.05 };

beforeAll(async () => {
  build();
  served = await servePages((site, band) => [
    simulatorPages({ site, band, proposals: [], shortageLists: async () => [noPhysics] }),
  ]);
});
afterAll(async () => {
  await served.close();
  await clearAway();
});

/** Opens the simulator with a link's part after the #. */
async function openSimulator(fragment: string): Promise<Page> {
  const page = await served.open(1200, true);
  await page.goto(`${served.address}/simulate#${fragment}`);
  return page;
}

const goTo = (page: Page, fragment: string) => page.evaluate(`location.hash = ${JSON.stringify(fragment)}`);
const text = (page: Page, id: string) => page.locator(`#${id}`).textContent();
const said = (page: Page, words: RegExp) =>
  page.locator("#simulator-status", { hasText: words }).waitFor({ timeout: 120_000 });
const done = (page: Page) => said(page, /^Done/);
/** Waits for the result of a change; the page says "Done" of the run before until it begins anew, and a short run can be missed. */
const doneAnew = async (page: Page, before: string | null) => {
  const isAnother = (result: string | null) => result !== before && /^[0-9a-f]{16}$/.test(result ?? "");
  await expect.poll(async () => isAnother(await text(page, "simulator-result"))).toBe(true);
  await done(page);
};

describe("the simulator's page", () => {
  it("gives the same result hash as the command line for the same link, with and without changes", async () => {
    for (const overrides of [[], [payRise]]) {
      const scenario = small(overrides, { draws: 1 });
      const page = await openSimulator(await linkOf(scenario));
      await done(page);
      const plan = { chance: 0, structures: false, tornado: false };
      const { declared } = await runScenario({ scenario, plan }, 1, silent).result;
      expect(await text(page, "simulator-result")).toBe(declared.scenario.hash);
      expect(await text(page, "simulator-data")).toBe(dataHash);
      await page.close();
    }
  });

  it("moves by slider and by typing, refuses what is out of bounds by name and range, and its link restores all", async () => {
    const page = await openSimulator(await linkOf(small([])));
    await done(page);
    const before = await text(page, "simulator-result");
    await page.locator('[data-lever="pay"] summary').press("Enter");
    await page.locator("#pay-uplift-slider").press("ArrowRight");
    expect(await page.locator("#pay-uplift").inputValue()).toBe("0.01");
    await doneAnew(page, before);
    const moved = await text(page, "simulator-result");
    await page.locator("#pay-uplift").fill("9");
    await page.locator("#pay-uplift").press("Tab");
    expect(await text(page, "simulator-problems")).toMatch(/Pay above the path: 9 is outside.*from -0\.1 to 0\.3/);
    expect(await text(page, "simulator-result")).toBe(moved);
    await page.locator("#simulator-problems a").click();
    expect(await page.locator("#pay-uplift").evaluate((field) => field.matches(":focus"))).toBe(true);
    await page.locator("#pay-uplift").fill("0.05");
    await page.locator("#pay-uplift").press("Tab");
    expect(await text(page, "simulator-problems")).toBe("");
    await doneAnew(page, moved);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 900 });
    expect(await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth")).toBeLessThanOrEqual(
      0,
    );
    const link = await page.locator("#simulator-link").inputValue();
    const ran = await greenpaper(["simulate", "--scenario", link, "--draws", "1", "--json"]);
    expect(ran).toMatchObject({ code: 0 });
    expect(JSON.parse(ran.stdout)).toMatchObject({ result: await text(page, "simulator-result") });
    // A second tab, with the link and nothing else.
    const other = await openSimulator(link.split("#")[1]!);
    await done(other);
    expect(await other.locator("#pay-uplift").inputValue()).toBe("0.05");
    expect(await other.locator('[data-lever="pay"] [data-state]').textContent()).toBe("changed");
    expect(await text(other, "simulator-result")).toBe(await text(page, "simulator-result"));
  });

  it("stops in the middle, and goes on with the next change", async () => {
    const page = await openSimulator(await linkOf(small([], { draws: 2000 })));
    await said(page, /^Drawing/);
    await page.locator("#simulator-cancel").press("Enter");
    await said(page, /^Stopped/);
    await page.locator("summary", { hasText: "Draws and luck" }).press("Enter");
    await page.locator("#draws").fill("3");
    await page.locator("#draws").press("Tab");
    await done(page);
    expect(await text(page, "simulator-result")).toMatch(/^[0-9a-f]{16}$/);
  });

  it("says what is wrong with a link, leaves the levers as they are, and stays usable", async () => {
    const good = await linkOf(small([payRise]));
    const page = await openSimulator(await linkOf(small([])));
    await done(page);
    const bad: readonly (readonly [string, RegExp])[] = [
      [good.slice(0, -4), /The link: its end is missing.*Copy the whole address again/],
      [good.replace(/^1/, "7"), /written in version 7/],
      ["nonsense", /doesn't begin with a version/],
      [await linkOf(small([{ ...payRise, path: "pay.uplit" }])), /pay\.uplit.*"pay\.uplift"/],
      [await linkOf(small([{ ...payRise, value: 40 }])), /change 1, "pay\.uplift": .*40/],
      [await linkOf(small([{ ...payRise, from: 2050 }])), /2050/],
    ];
    for (const [fragment, words] of bad) {
      await goTo(page, fragment);
      const problems = page.locator("#simulator-problems", { hasText: words });
      await problems.waitFor();
      expect(await problems.textContent(), fragment).toMatch(/was not opened/);
      expect(await page.locator("#pay-uplift").inputValue()).toBe("0");
    }
    const before = await text(page, "simulator-result");
    await goTo(page, good);
    await doneAnew(page, before);
    expect(await text(page, "simulator-problems")).toBe("");
    expect(await page.locator("#pay-uplift").inputValue()).toBe("0.05");
  });

  it("is as plain on the command line about a link that can't be run, and exits with 1", async () => {
    const good = await linkOf(small([payRise]));
    const bad: readonly (readonly [string, RegExp])[] = [
      [good.slice(0, -4), /its end is missing.*Copy the whole address again/],
      [good.replace(/^1/, "7"), /version 7, and this program reads up to 1/],
      [
        await linkOf(
          small([
            { ...payRise, value: 40 },
            { ...payRise, path: "pay.uplit" },
          ]),
        ),
        /from -0\.3 to 1[\s\S]*"pay\.uplift"\?/,
      ],
    ];
    for (const [link, words] of bad) {
      const { code, stdout, stderr } = await greenpaper(["simulate", "--scenario", link]);
      expect({ code, stdout }, link).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(words);
    }
  });

  it("changes any other number, by its name, within its bounds", async () => {
    const page = await served.open(1200, true);
    await page.goto(`${served.address}/simulate?change=leaving.under-55.physics#${await linkOf(small([]))}`);
    await done(page);
    const before = await text(page, "simulator-result");
    expect(await page.locator("#other-path").inputValue()).toBe("leaving.under-55.physics");
    await page.locator("#other-value").fill("5");
    await page.locator("#other-add").press("Enter");
    expect(await text(page, "simulator-problems")).toMatch(/leaving\.under-55\.physics.*5/);
    await page.locator("#other-value").fill("0.05");
    await page.locator("#other-add").press("Enter");
    expect(await text(page, "other-changes")).toMatch(/0\.05 from 2027\/28/);
    await doneAnew(page, before);
    expect(await text(page, "simulator-problems")).toBe("");
  });

  it("shows the country without changes where there is no JavaScript, says what is missing, and gives its tables", async () => {
    await served.server.inject("/simulate/baseline/teachers.csv"); // from source it is made now, and waited for at most five seconds
    const page = await served.open(1200, false);
    await expect
      .poll(
        async () => {
          await page.goto(`${served.address}/simulate`);
          return page.locator("#simulator-results svg.chart").count();
        },
        { timeout: 200_000 },
      )
      .toBeGreaterThan(8);
    expect(await page.locator("#simulator-levers").isVisible()).toBe(false);
    expect(await page.locator("#without-script").textContent()).toMatch(/Missing are the levers/);
    await page.locator("summary", { hasText: "by subject" }).first().click();
    expect(await page.locator("table", { hasText: "Physics" }).first().isVisible()).toBe(false); // in its own fold
    const lists = await page.locator("a", { hasText: "adopted shortage list" }).getAttribute("href");
    expect(await readScenarioLink(lists ?? "", inflateBytes, scenarioContext(dataHash))).toMatchObject({
      value: { notices: [], scenario: { overrides: [noPhysics], share: 1 } },
    });
    const csv = await served.server.inject("/simulate/baseline/teachers.csv");
    expect(csv.body.split("\r\n")).toHaveLength(1 + modelHorizon.years + 1);
    expect((await served.server.inject("/simulate/baseline/nothing.csv")).statusCode).toBe(404);
  });

  it("passes axe and fits the narrowest phone", async () => {
    await expectGoodPage(served, `/simulate#${await linkOf(small([payRise]))}`);
    await expectGoodPage(served, "/simulate/parameters");
    await expectGoodPage(served, "/simulate/hindcast");
    await expectGoodPage(served, "/simulate/parameters/service-benefit");
  });
});
