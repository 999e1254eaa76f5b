import { compareIds, formatCsv } from "../../ingest/index.js";
import type { IntervalFigure, SchoolMeasure, ValueAddedMeasure } from "../value-added/index.js";

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
] as const;

type Row = (string | number | null)[];

const differenceOf = (figure: IntervalFigure | null): Row =>
  figure ? [figure.estimate, figure.predictionError, figure.lower, figure.upper] : [null, null, null, null];

function rowsOf({ school, years, subgroups }: SchoolMeasure): Row[] {
  return [
    ...years.map((y) => [
      ...[school, "year", y.year, y.valueAdded, y.standardError, y.lower, y.upper, null, y.pupilEquivalents],
      ...differenceOf(y.lessAverage),
    ]),
    ...subgroups.map(({ name, pupils, figure, difference }) => [
      ...[school, "subgroup", name, ...differenceOf(figure), pupils, null],
      ...differenceOf(difference),
    ]),
  ];
}

/**
 * Every school's figures beside the published one, as CSV in the order of the schools' ids: `of` says what of (`year`, `subgroup`), `name` which.
 * The difference of a year is that of the current year from the published average, that of a subgroup the one from the other pupils;
 * it is empty for the years before, and all is empty for a subgroup with too few pupils.
 */
export function figuresTable({ schools }: ValueAddedMeasure): string {
  const inOrder = [...schools].sort((a, b) => compareIds(a.school, b.school));
  return formatCsv(figureColumns, inOrder.flatMap(rowsOf));
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
