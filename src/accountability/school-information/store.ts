import { eq } from "drizzle-orm";
import { integer, jsonb, pgSchema, text, timestamp } from "drizzle-orm/pg-core";
import type { Queries } from "../../platform/database/index.js";
import type { Entries } from "./entries.js";

const schoolInformation = pgSchema("school_information");

/** Drizzle's description of schema.sql; a test holds the two equal. */
export const pageTable = schoolInformation.table("page", {
  urn: text("urn").primaryKey(),
  version: integer("version").notNull(),
  entries: jsonb("entries").$type<Entries>().notNull(),
  changedOn: timestamp("changed_on", { withTimezone: true, mode: "string" }).notNull(),
});

/** What a school's office has added, and the version of it; version 0 and nothing before the first time. */
export interface OwnPage {
  readonly version: number;
  readonly entries: Entries;
  readonly changedOn: string | null;
}

/** What a school's office has added to its page. */
export async function loadOwnPage(queries: Queries, urn: string): Promise<OwnPage> {
  const [row] = await queries.select().from(pageTable).where(eq(pageTable.urn, urn));
  return row ?? { version: 0, entries: {}, changedOn: null };
}

/** Keeps what a school's office has added. */
export async function saveOwnPage(
  queries: Queries,
  urn: string,
  { version, entries }: { readonly version: number; readonly entries: Entries },
  now: Date,
): Promise<void> {
  const changedOn = now.toISOString();
  await queries
    .insert(pageTable)
    .values({ urn, version, entries, changedOn })
    .onConflictDoUpdate({ target: pageTable.urn, set: { version, entries, changedOn } });
}
