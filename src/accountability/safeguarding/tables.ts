import {
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import type { CivilDate } from "../../kernel/index.js";
import { bytea } from "../../platform/database/index.js";
import type { ActionState } from "./actions.js";
import type { AuditKind, AuditState } from "./audit.js";
import type { DutyContact } from "./escalation.js";
import type { Interest } from "./interests.js";
import type { CharterNumber, Suspension } from "./officer.js";
import type { Evidence, Judgement, Outcome, OutcomeReason } from "./outcome.js";
import type { PlanFigures, PlanRequest } from "./plan.js";
import type { SampleDraw, SecondReading } from "./second-reading.js";
import type { SitePrecision } from "./sites.js";
import type { Seriousness } from "./standard.js";

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

export const officerTable = safeguarding.table("officer", {
  charter: text("charter").$type<CharterNumber>().primaryKey(),
  name: text("name").notNull(),
  subject: text("subject"),
  person: text("person_id"),
  region: text("region_code").notNull(),
  baseName: text("base_name").notNull(),
  baseEast: doublePrecision("base_east").notNull(),
  baseNorth: doublePrecision("base_north").notNull(),
  daysPerYear: doublePrecision("days_per_year").notNull(),
  charteredFrom: date("chartered_from").$type<CivilDate>().notNull(),
  charteredTo: date("chartered_to").$type<CivilDate>().notNull(),
  suspensions: jsonb("suspensions").$type<readonly Suspension[]>().notNull(),
  interests: jsonb("interests").$type<readonly Interest[]>().notNull(),
  version: integer("version").notNull(),
});

export const planTable = safeguarding.table("plan", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  region: text("region_code").notNull(),
  year: integer("academic_year").notNull(),
  madeAt: timestamp("made_at", { withTimezone: true, mode: "string" }).notNull(),
  madeBy: text("made_by").notNull(),
  request: jsonb("request").$type<PlanRequest>().notNull(),
  figures: jsonb("figures").$type<PlanFigures>().notNull(),
  adoptedAt: timestamp("adopted_at", { withTimezone: true, mode: "string" }),
});

export const visitTable = safeguarding.table(
  "plan_visit",
  {
    plan: integer("plan_id").notNull(),
    urn: text("urn").notNull(),
    officer: text("officer").$type<CharterNumber>().notNull(),
    days: doublePrecision("days").notNull(),
    day: integer("day").notNull(),
    plannedOn: date("planned_on").$type<CivilDate>().notNull(),
    pairedWith: text("paired_with"),
    kilometres: doublePrecision("kilometres").notNull(),
    changed: boolean("changed").notNull(),
  },
  (table) => [primaryKey({ columns: [table.plan, table.urn] })],
);

export const auditTable = safeguarding.table("audit", {
  id: text("id").primaryKey(),
  urn: text("urn").notNull(),
  year: integer("academic_year").notNull(),
  kind: text("kind").$type<AuditKind>().notNull(),
  region: text("region_code").notNull(),
  trust: text("trust_uid"),
  officer: text("officer").$type<CharterNumber>().notNull(),
  standard: text("standard"),
  state: text("state").$type<AuditState>().notNull(),
  plannedOn: date("planned_on").$type<CivilDate>(),
  begunOn: date("begun_on").$type<CivilDate>(),
  submittedOn: date("submitted_on").$type<CivilDate>(),
  secondReader: text("second_reader").$type<CharterNumber>(),
  readingWhy: text("reading_why").$type<SecondReading>(),
  draw: jsonb("draw").$type<SampleDraw>(),
  readerWords: text("reader_words").notNull().default(""),
  outcome: text("outcome").$type<Outcome>(),
  reasons: jsonb("reasons").$type<readonly OutcomeReason[]>(),
  signedOn: date("signed_on").$type<CivilDate>(),
  version: integer("version").notNull(),
});

export const answerTable = safeguarding.table(
  "answer",
  {
    audit: text("audit_id").notNull(),
    requirement: text("requirement").notNull(),
    version: integer("version").notNull(),
    judgement: text("judgement").$type<Judgement>().notNull(),
    note: text("note").notNull(),
    evidence: jsonb("evidence").$type<readonly Evidence[]>().notNull(),
    action: text("action").notNull(),
    mended: date("mended").$type<CivilDate>(),
    savedAt: timestamp("saved_at", { withTimezone: true, mode: "string" }).notNull(),
    savedBy: text("saved_by").notNull(),
  },
  (table) => [primaryKey({ columns: [table.audit, table.requirement] })],
);

export const submissionTable = safeguarding.table("submission", {
  client: text("client_id").primaryKey(),
  audit: text("audit_id").notNull(),
  requirement: text("requirement").notNull(),
  version: integer("version").notNull(),
  receivedAt: timestamp("received_at", { withTimezone: true, mode: "string" }).notNull(),
});

export const evidenceTable = safeguarding.table("evidence_file", {
  id: text("id").primaryKey(),
  audit: text("audit_id").notNull(),
  requirement: text("requirement").notNull(),
  name: text("name").notNull(),
  type: text("type").notNull(),
  sha256: text("sha256").notNull(),
  /** Null once they are erased. */
  bytes: bytea("bytes"),
  addedAt: timestamp("added_at", { withTimezone: true, mode: "string" }).notNull(),
  addedBy: text("added_by").notNull(),
  size: integer("size").notNull(),
  erasedAt: timestamp("erased_at", { withTimezone: true, mode: "string" }),
});

export const preparationTable = safeguarding.table(
  "preparation",
  {
    audit: text("audit_id").notNull(),
    requirement: text("requirement").notNull(),
    ready: boolean("ready").notNull(),
    words: text("words").notNull(),
    version: integer("version").notNull(),
  },
  (table) => [primaryKey({ columns: [table.audit, table.requirement] })],
);

export const actionTable = safeguarding.table(
  "action",
  {
    audit: text("audit_id").notNull(),
    requirement: text("requirement").notNull(),
    text: text("text").notNull(),
    seriousness: text("seriousness").$type<Seriousness>().notNull(),
    due: date("due_on").$type<CivilDate>().notNull(),
    state: text("state").$type<ActionState>().notNull(),
    doneWords: text("done_words").notNull().default(""),
    doneOn: date("done_on").$type<CivilDate>(),
    closedOn: date("closed_on").$type<CivilDate>(),
    closedWords: text("closed_words").notNull().default(""),
  },
  (table) => [primaryKey({ columns: [table.audit, table.requirement] })],
);

export const escalationTable = safeguarding.table("escalation", {
  id: text("id").primaryKey(),
  urn: text("urn").notNull(),
  region: text("region_code").notNull(),
  trust: text("trust_uid"),
  raisedAt: timestamp("raised_at", { withTimezone: true, mode: "string" }).notNull(),
  raisedBy: text("raised_by").notNull(),
  officer: text("officer"),
  words: text("words").notNull(),
  contacts: jsonb("contacts").$type<readonly DutyContact[]>().notNull(),
  dueAt: timestamp("due_at", { withTimezone: true, mode: "string" }).notNull(),
  acknowledgedAt: timestamp("acknowledged_at", { withTimezone: true, mode: "string" }),
  acknowledgedBy: text("acknowledged_by"),
  closedAt: timestamp("closed_at", { withTimezone: true, mode: "string" }),
  closedBy: text("closed_by"),
  closedWords: text("closed_words").notNull().default(""),
  version: integer("version").notNull(),
});

export const deskTable = safeguarding.table("duty_desk", {
  authority: text("authority_code").primaryKey(),
  socialCare: text("social_care"),
  designatedOfficer: text("designated_officer"),
});
