import type { FastifyReply, FastifyRequest } from "fastify";
import type { Child } from "hono/jsx";
import { valueOn } from "../../kernel/index.js";
import { dayInEngland } from "../day/index.js";
import { Form, type Server } from "../http/index.js";
import { Govuk, renderPage } from "../pages/index.js";
import { nextPage } from "./next-page.js";
import { signInPatience } from "./parameters.js";
import { personSignedIn } from "./people.js";
import { ProviderError, returnPath, signedOutPath } from "./provider-client.js";
import { newSecret, secretHash } from "./secrets.js";
import { localIssuer, signOut, startSession } from "./sessions.js";
import type { SignInContext } from "./sign-in-context.js";
import { insertSignIn, takeSignIn } from "./store-sessions.js";

const anyone = { access: "anyone" } as const;

interface Shown {
  readonly title: string;
  readonly status: number;
  readonly content: Child;
}

/** A page of the sign-in, never kept by a browser. */
async function show(context: SignInContext, request: FastifyRequest, reply: FastifyReply, page: Shown) {
  const html = renderPage({
    site: context.site,
    actor: request.actor,
    title: page.title,
    section: null,
    breadcrumbs: [],
    band: await context.band(),
    content: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">{page.title}</h1>
          {page.content}
        </div>
      </div>
    ),
  });
  return reply.code(page.status).header("cache-control", "no-store").type("text/html; charset=utf-8").send(html);
}

const SignInAgain = () => <Govuk is="button" options={{ text: "Sign in", href: "/sign-in" }} />;

function notSetUp(missing: readonly string[], why: string): Shown {
  return {
    title: "Nobody can sign in here yet",
    status: 503,
    content: (
      <>
        <p class="govuk-body">Everything that is public can be read without signing in.</p>
        <p class="govuk-body">Whoever runs this server: {why}. These settings are missing:</p>
        <ul class="govuk-list govuk-list--bullet">
          {missing.map((name) => (
            <li>
              <code>{name}</code>
            </li>
          ))}
        </ul>
      </>
    ),
  };
}

function providerFailed(error: ProviderError): Shown {
  return {
    title: error.passing ? "Signing in does not work at the moment" : "You are not signed in",
    status: error.passing ? 503 : 400,
    content: (
      <>
        <p class="govuk-body">{error.message} Nothing was changed.</p>
        <p class="govuk-body">{error.passing ? "Try again in a minute." : "You can begin again."}</p>
        <SignInAgain />
      </>
    ),
  };
}

const notUnderWay: Shown = {
  title: "You are not signed in",
  status: 400,
  content: (
    <>
      <p class="govuk-body">
        This sign-in was not begun in this browser, took too long, or its answer was used already. You can begin again.
      </p>
      <SignInAgain />
    </>
  ),
};

async function begin(context: SignInContext, request: FastifyRequest, reply: FastifyReply) {
  const { settings, cookies, database, clock } = context;
  if (settings.kind === "none") return show(context, request, reply, notSetUp(settings.missing, settings.why));
  const asked = (request.query as { next?: unknown }).next;
  const origin = context.origin();
  // Cookies belong to one name of this machine, and the provider sends back to one.
  if (settings.kind === "local" && request.headers.host !== origin.host)
    return reply.redirect(new URL(`/sign-in?next=${encodeURIComponent(nextPage(asked))}`, origin).href, 303);
  const now = clock();
  const browser = cookies.browser(request) ?? newSecret();
  try {
    const { url, checks } = await (await context.client()).begin();
    await insertSignIn(database.queries, {
      stateHash: secretHash(checks.state),
      browserHash: secretHash(browser),
      nonce: checks.nonce,
      codeVerifier: checks.codeVerifier,
      next: nextPage(asked),
      startedAt: now.toISOString(),
    });
    cookies.setBrowser(reply, browser, valueOn(signInPatience, dayInEngland(now)).value);
    return reply.header("cache-control", "no-store").redirect(url, 303);
  } catch (error) {
    if (error instanceof ProviderError) return show(context, request, reply, providerFailed(error));
    throw error;
  }
}

async function comeBack(context: SignInContext, request: FastifyRequest, reply: FastifyReply) {
  const { cookies, database, clock } = context;
  const [now, browser] = [clock(), cookies.browser(request)];
  const { state } = request.query as { state?: unknown };
  if (context.settings.kind === "none" || typeof state !== "string" || browser === null)
    return show(context, request, reply, notUnderWay);
  const since = new Date(now.getTime() - valueOn(signInPatience, dayInEngland(now)).value * 60_000).toISOString();
  const begun = await takeSignIn(database.queries, secretHash(state), secretHash(browser), since);
  if (begun === null) return show(context, request, reply, notUnderWay);
  try {
    const { nonce, codeVerifier, next } = begun;
    const query = request.url.slice(request.url.indexOf("?"));
    const { claims, idToken } = await (await context.client()).complete(query, { state, nonce, codeVerifier });
    const local = context.settings.kind === "local";
    const invented = local ? await context.localPeople!.find(claims.subject) : null;
    const secret = await database.queries.transaction(async (queries) => {
      const issuer = local ? localIssuer : claims.issuer;
      const person = await personSignedIn(queries, { ...claims, issuer }, invented?.grants ?? [], now);
      const given = {
        browser: request.headers["user-agent"] ?? "a browser that does not say",
        idToken: local ? null : idToken,
        before: cookies.session(request),
      };
      return startSession(queries, person, given, now);
    });
    cookies.setSession(reply, secret);
    return reply.header("cache-control", "no-store").redirect(next, 303);
  } catch (error) {
    if (error instanceof ProviderError) return show(context, request, reply, providerFailed(error));
    throw error;
  }
}

async function askToSignOut(context: SignInContext, request: FastifyRequest, reply: FastifyReply) {
  if (request.actor.kind !== "person") return reply.redirect("/", 303);
  // The answer to the form may lead to the provider, which the usual policy would forbid.
  const there = await signOutThere(context, null);
  const policy = String(reply.getHeader("content-security-policy") ?? "");
  if (there !== null)
    reply.header(
      "content-security-policy",
      policy.replace("form-action 'self'", `form-action 'self' ${new URL(there).origin}`),
    );
  return show(context, request, reply, {
    title: "Sign out",
    status: 200,
    content: (
      <>
        <p class="govuk-body">You are signed in as {request.actor.name}.</p>
        <Form action="/sign-out" csrf={reply.generateCsrf()}>
          <Govuk is="button" options={{ text: "Sign out" }} />
        </Form>
      </>
    ),
  });
}

/** Where to sign out at the provider too; null where it has no such place or does not answer: here it is done in any case. */
async function signOutThere(context: SignInContext, idToken: string | null): Promise<string | null> {
  if (context.settings.kind !== "provider") return null;
  try {
    return await (await context.client()).signOutUrl(idToken);
  } catch (error) {
    if (error instanceof ProviderError) return null;
    throw error;
  }
}

async function leave(context: SignInContext, request: FastifyRequest, reply: FastifyReply) {
  const secret = context.cookies.session(request);
  const ended = secret === null ? null : await signOut(context.database, secret, context.clock());
  context.cookies.clearSession(reply);
  const there = ended === null ? null : await signOutThere(context, ended.idToken);
  return reply.header("cache-control", "no-store").redirect(there ?? signedOutPath, 303);
}

/** The ways in and out. */
export function signInRoutes(context: SignInContext): (server: Server) => void {
  return (server) => {
    const tight = { ...anyone, tightlyLimited: true };
    server.get("/sign-in", { config: tight }, (request, reply) => begin(context, request, reply));
    server.get(returnPath, { config: tight }, (request, reply) => comeBack(context, request, reply));
    server.get("/sign-out", { config: anyone }, (request, reply) => askToSignOut(context, request, reply));
    server.post("/sign-out", { config: anyone, preValidation: [server.csrfProtection] }, (request, reply) =>
      leave(context, request, reply),
    );
    server.get(signedOutPath, { config: anyone }, (request, reply) =>
      show(context, request, reply, {
        title: "You have signed out",
        status: 200,
        content: (
          <>
            <p class="govuk-body">On a shared machine, close the browser too.</p>
            <SignInAgain />
          </>
        ),
      }),
    );
  };
}
