import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seededRandom, silent } from "../../src/kernel/index.js";
import { type DatabaseLocation, openDatabase } from "../../src/platform/database/index.js";
import { findJob } from "../../src/platform/jobs/index.js";
import { verifyLog } from "../../src/platform/log/index.js";
import { describeStores } from "../databases.js";
import { build, clearAway, startProgram } from "../programs.js";
import { type Found, type Life, oneLife } from "./kill.js";
import { decidedCases } from "./publication.js";

const seed = Number(process.env.CRASH_SEED ?? 20_261_126);
const kills = 20;
/** 24,000 with CRASH_SCHOOLS. */
const schools = Number(process.env.CRASH_SCHOOLS ?? 5000);
/** Lines that a life lives at most, two a step of 250 cases: twenty lives then fall all over the publication and don't reach its end. */
const longestLife = Math.max(3, Math.floor((0.14 * schools) / 250));
const minutes = 60_000;

/** Workers that share what is left of the job, until it is done; no step is run twice. */
async function finishTogether(location: DatabaseLocation, workers: number, decided: number): Promise<void> {
  const programs = Array.from({ length: workers }, () =>
    startProgram(process.execPath, ["test/crash/worker.mjs", JSON.stringify(location)]),
  );
  await Promise.race(programs.map((program) => program.said(/^finished$/m)));
  let steps = 0;
  const lefts: number[] = [];
  for (const { child, ended } of programs) {
    child.kill("SIGKILL");
    const { stdout, stderr } = await ended;
    expect(stderr).toBe("");
    steps += (stdout.match(/^done$/gm) ?? []).length;
    const found = JSON.parse(/^\{.*\}$/m.exec(stdout)?.[0] ?? "{}") as Partial<Found>;
    lefts.push(decided - (found.done ?? 0));
  }
  // The last step finds nothing left, and makes the batch public. A worker that looks late finds the other's first steps done.
  expect(steps).toBeGreaterThanOrEqual(Math.ceil(Math.min(...lefts) / 250) + 1);
  expect(steps).toBeLessThanOrEqual(Math.ceil(Math.max(...lefts) / 250) + 1);
}

describeStores("a publication whose process is killed", (_fresh, place) => {
  beforeAll(build, 10 * minutes);
  afterAll(clearAway);

  it(
    `publishes every decision once with its event, killed ${kills} times (seed ${seed})`,
    async () => {
      const location = await place();
      const before = await openDatabase(location);
      const { job, decided } = await decidedCases(before, schools);
      await before.close();
      const random = seededRandom(seed).fork(location.kind);
      const lives: Life[] = [];
      while (lives.length < kills) lives.push(await oneLife(location, random, longestLife));
      const moments = lives.map(
        ({ found, line, delay }) => `${found.done} done, line ${line} + ${delay.toFixed(1)} ms`,
      );
      process.stdout.write(`[crash] ${location.kind}: ${moments.join("; ")}\n`);
      for (const { found } of lives) {
        // Each time it came back: a decision is published with its event and counted, or none of the three.
        expect(found.events).toBe(found.published);
        expect(found.done).toBe(found.published);
      }
      const progress = lives.map(({ found }) => found.done);
      expect(progress).toEqual(progress.toSorted((a, b) => a - b));
      expect(progress.at(-1)).toBeGreaterThan(0);
      expect(lives.filter(({ killed, found }) => killed && found.done < decided)).toHaveLength(kills);

      // One database of PostgreSQL serves two processes; the embedded one is one process's own.
      await finishTogether(location, location.kind === "postgresql" ? 2 : 1, decided);
      const database = await openDatabase(location);
      try {
        expect(await findJob(database.queries, job)).toMatchObject({ state: "succeeded", done: decided, attempts: 0 });
        const [counts] = await database.queries.execute(
          sql`select count(*) as cases, count(*) filter (where events = 1) as once from (
          select c.urn, count(number) as events from quality_mark.school_case c
            left join log.event e on e.stream = 'quality-mark/case/2026-27/' || c.urn and e.kind = 'decision-published'
            where state = 'published' group by c.urn) as t`,
        );
        expect(counts).toEqual({ cases: decided, once: decided });
        expect(await verifyLog(database, silent)).toMatchObject({ problems: [], more: 0 });
      } finally {
        await database.close();
      }
    },
    10 * minutes,
  );
});
