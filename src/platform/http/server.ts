import cookie from "@fastify/cookie";
import csrf from "@fastify/csrf-protection";
import formbody from "@fastify/formbody";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from "fastify";
import type { Site } from "../pages/index.js";
import { type AccessPorts, addAccess } from "./access.js";
import { serveAssets } from "./assets.js";
import { addEntityTags } from "./entity-tags.js";
import { HttpError, isApi, publicError, sendError } from "./errors.js";
import { answerKeptFirst } from "./kept-answers.js";
import type { KeptPages } from "./kept-pages.js";
import { helmetOptions } from "./policy.js";
import { publishApi } from "./published-api.js";
import { addRateLimits, type RateLimits } from "./rate-limits.js";
import { refuseUnstorable, validatorCompiler } from "./validation.js";

/** A server whose schemas are both validation and types. */
export type Server = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** The routes of one proposal; it adds them to the server it is given. */
export type RouteGroup = (server: Server) => void | Promise<void>;

export interface ServerOptions extends AccessPorts {
  /** How often one network address may ask; as often as it likes unless given. */
  readonly rateLimits?: RateLimits;
  /** The proxies whose word on a request's own address is believed, as `10.0.0.0/8`; none unless given. */
  readonly trustProxy?: string;
  readonly version: string;
  readonly site: Site;
  readonly routes: readonly RouteGroup[];
  /** The sentence that every page carries, error pages too; null for none. */
  readonly band: () => Promise<string | null>;
  /** Public pages, kept from one publication to the next. */
  readonly kept?: KeptPages;
  /** Told of every failure that is not the reader's; the standard error unless given. */
  readonly onFailure?: (error: unknown, method: string, path: string) => void;
}

function logFailure(error: unknown, method: string, path: string): void {
  process.stderr.write(
    `${method} ${path} failed: ${error instanceof Error ? (error.stack ?? error.message) : error}\n`,
  );
}

/** Before whoever may have changed something is answered, so that their next page shows it, kept pages are looked at again. */
function lookAfterChanges(server: Server, kept: KeptPages): void {
  server.addHook("onSend", async ({ method }, { statusCode }, payload) => {
    if (!["GET", "HEAD", "OPTIONS"].includes(method) && statusCode < 400) kept.lookAgain();
    return payload;
  });
}

/** Once the server is closing, every answer ends its connection: browsers would keep it open for another minute. */
function endConnectionsOnClose(server: Server): void {
  let closing = false;
  server.addHook("preClose", async () => {
    closing = true;
  });
  server.addHook("onSend", async (_request, reply, payload) => {
    if (closing) reply.header("connection", "close");
    return payload;
  });
}

/**
 * The band for error pages, as it was known within the last second: it comes from the same store that may just have failed, and an
 * error must not wait for that.
 */
function bandForErrors(band: () => Promise<string | null>): (away: boolean) => Promise<string | null> {
  let [known, asked]: [string | null, number] = [null, Number.NEGATIVE_INFINITY];
  return async (away) => {
    if (away || performance.now() - asked < 1000) return known;
    asked = performance.now();
    known = await band().catch(() => known);
    return known;
  };
}

/** A server with the site's pages and interfaces, not yet listening. */
export async function buildServer(options: ServerOptions): Promise<Server> {
  const bandOnErrors = bandForErrors(options.band);
  const server = fastify({
    trustProxy: options.trustProxy ?? false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 120 },
    // An address that can't be read, or is too long, reaches no route and no hook.
    frameworkErrors: (error, request, reply) => {
      void bandOnErrors(true).then((band) => sendError(request, reply, publicError(error), options.site, band));
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  server.setValidatorCompiler(validatorCompiler);
  if (options.kept) answerKeptFirst(server, options.kept);
  await server.register(helmet, helmetOptions);
  await server.register(cookie);
  await server.register(csrf, { cookieOpts: { path: "/", httpOnly: true, sameSite: "lax", secure: "auto" } });
  await server.register(formbody);
  await server.register(multipart, { throwFileSizeLimit: false });
  server.decorate("operations", []);
  if (options.rateLimits) await addRateLimits(server, options.rateLimits);
  addAccess(server, options);
  server.addHook("preValidation", async ({ params, query, body }) => refuseUnstorable(params, query, body));
  addEntityTags(server);
  endConnectionsOnClose(server);
  serveAssets(server, options.site.assets.all);
  server.setErrorHandler(async (error, request, reply) => {
    const known = publicError(error);
    if (known.status >= 500 && !(error instanceof HttpError))
      (options.onFailure ?? logFailure)(error, request.method, request.url.split("?")[0]!);
    return sendError(request, reply, known, options.site, await bandOnErrors(known.status === 503 || isApi(request)));
  });
  server.setNotFoundHandler(async (request) => {
    throw new HttpError(
      404,
      "not-found",
      `There is nothing at ${request.url.split("?")[0]}. Check the address, or start from the first page.`,
    );
  });
  server.get("/health", { config: { access: "anyone", impersonal: true } }, async (_request, reply) => {
    reply.header("cache-control", "no-store");
    return { status: "ok", version: options.version };
  });
  if (options.kept) lookAfterChanges(server, options.kept);
  for (const group of options.routes) await group(server);
  publishApi(server, options);
  return server;
}
