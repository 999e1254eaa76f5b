import { columnOf, missingDay, type Problem, sharedFloats, sharedPlaces, type Table } from "../../kernel/index.js";
import type { Cohorts } from "./cohorts.js";
import type { MeasureSpecification } from "./specification.js";

/** Which pupils the model uses, and how many are left out for which reason. */
export interface PupilsUsed {
  /** Rows of the pupil table, ascending. */
  readonly rows: Int32Array;
  readonly leftOut: readonly { readonly reason: string; readonly count: number }[];
}

/** A rule that leaves a pupil out, or stops the review where the review file says so. */
interface Rule {
  readonly reason: string;
  readonly column: string;
  readonly stop: boolean;
  readonly isMissing: (row: number) => boolean;
}

/** Whether a row of a column has no value, whatever the column holds. */
export function missingIn(table: Table, name: string): (row: number) => boolean {
  const column = table.columns.get(name);
  if (!column) throw new TypeError(`${table.name} has no column "${name}"`);
  if (column.kind === "number") return (row) => !Number.isFinite(column.values[row]!);
  if (column.kind === "date") return (row) => column.days[row] === missingDay;
  return (row) => column.codes[row]! < 0;
}

/** Pupils of a year that the review leaves out, and pupils without a value of the baseline that holds for their year. */
function cohortRules(
  { year }: MeasureSpecification,
  pupils: Table,
  cohorts: Cohorts,
): [leftOut: Rule[], prior: Rule[]] {
  const { code, leftOut, baselineOf, baselines, years } = cohorts;
  const leaves = years.flatMap((name, k): Rule[] =>
    leftOut[k]
      ? [
          {
            reason: `the year ${name} is left out by the review file's rule`,
            column: year!,
            stop: false,
            isMissing: (row) => code![row] === k,
          },
        ]
      : [],
  );
  const several = baselines.length > 1;
  const prior = baselines.flatMap((baseline, b) =>
    baseline.prior
      .filter(({ missing }) => missing !== "indicator")
      .map(({ column, missing }): Rule => {
        const isMissing = missingIn(pupils, column);
        return {
          reason: `no prior attainment in "${column}"`,
          column,
          stop: missing === "stop",
          isMissing: several ? (row) => (baselineOf[code![row]!] ?? 0) === b && isMissing(row) : isMissing,
        };
      }),
  );
  return [leaves, prior];
}

function rulesOf(specification: MeasureSpecification, pupils: Table, cohorts: Cohorts): Rule[] {
  const rule = (column: string, what: string, stop: boolean): Rule => ({
    reason: `no ${what} in "${column}"`,
    column,
    stop,
    isMissing: missingIn(pupils, column),
  });
  const { outcomes, prior, context, groups, membership, school, intake, year } = specification;
  const [leaves, priorRules] = cohortRules(specification, pupils, cohorts);
  return [
    ...leaves,
    ...outcomes.map(({ column }) => rule(column, "outcome", false)),
    ...(membership.kind === "one-school" && school ? [rule(school, "school", false)] : []),
    ...(year ? [rule(year, "year", false)] : []),
    ...priorRules,
    ...context
      .filter(({ missing }) => missing !== "indicator")
      .map(({ column, missing }) => rule(column, "context", missing === "stop")),
    ...groups.filter(({ missing }) => missing !== "average").map(({ column, name }) => rule(column, name, false)),
    ...intake.filter(({ of }) => !prior.some((p) => p.column === of)).map(({ of }) => rule(of, "intake", false)),
  ];
}

/** Applies the rules on missing values in order; a pupil is counted under the first that applies. */
export function choosePupils(
  specification: MeasureSpecification,
  pupils: Table,
  cohorts: Cohorts,
): { readonly used: PupilsUsed; readonly problems: readonly Problem[] } {
  const rules = rulesOf(specification, pupils, cohorts);
  const counts = new Int32Array(rules.length);
  const problems: Problem[] = [];
  const rows = new Int32Array(pupils.rows);
  let used = 0;
  for (let row = 0; row < pupils.rows; row++) {
    const broken = rules.findIndex((rule) => rule.isMissing(row));
    if (broken < 0) {
      rows[used++] = row;
      continue;
    }
    counts[broken]!++;
    const { stop, column } = rules[broken]!;
    if (stop)
      problems.push({
        code: "value-missing",
        place: `${pupils.placeOf(row)}, column "${column}"`,
        message: "the value is missing",
        remedy: `Fill it in, or set "missing" of ${column} to "exclude" or "indicator" in the review file.`,
      });
  }
  const leftOut = rules.map(({ reason }, r) => ({ reason, count: counts[r]! })).filter(({ count }) => count > 0);
  return { used: { rows: used === pupils.rows ? rows : rows.slice(0, used), leftOut }, problems };
}

/** A numeric column's values of the rows used; the table's own array where every row is used. */
export function numbersOf(table: Table, name: string, rows: Int32Array): Float64Array {
  const { values } = columnOf(table, name, "number");
  if (rows.length === table.rows) return values;
  const out = sharedFloats(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]!]!;
  return out;
}

/** A column's levels and each used row's place among them, −1 without a value; numbers and dates are read as text. */
export function levelsOf(
  table: Table,
  name: string,
  rows: Int32Array,
): { readonly codes: Int32Array; readonly levels: readonly string[] } {
  const column = table.columns.get(name);
  if (!column) throw new TypeError(`${table.name} has no column "${name}"`);
  if (column.kind === "category") {
    if (rows.length === table.rows) return { codes: column.codes, levels: column.levels };
    const codes = sharedPlaces(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]!]!;
    return { codes, levels: column.levels };
  }
  const values = column.kind === "number" ? column.values : column.days;
  const none = column.kind === "number" ? Number.NaN : missingDay;
  const place = new Map<number, number>();
  const codes = sharedPlaces(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!;
    if (Object.is(value, none)) {
      codes[i] = -1;
      continue;
    }
    let code = place.get(value);
    if (code === undefined) {
      code = place.size;
      place.set(value, code);
    }
    codes[i] = code;
  }
  return { codes, levels: [...place.keys()].map(String) };
}
