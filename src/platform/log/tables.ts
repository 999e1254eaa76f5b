import { bigint, boolean, integer, jsonb, pgSchema, text } from "drizzle-orm/pg-core";
import type { Json } from "../../kernel/index.js";
import type { Actor } from "../identity/index.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const log = pgSchema("log");

export const eventTable = log.table("event", {
  number: bigint("number", { mode: "number" }).primaryKey(),
  stream: text("stream").notNull(),
  version: integer("version").notNull(),
  kind: text("kind").notNull(),
  actor: jsonb("actor").$type<Actor>().notNull(),
  at: text("at").notNull(),
  urn: text("urn"),
  region: text("region_code"),
  trust: text("trust_uid"),
  body: jsonb("body").$type<Json>().notNull(),
  hash: text("hash").notNull(),
});

export const headTable = log.table("head", {
  onlyRow: boolean("only_row").primaryKey(),
  number: bigint("number", { mode: "number" }).notNull(),
  hash: text("hash").notNull(),
});
