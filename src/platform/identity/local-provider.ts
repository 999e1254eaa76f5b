import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Configuration, KoaContextWithOIDC } from "oidc-provider";
import type { LocalPeople } from "./local-people.js";

/** Below which path of the server the provider answers. */
export const localProviderPath = "/local-provider";
/** Below which path people are chosen. */
export const choosePath = "/local-people";
export const localClientId = "greenpaper";

/** The local provider, as the server mounts it. */
export interface LocalProvider {
  readonly clientSecret: string;
  /** Answers a request below {@link localProviderPath}. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Goes on with the sign-in of whoever was chosen. @throws {Error} when there is none under way in this browser */
  choose(request: IncomingMessage, response: ServerResponse, subject: string): Promise<void>;
}

/** What oidc-provider says that does not matter here: it was tried on this Node, and its sessions may end with the process. */
const known = /Unsupported runtime|in-memory adapter/;

/** Does something without those notices on the terminal. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    if (!known.test(String(words[0]))) warn(...words);
  };
  try {
    return await work();
  } finally {
    console.warn = warn;
  }
}

/** The cookies without the provider's own session: whoever signs in chooses, whoever was chosen before in this browser. */
function withoutSession(cookies: string | undefined): string | undefined {
  return cookies
    ?.split(/; */)
    .filter((cookie) => !/^_session(\.sig)?=/.test(cookie))
    .join("; ");
}

const minutes = (count: number) => () => count * 60;

function configuration(people: LocalPeople, clientSecret: string, redirectUri: string): Configuration {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    clients: [
      {
        client_id: localClientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code"],
        response_types: ["code"],
        id_token_signed_response_alg: "ES256",
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kty: "EC", use: "sig", alg: "ES256" }] },
    enabledJWA: { idTokenSigningAlgValues: ["ES256"] },
    cookies: { keys: [randomBytes(32).toString("hex")] },
    scopes: ["openid", "profile", "email"],
    claims: { openid: ["sub"], profile: ["name"], email: [] },
    conformIdTokenClaims: false, // the name comes with the ID token, which saves a request
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `${choosePath}/${interaction.uid}` },
    ttl: {
      AccessToken: minutes(5),
      AuthorizationCode: minutes(1),
      IdToken: minutes(5),
      Interaction: minutes(15),
      Session: minutes(15),
      Grant: minutes(15),
    },
    async findAccount(_ctx, subject) {
      const person = await people.find(subject);
      return person ? { accountId: subject, claims: async () => ({ sub: subject, name: person.name }) } : undefined;
    },
    // Nobody is asked for consent to be told their own invented name.
    async loadExistingGrant({ oidc }: KoaContextWithOIDC) {
      const accountId = oidc.session?.accountId;
      const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, ...(accountId && { accountId }) });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
    renderError(ctx, out) {
      ctx.type = "text/plain";
      ctx.body = `The local identity provider refused: ${out.error_description ?? out.error}. Go back to /sign-in and begin again.\n`;
    },
  };
}

/**
 * Starts the identity provider for development: it lets anyone be any of its invented people, without a password.
 * Its sessions and keys are in memory and of this process alone.
 *
 * @param origin of the server that mounts it, as `http://localhost:3000`
 */
export async function startLocalProvider(
  origin: URL,
  people: LocalPeople,
  redirectUri: string,
): Promise<LocalProvider> {
  const clientSecret = randomBytes(32).toString("base64url");
  const issuer = new URL(localProviderPath, origin).href;
  const provider = await quietly(async () => {
    const { Provider } = await import("oidc-provider");
    return new Provider(issuer, configuration(people, clientSecret, redirectUri));
  });
  const callback = provider.callback();
  return {
    clientSecret,
    answer(request, response) {
      // As Express mounts: the provider builds its addresses from both.
      Object.assign(request, { originalUrl: request.url });
      Object.assign(request.headers, { cookie: withoutSession(request.headers.cookie) });
      request.url = request.url!.slice(localProviderPath.length) || "/";
      void callback(request, response);
    },
    async choose(request, response, subject) {
      await provider.interactionFinished(request, response, { login: { accountId: subject } });
    },
  };
}
