import { Form } from "../http/index.js";
import { actorName } from "../identity/index.js";
import { Govuk, Table } from "../pages/index.js";
import type { JobState } from "./state.js";
import { linkOf, progressInWords, spanInWords, stateWords } from "./words.js";

const moments = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "Europe/London" });
const moment = (at: string) => moments.format(new Date(at));

function StateTag({ state }: Pick<JobState, "state">) {
  const { text, colour } = stateWords[state];
  return <strong class={`govuk-tag govuk-tag--${colour}`}>{text}</strong>;
}

/** A list of jobs. */
export function JobsContent({ jobs, next }: { readonly jobs: readonly JobState[]; readonly next: number | null }) {
  return (
    <>
      <h1 class="govuk-heading-l">Jobs</h1>
      <p class="govuk-body">
        Work that takes longer than a page: you see what you started yourself; administrators see everybody's.
      </p>
      {jobs.length === 0 ? (
        <p class="govuk-body">There are none yet.</p>
      ) : (
        <Table
          caption="Jobs, the newest first"
          captionHidden
          rows={jobs}
          columns={[
            {
              heading: "Job",
              cell: ({ id, title }) => (
                <a class="govuk-link" href={`/jobs/${id}`}>
                  {title}
                </a>
              ),
            },
            { heading: "State", cell: ({ state }) => <StateTag state={state} /> },
            { heading: "Progress", cell: progressInWords },
            { heading: "Started by", cell: ({ startedBy }) => actorName(startedBy) },
            { heading: "Started", cell: ({ queuedAt }) => moment(queuedAt) },
          ]}
        />
      )}
      {next !== null && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/jobs?before=${next}`}>
            Older jobs
          </a>
        </p>
      )}
    </>
  );
}

interface JobContentProps {
  readonly job: JobState;
  readonly csrf: string;
  /** Seconds after which the page is loaded again; null where it isn't. */
  readonly refreshSeconds: number | null;
}

function rowsOf(job: JobState) {
  const row = (key: string, value: string | null) =>
    value === null ? [] : [{ key: { text: key }, value: { text: value } }];
  const remaining = job.state === "running" && job.remainingSeconds !== null ? spanInWords(job.remainingSeconds) : null;
  return [
    ...row("Progress", progressInWords(job)),
    ...row("Time left, about", remaining),
    ...row("Started by", `${actorName(job.startedBy)}, ${moment(job.queuedAt)}`),
    ...row("Ended", job.endedAt === null ? null : moment(job.endedAt)),
    ...row("Stopped by", job.stoppedBy === null ? null : actorName(job.stoppedBy)),
  ];
}

/** What went wrong, and what happens next. */
function Failure({ error, state, failedTries }: JobState) {
  if (error === null) return null;
  const tries = `${failedTries} ${failedTries === 1 ? "try" : "tries"}`;
  const next = state === "failed" ? "" : ` It is tried again by itself (${tries} so far).`;
  return <Govuk is="inset-text" options={{ text: `The last try failed: ${error.replace(/\.$/, "")}.${next}` }} />;
}

/** One job: how far it is, and what can be done. */
export function JobContent({ job, csrf, refreshSeconds }: JobContentProps) {
  const link = linkOf(job.result);
  const ended = job.endedAt !== null;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{job.title}</h1>
        <p class="govuk-body">
          <StateTag state={job.state} />
        </p>
        {!ended && job.of !== null && (
          <p class="govuk-body">
            <progress value={job.done} max={Math.max(job.of, 1)} aria-label="Progress" />
          </p>
        )}
        <Failure {...job} />
        {link !== null && (
          <p class="govuk-body">
            <a class="govuk-link" href={link.href}>
              {link.text}
            </a>
          </p>
        )}
        <Govuk is="summary-list" options={{ rows: rowsOf(job) }} />
        {!ended && (
          <p class="govuk-body">
            {refreshSeconds === null ? (
              <a class="govuk-link" href={`/jobs/${job.id}`}>
                Show how far it is now, and keep this page up to date
              </a>
            ) : (
              <>
                This page is loaded again every {refreshSeconds} seconds.{" "}
                <a class="govuk-link" href={`/jobs/${job.id}?refresh=off`}>
                  Turn that off
                </a>
              </>
            )}
          </p>
        )}
        {!ended && (
          <Form action={`/jobs/${job.id}/stop`} csrf={csrf}>
            <Govuk is="button" options={{ text: "Stop this job", classes: "govuk-button--warning" }} />
          </Form>
        )}
        {(job.state === "failed" || job.state === "stopped") && (
          <Form action={`/jobs/${job.id}/resume`} csrf={csrf}>
            <Govuk is="button" options={{ text: "Go on where it stood" }} />
          </Form>
        )}
      </div>
    </div>
  );
}
