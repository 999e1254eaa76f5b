import type { Country } from "../country/country.js";
import type { RunOptions, RunResult } from "../engine.js";
import { Hash } from "../hash.js";
import { addUp, breakdowns, coarse, resultCells } from "./cells.js";
import { allSeries, moneySeries, postSeries, pupilSeries, seriesAt, teacherSeries, trainingSeries } from "./series.js";

const kinds = {
  teachers: { names: teacherSeries, into: coarse.teachers },
  posts: { names: postSeries, into: coarse.teachers },
  training: { names: trainingSeries, into: coarse.training },
  pupils: { names: pupilSeries, into: coarse.places },
  money: { names: moneySeries, into: coarse.accounts },
} as const;

/** A result as it fills up, year by year. */
export class ResultBuilder {
  readonly #years: number;
  readonly #series: Float64Array;
  /** One series of one year, by cell. */
  readonly #cells = new Float64Array(resultCells);

  constructor(years: number) {
    this.#years = years;
    this.#series = new Float64Array(allSeries.length * resultCells * years).fill(Number.NaN);
  }

  /** Adds a year's fine counts of one kind: series × fine cell. */
  add(kind: keyof typeof kinds, fine: Float64Array, year: number): void {
    const { names, into } = kinds[kind];
    for (const [k, { name, breakdowns: known }] of names.entries()) {
      const cells = this.#cells.fill(Number.NaN);
      for (const { name: of, from, cells: own } of breakdowns)
        if (known.includes(of)) cells.fill(0, from, from + own.length);
      addUp(fine, k * into.length, into, cells);
      const first = seriesAt(name) * resultCells * this.#years + year;
      for (let cell = 0; cell < resultCells; cell++) this.#series[first + cell * this.#years] = cells[cell]!;
    }
  }

  /** The result of the years that were run, with its hash. */
  finish(country: Country, options: Pick<RunOptions, "seed" | "replicate" | "share">): RunResult {
    const hash = new Hash().text(country.hash).number(options.seed).number(options.replicate);
    hash.number(Math.round(1 / options.share)).numbers(this.#series);
    return {
      firstYear: country.firstYear,
      years: this.#years,
      names: allSeries,
      breakdowns,
      cells: resultCells,
      series: this.#series,
      hash: hash.toString(),
    };
  }
}

/**
 * One value of a result.
 * @param cell as `breakdown/cell`: `england/england`, `subject/physics`, `subject-region/physics/london`
 * @param year position, 0 the first
 * @returns NaN where the run didn't have the part, or the series isn't divided so
 * @throws {RangeError} when there is no such series, cell or year
 */
export function seriesValue(result: RunResult, series: string, cell: string, year: number): number {
  const [name = "", ...rest] = cell.split("/");
  const breakdown = result.breakdowns.find((one) => one.name === name);
  const at = breakdown?.cells.indexOf(rest.join("/")) ?? -1;
  if (!breakdown || at < 0) throw new RangeError(`there is no cell "${cell}"`);
  if (!(Number.isInteger(year) && year >= 0 && year < result.years)) throw new RangeError(`there is no year ${year}`);
  const row = result.names.findIndex((one) => one.name === series);
  if (row < 0) throw new RangeError(`there is no series "${series}"`);
  return result.series[(row * result.cells + breakdown.from + at) * result.years + year]!;
}
