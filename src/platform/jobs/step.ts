import type { Json } from "../../kernel/index.js";
import type { Database } from "../database/index.js";
import { JobFailure, type JobId, type JobKind } from "./job.js";
import { claimJob, giveBack, holdJob, type JobRow, leaseSeconds, renewLease, saveFailure, saveStep } from "./store.js";

/** Tries of one step that end with an error before its job has failed. */
const mostFailures = 5;
/** Times that the program may end in the middle of one step: after that the step itself is likely what ends it. */
const mostCrashes = 20;

/** Seconds before the next try, after so many that failed. */
const pauseAfter = (failures: number) => 4 ** (failures - 1); // 1, 4, 16, 64

/** What a worker is given. */
export interface Worker {
  readonly database: Database;
  readonly kinds: readonly JobKind<Json>[];
  /** This process and run, told from every other. */
  readonly name: string;
  readonly clock: () => Date;
  /** Told of every try that failed, with what was thrown. */
  readonly onFailure: (error: unknown, job: JobId) => void;
  readonly signal: AbortSignal;
}

/** Computes for a step under a lease that is renewed; what is thrown when the job was stopped meanwhile is an AbortError. */
async function compute(worker: Worker, kind: JobKind<Json>, row: JobRow): Promise<Json | null> {
  if (!kind.compute) return null;
  const lost = new AbortController();
  const renew = setInterval(
    () =>
      renewLease(worker.database.queries, row.id, worker.name).then(
        (held) => held || lost.abort(),
        () => {}, // the database is away: the step itself will say so
      ),
    (leaseSeconds * 1000) / 3,
  );
  try {
    const { input, cursor, id: job, startedBy } = row;
    const signal = AbortSignal.any([worker.signal, lost.signal]);
    const { queries } = worker.database;
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    // A thread that is stopped never answers.
    return await Promise.race([
      kind.compute({ queries, input, cursor, job, startedBy, now: worker.clock(), signal }),
      stopped,
    ]);
  } finally {
    clearInterval(renew);
  }
}

async function takeStep(worker: Worker, kind: JobKind<Json>, row: JobRow): Promise<void> {
  const computed = await compute(worker, kind, row);
  await worker.database.queries.transaction(async (queries) => {
    const from = performance.now();
    if (!(await holdJob(queries, row.id, worker.name))) return; // stopped, or another process was quicker
    const { input, cursor, id: job, startedBy } = row;
    const outcome = await kind.step({ queries, input, cursor, job, startedBy, now: worker.clock(), computed });
    await saveStep(queries, row.id, outcome, performance.now() - from);
  });
}

/**
 * Takes one step of one job that is due, if there is one.
 *
 * First a short transaction takes the job and counts the try. Then the step's own transaction locks the job's row, does the work and saves
 * the new place with it. A process that dies lets go of the row at once, with nothing of its step; the next process begins that step again.
 *
 * @returns the job, or null where none was due
 */
export async function stepOnce(worker: Worker, only?: JobId): Promise<JobId | null> {
  const { database, name } = worker;
  const row = await claimJob(database.queries, {
    worker: name,
    kinds: worker.kinds.map(({ kind }) => kind),
    computing: worker.kinds.filter((kind) => kind.compute).map(({ kind }) => kind),
    ...(only === undefined ? {} : { only }),
  });
  if (!row) return null;
  if (row.attempts - 1 - row.failedTries >= mostCrashes) {
    const words = `The program ended ${mostCrashes} times in the middle of this step`;
    await saveFailure(database.queries, row.id, name, words, null);
    return row.id;
  }
  const kind = worker.kinds.find((one) => one.kind === row.kind)!;
  try {
    await takeStep(worker, kind, row);
  } catch (error) {
    if (worker.signal.aborted) await giveBack(database.queries, row.id, name);
    else {
      worker.onFailure(error, row.id);
      const words = error instanceof Error ? error.message : String(error);
      const failures = row.failedTries + 1;
      const last = error instanceof JobFailure || failures >= mostFailures;
      await saveFailure(database.queries, row.id, name, words, last ? null : pauseAfter(failures));
    }
  }
  return row.id;
}
