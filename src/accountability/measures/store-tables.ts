import { date, integer, jsonb, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { CivilDate } from "../../kernel/index.js";
import type { MeasureRefusal } from "./admissible.js";
import type { ProposedMeasure } from "./proposed-measure.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const measures = pgSchema("measures");

export const measureTable = measures.table("measure", {
  id: text("id").primaryKey(),
  version: integer("version").notNull(),
});

export const declarationTable = measures.table(
  "declaration",
  {
    measure: text("measure_id").notNull(),
    number: integer("number").notNull(),
    outcome: text("outcome").$type<"admitted" | "refused">().notNull(),
    proposed: jsonb("proposed").$type<ProposedMeasure>().notNull(),
    reasons: jsonb("reasons").$type<readonly MeasureRefusal[]>().notNull(),
    notes: jsonb("notes").$type<readonly string[]>().notNull(),
    from: date("from_date").$type<CivilDate>().notNull(),
    until: date("until_date").$type<CivilDate>(),
    withdrawnBecause: text("withdrawn_because"),
    judgedAt: timestamp("judged_at", { withTimezone: true, mode: "string" }).notNull(),
    judgedBy: text("judged_by").notNull(),
  },
  (table) => [primaryKey({ columns: [table.measure, table.number] })],
);
