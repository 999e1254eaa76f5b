import { setTimeout as wait } from "node:timers/promises";
import { describeProblems } from "../ingest/index.js";
import { academicYearOf, err, ok, type Problem, type Result } from "../kernel/index.js";
import type { Database, Queries } from "../platform/database/index.js";
import { dayInEngland } from "../platform/day/index.js";
import { systemActor } from "../platform/identity/index.js";
import { findJob, type JobId } from "../platform/jobs/index.js";
import {
  askForStatement,
  findStatement,
  listStatements,
  publishStatement,
  type StoredStatement,
  supplyModel,
} from "../teachers/supply/index.js";
import type { Meanwhile } from "./serve.js";

/** Who asks for the first statement and publishes it. */
const makerName = "the first start";
const maker = systemActor(makerName);
/** As many as the documented comparison with the published need takes: half a minute of one core. */
const draws = 40;
/** How often the job is looked at, in milliseconds. */
const look = 500;

const answer =
  "Made and published by the program when it was first started, so that there is a statement to read. Nobody has answered for it: " +
  "the Secretary of State's answer stands under the first statement that a policy official publishes, and no shortage list follows from this one until an official adopts it.";

const jobOf = (queries: Queries, job: string | null) => (job === null ? null : findJob(queries, Number(job) as JobId));

/** The statement of this year that the start asked for, now or before it was stopped; its job is the server's to work through. */
async function asked(database: Database, now: Date): Promise<Result<StoredStatement, readonly Problem[]>> {
  const { queries } = database;
  for (const { id, askedBy, state, job } of await listStatements(queries))
    if (askedBy === makerName && (state === "made" || (await jobOf(queries, job))?.endedAt === null))
      return ok((await findStatement(queries, id))!);
  const { from, to } = supplyModel.years;
  const year = Math.min(to, Math.max(from, academicYearOf(dayInEngland(now))));
  const begun = await askForStatement(database, maker, { year, draws, seed: 1 }, now);
  return begun.ok ? ok((await findStatement(queries, begun.value.id))!) : begun;
}

/** The statement once its job has made it, or why it hasn't. @throws {DOMException} an AbortError when the program stops */
async function made(
  database: Database,
  { id, job }: StoredStatement,
  signal: AbortSignal,
): Promise<Result<StoredStatement, readonly Problem[]>> {
  for (;;) {
    const row = await jobOf(database.queries, job); // before the statement: a job that has ended by now has made it
    const found = (await findStatement(database.queries, id))!;
    if (found.state !== "waiting") return ok(found);
    if (row?.endedAt !== null) {
      const message = row?.error ?? "its job was stopped";
      const remedy = "Ask for another as a planner, at /teacher-supply/ask.";
      return err([{ code: "supply-statement-not-ready", place: `statement ${id}`, message, remedy }]);
    }
    await wait(look, undefined, { signal });
  }
}

/**
 * Asks for the first statement of sufficiency by the product's own job and publishes it, where none has been published yet: after everything else that is made
 * while pages are served, so that the cases are not kept waiting. A stop in the middle is taken up by the next start; the shortage list stays a person's to adopt.
 */
export async function statementMeanwhile(
  database: Database,
  say: (text: string) => void,
  other: Meanwhile | null,
): Promise<Meanwhile | null> {
  const isPublished = async () => (await listStatements(database.queries)).some(({ state }) => state === "published");
  if (await isPublished()) return other;
  let underWay = true;
  const make = async (signal: AbortSignal) => {
    const now = () => new Date();
    const statement = await asked(database, now());
    if (!statement.ok) return statement;
    const done = await made(database, statement.value, signal);
    if (!done.ok || (await isPublished())) return done; // a planner may have been quicker
    const { id, version } = done.value;
    return publishStatement(database, maker, { id, expected: version, answer }, now());
  };
  return {
    words: () => other?.words() ?? (underWay ? "Its statement of sufficiency is still being made" : null),
    async work(signal) {
      await other?.work(signal);
      if (signal.aborted) return;
      try {
        const published = await make(signal);
        say(
          published.ok
            ? "The first statement of sufficiency is published: see /teacher-supply."
            : `The first statement of sufficiency could not be made:\n${describeProblems(published.error)}`,
        );
      } catch (error) {
        if (!signal.aborted)
          say(
            `The first statement of sufficiency could not be made: ${error instanceof Error ? error.message : error}`,
          );
      } finally {
        underWay = false;
      }
    },
  };
}
