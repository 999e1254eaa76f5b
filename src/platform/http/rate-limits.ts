import rateLimit from "@fastify/rate-limit";
import { HttpError } from "./errors.js";
import type { Server } from "./server.js";

/** How often one address of the network may ask. Each server process counts by itself. */
export interface RateLimits {
  /** Requests a minute, styles and the like not counted. */
  readonly perMinute: number;
  /** Of them those that begin or end a sign-in. */
  readonly signInsPerMinute: number;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Counted more tightly: it makes work for others, or could be used to try things out. */
    tightlyLimited?: boolean;
  }
}

const minute = 60_000;

/** Counts before anything else of a request is looked at, so that whoever asks too often costs next to nothing. */
export async function addRateLimits(server: Server, limits: RateLimits): Promise<void> {
  await server.register(rateLimit, { global: false });
  const ordinary = server.createRateLimit({ max: limits.perMinute, timeWindow: minute });
  const tight = server.createRateLimit({ max: limits.signInsPerMinute, timeWindow: minute });
  server.addHook("onRequest", async (request) => {
    const { impersonal, tightlyLimited } = request.routeOptions.config;
    if (impersonal) return;
    const checks = tightlyLimited ? [ordinary, tight] : [ordinary];
    for (const check of checks) {
      const found = await check(request);
      if (!found.isAllowed && found.isExceeded)
        throw new HttpError(
          429,
          "too-many-requests",
          "There were too many requests from your network address. Wait a little and try again.",
          Math.max(1, found.ttlInSeconds),
        );
    }
  });
}
