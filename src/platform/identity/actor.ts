import type { GroupUid, Urn } from "../../kernel/index.js";
import type { Role } from "./roles.js";

/** Where a role holds. */
export type Scope =
  | { readonly kind: "school"; readonly urn: Urn }
  | { readonly kind: "trust"; readonly uid: GroupUid }
  | { readonly kind: "region"; readonly code: string }
  | { readonly kind: "country" };

/** A role and where it holds. */
export interface Grant {
  readonly role: Role;
  readonly scope: Scope;
}

/** Who does something. */
export type Actor =
  | { readonly kind: "public" }
  | { readonly kind: "person"; readonly id: string; readonly name: string; readonly grants: readonly Grant[] }
  /** A job, or the command line on the machine itself. */
  | { readonly kind: "system"; readonly name: string };

/** Whoever is not signed in. */
export const publicActor: Actor = { kind: "public" };

/** The product itself, by the name of the part that acts. */
export function systemActor(name: string): Actor {
  return { kind: "system", name };
}

/** Where a school lies: what a scope is held against. What isn't said is not reached, except by the whole country. */
export interface Place {
  readonly urn?: string;
  readonly trusts?: readonly string[];
  readonly region?: string;
}

/** Whether the scope reaches the place. */
export function reaches(scope: Scope, place: Place): boolean {
  switch (scope.kind) {
    case "country":
      return true;
    case "school":
      return scope.urn === place.urn;
    case "trust":
      return place.trusts?.includes(scope.uid) ?? false;
    case "region":
      return scope.code === place.region;
  }
}

/**
 * Whether the actor holds one of the roles in a scope that reaches the place; without a place, anywhere.
 * The system may everything, the public nothing.
 */
export function holdsRole(actor: Actor, wanted: readonly Role[], place?: Place): boolean {
  if (actor.kind === "system") return true;
  if (actor.kind === "public") return false;
  return actor.grants.some(
    ({ role, scope }) => wanted.includes(role) && (place === undefined || reaches(scope, place)),
  );
}

/** The code of a scope within its kind: the URN, the group's UID, the region's code; empty for the country. */
export function scopeCode(scope: Scope): string {
  switch (scope.kind) {
    case "country":
      return "";
    case "school":
      return scope.urn;
    case "trust":
      return scope.uid;
    case "region":
      return scope.code;
  }
}
