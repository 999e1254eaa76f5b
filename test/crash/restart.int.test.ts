import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import Type from "typebox";
import { describe, expect, it, onTestFinished } from "vitest";
import { reviewSite } from "../../src/accountability/quality-mark/web.js";
import { silent } from "../../src/kernel/index.js";
import { DatabaseError, migrate, openDatabase } from "../../src/platform/database/index.js";
import { apiBase, apiOn, buildServer, listen } from "../../src/platform/http/index.js";
import { identityMigrations, systemActor } from "../../src/platform/identity/index.js";
import { defineJob, findJob, jobsMigrations, runJobs, startJob } from "../../src/platform/jobs/index.js";
import { appendEvents, logMigrations, readStream, verifyLog } from "../../src/platform/log/index.js";
import { postgresqlPlaces } from "../databases.js";
import { startPostgresql } from "../postgresql-server.js";

const actor = systemActor("tests");
const writers = 6;
const steps = 400;

/** Counts a number a step, with an event each. */
const counting = defineJob<null>({
  kind: "tests/count",
  title: () => "Count",
  async step({ queries, cursor }) {
    const done = Number(cursor ?? 0) + 1;
    await queries.execute(sql`insert into counted values (${done})`);
    await appendEvents(queries, {
      stream: `tests/count/${done}`,
      expected: 0,
      actor,
      at: new Date(),
      events: [{ kind: "counted", body: done }],
    });
    return { cursor: done, done, of: steps, finished: done === steps };
  },
});

describe.skipIf(postgresqlPlaces().skipped)("a server whose PostgreSQL is restarted under load", () => {
  it("loses no write that it acknowledged, asks to come again meanwhile, and recovers by itself", async () => {
    const postgresql = await startPostgresql(() => {});
    if ("missing" in postgresql) throw new Error(postgresql.missing);
    onTestFinished(postgresql.stop);
    const database = await openDatabase({ kind: "postgresql", url: postgresql.url });
    await migrate(database, [identityMigrations, logMigrations, jobsMigrations]);
    await database.queries.execute(sql`create table note (id text primary key)`);
    await database.queries.execute(sql`create table counted (n integer primary key)`);
    const failures: unknown[] = [];
    const server = await buildServer({
      ...{ version: "0.0.0", site: reviewSite("0.0.0"), band: async () => null },
      onFailure: (error) => void failures.push(error),
      routes: [
        (server) =>
          apiOn(server, { tag: "Notes" }).post(
            "/notes/:note",
            {
              access: "anyone",
              operationId: "writeNote",
              summary: "Write a note",
              response: Type.Object({ version: Type.Integer() }),
            },
            ({ params: { note } }) =>
              database.queries.transaction(async (queries) => {
                await queries.execute(sql`insert into note values (${note})`);
                const entry = { stream: `tests/note/${note}`, expected: 0, actor, at: new Date() };
                return {
                  version: await appendEvents(queries, { ...entry, events: [{ kind: "written", body: note }] }),
                };
              }),
          ),
      ],
    });
    const listening = await listen(server, { host: "127.0.0.1", port: 0 });
    if (!listening.ok) throw new Error(listening.error.message);
    const runner = runJobs(database, [counting], { pause: 20, onFailure: () => {} });
    const job = await startJob(database.queries, counting, null, actor);

    const acknowledged: string[] = [];
    const refused: { readonly status: number; readonly retryAfter: string | null; readonly code: string }[] = [];
    let writing = true;
    const writer = async (name: number) => {
      for (let n = 0; writing; n++) {
        const note = `${name}-${n}`;
        const response = await fetch(`${listening.value}${apiBase.slice(1)}/notes/${note}`, { method: "POST" });
        const body = (await response.json()) as { readonly code?: string };
        if (response.status === 200) acknowledged.push(note);
        else {
          refused.push({
            status: response.status,
            retryAfter: response.headers.get("retry-after"),
            code: body.code ?? "",
          });
          await wait(20);
        }
      }
    };
    const writes = Promise.all(Array.from({ length: writers }, (_, name) => writer(name)));
    /** Waits until another so many writes were acknowledged. */
    const more = async (count: number) => {
      for (const from = acknowledged.length; acknowledged.length < from + count; ) await wait(10);
    };
    for (const mode of ["fast", "immediate", "immediate"] as const) {
      await more(40);
      const [before] = [refused.length];
      await postgresql.restart(mode, 300);
      await more(40);
      expect(refused.length, mode).toBeGreaterThan(before);
    }
    writing = false;
    await writes;
    for (const { status, retryAfter, code } of refused) {
      expect([status, code]).toEqual([503, "database-unreachable"]);
      expect(Number(retryAfter)).toBeGreaterThan(0);
    }
    // Whoever runs the server reads of each; nothing else went wrong.
    expect(failures.map((error) => error instanceof DatabaseError && error.code)).toEqual(
      refused.map(() => "database-unreachable"),
    );
    const kept = await database.queries.execute<{ id: string }>(sql`select id from note`);
    const notes = new Set(kept.map(({ id }) => id));
    expect(acknowledged.filter((note) => !notes.has(note))).toEqual([]);
    for (const note of acknowledged.slice(-3))
      expect(await readStream(database.queries, `tests/note/${note}`)).toHaveLength(1);
    while ((await findJob(database.queries, job))?.endedAt === null) await wait(20);
    expect(await findJob(database.queries, job)).toMatchObject({ state: "succeeded", done: steps });
    const [counts] = await database.queries.execute(
      sql`select (select count(*) from counted) as counted, (select count(*) from log.event where kind = 'counted') as logged,
        (select count(*) from log.event where kind = 'written') as written, (select count(*) from note) as notes`,
    );
    expect(counts).toEqual({ counted: steps, logged: steps, written: kept.length, notes: kept.length });
    expect(await verifyLog(database, silent)).toMatchObject({ problems: [] });
    await runner.stop();
    await server.close();
    await database.close();
  }, 600_000);
});
