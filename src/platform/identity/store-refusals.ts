import { desc, gte } from "drizzle-orm";
import type { Queries } from "../database/index.js";
import { refusalTable } from "./tables.js";

/** A refusal as it is kept. */
export type StoredRefusal = typeof refusalTable.$inferSelect;

/** Keeps a refusal. */
export async function insertRefusal(queries: Queries, row: typeof refusalTable.$inferInsert): Promise<void> {
  await queries.insert(refusalTable).values(row);
}

/** The refusals since a moment, the newest first. */
export function refusalsSince(queries: Queries, since: string, limit: number): Promise<readonly StoredRefusal[]> {
  return queries
    .select()
    .from(refusalTable)
    .where(gte(refusalTable.at, since))
    .orderBy(desc(refusalTable.at), desc(refusalTable.id))
    .limit(limit);
}
