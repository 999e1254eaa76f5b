/** Numbers by position: row p holds parameter `names[p]`, a column a year. Rows may stand in any order; the engine finds them by name. */
export interface CompiledParameters {
  readonly names: readonly string[];
  readonly years: number;
  /** parameter × year, row-major */
  readonly values: Float64Array;
}

/** What a run runs. */
export interface RunParts {
  readonly pupils: boolean;
  readonly teachers: boolean;
  readonly money: boolean;
}

/** How a run is made. */
export interface RunOptions {
  /** Whole number from 0 to 2³² − 1: the luck of everybody. */
  readonly seed: number;
  /** Years to run, 1 to those of the parameters. */
  readonly years: number;
  /** Which share of people is run: 1 ∕ n for a whole n, by person; counts and pounds are multiplied by n. */
  readonly share: number;
  /** What is run. Money needs both others: schools' accounts have pupils on one side and teachers on the other. */
  readonly parts: RunParts;
  /** Another replicate has another luck from the first year on, in the same country. */
  readonly replicate: number;
  /** Called after every year with its position; false stops the run. */
  onYear?(year: number): boolean;
}

/** One way of dividing what is counted. */
export interface Breakdown {
  /** `england`, `phase`, `subject`, `region`, `fifth`, `subject-region`. */
  readonly name: string;
  readonly cells: readonly string[];
  /** Where its cells begin in a row of the series. */
  readonly from: number;
}

/** What is counted. */
export interface SeriesName {
  readonly name: string;
  /** `people`, `hundredths` of a full-time equivalent, `pupils` or `pence`. */
  readonly unit: "people" | "hundredths" | "pupils" | "pence";
  /** Breakdowns in which it has values; in the others its cells are NaN. */
  readonly breakdowns: readonly string[];
  readonly meaning: string;
}

export interface RunResult {
  /** Calendar year in which the first academic year of the run begins. */
  readonly firstYear: number;
  readonly years: number;
  readonly names: readonly SeriesName[];
  readonly breakdowns: readonly Breakdown[];
  /** Cells of all breakdowns together. */
  readonly cells: number;
  /** series × cell × year, row-major: position (series · cells + cell) · years + year */
  readonly series: Float64Array;
  /** Hash of every count and sum, the same wherever and by however many workers it was run. */
  readonly hash: string;
}
