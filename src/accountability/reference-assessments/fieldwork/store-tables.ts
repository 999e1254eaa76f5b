import { date, doublePrecision, integer, jsonb, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { CivilDate } from "../../../kernel/index.js";
import type { SchoolState } from "./field.js";
import type { Item, ItemHistory, ItemKind, ItemOption, ItemStatus, Mark } from "./item.js";
import type { Arrangement, Attendance, Disadvantaged, SessionState, Sex } from "./pupil.js";
import type { Phase, SampleOrder, SampleRecord, StudyBooklets } from "./study.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const schema = pgSchema("assessment_fieldwork");

export const studyTable = schema.table("study", {
  id: text("id").primaryKey(),
  title: text("title").notNull(),
  subject: text("subject").notNull(),
  phase: text("phase").$type<Phase>().notNull(),
  cycle: integer("cycle").notNull(),
  answerBy: date("answer_by").$type<CivilDate>().notNull(),
  opens: date("opens_on").$type<CivilDate>().notNull(),
  closes: date("closes_on").$type<CivilDate>().notNull(),
  eraseOn: date("erase_on").$type<CivilDate>().notNull(),
  design: jsonb("design").$type<SampleOrder>(),
  record: jsonb("record").$type<SampleRecord>(),
  booklets: jsonb("booklets").$type<StudyBooklets>(),
  erasedAt: timestamp("erased_at", { withTimezone: true, mode: "string" }),
  version: integer("version").notNull(),
});

export const schoolTable = schema.table(
  "sampled_school",
  {
    study: text("study_id").notNull(),
    urn: text("urn").notNull(),
    region: text("region_code"),
    unit: integer("unit").notNull(),
    choice: integer("choice").notNull(),
    stratum: text("stratum").notNull(),
    probability: doublePrecision("probability").notNull(),
    size: doublePrecision("size").notNull(),
    state: text("state").$type<SchoolState>().notNull(),
    reason: text("reason").notNull().default(""),
    sessionOn: date("session_on").$type<CivilDate>(),
    roll: integer("roll"),
    version: integer("version").notNull(),
    erased: integer("erased").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.study, table.urn] })],
);

export const pupilTable = schema.table("pupil", {
  id: text("id").primaryKey(),
  study: text("study_id").notNull(),
  urn: text("urn").notNull(),
  line: integer("line"),
  code: text("code"),
  booklet: integer("booklet").notNull(),
  sex: text("sex").$type<Sex>().notNull(),
  disadvantaged: text("disadvantaged").$type<Disadvantaged>().notNull(),
  born: text("born"),
  arrangements: jsonb("arrangements").$type<readonly Arrangement[]>().notNull(),
  attendance: text("attendance").$type<Attendance>().notNull(),
  state: text("state").$type<SessionState>().notNull(),
  device: text("device"),
  finishedAt: timestamp("finished_at", { withTimezone: true, mode: "string" }),
  version: integer("version").notNull(),
});

export const responseTable = schema.table(
  "response",
  {
    pupil: text("pupil_id").notNull(),
    item: text("item").notNull(),
    answer: text("answer").notNull(),
    score: integer("score"),
    device: text("device").notNull(),
    sequence: integer("sequence").notNull(),
    source: text("source").$type<"session" | "paper">().notNull(),
    savedAt: timestamp("saved_at", { withTimezone: true, mode: "string" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.pupil, table.item] })],
);

export const itemTable = schema.table("item", {
  id: text("id").primaryKey(),
  subject: text("subject").notNull(),
  phases: jsonb("phases").$type<readonly Phase[]>().notNull(),
  construct: text("construct").notNull(),
  stimulus: text("stimulus").notNull(),
  stimulusText: text("stimulus_text").notNull(),
  kind: text("kind").$type<ItemKind>().notNull(),
  prompt: text("prompt").notNull(),
  options: jsonb("options").$type<readonly ItemOption[]>().notNull(),
  marks: jsonb("marks").$type<readonly Mark[]>().notNull(),
  maximum: integer("maximum").notNull(),
  seconds: integer("seconds").notNull(),
  curricula: jsonb("curricula").$type<Item["curricula"]>().notNull(),
  status: text("status").$type<ItemStatus>().notNull(),
  history: jsonb("history").$type<readonly ItemHistory[]>().notNull(),
  version: integer("version").notNull(),
});

export const frameTable = schema.table("frame", {
  study: text("study_id").primaryKey(),
  content: text("content").notNull(),
});

export const exportTable = schema.table(
  "export",
  {
    study: text("study_id").notNull(),
    name: text("name").notNull(),
    content: text("content").notNull(),
    madeAt: timestamp("made_at", { withTimezone: true, mode: "string" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.study, table.name] })],
);
