import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Json } from "../../kernel/index.js";
import { type Database, DatabaseError } from "../database/index.js";
import type { JobId, JobKind } from "./job.js";
import { type JobState, jobState } from "./state.js";
import { stepOnce, type Worker } from "./step.js";
import { anyUnderWay, findJob } from "./store.js";

/** How a process works through jobs; all of it has a usual value. */
export interface RunOptions {
  readonly clock?: () => Date;
  /** Milliseconds between two looks where nothing was due. */
  readonly pause?: number;
  /** Told of every try that failed; the standard error unless given. */
  readonly onFailure?: (error: unknown, job: JobId | null) => void;
}

function complain(error: unknown, job: JobId | null): void {
  const words = error instanceof DatabaseError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${job === null ? "looking for jobs" : `job ${job}`} failed: ${words}\n`);
}

function workerOf(
  database: Database,
  kinds: readonly JobKind<Json>[],
  options: RunOptions,
  signal: AbortSignal,
): Worker {
  const name = `${process.pid}-${randomUUID()}`;
  const { clock = () => new Date(), onFailure = complain } = options;
  return { database, kinds, name, clock, onFailure, signal };
}

/**
 * Works through the jobs of these kinds, one step after another and each job in its turn, until it is told to stop. Several processes on
 * one database share the jobs. A database that is away is asked again every few seconds.
 */
export function runJobs(
  database: Database,
  kinds: readonly JobKind<Json>[],
  options: RunOptions = {},
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const worker = workerOf(database, kinds, options, stopping.signal);
  const pause = options.pause ?? 500;
  const rest = (milliseconds: number) =>
    wait(milliseconds, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
  const work = async () => {
    let away = false;
    while (!stopping.signal.aborted) {
      try {
        if ((await stepOnce(worker)) === null) await rest(pause);
        away = false;
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (error instanceof DatabaseError && (error.code === "database-closed" || error.code === "database-stopped"))
          return;
        if (!away) (options.onFailure ?? complain)(error, null); // once, not every second of an outage
        away = true;
        await rest(4 * pause);
      }
    }
  };
  const ended = work();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}

/** Works on one job until it has ended, without its pauses between tries: for tests and the command line. */
export async function runToEnd(
  database: Database,
  job: JobId,
  kinds: readonly JobKind<Json>[],
  options: RunOptions & { readonly onStep?: (state: JobState) => unknown } = {},
): Promise<JobState> {
  const worker = workerOf(database, kinds, { onFailure: () => {}, ...options }, new AbortController().signal);
  for (;;) {
    const row = await findJob(database.queries, job);
    if (!row) throw new RangeError(`there is no job ${job}`);
    const state = jobState(row);
    if (row.endedAt !== null) return state;
    await options.onStep?.(state); // what it throws ends the work here, and the job goes on another time
    if (!kinds.some(({ kind }) => kind === row.kind)) throw new RangeError(`no kind of job is called ${row.kind}`);
    if ((await stepOnce(worker, job)) === null) await wait(50); // another process has it just now
  }
}

/** Works through all jobs of these kinds that are under way, until there is none. @returns those that ended, in that order */
export async function runUntilIdle(
  database: Database,
  kinds: readonly JobKind<Json>[],
  options: RunOptions = {},
): Promise<readonly JobState[]> {
  const worker = workerOf(database, kinds, options, new AbortController().signal);
  const ended: JobState[] = [];
  while (
    await anyUnderWay(
      database.queries,
      kinds.map(({ kind }) => kind),
    )
  ) {
    const id = await stepOnce(worker);
    const row = id === null ? null : await findJob(database.queries, id);
    if (row?.endedAt) ended.push(jobState(row));
    if (id === null) await wait(options.pause ?? 500); // not due yet, or another process has it
  }
  return ended;
}
