import type { Database } from "../database/index.js";
import type { AccessPorts, AnswerStore, RouteGroup, Server } from "../http/index.js";
import type { Link, Site } from "../pages/index.js";
import type { Actor } from "./actor.js";
import { peopleApi } from "./api.js";
import { cookiesOf } from "./cookies.js";
import { identifying } from "./identifying.js";
import type { LocalPeople } from "./local-people.js";
import { type LocalProvider, localClientId, localProviderPath, startLocalProvider } from "./local-provider.js";
import type { KnowsScope } from "./people.js";
import { type ProviderClient, providerClient, returnPath } from "./provider-client.js";
import type { SignInSettings } from "./settings.js";
import type { SignInContext } from "./sign-in-context.js";
import { accountRoutes } from "./web-account.js";
import { localRoutes } from "./web-local.js";
import { peopleRoutes } from "./web-people.js";
import { signInRoutes } from "./web-sign-in.js";
import type { WorkEntry } from "./work.js";

/** What signing in needs of the rest of the product. */
export interface IdentityOptions {
  readonly database: Database;
  readonly site: Site;
  readonly band: () => Promise<string | null>;
  readonly clock: () => Date;
  readonly settings: SignInSettings;
  /** Whom the local provider invents. */
  readonly localPeople: LocalPeople;
  /** What each role has to do. */
  readonly work: readonly WorkEntry[];
  /** Whether the register knows the place of a role. */
  readonly knows: KnowsScope;
  /** Answers to idempotency keys of programs. */
  readonly answers?: AnswerStore;
}

/** Signing in as a server takes it. */
export interface IdentityParts extends Required<Pick<AccessPorts, "identify" | "onRefusal">> {
  readonly routes: readonly RouteGroup[];
}

/** What stands at the top of every page: the way in, or who is in and the way out. */
export function accountLinks(actor: Actor): readonly Link[] {
  if (actor.kind !== "person") return [{ text: "Sign in", href: "/sign-in" }];
  return [
    { text: "Your work", href: "/work" },
    { text: actor.name, href: "/account" },
    { text: "Sign out", href: "/sign-out" },
  ];
}

/** Where a server that listens on this machine alone is reached. */
function originOf(server: Server): URL {
  const address = server.server.address();
  if (address === null || typeof address !== "object") throw new RangeError("the server does not listen yet");
  return new URL(`http://${address.family === "IPv6" ? "[::1]" : "localhost"}:${address.port}`);
}

/** Keeps what was made the first time; a failure is tried again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}

function clientOf(settings: SignInSettings, origin: () => URL, local: () => Promise<LocalProvider>) {
  return once(async (): Promise<ProviderClient> => {
    if (settings.kind === "none") throw new RangeError("nobody can sign in");
    if (settings.kind === "provider") return providerClient({ ...settings, askAlways: false });
    const { clientSecret } = await local();
    const issuer = new URL(localProviderPath, origin());
    return providerClient({ issuer, clientId: localClientId, clientSecret, publicUrl: origin(), askAlways: true });
  });
}

const whomToAsk = "Ask an administrator of this service for one: they find you by your name in the list of people.";

/** Signing in, sessions, accounts: who asks, and the routes of it. */
export function identityParts(options: IdentityOptions): IdentityParts {
  const { database, clock, settings, localPeople, work, knows, answers } = options;
  const isLocal = settings.kind === "local";
  const cookies = cookiesOf(settings.kind === "provider" && settings.publicUrl.protocol === "https:");
  let server: Server | null = null;
  const origin = () => {
    if (settings.kind === "provider") return settings.publicUrl;
    if (server === null) throw new RangeError("the server is not built yet");
    return originOf(server);
  };
  const local = once(() => startLocalProvider(origin(), localPeople, new URL(returnPath, origin()).href));
  const context: SignInContext = {
    ...options,
    cookies,
    origin,
    client: clientOf(settings, origin, local),
    localPeople: isLocal ? localPeople : null,
  };
  const remember: RouteGroup = (built) => {
    server = built;
  };
  return {
    ...identifying({ database, cookies, localPeople: isLocal, clock }),
    routes: [
      remember,
      signInRoutes(context),
      accountRoutes(context, work, whomToAsk),
      peopleRoutes(context, knows),
      peopleApi(database, knows, { clock, ...(answers && { answers }) }),
      ...(isLocal ? [localRoutes(context, localPeople, local)] : []),
    ],
  };
}
