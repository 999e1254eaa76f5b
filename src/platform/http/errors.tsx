import type { FastifyReply, FastifyRequest } from "fastify";
import { renderPage, type Site } from "../pages/index.js";

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
}

/** The title of each status that we answer; every other is an internal error. */
const titles: Readonly<Record<number, string>> = {
  400: "Check what you asked for",
  404: "Page not found",
  503: "Not ready yet",
};

const brokenHere =
  "Something went wrong on our side. Try again in a minute; if it happens again, tell whoever runs this server.";

/** What a reader may know of a failure: the words of our own errors and of validation, and nothing of others. */
export function publicError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof Error && "validation" in error)
    return new HttpError(400, "invalid-request", `${error.message}.`);
  if (error instanceof Error && "statusCode" in error && typeof error.statusCode === "number" && error.statusCode < 500)
    return new HttpError(error.statusCode, "invalid-request", `${error.message}.`);
  return new HttpError(500, "internal-error", brokenHere);
}

/** Whether the address is of the interface for programs. */
export function isApi(request: FastifyRequest): boolean {
  return request.url.startsWith("/api/");
}

/** An error as RFC 9457 describes it. */
function problemDocument(error: HttpError) {
  const title = titles[error.status] ?? "Internal error";
  return { type: "about:blank", title, status: error.status, code: error.code, detail: error.message };
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
    .send(renderPage({ site, title, section: null, breadcrumbs: [], band, content }));
}
