import type { FastifyReply, FastifyRequest } from "fastify";
import Type, { type Static, type TObject, type TSchema } from "typebox";
import { dayInEngland } from "../day/index.js";
import { HttpError, RefusedError } from "./errors.js";
import { type AnswerStore, answerOnce } from "./idempotency.js";
import {
  type Answer,
  type ApiContext,
  apiBase,
  type NamesIn,
  type Of,
  type Operation,
  type PublishedOperation,
} from "./operations.js";
import type { Server } from "./server.js";

/** Reads. */
type AddRead = <Path extends string, R extends TSchema, Q extends TObject | undefined = undefined>(
  path: Path,
  operation: Operation<R, Q, undefined>,
  handler: (
    context: ApiContext<Readonly<Record<NamesIn<Path>, string>>, Of<Q>, undefined>,
  ) => Promise<Answer<Static<R>>>,
) => void;

/** Changes something. */
type AddChange = <
  Path extends string,
  R extends TSchema,
  Q extends TObject | undefined = undefined,
  B extends TObject | undefined = undefined,
>(
  path: Path,
  operation: Operation<R, Q, B>,
  handler: (context: ApiContext<Readonly<Record<NamesIn<Path>, string>>, Of<Q>, Of<B>>) => Promise<Answer<Static<R>>>,
) => void;

/** Adds operations of the interface for programs; paths are written without the base. */
export interface Api {
  readonly get: AddRead;
  readonly post: AddChange;
  readonly put: AddChange;
  readonly delete: AddChange;
}

export interface ApiOptions {
  /** The heading under which the operations stand in the document: the proposal's name. */
  readonly tag: string;
  /** Where answers to an `Idempotency-Key` are kept; without it the header is refused. */
  readonly answers?: AnswerStore;
  /** The system's unless given. */
  readonly clock?: () => Date;
}

const anyText = Type.String({ minLength: 1, maxLength: 120 });

/** The schema of an address's parameters. */
function paramsSchema(path: string, given: TObject | undefined): TObject | undefined {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  if (names.length === 0) return undefined;
  return Type.Object(Object.fromEntries(names.map((name) => [name, given?.properties[name] ?? anyText])));
}

const closed = (schema: TObject | undefined) =>
  schema &&
  ("additionalProperties" in schema ? schema : Type.Object(schema.properties, { additionalProperties: false }));

/** The version that a request names, from the ETag that it was given. */
function versionNamed(request: FastifyRequest): number {
  const tag = request.headers["if-match"];
  if (tag === undefined)
    throw new HttpError(428, "version-missing", "Name the version that you mean to change: its ETag, in If-Match.");
  const match = /^"(\d{1,9})(-[\w-]+)?"$/.exec(tag);
  if (!match) throw new HttpError(400, "if-match-unreadable", "If-Match must hold one ETag, as this server gave it.");
  return Number(match[1]);
}

const weightOf = (range: string) => Number(/;\s*q=([\d.]+)/.exec(range)?.[1] ?? 1);

/**
 * The form that a request would like best.
 * @throws {HttpError} 406 where it takes none of ours.
 */
function formWanted(accept: string | undefined, csv: boolean): "json" | "csv" {
  const ranges = (accept ?? "*/*").split(",").map((range) => range.trim().toLowerCase());
  const likes = (...types: string[]) =>
    Math.max(0, ...ranges.filter((range) => types.includes(range.split(";")[0]!.trim())).map(weightOf));
  const json = likes("application/json", "application/*", "*/*");
  const table = csv ? likes("text/csv", "text/*") : 0;
  if (json === 0 && table === 0)
    throw new HttpError(406, "form-not-offered", `This is answered as application/json${csv ? " or text/csv" : ""}.`);
  return table > json || (table === json && likes("application/json") === 0 && likes("text/csv") > 0) ? "csv" : "json";
}

function setDeprecation(reply: FastifyReply, { since, until, instead }: NonNullable<Operation["deprecated"]>): void {
  reply.header("deprecation", `@${Date.parse(since) / 1000}`); // RFC 9745
  if (until !== undefined) reply.header("sunset", new Date(until).toUTCString()); // RFC 8594
  if (instead !== undefined) addLink(reply, instead, "successor-version");
}

function addLink(reply: FastifyReply, href: string, rel: string): void {
  const before = reply.getHeader("link");
  reply.header("link", `${before === undefined ? "" : `${before}, `}<${href}>; rel="${rel}"`);
}

/** The address of a request with another cursor. */
function withCursor(url: string, cursor: string): string {
  const [path, query] = url.split("?");
  const parameters = new URLSearchParams(query);
  parameters.set("cursor", cursor);
  return `${path}?${parameters}`;
}

function contextOf(request: FastifyRequest, reply: FastifyReply, operation: Operation, now: Date): ApiContext {
  return {
    actor: request.actor,
    params: request.params,
    query: request.query,
    body: request.body,
    now,
    today: dayInEngland(now),
    version: operation.ifMatch ? versionNamed(request) : 0,
    orRefuse(result) {
      if (result.ok) return result.value;
      throw new RefusedError(result.error, operation.refusals);
    },
    next(cursor) {
      if (cursor !== null) addLink(reply, withCursor(request.url, cursor), "next");
    },
  };
}

type Handler = (context: ApiContext) => Promise<unknown>;

/** The answer, with a stale version told as HTTP wants it where the request named one. */
async function outcome(handler: Handler, context: ApiContext, operation: Operation): Promise<unknown> {
  try {
    return await handler(context);
  } catch (error) {
    if (operation.ifMatch && error instanceof Error && "code" in error && error.code === "changed-meanwhile")
      throw new HttpError(412, "changed-meanwhile", error.message);
    throw error;
  }
}

/** What comes in as a body must be JSON: forms of other sites can't send that. */
async function wantJson(request: FastifyRequest): Promise<void> {
  const type = request.headers["content-type"];
  if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type))
    throw new HttpError(415, "content-type-not-accepted", "Send the body as application/json.");
}

const csvType = "text/csv; charset=utf-8; header=present";

function addRoute(server: Server, operation: PublishedOperation, handler: Handler, options: ApiOptions): void {
  const { access, method, path, params, query, body, bodyBytes, response, status = 200, csv } = operation;
  const route = (url: string, form: "csv" | null) =>
    server.route({
      method,
      url,
      config: { access, operation },
      ...(bodyBytes !== undefined && { bodyLimit: bodyBytes }),
      schema: {
        ...(params && { params }),
        ...(query && { querystring: query }),
        ...(body && { body }),
        ...(form === null && { response: { [status]: response } }),
      },
      onRequest: method === "get" ? [] : [wantJson],
      async handler(request, reply) {
        const wanted = form ?? formWanted(request.headers.accept, csv !== undefined);
        const context = contextOf(request, reply, operation, options.clock?.() ?? new Date());
        reply.header("cache-control", context.actor.kind === "public" ? "no-cache" : "private, no-cache");
        if (csv) reply.header("vary", "accept");
        if (operation.deprecated) setDeprecation(reply, operation.deprecated);
        const make = () => outcome(handler, context, operation);
        const answer = method === "post" ? await answerOnce(request, reply, options.answers, make) : await make();
        if (operation.version) reply.header("etag", `"${operation.version(answer)}"`);
        if (wanted === "csv") return reply.type(csvType).serializer(String).send(operation.csv!(answer));
        return reply.code(status).send(answer);
      },
    });
  route(path, null);
  if (csv) route(`${path}.csv`, "csv");
}

/** The interface for programs on a server: what is added is validated by its schemas and published in the document. */
export function apiOn(server: Server, options: ApiOptions): Api {
  const add =
    (method: PublishedOperation["method"]) =>
    (path: string, given: Operation, handler: (context: never) => Promise<unknown>) => {
      if (server.operations.some(({ operationId }) => operationId === given.operationId))
        throw new TypeError(`two operations are called ${given.operationId}`);
      const params = paramsSchema(path, given.params);
      const [query, body] = [closed(given.query ?? (Type.Object({}) as TObject)), closed(given.body)];
      const own = { method, path: `${apiBase}${path}`, tag: options.tag };
      const operation: PublishedOperation = {
        ...given,
        ...own,
        ...(params && { params }),
        ...(query && { query }),
        ...(body && { body }),
      };
      server.operations.push(operation);
      addRoute(server, operation, handler as Handler, options);
    };
  return { get: add("get"), post: add("post"), put: add("put"), delete: add("delete") };
}
