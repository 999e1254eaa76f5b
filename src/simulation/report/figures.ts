import type { RunResult } from "../engine.js";

/** One figure of a run by year. */
export interface HeadlineFigure {
  readonly id: string;
  /** In the reader's words. */
  readonly label: string;
  /** `fte`, `people`, `pounds`, or `share` from 0 to 1. */
  readonly unit: "fte" | "people" | "pounds" | "share";
  /** Whether more of it is better (1), worse (−1), or neither. */
  readonly good: 1 | -1 | 0;
  /** The series that it reads, so that a run without their part leaves it out. */
  readonly series: readonly string[];
  readonly breakdown: string;
  readonly cell: string;
  /** From the series' values of a year to the figure. */
  readonly from: (...values: number[]) => number;
}

/**
 * The values of a series in one cell, a value a year.
 * @throws {RangeError} when the run has no such series, breakdown or cell
 */
export function seriesRow(result: RunResult, series: string, breakdown: string, cell: string): Float64Array {
  const at = result.names.findIndex(({ name }) => name === series);
  const within = result.breakdowns.find(({ name }) => name === breakdown);
  const position = within?.cells.indexOf(cell) ?? -1;
  if (at < 0 || !within || position < 0)
    throw new RangeError(`a run has no series "${series}" in "${cell}" of "${breakdown}"`);
  const from = (at * result.cells + within.from + position) * result.years;
  return result.series.subarray(from, from + result.years);
}

const hundredths = (value: number) => value / 100;
const pence = (value: number) => value / 100;
const plain = (value: number) => value;
const share = (part: number, whole: number) => (whole > 0 ? part / whole : Number.NaN);

const england = { breakdown: "england", cell: "england" } as const;
const poorest = { breakdown: "fifth", cell: "5" } as const;

/** The figures that a scenario is shown by, in order. */
export const headlineFigures: readonly HeadlineFigure[] = [
  {
    id: "teachers",
    label: "Teachers in post, full-time equivalents",
    unit: "fte",
    good: 1,
    series: ["fte"],
    ...england,
    from: hundredths,
  },
  {
    id: "unfilled",
    label: "Posts without a teacher of the subject",
    unit: "fte",
    good: -1,
    series: ["unfilled"],
    ...england,
    from: hundredths,
  },
  {
    id: "unfilled-share",
    label: "The same, of all posts",
    unit: "share",
    good: -1,
    series: ["unfilled", "posts"],
    ...england,
    from: share,
  },
  {
    id: "leavers",
    label: "Leavers in the year",
    unit: "people",
    good: -1,
    series: ["leavers"],
    ...england,
    from: plain,
  },
  {
    id: "trainees",
    label: "Postgraduates who begin training",
    unit: "people",
    good: 1,
    series: ["trainees"],
    ...england,
    from: plain,
  },
  {
    id: "sabbaticals",
    label: "Teachers on a funded sabbatical",
    unit: "people",
    good: 0,
    series: ["sabbaticals"],
    ...england,
    from: plain,
  },
  {
    id: "benefit-paid",
    label: "Service benefit paid",
    unit: "pounds",
    good: 0,
    series: ["benefit-paid"],
    ...england,
    from: pence,
  },
  {
    id: "benefit-liability",
    label: "Service benefit still owed to those in post",
    unit: "pounds",
    good: 0,
    series: ["benefit-liability"],
    ...england,
    from: pence,
  },
  {
    id: "loan-balance",
    label: "Teachers' student loans outstanding",
    unit: "pounds",
    good: 0,
    series: ["loan-balance"],
    ...england,
    from: pence,
  },
  {
    id: "poorest-teachers",
    label: "Teachers in the poorest fifth of schools",
    unit: "fte",
    good: 1,
    series: ["fte"],
    ...poorest,
    from: hundredths,
  },
  {
    id: "poorest-unfilled-share",
    label: "Posts unfilled there, of all posts",
    unit: "share",
    good: -1,
    series: ["unfilled", "posts"],
    ...poorest,
    from: share,
  },
];

/** One figure of a run, a value a year; NaN where the part that it needs wasn't run. */
export function figureOf(result: RunResult, { series, breakdown, cell, from }: HeadlineFigure): Float64Array {
  const rows = series.map((name) => seriesRow(result, name, breakdown, cell));
  return Float64Array.from({ length: result.years }, (_, year) => from(...rows.map((row) => row[year]!)));
}

/** Every headline figure of a run: figure × year, row-major. */
export function figuresOf(result: RunResult): Float64Array {
  const all = new Float64Array(headlineFigures.length * result.years);
  headlineFigures.forEach((figure, f) => {
    all.set(figureOf(result, figure), f * result.years);
  });
  return all;
}
