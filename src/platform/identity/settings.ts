import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import { identityProblem } from "./refusing.js";

/** How people sign in here. */
export type SignInSettings =
  | {
      readonly kind: "provider";
      readonly issuer: URL;
      readonly clientId: string;
      readonly clientSecret: string;
      /** Where people reach this server, as `https://greenpaper.example`. */
      readonly publicUrl: URL;
    }
  /** The provider that starts with the product and invents people: on this machine alone, and never in production. */
  | { readonly kind: "local" }
  /** Nobody can; the pages that need nobody are served. */
  | { readonly kind: "none"; readonly missing: readonly string[]; readonly why: string };

const names = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "PUBLIC_URL"] as const;

/** Whether only this machine reaches the host. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host);
}

/** An address that may be trusted with secrets: https, or this machine itself. */
function trustedAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname)) ? url : null;
}

function incomplete(place: string, message: string): Problem {
  return identityProblem("sign-in-settings-incomplete", place, message);
}

/**
 * How people sign in, as the environment says.
 * @param host on which the server listens: the local provider is for loopback alone
 */
export function readSignInSettings(
  environment: NodeJS.ProcessEnv,
  host: string,
): Result<SignInSettings, readonly Problem[]> {
  const missing = names.filter((name) => !environment[name]);
  if (!environment.OIDC_ISSUER && !environment.OIDC_CLIENT_ID && !environment.OIDC_CLIENT_SECRET) {
    if (environment.NODE_ENV === "production")
      return ok({ kind: "none", missing, why: "this is a server in production, and its identity provider is not set" });
    if (!isLoopback(host))
      return ok({ kind: "none", missing, why: `other machines reach ${host}, and no identity provider is set` });
    return ok({ kind: "local" });
  }
  if (missing.length > 0)
    return err(missing.map((name) => incomplete(name, "it is not set, while others of the sign-in are")));
  const [issuer, publicUrl] = [trustedAddress(environment.OIDC_ISSUER!), trustedAddress(environment.PUBLIC_URL!)];
  const problems = [
    ...(issuer ? [] : [incomplete("OIDC_ISSUER", "it is not an address with https")]),
    ...(publicUrl && publicUrl.pathname === "/"
      ? []
      : [incomplete("PUBLIC_URL", "it is not an address with https and without a path")]),
  ];
  if (!issuer || !publicUrl || problems.length > 0) return err(problems);
  return ok({
    kind: "provider",
    issuer,
    publicUrl,
    clientId: environment.OIDC_CLIENT_ID!,
    clientSecret: environment.OIDC_CLIENT_SECRET!,
  });
}
