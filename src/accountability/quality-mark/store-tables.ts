import {
  boolean,
  customType,
  date,
  doublePrecision,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import type { AuthorityCode, CivilDate } from "../../kernel/index.js";
import type {
  Diagnostics,
  ExplanationStep,
  ModelRecord,
  OutcomeMeasure,
  SubgroupMeasure,
  YearMeasure,
} from "../value-added/index.js";
import type { Comparison } from "./comparison.js";
import type { AccountsOpinion, Alternative, Decision, Reason, SafeguardingOutcome, SchoolKind } from "./decision.js";
import type { ParameterInForce, ReviewInput } from "./store-input.js";

// Drizzle's description of schema.sql and its migrations; a test holds the two equal.

const qualityMark = pgSchema("quality_mark");

/** Words for the search, already as PostgreSQL's text search writes them. */
const searchWords = customType<{ data: string; driverData: string }>({ dataType: () => "tsvector" });

export const reviewTable = qualityMark.table("review", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  title: text("title").notNull(),
  academicYear: text("academic_year").notNull(),
  synthetic: boolean("synthetic").notNull(),
  decidedOn: date("decided_on").$type<CivilDate>().notNull(),
  savedAt: timestamp("saved_at", { withTimezone: true, mode: "string" }).notNull().defaultNow(),
  codeVersion: text("code_version").notNull(),
  inputs: jsonb("inputs").$type<readonly ReviewInput[]>().notNull(),
  parameters: jsonb("parameters").$type<readonly ParameterInForce[]>().notNull(),
});

export const measureTable = qualityMark.table(
  "measure",
  {
    reviewId: integer("review_id").notNull(),
    phase: text("phase").notNull(),
    title: text("title").notNull(),
    outcomeDeviation: doublePrecision("outcome_deviation").notNull(),
    line: doublePrecision("line").notNull(),
    refusalProbability: doublePrecision("refusal_probability").notNull(),
    fewestPupilEquivalents: doublePrecision("fewest_pupil_equivalents").notNull(),
    confidence: doublePrecision("confidence"),
    model: jsonb("model").$type<ModelRecord>().notNull(),
    diagnostics: jsonb("diagnostics").$type<Diagnostics>().notNull(),
    alternatives: jsonb("alternatives").$type<readonly Alternative[]>().notNull(),
    notes: jsonb("notes").$type<readonly string[]>().notNull(),
    comparison: jsonb("comparison").$type<Comparison>(),
  },
  (table) => [primaryKey({ columns: [table.reviewId, table.phase] })],
);

export const decisionTable = qualityMark.table(
  "decision",
  {
    reviewId: integer("review_id").notNull(),
    urn: text("urn").notNull(),
    name: text("name").notNull(),
    phase: text("phase").notNull(),
    kind: text("kind").$type<SchoolKind>().notNull(),
    authorityCode: text("authority_code").$type<AuthorityCode>().notNull(),
    trust: text("trust"),
    town: text("town"),
    decision: text("decision").$type<Decision>().notNull(),
    reasons: jsonb("reasons").$type<readonly Reason[]>().notNull(),
    inputsHash: text("inputs_hash").notNull(),
    valueAdded: doublePrecision("value_added"),
    lower: doublePrecision("lower"),
    upper: doublePrecision("upper"),
    standardError: doublePrecision("standard_error"),
    predictionError: doublePrecision("prediction_error"),
    reliability: doublePrecision("reliability"),
    pupils: integer("pupils"),
    pupilEquivalents: doublePrecision("pupil_equivalents"),
    probabilityBelow: doublePrecision("probability_below"),
    safeguardingOutcome: text("safeguarding_outcome").$type<SafeguardingOutcome>(),
    safeguardingOn: date("safeguarding_on").$type<CivilDate>(),
    accountsOpinion: text("accounts_opinion").$type<AccountsOpinion>(),
    accountsOn: date("accounts_on").$type<CivilDate>(),
    sortName: text("sort_name").notNull(),
    words: searchWords("words").notNull(),
    probabilityOtherwise: doublePrecision("probability_otherwise"),
  },
  (table) => [primaryKey({ columns: [table.reviewId, table.urn] })],
);

export const explanationTable = qualityMark.table(
  "explanation",
  {
    reviewId: integer("review_id").notNull(),
    urn: text("urn").notNull(),
    steps: jsonb("steps").$type<readonly ExplanationStep[]>().notNull(),
    years: jsonb("years").$type<readonly YearMeasure[]>().notNull(),
    subgroups: jsonb("subgroups").$type<readonly SubgroupMeasure[]>().notNull(),
    outcomes: jsonb("outcomes").$type<readonly OutcomeMeasure[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.reviewId, table.urn] })],
);
