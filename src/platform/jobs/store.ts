import { and, arrayContains, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Json } from "../../kernel/index.js";
import type { Queries } from "../database/index.js";
import type { Actor } from "../identity/index.js";
import type { JobId, JobKind, StepOutcome } from "./job.js";
import { jobTable } from "./tables.js";

/** A job as it stands in the database. */
export type JobRow = typeof jobTable.$inferSelect;

/** Seconds for which a computing step is left to its process without a sign of life. */
export const leaseSeconds = 15;
/** Seconds from taking a job to locking its row; while a step runs, that lock keeps others away. */
const secondsToBegin = 2;

const underWay = inArray(jobTable.state, ["queued", "running"]);

/**
 * Starts a job inside the caller's transaction: it is there when that is committed, and a process begins it within a second.
 * @returns its number, or that of the job under way with the same key
 */
export async function startJob<Input extends Json>(
  queries: Queries,
  kind: JobKind<Input>,
  input: Input,
  actor: Actor,
): Promise<JobId> {
  const key = kind.key?.(input) ?? null;
  const people = actor.kind === "person" ? [actor.id] : [];
  const row = { kind: kind.kind, title: kind.title(input), input, key, startedBy: actor, people };
  for (;;) {
    const [started] = await queries.insert(jobTable).values(row).onConflictDoNothing().returning({ id: jobTable.id });
    if (started) return started.id;
    const [joined] = await queries.execute<{ id: JobId | null }>(
      sql`select jobs.join_job(${kind.kind}, ${key}, ${people[0] ?? null}) as id`,
    );
    if (joined?.id) return joined.id; // else it has just ended: begin anew
  }
}

/** Which jobs a process may take. */
export interface Claim {
  /** This process and run, told from every other. */
  readonly worker: string;
  readonly kinds: readonly string[];
  /** Those of the kinds that compute outside a transaction. */
  readonly computing: readonly string[];
  /** Only this one, due or not. */
  readonly only?: JobId;
}

/** Takes the job that has waited longest since its last step, and counts the try; null where none is due. */
export async function claimJob(queries: Queries, { worker, kinds, computing, only }: Claim): Promise<JobRow | null> {
  const wanted = only === undefined ? sql`due_at <= now()` : sql`id = ${only}`;
  const free = sql`state in ('queued', 'running') and kind = any(${sql.param(kinds)}::text[])
    and (lease_until is null or lease_until < now())`;
  const [row] = await queries
    .update(jobTable)
    .set({
      state: "running",
      worker,
      attempts: sql`attempts + 1`,
      begunAt: sql`coalesce(begun_at, now())`,
      leaseUntil: sql`case when kind = any(${sql.param(computing)}::text[]) then ${after(leaseSeconds)} else ${after(secondsToBegin)} end`,
    })
    .where(
      eq(
        jobTable.id,
        sql`(select id from ${jobTable} where ${free} and ${wanted} order by stepped_at nulls first, id limit 1
          for update skip locked)`,
      ),
    )
    .returning();
  return row ?? null;
}

const after = (seconds: number) => sql`now() + ${seconds} * interval '1 second'`;

/** The claimed job, while this process is still the one that has it. */
const held = (id: JobId, worker: string): SQL =>
  and(eq(jobTable.id, id), eq(jobTable.worker, worker), eq(jobTable.state, "running"))!;

/** Locks a claimed job until the transaction ends; false where it was stopped or another process has it meanwhile. */
export async function holdJob(queries: Queries, id: JobId, worker: string): Promise<boolean> {
  const rows = await queries.select({ id: jobTable.id }).from(jobTable).where(held(id, worker)).for("update");
  return rows.length === 1;
}

/** Keeps a computing step for this process; false where it was stopped or lost. */
export async function renewLease(queries: Queries, id: JobId, worker: string): Promise<boolean> {
  const rows = await queries
    .update(jobTable)
    .set({ leaseUntil: after(leaseSeconds) })
    .where(held(id, worker))
    .returning({ id: jobTable.id });
  return rows.length === 1;
}

/** Saves what a step did, within its transaction. */
export async function saveStep(queries: Queries, id: JobId, outcome: StepOutcome, milliseconds: number): Promise<void> {
  const { cursor, done, of, finished, result } = outcome;
  await queries
    .update(jobTable)
    .set({
      ...{ cursor, done, total: of, attempts: 0, failedTries: 0, error: null, leaseUntil: null },
      ...(finished ? { state: "succeeded", endedAt: sql`clock_timestamp()`, result: result ?? null } : {}),
      steppedAt: sql`clock_timestamp()`,
      workedMs: sql`worked_ms + ${Math.round(milliseconds)}`,
    })
    .where(eq(jobTable.id, id));
}

/** Says what went wrong, and when to try again; null for never. */
export async function saveFailure(
  queries: Queries,
  id: JobId,
  worker: string,
  error: string,
  againAfterSeconds: number | null,
): Promise<void> {
  const next =
    againAfterSeconds === null
      ? ({ state: "failed", endedAt: sql`now()` } as const)
      : ({ state: "queued", dueAt: after(againAfterSeconds) } as const);
  await queries
    .update(jobTable)
    .set({ ...next, error, failedTries: sql`failed_tries + 1`, leaseUntil: null, steppedAt: sql`now()` })
    .where(held(id, worker));
}

/** Gives a claimed step back untried: the process is about to end. */
export async function giveBack(queries: Queries, id: JobId, worker: string): Promise<void> {
  await queries.update(jobTable).set({ attempts: sql`attempts - 1`, leaseUntil: null }).where(held(id, worker));
}

/** Stops a job under way: what its steps have saved stays. @returns whether it was under way */
export async function stopJob(queries: Queries, id: JobId, actor: Actor): Promise<boolean> {
  const rows = await queries
    .update(jobTable)
    .set({ state: "stopped", endedAt: sql`now()`, stoppedBy: actor, leaseUntil: null })
    .where(and(eq(jobTable.id, id), underWay))
    .returning({ id: jobTable.id });
  return rows.length === 1;
}

/** Lets a job that failed or was stopped go on where it stood. @returns whether it had failed or been stopped */
export async function resumeJob(queries: Queries, id: JobId): Promise<boolean> {
  const rows = await queries
    .update(jobTable)
    .set({
      state: "queued",
      endedAt: null,
      stoppedBy: null,
      attempts: 0,
      failedTries: 0,
      error: null,
      dueAt: sql`now()`,
    })
    .where(and(eq(jobTable.id, id), inArray(jobTable.state, ["failed", "stopped"])))
    .returning({ id: jobTable.id });
  return rows.length === 1;
}

/** Whether a job of these kinds waits or is under way. */
export async function anyUnderWay(queries: Queries, kinds: readonly string[]): Promise<boolean> {
  return (await queries.$count(jobTable, and(underWay, inArray(jobTable.kind, [...kinds])))) > 0;
}

/** One job; null where there is none of this number. */
export async function findJob(queries: Queries, id: JobId): Promise<JobRow | null> {
  const [row] = await queries.select().from(jobTable).where(eq(jobTable.id, id));
  return row ?? null;
}

/** Jobs, the newest first; of one person, those that the person may see. */
export async function listJobs(
  queries: Queries,
  { person, before, limit }: { readonly person?: string; readonly before?: JobId; readonly limit: number },
): Promise<readonly JobRow[]> {
  return queries
    .select()
    .from(jobTable)
    .where(
      and(
        person === undefined ? undefined : arrayContains(jobTable.people, [person]),
        before === undefined ? undefined : lt(jobTable.id, before),
      ),
    )
    .orderBy(desc(jobTable.id))
    .limit(limit);
}
