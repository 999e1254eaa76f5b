import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectGoodPage, type ServedPages, servePages } from "../../../test/served-pages.js";
import { makeEngland, simulate } from "../../simulation/index.js";
import { levers } from "../../simulation/levers/index.js";
import { simulationParameters } from "../../simulation/parameters/index.js";
import { modelHorizon, readScenarioLink } from "../../simulation/scenario/index.js";
import { planRuns } from "../../simulation/uncertainty/index.js";
import { inflateBytes } from "../runs/compression.js";
import { scenarioContext } from "../runs/given-scenario.js";
import { suggestedOverrides, suggestedScenario } from "./simulate-levers.js";
import { simulatedLevers } from "./simulated.js";
import { proposalPages } from "./web.js";

const proposal = (id: string, title: string, page: string | null) => ({
  ...{ id, title, page, sentence: "A sentence of ours.", who: "anybody", state: "partly", stateNote: "a part" },
});
const proposals = [proposal("R2", "No training fees", null), proposal("A5", "Safeguarding audit", "/safeguarding")];

const feeRemission = levers.find(({ id }) => id === "fee-remission")!;

let served: ServedPages;
beforeAll(async () => {
  served = await servePages((site, band) => [proposalPages({ site, band, proposals })]);
});
afterAll(() => served?.close());

describe("a proposal's page", () => {
  it("says what its lever does with the interval, and opens the scenario that was run", async () => {
    await expectGoodPage(served, "/proposals/r2");
    const page = await served.open();
    await page.goto(`${served.address}/proposals/R2`);
    expect(await page.locator("table").textContent()).toMatch(/Teachers in post.*\(.* to .*\)/s);
    const link = await page.locator("a", { hasText: "Open this scenario" }).getAttribute("href");
    const england = makeEngland();
    const read = await readScenarioLink(link ?? "", inflateBytes, scenarioContext(england.hash));
    if (!read.ok) throw new Error(read.error[0]?.message);
    expect(read.value.notices).toEqual([]);
    expect(read.value.scenario.overrides).toEqual(suggestedOverrides(feeRemission));
  });

  it("has the figures that the model gives today", () => {
    const england = makeEngland();
    const scenario = suggestedScenario(feeRemission, england.hash);
    // Evidence class: own output. The committed figures are of this model and this data.
    const plan = planRuns(scenario, simulationParameters, modelHorizon, {
      chance: 0,
      structures: false,
      tornado: false,
    });
    const { hash } = simulate(england, plan.parametersOf(plan.runs[0]!, "scenario"), {
      ...{ seed: scenario.seed, share: scenario.share, years: modelHorizon.years, replicate: 0 },
      parts: { pupils: true, teachers: true, money: true },
    });
    expect(simulatedLevers.find(({ lever }) => lever === "fee-remission")).toMatchObject({
      hash,
      dataHash: england.hash,
    });
  });

  it("says where there is no lever, leads to the service, and knows what is no proposal", async () => {
    const page = await served.open(320);
    await page.goto(`${served.address}/proposals/a5`);
    expect(await page.locator("main").textContent()).toMatch(/has no lever for it/);
    expect(await page.locator("a", { hasText: "Go to the service" }).getAttribute("href")).toBe("/safeguarding");
    expect((await served.server.inject("/proposals/z9")).statusCode).toBe(404);
  });

  it("has figures for every lever, with an interval", () => {
    expect(simulatedLevers.map(({ lever }) => lever)).toEqual(levers.map(({ id }) => id));
    for (const { figures } of simulatedLevers)
      for (const { band } of figures) expect(band && band.low <= band.high).toBe(true);
  });
});
