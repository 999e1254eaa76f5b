import type { FastifyReply, FastifyRequest } from "fastify";
import type { Problem } from "../../kernel/index.js";
import { DatabaseError } from "../database/index.js";
import { renderPage, type Site } from "../pages/index.js";
import { statusOf } from "./statuses.js";

/** A failure that has its HTTP status and a stable code; the pages and the API each say it in their way. */
export class HttpError extends Error {
  readonly status: number;
  /** Stable and never reused, in kebab-case. */
  readonly code: string;
  /** Seconds after which to try again, or null. */
  readonly retryAfter: number | null;

  constructor(status: number, code: string, message: string, retryAfter: number | null = null) {
    super(message);
    this.name = "HttpError";
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** The single faults, for programs. */
  details(): readonly ErrorDetail[] {
    return [];
  }
}

/** One of several faults. */
export interface ErrorDetail {
  readonly code: string;
  readonly detail: string;
  /** Which value of the body, as a JSON pointer; absent where it is not of the body. */
  readonly pointer?: string;
  /** Which parameter of the address or header. */
  readonly parameter?: string;
  /** What a service refused: where, in its own words. */
  readonly place?: string;
}

/** What a service refused, with every reason. */
export class RefusedError extends HttpError {
  readonly problems: readonly Problem[];

  /**
   * @param problems at least one; the first one's code gives the status
   * @param statuses of codes that are the caller's own, beside the table in `statuses.ts`
   */
  constructor(problems: readonly Problem[], statuses: Readonly<Record<string, number>> = {}) {
    const [first] = problems;
    if (first === undefined) throw new RangeError("a refusal without a problem");
    const words = problems.map(({ message, remedy }) => `${message}. ${remedy}`.trim()).join(" ");
    super(statuses[first.code] ?? statusOf(first.code), first.code, words);
    this.name = "RefusedError";
    this.problems = problems;
  }

  override details(): readonly ErrorDetail[] {
    return this.problems.map(({ code, place, message, remedy }) => ({
      code,
      detail: `${message}. ${remedy}`.trim(),
      place,
    }));
  }
}

/** The title of each status that we answer; every other is an internal error. */
const titles: Readonly<Record<number, string>> = {
  400: "Check what you asked for",
  401: "Sign in first",
  403: "You can\u2019t do this",
  404: "Page not found",
  406: "Not in this form",
  409: "Changed meanwhile",
  412: "Changed meanwhile",
  413: "Too large",
  414: "Address too long",
  415: "Not in this form",
  422: "This can\u2019t be done",
  428: "Say which version you mean",
  429: "Too many requests",
  503: "Not ready yet",
};

const brokenHere =
  "Something went wrong on our side. Try again in a minute; if it happens again, tell whoever runs this server.";

/** What a status is called, in errors and in the interface's document. */
export function titleOf(status: number): string {
  return titles[status] ?? (status < 500 ? "Not accepted" : "Internal error");
}

/** Our codes for what the server's own parts refuse. */
const codesOfStatus: Readonly<Record<number, string>> = {
  403: "form-expired",
  413: "body-too-large",
  414: "address-too-long",
  415: "content-type-not-accepted",
  429: "too-many-requests",
};

const formExpired =
  "This form came from a page that was open too long, or the browser did not keep our cookie. Go back, load the page again and send it once more.";

/** Seconds after which to try again when the database did not answer. */
const databaseAway: Readonly<Partial<Record<DatabaseError["code"], number>>> = {
  "database-unreachable": 5,
  "database-stopped": 5,
  "database-closed": 5,
  "database-busy": 1,
};

/** What a reader may know of a failure: the words of our own errors and of validation, and nothing of others. */
export function publicError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof DatabaseError && error.code in databaseAway)
    return new HttpError(
      503,
      error.code,
      "The register does not answer at the moment, and nothing was changed. Try again in some seconds.",
      databaseAway[error.code]!,
    );
  if (!(error instanceof Error)) return new HttpError(500, "internal-error", brokenHere);
  if ("code" in error && error.code === "changed-meanwhile")
    return new HttpError(409, "changed-meanwhile", error.message);
  if ("statusCode" in error && typeof error.statusCode === "number" && error.statusCode < 500) {
    const { statusCode: status } = error;
    return new HttpError(
      status,
      codesOfStatus[status] ?? "invalid-request",
      status === 403 ? formExpired : `${error.message.replace(/\.$/, "")}.`,
    );
  }
  return new HttpError(500, "internal-error", brokenHere);
}

/** Whether the address is of the interface for programs. */
export function isApi(request: FastifyRequest): boolean {
  return request.url.startsWith("/api/");
}

/** An error as RFC 9457 describes it, with the single faults where there are several. */
function problemDocument(error: HttpError) {
  const title = titleOf(error.status);
  const errors = error.details();
  const { status, code, message: detail } = error;
  return { type: "about:blank", title, status, code, detail, ...(errors.length > 0 && { errors }) };
}

/** Answers a failure as problem+json to programs and as a page to people. */
export function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  error: HttpError,
  site: Site,
  band: string | null,
) {
  reply.code(error.status).header("cache-control", "no-store");
  if (error.retryAfter !== null) reply.header("retry-after", String(error.retryAfter));
  if (isApi(request)) return reply.type("application/problem+json").send(JSON.stringify(problemDocument(error)));
  const title = titles[error.status] ?? "There is a problem";
  const content = (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">{error.message}</p>
        <p class="govuk-body">
          <a class="govuk-link" href="/">
            Go to the start page
          </a>
        </p>
      </div>
    </div>
  );
  return reply
    .type("text/html; charset=utf-8")
    .send(renderPage({ site, actor: request.actor, title, section: null, breadcrumbs: [], band, content }));
}
