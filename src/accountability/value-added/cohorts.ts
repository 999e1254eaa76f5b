import { columnOf, type Problem, type Table } from "../../kernel/index.js";
import { knownOfCohort } from "./cohort-facts.js";
import { levelsOf } from "./pupils-used.js";
import type { MeasureSpecification, PriorAttainment } from "./specification.js";

/** A baseline with the years whose pupils are measured from it. */
export interface Baseline {
  readonly prior: readonly PriorAttainment[];
  /** Empty for the specification's own `prior`, which holds for every year without a rule. */
  readonly years: readonly string[];
}

/** The years of the pupils and what the review says of each. */
export interface Cohorts {
  /** Every year of the pupil table, the latest first, those left out among them. */
  readonly years: readonly string[];
  /** Each pupil's place in {@link years}; −1 without a year. Null where pupils have no years. */
  readonly code: Int32Array | null;
  /** For each year whether it is left out. */
  readonly leftOut: readonly boolean[];
  /** The general baseline first, then the others; for each year the place of its own. */
  readonly baselines: readonly Baseline[];
  readonly baselineOf: readonly number[];
}

/** Every row of a table. */
export const everyRow = (table: Table) => Int32Array.from({ length: table.rows }, (_, row) => row);

/** The baselines of a specification: the general one, then each other with the years that use it. */
export function baselinesOf({ prior, cohorts }: MeasureSpecification): Baseline[] {
  const others = new Map<string, { prior: readonly PriorAttainment[]; years: string[] }>();
  for (const { year, rule } of cohorts) {
    if (rule.kind !== "other-baseline") continue;
    const key = JSON.stringify(rule.prior);
    const found = others.get(key);
    if (found) found.years.push(year);
    else others.set(key, { prior: rule.prior, years: [year] });
  }
  return [{ prior, years: [] }, ...others.values()];
}

/** Sorts the pupils' years and finds each one's rule. */
export function cohortsOf(specification: MeasureSpecification, pupils: Table): Cohorts {
  const baselines = baselinesOf(specification);
  if (specification.year === null) return { years: [], code: null, leftOut: [], baselines, baselineOf: [] };
  const { codes, levels } = levelsOf(pupils, specification.year, everyRow(pupils));
  const years = [...levels].sort((a, b) => (a < b ? 1 : -1));
  const place = new Map(years.map((year, k) => [year, k]));
  const ofLevel = levels.map((level) => place.get(level) ?? -1);
  const rules = new Map(specification.cohorts.map(({ year, rule }) => [year, rule]));
  return {
    years,
    code: codes.map((code) => (code < 0 ? -1 : ofLevel[code]!)),
    leftOut: years.map((year) => rules.get(year)?.kind === "leave-out"),
    baselines,
    baselineOf: years.map((year) =>
      Math.max(
        0,
        baselines.findIndex((baseline) => baseline.years.includes(year)),
      ),
    ),
  };
}

/** For each year the pupils, and those with a value in the column. */
function countByYear(cohorts: Cohorts, pupils: Table, column: string): { all: Int32Array; withValue: Int32Array } {
  const all = new Int32Array(cohorts.years.length);
  const withValue = new Int32Array(cohorts.years.length);
  const { values } = columnOf(pupils, column, "number");
  cohorts.code!.forEach((year, row) => {
    if (year < 0) return;
    all[year]!++;
    if (Number.isFinite(values[row]!)) withValue[year]!++;
  });
  return { all, withValue };
}

const choices = (year: string) =>
  `Say in the review file what is done with the year: \`cohorts: [{ year: ${year}, leaveOut: true }]\` measures the other years, ` +
  `\`cohorts: [{ year: ${year}, baseline: [COLUMN] }]\` measures its pupils from another baseline, with a curve of its own.`;

/** Years whose pupils have no baseline, or no outcome, at all: nothing is done with them unless the review says what. */
export function cohortProblems(specification: MeasureSpecification, pupils: Table, cohorts: Cohorts): Problem[] {
  if (!cohorts.code) return [];
  const { years, leftOut, baselines, baselineOf } = cohorts;
  const unknown = specification.cohorts
    .filter(({ year }) => !years.includes(year))
    .map(
      ({ year }): Problem => ({
        code: "cohort-unknown",
        place: "the review file, cohorts",
        message: `there is a rule for the year "${year}", and no pupil is of that year`,
        remedy: `The years are ${[...years].reverse().join(", ")}.`,
      }),
    );
  const outcomes = specification.outcomes.map(({ column }) => ({ column, baseline: null }));
  const priors = baselines.flatMap(({ prior }, baseline) => prior.map(({ column }) => ({ column, baseline })));
  const missing = [...outcomes, ...priors].flatMap(({ column, baseline }) => {
    const { all, withValue } = countByYear(cohorts, pupils, column);
    if (withValue.every((count) => count === 0)) return []; // a column that is empty everywhere is another mistake
    return years.flatMap((year, k): Problem[] => {
      const concerned = !leftOut[k] && (baseline === null || baselineOf[k] === baseline);
      if (!concerned || all[k] === 0 || withValue[k]! > 0) return [];
      const known = knownOfCohort(year);
      const why =
        baseline === null ? (known.cancelled ? ["the tests of that summer were cancelled"] : []) : known.baseline;
      return [
        {
          code: baseline === null ? "results-missing" : "baseline-missing",
          place: `${pupils.name}, column "${column}", year ${year}`,
          message: `none of the ${all[k]} pupils of ${year} has a value in "${column}"${why.length > 0 ? `; in England ${why.join(", and ")}` : ""}`,
          remedy:
            baseline === null
              ? `Leave the year out in the review file: \`cohorts: [{ year: ${year}, leaveOut: true }]\`.`
              : choices(year),
        },
      ];
    });
  });
  return [...unknown, ...missing];
}

/** From this part of a cohort left out on, the notes say so by year. */
const muchOfACohort = 0.5;

/** Sentences on which years the measure rests, and on years whose tests were cancelled or whose pupils are mostly left out. */
export function cohortNotes(specification: MeasureSpecification, cohorts: Cohorts, rows: Int32Array): string[] {
  const { years, code, leftOut, baselines, baselineOf } = cohorts;
  if (!code) return [];
  const [all, used] = [new Int32Array(years.length), new Int32Array(years.length)];
  for (const year of code) if (year >= 0) all[year]!++;
  for (const row of rows) if (code[row]! >= 0) used[code[row]!]!++;
  const list = (chosen: (year: string, k: number) => boolean) => years.filter(chosen).reverse().join(", ");
  const notes: string[] = [];
  if (leftOut.includes(true)) {
    const weights =
      specification.yearWeights === null ? "" : " Their weight goes to the school's other years in proportion.";
    notes.push(
      `The measure rests on the years ${list((_, k) => used[k]! > 0)}. Left out by the review file's rule: ${list((_, k) => leftOut[k]!)}.${weights}`,
    );
  }
  baselines.slice(1).forEach(({ prior }, b) => {
    const own = list((_, k) => baselineOf[k] === b + 1 && used[k]! > 0);
    if (own !== "")
      notes.push(
        `The pupils of ${own} are measured from another baseline, ${prior.map(({ column }) => `"${column}"`).join(" and ")}, with a curve and a level of its own: figures of these years compare schools within them.`,
      );
  });
  years.forEach((year, k) => {
    if (leftOut[k] || all[k] === 0) return;
    if (used[k]! > 0 && knownOfCohort(year).cancelled)
      notes.push(
        `In England the tests of Key Stage 2 and the examinations of Key Stage 4 of ${year} were cancelled. The results in this file are of another kind and are used as they stand.`,
      );
    if (all[k]! - used[k]! > muchOfACohort * all[k]!)
      notes.push(
        `Of the ${all[k]} pupils of ${year}, ${all[k]! - used[k]!} are left out for want of a value: the year's figures are about the rest.`,
      );
  });
  return notes;
}
