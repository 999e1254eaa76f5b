import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../database/index.js";
import { type Actor, actingAs, holdsRole } from "../identity/index.js";
import type { JobId } from "./job.js";
import { problemCodes } from "./problem-codes.js";
import { type JobState, jobState } from "./state.js";
import { findJob, type JobRow, listJobs, resumeJob, stopJob } from "./store.js";

const problem = (code: keyof typeof problemCodes, id: JobId, message: string): Problem => ({
  ...{ code, place: `job ${id}`, message },
  remedy: problemCodes[code].remedy,
});

/** Row-level security says the same; this is the first of the two. */
function maySee(actor: Actor, { people }: JobRow): boolean {
  return holdsRole(actor, ["administrator"]) || (actor.kind === "person" && people.includes(actor.id));
}

/** The jobs that the actor may see, the newest first: the own ones, for administrators and the program itself everybody's. */
export async function jobsFor(
  database: Database,
  actor: Actor,
  page: { readonly before?: JobId; readonly limit: number },
): Promise<readonly JobState[]> {
  if (actor.kind === "public") return [];
  const whose = actor.kind === "person" && !holdsRole(actor, ["administrator"]) ? { person: actor.id } : {};
  const rows = await actingAs(database, actor, (queries) => listJobs(queries, { ...page, ...whose }));
  return rows.map(jobState);
}

/** One job, where the actor may see it. */
export async function jobFor(
  database: Database,
  actor: Actor,
  id: JobId,
): Promise<Result<JobState, readonly Problem[]>> {
  const row = await actingAs(database, actor, (queries) => findJob(queries, id));
  if (!row || !maySee(actor, row)) return err([problem("job-unknown", id, "there is no such job, or it is not yours")]);
  return ok(jobState(row));
}

async function change(
  database: Database,
  actor: Actor,
  id: JobId,
  work: (queries: Parameters<typeof stopJob>[0]) => Promise<boolean>,
  otherwise: Problem,
): Promise<Result<JobState, readonly Problem[]>> {
  const seen = await jobFor(database, actor, id);
  if (!seen.ok) return seen;
  if (!(await actingAs(database, actor, work))) return err([otherwise]);
  return jobFor(database, actor, id);
}

/** Stops a job: the step under way is kept or not begun, and the steps before it stay. */
export function stopJobFor(database: Database, actor: Actor, id: JobId): Promise<Result<JobState, readonly Problem[]>> {
  const ended = problem("job-ended", id, "it has ended already");
  return change(database, actor, id, (queries) => stopJob(queries, id, actor), ended);
}

/** Lets a job that failed or was stopped go on where it stood. */
export function resumeJobFor(
  database: Database,
  actor: Actor,
  id: JobId,
): Promise<Result<JobState, readonly Problem[]>> {
  const notEnded = problem("job-not-ended", id, "it has neither failed nor been stopped");
  return change(database, actor, id, (queries) => resumeJob(queries, id), notEnded);
}
