import { addDays, type CivilDate, type Problem } from "../../kernel/index.js";
import type { Outcome } from "./outcome.js";
import { problem, type SafeguardingCode } from "./problems.js";

/** An outcome that was signed. */
export interface SignedOutcome {
  readonly outcome: Outcome;
  readonly on: CivilDate;
  readonly audit: string;
}

/** A line of a file of outcomes. */
export interface OutcomeLine {
  readonly urn: string;
  readonly outcome: Outcome;
  readonly on: CivilDate;
  /** As `outcomes.csv, line 17`. */
  readonly place: string;
}

/** The id under which a file's outcome is kept: the same line again is the same outcome. */
export function importedAudit(line: Pick<OutcomeLine, "urn" | "on">): string {
  return `import/${line.urn}/${line.on}`;
}

/** The first day on which an outcome still counts on `on`: a year before, the day itself not counted. */
export function countsFrom(on: CivilDate, months: number): CivilDate {
  const index = Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1 - months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  const first = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01` as CivilDate;
  const next = addDays(first, 31).slice(0, 8);
  const day = Number(on.slice(8));
  // A day that the month doesn't have (31 June, 29 February) is counted from the first of the next.
  const lastDay = Number(addDays(`${next}01` as CivilDate, -1).slice(8));
  return addDays(first, Math.min(day, lastDay));
}

/**
 * What is wrong with a file of outcomes against what is known: schools that the register doesn't have, days to come, and two outcomes
 * of one school on one day.
 *
 * @param known the outcome that stands for an audit's id, where there is one
 */
export function outcomeFaults(
  lines: readonly OutcomeLine[],
  schools: ReadonlySet<string>,
  known: ReadonlyMap<string, Outcome>,
  today: CivilDate,
): readonly Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, OutcomeLine>();
  const report = (code: SafeguardingCode, place: string, message: string) =>
    problems.push(problem(code, place, message));
  for (const line of lines) {
    if (!schools.has(line.urn)) report("outcome-school-unknown", line.place, `the register has no school ${line.urn}`);
    if (line.on > today)
      report("outcome-in-future", line.place, `the outcome of ${line.urn} is dated ${line.on}, which is still to come`);
    const audit = importedAudit(line);
    const before = seen.get(audit);
    if (before && before.outcome !== line.outcome)
      report(
        "outcome-contradictory",
        line.place,
        `${line.urn} is ${line.outcome} here and ${before.outcome} on the same day at ${before.place}`,
      );
    else if (known.has(audit) && known.get(audit) !== line.outcome)
      report(
        "outcome-contradictory",
        line.place,
        `${line.urn} is ${line.outcome} here, and was imported as ${known.get(audit)} for the same day before`,
      );
    if (!before) seen.set(audit, line);
  }
  return problems;
}
