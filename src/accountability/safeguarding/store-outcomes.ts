import { sql } from "drizzle-orm";
import type { CivilDate } from "../../kernel/index.js";
import { insertMany, type Queries } from "../../platform/database/index.js";
import type { Outcome } from "./outcome.js";
import type { OutcomeLine, SignedOutcome } from "./outcomes.js";
import { outcomeTable as outcome } from "./tables.js";

/** A type, not an interface: only a type can stand for a row of any columns. */
type OutcomeRow = { urn: string; outcome: Outcome; on: CivilDate; audit: string };

/**
 * The newest outcome of each school that was signed on or before a day and still counts, the corrected one where it was corrected.
 * @param from the first day that still counts
 */
export async function loadOutcomes(
  queries: Queries,
  from: CivilDate,
  on: CivilDate,
  urns?: readonly string[],
): Promise<ReadonlyMap<string, SignedOutcome>> {
  // Every outcome of an audit is of its school: the schools are looked for first, or all audits would be sorted for a few.
  const asked = urns ? sql` where urn = any(${sql.param(urns)}::text[])` : sql``;
  const rows = await queries.execute<OutcomeRow>(sql`
    select distinct on (urn) urn, outcome, signed_on as "on", audit from (
      select distinct on (audit) * from ${outcome}${asked} order by audit, number desc
    ) standing
    where signed_on between ${from} and ${on}
    order by urn, signed_on desc, recorded_at desc, audit desc`);
  return new Map(rows.map(({ urn, ...signed }) => [urn, signed]));
}

/** Which of these schools the register has. */
export async function knownSchools(queries: Queries, urns: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await queries.execute<{ urn: string }>(
    sql`select urn from register.school where urn = any(${sql.param(urns)}::text[])`,
  );
  return new Set(rows.map(({ urn }) => urn));
}

/** The outcomes that stand for these audits. */
export async function standingOutcomes(
  queries: Queries,
  audits: readonly string[],
): Promise<ReadonlyMap<string, Outcome>> {
  const rows = await queries.execute<{ audit: string; outcome: Outcome }>(
    sql`select distinct on (audit) audit, outcome from ${outcome} where audit = any(${sql.param(audits)}::text[]) order by audit, number desc`,
  );
  return new Map(rows.map((row) => [row.audit, row.outcome]));
}

/** Saves the outcomes of a file; those that are there already stay as they are. */
export async function saveImported(
  queries: Queries,
  lines: readonly (OutcomeLine & { readonly audit: string })[],
  words: string,
  now: Date,
): Promise<void> {
  const recordedAt = now.toISOString();
  await insertMany(
    queries,
    outcome,
    lines.map(({ audit, urn, outcome: found, on }) => ({
      ...{ audit, number: 1, urn, outcome: found, signedOn: on },
      ...{ source: "file" as const, words, recordedAt },
    })),
    "ignore",
  );
}
