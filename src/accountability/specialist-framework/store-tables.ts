import { boolean, date, integer, jsonb, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { CivilDate } from "../../kernel/index.js";
import type { ConsultationState, Evidence, Question, RespondentKind } from "./consultation.js";
import type { Rating } from "./delphi.js";
import type { Criterion, CriterionFinding, SpecialistKind } from "./framework.js";
import type { Report } from "./report.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const specialistFramework = pgSchema("specialist_framework");

export const consultationTable = specialistFramework.table("consultation", {
  id: text("id").primaryKey(),
  title: text("title").notNull(),
  about: text("about").notNull(),
  state: text("state").$type<ConsultationState>().notNull(),
  opens: date("opens_on").$type<CivilDate>().notNull(),
  closes: date("closes_on").$type<CivilDate>().notNull(),
  questions: jsonb("questions").$type<readonly Question[]>().notNull(),
  rounds: integer("rounds").notNull(),
  roundOpen: boolean("round_open").notNull(),
  report: jsonb("report").$type<Report>(),
  version: integer("version").notNull(),
});

export const responseTable = specialistFramework.table(
  "response",
  {
    consultation: text("consultation_id").notNull(),
    number: integer("number").notNull(),
    respondent: text("respondent").$type<RespondentKind>().notNull(),
    name: text("name").notNull(),
    answers: jsonb("answers").$type<Readonly<Record<string, string>>>().notNull(),
    evidence: jsonb("evidence").$type<readonly Evidence[]>().notNull(),
    mayBePublished: boolean("may_be_published").notNull(),
    hiddenBecause: text("hidden_because"),
    receivedAt: timestamp("received_at", { withTimezone: true, mode: "string" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.consultation, table.number] })],
);

export const statementTable = specialistFramework.table(
  "statement",
  {
    consultation: text("consultation_id").notNull(),
    number: integer("number").notNull(),
    words: text("words").notNull(),
    restsOn: jsonb("rests_on").$type<readonly number[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.consultation, table.number] })],
);

export const ratingTable = specialistFramework.table(
  "rating",
  {
    consultation: text("consultation_id").notNull(),
    statement: integer("statement").notNull(),
    round: integer("round").notNull(),
    member: text("member_id").notNull(),
    rating: integer("rating").$type<Rating>().notNull(),
    remark: text("remark").notNull(),
    ratedAt: timestamp("rated_at", { withTimezone: true, mode: "string" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.consultation, table.statement, table.round, table.member] })],
);

export const frameworkTable = specialistFramework.table("framework", {
  version: integer("version").primaryKey(),
  title: text("title").notNull(),
  from: date("from_date").$type<CivilDate>().notNull(),
  kinds: jsonb("kinds").$type<readonly SpecialistKind[]>().notNull(),
  criteria: jsonb("criteria").$type<readonly Criterion[]>().notNull(),
  consultation: text("consultation_id").notNull(),
  adoptedAt: timestamp("adopted_at", { withTimezone: true, mode: "string" }).notNull(),
  adoptedBy: text("adopted_by").notNull(),
});

export const findingTable = specialistFramework.table(
  "finding",
  {
    urn: text("urn").notNull(),
    region: text("region_code").notNull(),
    framework: integer("framework_version").notNull(),
    criterion: text("criterion").notNull(),
    outcome: text("outcome").$type<CriterionFinding["outcome"]>().notNull(),
    on: date("found_on").$type<CivilDate>().notNull(),
    grounds: text("grounds").notNull(),
    foundBy: text("found_by").notNull(),
    version: integer("version").notNull(),
  },
  (table) => [primaryKey({ columns: [table.urn, table.framework, table.criterion] })],
);
