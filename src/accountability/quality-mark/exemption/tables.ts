import { boolean, date, integer, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { CivilDate } from "../../../kernel/index.js";
import type { ExemptionCode } from "./exemption.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const exemption = pgSchema("exemption");

export const enquiryTable = exemption.table(
  "enquiry",
  {
    urn: text("urn").notNull(),
    version: integer("version").notNull(),
    regionCode: text("region_code"),
    agencyId: text("agency_id").notNull(),
    agency: text("agency").notNull(),
    purpose: text("purpose").notNull(),
    note: text("note"),
    askedAt: timestamp("asked_at", { withTimezone: true, mode: "string" }).notNull(),
    countedUrn: text("counted_urn").notNull(),
    mayVisit: boolean("may_visit").notNull(),
    code: text("code").$type<ExemptionCode>().notNull(),
    reason: text("reason").notNull(),
    until: date("until").$type<CivilDate>(),
  },
  (table) => [primaryKey({ columns: [table.urn, table.version] })],
);
