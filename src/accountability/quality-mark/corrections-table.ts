import { formatCsv } from "../../ingest/index.js";
import type { SchoolMeasure } from "../value-added/index.js";
import type { RedecidedSchool } from "./corrected-schools.js";
import type { SchoolDecision } from "./decision.js";

const figures = ["value_added", "standard_error", "prediction_error", "lower", "upper", "pupils", "pupil_equivalents"];

const figuresOf = (school: SchoolMeasure) => [
  ...[school.valueAdded, school.standardError, school.predictionError, school.lower, school.upper],
  ...[school.pupils, school.pupilEquivalents],
];

const decided = (decision: SchoolDecision | null, otherwise: string) => [
  decision?.decision ?? null,
  decision ? decision.reasons.map(({ text }) => text).join(" ") : otherwise,
];

/**
 * A line a school: figures, errors, interval and decision before and after, as CSV.
 * @param otherwise why nothing is decided, where the measure may not
 */
export function correctionsTable(schools: readonly RedecidedSchool[], otherwise: string): string {
  const columns = (when: string) => [...figures, "decision", "reasons"].map((name) => `${name}_${when}`);
  return formatCsv(
    ["school", "difference", "pupils_left_out", "pupils_reweighted", ...columns("before"), ...columns("after")],
    schools.map((school) => [
      ...[school.before.school, school.difference, school.leftOut, school.reweighted],
      ...[...figuresOf(school.before), ...decided(school.decisionBefore, otherwise)],
      ...[...figuresOf(school.after), ...decided(school.decisionAfter, otherwise)],
    ]),
  );
}

/** What each step of the explanation adds to a school's difference, as CSV; a school's differences add up to that of its figure. */
export function differencesTable(schools: readonly RedecidedSchool[]): string {
  return formatCsv(
    ["school", "step", "label", "change_before", "change_after", "difference"],
    schools.flatMap(({ before: { school }, steps }) =>
      steps.map(({ code, label, before, after, difference }) => [school, code, label, before, after, difference]),
    ),
  );
}
