import Type from "typebox";
import type { Database } from "../database/index.js";
import { type ApiOptions, apiOn, type Server } from "../http/index.js";
import { scopeCode } from "./actor.js";
import {
  addProgram,
  endHeldRole,
  findPeople,
  grantRole,
  type KnowsScope,
  type PersonWithRoles,
  parseGrant,
  personAndHistory,
} from "./people.js";
import { listRefusals } from "./refusals.js";
import { roles } from "./roles.js";

const only = { roles: ["administrator"] } as const;
const Moment = Type.String({ format: "date-time" });
const RoleName = Type.Enum([...roles]);
const Scope = Type.Object({
  kind: Type.Enum(["school", "trust", "region", "country"]),
  code: Type.String({ description: "URN, UID or the region's code; empty for the country" }),
});
const HeldRole = Type.Object({
  id: Type.Integer(),
  role: RoleName,
  scope: Scope,
  grantedAt: Moment,
  grantedBy: Type.String(),
  reason: Type.String(),
  endedAt: Type.Union([Moment, Type.Null()]),
  endedBy: Type.Union([Type.String(), Type.Null()]),
});
const Person = Type.Object({
  id: Type.String(),
  kind: Type.Enum(["person", "program"]),
  name: Type.String(),
  email: Type.Union([Type.String(), Type.Null()]),
  version: Type.Integer(),
  signedInAt: Type.Union([Moment, Type.Null()]),
  roles: Type.Array(HeldRole),
});
const Me = Type.Object({
  name: Type.String(),
  grants: Type.Array(Type.Object({ role: RoleName, scope: Scope })),
});
const Refusal = Type.Object({
  at: Moment,
  who: Type.String(),
  route: Type.String(),
  why: Type.String(),
});

const unknownPerson = { "person-unknown": 404 };

function shown({ person, roles: held }: PersonWithRoles) {
  const { id, kind, name, email, version, signedInAt } = person;
  return {
    ...{ id, kind, name, email, version, signedInAt },
    roles: held.map(({ id: number, role, scopeKind, scopeCode, grantedAt, grantedBy, reason, endedAt, endedBy }) => ({
      ...{ id: number, role, grantedAt, grantedBy, reason, endedAt, endedBy },
      scope: { kind: scopeKind, code: scopeCode },
    })),
  };
}

/** What programs may ask and change about who may do what. */
export function peopleApi(
  database: Database,
  knows: KnowsScope,
  options: Omit<ApiOptions, "tag">,
): (server: Server) => void {
  return (server) => {
    const api = apiOn(server, { ...options, tag: "People and roles" });
    api.get(
      "/me",
      {
        access: { roles: [...roles] },
        operationId: "readMe",
        summary: "Whose token or session this is, and what it may do",
        response: Me,
      },
      async ({ actor }) => ({
        name: actor.kind === "public" ? "" : actor.name,
        grants:
          actor.kind === "person"
            ? actor.grants.map(({ role, scope }) => ({ role, scope: { kind: scope.kind, code: scopeCode(scope) } }))
            : [],
      }),
    );
    api.get(
      "/people",
      {
        ...{ access: only, operationId: "findPeople", summary: "People and programs with the roles that they hold" },
        query: Type.Object({
          text: Type.String({ default: "", maxLength: 100, description: "Part of the name or e-mail address" }),
          limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
        }),
        response: Type.Object({ people: Type.Array(Person) }),
      },
      async ({ actor, query, orRefuse }) => ({
        people: orRefuse(await findPeople(database, actor, query.text, query.limit)).map(shown),
      }),
    );
    api.get(
      "/people/:id",
      {
        ...{
          access: only,
          operationId: "readPerson",
          summary: "A person or program with every role ever held",
          response: Person,
        },
        refusals: unknownPerson,
        version: ({ version }) => version,
      },
      async ({ actor, params, orRefuse }) => shown(orRefuse(await personAndHistory(database, actor, params.id))),
    );
    api.post(
      "/people",
      {
        ...{
          access: only,
          operationId: "addProgram",
          summary: "Add a program, which calls with access tokens",
          status: 201,
        },
        body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }) }),
        response: Person,
      },
      async ({ actor, now, body, orRefuse }) =>
        shown({ person: orRefuse(await addProgram(database, body.name, { actor, now })), roles: [] }),
    );
    addRoleOperations(api, database, knows);
    api.get(
      "/refusals",
      {
        ...{ access: only, operationId: "listRefusals", summary: "Who was refused what, the newest first" },
        query: Type.Object({ days: Type.Integer({ minimum: 1, maximum: 3660, default: 7 }) }),
        response: Type.Object({ refusals: Type.Array(Refusal) }),
      },
      async ({ query, now }) => ({
        refusals: (await listRefusals(database, new Date(now.getTime() - query.days * 86_400_000), 1000)).map(
          ({ at, actorName: who, route, why }) => ({ at, who, route, why }),
        ),
      }),
    );
  };
}

function addRoleOperations(api: ReturnType<typeof apiOn>, database: Database, knows: KnowsScope): void {
  const Reason = Type.String({ minLength: 1, maxLength: 1000 });
  api.post(
    "/people/:id/roles",
    {
      ...{ access: only, operationId: "grantRole", summary: "Give a role; it holds at once", ifMatch: true },
      body: Type.Object({ role: RoleName, scope: Scope, reason: Reason }),
      response: Person,
      refusals: unknownPerson,
      version: ({ version }) => version,
    },
    async ({ actor, params, body, now, version, orRefuse }) => {
      const parsed = parseGrant(body.role, body.scope.code, body.scope.kind);
      const grant = orRefuse(parsed.ok ? parsed : { ok: false, error: [parsed.error] });
      orRefuse(await grantRole(database, params.id, grant, { actor, reason: body.reason, seen: version, now }, knows));
      return shown(orRefuse(await personAndHistory(database, actor, params.id)));
    },
  );
  api.post(
    "/people/:id/roles/:role/end",
    {
      ...{
        access: only,
        operationId: "endRole",
        summary: "End a role, and every session of whoever held it",
        ifMatch: true,
      },
      params: Type.Object({ role: Type.String({ pattern: "^\\d{1,9}$" }) }),
      body: Type.Object({ reason: Reason }),
      response: Person,
      refusals: { ...unknownPerson, "role-not-held": 404 },
      version: ({ version }) => version,
    },
    async ({ actor, params, body, now, version, orRefuse }) => {
      orRefuse(
        await endHeldRole(database, params.id, Number(params.role), { actor, reason: body.reason, seen: version, now }),
      );
      return shown(orRefuse(await personAndHistory(database, actor, params.id)));
    },
  );
}
