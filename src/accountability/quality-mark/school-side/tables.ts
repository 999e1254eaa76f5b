import { integer, jsonb, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { bytea } from "../../../platform/database/index.js";
import type { CorrectionAction } from "../../value-added/index.js";
import type { StatedShare } from "./correction-check.js";
import type { SetEffect } from "./effects.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const schoolSide = pgSchema("school_side");
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

/** Where a correction stands. */
export type CorrectionState = "draft" | "raised" | "accepted" | "refused" | "dropped";

export const correctionTable = schoolSide.table("correction", {
  id: text("id").primaryKey(),
  urn: text("urn").notNull(),
  academicYear: text("academic_year").notNull(),
  regionCode: text("region_code").notNull(),
  phase: text("phase").notNull(),
  pupil: text("pupil").notNull(),
  hint: text("hint").notNull(),
  reason: text("reason").notNull(),
  action: text("action").$type<CorrectionAction>().notNull(),
  shares: jsonb("shares").$type<readonly StatedShare[]>().notNull(),
  facts: jsonb("facts").$type<Readonly<Record<string, string>>>().notNull(),
  words: text("words").notNull(),
  state: text("state").$type<CorrectionState>().notNull(),
  number: integer("number"),
  madeAt: moment("made_at").notNull(),
  madeBy: text("made_by").notNull(),
});

export const documentTable = schoolSide.table("document", {
  id: text("id").primaryKey(),
  urn: text("urn").notNull(),
  academicYear: text("academic_year").notNull(),
  regionCode: text("region_code").notNull(),
  part: text("part").$type<"correction" | "representation" | "appeal">().notNull(),
  correctionId: text("correction_id"),
  name: text("name").notNull(),
  type: text("type").notNull(),
  sha256: text("sha256").notNull(),
  bytes: bytea("bytes").notNull(),
  storedAt: moment("stored_at").notNull(),
  storedBy: text("stored_by").notNull(),
});

export const effectTable = schoolSide.table(
  "effect",
  {
    urn: text("urn").notNull(),
    academicYear: text("academic_year").notNull(),
    regionCode: text("region_code").notNull(),
    phase: text("phase").notNull(),
    key: text("key").notNull(),
    askedAt: moment("asked_at").notNull(),
    computedAt: moment("computed_at"),
    result: jsonb("result").$type<SetEffect>(),
  },
  (table) => [primaryKey({ columns: [table.urn, table.academicYear, table.key] })],
);
