import { date, integer, jsonb, pgSchema, text, timestamp } from "drizzle-orm/pg-core";
import type { CivilDate } from "../../kernel/index.js";
import { bytea } from "../../platform/database/index.js";
import type { Opinion, Regularity, TypedFiling } from "./opinion.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const accounts = pgSchema("accounts");

export const filingTable = accounts.table("filing", {
  id: text("id").primaryKey(),
  body: text("body").notNull(),
  trustUid: text("trust_uid"),
  urn: text("urn"),
  yearEnd: date("year_end").$type<CivilDate>().notNull(),
  version: integer("version").notNull(),
  opinion: text("opinion").$type<Opinion>().notNull(),
  grounds: text("grounds"),
  regularity: text("regularity").$type<Regularity>().notNull(),
  regularityGrounds: text("regularity_grounds"),
  signedOn: date("signed_on").$type<CivilDate>().notNull(),
  auditor: text("auditor").notNull(),
  documentSha256: text("document_sha256").notNull(),
  filedOn: date("filed_on").$type<CivilDate>().notNull(),
  filedAt: timestamp("filed_at", { withTimezone: true, mode: "string" }).notNull(),
  filedBy: text("filed_by").notNull(),
  supersededAt: timestamp("superseded_at", { withTimezone: true, mode: "string" }),
});

export const documentTable = accounts.table("document", {
  filingId: text("filing_id").primaryKey(),
  name: text("name").notNull(),
  bytes: bytea("bytes").notNull(),
  storedAt: timestamp("stored_at", { withTimezone: true, mode: "string" }).notNull(),
});

export const draftTable = accounts.table("draft", {
  id: text("id").primaryKey(),
  personId: text("person_id").notNull(),
  body: text("body").notNull(),
  yearEnd: date("year_end").$type<CivilDate>().notNull(),
  typed: jsonb("typed").$type<TypedFiling>().notNull(),
  documentName: text("document_name"),
  documentBytes: bytea("document_bytes"),
  madeAt: timestamp("made_at", { withTimezone: true, mode: "string" }).notNull(),
});
