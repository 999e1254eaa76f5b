import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Server } from "./server.js";

/** What tells a content from every other. */
export function contentTag(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("base64url").slice(0, 27);
}

/** Whether who asks has this content already. */
export function knowsTag({ headers }: FastifyRequest, etag: string): boolean {
  const known = headers["if-none-match"]?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return known?.includes(etag) ?? false;
}

/** Gives every text answer an ETag made of its content, and answers 304 to whoever has it already. */
export function addEntityTags(server: Server): void {
  server.addHook("onSend", async (request, reply, payload) => {
    if (reply.statusCode !== 200 || typeof payload !== "string" || !["GET", "HEAD"].includes(request.method))
      return payload;
    const content = contentTag(payload);
    const version = reply.getHeader("etag"); // where the handler knows one, the tag begins with it
    const etag = version === undefined ? `"${content}"` : `"${String(version).replaceAll('"', "")}-${content}"`;
    reply.header("etag", etag);
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-cache");
    if (!knowsTag(request, etag)) return payload;
    reply.code(304).removeHeader("content-length");
    return "";
  });
}
