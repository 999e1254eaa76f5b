import { asc, sql } from "drizzle-orm";
import { doublePrecision, integer, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { Queries } from "../../platform/database/index.js";
import type { AttainmentYear } from "./attainment.js";

// Drizzle's description of schema.sql; a test holds the two equal.

export const attainmentTable = pgSchema("disadvantage").table(
  "attainment",
  {
    measure: text("measure").notNull(),
    year: text("year").notNull(),
    lower: doublePrecision("lower").notNull(),
    others: doublePrecision("others").notNull(),
    lowerPupils: integer("lower_pupils"),
    othersPupils: integer("others_pupils"),
    source: text("source").notNull(),
    importedAt: timestamp("imported_at", { withTimezone: true, mode: "string" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.measure, table.year] })],
);

/** A year of attainment with the file it came from. */
export interface StoredYear extends AttainmentYear {
  readonly source: string;
  readonly importedAt: string;
}

/** Every imported year, by measure and year. */
export async function loadAttainment(queries: Queries): Promise<readonly StoredYear[]> {
  return queries
    .select()
    .from(attainmentTable)
    .orderBy(sql`${attainmentTable.measure} collate "C"`, asc(attainmentTable.year));
}

/** Writes years; one that is there already is replaced. */
export async function saveAttainment(queries: Queries, years: readonly StoredYear[]): Promise<void> {
  if (years.length === 0) return;
  await queries
    .insert(attainmentTable)
    .values([...years])
    .onConflictDoUpdate({
      target: [attainmentTable.measure, attainmentTable.year],
      set: {
        lower: sql`excluded.lower`,
        others: sql`excluded.others`,
        lowerPupils: sql`excluded.lower_pupils`,
        othersPupils: sql`excluded.others_pupils`,
        source: sql`excluded.source`,
        importedAt: sql`excluded.imported_at`,
      },
    });
}
