import type { FastifyReply } from "fastify";
import { knowsTag } from "./entity-tags.js";
import type { KeptPages } from "./kept-pages.js";
import type { Server } from "./server.js";

/** The headers of an answer that are the same for everybody who asks. */
export function headersToKeep(reply: FastifyReply): Readonly<Record<string, string>> {
  const headers = Object.entries(reply.getHeaders()).filter(
    ([name]) => !/^(set-cookie|connection|.*ratelimit.*)$/.test(name),
  );
  return Object.fromEntries(headers.map(([name, value]) => [name, String(value)]));
}

/**
 * Answers kept pages before anything else of a request is looked at: whoever shows neither cookie nor token is the public. Everything
 * that the usual way would do (headers, who asks, limits) takes more time than sending the page.
 */
export function answerKeptFirst(server: Server, kept: KeptPages): void {
  let closing = false;
  server.addHook("preClose", async () => {
    closing = true;
  });
  server.addHook("onRequest", (request, reply, done) => {
    const { cookie, authorization } = request.headers;
    const open = request.method === "GET" && cookie === undefined && authorization === undefined && !closing;
    const page = open ? kept.atHand(request.url) : undefined;
    if (!page?.headers) return done();
    reply.hijack();
    const known = knowsTag(request, page.etag);
    const length = known ? {} : { "content-length": page.body.length };
    reply.raw.writeHead(known ? 304 : 200, { ...page.headers, ...length });
    reply.raw.end(known ? undefined : page.body);
  });
}
