import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, it, onTestFinished } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import type { Json } from "../../kernel/index.js";
import { type Database, type DatabaseLocation, migrate, openDatabase } from "../database/index.js";
import { type Actor, actingAs, identityMigrations, systemActor } from "../identity/index.js";
import {
  defineJob,
  findJob,
  JobFailure,
  type JobId,
  type JobKind,
  jobsMigrations,
  listJobs,
  resumeJob,
  runJobs,
  runToEnd,
  startJob,
  stopJob,
} from "./index.js";
import { jobTable } from "./tables.js";

const actor = systemActor("tests");
const person: Actor = { kind: "person", id: "p1", name: "Pat Made-Up", grants: [] };

/** Counts to a number, three at a step, writing each number down. */
const counting = defineJob<{ readonly to: number }>({
  kind: "tests/count",
  title: ({ to }) => `Count to ${to}`,
  async step({ queries, input, cursor }) {
    const from = typeof cursor === "number" ? cursor : 0;
    const until = Math.min(from + 3, input.to);
    await queries.execute(
      sql`insert into counted select n from generate_series(${from + 1}::int, ${until}::int) as s(n)`,
    );
    const finished = until === input.to;
    return { cursor: until, done: until, of: input.to, finished, ...(finished ? { result: { last: until } } : {}) };
  },
});

async function prepare(database: Database): Promise<Database> {
  await migrate(database, [identityMigrations, jobsMigrations]);
  await database.queries.execute(sql`create table counted (n integer primary key)`);
  return database;
}

const numbers = async ({ queries }: Database) =>
  (await queries.execute<{ n: number }>(sql`select n from counted order by n`)).map(({ n }) => n);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

async function until<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 2000; tries++) {
    const found = await look();
    if (found) return found;
    await wait(10);
  }
  throw new Error("it did not come about in twenty seconds");
}

const ended = (database: Database, id: JobId) =>
  until(async () => {
    const job = await findJob(database.queries, id);
    return job?.endedAt ? job : null;
  });

describeStores("jobs", (fresh, place) => {
  it("have the table that Drizzle is told of", async () => {
    await expectTablesMatch(await prepare(await fresh()), [jobTable]);
  });

  it("are worked through step by step, with who started them, progress and result", async () => {
    const database = await prepare(await fresh());
    const id = await startJob(database.queries, counting, { to: 7 }, person);
    const seen: [string, number, number | null][] = [];
    const state = await runToEnd(database, id, [counting], {
      onStep: ({ state, done, of }) => seen.push([state, done, of]),
    });
    expect(seen).toEqual([
      ["queued", 0, null],
      ["running", 3, 7],
      ["running", 6, 7],
    ]);
    expect(state).toMatchObject({
      ...{ state: "succeeded", title: "Count to 7", done: 7, of: 7, result: { last: 7 }, startedBy: person },
      ...{ failedTries: 0, error: null, remainingSeconds: null },
    });
    expect(await numbers(database)).toEqual(upTo(7));
  });

  it("are not there where the transaction that started them was given up", async () => {
    const database = await prepare(await fresh());
    const givenUp = database.queries.transaction(async (queries) => {
      await startJob(queries, counting, { to: 7 }, actor);
      throw new Error("changed my mind");
    });
    await expect(givenUp).rejects.toThrow("changed my mind");
    expect(await listJobs(database.queries, { limit: 10 })).toEqual([]);
  });

  it("save a step's work and its progress together or not at all, and try again", async () => {
    const database = await prepare(await fresh());
    let failures = 2;
    const flaky: JobKind<{ readonly to: number }> = {
      ...counting,
      async step(context) {
        const outcome = await counting.step(context);
        if (outcome.done === 6 && failures-- > 0) throw new Error("the wind blew");
        return outcome;
      },
    };
    const id = await startJob(database.queries, flaky, { to: 7 }, actor);
    const seen: [number, number, string | null][] = [];
    const onStep = (s: { done: number; failedTries: number; error: string | null }) =>
      void seen.push([s.done, s.failedTries, s.error]);
    expect(await runToEnd(database, id, [flaky], { onStep })).toMatchObject({ state: "succeeded", error: null });
    expect(seen).toEqual([
      [0, 0, null],
      [3, 0, null],
      [3, 1, "the wind blew"],
      [3, 2, "the wind blew"],
      [6, 0, null],
    ]);
    expect(await numbers(database)).toEqual(upTo(7));
  });

  it("have failed after five tries of one step, say why, and go on from there when told to", async () => {
    const database = await prepare(await fresh());
    let broken = true;
    const kind: JobKind<{ readonly to: number }> = {
      ...counting,
      async step(context) {
        if (broken && context.cursor === 3) throw new Error("the file is missing");
        return counting.step(context);
      },
    };
    const id = await startJob(database.queries, kind, { to: 7 }, actor);
    const failures: unknown[] = [];
    const failed = await runToEnd(database, id, [kind], { onFailure: (error) => failures.push(error) });
    expect(failed).toMatchObject({ state: "failed", done: 3, error: "the file is missing", failedTries: 5 });
    expect(failures).toHaveLength(5);
    expect(await resumeJob(database.queries, id)).toBe(true);
    broken = false;
    expect(await runToEnd(database, id, [kind])).toMatchObject({ state: "succeeded", done: 7, error: null });
    expect(await numbers(database)).toEqual(upTo(7));
    expect(await resumeJob(database.queries, id)).toBe(false);
  });

  it("fail at once where trying again can't help", async () => {
    const database = await prepare(await fresh());
    const kind = defineJob<{ readonly year: string }>({
      kind: "tests/refuse",
      title: ({ year }) => `Publish ${year}`,
      step: () => Promise.reject(new JobFailure("the year is not decided yet")),
    });
    const id = await startJob(database.queries, kind, { year: "2025/26" }, actor);
    expect(await runToEnd(database, id, [kind])).toMatchObject({
      state: "failed",
      error: "the year is not decided yet",
      failedTries: 1,
    });
  });

  it("wait before a step is tried again", async () => {
    const database = await prepare(await fresh());
    const kind = defineJob<null>({
      kind: "tests/fail",
      title: () => "Fail",
      step: () => Promise.reject(new Error("no")),
    });
    const id = await startJob(database.queries, kind, null, actor);
    const runner = runJobs(database, [kind], { pause: 10, onFailure: () => {} });
    onTestFinished(() => runner.stop());
    const job = await until(async () => {
      const row = await findJob(database.queries, id);
      return row?.error ? row : null;
    });
    expect(job).toMatchObject({ state: "queued", attempts: 1 });
    expect(Date.parse(job.dueAt) - Date.parse(job.steppedAt!)).toBe(1000);
  });

  it("are given up where they end the program again and again", async () => {
    const database = await prepare(await fresh());
    const id = await startJob(database.queries, counting, { to: 7 }, actor);
    await database.queries.execute(
      sql`update jobs.job set state = 'running', begun_at = now(), attempts = 20, worker = 'a dead one'`,
    );
    expect(await runToEnd(database, id, [counting])).toMatchObject({
      state: "failed",
      error: "The program ended 20 times in the middle of this step",
    });
    expect(await numbers(database)).toEqual([]);
  });

  it("take their turns, so that a short one is not behind a long one", async () => {
    const database = await prepare(await fresh());
    const order: Json[] = [];
    const kind = defineJob<{ readonly name: string; readonly steps: number }>({
      kind: "tests/turns",
      title: ({ name }) => name,
      async step({ input, cursor }) {
        const done = Number(cursor ?? 0) + 1;
        order.push(input.name);
        return { cursor: done, done, of: input.steps, finished: done === input.steps };
      },
    });
    const long = await startJob(database.queries, kind, { name: "long", steps: 5 }, actor);
    await startJob(database.queries, kind, { name: "short", steps: 2 }, actor);
    const runner = runJobs(database, [kind], { pause: 10 });
    onTestFinished(() => runner.stop());
    await ended(database, long);
    expect(order).toEqual(["long", "short", "long", "short", "long", "long", "long"]);
  });

  it("stop when told to, between two steps, and keep what was done", async () => {
    const database = await prepare(await fresh());
    const id = await startJob(database.queries, counting, { to: 7 }, actor);
    const state = await runToEnd(database, id, [counting], {
      onStep: ({ done }) => void (done === 3 && stopJob(database.queries, id, person)),
    });
    expect(state).toMatchObject({ state: "stopped", stoppedBy: person });
    expect((await numbers(database)).length).toBe(state.done);
    expect(await stopJob(database.queries, id, person)).toBe(false);
    await resumeJob(database.queries, id);
    expect(await runToEnd(database, id, [counting])).toMatchObject({ state: "succeeded", stoppedBy: null });
    expect(await numbers(database)).toEqual(upTo(7));
  });

  it("compute outside their transaction, and are told when they were stopped meanwhile", async () => {
    const database = await prepare(await fresh());
    const kind: JobKind<{ readonly to: number }> = {
      ...counting,
      kind: "tests/compute",
      async compute({ cursor }) {
        // The database is free meanwhile, though there is one connection.
        const [row] = await database.queries.execute<{ n: number }>(sql`select count(*) as n from counted`);
        return { counted: row!.n, cursor };
      },
      async step(context) {
        expect(context.computed).toEqual({ counted: Number(context.cursor ?? 0), cursor: context.cursor });
        return counting.step(context);
      },
    };
    const id = await startJob(database.queries, kind, { to: 7 }, actor);
    expect(await runToEnd(database, id, [kind])).toMatchObject({ state: "succeeded" });

    const second = await startJob(database.queries, { ...kind, key: () => "once" }, { to: 9 }, actor);
    const stopping: JobKind<{ readonly to: number }> = {
      ...kind,
      async compute() {
        await stopJob(database.queries, second, person);
        return null;
      },
    };
    expect(await runToEnd(database, second, [stopping])).toMatchObject({ state: "stopped", done: 0 });
    expect(await numbers(database)).toEqual(upTo(7));
  });

  it("let a process end in the middle of computing, without counting the try", async () => {
    const database = await prepare(await fresh());
    let [computing, told] = [false, false];
    const kind: JobKind<{ readonly to: number }> = {
      ...counting,
      compute: ({ signal }) => {
        computing = true;
        signal.addEventListener("abort", () => {
          told = true;
        });
        return new Promise(() => {}); // as a thread that is stopped: its answer never comes
      },
    };
    const id = await startJob(database.queries, kind, { to: 7 }, actor);
    const runner = runJobs(database, [kind], { pause: 10 });
    await until(async () => computing);
    await runner.stop();
    expect(told).toBe(true);
    expect(await findJob(database.queries, id)).toMatchObject({ state: "running", attempts: 0, leaseUntil: null });
    expect(await runToEnd(database, id, [counting])).toMatchObject({ state: "succeeded" });
  });

  it("of one key are never under way twice", async () => {
    const database = await prepare(await fresh());
    const kind: JobKind<{ readonly to: number }> = { ...counting, key: () => "the year" };
    const first = await startJob(database.queries, kind, { to: 7 }, actor);
    expect(await startJob(database.queries, kind, { to: 7 }, person)).toBe(first);
    await runToEnd(database, first, [kind]);
    expect(await startJob(database.queries, kind, { to: 7 }, person)).not.toBe(first);
  });

  it("are listed with the newest first, for one person or for all", async () => {
    const database = await prepare(await fresh());
    const ids: JobId[] = [];
    for (const who of [actor, person, actor, person])
      ids.push(await startJob(database.queries, counting, { to: 7 }, who));
    const listed = async (filter: { person?: string; before?: JobId; limit: number }) =>
      (await listJobs(database.queries, filter)).map(({ id }) => id);
    expect(await listed({ limit: 3 })).toEqual([ids[3], ids[2], ids[1]]);
    expect(await listed({ limit: 3, before: ids[1]! })).toEqual([ids[0]]);
    expect(await listed({ person: "p1", limit: 3 })).toEqual([ids[3], ids[1]]);
  });

  it("are seen by who started them, who asked for the same meanwhile, and administrators", async () => {
    const database = await prepare(await fresh());
    const kind: JobKind<{ readonly to: number }> = { ...counting, key: () => "the year" };
    const other = (id: string, grants: Extract<Actor, { kind: "person" }>["grants"] = []): Actor => ({
      ...{ kind: "person", id, name: `Made-Up ${id}`, grants },
    });
    const starts = (who: Actor) => actingAs(database, who, (queries) => startJob(queries, kind, { to: 7 }, who));
    const sees = async (who: Actor) =>
      (await actingAs(database, who, (queries) => listJobs(queries, { limit: 9 }))).map(({ id }) => id);
    const id = await starts(person);
    const admin = other("a1", [{ role: "administrator", scope: { kind: "country" } }]);
    for (const [who, seen] of [
      [person, [id]],
      [other("p2"), []],
      [admin, [id]],
    ] as const)
      expect(await sees(who)).toEqual(seen);
    expect(await starts(other("p2"))).toBe(id);
    expect(await starts(other("p2"))).toBe(id);
    expect(await sees(other("p2"))).toEqual([id]);
    expect((await findJob(database.queries, id))?.people).toEqual(["p1", "p2"]);
    expect(await actingAs(database, other("p3"), (queries) => stopJob(queries, id, other("p3")))).toBe(false);
    expect(await actingAs(database, other("p2"), (queries) => stopJob(queries, id, other("p2")))).toBe(true);
  });

  it("are left alone by a process that does not know their kind", async () => {
    const database = await prepare(await fresh());
    const id = await startJob(database.queries, counting, { to: 7 }, actor);
    const runner = runJobs(database, [{ ...counting, kind: "tests/other" }], { pause: 10 });
    await wait(100);
    await runner.stop();
    expect(await findJob(database.queries, id)).toMatchObject({ state: "queued", attempts: 0 });
    await expect(runToEnd(database, id, [])).rejects.toThrow("no kind of job is called tests/count");
  });

  it("are shared by several workers that never run a step twice", async () => {
    const location = await place();
    const databases = await openSeveral(location);
    await prepare(databases[0]!);
    const ids: JobId[] = [];
    // Steps of one number each; the table's key would refuse a number that is counted twice.
    const kind = defineJob<{ readonly first: number }>({
      kind: "tests/share",
      title: () => "Share",
      async step({ queries, input, cursor }) {
        const done = Number(cursor ?? 0) + 1;
        await queries.execute(sql`insert into counted values (${input.first + done})`);
        return { cursor: done, done, of: 10, finished: done === 10 };
      },
    });
    for (let k = 0; k < 6; k++) ids.push(await startJob(databases[0]!.queries, kind, { first: 10 * k }, actor));
    const failures: unknown[] = [];
    const runners = databases.map((database) =>
      runJobs(database, [kind], { pause: 5, onFailure: (error) => failures.push(error) }),
    );
    for (const id of ids) expect(await ended(databases[0]!, id)).toMatchObject({ state: "succeeded" });
    for (const runner of runners) await runner.stop();
    expect(failures).toEqual([]);
    expect(await numbers(databases[0]!)).toEqual(upTo(60));
  });
});

/** Four openings of a PostgreSQL database; of an embedded one there can be only one, which four workers use. */
async function openSeveral(location: DatabaseLocation): Promise<Database[]> {
  const first = await openDatabase(location);
  const databases = [first];
  for (let k = 0; k < 3; k++) databases.push(first.kind === "postgresql" ? await openDatabase(location) : first);
  onTestFinished(async () => {
    for (const database of new Set(databases)) await database.close();
  });
  return databases;
}
