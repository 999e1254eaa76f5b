import { mkdtempSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { silent } from "../../src/kernel/index.js";
import { type DatabaseLocation, migrate, openDatabase } from "../../src/platform/database/index.js";
import { identityMigrations, systemActor } from "../../src/platform/identity/index.js";
import { appendMany, logMigrations, verifyLog } from "../../src/platform/log/index.js";
import { startPostgresql } from "../../test/postgresql-server.js";
import { type Cost, type Line, medianCost, type Skipped } from "../line.js";
import { highestMemory } from "../run-process.js";
import type { BenchOptions, Task } from "../task.js";

/** As many as schools whose decision is published. */
const events = 24_000;
const batches = [250, 2000, events];

interface Run {
  readonly cost: Cost;
  readonly appendSeconds: Readonly<Record<string, number>>;
  readonly verifySeconds: number;
}

const decision = (size: number, k: number) => ({
  ...{ stream: `bench/case/${size}/${k}`, expected: 0, actor: systemActor("bench"), at: new Date() },
  place: { urn: String(100_000 + k), region: "E12000001" },
  events: [
    { kind: "decision-published", body: { decision: "awarded", reasons: ["value-added-met"], words: "x".repeat(200) } },
  ],
});

async function runOnce(location: DatabaseLocation): Promise<Run> {
  const database = await openDatabase(location);
  try {
    await migrate(database, [identityMigrations, logMigrations]);
    const [from, cpu] = [performance.now(), process.cpuUsage()];
    const appendSeconds: Record<string, number> = {};
    for (const size of batches) {
      const began = performance.now();
      for (let k = 0; k < events; k += size) {
        const entries = Array.from({ length: Math.min(size, events - k) }, (_, i) => decision(size, k + i));
        await database.queries.transaction((queries) => appendMany(queries, entries));
      }
      appendSeconds[`${size} a transaction`] = (performance.now() - began) / 1000;
    }
    const began = performance.now();
    const { problems } = await verifyLog(database, silent);
    if (problems.length > 0) throw new Error(`the log is not whole: ${problems[0]!.message}`);
    const verifySeconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (performance.now() - from) / 1000;
    const cost = { seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes: highestMemory(process.pid) };
    return { cost, appendSeconds, verifySeconds };
  } finally {
    await database.close();
  }
}

async function measure(
  name: string,
  { runs, say }: BenchOptions,
  location: () => Promise<DatabaseLocation>,
): Promise<Line> {
  const load = loadavg()[0]!;
  const done: Run[] = [];
  for (let run = 1; run <= runs; run++) {
    say(`log on ${name}, run ${run} of ${runs}`);
    done.push(await runOnce(await location()));
  }
  const last = done.at(-1)!;
  const figures = { "seconds for 24,000 events": last.appendSeconds, "seconds to verify 72,000": last.verifySeconds };
  return { task: "log", case: name, runs, load, ...medianCost(done.map(({ cost }) => cost)), figures };
}

async function onEmbedded(options: BenchOptions): Promise<Line> {
  const folders: string[] = [];
  try {
    return await measure("embedded", options, async () => {
      const folder = mkdtempSync(join(options.scratch, "log-"));
      folders.push(folder);
      return { kind: "pglite", folder };
    });
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgresql(options: BenchOptions): Promise<Line | Skipped> {
  const server = await startPostgresql(options.say);
  if ("missing" in server) return { task: "log", case: "postgresql", skipped: server.missing };
  try {
    // One database for all runs would hold the streams of the run before.
    return await measure("postgresql", { ...options, runs: 1 }, async () => ({ kind: "postgresql", url: server.url }));
  } finally {
    await server.stop();
  }
}

/** What the log of events costs: appending a country's decisions, and verifying them. */
export const log: Task = {
  name: "log",
  about: "24,000 events appended in transactions of several sizes, and the chain verified; CPU is this process's alone",
  cases: [
    { name: "embedded", about: "PGlite in a folder", parts: [{ name: "embedded", run: onEmbedded }] },
    {
      name: "postgresql",
      about: "a server of its own, without fsync",
      parts: [{ name: "postgresql", run: onPostgresql }],
    },
  ],
};
