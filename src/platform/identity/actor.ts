import type { GroupUid, Urn } from "../../kernel/index.js";

/** What a person may be here. */
export type Role =
  | "school"
  | "trust"
  | "regional-officer"
  | "regional-director"
  | "safeguarding-officer"
  | "policy-official"
  | "working-group"
  | "agency"
  | "statistician"
  | "teacher"
  | "administrator";

/** Where a role holds. */
export type Scope =
  | { readonly kind: "school"; readonly urn: Urn }
  | { readonly kind: "trust"; readonly uid: GroupUid }
  | { readonly kind: "region"; readonly code: string }
  | { readonly kind: "country" };

/** One role in one scope. */
export interface Grant {
  readonly role: Role;
  readonly scope: Scope;
}

/** Who does something: nobody known, a person with their grants, or the program itself (a job, the command line). */
export type Actor =
  | { readonly kind: "public" }
  | { readonly kind: "person"; readonly id: string; readonly name: string; readonly grants: readonly Grant[] }
  | { readonly kind: "system"; readonly name: string };

/** Whoever has not signed in. */
export const publicActor: Actor = { kind: "public" };

/** The program itself, by the name of its part. */
export function systemActor(name: string): Actor {
  return { kind: "system", name };
}

/** Where a school lies: what a scope is held against. */
export interface Place {
  readonly urn?: string;
  readonly trusts?: readonly string[];
  readonly region?: string;
}

function reaches(scope: Scope, place: Place): boolean {
  switch (scope.kind) {
    case "country":
      return true;
    case "region":
      return place.region === scope.code;
    case "trust":
      return place.trusts?.includes(scope.uid) ?? false;
    case "school":
      return place.urn === scope.urn;
  }
}

/** Whether the actor holds one of the roles in a scope that reaches the place (any scope where there is no place); system may everything. */
export function holdsRole(actor: Actor, roles: readonly Role[], place?: Place): boolean {
  if (actor.kind === "system") return true;
  if (actor.kind === "public") return false;
  return actor.grants.some(({ role, scope }) => roles.includes(role) && (place === undefined || reaches(scope, place)));
}
