import type { FastifyRequest } from "fastify";
import type { Database } from "../database/index.js";
import { type AccessPorts, HttpError } from "../http/index.js";
import { type Actor, publicActor } from "./actor.js";
import type { Cookies } from "./cookies.js";
import { recordRefusal } from "./refusals.js";
import { personOfSession, personOfToken } from "./sessions.js";

/** What is known of who may be anybody here. */
export interface IdentifyOptions {
  readonly database: Database;
  readonly cookies: Cookies;
  /** Whether the local provider runs; only then are its invented people anybody. */
  readonly localPeople: boolean;
  readonly clock: () => Date;
}

/** Says who asks, by access token or session, and records who was refused. */
export function identifying(options: IdentifyOptions): Required<Pick<AccessPorts, "identify" | "onRefusal">> {
  const { database, cookies, localPeople, clock } = options;
  async function byToken(request: FastifyRequest, token: string): Promise<Actor> {
    const actor = await personOfToken(database, token, localPeople, clock());
    if (actor !== null) return actor;
    const route = `${request.method} ${request.routeOptions.url ?? "an address without a route"}`;
    await recordRefusal(database, publicActor, { route, place: null, why: "token-not-accepted" }, clock());
    throw new HttpError(401, "token-not-accepted", "This access token is not known here, has expired or was ended.");
  }
  return {
    async identify(request) {
      const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
      if (token !== undefined) return byToken(request, token);
      const secret = cookies.session(request);
      if (secret === null) return publicActor;
      const { actor, session } = await personOfSession(database, secret, localPeople, clock());
      request.sessionHash = session?.idHash ?? null;
      return actor;
    },
    onRefusal: (actor, { method, route, place, why }) =>
      recordRefusal(database, actor, { route: `${method} ${route}`, place, why }, clock()),
  };
}
