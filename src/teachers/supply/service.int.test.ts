import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { madeUpRun } from "../../../test/sample-supply.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { civilDate } from "../../kernel/index.js";
import { type Database, migrate } from "../../platform/database/index.js";
import { type Actor, actingAs, identityMigrations, publicActor } from "../../platform/identity/index.js";
import { jobsMigrations, runToEnd } from "../../platform/jobs/index.js";
import { logMigrations, readStream } from "../../platform/log/index.js";
import { subjects } from "../../simulation/classes.js";
import { shortageListOn, supplyMigrations } from "./index.js";
import { statementJob, statementOrder } from "./jobs.js";
import { adoptShortageList, askForStatement, publishStatement } from "./service.js";
import { makeStatement } from "./statement.js";
import { changeStatement, findStatement, latestStatement, listStatements, shortageLists } from "./store.js";
import { shortageListTable, statementTable } from "./store-tables.js";

const now = new Date("2026-11-26T10:00:00Z");
const today = civilDate("2026-11-26");
const holder = (id: string, role: "policy-official" | "statistician"): Actor => ({
  ...{ kind: "person", id, name: `${id} Example` },
  grants: [{ role, scope: { kind: "country" } }],
});
const official = holder("Olive", "policy-official");
const statistician = holder("Stan", "statistician");
const asked = { year: 2026, draws: 20, seed: 1 };

async function register(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await migrate(database, [identityMigrations, logMigrations, jobsMigrations, supplyMigrations]);
  return database;
}

/** A statement that was asked for and made, without simulating. */
async function madeStatement(database: Database): Promise<number> {
  const made = await askForStatement(database, official, asked, now);
  if (!made.ok) throw new Error(made.error[0]?.message);
  const content = makeStatement([madeUpRun()], statementOrder(asked.year));
  await changeStatement(database.queries, { id: made.value.id, version: 1 }, { state: "made", content });
  return made.value.id;
}

const answer = "Two thousand more places from September.";

describeStores("teacher supply", (fresh) => {
  it("has the tables that Drizzle is told of", async () => {
    await expectTablesMatch(await register(fresh), [statementTable, shortageListTable]);
  });

  it("takes a statement from asking to publishing, each step with its event", async () => {
    const database = await register(fresh);
    const id = await madeStatement(database);
    expect(await latestStatement(database.queries)).toBeNull();
    const empty = await publishStatement(database, official, { id, expected: 1, answer: " " }, now);
    expect(empty).toMatchObject({ ok: false, error: [{ code: "supply-answer-missing" }] });
    expect(await publishStatement(database, official, { id, expected: 1, answer }, now)).toMatchObject({
      ok: true,
      value: { state: "published", answer, version: 2 },
    });
    expect((await readStream(database.queries, `teacher-supply/statement/${id}`)).map(({ kind }) => kind)).toEqual([
      "statement-asked-for",
      "statement-published",
    ]);
    expect((await latestStatement(database.queries))?.id).toBe(id);
    const again = await publishStatement(database, official, { id, expected: 2, answer }, now);
    expect(again).toMatchObject({ ok: false, error: [{ code: "supply-statement-not-ready" }] });
  });

  it("refuses years that the simulation doesn't reach, and people without the role", async () => {
    const database = await register(fresh);
    const far = await askForStatement(database, official, { ...asked, year: 2050 }, now);
    expect(far).toMatchObject({
      ok: false,
      error: [{ code: "supply-statement-year", remedy: expect.stringMatching(/from 2025 to/) as string }],
    });
    for (const actor of [publicActor, { ...statistician, grants: [] }])
      expect(await askForStatement(database, actor, asked, now)).toMatchObject({ error: [{ code: "supply-role" }] });
    expect((await askForStatement(database, statistician, asked, now)).ok).toBe(true);
    const id = await madeStatement(database);
    expect(await publishStatement(database, statistician, { id, expected: 1, answer }, now)).toMatchObject({
      error: [{ code: "supply-role" }],
    });
  });

  it("shows the public what is published, and planners the rest", async () => {
    const database = await register(fresh);
    const id = await madeStatement(database);
    const seen = (actor: Actor) => actingAs(database, actor, (queries) => findStatement(queries, id));
    expect([await seen(publicActor), (await seen(statistician))?.id]).toEqual([null, id]);
    await publishStatement(database, official, { id, expected: 1, answer }, now);
    expect((await seen(publicActor))?.id).toBe(id);
    expect(await actingAs(database, publicActor, listStatements)).toHaveLength(1);
  });

  it("adopts the subjects that the rule found short, from a day on, until the next list", async () => {
    const database = await register(fresh);
    const id = await madeStatement(database);
    const adopt = (from: string, expected: number) =>
      adoptShortageList(database, official, { statement: id, from: civilDate(from), expected }, today, now);
    expect(await adopt("2027-09-01", 0)).toMatchObject({ error: [{ code: "supply-statement-not-ready" }] });
    await publishStatement(database, official, { id, expected: 1, answer }, now);
    expect(await adopt("2026-11-25", 0)).toMatchObject({ error: [{ code: "supply-list-order" }] });
    expect(await adopt("2027-09-01", 0)).toMatchObject({ ok: true, value: { number: 1, subjects: subjects.slice(1) } });
    expect(await adopt("2027-09-01", 1)).toMatchObject({ error: [{ code: "supply-list-order" }] });
    expect(await adopt("2028-09-01", 1)).toMatchObject({ ok: true, value: { number: 2 } });
    const holds = async (day: string) => (await shortageListOn(database.queries, civilDate(day)))?.number ?? null;
    expect([
      await holds("2027-08-31"),
      await holds("2027-09-01"),
      await holds("2028-08-31"),
      await holds("2030-01-01"),
    ]).toEqual([null, 1, 1, 2]);
    expect(await shortageLists(database.queries)).toHaveLength(2);
  });

  it("tells the later of two officials, and adopts nothing twice", async () => {
    const database = await register(fresh);
    const id = await madeStatement(database);
    await publishStatement(database, official, { id, expected: 1, answer }, now);
    const adopt = (from: string) =>
      adoptShortageList(database, official, { statement: id, from: civilDate(from), expected: 0 }, today, now);
    await adopt("2027-09-01");
    await expect(adopt("2028-09-01")).rejects.toMatchObject({ code: "changed-meanwhile" });
    expect(await shortageLists(database.queries)).toHaveLength(1);
  });

  it("simulates in a job", { timeout: 120_000 }, async () => {
    const database = await register(fresh);
    const made = await askForStatement(database, statistician, { ...asked, share: 1 / 100 }, now);
    if (!made.ok) throw new Error(made.error[0]?.message);
    const ended = await runToEnd(database, made.value.job, [statementJob]);
    expect(ended).toMatchObject({ state: "succeeded", error: null });
    const statement = await findStatement(database.queries, made.value.id);
    expect(statement).toMatchObject({ state: "made", version: 2, content: { year: 2026, draws: 20 } });
    expect(statement!.resultHash).toMatch(/^[0-9a-f]{16}$/);
    const [england] = statement!.content!.parts;
    // published: 429,000 full-time equivalents in both phases (workforce model, 2026/27); a hundredth of them is run
    expect(england!.lines[0]!.inPost.value).toBeGreaterThan(380_000);
    expect(england!.lines[0]!.inPost.value).toBeLessThan(480_000);
  });
});
