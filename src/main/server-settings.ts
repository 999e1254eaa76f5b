import { err, ok, type Problem, type Result } from "../kernel/index.js";
import type { ServerOptions } from "../platform/http/index.js";
import { readSignInSettings, type SignInSettings } from "../platform/identity/index.js";
import { problemCodes } from "./problem-codes.js";

/** What the environment says of the server. */
export interface ServerSettings extends Pick<ServerOptions, "rateLimits" | "trustProxy"> {
  readonly signIn: SignInSettings;
}

/** Requests a minute of one network address: some fifty people behind one address, each a page a second. */
const usualRate = 3000;
/** Sign-ins a minute of one network address: a school's or council's office in the morning. */
const signInsPerMinute = 60;

/**
 * Reads `OIDC_…`, `PUBLIC_URL`, `NODE_ENV`, `RATE_LIMIT` and `TRUST_PROXY`; before any long work, so that nobody waits for a server
 * that then can't start.
 */
export function readServerSettings(
  environment: NodeJS.ProcessEnv,
  host: string,
): Result<ServerSettings, readonly Problem[]> {
  const { RATE_LIMIT: rate = String(usualRate), TRUST_PROXY: trustProxy } = environment;
  const signIn = readSignInSettings(environment, host);
  const problems: Problem[] = signIn.ok ? [] : [...signIn.error];
  if (!/^\d{1,7}$/.test(rate))
    problems.push({
      code: "rate-limit-unreadable",
      place: "RATE_LIMIT",
      message: `"${rate}" is not a whole number`,
      remedy: problemCodes["rate-limit-unreadable"].remedy,
    });
  if (!signIn.ok || problems.length > 0) return err(problems);
  const perMinute = Number(rate);
  return ok({
    signIn: signIn.value,
    ...(perMinute > 0 && { rateLimits: { perMinute, signInsPerMinute: Math.min(signInsPerMinute, perMinute) } }),
    ...(trustProxy && { trustProxy }),
  });
}
