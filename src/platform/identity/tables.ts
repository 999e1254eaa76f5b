import { bigint, jsonb, pgSchema, text, timestamp } from "drizzle-orm/pg-core";
import type { Actor, Place } from "./actor.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const schema = pgSchema("platform_identity");
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

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
