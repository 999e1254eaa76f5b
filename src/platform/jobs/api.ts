import Type from "typebox";
import type { Database } from "../database/index.js";
import { type ApiOptions, apiOn, cursorPage, pageQuery, type RouteGroup, readCursor } from "../http/index.js";
import { roles } from "../identity/index.js";
import type { JobId } from "./job.js";
import { jobFor, jobsFor, resumeJobFor, stopJobFor } from "./service.js";
import type { JobState } from "./state.js";

const moment = Type.String({ format: "date-time" });

const JobSchema = Type.Object({
  id: Type.Integer(),
  kind: Type.String(),
  title: Type.String(),
  state: Type.Union([
    Type.Literal("queued"),
    Type.Literal("running"),
    Type.Literal("succeeded"),
    Type.Literal("failed"),
    Type.Literal("stopped"),
  ]),
  done: Type.Integer({ minimum: 0 }),
  of: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description: "How many there are in all, if known." }),
  failedTries: Type.Integer({ minimum: 0, description: "Tries of the step under way that failed." }),
  error: Type.Union([Type.String(), Type.Null()]),
  queuedAt: moment,
  begunAt: Type.Union([moment, Type.Null()]),
  endedAt: Type.Union([moment, Type.Null()]),
  remainingSeconds: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  result: Type.Unknown({ description: "What the job answered at its end; null before." }),
});

function published({ startedBy, stoppedBy, ...job }: JobState) {
  return job;
}

const params = Type.Object({ job: Type.String({ pattern: "^[1-9][0-9]{0,14}$" }) });
const access = { roles } as const;
const refusals = { "job-unknown": 404, "job-ended": 409, "job-not-ended": 409 };
const idOf = ({ job }: { readonly job: string }) => Number(job) as JobId;

/** The jobs for programs. */
export function jobsApi(options: Omit<ApiOptions, "tag"> & { readonly database: Database }): RouteGroup {
  const { database } = options;
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Jobs" });
    api.get(
      "/jobs",
      {
        ...{ access, operationId: "listJobs", query: Type.Object(pageQuery), response: Type.Array(JobSchema) },
        summary: "The jobs that you started, the newest first; for administrators everybody's",
      },
      async ({ actor, query, next }) => {
        const before = readCursor(query.cursor, Type.Integer({ minimum: 1 }));
        const page = { ...(before === null ? {} : { before: before as JobId }), limit: query.limit + 1 };
        const { items, next: cursor } = cursorPage(await jobsFor(database, actor, page), query.limit, ({ id }) => id);
        next(cursor);
        return items.map(published);
      },
    );
    api.get(
      "/jobs/:job",
      { access, params, operationId: "readJob", summary: "One job: how far it is", response: JobSchema, refusals },
      async ({ actor, params, orRefuse }) => published(orRefuse(await jobFor(database, actor, idOf(params)))),
    );
    api.post(
      "/jobs/:job/stop",
      {
        access,
        params,
        operationId: "stopJob",
        summary: "Stop a job; what it has done stays",
        response: JobSchema,
        refusals,
      },
      async ({ actor, params, orRefuse }) => published(orRefuse(await stopJobFor(database, actor, idOf(params)))),
    );
    api.post(
      "/jobs/:job/resume",
      {
        ...{ access, params, operationId: "resumeJob", response: JobSchema, refusals },
        summary: "Let a job that failed or was stopped go on where it stood",
      },
      async ({ actor, params, orRefuse }) => published(orRefuse(await resumeJobFor(database, actor, idOf(params)))),
    );
  };
}
