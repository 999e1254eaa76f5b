import { asc, eq } from "drizzle-orm";
import type { Queries } from "../../platform/database/index.js";
import type { ReviewRecord } from "./store-input.js";
import { decisionTable as decision, measureTable, reviewTable } from "./store-tables.js";

/** What a published review was made from and what it decided, for making it again; null where there is no such review. */
export async function loadReviewRecord(queries: Queries, id: number): Promise<ReviewRecord | null> {
  const [heading] = await queries.select().from(reviewTable).where(eq(reviewTable.id, id));
  if (!heading) return null;
  const fits = await queries
    .select({ phase: measureTable.phase, model: measureTable.model })
    .from(measureTable)
    .where(eq(measureTable.reviewId, id))
    .orderBy(asc(measureTable.phase));
  const decisions = await queries
    .select({
      urn: decision.urn,
      phase: decision.phase,
      decision: decision.decision,
      reasons: decision.reasons,
      inputsHash: decision.inputsHash,
      valueAdded: decision.valueAdded,
      lower: decision.lower,
      upper: decision.upper,
      probabilityBelow: decision.probabilityBelow,
    })
    .from(decision)
    .where(eq(decision.reviewId, id))
    .orderBy(asc(decision.urn));
  return { ...heading, fits, decisions };
}
