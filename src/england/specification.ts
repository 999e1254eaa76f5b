import {
  type ContextCovariate,
  type MeasureSpecification,
  windowOfYearGroups,
} from "../accountability/value-added/index.js";
import { academicYear, civilDate, dateOfDay, dayNumber, formatAcademicYear } from "../kernel/index.js";
import type { Phase } from "./england.js";
import type { Window } from "./path.js";

/** First and last year group of each key stage. */
const yearGroups: Readonly<Record<Phase, readonly [first: number, last: number]>> = {
  primary: [3, 6],
  secondary: [7, 11],
};

/** The window of the cohort that leaves in the academic year: 1 September of its first year group to 31 May of its last. */
export function windowOf(phase: Phase, leaves: number): Window {
  const [first, last] = yearGroups[phase];
  const { from, to } = windowOfYearGroups(first, last, academicYear(leaves));
  return {
    from: dayNumber(from),
    to: dayNumber(to!),
    years: last - first + 1,
    reception: dayNumber(civilDate(`${leaves - last}-09-01`)),
  };
}

const category = (column: string, reference: string): ContextCovariate => ({
  column,
  reference,
  kind: "category",
  missing: "stop",
});
const amount = (column: string): ContextCovariate => ({ column, reference: null, kind: "number", missing: "stop" });

/** What pupils' circumstances are called in the files, and against which level they are measured. */
export const context: readonly ContextCovariate[] = [
  category("fsm6", "no"),
  amount("idaci"),
  category("sen", "none"),
  category("provision", "mainstream"),
  category("first_language", "english"),
  category("sex", "boy"),
  amount("birth_month"),
  category("ethnic_group", "white"),
  category("looked_after", "no"),
];

/**
 * The measure that the synthetic pupils are made for: prior attainment to the third power, context, time on roll in days,
 * and a school's own cohorts.
 * @param leaves the academic years in which the cohorts leave
 */
export function specificationOf(phase: Phase, leaves: readonly number[]): MeasureSpecification {
  const isPrimary = phase === "primary";
  return {
    title: isPrimary ? "Key stage 2 scaled score" : "Attainment 8",
    outcomes: [{ column: isPrimary ? "ks2_score" : "attainment8", weight: 1 }],
    pupil: "pupil",
    school: "school",
    year: "year",
    prior: [
      {
        column: isPrimary ? "score_at_seven" : "ks2_score",
        shape: { kind: "polynomial", degree: 3 },
        missing: "indicator",
      },
    ],
    cohorts: [],
    context,
    interactions: [],
    intake: [],
    membership: {
      kind: "spells",
      pupil: "pupil",
      school: "school",
      entered: "entered",
      left: "left",
      status: "status",
      unit: "days",
      windows: leaves.map((year) => {
        const window = windowOf(phase, year);
        return {
          year: formatAcademicYear(academicYear(year)),
          from: dateOfDay(window.from),
          to: dateOfDay(window.to),
        };
      }),
    },
    slopes: [],
    subgroups: [],
    // No effect of the authority: a school is compared with the country, and shared weakness in an authority is not excused.
    groups: leaves.length > 1 ? [{ name: "cohort", column: "year", withinSchool: true }] : [],
    yearWeights: null,
    method: "REML",
    confidence: 0.95,
  };
}
