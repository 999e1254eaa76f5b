import { bigint, integer, jsonb, pgSchema, text, timestamp } from "drizzle-orm/pg-core";
import type { Json } from "../../kernel/index.js";
import type { Actor } from "../identity/index.js";
import type { JobId, JobStatus } from "./job.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const jobTable = pgSchema("jobs").table("job", {
  id: bigint("id", { mode: "number" }).$type<JobId>().primaryKey().generatedAlwaysAsIdentity(),
  kind: text("kind").notNull(),
  title: text("title").notNull(),
  input: jsonb("input").$type<Json>(),
  key: text("key"),
  state: text("state").$type<JobStatus>().notNull().default("queued"),
  cursor: jsonb("cursor").$type<Json>(),
  done: bigint("done", { mode: "number" }).notNull().default(0),
  total: bigint("total", { mode: "number" }),
  result: jsonb("result").$type<Json>(),
  attempts: integer("attempts").notNull().default(0),
  error: text("error"),
  startedBy: jsonb("started_by").$type<Actor>().notNull(),
  people: text("people").array().notNull().default([]),
  stoppedBy: jsonb("stopped_by").$type<Actor>(),
  queuedAt: moment("queued_at").notNull().defaultNow(),
  begunAt: moment("begun_at"),
  endedAt: moment("ended_at"),
  dueAt: moment("due_at").notNull().defaultNow(),
  steppedAt: moment("stepped_at"),
  workedMs: bigint("worked_ms", { mode: "number" }).notNull().default(0),
  worker: text("worker"),
  leaseUntil: moment("lease_until"),
  failedTries: integer("failed_tries").notNull().default(0),
});
