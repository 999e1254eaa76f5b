import { asc, eq } from "drizzle-orm";
import type { CivilDate, Urn } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import type { AccountsOpinion, SafeguardingOutcome } from "./decision.js";
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

/** The audits and opinions that a published review was decided on, as they came with its files. */
export interface ReviewedEvidence {
  readonly safeguarding: readonly {
    readonly school: Urn;
    readonly outcome: SafeguardingOutcome;
    readonly on: CivilDate;
  }[];
  readonly accounts: readonly { readonly school: Urn; readonly opinion: AccountsOpinion; readonly on: CivilDate }[];
}

/** The evidence beside the measure of a published review, in order of URN. */
export async function loadReviewedEvidence(queries: Queries, id: number): Promise<ReviewedEvidence> {
  const { urn, safeguardingOutcome, safeguardingOn, accountsOpinion, accountsOn } = decision;
  const rows = await queries
    .select({
      school: urn,
      outcome: safeguardingOutcome,
      auditedOn: safeguardingOn,
      opinion: accountsOpinion,
      filedOn: accountsOn,
    })
    .from(decision)
    .where(eq(decision.reviewId, id))
    .orderBy(asc(urn));
  return {
    safeguarding: rows.flatMap(({ school, outcome, auditedOn: on }) =>
      outcome && on ? [{ school: school as Urn, outcome, on }] : [],
    ),
    accounts: rows.flatMap(({ school, opinion, filedOn: on }) =>
      opinion && on ? [{ school: school as Urn, opinion, on }] : [],
    ),
  };
}
