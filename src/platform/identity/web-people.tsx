import Type from "typebox";
import type { Problem } from "../../kernel/index.js";
import type { Database } from "../database/index.js";
import {
  Form,
  type PageContext,
  type PageParts,
  type Pages,
  pagesOn,
  RefusedError,
  type Server,
} from "../http/index.js";
import { Govuk } from "../pages/index.js";
import {
  addProgram,
  type Change,
  endHeldRole,
  endPersonsSessions,
  findPeople,
  grantRole,
  grantWords,
  type KnowsScope,
  parseGrant,
  personAndHistory,
} from "./people.js";
import { identityProblem } from "./refusing.js";
import type { SignInContext } from "./sign-in-context.js";
import { grantOf } from "./store-people.js";
import { makeToken } from "./tokens.js";
import { faults, List, Person, type PersonExtras, Summary } from "./web-people-views.js";

const only = { roles: ["administrator"] } as const;
const home = { text: "People and their roles", href: "/people" };

const change = ({ actor, now }: PageContext, reason: string, seen: number | null): Change => ({
  actor,
  reason,
  seen,
  now,
});
const Version = Type.Integer({ minimum: 0 });
const Reason = Type.String({ maxLength: 1000 });
type Shown = ReturnType<typeof peoplePages>;

/** The pages, also shown again with what was wrong on them. */
function peoplePages(database: Database) {
  async function list({ actor, csrf, query }: PageContext, problems: readonly Problem[] = []): Promise<PageParts> {
    const text = typeof query.text === "string" ? query.text : "";
    const found = await findPeople(database, actor, text);
    if (!found.ok) throw new RefusedError(found.error);
    return {
      ...{ title: `${problems.length > 0 ? "Error: " : ""}People and their roles`, section: null, breadcrumbs: [] },
      ...(problems.length > 0 && { status: 400 }),
      content: <List people={found.value} text={text} csrf={csrf} problems={problems} />,
    };
  }
  async function person({ actor, csrf, params }: PageContext, extras: PersonExtras = {}): Promise<PageParts> {
    const found = await personAndHistory(database, actor, params.id!);
    if (!found.ok) throw new RefusedError(found.error, { "person-unknown": 404 });
    const wrong = (extras.problems?.length ?? 0) > 0;
    return {
      ...{ title: `${wrong ? "Error: " : ""}${found.value.person.name}`, section: null, breadcrumbs: [home] },
      status: wrong ? 400 : 200,
      content: <Person found={found.value} csrf={csrf} extras={extras} />,
    };
  }
  async function ending(page: PageContext, problems: readonly Problem[] = []): Promise<PageParts> {
    const found = await personAndHistory(database, page.actor, page.params.id!);
    if (!found.ok) throw new RefusedError(found.error, { "person-unknown": 404 });
    const { person: whose, roles: held } = found.value;
    const role = held.find(({ id, endedAt }) => String(id) === page.params.role && endedAt === null);
    if (!role)
      throw new RefusedError([identityProblem("role-not-held", "role", `${whose.name} does not hold this role`)], {
        "role-not-held": 404,
      });
    return {
      title: `${problems.length > 0 ? "Error: " : ""}End a role`,
      section: null,
      breadcrumbs: [home, { text: whose.name, href: `/people/${whose.id}` }],
      status: problems.length > 0 ? 400 : 200,
      content: (
        <>
          <Summary problems={problems} />
          <h1 class="govuk-heading-l">End a role of {whose.name}</h1>
          <p class="govuk-body">{grantWords(grantOf(role))}. Every session of theirs ends too.</p>
          <Form action={`/people/${whose.id}/roles/${role.id}/end`} csrf={page.csrf} version={whose.version}>
            <Govuk
              is="textarea"
              options={{
                id: "reason",
                name: "reason",
                label: { text: "Why" },
                rows: "2",
                ...faults(problems)("reason"),
              }}
            />
            <Govuk is="button" options={{ text: "End the role", classes: "govuk-button--warning" }} />
          </Form>
        </>
      ),
    };
  }
  return { list, person, ending };
}

function addGiving(
  pages: Pages,
  database: Database,
  { list, person }: Pick<Shown, "list" | "person">,
  knows: KnowsScope,
): void {
  pages.get("/people", only, (page) => list(page));
  pages.post("/people", only, Type.Object({ name: Type.String({ maxLength: 200 }) }), async (page, { name }) => {
    const added = await addProgram(database, name, page);
    return added.ok
      ? { redirect: `/people/${added.value.id}`, notice: "The program was added" }
      : list(page, added.error);
  });
  pages.get("/people/:id", only, (page) => person(page));
  const grant = Type.Object({
    version: Version,
    role: Type.String(),
    kind: Type.Optional(Type.String()),
    code: Type.String({ maxLength: 20 }),
    reason: Reason,
  });
  pages.post("/people/:id", only, grant, async (page, { version, role, kind = "", code, reason }) => {
    const typed = { role, kind, code, reason };
    const parsed = parseGrant(role, code, kind);
    const given = parsed.ok
      ? await grantRole(database, page.params.id!, parsed.value, change(page, reason, version), knows)
      : { ok: false as const, error: [parsed.error] };
    if (!given.ok) return person(page, { typed, problems: given.error });
    return { redirect: `/people/${page.params.id}`, notice: "The role was given; it holds at once" };
  });
}

function addEnding(pages: Pages, database: Database, { person, ending }: Pick<Shown, "person" | "ending">): void {
  pages.get("/people/:id/roles/:role/end", only, (page) => ending(page));
  pages.post(
    "/people/:id/roles/:role/end",
    only,
    Type.Object({ version: Version, reason: Reason }),
    async (page, body) => {
      const role = /^\d{1,9}$/.test(page.params.role!) ? Number(page.params.role) : 0;
      const ended = await endHeldRole(database, page.params.id!, role, change(page, body.reason, body.version));
      if (!ended.ok) return ending(page, ended.error);
      return { redirect: `/people/${page.params.id}`, notice: "The role has ended, and every session with it" };
    },
  );
  pages.post("/people/:id/sessions", only, Type.Object({}), async (page) => {
    const ended = await endPersonsSessions(
      database,
      page.params.id!,
      change(page, "ended on the page of the person", null),
    );
    if (!ended.ok) throw new RefusedError(ended.error, { "person-unknown": 404 });
    return { redirect: `/people/${page.params.id}`, notice: `Sessions ended: ${ended.value}` };
  });
  const wish = Type.Object({ name: Type.String({ maxLength: 100 }), days: Type.String({ maxLength: 10 }) });
  pages.post("/people/:id/tokens", only, wish, async (page, { name, days }) => {
    const found = await personAndHistory(database, page.actor, page.params.id!);
    if (!found.ok) throw new RefusedError(found.error, { "person-unknown": 404 });
    const held = found.value.roles.filter(({ endedAt }) => endedAt === null).map(({ role }) => role);
    const number = /^\d{1,5}$/.test(days) ? Number(days) : Number.NaN;
    const made = await makeToken(database, page.params.id!, { name, days: number, roles: held }, page);
    return person(page, made.ok ? { made: made.value.token } : { problems: made.error });
  });
}

/** The administrator's pages: who may do what, given and ended with a reason. */
export function peopleRoutes(context: SignInContext, knows: KnowsScope): (server: Server) => void {
  const { database } = context;
  const { list, person, ending } = peoplePages(database);
  return (server) => {
    const pages = pagesOn(server, context);
    addGiving(pages, database, { list, person }, knows);
    addEnding(pages, database, { person, ending });
  };
}
