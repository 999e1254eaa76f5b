import { type CivilDate, err, ok, type Problem, type Result, valueOn } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/day/index.js";
import { type Actor, holdsRole } from "../../platform/identity/index.js";
import { countsFrom, importedAudit, type OutcomeLine, outcomeFaults, type SignedOutcome } from "./outcomes.js";
import { outcomeMonths } from "./parameters.js";
import { notAllowed } from "./problems.js";
import { knownSchools, loadOutcomes, saveImported, standingOutcomes } from "./store-outcomes.js";

/**
 * What the Quality Mark reads: for each school the newest outcome signed within the year before a day, the day itself included. A
 * school without one isn't listed: missing is missing.
 */
export function auditOutcomes(
  queries: Queries,
  on: CivilDate,
  urns?: readonly string[],
): Promise<ReadonlyMap<string, SignedOutcome>> {
  return loadOutcomes(queries, countsFrom(on, valueOn(outcomeMonths, on).value), on, urns);
}

/** What an import of outcomes did. */
export interface OutcomeImport {
  readonly lines: number;
  readonly added: number;
  readonly unchanged: number;
}

/**
 * Imports outcomes of audits that were done elsewhere, all or nothing. The same lines a second time change nothing.
 * @param source in words, as the file's name; kept with each outcome
 */
export function importOutcomes(
  database: Database,
  actor: Actor,
  lines: readonly OutcomeLine[],
  source: string,
  now: Date,
): Promise<Result<OutcomeImport, readonly Problem[]>> {
  return database.queries.transaction(async (queries) => {
    if (!holdsRole(actor, ["administrator"])) return err([notAllowed("importing outcomes", "an administrator")]);
    const today = dayInEngland(now);
    const audits = lines.map(importedAudit);
    const schools = await knownSchools(queries, [...new Set(lines.map(({ urn }) => urn))]);
    const known = await standingOutcomes(queries, audits);
    const problems = outcomeFaults(lines, schools, known, today);
    if (problems.length > 0) return err(problems);
    const fresh = new Map(lines.map((line, i) => [audits[i]!, line]));
    for (const audit of known.keys()) fresh.delete(audit);
    const added = [...fresh].map(([audit, line]) => ({ ...line, audit }));
    await saveImported(queries, added, source, now);
    return ok({ lines: lines.length, added: added.length, unchanged: lines.length - added.length });
  });
}
