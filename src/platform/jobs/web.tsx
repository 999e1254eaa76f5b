import Type from "typebox";
import type { Problem, Result } from "../../kernel/index.js";
import type { Database } from "../database/index.js";
import {
  HttpError,
  type PageAnswer,
  type PageContext,
  type PagesOptions,
  pagesOn,
  RefusedError,
  type RouteGroup,
} from "../http/index.js";
import { roles } from "../identity/index.js";
import type { JobId } from "./job.js";
import { jobFor, jobsFor, resumeJobFor, stopJobFor } from "./service.js";
import type { JobState } from "./state.js";
import { JobContent, JobsContent } from "./web-content.js";

const access = { roles } as const;
const jobsPerPage = 50;
/** Seconds after which the page of a job under way is loaded again, unless the reader turned that off. */
const refreshSeconds = 5;

function idIn({ params }: PageContext): JobId {
  const id = Number(params.job);
  if (!Number.isSafeInteger(id) || id < 1)
    throw new HttpError(404, "job-unknown", `"${params.job}" is no number of a job. Look at the list of your jobs.`);
  return id as JobId;
}

/** The pages of the jobs: the own ones, for administrators everybody's. */
export function jobsPages(options: PagesOptions & { readonly database: Database }): RouteGroup {
  const { database } = options;
  return (server) => {
    const pages = pagesOn(server, options);
    pages.get("/jobs", access, async ({ actor, query }) => {
      const before = Number(query.before);
      const page = {
        ...(Number.isSafeInteger(before) && before > 0 ? { before: before as JobId } : {}),
        limit: jobsPerPage + 1,
      };
      const jobs = await jobsFor(database, actor, page);
      const next = jobs.length > jobsPerPage ? jobs[jobsPerPage - 1]!.id : null;
      return {
        ...{ title: "Jobs", section: null, breadcrumbs: [] },
        content: <JobsContent jobs={jobs.slice(0, jobsPerPage)} next={next} />,
      };
    });
    pages.get("/jobs/:job", access, async (context) => {
      const job = orRefuse(await jobFor(database, context.actor, idIn(context)));
      const refreshes = job.endedAt === null && context.query.refresh !== "off";
      return {
        ...{ title: job.title, section: null, breadcrumbs: [{ text: "Jobs", href: "/jobs" }] },
        ...(refreshes ? { refreshSeconds } : {}),
        content: <JobContent job={job} csrf={context.csrf} refreshSeconds={refreshes ? refreshSeconds : null} />,
      };
    });
    const change =
      (work: typeof stopJobFor, notice: string) =>
      async (context: PageContext): Promise<PageAnswer> => {
        const { id } = orRefuse(await work(database, context.actor, idIn(context)));
        return { redirect: `/jobs/${id}`, notice };
      };
    pages.post(
      "/jobs/:job/stop",
      access,
      Type.Object({}),
      change(stopJobFor, "The job is stopped. What it has done stays."),
    );
    pages.post("/jobs/:job/resume", access, Type.Object({}), change(resumeJobFor, "The job goes on where it stood."));
  };
}

function orRefuse(result: Result<JobState, readonly Problem[]>): JobState {
  if (!result.ok) throw new RefusedError(result.error, { "job-unknown": 404, "job-ended": 409, "job-not-ended": 409 });
  return result.value;
}
