import { regions, subjects } from "../../simulation/classes.js";
import type { CompiledParameters, RunResult } from "../../simulation/engine.js";
import type { SubjectFlows } from "./need.js";

/** What one run of the simulation says about supply. Positions are those of the simulation's subjects and regions. */
export interface SupplyRun {
  /** Calendar year in which the first academic year begins. */
  readonly first: number;
  readonly years: number;
  /** subject × region × year, full-time equivalents */
  readonly posts: Float64Array;
  readonly inPost: Float64Array;
  readonly unfilled: Float64Array;
  /** subject × year; full-time equivalents, and people for trainees */
  readonly leavers: Float64Array;
  readonly hoursLost: Float64Array;
  readonly returners: Float64Array;
  readonly newToSector: Float64Array;
  readonly trainees: Float64Array;
  /** Newly qualified full-time equivalents a trainee. */
  readonly conversion: Float64Array;
}

/** The rows of a series in the cells of a breakdown: cell × year. @throws {RangeError} when the run has no such series or breakdown */
function rows(result: RunResult, series: string, breakdown: string): Float64Array {
  const at = result.names.findIndex(({ name }) => name === series);
  const cells = result.breakdowns.find(({ name }) => name === breakdown);
  if (at < 0 || !cells) throw new RangeError(`the run has no series "${series}" by "${breakdown}"`);
  const from = (at * result.cells + cells.from) * result.years;
  return result.series.subarray(from, from + cells.cells.length * result.years);
}

/** Full-time equivalents of a series in hundredths. */
const equivalents = (values: Float64Array) => values.map((hundredths) => hundredths / 100);

/** What a run says about supply. @throws {RangeError} when the run or its parameters lack a name */
export function supplyOf(result: RunResult, parameters: CompiledParameters): SupplyRun {
  const { years } = result;
  const bySubject = (series: string) => equivalents(rows(result, series, "subject"));
  const conversion = new Float64Array(subjects.length * years);
  subjects.forEach((subject, s) => {
    const row = parameters.names.indexOf(`training.conversion.${subject}`);
    if (row < 0) throw new RangeError(`the parameters have no conversion of ${subject}`);
    conversion.set(parameters.values.subarray(row * parameters.years, row * parameters.years + years), s * years);
  });
  return {
    ...{ first: result.firstYear, years, conversion },
    posts: equivalents(rows(result, "posts", "subject-region")),
    inPost: equivalents(rows(result, "fte", "subject-region")),
    unfilled: equivalents(rows(result, "unfilled", "subject-region")),
    leavers: bySubject("leavers-fte"),
    hoursLost: bySubject("hours-lost"),
    returners: bySubject("returners-fte"),
    newToSector: bySubject("new-to-sector-fte"),
    trainees: rows(result, "trainees", "subject").slice(),
  };
}

/** The sum of a subject over regions in a year. */
export function ofSubject(run: SupplyRun, values: Float64Array, subject: number, year: number): number {
  let sum = 0;
  for (let region = 0; region < regions.length; region++)
    sum += values[(subject * regions.length + region) * run.years + year - run.first]!;
  return sum;
}

/**
 * What a subject's teachers do from the census of a year to the next.
 * @throws {RangeError} when the run doesn't reach the next year
 */
export function flowsOf(run: SupplyRun, subject: number, year: number): SubjectFlows {
  const next = year + 1 - run.first;
  if (next < 1 || next >= run.years) throw new RangeError(`the run has no year ${year + 1} after ${year}`);
  const at = (values: Float64Array, t: number) => values[subject * run.years + t]!;
  return {
    inPost: ofSubject(run, run.inPost, subject, year),
    postsNext: ofSubject(run, run.posts, subject, year + 1),
    leavers: at(run.leavers, next),
    hoursLost: at(run.hoursLost, next),
    returners: at(run.returners, next),
    newToSector: at(run.newToSector, next),
    conversion: at(run.conversion, next - 1),
  };
}
