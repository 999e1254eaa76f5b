import { date, doublePrecision, integer, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { CivilDate } from "../../kernel/index.js";
import type { Outcome } from "./outcome.js";
import type { SitePrecision } from "./sites.js";

// Drizzle's description of schema.sql and its migrations; a test holds the two equal.

const safeguarding = pgSchema("safeguarding");

export const outcomeTable = safeguarding.table(
  "outcome",
  {
    audit: text("audit").notNull(),
    number: integer("number").notNull(),
    urn: text("urn").notNull(),
    outcome: text("outcome").$type<Outcome>().notNull(),
    signedOn: date("signed_on").$type<CivilDate>().notNull(),
    source: text("source").$type<"audit" | "file">().notNull(),
    words: text("words").notNull(),
    recordedAt: timestamp("recorded_at", { withTimezone: true, mode: "string" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.audit, table.number] })],
);

export const siteTable = safeguarding.table("site", {
  urn: text("urn").primaryKey(),
  east: doublePrecision("east").notNull(),
  north: doublePrecision("north").notNull(),
  precision: text("precision").$type<SitePrecision>().notNull(),
});
