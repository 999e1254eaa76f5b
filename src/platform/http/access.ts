import type { FastifyReply, FastifyRequest } from "fastify";
import { type Actor, holdsRole, type Place, publicActor, type Role } from "../identity/index.js";
import { HttpError, isApi } from "./errors.js";
import type { Server } from "./server.js";

/** Who may use a route; every route must say. */
export type Access = "anyone" | { readonly roles: readonly Role[] };

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may use the route. */
    access?: Access;
    /** The same for everybody (styles): who asks is not looked up. */
    impersonal?: boolean;
  }
  interface FastifyRequest {
    /** Who asks; `publicActor` where nobody has signed in. */
    actor: Actor;
    /** The session that asks, as the table of sessions names it; null without one. */
    sessionHash: string | null;
  }
}

/** Why somebody was turned away, for the record. */
export interface Refusal {
  readonly method: string;
  /** The route as it is written: `/schools/:urn/case`. */
  readonly route: string;
  /** What was asked for, as far as the address tells. */
  readonly place: Place | null;
  readonly why: "not-signed-in" | "role-missing" | "out-of-scope";
}

/** What the server asks others about people and places. */
export interface AccessPorts {
  /** Who sends the request, by session or token; everybody is the public unless given. */
  readonly identify?: (request: FastifyRequest) => Promise<Actor>;
  /** Where a school or a trust lies; without an answer only its own number is held against a scope. */
  readonly places?: {
    school(urn: string): Promise<Place | null>;
    trust(uid: string): Promise<Place | null>;
  };
  /** Records a refusal; it is awaited, so that none goes unrecorded. */
  readonly onRefusal?: (actor: Actor, refusal: Refusal) => Promise<void>;
}

/** The place that the address names in a `:urn`, `:trust` or `:region`, or null. */
async function placeAsked(params: unknown, places: AccessPorts["places"]): Promise<Place | null> {
  const { urn, trust, region } = (params ?? {}) as Readonly<Record<string, string | undefined>>;
  if (urn !== undefined) return (await places?.school(urn)) ?? { urn };
  if (trust !== undefined) return (await places?.trust(trust)) ?? { trusts: [trust] };
  return region === undefined ? null : { region };
}

/** Sends people to the sign-in and back again, and tells programs that they need a token. */
function askToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isApi(request)) {
    reply.header("www-authenticate", "Bearer");
    throw new HttpError(401, "not-signed-in", "This needs a bearer token, or a session that has signed in.");
  }
  const next = request.method === "GET" ? `?next=${encodeURIComponent(request.url)}` : "";
  return reply.header("cache-control", "no-store").redirect(`/sign-in${next}`, 303);
}

const refusals = {
  "role-missing": "Your account does not have the role that this needs.",
  "out-of-scope": "Your role does not reach this school, trust or region.",
} as const;

async function admit(request: FastifyRequest, reply: FastifyReply, ports: AccessPorts): Promise<FastifyReply | null> {
  const access = request.routeOptions.config.access ?? "anyone"; // only an address without a route has none
  if (access === "anyone") return null;
  const place = await placeAsked(request.params, ports.places);
  const refuse = (why: Refusal["why"]) => {
    const route = request.routeOptions.url ?? request.url;
    return ports.onRefusal?.(request.actor, { method: request.method, route, place, why });
  };
  if (request.actor.kind === "public") {
    await refuse("not-signed-in");
    return askToSignIn(request, reply);
  }
  if (holdsRole(request.actor, access.roles, place ?? undefined)) return null;
  const why = holdsRole(request.actor, access.roles) ? "out-of-scope" : "role-missing";
  await refuse(why);
  throw new HttpError(403, why, refusals[why]);
}

/** A browser says where a form or a script that sends comes from; what another site sends is not taken. */
function refuseOtherSites(request: FastifyRequest): void {
  const from = request.headers["sec-fetch-site"];
  if (!["GET", "HEAD", "OPTIONS"].includes(request.method) && (from === "cross-site" || from === "same-site"))
    throw new HttpError(403, "sent-from-another-site", "This was sent from a page of another site, and was not taken.");
}

/**
 * Makes every route say who may use it, and holds everybody to it before anything else of a request is read.
 * @throws {TypeError} when a route is added that does not say.
 */
export function addAccess(server: Server, ports: AccessPorts): void {
  server.addHook("onRoute", ({ url, method, config }) => {
    if (config?.access === undefined)
      throw new TypeError(`the route ${method} ${url} must say who may use it: config: { access: "anyone" } or roles`);
  });
  server.decorateRequest("actor");
  server.decorateRequest("sessionHash", null);
  server.addHook("onRequest", async (request, reply) => {
    request.actor = publicActor;
    refuseOtherSites(request);
    if (ports.identify && !request.routeOptions.config.impersonal) request.actor = await ports.identify(request);
    return (await admit(request, reply, ports)) ?? undefined;
  });
}
