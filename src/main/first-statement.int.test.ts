import { expect, it } from "vitest";
import { describeStores } from "../../test/databases.js";
import { madeUpRun } from "../../test/sample-supply.js";
import { civilDate, type Json } from "../kernel/index.js";
import { type Database, migrate } from "../platform/database/index.js";
import { identityMigrations } from "../platform/identity/index.js";
import { defineJob, jobsMigrations, runJobs } from "../platform/jobs/index.js";
import { logMigrations, readStream } from "../platform/log/index.js";
import { latestStatement, listStatements, shortageListOn, supplyMigrations } from "../teachers/supply/index.js";
import { statementOrder } from "../teachers/supply/jobs.js";
import { makeStatement } from "../teachers/supply/statement.js";
import { changeStatement } from "../teachers/supply/store.js";
import { statementMeanwhile } from "./first-statement.js";

async function register(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await migrate(database, [identityMigrations, logMigrations, jobsMigrations, supplyMigrations]);
  return database;
}

/** The job of statements without its simulation, or one that fails. */
const statementJobOf = (made: boolean) =>
  defineJob<Json>({
    kind: "teacher-supply/statement",
    title: () => "Make a statement",
    async step({ queries, input }) {
      const { statement: id, year } = input as { statement: number; year: number };
      const content = makeStatement([madeUpRun()], statementOrder(year));
      if (made) await changeStatement(queries, { id, version: 1 }, { state: "made", content });
      return { cursor: null, done: 1, of: 1, finished: true };
    },
  });

describeStores("the first statement of sufficiency", (fresh) => {
  it("is published by the start once, its answer saying so, after what else is made", async () => {
    const database = await register(fresh);
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const other = { words: () => null, work: async () => say("the cases") };
    const stopped = new AbortController();
    stopped.abort();
    const first = (await statementMeanwhile(database, say, other))!;
    expect(first.words()).toBe("Its statement of sufficiency is still being made");
    await first.work(stopped.signal);
    expect([said.splice(0), await listStatements(database.queries)]).toEqual([["the cases"], []]);

    // Stopped while the job waits: the next start takes up the same statement.
    const stopping = new AbortController();
    const asking = first.work(stopping.signal);
    await expect.poll(() => listStatements(database.queries), { timeout: 30_000 }).toHaveLength(1);
    stopping.abort();
    await asking;
    expect(said.splice(0)).toEqual(["the cases"]);
    const next = (await statementMeanwhile(database, say, other))!;
    const runner = runJobs(database, [statementJobOf(true)], { pause: 10 });
    await next.work(new AbortController().signal);
    await runner.stop();
    expect(said.splice(0)).toEqual([
      "the cases",
      "The first statement of sufficiency is published: see /teacher-supply.",
    ]);
    expect(next.words()).toBeNull();
    const statement = (await latestStatement(database.queries))!;
    expect(statement).toMatchObject({ state: "published", askedBy: "the first start", publishedBy: "the first start" });
    expect(statement.answer).toContain("Nobody has answered for it");
    const events = await readStream(database.queries, `teacher-supply/statement/${statement.id}`);
    expect(events.map(({ kind, actor }) => [kind, actor])).toMatchObject([
      ["statement-asked-for", { name: "the first start" }],
      ["statement-published", { name: "the first start" }],
    ]);
    expect(await shortageListOn(database.queries, civilDate("2030-01-01"))).toBeNull();
    expect(await statementMeanwhile(database, say, other)).toBe(other);
  });

  it("is told of where its job comes to nothing, and asked for anew by the next start", async () => {
    const database = await register(fresh);
    const said: string[] = [];
    const runner = runJobs(database, [statementJobOf(false)], { pause: 10 });
    for (const asked of [1, 2]) {
      const meanwhile = (await statementMeanwhile(database, (text) => said.push(text), null))!;
      await meanwhile.work(new AbortController().signal);
      expect(said.splice(0)).toEqual([expect.stringContaining("could not be made")]);
      expect(await listStatements(database.queries)).toHaveLength(asked);
    }
    await runner.stop();
  });
});
