import type { Brand } from "./brand.js";
import { type CivilDate, civilDate, type Period } from "./civil-date.js";

/** The academic year that begins on 1 September of this calendar year: 2025 is 2025/26. */
export type AcademicYear = Brand<number, "AcademicYear">;

/**
 * The academic year that begins in September of `start`.
 * @throws {RangeError} when `start` is not a whole year from 1900 to 2200.
 */
export function academicYear(start: number): AcademicYear {
  if (!Number.isInteger(start) || start < 1900 || start > 2200)
    throw new RangeError(`an academic year starts in a whole year from 1900 to 2200, got ${start}`);
  return start as AcademicYear;
}

/** The academic year a day falls in: 31 August belongs to the year that is ending. */
export function academicYearOf(date: CivilDate): AcademicYear {
  const year = Number(date.slice(0, 4));
  return academicYear(Number(date.slice(5, 7)) >= 9 ? year : year - 1);
}

/** `2025/26`, as the department writes it. */
export function formatAcademicYear(year: AcademicYear): string {
  return `${year}/${String((year + 1) % 100).padStart(2, "0")}`;
}

/** From 1 September up to, and not with, 1 September of the next year. */
export function periodOfAcademicYear(year: AcademicYear): Period {
  return { from: civilDate(`${year}-09-01`), to: civilDate(`${year + 1}-09-01`) };
}
