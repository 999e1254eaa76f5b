import Type from "typebox";
import { type CivilDate, type Problem, valueOn } from "../../kernel/index.js";
import { dayInEngland } from "../day/index.js";
import { Form, type PageContext, type PageParts, pagesOn, type Redirect, type Server } from "../http/index.js";
import { ErrorSummary, Govuk, Table } from "../pages/index.js";
import { sessionIdle, sessionLife, tokenLife } from "./parameters.js";
import { grantWords } from "./people.js";
import { roleWords } from "./roles.js";
import { endOwnSessions, runningSessions } from "./sessions.js";
import type { SignInContext } from "./sign-in-context.js";
import type { Session } from "./store-sessions.js";
import type { AccessToken } from "./store-tokens.js";
import { endToken, listTokens, makeToken } from "./tokens.js";
import { entriesFor, type WorkEntry } from "./work.js";

type Person = Extract<PageContext["actor"], { kind: "person" }>;

const shell = { section: null, breadcrumbs: [] } as const;
const moments = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "Europe/London",
});
const momentWords = (iso: string) => moments.format(new Date(iso));

const toSignIn = (path: string): Redirect => ({ redirect: `/sign-in?next=${encodeURIComponent(path)}` });

/** The browser and the system, of the long name that a browser gives itself. */
export function browserWords(name: string): string {
  const [browser] = /Edg|OPR|Firefox|Chrome|Safari/.exec(name.replace(/HeadlessChrome/, "Chrome")) ?? [];
  const [system] = /Windows|Android|iPhone|iPad|Mac OS|CrOS|Linux/.exec(name) ?? [];
  const words = { Edg: "Edge", OPR: "Opera", CrOS: "ChromeOS", "Mac OS": "macOS" } as Readonly<Record<string, string>>;
  if (browser === undefined) return name.slice(0, 60);
  return `${words[browser] ?? browser}${system ? ` on ${words[system] ?? system}` : ""}`;
}

function Roles({ actor, whomToAsk }: { actor: Person; whomToAsk: string }) {
  return actor.grants.length === 0 ? (
    <Govuk is="inset-text" options={{ text: `You have no role yet, so you see what everybody sees. ${whomToAsk}` }} />
  ) : (
    <ul class="govuk-list govuk-list--bullet">
      {actor.grants.map((grant) => (
        <li>
          {grantWords(grant)}: {roleWords[grant.role].task}
        </li>
      ))}
    </ul>
  );
}

function Sessions({
  sessions,
  own,
  csrf,
  today,
}: {
  sessions: readonly Session[];
  own: string | null;
  csrf: string;
  today: CivilDate;
}) {
  const [idle, life] = [valueOn(sessionIdle, today).value, valueOn(sessionLife, today).value];
  return (
    <>
      <h2 class="govuk-heading-m">Where you are signed in</h2>
      <p class="govuk-body">
        A session ends when it was not used for {idle} minutes, and after {life} hours in any case.
      </p>
      <Table
        caption="Your sessions"
        captionHidden
        rows={sessions}
        columns={[
          {
            heading: "Browser",
            cell: ({ browser, idHash }) => `${browserWords(browser)}${idHash === own ? " (this one)" : ""}`,
          },
          { heading: "Signed in", cell: ({ startedAt }) => momentWords(startedAt) },
          { heading: "Last used", cell: ({ usedAt }) => momentWords(usedAt) },
          {
            heading: "End",
            cell: ({ idHash, startedAt }) =>
              idHash === own ? (
                <a class="govuk-link" href="/sign-out">
                  Sign out
                </a>
              ) : (
                <Form action="/account/sessions" csrf={csrf}>
                  <button
                    class="govuk-button govuk-button--secondary site-button--small"
                    name="only"
                    value={idHash}
                    type="submit"
                  >
                    End<span class="govuk-visually-hidden"> the session begun {momentWords(startedAt)}</span>
                  </button>
                </Form>
              ),
          },
        ]}
      />
      {sessions.length > 1 && (
        <Form action="/account/sessions" csrf={csrf}>
          <Govuk is="button" options={{ text: "End all other sessions", classes: "govuk-button--secondary" }} />
        </Form>
      )}
    </>
  );
}

function Tokens({ tokens, csrf }: { tokens: readonly AccessToken[]; csrf: string }) {
  return tokens.length === 0 ? (
    <p class="govuk-body">You have none.</p>
  ) : (
    <Table
      caption="Your access tokens"
      captionHidden
      rows={tokens}
      columns={[
        { heading: "Name", cell: ({ name }) => name },
        { heading: "Roles", cell: ({ roles }) => roles },
        { heading: "Ends", cell: ({ expiresAt }) => momentWords(expiresAt) },
        { heading: "Last used", cell: ({ usedAt }) => (usedAt === null ? "never" : momentWords(usedAt)) },
        {
          heading: "End now",
          cell: ({ id, name }) => (
            <Form action="/account/tokens/end" csrf={csrf}>
              <button
                class="govuk-button govuk-button--secondary site-button--small"
                name="token"
                value={id}
                type="submit"
              >
                End<span class="govuk-visually-hidden"> the token {name}</span>
              </button>
            </Form>
          ),
        },
      ]}
    />
  );
}

function NewToken({ actor, csrf, today, problems, typed }: NewTokenProps) {
  const held = [...new Set(actor.grants.map(({ role }) => role))];
  const fault = (place: string) => {
    const found = problems.find((problem) => problem.place === place);
    return found ? { errorMessage: { text: `${found.message}. ${found.remedy}` } } : {};
  };
  return held.length === 0 ? null : (
    <Form action="/account/tokens" csrf={csrf}>
      <h3 class="govuk-heading-s">Make a token</h3>
      <Govuk
        is="input"
        options={{
          id: "name",
          name: "name",
          label: { text: "What it is for" },
          classes: "govuk-input--width-20",
          value: typed.name,
          ...fault("name"),
        }}
      />
      <Govuk
        is="input"
        options={{
          id: "days",
          name: "days",
          label: { text: "For how many days" },
          hint: { text: `At most ${valueOn(tokenLife, today).value}` },
          classes: "govuk-input--width-3",
          inputmode: "numeric",
          value: typed.days,
          ...fault("days"),
        }}
      />
      <Govuk
        is="checkboxes"
        options={{
          idPrefix: "roles",
          name: "roles",
          fieldset: { legend: { text: "Which of your roles it may use" } },
          items: held.map((role) => ({
            value: role,
            text: roleWords[role].title,
            checked: typed.roles.includes(role),
          })),
          ...fault("roles"),
        }}
      />
      <Govuk is="button" options={{ text: "Make the token", classes: "govuk-button--secondary" }} />
    </Form>
  );
}

interface NewTokenProps {
  readonly actor: Person;
  readonly csrf: string;
  readonly today: CivilDate;
  readonly problems: readonly Problem[];
  readonly typed: { readonly name: string; readonly days: string; readonly roles: readonly string[] };
}

const nothingTyped = { name: "", days: "90", roles: [] };

/** What people see of themselves, and where they begin. */
export function accountRoutes(
  context: SignInContext,
  work: readonly WorkEntry[],
  whomToAsk: string,
): (server: Server) => void {
  const { database } = context;
  async function account(
    { actor, csrf, now, sessionHash }: PageContext,
    more: Pick<NewTokenProps, "problems" | "typed"> & { readonly made?: string } = {
      problems: [],
      typed: nothingTyped,
    },
  ): Promise<PageParts | Redirect> {
    if (actor.kind !== "person") return toSignIn("/account");
    const today = dayInEngland(now);
    const sessions = await runningSessions(database, actor.id, now);
    const tokens = await listTokens(database, actor.id, actor);
    return {
      ...shell,
      title: `${more.problems.length > 0 ? "Error: " : ""}Your account`,
      status: more.problems.length > 0 ? 400 : 200,
      content: (
        <>
          <ErrorSummary errors={more.problems.map(({ message, place }) => ({ text: message, href: `#${place}` }))} />
          <h1 class="govuk-heading-l">{actor.name}</h1>
          {more.made !== undefined && (
            <Govuk
              is="notification-banner"
              options={{ html: tokenMade(more.made), type: "success", disableAutoFocus: true }}
            />
          )}
          <h2 class="govuk-heading-m">Your roles</h2>
          <Roles actor={actor} whomToAsk={whomToAsk} />
          <Sessions sessions={sessions} own={sessionHash} csrf={csrf} today={today} />
          <h2 class="govuk-heading-m">Access tokens for programs</h2>
          <p class="govuk-body">
            A program that sends a token as <code>Authorization: Bearer …</code> acts as you, with the roles that you
            choose.
          </p>
          <Tokens tokens={tokens.ok ? tokens.value : []} csrf={csrf} />
          <NewToken actor={actor} csrf={csrf} today={today} {...more} />
        </>
      ),
    };
  }
  return (server) => {
    const pages = pagesOn(server, context);
    pages.get("/account", "anyone", (page) => account(page));
    pages.post(
      "/account/sessions",
      "anyone",
      Type.Object({ only: Type.Optional(Type.String()) }),
      async (page, body) => {
        const { actor, sessionHash, now } = page;
        if (actor.kind !== "person") return toSignIn("/account");
        const which = body.only === undefined ? { allBut: sessionHash ?? "" } : { only: body.only };
        const ended = await endOwnSessions(database, actor.id, which, now);
        return { redirect: "/account", notice: ended === 1 ? "One session has ended" : `${ended} sessions have ended` };
      },
    );
    const wish = Type.Object({
      name: Type.String({ maxLength: 100 }),
      days: Type.String({ maxLength: 10 }),
      roles: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
    });
    pages.post("/account/tokens", "anyone", wish, async (page, body) => {
      const { actor, now } = page;
      if (actor.kind !== "person") return toSignIn("/account");
      const roles = body.roles === undefined ? [] : [body.roles].flat();
      const typed = { name: body.name, days: body.days, roles };
      const days = /^\d{1,5}$/.test(body.days) ? Number(body.days) : Number.NaN;
      const made = await makeToken(database, actor.id, { name: body.name, days, roles }, { actor, now });
      if (!made.ok) return account(page, { problems: made.error, typed });
      return account(page, { problems: [], typed: nothingTyped, made: made.value.token });
    });
    pages.post(
      "/account/tokens/end",
      "anyone",
      Type.Object({ token: Type.String() }),
      async ({ actor, now }, { token }) => {
        if (actor.kind !== "person") return toSignIn("/account");
        const ended = await endToken(database, actor.id, token, { actor, now });
        return { redirect: "/account", notice: ended.ok ? "The token has ended" : ended.error[0]!.message };
      },
    );
    pages.get("/work", "anyone", async ({ actor, now }) => {
      if (actor.kind !== "person") return toSignIn("/work");
      const entries = await Promise.all(
        entriesFor(actor, work).map(async (entry) => ({
          ...entry,
          waiting: (await entry.count?.(database, actor, now)) ?? null,
        })),
      );
      return { ...shell, title: "Your work", content: <Work actor={actor} entries={entries} whomToAsk={whomToAsk} /> };
    });
  };
}

/** The banner with a token, which is shown this once. It is of our own alphabet, so nothing in it needs escaping. */
function tokenMade(token: string): string {
  return (
    '<p class="govuk-notification-banner__heading">Copy the token now: it is not kept and not shown again</p>' +
    `<p class="govuk-body site-token"><code>${token}</code></p>`
  );
}

interface WorkProps {
  readonly actor: Person;
  readonly entries: readonly (WorkEntry & { readonly waiting: number | null })[];
  readonly whomToAsk: string;
}

function Work({ actor, entries, whomToAsk }: WorkProps) {
  return (
    <>
      <h1 class="govuk-heading-l">Your work</h1>
      {entries.length === 0 && <Roles actor={actor} whomToAsk={whomToAsk} />}
      {entries.length > 0 && (
        <ul class="govuk-task-list">
          {entries.map(({ text, href, waiting }, i) => (
            <li class="govuk-task-list__item govuk-task-list__item--with-link">
              <div class="govuk-task-list__name-and-hint">
                <a
                  class="govuk-link govuk-task-list__link"
                  href={href}
                  aria-describedby={waiting === null ? undefined : `waiting-${i}`}
                >
                  {text}
                </a>
              </div>
              {waiting !== null && (
                <div class="govuk-task-list__status" id={`waiting-${i}`}>
                  {waiting === 0 ? "Nothing waits" : `${waiting.toLocaleString("en-GB")} waiting`}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
