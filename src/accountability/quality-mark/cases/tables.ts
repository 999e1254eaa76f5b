import { date, doublePrecision, integer, jsonb, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { AuthorityCode, CivilDate } from "../../../kernel/index.js";
import type { Decision, Reason, SchoolKind } from "../decision.js";
import type { ParameterInForce } from "../store-input.js";
import type { Appeal, CaseDecision, CaseState, Correction, KeptMarkState, Representation } from "./case.js";
import type { CaseEvidence, Missing } from "./proposal.js";

// Drizzle's description of migrations/0004-cases.sql; a test holds the two equal.

const qualityMark = pgSchema("quality_mark");
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const yearReviewTable = qualityMark.table("year_review", {
  academicYear: text("academic_year").primaryKey(),
  reviewId: integer("review_id").notNull(),
  evidenceOn: date("evidence_on").$type<CivilDate>().notNull(),
  openedAt: moment("opened_at").notNull().defaultNow(),
  openedBy: text("opened_by").notNull(),
  completedAt: moment("completed_at"),
  codeVersion: text("code_version").notNull(),
  parameters: jsonb("parameters").$type<readonly ParameterInForce[]>().notNull(),
  drawCommitment: text("draw_commitment").notNull(),
  drawShare: doublePrecision("draw_share").notNull(),
  /** Raised whenever a public mark changes. */
  marksVersion: integer("marks_version").notNull().default(0),
});

export const drawTable = qualityMark.table("draw", {
  academicYear: text("academic_year").primaryKey(),
  seed: text("seed").notNull(),
});

/** How many of a region's awards, or of its refusals, were read by a second person. */
export interface SampleOfKind {
  readonly region: string;
  readonly decision: "awarded" | "refused";
  readonly of: number;
  readonly taken: number;
}

export const publicationTable = qualityMark.table("publication", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  academicYear: text("academic_year").notNull(),
  regionCode: text("region_code"),
  marksFrom: date("marks_from").$type<CivilDate>().notNull(),
  startedAt: moment("started_at").notNull().defaultNow(),
  startedBy: text("started_by").notNull(),
  finishedAt: moment("finished_at"),
  cases: integer("cases").notNull().default(0),
  /** Null in batches of the time when each school was drawn for itself. */
  sample: jsonb("sample").$type<readonly SampleOfKind[]>(),
});

export const caseTable = qualityMark.table(
  "school_case",
  {
    urn: text("urn").notNull(),
    academicYear: text("academic_year").notNull(),
    version: integer("version").notNull(),
    state: text("state").$type<CaseState>().notNull(),
    name: text("name").notNull(),
    phase: text("phase").notNull(),
    kind: text("kind").$type<SchoolKind>().notNull(),
    authorityCode: text("authority_code").$type<AuthorityCode>().notNull(),
    regionCode: text("region_code").notNull(),
    trustUid: text("trust_uid"),
    sortName: text("sort_name").notNull(),
    evidence: jsonb("evidence").$type<CaseEvidence>().notNull(),
    inputsHash: text("inputs_hash").notNull(),
    proposed: text("proposed").$type<Decision>().notNull(),
    reasons: jsonb("reasons").$type<readonly Reason[]>().notNull(),
    probabilityBelow: doublePrecision("probability_below"),
    missing: jsonb("missing").$type<readonly Missing[]>().notNull(),
    answerBy: date("answer_by").$type<CivilDate>(),
    representations: jsonb("representations").$type<readonly Representation[]>().notNull().default([]),
    corrections: jsonb("corrections").$type<readonly Correction[]>().notNull().default([]),
    decision: text("decision").$type<Decision>(),
    decided: jsonb("decided").$type<CaseDecision>(),
    appeal: jsonb("appeal").$type<Appeal>(),
    markState: text("mark_state").$type<KeptMarkState>(),
    markFrom: date("mark_from").$type<CivilDate>(),
    markUntil: date("mark_until").$type<CivilDate>(),
    markSuspendedOn: date("mark_suspended_on").$type<CivilDate>(),
    markEndedOn: date("mark_ended_on").$type<CivilDate>(),
    markWords: text("mark_words"),
    markDecision: text("mark_decision").$type<Decision>(),
    markReasons: jsonb("mark_reasons").$type<readonly Reason[]>(),
    publicationId: integer("publication_id"),
    changedAt: moment("changed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.urn, table.academicYear] })],
);
