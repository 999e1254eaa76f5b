import { compareIds, formatCsv } from "../../ingest/index.js";
import type { AlternativeMeasure, IntervalFigure, SchoolMeasure, ValueAddedMeasure } from "../value-added/index.js";
import type { Review } from "./review.js";

const figureColumns = [
  "school",
  "of",
  "name",
  "value_added",
  "prediction_error",
  "lower",
  "upper",
  "pupils",
  "pupil_equivalents",
  "difference",
  "difference_error",
  "difference_lower",
  "difference_upper",
  "probability_of_other_decision",
] as const;

type Row = (string | number | null)[];

const differenceOf = (figure: IntervalFigure | null): Row =>
  figure ? [figure.estimate, figure.predictionError, figure.lower, figure.upper] : [null, null, null, null];

/** A row with nothing in the columns that it does not reach. */
const padded = (row: Row): Row => [...row, ...new Array(figureColumns.length - row.length).fill(null)];

function rowsOf({ school, years, subgroups, outcomes }: SchoolMeasure): Row[] {
  return [
    ...years.map((y) => [
      ...[school, "year", y.year, y.valueAdded, y.standardError, y.lower, y.upper, null, y.pupilEquivalents],
      ...differenceOf(y.lessAverage),
    ]),
    ...subgroups.map(({ name, pupils, figure, difference }) => [
      ...[school, "subgroup", name, ...differenceOf(figure), pupils, null],
      ...differenceOf(difference),
    ]),
    ...outcomes.map(({ outcome, figure }) => [school, "outcome", outcome, ...differenceOf(figure)]),
  ];
}

/** The figures of the schools measured in other ways; they have an error and no interval of their own. */
function rowsElsewhere(alternatives: readonly AlternativeMeasure[]): Map<string, Row[]> {
  const rows = new Map<string, Row[]>();
  for (const { code, figures } of alternatives)
    for (const { school, valueAdded, predictionError, pupilEquivalents } of figures) {
      const own = rows.get(school) ?? [];
      own.push([school, "alternative", code, valueAdded, predictionError, null, null, null, pupilEquivalents]);
      rows.set(school, own);
    }
  return rows;
}

/**
 * Every school's figures beside the published one, as CSV in the order of the schools' ids: `of` says what of (`decision`, `year`, `subgroup`,
 * `outcome`, in its standard deviations, `alternative`), `name` which. The difference of a year is that of the current year from the published average, that of a subgroup the one
 * from the other pupils; it is empty for the years before, and all is empty for a subgroup with too few pupils. Of a decision there is the
 * probability that another draw of pupils would have made another; it is empty where the decision does not rest on value added.
 */
export function figuresTable(
  { measure, decisions, otherwise }: Pick<Review, "measure" | "decisions" | "otherwise">,
  alternatives: readonly AlternativeMeasure[],
): string {
  const measures = new Map(measure.schools.map((school) => [school.school, school]));
  const places = new Map(decisions.map(({ school }, i) => [school, i]));
  const elsewhere = rowsElsewhere(alternatives);
  const decisionRow = (school: string): Row[] => {
    const place = places.get(school);
    if (place === undefined) return [];
    const { decision } = decisions[place]!;
    return [
      [school, "decision", decision, ...new Array(figureColumns.length - 4).fill(null), otherwise[place] ?? null],
    ];
  };
  return formatCsv(
    figureColumns,
    [...new Set([...measures.keys(), ...places.keys()])].sort(compareIds).flatMap((school) => {
      const own = measures.get(school);
      return [...decisionRow(school), ...(own ? rowsOf(own) : []), ...(elsewhere.get(school) ?? [])].map(padded);
    }),
  );
}

/** The columns of the current year in the list of schools; there are none where no school has years of its own. */
export function currentYearColumns({ schools }: ValueAddedMeasure): {
  readonly names: readonly string[];
  readonly valuesOf: (school: SchoolMeasure | null) => Row;
} {
  if (schools.every(({ years }) => years.length === 0)) return { names: [], valuesOf: () => [] };
  return {
    names: [
      ...["current_year", "current_value_added", "current_prediction_error", "current_lower", "current_upper"],
      ...["current_less_average", "current_less_average_lower", "current_less_average_upper"],
    ],
    valuesOf: (school) => {
      const current = school?.years.find(({ lessAverage }) => lessAverage !== null);
      const less = current?.lessAverage;
      if (!current || !less) return new Array(8).fill(null);
      return [
        ...[current.year, current.valueAdded, current.standardError, current.lower, current.upper],
        ...[less.estimate, less.lower, less.upper],
      ];
    },
  };
}
