import { date, integer, jsonb, pgSchema, text, timestamp } from "drizzle-orm/pg-core";
import type { CivilDate } from "../../kernel/index.js";
import type { Statement } from "./statement.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const supply = pgSchema("teacher_supply");

export const statementTable = supply.table("statement", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  year: integer("academic_year").notNull(),
  state: text("state").$type<"waiting" | "made" | "published">().notNull(),
  scenario: text("scenario").notNull(),
  job: text("job"),
  model: text("model"),
  dataHash: text("data_hash"),
  resultHash: text("result_hash"),
  content: jsonb("content").$type<Statement>(),
  answer: text("answer"),
  askedAt: timestamp("asked_at", { withTimezone: true, mode: "string" }).notNull(),
  askedBy: text("asked_by").notNull(),
  publishedAt: timestamp("published_at", { withTimezone: true, mode: "string" }),
  publishedBy: text("published_by"),
  version: integer("version").notNull(),
});

export const shortageListTable = supply.table("shortage_list", {
  number: integer("number").primaryKey(),
  statement: integer("statement_id").notNull(),
  from: date("from_date").$type<CivilDate>().notNull(),
  subjects: jsonb("subjects").$type<readonly string[]>().notNull(),
  adoptedAt: timestamp("adopted_at", { withTimezone: true, mode: "string" }).notNull(),
  adoptedBy: text("adopted_by").notNull(),
});
