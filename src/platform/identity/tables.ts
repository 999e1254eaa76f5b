import { bigint, integer, jsonb, pgSchema, text, timestamp } from "drizzle-orm/pg-core";
import type { Actor, Place } from "./actor.js";
import type { Role, ScopeKind } from "./roles.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const schema = pgSchema("platform_identity");
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const personTable = schema.table("person", {
  id: text("id").primaryKey(),
  kind: text("kind").$type<"person" | "program">().notNull(),
  issuer: text("issuer"),
  subject: text("subject"),
  name: text("name").notNull(),
  email: text("email"),
  version: integer("version").notNull().default(1),
  createdAt: moment("created_at").notNull(),
  signedInAt: moment("signed_in_at"),
});

export const heldRoleTable = schema.table("held_role", {
  id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
  personId: text("person_id").notNull(),
  role: text("role").$type<Role>().notNull(),
  scopeKind: text("scope_kind").$type<ScopeKind>().notNull(),
  scopeCode: text("scope_code").notNull(),
  grantedAt: moment("granted_at").notNull(),
  grantedBy: text("granted_by").notNull(),
  reason: text("reason").notNull(),
  endedAt: moment("ended_at"),
  endedBy: text("ended_by"),
});

/** Why a session ended before its time. */
export type SessionEnd =
  | "signed-out"
  | "ended-by-person"
  | "ended-by-administrator"
  | "roles-changed"
  | "signed-in-anew";

export const sessionTable = schema.table("session", {
  idHash: text("id_hash").primaryKey(),
  personId: text("person_id").notNull(),
  startedAt: moment("started_at").notNull(),
  usedAt: moment("used_at").notNull(),
  browser: text("browser").notNull(),
  idToken: text("id_token"),
  endedAt: moment("ended_at"),
  endedWhy: text("ended_why").$type<SessionEnd>(),
});

export const signInTable = schema.table("sign_in", {
  stateHash: text("state_hash").primaryKey(),
  browserHash: text("browser_hash").notNull(),
  nonce: text("nonce").notNull(),
  codeVerifier: text("code_verifier").notNull(),
  next: text("next").notNull(),
  startedAt: moment("started_at").notNull(),
});

export const accessTokenTable = schema.table("access_token", {
  id: text("id").primaryKey(),
  personId: text("person_id").notNull(),
  tokenHash: text("token_hash").notNull(),
  name: text("name").notNull(),
  roles: text("roles").notNull(),
  createdAt: moment("created_at").notNull(),
  createdBy: text("created_by").notNull(),
  expiresAt: moment("expires_at").notNull(),
  usedAt: moment("used_at"),
  endedAt: moment("ended_at"),
  endedBy: text("ended_by"),
});

export const refusalTable = schema.table("refusal", {
  id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
  at: moment("at").notNull(),
  actorKind: text("actor_kind").$type<Actor["kind"]>().notNull(),
  personId: text("person_id"),
  actorName: text("actor_name").notNull(),
  route: text("route").notNull(),
  place: jsonb("place").$type<Place>().notNull(),
  why: text("why").notNull(),
});
