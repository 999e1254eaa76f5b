import type { Json } from "../../kernel/index.js";
import type { Actor } from "../identity/index.js";
import type { JobId, JobStatus } from "./job.js";
import type { JobRow } from "./store.js";

/** A job as it is shown. */
export interface JobState {
  readonly id: JobId;
  readonly kind: string;
  readonly title: string;
  readonly state: JobStatus;
  readonly done: number;
  /** How many there are in all; null where that is not known. */
  readonly of: number | null;
  /** Tries of the step under way that failed; above zero it is being tried again. */
  readonly failedTries: number;
  /** What the last try that failed said; null where the last try went well. */
  readonly error: string | null;
  readonly startedBy: Actor;
  readonly stoppedBy: Actor | null;
  /** ISO 8601 in UTC, as are the others. */
  readonly queuedAt: string;
  readonly begunAt: string | null;
  readonly endedAt: string | null;
  /** Seconds of work that are left at the pace so far; null where that can't be told. */
  readonly remainingSeconds: number | null;
  readonly result: Json | null;
}

/** Seconds left at the pace so far; null before anything is done, where the whole is not known, and after the end. */
export function remainingSeconds(done: number, of: number | null, workedSeconds: number): number | null {
  if (of === null || done <= 0 || done > of) return null;
  return (workedSeconds * (of - done)) / done;
}

/** What is shown of a job's row. */
export function jobState(row: JobRow): JobState {
  const { id, kind, title, state, done, total, error, startedBy, stoppedBy, queuedAt, begunAt, endedAt, result } = row;
  const ended = endedAt !== null;
  return {
    ...{ id, kind, title, state, done, of: total, error, startedBy, stoppedBy, queuedAt, begunAt, endedAt, result },
    failedTries: row.failedTries,
    remainingSeconds: ended ? null : remainingSeconds(done, total, row.workedMs / 1000),
  };
}
