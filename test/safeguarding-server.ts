import { safeguardingApi } from "../src/accountability/safeguarding/api.js";
import type { SafeguardingPorts } from "../src/accountability/safeguarding/service-sign.js";
import { safeguardingPages } from "../src/accountability/safeguarding/web.js";
import type { Database } from "../src/platform/database/index.js";
import { answersIn, buildServer, type Server } from "../src/platform/http/index.js";
import { type Actor, publicActor } from "../src/platform/identity/index.js";
import { siteAssets } from "../src/platform/pages/index.js";
import { region } from "./safeguarding-region.js";

/** The safeguarding pages and interface alone; `who` says who asks, by the cookie `who`. */
export function safeguardingServer(
  database: Database,
  who: (name: string) => Actor,
  ports: SafeguardingPorts,
  clock: () => Date,
): Promise<Server> {
  const site = {
    product: "Greenpaper",
    assets: siteAssets(),
    navigation: [],
    phase: { tag: "Alpha", text: "A test." },
    footer: [],
    colophon: [],
    account: () => [{ text: "Sign out", href: "/sign-out" }],
  };
  const context = {
    database,
    site,
    band: async () => "All schools are made up.",
    clock,
    answers: answersIn(database),
    ports,
  };
  return buildServer({
    ...{ version: "1", site, band: context.band, routes: [safeguardingPages(context), safeguardingApi(context)] },
    identify: async (request) => (request.cookies.who === undefined ? publicActor : who(request.cookies.who)),
    places: { school: async (urn) => ({ urn, region }), trust: async () => null },
  });
}
