import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { civilDate } from "../../kernel/index.js";
import { type Database, migrate } from "../../platform/database/index.js";
import { type Actor, actingAs, identityMigrations, publicActor } from "../../platform/identity/index.js";
import { logMigrations, readStream } from "../../platform/log/index.js";
import { measureExamples } from "./examples.js";
import { measuresMigrations } from "./index.js";
import { proposeMeasure, withdrawMeasure } from "./service.js";
import { addDeclaration, admittedMeasure, admittedMeasures, findMeasure, loadMeasures } from "./store.js";
import { declarationTable, measureTable } from "./store-tables.js";

const now = new Date("2026-11-26T10:00:00Z");
const official: Actor = {
  ...{ kind: "person", id: "official", name: "Olive Example" },
  grants: [{ role: "policy-official", scope: { kind: "country" } }],
};
const [good] = measureExamples.map(({ measure }) => measure);
const measure = good!;
const floor = measureExamples.find(({ refusedFor }) => refusedFor.includes("floor-target"))!.measure;

async function register(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await migrate(database, [identityMigrations, logMigrations, measuresMigrations]);
  return database;
}

describeStores("the register of measures", (fresh) => {
  it("has the tables that Drizzle is told of", async () => {
    await expectTablesMatch(await register(fresh), [measureTable, declarationTable]);
  });

  it("admits and refuses by the rules, and keeps both with their event", async () => {
    const database = await register(fresh);
    expect(await proposeMeasure(database, official, measure, 0, now)).toMatchObject({ value: { outcome: "admitted" } });
    expect(await proposeMeasure(database, official, floor, 0, now)).toMatchObject({ value: { outcome: "refused" } });
    const kept = await loadMeasures(database.queries);
    expect(kept.map(({ id, version }) => [id, version])).toEqual([
      ["contextual-value-added-secondary", 1],
      ["key-stage-2-floor", 1],
    ]);
    expect(kept[1]?.declarations[0]?.reasons.map(({ code }) => code)).toEqual([
      "floor-target",
      "line-outside-the-quality-mark",
    ]);
    expect((await readStream(database.queries, "measures/measure/key-stage-2-floor")).map(({ kind }) => kind)).toEqual([
      "measure-refused",
    ]);
    expect((await admittedMeasures(database.queries, civilDate("2020-01-01"))).map((d) => d.measure)).toEqual([
      measure.id,
    ]);
  });

  it("lets a newer declaration take over on its first day, and a refused one change nothing", async () => {
    const database = await register(fresh);
    await proposeMeasure(database, official, measure, 0, now);
    const later = { ...measure, title: "Value added, four years", years: 4, from: civilDate("2027-09-01") };
    expect((await proposeMeasure(database, official, later, 1, now)).ok).toBe(true);
    await proposeMeasure(database, official, { ...later, years: 1, from: civilDate("2028-09-01") }, 2, now);
    const held = async (day: string) =>
      (await admittedMeasure(database.queries, measure.id, civilDate(day)))?.proposed.years;
    expect(await held("2016-08-31")).toBeUndefined();
    expect(await held("2027-08-31")).toBe(3);
    expect(await held("2027-09-01")).toBe(4);
    expect(await held("2028-09-01")).toBe(4);
    const early = await proposeMeasure(database, official, { ...later, from: civilDate("2027-09-01") }, 3, now);
    expect(early).toMatchObject({ ok: false, error: [{ code: "measure-order" }] });
  });

  it("tells the later of two officials, and overwrites nothing", async () => {
    const database = await register(fresh);
    await proposeMeasure(database, official, measure, 0, now);
    const stale = proposeMeasure(database, official, { ...measure, from: civilDate("2027-09-01") }, 0, now);
    await expect(stale).rejects.toMatchObject({ code: "changed-meanwhile", actual: 1 });
    expect((await findMeasure(database.queries, measure.id))?.declarations).toHaveLength(1);
  });

  it("withdraws with a reason, from a day on", async () => {
    const database = await register(fresh);
    await proposeMeasure(database, official, measure, 0, now);
    const order = { id: measure.id, expected: 1, until: civilDate("2027-09-01"), because: "A better one was agreed." };
    expect(await withdrawMeasure(database, official, { ...order, because: " " }, now)).toMatchObject({ ok: false });
    expect(await withdrawMeasure(database, official, { ...order, until: civilDate("2010-01-01") }, now)).toMatchObject({
      error: [{ code: "measure-order" }],
    });
    expect((await withdrawMeasure(database, official, order, now)).ok).toBe(true);
    expect(await admittedMeasure(database.queries, measure.id, civilDate("2027-08-31"))).not.toBeNull();
    expect(await admittedMeasure(database.queries, measure.id, civilDate("2027-09-01"))).toBeNull();
    expect(await withdrawMeasure(database, official, { ...order, expected: 2 }, now)).toMatchObject({
      error: [{ code: "measure-not-in-force" }],
    });
  });

  it("is written by policy officials alone, in the service and in the database", async () => {
    const database = await register(fresh);
    const officer: Actor = { ...official, grants: [{ role: "regional-officer", scope: { kind: "country" } }] };
    for (const actor of [officer, publicActor])
      expect(await proposeMeasure(database, actor, measure, 0, now)).toMatchObject({
        error: [{ code: "measure-role" }],
      });
    await proposeMeasure(database, official, measure, 0, now);
    const declared = (await findMeasure(database.queries, measure.id))!.declarations[0]!;
    const past = actingAs(database, officer, (queries) => addDeclaration(queries, { ...declared, number: 2 }));
    await expect(past).rejects.toThrow();
    expect(await actingAs(database, publicActor, loadMeasures)).toHaveLength(1);
  });

  it("names every field that can't be judged", async () => {
    const database = await register(fresh);
    const empty = { ...measure, id: "X", title: "", reads: [], years: 0, threshold: { value: Number.NaN, unit: "" } };
    const refused = await proposeMeasure(database, official, empty, 0, now);
    expect(refused.ok ? [] : refused.error.map(({ place }) => place)).toEqual([
      "id",
      "title",
      "reads",
      "years",
      "threshold",
    ]);
    expect(await loadMeasures(database.queries)).toEqual([]);
  });
});
