import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { madeUpRun } from "../../../test/sample-supply.js";
import { expectGoodPage, type ServedPages, servePages } from "../../../test/served-pages.js";
import { type Database, migrate, openDatabase } from "../../platform/database/index.js";
import { type Actor, identityMigrations } from "../../platform/identity/index.js";
import { jobsMigrations } from "../../platform/jobs/index.js";
import { logMigrations } from "../../platform/log/index.js";
import { supplyMigrations } from "./index.js";
import { statementOrder } from "./jobs.js";
import { askForStatement } from "./service.js";
import { makeStatement } from "./statement.js";
import { changeStatement } from "./store.js";
import { supplyPages } from "./web.js";

const official: Actor = {
  ...{ kind: "person", id: "olive", name: "Olive Example" },
  grants: [{ role: "policy-official", scope: { kind: "country" } }],
};
const asked = { year: 2026, draws: 20, seed: 1 };

let database: Database;
let served: ServedPages;

beforeAll(async () => {
  database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
  await migrate(database, [identityMigrations, logMigrations, jobsMigrations, supplyMigrations]);
  served = await servePages((site, band) => [supplyPages({ site, band, database })]);
});
afterAll(async () => {
  await served?.close();
  await database?.close();
});

describe("the pages of teacher supply", () => {
  it("say before the first statement that there is none, and let officials ask for one", async () => {
    const page = await served.open();
    await page.goto(`${served.address}/teacher-supply`);
    expect(await page.locator("main").textContent()).toMatch(
      /None has been published yet.*No shortage list holds today/s,
    );
    served.signIn(official);
    await expectGoodPage(served, "/teacher-supply/ask");
  });

  it("publish a statement and adopt its list by keyboard, and lead from the list to the simulation", async () => {
    const made = await askForStatement(database, official, asked, new Date("2026-11-26T10:00:00Z"));
    if (!made.ok) throw new Error(made.error[0]?.message);
    const content = makeStatement([madeUpRun()], statementOrder(asked.year));
    await changeStatement(database.queries, { id: made.value.id, version: 1 }, { state: "made", content });
    const page = await served.open(320);
    await page.goto(`${served.address}/teacher-supply/${made.value.id}`);
    await page.locator("#answer").fill("Two thousand more places from September.");
    await page.locator("#answer").press("Tab");
    await page.keyboard.press("Enter");
    await page.locator("text=The statement is published.").waitFor();
    await page.locator("#from").fill("2050-09-01");
    await page.locator("#from").press("Enter");
    await page.locator("text=Shortage list 1 is adopted.").waitFor();
    expect(await page.locator("a", { hasText: "Simulate them with it" }).getAttribute("href")).toBe("/simulate");
    for (const path of ["/teacher-supply", "/teacher-supply/history", `/teacher-supply/${made.value.id}`])
      await expectGoodPage(served, path);
  });
});
