import type { FastifyReply, FastifyRequest } from "fastify";

/** The cookies of the sign-in. Behind https they are bound to this host and never sent without it. */
export interface Cookies {
  session(request: FastifyRequest): string | null;
  setSession(reply: FastifyReply, secret: string): void;
  clearSession(reply: FastifyReply): void;
  /** What tells the browser that began a sign-in from any other. */
  browser(request: FastifyRequest): string | null;
  setBrowser(reply: FastifyReply, secret: string, minutes: number): void;
}

/** @param secure whether people reach the server by https */
export function cookiesOf(secure: boolean): Cookies {
  const [session, browser] = secure
    ? ["__Host-greenpaper-session", "__Host-greenpaper-sign-in"]
    : ["greenpaper-session", "greenpaper-sign-in"];
  const options = { path: "/", httpOnly: true, sameSite: "lax", secure } as const;
  return {
    session: (request) => request.cookies[session] ?? null,
    setSession: (reply, secret) => void reply.setCookie(session, secret, options), // ends with the browser, or before
    clearSession: (reply) => void reply.clearCookie(session, options),
    browser: (request) => request.cookies[browser] ?? null,
    setBrowser: (reply, secret, minutes) => void reply.setCookie(browser, secret, { ...options, maxAge: minutes * 60 }),
  };
}
