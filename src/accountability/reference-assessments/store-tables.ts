import { boolean, integer, jsonb, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { StudyResults } from "./published/results.js";
import type { StudyRecord } from "./service.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const referenceAssessments = pgSchema("reference_assessments");

export const assessmentTable = referenceAssessments.table("assessment", {
  id: text("id").primaryKey(),
  version: integer("version").notNull(),
});

export const publicationTable = referenceAssessments.table(
  "publication",
  {
    assessment: text("assessment_id").notNull(),
    number: integer("number").notNull(),
    phase: text("phase").notNull(),
    place: integer("place").notNull(),
    subject: text("subject").notNull(),
    synthetic: boolean("synthetic").notNull(),
    identity: text("identity").notNull(),
    record: jsonb("record").$type<StudyRecord>().notNull(),
    results: jsonb("results").$type<StudyResults>().notNull(),
    publishedAt: timestamp("published_at", { withTimezone: true, mode: "string" }).notNull(),
    publishedBy: text("published_by").notNull(),
    reason: text("reason"),
    withdrawnAt: timestamp("withdrawn_at", { withTimezone: true, mode: "string" }),
    withdrawnBy: text("withdrawn_by"),
    withdrawal: text("withdrawal"),
  },
  (table) => [primaryKey({ columns: [table.assessment, table.number] })],
);
