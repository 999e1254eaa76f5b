import type { Configuration } from "openid-client";
import type { Claims } from "./people.js";
import { isLoopback } from "./settings.js";

/** What is needed to ask a provider. */
export interface ProviderAddress {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of this server, where the provider sends people back to. */
  readonly publicUrl: URL;
  /** Asks the person again who they are even where the provider knows them. */
  readonly askAlways: boolean;
}

/** What must be the same when the person comes back. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The provider does not answer, or answers what can't be believed. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  /** Whether trying again may help. */
  readonly passing: boolean;

  constructor(message: string, passing: boolean, cause: unknown) {
    super(message, { cause });
    this.passing = passing;
  }
}

/** An OpenID Connect provider as this product uses it: authorisation code with PKCE, state and nonce. */
export interface ProviderClient {
  /** Where to send a person to sign in. */
  begin(): Promise<{ readonly url: string; readonly checks: SignInChecks }>;
  /** Who has come back. @throws {ProviderError} */
  complete(query: string, checks: SignInChecks): Promise<{ readonly claims: Claims; readonly idToken: string }>;
  /** Where to send a person to sign out there too, or null where the provider has no such place. */
  signOutUrl(idToken: string | null): Promise<string | null>;
}

/** The path to which the provider sends people back. */
export const returnPath = "/sign-in/return";
/** The path to which the provider sends people who have signed out. */
export const signedOutPath = "/signed-out";

const library = () => import("openid-client"); // read at the first sign-in: most servers' first page needs none

async function discover({ issuer, clientId, clientSecret }: ProviderAddress): Promise<Configuration> {
  const oidc = await library();
  const execute = issuer.protocol === "http:" && isLoopback(issuer.hostname) ? [oidc.allowInsecureRequests] : [];
  return oidc.discovery(issuer, clientId, undefined, oidc.ClientSecretBasic(clientSecret), { execute, timeout: 10 });
}

function textOf(claims: Readonly<Record<string, unknown>>, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = claims[name];
    if (typeof value === "string" && value.trim() !== "") return value.trim().slice(0, 200);
  }
  return null;
}

function claimsOf(issuer: string, subject: string, claims: Readonly<Record<string, unknown>>): Claims {
  const [given, family] = [textOf(claims, "given_name"), textOf(claims, "family_name")];
  const name =
    textOf(claims, "name") ??
    ([given, family].filter(Boolean).join(" ") || textOf(claims, "preferred_username", "email"));
  return { issuer, subject, name: name ?? subject, email: textOf(claims, "email") };
}

/** What a provider that is down, or the proxy before it, looks like. Everything else is an answer that can't be believed. */
const awayCodes = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
]);

/** Runs a request to the provider; its failures become words. */
async function asking<T>(work: () => Promise<T>): Promise<T> {
  const oidc = await library();
  try {
    return await work();
  } catch (error) {
    if (error instanceof oidc.AuthorizationResponseError)
      throw new ProviderError(
        error.error === "access_denied"
          ? "The sign-in was given up."
          : `The identity provider refused: ${error.error}.`,
        false,
        error,
      );
    const away =
      (error instanceof TypeError && error.message === "fetch failed") ||
      (error instanceof oidc.ClientError && awayCodes.has(error.code ?? ""));
    throw new ProviderError(
      away ? "The identity provider does not answer." : "The identity provider's answer could not be believed.",
      away,
      error,
    );
  }
}

/** A client of one provider, whose description is read once; a failed reading is tried again. */
export function providerClient(address: ProviderAddress): ProviderClient {
  let described: Promise<Configuration> | null = null;
  const configuration = () => {
    described ??= asking(() => discover(address)).catch((error: unknown) => {
      described = null;
      throw error;
    });
    return described;
  };
  const here = (path: string) => new URL(path, address.publicUrl);
  return {
    async begin() {
      const [oidc, config] = [await library(), await configuration()];
      const checks = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: here(returnPath).href,
        scope: "openid profile email",
        code_challenge: await oidc.calculatePKCECodeChallenge(checks.codeVerifier),
        code_challenge_method: "S256",
        state: checks.state,
        nonce: checks.nonce,
        ...(address.askAlways && { prompt: "login" }),
      });
      return { url: url.href, checks };
    },
    async complete(query, { state, nonce, codeVerifier }) {
      const [oidc, config] = [await library(), await configuration()];
      return asking(async () => {
        const tokens = await oidc.authorizationCodeGrant(config, here(`${returnPath}${query}`), {
          pkceCodeVerifier: codeVerifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims()!;
        const known = claimsOf(claims.iss, claims.sub, claims);
        const [name] = [textOf(claims, "name", "given_name", "family_name")];
        const more =
          name === null && config.serverMetadata().userinfo_endpoint
            ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
            : {};
        return {
          claims: name === null ? claimsOf(claims.iss, claims.sub, { ...claims, ...more }) : known,
          idToken: tokens.id_token!,
        };
      });
    },
    async signOutUrl(idToken) {
      const [oidc, config] = [await library(), await configuration()];
      if (!config.serverMetadata().end_session_endpoint) return null;
      return oidc.buildEndSessionUrl(config, {
        post_logout_redirect_uri: here(signedOutPath).href,
        ...(idToken !== null && { id_token_hint: idToken }),
      }).href;
    },
  };
}
