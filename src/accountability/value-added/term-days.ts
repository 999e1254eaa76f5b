import { type AcademicYear, civilDate, dateOfDay, dayNumber, type Period } from "../../kernel/index.js";

/** The month of a termly school census and which of its Thursdays is census day. */
const censusDays: readonly (readonly [month: string, thursday: number])[] = [
  ["01", 3],
  ["05", 3],
  ["10", 1],
];

/**
 * The termly census days from `from` up to, and not with, `to`: the third Thursday of January, the third of May and the
 * first of October. A term counts for the school where the pupil is on roll on its census day.
 * Source: published, "Complete the school census" (Department for Education), the three census dates of each year.
 *
 * @param from day number, in the stretch
 * @param to day number, not in the stretch
 * @returns day numbers, ascending
 */
export function termCensusDays(from: number, to: number): Int32Array {
  const days: number[] = [];
  if (from >= to) return Int32Array.of();
  const [firstYear, lastYear] = [Number(dateOfDay(from).slice(0, 4)), Number(dateOfDay(to - 1).slice(0, 4))];
  for (let year = firstYear; year <= lastYear; year++) {
    for (const [month, thursday] of censusDays) {
      const first = dayNumber(civilDate(`${String(year).padStart(4, "0")}-${month}-01`));
      // Day 0, 1 January 1970, was a Thursday, so Thursdays are the multiples of 7.
      const day = Math.ceil(first / 7) * 7 + (thursday - 1) * 7;
      if (day >= from && day < to) days.push(day);
    }
  }
  return Int32Array.from(days);
}

/**
 * The window of a key stage by its year groups: from 1 September of the first to 31 May of the last, before study leave.
 * Years 7 to 11 hold 15 terms, Years 3 to 6 hold 12, and Reception (0) to Year 6, with a reception baseline, 21.
 * Assumption: it ends with May because Year 11 may leave the roll at the end of June, and nobody is then "unaccounted".
 *
 * @param results the academic year in which the last year group is tested
 * @throws {RangeError} when the year groups are not whole or the last comes before the first.
 */
export function windowOfYearGroups(firstGroup: number, lastGroup: number, results: AcademicYear): Period {
  const years = lastGroup - firstGroup;
  if (!Number.isInteger(firstGroup) || !Number.isInteger(years) || years < 0)
    throw new RangeError(`year groups ${firstGroup} to ${lastGroup} are not a stretch of whole years`);
  return { from: civilDate(`${results - years}-09-01`), to: civilDate(`${results + 1}-06-01`) };
}
